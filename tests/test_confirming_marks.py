"""Confirming, changing and taking back a mark, in formgrader and without it."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_class import SHEET, Grade, Graded
from reader import COMMENT, SECOND, Reader, counts, hand_in, with_text

from helpers.authoring.messages import Problem
from helpers.grading.giving import give
from helpers.grading.notebook import read_cells

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own


def test_a_mark_of_an_earlier_text_is_kept_shown_and_told_in_one_line(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    result = graded(hand_in(tmp_path / "in", with_text(SECOND)))
    (line,) = result.said
    assert "E6.9: 3 points were given for an earlier text" in line
    assert 'press "Confirm 3 points"' in line and "type 3 into its box" in line, (
        "The line does not say how to confirm."
    )
    row = result.row("anna")
    assert row["note"] in line and row["note"].startswith("E6.9: 3 points")
    assert (row["points for texts"], row["texts to be marked"]) == ("0", "1")
    assert row["points by text"] == "E6.9: not marked (an earlier text: 3) of 4"
    page = result.page("anna")
    assert "An earlier text of yours got 3 of 4 points." in page and COMMENT in page
    again = graded(tmp_path / "in")
    assert again.said == [], "The line is printed once."
    assert again.row("anna")["note"] == row["note"], "The note goes, and the mark still waits."


def test_typing_the_same_number_confirms_a_mark(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    graded(hand_in(tmp_path / "in", with_text(SECOND)))
    reader = Reader(marked.folder, "anna")
    box = reader.box("E6.9")
    assert box["needs_manual_grade"], "Formgrader does not show that the text waits."
    assert (box["manual_score"], box["auto_score"]) == (None, 3.0), "The box shows 3 in grey."
    assert reader.commented("E6.9") == COMMENT
    reader.type("E6.9", "3")
    place = marked.folder / "autograded" / "anna" / SHEET / f"{SHEET}.ipynb"
    shown = [one.source for one in read_cells(place.read_bytes())]
    assert any("given for an earlier text" in text for text in shown), "The reader is not told."
    assert counts(graded(tmp_path / "in")), "The same number was typed, and nothing happened."


def test_going_on_past_a_grey_number_confirms_nothing(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    graded(hand_in(tmp_path / "in", with_text(SECOND)))
    reader = Reader(marked.folder, "anna")
    reader.go_on("E6.9")
    row = graded(tmp_path / "in").row("anna")
    assert (row["points for texts"], row["texts to be marked"]) == ("0", "1")
    assert reader.box("E6.9")["needs_manual_grade"], "Formgrader takes the text for marked."


def test_typing_another_number_changes_a_mark(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    graded(hand_in(tmp_path / "in", with_text(SECOND)))
    Reader(marked.folder, "anna").type("E6.9", "2")
    row = graded(tmp_path / "in").row("anna")
    assert (row["points for texts"], row["texts to be marked"]) == ("2.0", "0")


def test_points_that_a_reader_takes_back_do_not_count(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    assert counts(graded(tmp_path / "in"))
    reader = Reader(marked.folder, "anna")
    reader.type("E6.9", "")
    for _ in range(2):
        row = graded(tmp_path / "in").row("anna")
        assert (row["points for texts"], row["texts to be marked"]) == ("0", "1")
    reader.type("E6.9", "3")
    assert counts(graded(tmp_path / "in"))


def test_extra_credit_is_not_left_out_without_a_line(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    Reader(marked.folder, "anna").give_extra("E6.9", "0.5")
    row = graded(tmp_path / "in").row("anna")
    assert row["points for texts"] == "3.0"
    assert "E6.9: 0.5 points stand in Formgrader's box for extra credit" in row["note"]


def test_points_can_be_given_without_formgrader(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    graded(hand_in(tmp_path / "in", with_text(SECOND)))
    give(marked.folder, "anna", SHEET, "E6.9", 3, COMMENT)
    box = Reader(marked.folder, "anna").box("E6.9")
    assert (box["manual_score"], box["needs_manual_grade"]) == (3.0, False)
    assert Reader(marked.folder, "anna").commented("E6.9") == COMMENT
    assert counts(graded(tmp_path / "in"))
    give(marked.folder, "anna", SHEET, "E6.9", None, COMMENT)
    row = graded(tmp_path / "in").row("anna")
    assert (row["points for texts"], row["texts to be marked"]) == ("0", "1")
    assert Reader(marked.folder, "anna").commented("E6.9") == COMMENT


@pytest.mark.parametrize(
    "student, id, points, why",
    [
        ("anna", "E6.9", 5, "from 0 to 4"),
        ("anna", "E6.9", float("nan"), "from 0 to 4"),
        ("anna", "E6.1", 1, "asks for no text"),
        ("ben", "E6.9", 1, "ben has handed in no"),
    ],
)
def test_points_that_cannot_be_given_are_told_in_one_line(
    student: str, id: str, points: float, why: str, marked: Graded
) -> None:
    with pytest.raises(Problem, match=why):
        give(marked.folder, student, SHEET, id, points, "")
    assert Reader(marked.folder, "anna").box("E6.9")["manual_score"] == 3.0
