"""Sheets are made from their items, with nbgrader's metadata, and whoever marks sees the rubric."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest
from asked import TEXTS
from course import (
    RELEASED,
    ROOT,
    SETS,
    SOLVED,
    cells,
    code_cells,
    label,
    source,
)

from helpers.authoring.release import released
from helpers.authoring.sheets import question_of, solved
from helpers.questions.rubrics import QUOTED, rubric

MADE_BY = {"source": solved, "release": released}
FLAGS = {"grade", "solution", "locked", "task"}
NO_FLAGS = dict.fromkeys(FLAGS, False)
SCHEMA = 3
SOLUTION, TEST = "### BEGIN SOLUTION", "### BEGIN HIDDEN TESTS"  # what nbgrader cuts away
FEWEST_COMMENTS = 3


def sheet(folder: str, number: str) -> Path:
    """The file of a sheet, solved in `source` and for learners in `release`."""
    slug = SETS[number].slug
    return ROOT / "exercises" / folder / slug / f"{slug}.ipynb"


@pytest.mark.parametrize("number", SETS)
@pytest.mark.parametrize("folder", MADE_BY)
def test_a_sheet_is_what_its_items_make(folder: str, number: str) -> None:
    path = sheet(folder, number)
    make = MADE_BY[folder]
    made = make(SETS[number])
    for cell, wanted in zip_longest(cells(path), made.cells):
        assert parts(cell) == parts(wanted), (
            f"{label(path)} is not what exercises/items/{number}.toml makes. "
            "Edit the items, then run `python3 -m helpers release`."
        )


def parts(cell: dict[str, Any] | None) -> tuple[str, str, dict[str, Any]]:
    """What is compared of a cell: name, source and flags; nothing where there is no cell."""
    if cell is None:
        return "", "", {}
    return cell["id"], source(cell), cell["metadata"]


def test_no_sheet_is_left_without_items() -> None:
    made = len(SETS)
    assert len(SOLVED) == made, "exercises/source: sheets without items, or items without a sheet."
    assert len(RELEASED) == made, "exercises/release: sheets without items, or the reverse."


@pytest.mark.parametrize("path", SOLVED, ids=label)
def test_nbgrader_finds_its_metadata(path: Path) -> None:
    """nbgrader's own schema, 3: points belong to graded cells and tasks, and to them only."""
    for cell in cells(path):
        flags = cell["metadata"].get("nbgrader")
        if flags:
            where = f"{label(path)}, {cell['id']}"
            own_name = flags["grade_id"] == cell["id"]
            assert own_name, f"{where}: a grade id is the name of its cell."
            assert flags["schema_version"] == SCHEMA, f"{where}: another schema than {SCHEMA}."
            assert flags.keys() >= FLAGS, f"{where} lacks some of {FLAGS}."
            graded = flags["grade"] or flags["task"]
            assert ("points" in flags) == graded, f"{where}: points where nothing is graded."


@pytest.mark.parametrize("path", SOLVED, ids=label)
def test_what_learners_must_not_see_is_marked_for_cutting(path: Path) -> None:
    for cell in code_cells(path):
        flags = cell["metadata"].get("nbgrader", NO_FLAGS)
        expected = {SOLUTION: flags["solution"], TEST: flags["grade"] and not flags["solution"]}
        for mark, wanted in expected.items():
            marked = mark in source(cell)
            assert marked == wanted, f"{label(path)}, {cell['id']}: “{mark}” or not?"


@pytest.mark.parametrize("id", TEXTS)
def test_whoever_marks_sees_rubric_anchors_and_comments_beside_the_answer(id: str) -> None:
    scheme = mark_scheme_beside(id)
    for level in rubric(id):
        shown = f"**Level {level.number}.**\n\n{level.shows}"
        assert shown in scheme, f"{id}: level {level.number} is not where the answer is marked."
        assert level.anchor in QUOTED.sub("", scheme), (
            f"{id}: no anchor of level {level.number} is there."
        )
    comments = scheme.count("\n- *")
    assert comments >= FEWEST_COMMENTS, f"{id}: {comments} comments to copy, name three."


def mark_scheme_beside(id: str) -> str:
    """The one mark scheme in the solved sheet that belongs to a question."""
    number = next(number for number, questions in SETS.items() if id in questions.texts)
    schemes = []
    for cell in cells(sheet("source", number)):
        if question_of(cell["id"]) == id and "BEGIN MARK SCHEME" in source(cell):
            schemes.append(source(cell))
    assert len(schemes) == 1, f"{id}: one mark scheme, not {len(schemes)}."
    return schemes[0]
