"""What was typed beside a text: checked, and entered unless the text or its mark has changed."""

from __future__ import annotations

import math
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.giving import give
from helpers.grading.schema import IN_USE
from helpers.grading.texts.to_mark import Pile, Written, pile

NO_NUMBER = "“{typed}” is no number. Write points from 0 to {most}."
OUT_OF_RANGE = "{points:g} is not between 0 and {most}."
CHANGED = (
    "In another window this text got {now} meanwhile. "
    "What you typed still stands here. Save again, and yours replaces that."
)
HANDED_IN_AGAIN = (
    "The learner handed in another text meanwhile. Copy what you typed, "
    "load this page again, and read the new text."
)
GONE = "The gradebook does not have this text any more. Load this page again."


@dataclass(frozen=True)
class Typed:
    """The fields of the form beside a text.

    seen: what the text and its mark were when the page was made. confirmed: whether a button was
    pressed, and not only a field left.
    """

    student: str
    points: str
    comment: str
    seen: str
    confirmed: bool


@dataclass(frozen=True)
class Outcome:
    """What came of it. why: it is not saved; empty when it is.

    pile, text: as they stand in the gradebook now. No text, where nothing can be saved any more
    before the page is loaded again.
    """

    why: str
    pile: Pile | None = None
    text: Written | None = None

    @property
    def saved(self) -> bool:
        """Whether all that was typed is in the gradebook."""
        return not self.why


def enter(folder: Path, question: str, typed: Typed) -> Outcome:
    """Enter what was typed for a text, unless there is a reason why not."""
    try:
        return _enter(folder, question, typed)
    except Problem as problem:
        return Outcome(str(problem))


def _enter(folder: Path, question: str, typed: Typed) -> Outcome:
    """Raises Problem when the gradebook cannot be read."""
    found = pile(folder, question)
    text = found.of(typed.student) if found else None
    if found is None or text is None:
        return Outcome(GONE)
    if not typed.seen.startswith(text.seen_text):
        return Outcome(HANDED_IN_AGAIN)
    if typed.seen != text.seen:
        return Outcome(CHANGED.format(now=_in_words(text)), found, text)
    try:
        _write(folder, found, text, typed)
    except Problem as problem:
        return Outcome(str(problem), found, text)
    after = pile(folder, question)
    return Outcome("", after, after.of(typed.student) if after else None)


def read_points(typed: str, most: int) -> float | None:
    """Points as people write them: 2.5, 2,5, or a sum such as 3+4+2; nothing is None.

    Raises Problem.
    """
    if not typed.strip():
        return None
    try:
        points = sum(float(part.replace(",", ".")) for part in typed.split("+"))
    except ValueError:
        raise Problem(NO_NUMBER.format(typed=typed.strip(), most=most)) from None
    if not math.isfinite(points) or not 0 <= points <= most:
        raise Problem(OUT_OF_RANGE.format(points=points, most=most))
    return points


def state_of(text: Written, most: int) -> str:
    """How far a text is marked, in words."""
    if text.given.points is None:
        return "Comment saved; no points yet." if text.given.comment else "Not marked yet."
    points = f"{text.given.points:g} of {most} points"
    if text.of_earlier_text:
        return f"{points}, given to an earlier text. Read this one, then confirm or change them."
    return f"Saved: {points}."


def _in_words(text: Written) -> str:
    """Points and comment that stand in the gradebook."""
    points = "no points" if text.given.points is None else f"{text.given.points:g} points"
    return f"{points} and the comment “{text.given.comment}”" if text.given.comment else points


def _write(folder: Path, found: Pile, text: Written, typed: Typed) -> None:
    """Raises Problem for points that are none, and when the gradebook is in use."""
    points = read_points(typed.points, found.question.points)
    place = (folder, text.student, found.slug, found.question.id)
    comment = typed.comment.replace("\r\n", "\n").strip()
    if text.of_earlier_text and points == text.given.points and not typed.confirmed:
        points = None  # a comment alone confirms nothing
    try:
        give(*place, points, comment)
    except sqlite3.OperationalError:
        raise Problem(IN_USE) from None
