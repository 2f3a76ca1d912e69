"""Marks one notebook: runs its cells in the sandbox, judges the answers outside of it, lays the result over our own cells.

Practice questions count for being answered; whether rightly, and with which misreading, is noted for the class.
Texts are for a reader: they are brought to where the rubric is.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
import tomllib
from collections import Counter
from functools import cache, cached_property
from html import escape
from math import isfinite
from pathlib import Path
from typing import NamedTuple

from helpers.amounts import Amount
from helpers.answers import MOST
from helpers.commands.release import EXERCISES, TEXT_STUB, cell_name, kept_for_marking, question_of, solved
from helpers.display import View
from helpers.edition import shorten
from helpers.feedback import UNNAMED, misreadings, reply
from helpers.grading.sandbox import Sandbox

ANSWERED = ("right", "not yet")  # verdicts for which a practice question counts as done
WRITTEN = "written"


class Answer(NamedTuple):
    """One answer of one learner.

    verdict: of `check`, or for a text WRITTEN or "empty". misreading: its code, or "". tries: the codes of the wrong tries that
    the saved reply tells of, or None when it tells nothing. said: the answer in words. told: the answer as the runner told it.
    """

    question: str
    verdict: str
    misreading: str
    tries: list[str] | None
    said: str
    told: object


class Marked(NamedTuple):
    """A notebook after marking. book: as formgrader shows it; note: one line for the instructor, or ""."""

    answers: list[Answer]
    book: dict
    note: str


class NotMarked(Exception):
    """A notebook that did not get through its run. The message is one line for the instructor."""


class ExerciseSet:
    """One set of exercises: its questions, and its cells as whoever marks sees them."""

    def __init__(self, course: dict) -> None:
        self.slug, self.title, self.number = course["slug"], course["title"], course["notebook"]
        self.course = course
        items = [item for item in course["item"] if item.get("place") != "notebook"]
        self.practice = {item["id"]: item for item in items if item["type"] != "open"}
        self.open = {item["id"]: item for item in items if item["type"] == "open"}
        self.variables = {name: item["variable"] for name, item in self.practice.items()}

    @cached_property
    def digest(self) -> str:
        return hashlib.sha256(json.dumps(self.course, sort_keys=True).encode()).hexdigest()

    @cached_property
    def book(self) -> dict:
        return kept_for_marking(solved(self.course))

    @cached_property
    def cells(self) -> dict[str, dict]:
        return {cell["id"]: cell for cell in self.book["cells"]}


@cache
def exercise_sets(folder: Path = EXERCISES / "items") -> dict[str, ExerciseSet]:
    """Every set of the course, by slug."""
    found = [ExerciseSet(tomllib.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("[0-9][0-9].toml"))]
    return {exercises.slug: exercises for exercises in found}


def mark(exercises: ExerciseSet, cells: list[dict], sandbox: Sandbox, place: int = 0) -> Marked:
    """Mark one notebook. cells: as `submissions.cells_of` reads them. Raises NotMarked when its run did not end."""
    known, ours = [cell for cell in cells if cell["name"] in exercises.cells], exercises.cells
    run = [(number, cell["source"]) for number, cell in enumerate(cells, 1) if cell["kind"] == "code" and cell["source"].strip()
           and not (cell["name"] in ours and (_locked(ours[cell["name"]]) or cell["source"] == ours[cell["name"]]["source"]))]
    ended = sandbox.run([(0, ours["words"]["source"]), *run], exercises.variables, place)
    if ended.answers is None:
        raise NotMarked(ended.problem)
    answers = [_judged(name, ended.answers.get(name), [cell for cell in known if cell["name"] == cell_name(name, "test")])
               for name in exercises.practice]
    answers += [Answer(name, WRITTEN if text else "empty", "", None, text, None)
                for name in exercises.open for text in [_text(exercises, name, cells)]]
    notes = [ended.problem, *_oddities(exercises, known)]
    replies = {one.question: reply_to(one) for one in answers if one.question in exercises.practice}
    return Marked(answers, _laid(exercises, cells, replies), " ".join(filter(None, notes)))


def reply_to(answer: Answer) -> View:
    """What `check` says to an answer."""
    said = reply(answer.question, untold(answer.told))
    return View(said.html, said.text)


def _judged(name: str, told: object, tests: list[dict]) -> Answer:
    answer = untold(told)
    said = reply(name, answer)
    seen = _tries([saved for cell in tests for saved in cell["replies"]], said.verdict)
    return Answer(name, said.verdict, said.seen[-1] if said.verdict == "not yet" else "", seen, _words(answer), told)


def _tries(saved: list[dict], verdict: str) -> list[str] | None:
    """The wrong tries that a saved reply tells of. A learner may have changed it, so only known codes are taken, and no mark hangs on it."""
    seen = saved[-1].get("seen") if saved and saved[-1].get("verdict") == verdict else None
    known = {*misreadings(), UNNAMED}
    return [code for code in seen[:99] if isinstance(code, str) and code in known] if isinstance(seen, list) else None


class Odd:
    """An answer that is none: `reply` cannot read it, and a page says of what kind it was."""

    def __init__(self, kind: str) -> None:
        self.kind = kind

    def __str__(self) -> str:
        return f"an object of the type {self.kind}"


def untold(told: object) -> object:
    """An answer from what the runner told of it. It comes from where a notebook ran, so it may be anything that JSON can hold."""
    if isinstance(told, list):
        return [untold(part) for part in told[:MOST]]
    if not isinstance(told, dict):
        return told
    try:
        if "amount" in told:
            low, high, hedge, unit = told["amount"]
            if isfinite(float(low)) and isfinite(float(high)):
                return Amount(float(low), float(high), str(hedge), str(unit))
        elif "pairs" in told:
            return {untold(k): untold(v) for k, v in told["pairs"][:MOST]}
    except (KeyError, TypeError, ValueError, OverflowError):
        pass
    return Odd(shorten(str(told.get("odd", "unknown"))))


def _words(answer: object) -> str:
    """An answer as a page can show it."""
    if isinstance(answer, dict):
        return shorten(", ".join(f"{_words(k)}: {_words(v)}" for k, v in answer.items()), 300)
    if isinstance(answer, list):
        return shorten(", ".join(map(_words, answer)), 300)
    return "nothing" if answer is None or answer == "" else shorten(str(answer), 300)


def _text(exercises: ExerciseSet, name: str, cells: list[dict]) -> str:
    """What a learner wrote for an open question: its cell, and cells of their own that follow it."""
    parts, within = [], False
    for cell in cells:
        within = cell["name"] == cell_name(name, "answer") or (within and cell["name"] not in exercises.cells)
        if within and cell["source"].strip() not in ("", TEXT_STUB):
            parts.append(cell["source"].strip())
    return "\n\n".join(parts)


def _oddities(exercises: ExerciseSet, known: list[dict]) -> list[str]:
    """What is odd about the cells of a notebook, in lines for the instructor."""
    counted = Counter(cell["name"] for cell in known)
    answers = [cell_name(name, "answer") for name in [*exercises.practice, *exercises.open]]
    twice = [name for name in counted if counted[name] > 1]
    gone = [name for name in answers if name not in counted]
    edited = [cell["name"] for cell in known if _is_test(exercises.cells[cell["name"]])
              and cell["source"].strip() != _shown_to_learners(exercises.cells[cell["name"]]["source"])]
    return [line for names, line in (
        (twice, "Cells that stand there more than once (the last counts): {}."),
        (gone, "Answer cells that were deleted, so that their questions count as not answered: {}. For a text, look whether it stands elsewhere."),
        (edited, "Test cells that were changed (ours were used): {}.")) if names for line in [line.format(", ".join(names[:5]))]]


def _laid(exercises: ExerciseSet, cells: list[dict], replies: dict[str, View]) -> dict:
    """Our notebook with a learner's answers, texts and own cells in it, our replies, and none of their outputs."""
    theirs: dict[str, list[dict]] = {"": []}  # a learner's own cells, by the known cell that they follow
    given, last = {}, ""
    for cell in cells:
        if cell["name"] in exercises.cells:
            last = cell["name"]
            given[last] = cell["source"]
            theirs.setdefault(last, [])
        else:
            theirs[last].append(cell)
    laid = []
    for name, own in exercises.cells.items():
        cell = copy.deepcopy(own)
        if name in given and not _locked(cell) and name.endswith("-answer"):
            cell["source"] = given[name] if cell["cell_type"] == "code" or given[name].strip() == TEXT_STUB else _as_typed(given[name])
        if _is_test(cell) and (said := replies.get(question_of(name))):
            cell["outputs"] = [{"output_type": "display_data", "metadata": {}, "data": {"text/html": said.html, "text/plain": said.text}}]
        laid.append(cell)
        laid += [_own(k, name, extra) for k, extra in enumerate(theirs.get(name, []))]
    return {**exercises.book, "cells": laid}


def _own(number: int, after: str, cell: dict) -> dict:
    """A learner's own cell, as whoever marks sees it: not run, and no more than text."""
    code = cell["kind"] == "code"
    made = {"cell_type": "code" if code else "markdown", "id": f"own-{number}-{after}"[:64], "metadata": {},
            "source": cell["source"] if code else _as_typed(cell["source"])}
    return made | ({"outputs": [], "execution_count": None} if code else {})


def _as_typed(text: str) -> str:
    """A learner's text as one block that formgrader shows letter by letter: it would run markup, links and formulas."""
    paragraphs = (escape(part.strip()).replace("\n", "<br>") for part in re.split(r"\n\s*\n", text) if part.strip())
    return f'<div class="tex2jax_ignore mathjax_ignore">{"".join(f"<p>{part}</p>" for part in paragraphs)}</div>'


def _locked(cell: dict) -> bool:
    flags = cell["metadata"].get("nbgrader", {})
    return bool(flags.get("locked")) and not flags.get("solution")


def _is_test(cell: dict) -> bool:
    flags = cell["metadata"].get("nbgrader", {})
    return bool(flags.get("grade")) and not flags.get("solution")


def _shown_to_learners(source: str) -> str:
    """A test cell without its hidden part."""
    return source.partition("### END HIDDEN TESTS\n")[2].strip()
