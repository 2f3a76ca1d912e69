"""Rule 4: every number, date and season in the prose has a home: the passage that is cited beside
it, a row of outside/, an output of the same notebook, or a reason in numbers_without_a_home.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from course import (
    DOOR,
    EDITION,
    GUIDE,
    ITEMS,
    LESSONS,
    ON_PAPER,
    QUESTIONS,
    RUBRICS,
    SETS,
    TOMORROW,
    blocks,
    dates_in,
    in_blocks,
    label,
    number_of,
    outputs,
    prose,
    segments_of,
    strings,
    texts,
)
from homes import EXEMPT, homeless

from helpers.amounts import Amount
from helpers.questions import Question
from helpers.questions.numbers import Number

TEXTS = texts()
NOT_PROSE = set(
    "id key accept evidence look reread type page variable points minutes units wrong".split()
)
TIME = "**Time.**"  # computed by test_lessons.py
TABLE_ROW = "|"  # computed by test_guide.py
BIBLIOGRAPHY = re.compile(r"^## (?:Alignment|Background).*?(?=^## )", re.M | re.S)
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
WEEKDAY = re.compile(rf"\b({'|'.join(DAYS)})\b(?:,? (?:the )?)?")
MEND = "Cite its passage, show it in an output, or say in numbers_without_a_home.toml why not"
VOTES_OF_90_MINUTES = ("E2.5", "E6.3")
NOWHERE: frozenset[str] = frozenset()


def lesson_of(number: str) -> Path:
    """The lesson of that number."""
    return next(path for path in LESSONS if number_of(path) == number)


def number_of_set(id: str) -> str:
    """The number of the set to which a question belongs: "06" for E6.1b."""
    return id[1:].partition(".")[0].zfill(2)


def evidence_of(id: str) -> frozenset[str]:
    """All segments that a question names as its evidence."""
    return frozenset().union(*map(segments_of, QUESTIONS[id].evidence))


def keys_of(questions: Iterable[Question]) -> tuple[str, ...]:
    """The keys that are numbers, of some questions; they are computed from the tables."""
    found: list[str] = []
    for question in questions:
        if isinstance(question, Number):
            for key in question.keys:
                found += ends_of(key, question.units)
    return tuple(found)


def distractors_of(question: Question) -> tuple[str, ...]:
    """The wrong answers of a question that are numbers."""
    found: list[str] = []
    if isinstance(question, Number):
        for distractor in question.wrong:
            found += ends_of(question.read_key(distractor.when), question.units)
    return tuple(found)


def ends_of(amount: Amount, units: Iterable[str]) -> Iterator[str]:
    """Both ends of an amount, exactly and rounded, with its unit or each of these units."""
    for end in (amount.low, amount.high):
        for digits in (1, 2, 6):
            for unit in (amount.unit, *units):
                yield f"{end:.{digits}f} {unit}"


def check_blocks(
    where: str,
    found: Iterable[str],
    evidence: frozenset[str] = NOWHERE,
    own: tuple[str, ...] = (),
    outputs: str = "",
) -> None:
    """Every number of these blocks has a home."""
    faults = []
    for block in found:
        lost = homeless(block, evidence, own, outputs)
        if lost:
            faults.append(f"{', '.join(lost)} in “{block[:90]}”")
    assert not faults, f"{where}: no home for {'; '.join(faults)}. {MEND}."


@pytest.mark.parametrize("path", [*LESSONS, DOOR], ids=label)
def test_every_number_in_a_lesson_has_a_home(path: Path) -> None:
    counting = [block for block in in_blocks(prose(path)) if not block.startswith(TIME)]
    check_blocks(label(path), counting, outputs=outputs(path))


@pytest.mark.parametrize("id", ITEMS)
def test_every_number_in_an_item_has_a_home(id: str) -> None:
    said = outputs(lesson_of(number_of_set(id)))
    question, row = QUESTIONS[id], ITEMS[id]
    keys = keys_of([question])
    for part in row.keys() - NOT_PROSE:
        found = in_blocks(strings(row[part]))
        check_blocks(f"item {id}, {part}", found, evidence_of(id), keys, said)
    hints = [distractor["hint"] for distractor in row.get("wrong", [])]
    own = keys + distractors_of(question)
    check_blocks(f"item {id}, hints", in_blocks(hints), evidence_of(id), own, said)


@pytest.mark.parametrize("path", RUBRICS, ids=label)
def test_every_number_in_a_rubric_has_a_home(path: Path) -> None:
    id = path.name.partition("-")[0]
    same_set = SETS[number_of_set(id)].questions.values()
    own = (QUESTIONS[id].prompt, *keys_of(same_set))
    found = blocks(path.read_text(encoding="utf-8"))
    check_blocks(label(path), found, evidence_of(id), own)


@pytest.mark.parametrize("number", SETS)
def test_every_number_in_an_intro_has_a_home(number: str) -> None:
    check_blocks(f"intro of {number}.toml", blocks(SETS[number].intro))


def test_every_number_in_the_guide_has_a_home() -> None:
    text = BIBLIOGRAPHY.sub("", GUIDE.read_text(encoding="utf-8"))
    counting = [block for block in blocks(text) if not block.startswith(TABLE_ROW)]
    check_blocks(label(GUIDE), counting)


def test_every_number_in_teach_tomorrow_has_a_home() -> None:
    """In the replies to its votes, too; its tables are counted by test_teach_tomorrow.py."""
    own = tuple(QUESTIONS[id].explain for id in VOTES_OF_90_MINUTES)
    counting = [block for block in TEXTS[label(TOMORROW)] if not block.startswith(TABLE_ROW)]
    check_blocks(label(TOMORROW), counting, own=own)


@pytest.mark.parametrize("path", ON_PAPER, ids=label)
def test_every_number_in_the_prose_of_a_handout_has_a_home(path: Path) -> None:
    check_blocks(label(path), TEXTS[label(path)])


@pytest.mark.parametrize("words", EXEMPT)
def test_every_exemption_has_a_reason_and_is_used(words: str) -> None:
    assert EXEMPT[words].strip(), f"numbers_without_a_home.toml: no reason for “{words}”."
    used = any(words in block for found in TEXTS.values() for block in found)
    assert used, f"numbers_without_a_home.toml: “{words}” stands nowhere: take it off the list."


@pytest.mark.parametrize("where", [*TEXTS, "works.csv", "outcomes.csv", "figures.csv"])
def test_a_weekday_is_that_of_the_date_right_after_it(where: str) -> None:
    for block in TEXTS.get(where) or rows_of(where):
        for hit in WEEKDAY.finditer(block):
            day = day_at(block, hit.end())
            assert day, f"{where}: after {hit[1]} write its day, month and year."
            right = DAYS[day.weekday()]
            assert hit[1] == right, f"{where}: {hit[1]}, {day:%d %B %Y}, was a {right}."


def day_at(block: str, place: int) -> date | None:
    """The day whose date stands at a place of a block; none without day, month and year."""
    for dated in dates_in(block[place:])[:1]:
        if block.startswith(dated.words, place) and dated.day and dated.year:
            return date.fromisoformat(dated.iso)
    return None


def rows_of(file: str) -> list[str]:
    """The rows of a table outside the source, each as one text."""
    found = EDITION.rows(file.removesuffix(".csv"))
    return [" · ".join(row.values()) for row in found]
