"""Replies to answers: `check(id, answer)` replies with a reason and a passage.

The first wrong try names what the answer shows and where to reread, the second adds the step, the
third gives answer and reason. What is asked, what is right and what a wrong answer shows is told by
the questions.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from helpers import tries
from helpers.display import View, notice, quotations, rows_and_columns
from helpers.edition import NotInEdition, edition
from helpers.questions import (
    FaultyItem,
    Practice,
    Question,
    Unread,
    empty,
    find_question,
    misreadings,
    plain,
)
from helpers.questions.question import UNNAMED
from helpers.questions.rubrics import rubric

RIGHT, NOT_YET, UNREAD, EMPTY, OPEN = "right", "not yet", "unread", "empty", "open"  # verdicts
UNKNOWN, FAULTY = "unknown", "faulty"  # of an id that is none, and of a question that has a fault
ANSWERED = (RIGHT, NOT_YET)  # for which a practice question counts as done
ENOUGH_TRIES = 3  # wrong ones, after which the answer is given
Count = Callable[[str, str], list[str]]  # counts what a wrong try shows, and gives all so far


class Feedback(View):
    """A reply. verdict: one of the words above. seen: what the wrong tries so far showed."""

    def __init__(self, verdict: str, view: View, seen: list[str] | None = None) -> None:
        super().__init__(view.html, view.text)
        self.verdict = verdict
        self.seen = seen or []

    @property
    def tries(self) -> int:
        """How many wrong tries there were."""
        return len(self.seen)

    def _repr_mimebundle_(self, **_: object) -> Any:
        # what a class view counts travels with the saved reply and shows on no page
        metadata = {"course": {"verdict": self.verdict, "seen": self.seen}}
        return super()._repr_mimebundle_(), metadata


def check(id: str, answer: object = None, reveal: bool = False) -> Feedback:
    """Judge an answer and say why. Takes any object at all and never raises.

    id: of the question, such as "E1.2". reveal: give the answer and the reason at once.
    """
    if reveal is True:
        return _asked(id, _reveal)
    return _asked(id, lambda question: _judge(question, answer, tries.remember))


def first_reply(id: str, answer: object) -> Feedback:
    """What `check` says at a first try. Counts nothing: for marks, and for pages to hand back."""
    return _asked(id, lambda question: _judge(question, answer, _only_this))


def answered(id: str, answer: object) -> bool:
    """Whether a question was answered in its form, rightly or not: what practice counts for."""
    return first_reply(id, answer).verdict in ANSWERED


def _only_this(_: str, shown: str) -> list[str]:
    return [shown]


def _asked(id: str, reply: Callable[[Question], Feedback]) -> Feedback:
    """The reply to a question, if there is one of that id and it has no fault."""
    try:
        question = find_question(id)
    except NotInEdition as problem:
        return Feedback(UNKNOWN, notice("Not found.", str(problem)))
    except FaultyItem as fault:
        line = "It is not in your answer. Please tell whoever gave you the course:"
        return Feedback(FAULTY, notice("This question has a fault.", line, str(fault)))
    return reply(question)


def _judge(question: Question, answer: object, count: Count) -> Feedback:
    try:
        written = plain(answer)
        if empty(written):
            lead = f"{question.id} waits for your answer."
            return Feedback(EMPTY, notice(lead, question.wanted_form))
        if isinstance(question, Practice):
            return _judge_practice(question, written, count)
        return _judge_text(question, written)
    except Unread as problem:
        line = f"{problem} {question.wanted_form}".strip()
        return Feedback(UNREAD, notice("Another form, please.", line))


def _judge_practice(question: Practice[Any], written: object, count: Count) -> Feedback:
    value = question.read(written)
    echo = list(filter(None, [question.echo(value)]))
    if question.is_right(value):
        view = notice("Yes.", question.explain, *echo) + _evidence(question)
        return Feedback(RIGHT, view, tries.remembered(question.id))
    distractor = question.distractor_shown(value)
    seen = count(question.id, distractor.misreading if distractor else UNNAMED)
    if len(seen) >= ENOUGH_TRIES:
        return _answer(question, *echo)
    lead = "Not yet."
    hint = question.unnamed_hint(value)
    if distractor:
        lead = f"Not yet: {misreadings()[distractor.misreading]}."
        hint = distractor.hint
    reread = f"Reread {', '.join(question.reread or question.evidence)}."
    step = f"A step: {question.step}" if len(seen) == ENOUGH_TRIES - 1 else ""
    lines = [hint, *echo, reread, question.pointer(value), step]
    return Feedback(NOT_YET, notice(lead, *filter(None, lines)), seen)


def _judge_text(question: Question, written: object) -> Feedback:
    if not isinstance(written, str):
        raise Unread
    return Feedback(OPEN, _levels(question.id))


def _reveal(question: Question) -> Feedback:
    if isinstance(question, Practice):
        return _answer(question)
    return Feedback(OPEN, _levels(question.id))


def _answer(question: Practice[Any], *echo: str) -> Feedback:
    """The right answer, with the reason."""
    key = question.key_in_words.rstrip(".")
    lead = f"The answer: {key}."
    if question.explain.casefold().startswith(key.casefold()):
        lead = "The answer:"
    view = notice(lead, question.explain, *echo) + _evidence(question)
    return Feedback(NOT_YET, view, tries.remembered(question.id))


def _evidence(question: Question) -> View:
    """The passages from which a question can be answered, in their exact words."""
    passages = []
    for ids in question.evidence:
        passages += [(segment.id, segment.text) for segment in edition().find(ids)]
    return quotations(passages)


def _levels(id: str) -> View:
    """What a text shows at each level of its rubric, for learners to judge their own."""
    levels = rubric(id)
    columns = ["Level", *levels[0].rows]
    rows = [(level.number, *level.rows.values()) for level in levels]
    lead = notice(
        "This one is for a reader, not for a machine.",
        "Read your text against the levels. "
        "Which one does it reach, and which of your words show it?",
    )
    return lead + rows_and_columns(rows, columns, f"Levels for {id}")
