"""What nobody handed in is no learner's: it is left out, and with more than a few, one is asked."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from course import ROOT
from made_class import SHEET, Grade, lay, rows_of_marks, sheet, solved_sheet

from helpers.grading import whole_class
from helpers.grading.command import grade_class
from helpers.grading.records import GRADED, LEFT_OUT, NOT_GRADED
from helpers.grading.strangers import own_files
from helpers.grading.whole_class import FEW

FOREIGN = b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'


@pytest.fixture
def into(tmp_path: Path, new_gradebook: Path) -> Path:
    """A folder to grade into."""
    folder = tmp_path / "into"
    folder.mkdir()
    shutil.copy(new_gradebook, folder)
    return folder


def graded_files(into: Path) -> list[str]:
    """The graded files in marks.csv."""
    with open(into / "marks.csv", encoding="utf-8-sig", newline="") as file:
        return [row["file"] for row in csv.DictReader(file) if row["status"] == GRADED]


def downloads(folder: Path, strangers: int) -> Path:
    """A folder with one learner's sheet among other people's notebooks and files."""
    lay(folder, anna=solved_sheet())
    for number in range(strangers):
        (folder / f"analysis-{number}.{'ipynb' if number % 2 else 'pdf'}").write_bytes(FOREIGN)
    return folder


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's folder, without what other tests build in it meanwhile."""
    folder = tmp_path_factory.mktemp("course")
    for part in ("exercises", "notebooks"):
        shutil.copytree(ROOT / part, folder / part)
    return folder


@pytest.mark.parametrize("where", ["", "exercises", "exercises/release", "exercises/source"])
def test_the_courses_own_sheets_are_no_learners(where: str, course: Path, into: Path) -> None:
    assert grade_class([str(course / where), "--into", str(into), "--yes"]) is None
    learners = [file for file in graded_files(into) if "submitted/" not in file]
    assert learners == [], "A sheet of the course became a learner."


def test_what_grade_wrote_is_not_graded_again(graded: Grade, tmp_path: Path) -> None:
    lay(tmp_path / "in", anna=solved_sheet())
    graded(tmp_path / "in")
    own = own_files(tmp_path, tmp_path / "into")
    assert own("into/autograded/anna/x.ipynb") and own("into/feedback/anna/x.html")
    assert not own("in/anna/x.ipynb") and not own("into/submitted/anna/x.ipynb")


def test_a_copy_of_the_course_elsewhere_holds_no_learner(graded: Grade, tmp_path: Path) -> None:
    copied = tmp_path / "Downloads" / "one-day-of-a-journal-main" / "exercises"
    for stage in ("release", "source"):
        shutil.copytree(ROOT / "exercises" / stage / SHEET, copied / stage / SHEET)
    (tmp_path / "Downloads" / f"exercises-{SHEET} (1).ipynb").write_text(json.dumps(sheet()))
    rows = graded(tmp_path / "Downloads").rows.values()
    assert {row["status"] for row in rows} == {LEFT_OUT}
    assert {row["exercises"] for row in rows} == {""}


def test_a_sheet_with_answers_counts_wherever_the_learner_kept_it(
    graded: Grade, tmp_path: Path
) -> None:
    place = tmp_path / "in" / "anna" / "my-work" / "exercises" / "release"
    other = "05-counting-people"
    for slug, book in ((SHEET, solved_sheet()), (other, sheet(other))):
        (place / slug).mkdir(parents=True)
        (place / slug / f"{slug}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    rows = graded(tmp_path / "in").rows
    (row,) = [row for row in rows.values() if row["exercises"] == SHEET]
    assert (row["student"], row["practice right"]) == ("anna", "9")
    assert [row["status"] for row in rows.values() if row["exercises"] != SHEET] == [LEFT_OUT]


def test_the_row_of_a_stranger_goes_with_its_file(graded: Grade, tmp_path: Path) -> None:
    place = downloads(tmp_path / "in", 2)
    rows = graded(place).rows
    assert rows["analysis-1.ipynb"]["status"] == NOT_GRADED
    assert len(rows) == 1 + 2
    (place / "analysis-1.ipynb").unlink()
    assert "analysis-1.ipynb" not in graded(place).rows, "A stranger has a row for good."


def test_many_strangers_have_lines_and_no_rows(graded: Grade, tmp_path: Path) -> None:
    result = graded(downloads(tmp_path / "in", FEW + 1))
    assert list(result.rows) == [f"anna/{SHEET}.ipynb"]
    assert len(result.said) == FEW + 1, "A file was left out without a line."


def test_what_a_platform_named_for_a_learner_has_a_row_among_many(
    into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = lay(tmp_path / "in", anna=solved_sheet())
    for number in range(FEW + 1):
        folder = place / f"Zoe Lee_{number}_assignsubmission_file_"
        folder.mkdir()
        (folder / "essay.docx").write_bytes(b"words")
    assert grade_class([str(place), "--into", str(into), "--yes"]) is None
    assert len(rows_of_marks(into)) == 1 + FEW + 1
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = grade_class([str(place), "--into", str(into)])
    assert said is None, "It asks again of files of which it has told."


@pytest.mark.parametrize("answer, goes_on", [("yes\n", True), ("no\n", False), ("\n", False)])
def test_with_more_than_a_few_strangers_the_command_asks(
    answer: str, goes_on: bool, into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = downloads(tmp_path / "in", FEW + 1)
    monkeypatch.setattr("sys.stdin", io.StringIO(answer))
    said = grade_class([str(place), "--into", str(into)])
    assert (said is None) == goes_on
    assert (into / "marks.csv").exists() == goes_on, "It went on before it was told to."


def test_where_nobody_can_answer_it_stops_and_names_the_option(
    into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = downloads(tmp_path / "in", FEW + 1)
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    said = grade_class([str(place), "--into", str(into)])
    assert said is not None and "--yes" in said and "\n" not in said
    assert grade_class([str(place), "--into", str(into), "--yes"]) is None
    assert graded_files(into) == [f"anna/{SHEET}.ipynb"]


def test_a_few_strangers_are_not_worth_a_question(
    into: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    place = downloads(tmp_path / "in", FEW)
    assert grade_class([str(place), "--into", str(into)]) is None


def test_only_this_runs_files_are_counted_as_failed(into: Path, tmp_path: Path) -> None:
    lay(tmp_path / "first", anna=b"{", ben=b"{", carl=solved_sheet())
    lay(tmp_path / "second", dora=b"{", carl=solved_sheet())

    def failed(place: Path) -> int:
        return whole_class.grade(place, into, lambda _: None, lambda _: None).failed

    assert failed(tmp_path / "first") == 2
    assert failed(tmp_path / "second") == 1, "Files of an earlier run are counted again."
    assert failed(tmp_path / "first") == 2, "Known files that failed are part of this run."


@pytest.mark.parametrize("later", ["Q8", "q8"])
def test_ids_that_differ_only_in_case_share_no_folder(
    later: str, graded: Grade, tmp_path: Path
) -> None:
    """Each in a zip of its own, as a system that ignores case could not hold both folders."""
    earlier = later.swapcase()
    for id, book in ((earlier, solved_sheet()), (later, sheet())):
        graded(lay(tmp_path / f"in-{id}", **{id: book}))
    for _ in range(2):
        result = graded(tmp_path / f"in-{later}")
        found = [row["student"] for row in result.rows.values()]
        assert len(found) == 2 and earlier in found, f"{earlier} lost the own id: {found}"
        folders = [path.name for path in (result.folder / "submitted").iterdir()]
        assert len({name.casefold() for name in folders}) == 2, f"One folder for two: {folders}"
    (other,) = set(found) - {earlier}
    assert result.row(earlier)["practice right"] == "9"
    assert result.row(other)["practice right"] == "0"


def test_a_learner_keeps_the_id_when_the_other_one_is_taken_out(
    graded: Grade, tmp_path: Path
) -> None:
    graded(lay(tmp_path / "in-Q8", Q8=solved_sheet()))
    into = graded(lay(tmp_path / "in-q8", q8=sheet())).folder
    (other,) = {row["student"] for row in rows_of_marks(into).values()} - {"Q8"}
    assert grade_class(["--into", str(into), "--take-out", "Q8"]) is None
    (row,) = graded(tmp_path / "in-q8").rows.values()
    assert row["student"] == other, "With the other learner, the own id went."


def test_ids_that_differ_only_in_case_are_told_apart_within_one_run(
    graded: Grade, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in", Q8=solved_sheet())
    (place / f"q8_{SHEET}.ipynb").write_text(json.dumps(sheet()), encoding="utf-8")
    ids = [row["student"] for row in graded(place).rows.values()]
    assert len({id.casefold() for id in ids}) == 2, ids
