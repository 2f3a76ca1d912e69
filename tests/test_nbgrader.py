"""nbgrader itself works with our sheets: it releases what we release, marks, and gives feedback.

Every sheet is released; a few are marked by nbgrader, which runs notebooks: one sheet for each kind
of cell that a sheet can have.
"""

from __future__ import annotations

import csv
import json
import logging
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import made_class
import pytest
from course import ROOT, SETS
from made_class import practice, questions, solved_sheet, typed, write

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own

MATCH, QUOTE, TASK = "06", "00", "10"  # a sheet with pairs, one with a quotation, one with a task


class Nbgrader(NamedTuple):
    """nbgrader at work in a folder."""

    api: Any
    folder: Path

    def release(self, slug: str) -> dict[str, Any]:
        """The sheet that nbgrader releases, made when it is first asked for."""
        sheet = self.folder / "release" / slug / f"{slug}.ipynb"
        if not sheet.exists():
            self.succeed("generate_assignment", slug)
        book: dict[str, Any] = json.loads(sheet.read_text(encoding="utf-8"))
        return book

    def succeed(self, step: str, *words: str) -> None:
        """One of nbgrader's commands."""
        done = getattr(self.api, step)(*words)
        assert done["success"], f"{step} {' '.join(words)}: {done['log']}"


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory: pytest.TempPathFactory) -> Nbgrader:
    from nbgrader.apps import NbGraderAPI
    from traitlets.config.loader import PyFileConfigLoader

    folder = tmp_path_factory.mktemp("exercises")
    shutil.copytree(ROOT / "exercises/source", folder / "source")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT / "exercises")).load_config()
    config.CourseDirectory.root = str(folder)
    config.NbGraderBase.logfile = ""
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    return Nbgrader(NbGraderAPI(config=config), folder)


@pytest.mark.parametrize("number", [MATCH, QUOTE, TASK])
def test_nbgrader_releases_what_we_release(number: str, nbgrader: Nbgrader) -> None:
    slug = SETS[number].slug
    same = nbgrader.release(slug) == made_class.sheet(slug)
    assert same, f"Run `python3 -m helpers release`: nbgrader makes another {slug}."


@pytest.mark.parametrize("number", [MATCH, QUOTE, TASK])
def test_nbgrader_marks_practice_for_being_done_and_leaves_texts_to_a_reader(
    number: str, nbgrader: Nbgrader
) -> None:
    slug = SETS[number].slug
    nbgrader.release(slug)
    hand_in(nbgrader.folder, slug)
    nbgrader.succeed("autograde", slug, "anna")
    nbgrader.succeed("generate_feedback", slug, "anna")
    with nbgrader.api.gradebook as gradebook:
        submission = gradebook.find_submission(slug, "anna")
        score = submission.score
        most = submission.max_score
    done = len(practice(slug))
    written = sum(text.points for text in questions(slug).texts.values())
    assert score == done, f"{slug}: {score} of {done} points."
    assert most == done + written
    place = nbgrader.folder / "feedback" / "anna" / slug
    page = (place / f"{slug}.html").read_text(encoding="utf-8")
    assert "For whoever marks this" in page, f"{slug}: nbgrader's page lacks the rubric."
    assert "Traceback (most" not in page, f"{slug}: a cell of the solved sheet fails."


def hand_in(folder: Path, slug: str) -> None:
    """Hand in a sheet that is answered rightly, but for one answer that is wrong and yet done."""
    book = solved_sheet(slug)
    question = next(one for one in practice(slug).values() if one.wrong)
    write(book, question, typed(question, question.wrong[0]))
    place = folder / "submitted" / "anna" / slug
    place.mkdir(parents=True)
    (place / f"{slug}.ipynb").write_text(json.dumps(book), encoding="utf-8")


def test_nbgrader_exports_the_marks(nbgrader: Nbgrader) -> None:
    database = f"sqlite:///{nbgrader.folder / 'gradebook.db'}"
    words = ["export", "--db", database, "--to", "marks.csv"]
    command = [sys.executable, "-m", "nbgrader", *words]
    said = subprocess.run(command, cwd=nbgrader.folder, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr[-800:]
    with open(nbgrader.folder / "marks.csv", encoding="utf-8", newline="") as file:
        exported = {row["assignment"] for row in csv.DictReader(file)}
    assert exported <= {one.slug for one in SETS.values()}
