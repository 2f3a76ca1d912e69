"""nbgrader works out of the box on every set: it releases what we release, marks what was handed in, and gives feedback."""

import csv
import json
import logging
import shutil
import subprocess
import sys

import made_class
import pytest
from course import COURSES, ROOT
from traitlets.config.loader import PyFileConfigLoader

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own
SLUGS = [course["slug"] for course in COURSES.values()]


@pytest.fixture(scope="module")
def nbgrader(tmp_path_factory):
    """nbgrader at work in a copy of exercises/, and that folder."""
    from nbgrader.apps import NbGraderAPI
    folder = tmp_path_factory.mktemp("exercises")
    shutil.copytree(ROOT / "exercises/source", folder / "source")
    config = PyFileConfigLoader("nbgrader_config.py", path=str(ROOT / "exercises")).load_config()
    config.CourseDirectory.root = str(folder)
    config.NbGraderBase.logfile = ""
    logging.getLogger("traitlets").setLevel(logging.ERROR)
    return NbGraderAPI(config=config), folder


def released(nbgrader, slug):
    """The sheet that nbgrader releases, made when it is first asked for."""
    api, folder = nbgrader
    sheet = folder / "release" / slug / f"{slug}.ipynb"
    if not sheet.exists():
        made = api.generate_assignment(slug)
        assert made["success"], made["log"]
    return json.loads(sheet.read_text(encoding="utf-8"))


@pytest.mark.parametrize("slug", SLUGS)
def test_nbgrader_releases_what_we_release(nbgrader, slug):
    assert released(nbgrader, slug) == made_class.sheet(slug), f"Run `python3 -m helpers release`: nbgrader makes another {slug}."


@pytest.mark.parametrize("slug", SLUGS)
def test_nbgrader_marks_practice_for_being_done_and_leaves_texts_to_a_reader(nbgrader, slug):
    api, folder = nbgrader
    assert released(nbgrader, slug)
    questions = made_class.practice(slug)
    book = made_class.solved_sheet(slug)
    first = next(item for item in questions.values() if item["wrong"])
    made_class.write(book, first, made_class.wrong(first, 0))  # wrong, and yet done
    place = folder / "submitted/anna" / slug
    place.mkdir(parents=True)
    (place / f"{slug}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    for step in (api.autograde, api.generate_feedback):
        done = step(slug, "anna")
        assert done["success"], done["log"]
    with api.gradebook as gradebook:
        submission = gradebook.find_submission(slug, "anna")
        assert submission.score == len(questions), f"{slug}: {submission.score} of {len(questions)} points."
        written = sum(item["points"] for item in COURSES[slug[:2]]["item"] if item["type"] == "open")
        assert submission.max_score == len(questions) + written
    page = (folder / "feedback/anna" / slug / f"{slug}.html").read_text(encoding="utf-8")
    assert "For whoever marks this" in page and "Traceback (most" not in page


def test_nbgrader_exports_the_marks(nbgrader):
    folder = nbgrader[1]
    said = subprocess.run([sys.executable, "-m", "nbgrader", "export", "--db", f"sqlite:///{folder / 'gradebook.db'}", "--to", "marks.csv"],
                          cwd=folder, capture_output=True, text=True)
    assert said.returncode == 0, said.stderr[-800:]
    with open(folder / "marks.csv", encoding="utf-8", newline="") as file:
        assert {row["assignment"] for row in csv.DictReader(file)} <= set(SLUGS)
