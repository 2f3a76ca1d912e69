"""A row can be taken out of marks.csv: what goes is told, a copy is kept, and nobody else loses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from made_class import SHEET, Grade, Graded, lay, rows_of_marks, solved_sheet, write_text
from reader import Reader

from helpers.grading.command import grade_class

pytestmark = pytest.mark.filterwarnings("ignore::sqlalchemy.exc.SAWarning")  # nbgrader's own


@pytest.fixture
def marked(graded: Grade, tmp_path: Path) -> Graded:
    """A class of two, both with marks."""
    book = solved_sheet()
    write_text(book, "E6.9", "Between 50,000 and 150,000 tons.")
    result = graded(lay(tmp_path / "in", anna=book, ben=book))
    for student in ("anna", "ben"):
        Reader(result.folder, student).type("E6.9", "3", "Which harvest?")
    return result


def take_out(into: Path, name: str) -> str | None:
    """Take a row out by the command."""
    return grade_class(["--into", str(into), "--take-out", name])


@pytest.mark.parametrize("name", ["anna", f"anna/{SHEET}.ipynb"])
def test_what_is_taken_out_is_told_and_a_copy_kept(
    name: str, marked: Graded, capsys: pytest.CaptureFixture[str]
) -> None:
    assert take_out(marked.folder, name) is None
    said = capsys.readouterr().out
    assert f"Taken out: anna/{SHEET}.ipynb (anna, {SHEET}, graded)." in said
    assert "anna, E6.9: 3 points. Comment: Which harvest?" in said, "A mark goes without a line."
    assert [row["student"] for row in rows_of_marks(marked.folder).values()] == ["ben"]
    (aside,) = (marked.folder / "taken-out").iterdir()
    assert str(aside) in said
    copy = json.loads((aside / "rows.json").read_text(encoding="utf-8"))
    (mark,) = copy["course_mark"]
    assert (mark["points"], mark["comment"]) == (3.0, "Which harvest?")
    assert mark["text"] == "Between 50,000 and 150,000 tons."
    for stage in ("submitted", "autograded", "feedback"):
        assert not (marked.folder / stage / "anna").exists()
        assert any((aside / stage / SHEET).iterdir()), f"What was in {stage} is lost."


def test_nobody_elses_marks_go_with_a_row(marked: Graded, graded: Grade, tmp_path: Path) -> None:
    take_out(marked.folder, "anna")
    (tmp_path / "in" / "anna" / f"{SHEET}.ipynb").unlink()
    row = graded(tmp_path / "in").row("ben")
    assert (row["points for texts"], row["note"]) == ("3.0", "")
    assert Reader(marked.folder, "ben").box("E6.9")["manual_score"] == 3.0


def test_what_was_taken_out_is_out_of_formgrader_too(marked: Graded) -> None:
    from nbgrader.api import Gradebook as Nbgrader

    take_out(marked.folder, "anna")
    with Nbgrader(f"sqlite:///{marked.folder / 'gradebook.db'}") as book:
        assert {one.student.id for one in book.assignment_submissions(SHEET)} == {"ben"}


def test_a_second_row_of_the_same_name_takes_no_copys_place(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    for _ in range(2):
        take_out(marked.folder, "anna")
        graded(tmp_path / "in")
    names = sorted(path.name for path in (marked.folder / "taken-out").iterdir())
    assert names == ["anna", "anna-2"]


def test_a_row_that_is_not_there_is_told_in_one_line(marked: Graded) -> None:
    before = (marked.folder / "marks.csv").read_bytes()
    said = take_out(marked.folder, "zoe")
    assert said is not None and "zoe" in said and "nothing was taken out" in said
    assert (marked.folder / "marks.csv").read_bytes() == before


@pytest.mark.parametrize("words", [[], ["somewhere", "--take-out", "anna"]])
def test_a_folder_or_a_row_to_take_out_is_named_and_not_both(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        grade_class(words)
    assert "or --take-out NAME" in capsys.readouterr().err


def test_what_was_filled_in_by_hand_stays_and_is_told(
    marked: Graded, graded: Grade, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    graded(tmp_path / "in")
    file = marked.folder / "shares.csv"
    text = file.read_text(encoding="utf-8-sig")
    file.write_text(text.replace("anna,anna,,,,,", "anna,anna,,,,7,"), encoding="utf-8")
    assert take_out(marked.folder, "anna") is None
    assert "The row of anna in shares.csv stays" in capsys.readouterr().out
    assert "anna,anna,,,,7," in file.read_text(encoding="utf-8-sig")


def test_a_name_that_two_learners_have_takes_nobody_out(graded: Grade, tmp_path: Path) -> None:
    place = tmp_path / "in"
    for id in ("101", "102"):
        lay(place, **{f"Zoe Lee_{id}_assignsubmission_file_": solved_sheet()})
    into = graded(place).folder
    said = take_out(into, "Zoe Lee")
    assert said is not None and "101, 102" in said
    assert len(rows_of_marks(into)) == 2


def test_no_folder_is_made_outside_for_an_odd_name(graded: Grade, tmp_path: Path) -> None:
    into = graded(lay(tmp_path / "in", **{"a b": solved_sheet()})).folder
    name = rows_of_marks(into)[f"a b/{SHEET}.ipynb"]["name"]
    assert take_out(into, name) is None
    assert [path.name for path in (into / "taken-out").iterdir()] == ["a_b"]
