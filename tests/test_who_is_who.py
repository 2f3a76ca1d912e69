"""Who is who: one learner over sheets, platforms and runs; who is missing, and who was late."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from exported_class import (
    ANNA,
    LIST,
    NEXT,
    OTHER_ANNA,
    SCHEMES,
    Run,
    give_points,
    points_of,
    rows_in,
    sheets_by_student,
    two_assignments,
    with_text,
)
from exported_class import lay_paths as lay
from made_class import SHEET, sheet, solved_sheet

# One learner


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_class_list_joins_one_learner_over_sheets(
    scheme: str, run: Run, class_list: Path, tmp_path: Path
) -> None:
    first, second = two_assignments(tmp_path, scheme)
    run(first, class_list=class_list)
    result = run(second)  # the list was kept
    assert sheets_by_student(result) == {"s1": [SHEET, NEXT], "s2": [SHEET, NEXT]}
    assert {row["name"] for row in result.rows.values()} == {"Anna Müller", "Ben Okri"}


def test_a_class_list_joins_one_learner_over_platforms(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    (moodle, _), (_, canvas) = (two_assignments(tmp_path, one) for one in ("Moodle", "Canvas"))
    result = run(moodle, canvas, class_list=class_list)
    assert sheets_by_student(result) == {"s1": [SHEET, NEXT], "s2": [SHEET, NEXT]}


def test_the_list_is_kept_and_an_earlier_one_too(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in", {f"anna/{SHEET}.ipynb": sheet()})
    into = run(place, class_list=class_list).folder
    run(place, class_list=into / "class-list.csv")
    assert [file.name for file in into.glob("class-list*")] == ["class-list.csv"]
    class_list.write_text("Name,ID number\nAnna Müller,s1\n", encoding="utf-8")
    run(place, class_list=class_list)
    earlier = into / "class-list-earlier-1.csv"
    assert earlier.read_text(encoding="utf-8") == LIST


def test_a_list_that_comes_later_joins_what_was_graded_and_loses_no_mark(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    first = lay(tmp_path / "a", {f"{ANNA}/x.ipynb": with_text()})
    second = lay(tmp_path / "b", {f"{OTHER_ANNA}/x.ipynb": solved_sheet(NEXT)})
    into = run(first).folder
    give_points(into, "111", 3)
    apart = run(second)
    assert sheets_by_student(apart) == {"111": [SHEET], "211": [NEXT]}
    (asked,) = apart.said
    assert "111, 211" in asked and "--class-list" in asked
    result = run(second, class_list=class_list)
    assert sheets_by_student(result) == {"s1": [SHEET, NEXT]}
    assert points_of(result, "s1") == "3.0"
    assert "Which harvest?" in result.page("s1")
    joined = [line for line in result.said if line.startswith("Joined")]
    assert joined == [
        "Joined by the class list: Anna Müller (s1), before 111 and 211. "
        "All answers and marks went along."
    ]
    for stage in ("submitted", "autograded", "feedback"):
        assert [folder.name for folder in (into / stage).iterdir()] == ["s1"], stage
        assert sorted(one.name for one in (into / stage / "s1").iterdir()) == [SHEET, NEXT]
    give_points(into, "s1", 4)
    again = run(first, second)
    assert points_of(again, "s1") == "4.0", "The joined sheet lost its marks."


@pytest.mark.parametrize("marked", [["111"], ["211"], ["111", "211"]])
def test_where_both_have_the_sheet_the_marked_one_stays_and_two_marked_ones_both(
    marked: list[str], run: Run, class_list: Path, tmp_path: Path
) -> None:
    first = lay(tmp_path / "a", {f"{ANNA}/x.ipynb": with_text()})
    second = lay(tmp_path / "b", {f"{OTHER_ANNA}/x.ipynb": with_text()})
    other = lay(tmp_path / "c", {f"s2/{SHEET}.ipynb": sheet()})
    run(first)
    into = run(second).folder
    for student in marked:
        give_points(into, student, 2)
    result = run(other, class_list=class_list)
    points = {row["student"]: row["points for texts"] for row in rows_in(into / "marks.csv")}
    if len(marked) == 1:
        assert points["s1"] == "2.0" and "211" not in points and "111" not in points
    else:
        assert points["s1"] == "2.0" and points["211"] == "2.0"
        (line,) = [line for line in result.said if "are one learner by the class list" in line]
        assert "Anna Müller (211)" in line and SHEET in line


# Nobody is joined by a guess


def test_two_numbers_in_one_assignment_are_two_learners(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = lay(
        tmp_path / "in",
        {f"{ANNA}/x.ipynb": solved_sheet(), f"{OTHER_ANNA}/x.ipynb": sheet()},
    )
    for people in ({}, {"class_list": class_list}):
        result = run(place, **people)
        assert sheets_by_student(result) == {"111": [SHEET], "211": [SHEET]}
        (line,) = [line for line in result.said if "Several learners bear one name" in line]
        assert "Anna Müller (111, 211)" in line and '"Moodle numbers"' in line
    numbered = LIST.replace("Canvas ID", "Moodle numbers").replace("4711", "111 333")
    class_list.write_text(numbered, encoding="utf-8")
    assert sheets_by_student(run(place, class_list=class_list)) == {
        "s1": [SHEET],
        "211": [SHEET],
    }


def test_a_name_that_is_on_the_list_twice_is_asked_for(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    class_list.write_text(LIST + "Anna,Müller,s4,anna4@uni.example,\n", encoding="utf-8")
    place = lay(tmp_path / "in", {f"{ANNA}/x.ipynb": solved_sheet()})
    result = run(place, class_list=class_list)
    assert sheets_by_student(result) == {"111": [SHEET]}
    line = result.said[0]
    assert "Anna Müller (Moodle's number 111) may be s1 or s4" in line
    assert '"Moodle numbers"' in line


def test_who_is_not_on_the_list_is_named_and_takes_nobodys_place(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    class_list.write_text(LIST.replace("s2", "111"), encoding="utf-8")
    paths = {
        "Carl Zeiss_111_assignsubmission_file_/x.ipynb": solved_sheet(),
        f"ben/{SHEET}.ipynb": with_text(),
    }
    result = run(lay(tmp_path / "in", paths), class_list=class_list)
    assert sheets_by_student(result) == {"111": [SHEET], "Moodle-111": [SHEET]}
    assert "Not on the class list" in result.said[0] and "Carl Zeiss" in result.said[0]
    give_points(result.folder, "Moodle-111", 0)
    assert sheets_by_student(run(tmp_path / "in")) == {"111": [SHEET], "Moodle-111": [SHEET]}


# Who is missing, and who is late


def test_who_handed_in_nothing_is_told_and_listed(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in", {f"anna/{SHEET}.ipynb": sheet(), "ben/x.ipynb": {"cells": []}})
    result = run(place, class_list=class_list)
    line = f"{SHEET}: 2 of 3 have not handed it in: Ben Okri, Zoe van der Berg. All: missing.csv."
    assert line in result.said
    rows = rows_in(result.folder / "missing.csv")
    assert [(row["student"], row["exercises"]) for row in rows] == [("s2", SHEET), ("s3", SHEET)]
    assert "could not be graded" in rows[0]["note"] and rows[1]["note"] == ""
    everybody = {f"s{number}/{SHEET}.ipynb": sheet() for number in (1, 2, 3)}
    result = run(lay(tmp_path / "all", everybody))
    assert f"{SHEET}: everybody of the class list has handed it in." in result.said
    assert rows_in(result.folder / "missing.csv") == []


def test_who_handed_in_something_else_is_told_from_who_handed_in_nothing(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in", {f"anna/{SHEET}.ipynb": sheet(), "ben/essay.docx": "words"})
    rows = rows_in(run(place, class_list=class_list).folder / "missing.csv")
    notes = {row["student"]: row["note"] for row in rows}
    assert "this sheet or another" in notes["s2"], "Ben's essay.docx is not mentioned."
    assert notes["s3"] == ""


def test_a_zip_of_a_class_is_told_as_no_learner(run: Run, class_list: Path, tmp_path: Path) -> None:
    place = lay(tmp_path / "in", {f"zoe/{SHEET}.ipynb": sheet()})
    with zipfile.ZipFile(place / "Sheet.zip", "w") as packed:
        packed.writestr(f"{ANNA}/{SHEET}.ipynb", json.dumps(sheet()))
        packed.writestr(f"{ANNA}/essay.docx", "words")
    said = run(place, class_list=class_list).said
    assert not [line for line in said if "learners of their own" in line], said


def test_of_whom_it_is_not_known_who_handed_in_is_not_told_as_missing(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    paths = {f"{ANNA}/x.ipynb": sheet(), f"{OTHER_ANNA}/x.ipynb": sheet()}
    others = {f"s{number}/{SHEET}.ipynb": sheet() for number in (2, 3)}
    result = run(lay(tmp_path / "in", paths | others), class_list=class_list)
    (row,) = rows_in(result.folder / "missing.csv")
    assert (row["student"], row["status"]) == ("s1", "not known")
    assert f"{SHEET}: everybody of the class list has handed it in, as far" in result.said[-1]


def test_who_was_late_stands_in_the_table(run: Run, tmp_path: Path) -> None:
    paths = {
        f"mülleranna_LATE_4711_99887_{SHEET}.ipynb": "late",
        f"okriben_4712_99888_{SHEET}.ipynb": "on time",
        f"{ANNA}/{SHEET}.ipynb": "see Moodle's worksheet",
        f"LATE_zoe/{SHEET}.ipynb": "not known",
    }
    rows = run(lay(tmp_path / "in", dict.fromkeys(paths, sheet()))).rows
    assert {file: row["late"] for file, row in rows.items()} == paths
