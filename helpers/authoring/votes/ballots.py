"""Ballots: what a class can vote on with raised hands, made from a question.

One of several options is a ballot. Where several options are right, hands go up for each option
that somebody would name. A match has a ballot for each of its lines, since a hand says one thing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import singledispatch

from helpers.authoring.messages import Problem
from helpers.authoring.quoted import Extract, cited, extracts, named_by
from helpers.questions import Question
from helpers.questions.letters import Choice, Match, Multi

ONE_IS_ENOUGH = "Each of these is right by itself."


@dataclass(frozen=True)
class Option:
    """Something to raise a hand for. hint: what to ask whoever chose it, where it is wrong."""

    sign: str
    words: str
    right: bool
    hint: str = ""


@dataclass(frozen=True)
class Ballot:
    """One vote. id: also the page's anchor. line: of a match, the one that is voted on.

    several: whether a person may raise a hand more than once. note: on the right options.
    """

    id: str
    question: Question
    options: tuple[Option, ...]
    reason: str
    several: bool = False
    note: str = ""
    line_sign: str = ""
    line: str = ""

    @property
    def right(self) -> list[Option]:
        """The right options."""
        return [option for option in self.options if option.right]

    @property
    def hints(self) -> list[Option]:
        """The wrong options that have a hint."""
        return [option for option in self.options if option.hint]

    @property
    def passages(self) -> list[Extract]:
        """What has to be read for it."""
        return extracts(named_by(self.question))

    @property
    def more(self) -> list[Extract]:
        """What the reason speaks of besides."""
        names = [*self.question.evidence, *cited(self.reason)]
        return extracts(names, but=self.passages)


@singledispatch
def ballots(question: Question) -> list[Ballot]:
    """The ballots of a question. Raises Problem for a form that hands cannot answer."""
    raise Problem(
        f"{question.id} cannot be voted on with raised hands: it has no options. "
        "Take it out of the guide's table of votes."
    )


@ballots.register
def _(question: Choice) -> list[Ballot]:
    return [Ballot(question.id, question, _options(question, question.keys), question.explain)]


@ballots.register
def _(question: Multi) -> list[Ballot]:
    right = set().union(*question.keys)
    note = ONE_IS_ENOUGH if len(question.keys) > 1 else ""
    options = _options(question, right)
    return [Ballot(question.id, question, options, question.explain, several=True, note=note)]


def _options(question: Choice | Multi, right: Iterable[str]) -> tuple[Option, ...]:
    hints = {distractor.when: distractor.hint for distractor in question.wrong}
    made = []
    for sign, words in question.options.items():
        made.append(Option(sign, words, sign in right, hints.get(sign, "")))
    return tuple(made)


@ballots.register
def _(question: Match) -> list[Ballot]:
    made = []
    for sign, words in question.left.items():
        options = _options_of_line(question, sign)
        ballot = Ballot(
            f"{question.id}-{sign}",
            question,
            options,
            question.explain,
            line_sign=sign,
            line=words,
        )
        made.append(ballot)
    return made


def _options_of_line(question: Match, line: str) -> tuple[Option, ...]:
    made = []
    for sign, words in question.options.items():
        right = question.keys[0][line] == sign
        hints = [one.hint for one in question.wrong if one.when == {line: sign}]
        made.append(Option(sign, words, right, *hints))
    return tuple(made)
