"""What an author of items must keep, beyond what is checked as they load."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from asked import JUDGED, MISREADING, TEXTS
from course import QUESTIONS, RUBRICS, SETS, cited_ids, strings

from helpers.edition import edition_of
from helpers.questions import Practice, misreadings
from helpers.questions.rubrics import rubric

FEWEST_DISTRACTORS = 2
SHORTEST_ANCHOR = 6  # words


def hints(question: Practice) -> Iterator[str]:
    """Everything that a learner reads before the answer, besides the question itself."""
    yield question.otherwise
    yield question.step
    for distractor in question.wrong:
        yield distractor.hint


def named_in(question: Practice) -> set[str]:
    """The segments that an item names as evidence, to look at, or to read again."""
    names = [*question.evidence, *question.reread]
    names += filter(None, [question.look, *(one.look for one in question.wrong)])
    found = set()
    for ids in names:
        found |= {segment.id for segment in edition_of(ids).find(ids)}
    return found


@pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)
def test_an_id_in_a_hint_is_among_those_that_the_item_names(question: Practice) -> None:
    for text in hints(question):
        missing = cited_ids(text) - named_in(question)
        assert not missing, (
            f"{question.id}: {sorted(missing)} in “{text}” stands in no evidence, look or reread."
        )


@pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)
def test_a_passage_of_which_a_hint_speaks_is_among_those_to_reread(question: Practice) -> None:
    said = [(one.hint, question.helping_with(one)) for one in question.wrong]
    for hint, names in [*said, (question.otherwise, question.helping)]:
        shown = {segment.id for ids in names for segment in edition_of(ids).find(ids)}
        missing = cited_ids(hint) - shown
        assert not missing, f"{question.id}: “{hint}” speaks of {sorted(missing)}: give it a look."


@pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)
def test_enough_distractors_are_named(question: Practice) -> None:
    assert len(question.wrong) >= FEWEST_DISTRACTORS, (
        f"{question.id}: name {FEWEST_DISTRACTORS} wrong answers that tell something."
    )


def test_a_misreading_is_called_by_its_name_and_not_by_its_code() -> None:
    for number, one in SETS.items():
        for row in one.item:
            told = {name: value for name, value in row.items() if name not in ("wrong", "comments")}
            texts = [*strings(told), *(wrong["hint"] for wrong in row.get("wrong", []))]
            for text in texts:
                assert not MISREADING.search(text), f"items/{number}.toml, {row['id']}: “{text}”."


def test_every_misreading_is_shown_by_some_answer() -> None:
    used = {wrong.misreading for question in JUDGED.values() for wrong in question.wrong}
    left = set(misreadings()) - used - codes_of_texts()
    assert not left, f"misreadings.toml: no answer and no text shows {sorted(left)}."


def codes_of_texts() -> set[str]:
    return {code for question in TEXTS.values() for code in question.comments}


def test_no_variable_is_used_twice_in_a_sheet() -> None:
    for number, one in SETS.items():
        names = [question.variable for question in one.practice.values()]
        twice = {name for name in names if names.count(name) > 1}
        assert not twice, f"items/{number}.toml: variable = {sorted(twice)} stands there twice."


def test_every_option_can_be_told_from_the_others() -> None:
    for question in QUESTIONS.values():
        for options in question.choices:
            words = [words.casefold() for words in options.values()]
            assert len(set(words)) == len(words), f"{question.id}: an option stands there twice."


def test_an_id_begins_with_the_number_of_its_lesson() -> None:
    for number, one in SETS.items():
        for id in one.questions:
            assert re.fullmatch(rf"[RNE]{int(number)}\.\d+[a-z]?", id), f"items/{number}.toml: {id}"


# Rubrics


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_a_rubric_has_four_levels_each_with_its_anchor(path: Path) -> None:
    id = path.name.partition("-")[0]
    levels = rubric(id)
    numbers = "".join(level.number for level in levels)
    assert numbers == "4321", f"{path.name}: four levels, the highest first, not {numbers}."
    for level in levels:
        words = level.anchor.split()
        assert level.shows.strip(), f"{path.name}: level {level.number} does not say what it shows."
        assert len(words) >= SHORTEST_ANCHOR, f"{path.name}: level {level.number} has no anchor."


def test_every_text_has_one_rubric_and_every_rubric_its_text() -> None:
    of_rubrics = [path.name.partition("-")[0] for path in RUBRICS]
    assert sorted(of_rubrics) == sorted(TEXTS), "One file in exercises/rubrics for each text."
