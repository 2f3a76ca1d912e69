"""The instructor guide: plans that fit their time, questions that exist, marks that add up."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

import pytest
from course import GUIDE, QUESTIONS, ROOT, SETS

from helpers.grading.assessment import FILE, parts_of_assessment
from helpers.questions import Text

TEXT = GUIDE.read_text(encoding="utf-8")
EXERCISE = re.compile(r"\bE\d+\.\d+b?")
MINUTES_OF_PLANS = {
    "One class of 90 minutes": 90,
    "Three sessions of 90 minutes": 3 * 90,
    "Two weeks": 8 * 50,
}
PARTS_WITH_A_SHARE = 6
STEPS_TO_ANOTHER_SOURCE = 12


each_plan = pytest.mark.parametrize("title", MINUTES_OF_PLANS)


class Planned(NamedTuple):
    """A row of a course plan."""

    minutes: int
    what: str
    exercises: list[str]


def section(title: str) -> str:
    """What stands below a heading, up to the next one."""
    _, found, after = TEXT.partition(f"{title}")
    assert found, f"The guide has no part “{title}”."
    return re.split(r"^#", after, maxsplit=1, flags=re.M)[0]


def rows(text: str) -> list[list[str]]:
    """The cells of the tables in a text, without headings and rules."""
    found = []
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("|") and "---" not in line:
            found.append(cells)
    return found[1:]


def plan(title: str) -> list[Planned]:
    """The rows of a course plan."""
    found = []
    for minutes, what, exercises in rows(section(f"### {title}")):
        found.append(Planned(int(minutes), what, EXERCISE.findall(exercises)))
    return found


@each_plan
def test_a_plan_has_the_length_that_its_title_says(title: str) -> None:
    minutes = sum(row.minutes for row in plan(title))
    wanted = MINUTES_OF_PLANS[title]
    assert minutes == wanted, f"The guide, {title}: {minutes} minutes, not {wanted}."


@each_plan
def test_the_exercises_of_a_class_fit_into_its_minutes(title: str) -> None:
    for row in plan(title):
        minutes = sum(QUESTIONS[id].minutes for id in row.exercises)
        fits = minutes <= row.minutes
        assert fits, f"The guide, {row.what}: {minutes} minutes of exercises in {row.minutes}."


def test_every_exercise_that_is_named_exists() -> None:
    lost = set(re.findall(r"\b[NRE]\d+\.\d+b?\b", TEXT)) - QUESTIONS.keys()
    assert not lost, f"The guide names {', '.join(sorted(lost))}: there is no such question."


def test_every_notebook_has_a_question_to_vote_on() -> None:
    voted = {row[0]: row[1] for row in rows(section("## Vote, discuss, vote again"))}
    assert sorted(voted) == sorted(SETS), "The guide: one question to vote on for each notebook."
    for number, id in voted.items():
        assert id in SETS[number].questions, f"The guide: {id} is no question of notebook {number}."


def test_the_shares_are_those_that_are_computed() -> None:
    told = [(what, where, Decimal(share.rstrip("%"))) for what, where, share in shares_told()]
    computed = [(one.what, one.where, one.share) for one in parts_of_assessment(FILE)]
    assert told == computed, "The guide and exercises/assessment.csv differ."


def shares_told() -> list[list[str]]:
    """The rows of the guide's table of shares."""
    return rows(section("## Assessment"))


def test_marks_add_up_and_belong_to_texts() -> None:
    marked = shares_told()
    shares = [int(share.rstrip("%")) for _, _, share in marked]
    assert sum(shares) == 100, f"The guide: the shares add up to {sum(shares)}%."
    assert len(shares) == PARTS_WITH_A_SHARE, "The guide: the text below says how many parts."
    for _, where, _ in marked:
        for id in EXERCISE.findall(where):
            text = isinstance(QUESTIONS[id], Text)
            assert text, f"The guide: {id} is judged by the machine, and carries marks."


def test_the_steps_to_another_source_are_numbered_through() -> None:
    part = (ROOT / "exercises/another-source.md").read_text(encoding="utf-8")
    steps = [int(number) for number in re.findall(r"^(\d+)\. ", part, re.M)]
    wanted = list(range(1, STEPS_TO_ANOTHER_SOURCE + 1))
    assert steps == wanted, (
        f"exercises/another-source.md: {STEPS_TO_ANOTHER_SOURCE} steps, numbered through."
    )


def test_the_contents_line_names_the_parts_in_order() -> None:
    line = re.search(r"^\*\*In this guide\.\*\* (.+)$", TEXT, re.M)
    named = [part.strip() for part in line[1].split("·")]
    parts = re.findall(r"^## (.+)$", TEXT, re.M)
    assert named == parts, f"The guide: contents and parts differ: {set(named) ^ set(parts)}."
