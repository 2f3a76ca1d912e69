"""What a class understood: by class and by question, never by person unless one asks for it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec

from helpers.authoring.messages import Problem
from helpers.authoring.places import EXERCISES
from helpers.display import View, notice, rows_and_columns
from helpers.feedback import ANSWERED, RIGHT
from helpers.figures.stacked import Bar, stacked_bars
from helpers.grading import results
from helpers.grading.records import GRADED, LEFT_OUT, NOT_GRADED
from helpers.grading.results import LEVELS, Result
from helpers.questions import Practice, find_question, misreadings
from helpers.questions.question import UNNAMED

FILE = Path(os.environ.get("COURSE_GRADEBOOK") or EXERCISES / "gradebook.db")
FEW = 5  # in a class of fewer, a count can point at a person
FIRST, SECOND, LATER = "right at the first try", "right at the second", "right later"
TRY_NOT_KNOWN = "right, try not known"
NOT_RIGHT, NO_ANSWER = "not right", "not answered"
OUTCOMES = [FIRST, SECOND, LATER, TRY_NOT_KNOWN, NOT_RIGHT, NO_ANSWER]
NOBODY = notice(
    "Nothing to show yet.",
    "No gradebook has notebooks of that set. Grade a class first: python3 -m helpers grade FOLDER.",
)
Arguments = ParamSpec("Arguments")


def _or_why_not(show: Callable[Arguments, View]) -> Callable[Arguments, View]:
    """The same view; where the gradebook cannot be read, one line that says so."""

    @wraps(show)
    def shown(*args: Arguments.args, **named: Arguments.kwargs) -> View:
        try:
            return show(*args, **named)
        except Problem as problem:
            return notice("This gradebook cannot be shown.", str(problem))

    return shown


@_or_why_not
def overview() -> View:
    """How many notebooks of each set were handed in, and how they ended."""
    rows = []
    for slug, counted in sorted(results.count_files(FILE).items()):
        counts = [counted[status] for status in (GRADED, NOT_GRADED, LEFT_OUT)]
        rows.append((slug or "not known", *counts))
    if not rows:
        return NOBODY
    columns = ["Set", "Graded", "Not graded", "Left out"]
    return rows_and_columns(rows, columns, "What was handed in")


@_or_why_not
def answers_by_try(number: str) -> View:
    """For each practice question of a set ("06"): how many found the answer at which try."""
    found = results.practice_results(FILE, number)
    if not found:
        return NOBODY
    counted: dict[str, Counter[str]] = {}
    for one in found:
        counted.setdefault(one.question, Counter())[_outcome(one)] += 1
    bars = []
    for question, outcomes in counted.items():
        bars.append(Bar(question, [outcomes[outcome] for outcome in OUTCOMES]))
    learners = _learners(found)
    caption = f"Answers by try, {learners} learners"
    return stacked_bars(bars, ["Question", *OUTCOMES], caption, "Learners") + _few(learners)


@_or_why_not
def misread(number: str) -> View:
    """Which misreadings turned up in a set, by question, and how many learners showed each."""
    found = results.practice_results(FILE, number)
    if not found:
        return NOBODY
    rows = []
    for (question, code), learners in _most_shown(found):
        name = misreadings().get(code, "wrong in another way")
        rows.append((question, name, learners))
    learners = _learners(found)
    caption = f"Misreadings in set {number}, of {learners} learners"
    columns = ["Question", "What the answers showed", "Learners"]
    return rows_and_columns(rows, columns, caption) + _few(learners)


@_or_why_not
def first_ten_minutes(number: str, most: int = 3) -> View:
    """Where the next lesson's first ten minutes are best spent.

    Shows the misreadings that most learners showed, with what to reread. most: how many of them.
    """
    found = results.practice_results(FILE, number)
    if not found:
        return NOBODY
    named = [(key, count) for key, count in _most_shown(found) if key[1] != UNNAMED]
    if not named:
        line = f"No misreading with a name turned up in set {number}."
        return notice("Nothing to reread together.", line)
    learners = _learners(found)
    rows = []
    for (id, code), count in named[:most]:
        question = find_question(id)
        name = f"{id}, {question.skill}"
        reread = ", ".join(question.evidence)
        of_all = f"{count} of {learners}"
        rows.append((name, misreadings()[code], of_all, _hint(id, code), reread))
    columns = [
        "Question",
        "What the answers showed",
        "Learners",
        "The hint to such an answer",
        "Reread together",
    ]
    return rows_and_columns(rows, columns, "For the first ten minutes")


@_or_why_not
def levels(number: str) -> View:
    """How the texts of a set spread over the levels of their rubrics, as far as they are marked."""
    found = results.text_marks(FILE, number)
    if not found:
        return NOBODY
    bars = []
    for question, marks in found.items():
        reached = [marks.levels[level] for level in range(1, LEVELS + 1)]
        not_written = marks.handed_in - marks.written
        bars.append(Bar(question, [*reached, marks.waiting, not_written]))
    names = [f"level {level}" for level in range(1, LEVELS + 1)]
    columns = ["Question", *names, "written, not marked yet", "not written"]
    return stacked_bars(bars, columns, "Texts by level of the rubric", "Texts")


@_or_why_not
def by_person(number: str) -> View:
    """Only for whoever asks: for each learner of a set, how much was answered, and how rightly."""
    verdicts: dict[str, list[str]] = {}
    for one in results.practice_results(FILE, number):
        verdicts.setdefault(one.student, []).append(one.verdict)
    if not verdicts:
        return NOBODY
    rows = []
    for student, found in sorted(verdicts.items()):
        answered = sum(verdict in ANSWERED for verdict in found)
        rows.append((student, answered, found.count(RIGHT), len(found)))
    columns = ["Learner", "Answered", "Right", "Questions"]
    return rows_and_columns(rows, columns, f"Set {number}, by learner")


def _learners(found: list[Result]) -> int:
    return len({one.student for one in found})


def _outcome(one: Result) -> str:
    if one.verdict != RIGHT:
        return NOT_RIGHT if one.verdict in ANSWERED else NO_ANSWER
    if one.tries is None:
        return TRY_NOT_KNOWN
    return (FIRST, SECOND, LATER)[min(len(one.tries), 2)]


def _most_shown(found: list[Result]) -> list[tuple[tuple[str, str], int]]:
    """How many learners showed a misreading, by question and code, the most first.

    Each learner counts once, however often it came.
    """
    shown: dict[tuple[str, str], set[str]] = {}
    for one in found:
        for code in one.shown:
            shown.setdefault((one.question, code), set()).add(one.student)
    counted = [(key, len(learners)) for key, learners in shown.items()]
    return sorted(counted, key=lambda pair: (-pair[1], pair[0]))


def _hint(id: str, code: str) -> str:
    """The hint that an answer with a misreading got."""
    question = find_question(id)
    if not isinstance(question, Practice):
        return ""
    for distractor in question.wrong:
        if distractor.misreading == code:
            return distractor.hint
    return question.otherwise


def _few(learners: int) -> View:
    if learners >= FEW:
        return View("", "")
    line = f"With {learners} learners, these counts can point at a person."
    return notice("A small class.", f"{line} Think before you show them.")
