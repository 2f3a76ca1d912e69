"""A solved sheet earns full marks, and its stored outputs say so; a released one earns none and
holds no solution, no hidden test and no mark scheme.
"""

from __future__ import annotations

from ast import literal_eval
from pathlib import Path
from typing import Any

import pytest
from course import QUESTIONS, RELEASED, RUBRICS, SETS, SOLVED, cells, flat, label, number_of, source

from helpers.authoring.sheets import cell_name
from helpers.feedback import answered, first_reply
from helpers.questions.rubrics import rubric

HIDDEN = (
    "SOLUTION",
    "HIDDEN",
    "MARK SCHEME",
    "answered",
    "import _",
)  # nowhere in a released sheet


def by_name(path: Path) -> dict[str, dict[str, Any]]:
    return {cell["id"]: cell for cell in cells(path)}


def verdicts(cell: dict[str, Any]) -> list[str]:
    """What the stored replies of a cell say for a class view."""
    told = [output.get("metadata", {}).get("course", {}) for output in cell["outputs"]]
    return [course["verdict"] for course in told if course]


@pytest.mark.parametrize("path", SOLVED, ids=label)
def test_a_solved_sheet_earns_full_marks_and_its_outputs_say_so(path: Path) -> None:
    found = by_name(path)
    one = SETS[number_of(path)]
    for id, question in one.practice.items():
        replies = verdicts(found[cell_name(id, "test")])
        assert replies == ["right"], f"{id}: stored replies are {replies}. Refresh {label(path)}."
        assert answered(id, literal_eval(question.solution)), f"{id}: its solution earns nothing."
    for id in one.texts:
        replies = verdicts(found[cell_name(id, "remarks")])
        assert replies == ["open"], f"{id}: stored replies are {replies}. Refresh {label(path)}."


@pytest.mark.parametrize("path", RELEASED, ids=label)
def test_a_released_sheet_earns_nothing_and_gives_nothing_away(path: Path) -> None:
    found = by_name(path)
    one = SETS[number_of(path)]
    for id, question in one.practice.items():
        written = source(found[cell_name(id, "answer")])
        name, _, blank = written.partition(" = ")
        assert name == question.variable, f"{label(path)}, {id}: {written}"
        assert not answered(id, literal_eval(blank)), f"{id}: the empty answer earns a mark."
        assert first_reply(id, literal_eval(blank)).verdict == "empty", f"{id}: {written}"
    for cell in found.values():
        assert not cell.get("outputs"), f"{label(path)}, {cell['id']}: it has outputs."
        told = [word for word in HIDDEN if word in source(cell)]
        assert told == [], f"{label(path)}, {cell['id']}: {told}"


@pytest.mark.parametrize("path", RELEASED, ids=label)
def test_a_released_sheet_holds_no_words_that_answer(path: Path) -> None:
    whole = flat("\n".join(source(cell) for cell in cells(path)))
    for id, question in SETS[number_of(path)].practice.items():
        for text in (question.explain, question.step, *(wrong.hint for wrong in question.wrong)):
            assert flat(text) not in whole, f"{label(path)}, {id}: “{text}” stands in it."
    for file in RUBRICS:
        for level in rubric(file.name.partition("-")[0]):
            assert flat(level.anchor) not in whole, f"{label(path)}: an anchor of {file.name}."


def test_every_set_has_a_solved_and_a_released_sheet() -> None:
    for paths in (SOLVED, RELEASED):
        assert [number_of(path) for path in paths] == list(SETS), "Run helpers release."
    asked = {id for one in SETS.values() for id in one.in_sheet}
    in_lessons = {id for id, question in QUESTIONS.items() if question.page == "lesson"}
    assert asked | in_lessons == set(QUESTIONS)
