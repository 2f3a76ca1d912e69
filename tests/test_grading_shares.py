"""The shares of the assessment: computed from what is marked, shown how, and nothing guessed."""

from __future__ import annotations

import csv
import json
import shutil
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from made_class import Grade, Graded, grade_into, sheet, write_text

from helpers.grading import assessment
from helpers.grading.giving import give
from helpers.grading.shares import rounded, shown

SLUGS = {
    "E1.8": "01-what-is-this-thing",
    "E5.7": "05-counting-people",
    "E9.9": "09-can-we-believe-it",
    "E10.3": "10-your-argument",
    "E10.4": "10-your-argument",
}
FILL_IN = "fill in: Evidence table, by its form (0 to 8)"
TEXT = "A text that somebody wrote."


def hand_in(place: Path, student: str, *ids: str) -> Path:
    """Write the sheets of these texts into a learner's folder, each with its text."""
    books: dict[str, Any] = {}
    for id in ids:
        slug = SLUGS[id]
        books.setdefault(slug, sheet(slug))
        write_text(books[slug], id, TEXT, slug)
    for slug, book in books.items():
        path = place / student / f"{slug}.ipynb"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(book), encoding="utf-8")
    return place


def shares(into: Path, separator: str = ",") -> dict[str, dict[str, str]]:
    """The rows of shares.csv, by student."""
    with open(into / "shares.csv", encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file, delimiter=separator)}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, new_gradebook: Path) -> Path:
    """A folder in which anna has handed in three sheets, and two texts are marked."""
    folder = tmp_path_factory.mktemp("shares")
    place = hand_in(folder / "in", "anna", "E1.8", "E5.7", "E10.3")
    into = grade_into(folder / "into", place, new_gradebook).folder
    give(into, "anna", SLUGS["E1.8"], "E1.8", 3, "")
    give(into, "anna", SLUGS["E10.3"], "E10.3", 13, "")
    grade_into(into, place, new_gradebook)
    return folder


@pytest.fixture
def marked(made: Path, tmp_path: Path) -> Graded:
    """The same in the folder of this test."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return Graded({}, [], tmp_path / "into")


def fill_in(into: Path, typed: str, separator: str = ",", encoding: str = "utf-8-sig") -> None:
    """Fill in the column for the evidence table, and save as a spreadsheet program does."""
    rows = [row | {FILL_IN: typed} for row in shares(into).values()]
    with open(into / "shares.csv", "w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=separator, lineterminator="\r\n")
        writer.writeheader()
        writer.writerows(rows)


def test_a_share_is_points_by_most_points_times_the_parts_share(marked: Graded) -> None:
    row = shares(marked.folder)["anna"]
    assert row["Source note, E1.8 (12)"] == "9"
    assert row["Argument, E10.3 (50)"] == "32.5"
    assert (row["sum so far"], row["of"]) == ("41.5", "62")
    assert row["how"] == "E1.8: 3 / 4 × 12 = 9; E10.3: 13 / 20 × 50 = 32.5"


def test_what_is_not_marked_is_not_counted_and_the_table_says_why(marked: Graded) -> None:
    row = shares(marked.folder)["anna"]
    assert row["A classmate's claim, E5.7 (12)"] == ""
    assert row["not counted yet"].split("; ") == [
        "E5.7: not marked yet",
        "E9.9: not handed in",
        "Evidence table, by its form: not filled in",
        "E10.4: no text",
    ]


def test_a_mark_of_an_earlier_text_is_not_counted(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    slug = SLUGS["E1.8"]
    book = sheet(slug)
    write_text(book, "E1.8", "Another text.", slug)
    (tmp_path / "in" / "anna" / f"{slug}.ipynb").write_text(json.dumps(book))
    row = shares(graded(tmp_path / "in").folder)["anna"]
    assert (row["sum so far"], row["of"]) == ("32.5", "50")
    assert "E1.8: the mark is of an earlier text" in row["not counted yet"]


@pytest.mark.parametrize("separator, encoding", [(",", "utf-8-sig"), (";", "cp1252")])
@pytest.mark.parametrize("typed", ["6.5", "6,5", " 6.50 % "])
def test_what_is_filled_in_by_hand_is_counted_and_stays(
    typed: str, separator: str, encoding: str, marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    fill_in(marked.folder, typed, separator, encoding)
    for _ in range(2):
        row = shares(graded(tmp_path / "in").folder, separator)["anna"]
        assert row[FILL_IN] == typed.strip(), "What was filled in is gone."
        assert (row["sum so far"], row["of"]) == ("48", "70")
        assert "Evidence table, by its form: 6.5 of 8" in row["how"]


@pytest.mark.parametrize("typed", ["9", "-1", "good", "nan"])
def test_what_is_no_number_of_the_share_stays_and_is_not_counted(
    typed: str, marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    fill_in(marked.folder, typed)
    row = shares(graded(tmp_path / "in").folder)["anna"]
    assert row[FILL_IN].lstrip("'") == typed
    assert row["of"] == "62"
    assert f"{typed}” is no number from 0 to 8" in row["not counted yet"]


def test_a_row_with_something_filled_in_stays_without_a_sheet(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    fill_in(marked.folder, "8")
    with open(marked.folder / "shares.csv", "a", encoding="utf-8", newline="") as file:
        file.write("ben,Ben" + "," * 4 + "7\r\n")
    rows = shares(graded(tmp_path / "in").folder)
    assert rows["ben"][FILL_IN] == "7"
    assert (rows["ben"]["sum so far"], rows["ben"]["of"]) == ("7", "8")


def test_a_table_that_cannot_be_read_is_left_as_it_is(
    marked: Graded, graded: Grade, tmp_path: Path
) -> None:
    file = marked.folder / "shares.csv"
    file.write_bytes(b"PK\x03\x04 saved as a workbook")
    result = graded(tmp_path / "in")
    (line,) = result.said
    assert "shares.csv cannot be read" in line and "left as it is" in line
    assert file.read_bytes().startswith(b"PK")
    assert result.rows, "marks.csv is written all the same."


@pytest.mark.parametrize(
    "table, why",
    [
        ("what,where,share\nNote,E1.8,twelve\n", "no number above 0"),
        ("what,where,share\nNote,E6.1,12\n", "judged by the machine"),
        ("what,where,share\nNote,E1.88,12\n", "no question E1.88"),
        ("what,where,share\nNote,E1.8,60\nOther,E5.7,60\n", "add up to 120"),
        ("what,where,share\nNote,E1.8,6\nNote,E5.7,6\n", "stands there twice"),
        ("what,share\nNote,12\n", "cannot be read as a table"),
    ],
)
def test_a_fault_in_the_table_of_parts_is_one_line(
    table: str, why: str, graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "assessment.csv"
    file.write_text(table, encoding="utf-8")
    monkeypatch.setattr(assessment, "FILE", file)
    result = graded(hand_in(tmp_path / "in", "anna", "E1.8"))
    (line,) = result.said
    assert why in line and "assessment.csv" in line
    assert not (result.folder / "shares.csv").exists()


def test_a_part_that_went_takes_nothing_that_was_filled_in(
    marked: Graded, graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill_in(marked.folder, "8")
    before = (marked.folder / "shares.csv").read_bytes()
    file = tmp_path / "assessment.csv"
    file.write_text("what,where,share\nNote,E1.8,12\n", encoding="utf-8")
    monkeypatch.setattr(assessment, "FILE", file)
    (line,) = graded(tmp_path / "in").said
    assert FILL_IN in line
    assert (marked.folder / "shares.csv").read_bytes() == before


def test_a_sum_is_the_sum_of_what_stands_there(
    marked: Graded, graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "assessment.csv"
    file.write_text("what,where,share\nNote,E1.8,1\nArgument,E10.3,33.333\n", encoding="utf-8")
    monkeypatch.setattr(assessment, "FILE", file)
    give(marked.folder, "anna", SLUGS["E1.8"], "E1.8", 1.1, "")
    row = shares(graded(tmp_path / "in").folder)["anna"]
    parts = [row["Note, E1.8 (1)"], row["Argument, E10.3 (33.333)"]]
    assert sum(map(Decimal, parts)) == Decimal(row["sum so far"])


@pytest.mark.parametrize(
    "value, wanted",
    [
        (Fraction(9), "9"),
        (Fraction(25, 8), "3.125"),
        (Fraction(1, 3), "0.33"),
        (Fraction(2, 3), "0.67"),
        (Fraction(0), "0"),
        (Fraction(50), "50"),
        (Fraction(100001, 100000), "1"),
    ],
)
def test_numbers_are_exact_or_rounded_to_hundredths(value: Fraction, wanted: str) -> None:
    assert shown(rounded(value)) == wanted
