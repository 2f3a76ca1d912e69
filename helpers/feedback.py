"""Replies to answers: `check(id, answer)` replies with a reason and a passage.

The first wrong try names what the answer shows and where to reread, the second adds the step, the
third gives answer and reason. What is asked, what is right and what a wrong answer shows is told by
the questions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from helpers import tries
from helpers.display import (
    BOLD,
    BROKEN,
    DOTTED,
    View,
    folded,
    notice,
    quotations,
    rows_and_columns,
)
from helpers.edition import NotInEdition, edition_of
from helpers.questions import (
    FaultyItem,
    Practice,
    Question,
    Text,
    Unread,
    empty,
    find_question,
    misreadings,
    plain,
)
from helpers.questions.rubrics import rubric
from helpers.remarks import remarks

RIGHT, NOT_YET, UNREAD, EMPTY, OPEN = "right", "not yet", "unread", "empty", "open"  # verdicts
UNKNOWN, FAULTY = "unknown", "faulty"  # of an id that is none, and of a question that has a fault
ANSWERED = (RIGHT, NOT_YET)  # for which a practice question counts as done
WAITS = "○ {id} waits for your answer."
ENOUGH_TRIES = 3  # wrong ones, after which the answer is given
ENOUGH_WORDS = 20  # different ones of a text of one's own, after which examples can be opened
MOST_OPEN = 3  # quotations below a reply; more are folded
Count = Callable[[str, str, str], tries.Tries]  # counts a wrong try, and gives all so far
NOTHING_SEEN = (
    "Nothing stands out at a glance.",
    "A glance sees little. Ask yourself: does my text say as done, or as sure, "
    "what the source does not?",
)


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


def check(id: str, answer: object = None, reveal: bool = False, again: bool = False) -> Feedback:
    """Judge an answer and say why. Takes any object at all and never raises.

    id: of the question, such as "E1.2". reveal: give the answer and the reason at once. again:
    forget your wrong tries first, for revision.
    """
    if again is True:
        _asked(id, _start_again)
    if reveal is True:
        return _asked(id, _reveal)
    reply = _asked(id, lambda question: _judge(question, answer, tries.remember))
    if reply.verdict == RIGHT:
        tries.count_anew(find_question(id).id)
    return reply


def first_reply(id: str, answer: object) -> Feedback:
    """What `check` says at a first try. Counts nothing: for marks, and for pages to hand back."""
    return _asked(id, lambda question: _judge(question, answer, _only_this))


def answered(id: str, answer: object) -> bool:
    """Whether a question was answered in its form, rightly or not: what practice counts for."""
    return first_reply(id, answer).verdict in ANSWERED


def _only_this(_: str, shown: str, answer: str) -> tries.Tries:
    return tries.Tries([shown], answer, 1)


def _start_again(question: Question) -> Feedback:
    tries.start_again(question.id)
    return Feedback(EMPTY, notice(WAITS.format(id=question.id)))


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
            return Feedback(EMPTY, notice(WAITS.format(id=question.id)))
        if isinstance(question, Practice):
            return _judge_practice(question, written, count)
        if isinstance(question, Text) and isinstance(written, str):
            return Feedback(OPEN, _remarks(question, written))
        raise Unread
    except Unread as problem:
        line = f"{problem} {question.wanted_form}".strip()
        return Feedback(UNREAD, notice("↺ Another form, please.", line, border=DOTTED))


def _judge_practice(question: Practice[Any], written: object, count: Count) -> Feedback:
    value = question.read(written)
    echo = list(filter(None, [question.echo(value)]))
    if question.is_right(value):
        lines = [question.explain, *echo]
        view = notice("✓ Yes.", *lines, border=BOLD, inside=_evidence(question))
        return Feedback(RIGHT, view, tries.remembered(question.id))
    diagnosis = question.diagnose(value)
    known = count(question.id, diagnosis.misreading, question.written(value))
    if known.wrong >= ENOUGH_TRIES:
        return _answer(question, *echo)
    lead = "◐ Not yet."
    if diagnosis.labelled:
        lead = f"◐ Not yet: {misreadings()[diagnosis.misreading]}."
    lines = [*diagnosis.hints, *echo]
    if known.wrong == ENOUGH_TRIES - 1:
        lines.append(f"A step: {question.step}")
    view = notice(lead, *lines, border=BROKEN, inside=_reread(diagnosis.look))
    return Feedback(NOT_YET, view, list(known.seen))


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
    view = notice(lead, question.explain, *echo, inside=_evidence(question))
    return Feedback(NOT_YET, view, tries.remembered(question.id))


def _evidence(question: Question) -> View | None:
    """The passages from which a question can be answered, if any; many of them are folded."""
    if not question.evidence:
        return None
    shown = _passages(question.evidence)
    if len(shown) <= MOST_OPEN:
        return quotations(shown)
    return folded(f"The passages: {', '.join(question.evidence)}", quotations(shown))


def _reread(helping: tuple[str, ...]) -> View | None:
    """The passages that help, folded; none where the hints name cards."""
    if not helping:
        return None
    return folded(f"Reread {', '.join(helping)}", quotations(_passages(helping)))


def _passages(names: Iterable[str]) -> list[tuple[str, str]]:
    """(id, exact words) of passages, none twice."""
    found = {}
    for ids in names:
        for segment in edition_of(ids).find(ids):
            found[segment.id] = segment.text
    return list(found.items())


def _remarks(question: Text, text: str) -> View:
    """What can be seen in a text at a glance; folded, the levels of its rubric, and examples."""
    seen = remarks(question, text)
    view = notice("Seen at a glance:", *seen) if seen else notice(*NOTHING_SEEN)
    levels = _levels(question.id)
    different = set(text.casefold().split())
    if len(different) < ENOUGH_WORDS:
        return view + folded("Open this when your text stands: the levels", levels)
    for level in rubric(question.id):
        levels += _example(f"At level {level.number}:", level.anchor)
    return view + folded("Open this when your text stands: the levels, with examples", levels)


def _example(lead: str, anchor: str) -> View:
    return notice(lead, *anchor.split("\n\n"))


def _levels(id: str) -> View:
    """What a text shows at each level of its rubric, for learners to judge their own."""
    levels = rubric(id)
    columns = ["Level", *levels[0].rows]
    rows = [(level.number, *level.rows.values()) for level in levels]
    lead = notice(
        "The rest is for a reader, not for a machine.",
        "Read your text against the levels. "
        "Which one does it reach, and which of your words show it?",
    )
    return lead + rows_and_columns(rows, columns, f"Levels for {id}")
