"""Rule 5: facts from outside the source carry a work, and say no more than what was read of it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from course import (
    EDITION,
    ITEMS,
    LESSONS,
    RUBRICS,
    SETS,
    Row,
    code_cells,
    label,
    number_of,
    outputs,
    prose,
    rows,
    source,
    strings,
)
from homes import times_beside

from helpers.edition import Work

WORKS = EDITION.works
FIGURES = rows("figures")
FIGURES_READ = [row for row in FIGURES if row.grade == "read"]
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=label)
each_figure_read = pytest.mark.parametrize("row", FIGURES_READ, ids=str)
each_work = pytest.mark.parametrize("work", WORKS.values(), ids=WORKS)
SCALES = {  # what a number of a note is to be multiplied by, for each unit
    "t": {r"ten thousand t\b": 1e4, r"thousand t\b": 1e3, r" t\b| tons\b": 1},
    "people": {"thousand": 1e3},
}
AUTHORS_CODE = re.compile(r"\b[OFPM]\d{1,2}\b")  # ids of works, figures, plans, misreadings
LIST_OF_WORKS = re.compile(r"Works used in notebook .*")


def everything_said(lesson: Path) -> str:
    """All that a lesson, its items and its rubrics say, without its list of works."""
    said = [*prose(lesson), LIST_OF_WORKS.sub("", outputs(lesson))]
    for id in SETS[number_of(lesson)].questions:
        said += strings(ITEMS[id])
        said += [path.read_text(encoding="utf-8") for path in RUBRICS if is_of(path, id)]
    return "\n".join(said)


def is_of(rubric: Path, id: str) -> bool:
    """Whether a rubric is that of a question."""
    return rubric.name.startswith(f"{id}-")


# Works


@each_work
def test_a_work_was_read_and_is_used(work: Work) -> None:
    """That it has a kind, an extent and a tie, datapackage.json demands: see test_edition.py."""
    assert work.read != "not read", f"works.csv, {work.id}: what was not read bears no fact."
    assert work.notebooks.strip(), f"works.csv, {work.id} is used in no notebook."


@each_lesson
def test_the_works_that_a_notebook_lists_are_those_it_uses(path: Path) -> None:
    number, said = number_of(path), everything_said(path)
    text = "\n".join(prose(path))
    drawn = works_of_series(said)
    for work in WORKS.values():
        listed = number in work.notebooks.split()
        used = work.kind == "source" or work.short in said or work.id in drawn
        assert used or not listed, f"works.csv: {work.id} is listed for {number}, not used there."
        cited = work.short in text
        assert listed or not cited, f"works.csv: {work.id} is cited in {number}, not listed for it."


def works_of_series(said: str) -> set[str]:
    """The works behind the series that a lesson shows; an output has spaces in their names."""
    found = set()
    for row in FIGURES:
        in_output = row.series.replace("_", " ")
        if row.series in said or in_output in said:
            found.add(row.work)
    return found


@each_lesson
def test_a_notebook_shows_its_list_of_works(path: Path) -> None:
    call = f'works("{number_of(path)}")'
    calls = [source(cell) for cell in code_cells(path)]
    assert call in calls, f"{label(path)}: no cell shows its works with {call}."


@each_lesson
def test_outside_works_go_by_their_short_titles(path: Path) -> None:
    for text in prose(path):
        code = AUTHORS_CODE.search(text)
        assert not code, f"{label(path)} shows an author's code: {code[0]}. Write the short title."


# Figures


@each_figure_read
def test_a_figure_stands_in_the_note_of_its_work_beside_its_time(row: Row) -> None:
    work = WORKS[row.work]
    text = f"{work.short}. {work.note}"
    for end in (row.low, row.high):
        times: set[str] = set()
        for scale in scales_of(row.unit, text):
            printed = round(float(end) / scale, 6)
            times |= times_beside(printed, text)
        assert times, f"{row}: {end} {row.unit} is not in the note of {work.id}."
        assert row.year in times, f"{row}: the note of {work.id} gives it for {sorted(times)}."


def scales_of(unit: str, text: str) -> list[float]:
    """By what a number of a note is to be multiplied; nothing if the unit is not there."""
    scales = SCALES.get(unit, {unit: 1})
    return [scale for words, scale in scales.items() if re.search(words, text)]


def test_what_is_derived_is_our_arithmetic_and_right() -> None:
    """Each derived figure is computed here again, from the numbers in the notes."""
    people = 9_359_000  # in 1956, as in F47
    at_1949 = round(2_870_000 / 1.082, -3)  # 1956 as in F3; 8.2% above 1949, says KCNA 2021
    in_the_husk = 1_115_600 + 882_200  # rice in paddy, and coarse grains: Kimura 1996
    needed = [round(tons * 1000 / people) for tons in (2_900_000, 3_000_000)]  # B24.3, in kg
    at_the_limit = round(2_850_000 * 1000 / people)  # B24.4, in kg
    computed = {
        "F2": (at_1949, at_1949),
        "F9": (in_the_husk, in_the_husk),
        "F55": tuple(needed),
        "F56": (at_the_limit, at_the_limit),
    }
    derived = {row.id: row for row in FIGURES if row.grade == "derived"}
    assert derived.keys() == computed.keys(), "figures.csv: compute what is derived in this test."
    for id, row in derived.items():
        ends = float(row.low), float(row.high)
        assert ends == computed[id], f"{row}: our arithmetic gives {computed[id]}."
        assert "our" in row.note, f"{row}: say that it is our arithmetic."
