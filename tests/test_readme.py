"""The README's map: every lesson with its question and its minutes."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from course import LESSONS, ROOT, SETS, cells, in_blocks, label, number_of, prose

from helpers.authoring.minutes import minutes_of

README = (ROOT / "README.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| (\d\d) \| (.+) \|$", re.M)
MAP = {number: [cell.strip() for cell in rest.split("|")] for number, rest in ROW.findall(README)}
QUESTION = "**Question of this notebook.** "
IN_WORDS = {11: "Eleven"}


def test_the_map_has_a_row_for_every_lesson() -> None:
    assert list(MAP) == list(SETS), "README: the rows of the map are not the lessons, in order."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_the_map_gives_the_minutes_of_a_lesson(path: Path) -> None:
    wanted = minutes_of(number_of(path), cells(path)).in_map
    assert wanted in MAP[number_of(path)], f"README, {number_of(path)}: it takes {wanted} minutes."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_the_map_asks_the_question_of_a_lesson(path: Path) -> None:
    _, question, *_ = MAP[number_of(path)]
    asks = next(block for block in in_blocks(prose(path)) if block.startswith(QUESTION))
    words = asks.removeprefix(QUESTION)
    assert words.startswith(question), f"README, {number_of(path)}: the lesson asks “{words}”."


def test_the_first_page_counts_the_lessons() -> None:
    count = f"{IN_WORDS[len(LESSONS)]} notebooks"
    assert count in "\n".join(prose(LESSONS[0])), f"{label(LESSONS[0])}: write “{count}”."
