"""Nothing passes but the key and what is accepted: answers near the right ones are made and tried.

They are made from what can be written: arrangements of signs, other pairs, other numbers, other
sentences. None of it depends on the form of a question.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from itertools import permutations

import pytest
from asked import JUDGED
from course import EDITION, flat

from helpers.feedback import first_reply
from helpers.questions import Practice, Unread, plain
from helpers.questions.letters import REVERSED

ONE_END = "That is one of the ends."
ENOUGH = 3  # wrong answers without a name, of each question
MOST_ARRANGED = 4  # signs; longer arrangements are tried from the right ones only
SHIFTS = (-10, -1, 1, 10)
FACTORS = (0.1, 0.5, 0.99, 1.01, 2, 10, 1000)
IN_DIGITS = re.compile(r"\d[\d,.]*\d|\d")
SIGN = re.compile(r"[A-Za-z]+|\d+")


def right_forms(question: Practice) -> list[object]:
    """The right answer as it is typed, and the other forms that an item accepts."""
    return [literal_eval(question.solution), *question.accept]


def near(question: Practice) -> Iterator[object]:
    """Answers that somebody might write who has not found the right one."""
    for options in question.choices:
        for count in range(1, min(len(options), MOST_ARRANGED) + 1):
            for signs in permutations(options, count):
                yield " ".join(signs)
    for form in right_forms(question):
        if isinstance(form, dict):
            yield from other_pairs(form, list(question.choices[-1]))
        elif question.choices:
            yield from other_signs(str(form).split(), list(question.choices[-1]))
        elif isinstance(form, str):
            yield from other_numbers(form)
    for segment in EDITION.in_zone("body"):
        yield segment.text, segment.id


def other_pairs(pairs: dict[str, str], options: list[str]) -> Iterator[object]:
    """Each pair with another option, and every two pairs exchanged."""
    for sign in pairs:
        for option in options:
            yield {**pairs, sign: option}
    for one in pairs:
        for other in pairs:
            yield {**pairs, one: pairs[other], other: pairs[one]}


def other_signs(signs: list[str], options: list[str]) -> Iterator[str]:
    """One sign less, one moved, one more."""
    for place, sign in enumerate(signs):
        left = signs[:place] + signs[place + 1 :]
        yield " ".join(left)
        for there in range(len(signs)):
            yield " ".join([*left[:there], sign, *left[there:]])
    for place in range(len(signs) + 1):
        for sign in options:
            yield " ".join([*signs[:place], sign, *signs[place:]])


def other_numbers(written: str) -> Iterator[str]:
    """A number somewhat more or less, or ten times as large; one end of a range alone."""
    hits = list(IN_DIGITS.finditer(written))
    for hit in hits:
        number = float(hit[0].replace(",", ""))
        for other in (*(number + shift for shift in SHIFTS), *(number * by for by in FACTORS)):
            yield f"{written[: hit.start()]}{other:.10g}{written[hit.end() :]}"
        if len(hits) > 1:
            yield hit[0]


@pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)
def test_nothing_passes_but_the_key_and_what_is_accepted(question: Practice) -> None:
    right = [question.read_key(form) for form in (question.key, *question.accept)]
    spelled = [spelling(form) for form in right_forms(question)]
    for answer in near(question):
        try:
            value = question.read(plain(answer))
        except Unread:
            continue
        if question.is_right(value):
            assert value in right, f"{question.id} takes {answer!r} for right."
            assert spelling(answer) in spelled, f"{question.id} takes {answer!r} for right."


def spelling(answer: object) -> list[str]:
    """The signs of an answer, in no order: how it is spelled, whatever its question makes of it."""
    if isinstance(answer, dict):
        return sorted(answer.values())
    if isinstance(answer, tuple):
        return [flat(str(answer[-1]))]
    return sorted(SIGN.findall(str(answer)))


def read(question: Practice, answer: object) -> object:
    """What a question makes of an answer; nothing if it is right or can't be read."""
    try:
        value = question.read(plain(answer))
    except Unread:
        return None
    return None if question.is_right(value) else value


@pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)
def test_of_several_distractors_the_first_names_a_wrong_answer(question: Practice) -> None:
    for answer in near(question):
        value = read(question, answer)
        if value is None:
            continue
        shown = [wrong for wrong in question.wrong if question.shows(value, wrong.when)]
        named = question.distractor_shown(value)
        if named is None and REVERSED in question.unnamed_hint(value):
            continue
        assert named is (shown[0] if shown else None), f"{question.id}: {answer!r} shows {named}"


@pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)
def test_a_wrong_answer_without_a_name_gets_the_common_hint(question: Practice) -> None:
    unnamed = 0
    for answer in near(question):
        value = read(question, answer)
        if value is None or question.distractor_shown(value):
            continue
        reply = first_reply(question.id, answer)
        hints = tuple(
            flat(f"◐ Not yet. {hint}") for hint in (question.otherwise, ONE_END, REVERSED)
        )
        assert flat(reply.text).startswith(hints), f"{question.id}: {answer!r} gets {reply.text}"
        unnamed += 1
        if unnamed == ENOUGH:
            return
