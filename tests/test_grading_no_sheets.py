"""What is no sheet, or hides: lessons in place of sheets, and names that begin with a dot."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from course import ROOT
from made_class import SHEET, Grade, lay, sheet, with_code

from helpers.grading.records import NOT_GRADED

LESSONS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def without_ids(book: dict[str, Any]) -> dict[str, Any]:
    """As tools save it that give each cell a name of their own."""
    for number, one in enumerate(book["cells"]):
        one["id"] = f"cell-{number}"
    return book


def run_by_learner(book: dict[str, Any]) -> dict[str, Any]:
    """As a learner saves it: answers typed, cells added, and other outputs."""
    for one in book["cells"]:
        if one["cell_type"] == "code":
            one["source"] = f"{''.join(one['source'])}\n# mine"
            one["outputs"] = []
    return with_code("x = 1", book)


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda path: str(path.stem))
def test_a_lesson_in_place_of_a_sheet_is_told_by_its_name(
    lesson: Path, graded: Grade, tmp_path: Path
) -> None:
    """Also under the name that it has on the website, and without the names of its cells."""
    book = json.loads(lesson.read_text(encoding="utf-8"))
    books = {
        "stored": book,
        "run": run_by_learner(copy.deepcopy(book)),
        "nameless": without_ids(copy.deepcopy(book)),
    }
    place = lay(tmp_path / "in", **books)
    (place / "website").mkdir()
    name = f"exercises-{lesson.name}"
    (place / "website" / name).write_text(json.dumps(book), encoding="utf-8")
    result = graded(place)
    assert {row["status"] for row in result.rows.values()} == {NOT_GRADED}
    assert len(result.said) == 4
    for line in result.said:
        assert f"This is the lesson {lesson.stem} and no sheet." in line


def test_a_sheet_is_no_lesson_and_keeps_its_number(graded: Grade, tmp_path: Path) -> None:
    book = without_ids(sheet())
    assert "nbgrader" in cell_of_answer(book)["metadata"]
    row = graded(lay(tmp_path / "in", anna=book)).row("anna")
    assert (row["status"], row["exercises"]) == ("graded", SHEET)


def cell_of_answer(book: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = next(
        one for one in book["cells"] if "share_of_need =" in "".join(one["source"])
    )
    return found


HIDDEN = {
    f"anna/.{SHEET}.ipynb": "anna",
    f".ben/{SHEET}.ipynb": ".ben",
}
LEFTOVERS = [
    f"anna/._{SHEET}.ipynb",
    f"anna/.ipynb_checkpoints/{SHEET}-checkpoint.ipynb",
    f"__MACOSX/anna/{SHEET}.ipynb",
    f"anna/.git/{SHEET}.ipynb",
    "anna/.DS_Store",
    "anna/desktop.ini",
]


def test_a_hidden_name_hides_no_notebook_and_leftovers_get_no_line(
    graded: Grade, tmp_path: Path
) -> None:
    for where in [*HIDDEN, *LEFTOVERS]:
        file = tmp_path / "in" / where
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(sheet()), encoding="utf-8")
    result = graded(tmp_path / "in")
    assert {file: row["name"] for file, row in result.rows.items()} == HIDDEN
    assert result.said == []
