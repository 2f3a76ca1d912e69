"""A reader's marks stay: each belongs to a learner, a sheet, a question and a text."""

from __future__ import annotations

import copy
import csv
import json
import shutil
import sqlite3
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from made_class import SHEET, Grade, Graded, cell, lay, sheet, solved_sheet
from reader import COMMENT, FIRST, SECOND, Reader, counts, hand_in, with_text

from helpers.grading import whole_class
from helpers.grading.records import GRADED, NOT_GRADED
from helpers.grading.sheet import Sheet, sheets

OTHER_SHEET = "05-counting-people"
MOODLE = f"Anna Müller_77_assignsubmission_file_/{SHEET}.ipynb"

PARTS = {"hint": "wrong", "prompt": "prompt", "option": "options"}  # as items name them

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own


def test_a_mark_stays_when_the_same_files_come_in_a_zip_then_in_a_folder_then_renamed(
    graded: Grade, tmp_path: Path
) -> None:
    folder = tmp_path / "Sheet 06"
    (folder / MOODLE).parent.mkdir(parents=True)
    (folder / MOODLE).write_text(json.dumps(with_text(FIRST)), encoding="utf-8")
    packed = tmp_path / "Sheet 06.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.write(folder / MOODLE, MOODLE)
    into = graded(packed).folder
    Reader(into, "77").type("E6.9", "3", COMMENT)
    assert counts(graded(folder), "77"), "The mark vanished with the zip."
    elsewhere = tmp_path / "Downloads"
    shutil.copytree(folder, elsewhere / "Sheet 06")
    assert counts(graded(elsewhere), "77"), "The mark vanished on another path."
    (elsewhere / "Sheet 06" / MOODLE).rename((elsewhere / "Sheet 06" / MOODLE).with_stem("my 06"))
    assert counts(graded(elsewhere), "77"), "The mark vanished with the file's name."


@pytest.mark.parametrize("part", PARTS)
def test_a_mark_stays_when_an_item_is_mended(
    part: str,
    marked: Graded,
    graded: Grade,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sheets(), "06", mended(part))
    result = graded(tmp_path / "in")
    assert counts(result), f"A {part} was mended, and the mark vanished."
    assert result.said == []


def mended(part: str) -> Sheet:
    """The sheet with one word more in a part of its first question that has one."""
    questions = sheets()["06"].questions
    item = copy.deepcopy(questions.item)
    asked = next(row for row in item if PARTS[part] in row and row.get("page") != "lesson")
    if part == "hint":
        asked["wrong"][0]["hint"] += " Mended."
    elif part == "prompt":
        asked["prompt"] += " Mended."
    else:
        sign = next(iter(asked["options"]))
        asked["options"][sign] += " Mended."
    return Sheet(replace(questions, item=item))


def test_a_text_that_is_only_broken_otherwise_into_lines_is_the_same(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    book = with_text(FIRST.replace(" tons", "\ntons"))
    assert counts(graded(hand_in(tmp_path / "in", book)))


def test_a_mark_stays_when_a_practice_answer_changes(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    book = with_text(FIRST)
    cell(book, "E6-1-answer")["source"] = 'left_to_buy = ""'
    result = graded(hand_in(tmp_path / "in", book))
    assert counts(result)
    assert result.row("anna")["practice answered"] == "8", "The practice is judged anew."


def test_a_text_that_comes_back_has_its_own_mark_again(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    graded(hand_in(tmp_path / "in", with_text(SECOND)))
    Reader(marked.folder, "anna").type("E6.9", "1", "Too short.")
    assert graded(tmp_path / "in").row("anna")["points for texts"] == "1.0"
    assert counts(graded(hand_in(tmp_path / "in", with_text(FIRST))))
    assert Reader(marked.folder, "anna").box("E6.9")["manual_score"] == 3.0


def test_a_mark_stays_when_a_newer_notebook_lacks_the_text(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    result = graded(hand_in(tmp_path / "in", solved_sheet()))
    (line,) = result.said
    assert "the notebook that counts now has no text there" in line
    page = result.page("anna")
    assert "An earlier text of yours got 3 of 4 points. There is no text of yours here." in page
    assert counts(graded(hand_in(tmp_path / "in", with_text(FIRST))))


def test_a_mark_stays_when_the_file_is_not_in_this_run_or_cannot_be_read(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    lay(tmp_path / "later", ben=solved_sheet())
    assert counts(graded(tmp_path / "later"))
    (tmp_path / "in" / "anna" / f"{SHEET}.ipynb").write_bytes(b"{")
    result = graded(tmp_path / "in")
    rows = rows_with_status(result.folder)
    assert ("anna", SHEET, GRADED) in rows, "A damaged file took the row of a marked one."
    assert ("anna", "", NOT_GRADED) in rows


def rows_with_status(into: Path) -> set[tuple[str, str, str]]:
    """Student, sheet and status of each row of marks.csv."""
    with open(into / "marks.csv", encoding="utf-8-sig", newline="") as file:
        return {(row["student"], row["exercises"], row["status"]) for row in csv.DictReader(file)}


def test_a_file_of_the_same_name_for_another_sheet_takes_no_row(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    place = tmp_path / "other"
    (place / "anna").mkdir(parents=True)
    other = sheet(OTHER_SHEET)
    (place / "anna" / f"{SHEET}.ipynb").write_text(json.dumps(other), encoding="utf-8")
    rows = rows_with_status(graded(place).folder)
    wanted = {("anna", slug, GRADED) for slug in (SHEET, OTHER_SHEET)}
    assert rows == wanted, "One sheet has taken the row of another."


def test_a_question_that_goes_and_comes_back_keeps_its_marks(
    marked: Graded, graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = sheets()["06"]
    monkeypatch.setitem(sheets(), "06", without("E6.9"))
    result = graded(tmp_path / "in")
    first, second = result.said
    assert "Not asked any more: E6.9." in first, "Nobody is told that a question went."
    assert "E6.9: 3 points are kept" in second
    assert result.row("anna")["note"] in second
    monkeypatch.setitem(sheets(), "06", whole)
    result = graded(tmp_path / "in")
    assert "New: E6.9." in result.said[0]
    assert counts(result), "The question came back, and its mark did not."
    box = Reader(result.folder, "anna").box("E6.9")
    assert (box["manual_score"], box["max_score"]) == (3.0, 4.0)
    assert Reader(result.folder, "anna").commented("E6.9") == COMMENT


def without(id: str) -> Sheet:
    """The sheet without one of its questions."""
    questions = sheets()["06"].questions
    return Sheet(replace(questions, item=tuple(row for row in questions.item if row["id"] != id)))


def test_another_learners_marks_stay_when_a_question_goes(
    marked: Graded, graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """anna's file is not in the run in which the sheet changed."""
    monkeypatch.setitem(sheets(), "06", without("E6.1b"))
    result = graded(lay(tmp_path / "later", ben=with_text(SECOND)))
    assert "Not asked any more: E6.1b." in result.said[0]
    assert result.row("ben")["practice questions"] == "8", "The sheet is graded as it is now."
    assert counts(result)
    assert Reader(result.folder, "anna").box("E6.9")["manual_score"] == 3.0


def test_a_mark_stays_when_nbgrader_forgot_the_learner(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    from nbgrader.api import Gradebook as Nbgrader

    graded(tmp_path / "in")
    with Nbgrader(f"sqlite:///{marked.folder / 'gradebook.db'}") as book:
        book.remove_student("anna")
    book = with_text(FIRST)
    cell(book, "E6-1-answer")["source"] = "left_to_buy = None"
    assert counts(graded(hand_in(tmp_path / "in", book)))
    assert Reader(marked.folder, "anna").box("E6.9")["manual_score"] == 3.0


def test_a_comment_without_points_stays_too(graded: Grade, tmp_path: Path) -> None:
    into = graded(lay(tmp_path / "in", anna=with_text(FIRST))).folder
    Reader(into, "anna").comment("E6.9", COMMENT)
    book = with_text(FIRST)
    cell(book, "E6-1-answer")["source"] = "left_to_buy = None"
    result = graded(hand_in(tmp_path / "in", book))
    assert COMMENT in result.page("anna")
    assert Reader(into, "anna").commented("E6.9") == COMMENT


def test_a_mark_that_was_given_while_a_class_was_graded_is_not_written_over(
    graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    laid_over = whole_class.laid_over

    def mark_meanwhile(*known: Any) -> Any:
        Reader(tmp_path / "into", "anna").type("E6.9", "4")
        return laid_over(*known)

    graded(lay(tmp_path / "in", anna=with_text(FIRST)))
    book = with_text(FIRST)
    cell(book, "E6-1-answer")["source"] = "left_to_buy = None"
    hand_in(tmp_path / "in", book)
    monkeypatch.setattr(whole_class, "laid_over", mark_meanwhile)
    assert graded(tmp_path / "in").row("anna")["points for texts"] == "4.0"


def test_marks_in_a_gradebook_of_the_version_before_stay(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    with sqlite3.connect(marked.folder / "gradebook.db") as book:
        book.executescript(
            "DROP TABLE course_mark;"
            "CREATE TABLE old AS SELECT file, student, name, sheet, digest, status, note "
            "FROM course_file; DROP TABLE course_file; ALTER TABLE old RENAME TO course_file;"
            "PRAGMA user_version = 2;"
        )
    book.close()
    assert counts(graded(tmp_path / "in"))
