"""Marks one notebook: what each answer is worth, by the same judge as in a learner's kernel.

Practice questions count for being answered; whether rightly, and with which misreading, is noted
for the class. Texts are for a reader: they are brought to where the rubric is.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from helpers.authoring.sheets import cell_name
from helpers.display import View, notice
from helpers.edition import shorten
from helpers.feedback import EMPTY, NOT_YET, UNREAD, Feedback, first_reply
from helpers.grading.notebook import Cell
from helpers.grading.reading import NOTHING, Written, read_answers
from helpers.grading.sheet import Sheet
from helpers.questions import find_question, misreadings
from helpers.questions.question import UNNAMED

WRITTEN = "written"  # the verdict of a text that waits for a reader
LONGEST_SAID = 300  # characters of an answer on a page
MOST_TRIES = 99
# What stood for an unwritten text in the sheets of the first edition.
EARLIER_STUB = "*Write your text here, in place of this line.*"
MOST_NAMED = 5  # cells in one line for the instructor

TWICE = "Cells that stand there more than once (the last that is filled in counts): {}."
GONE = (
    "Answer cells that are not there (deleted, or the question came after this sheet was handed "
    "out), so that their questions count as not answered unless the answer stands in another "
    "cell: {}. For a text, look whether it stands elsewhere."
)
CHANGED = "Test cells that were changed (ours were used): {}."


@dataclass(frozen=True)
class Answer:
    """One answer of one learner.

    verdict: of the reply, or for a text WRITTEN or EMPTY. misreading: its code, or nothing.
    tries: the codes of the wrong tries that the saved reply tells of; None when it tells nothing.
    said: the answer in words; of a text, the text. written: what was read from the cells.
    """

    question: str
    verdict: str
    said: str
    misreading: str = ""
    tries: list[str] | None = None
    written: Written = NOTHING


@dataclass(frozen=True)
class Marked:
    """A notebook after marking. note: one line for the instructor, or nothing."""

    answers: list[Answer] = field(default_factory=list)
    note: str = ""


def mark(sheet: Sheet, cells: Sequence[Cell]) -> Marked:
    """Mark one notebook. cells: as `read_cells` gives them."""
    writable = [cell for cell in cells if cell.name not in sheet.locked]
    answers = []
    for id, written in read_answers(sheet.questions.practice, writable).items():
        test = cell_name(id, "test")
        replies = [reply for cell in cells if cell.name == test for reply in cell.replies]
        answers.append(_judged(id, written, replies))
    for id, written in read_answers(sheet.questions.texts, writable).items():
        text = _text(sheet, id, written, cells)
        answers.append(Answer(id, WRITTEN if text else EMPTY, text))
    return Marked(answers, " ".join(_oddities(sheet, cells)))


def reply_to(id: str, written: Written) -> View:
    """What a page says to an answer to a practice question."""
    if written.problem:
        wanted = find_question(id).wanted_form
        typed = f"You typed: {written.typed}"
        return notice("This answer cannot be read.", typed, written.problem, wanted)
    return _first_reply(id, json.dumps(written.answer))


@lru_cache(maxsize=10_000)
def _first_reply(id: str, answer: str) -> Feedback:
    """The reply to an answer in JSON. In a class, many give the same."""
    return first_reply(id, json.loads(answer))


def _judged(id: str, written: Written, replies: Sequence[dict[str, Any]]) -> Answer:
    if written.problem:
        return Answer(id, UNREAD, written.typed, "", _tries(replies, UNREAD), written)
    reply = _first_reply(id, json.dumps(written.answer))
    misreading = reply.seen[-1] if reply.verdict == NOT_YET else ""
    tries = _tries(replies, reply.verdict)
    return Answer(id, reply.verdict, in_words(written.answer), misreading, tries, written)


def _tries(replies: Sequence[dict[str, Any]], verdict: str) -> list[str] | None:
    """The wrong tries that the last saved reply tells of.

    A learner may have changed it, so only known codes are taken, and no mark hangs on it.
    """
    if not replies or replies[-1].get("verdict") != verdict:
        return None
    seen = replies[-1].get("seen")
    if not isinstance(seen, list):
        return None
    known = {*misreadings(), UNNAMED}
    return [code for code in seen[:MOST_TRIES] if isinstance(code, str) and code in known]


def in_words(answer: object) -> str:
    """An answer as a page can show it."""
    parts = []
    if isinstance(answer, dict):
        for sign, part in answer.items():
            parts.append(f"{in_words(sign)}: {in_words(part)}")
    elif isinstance(answer, list):
        parts = [in_words(part) for part in answer]
    elif answer is None or answer == "":
        parts = ["nothing"]
    else:
        parts = [str(answer)]
    return shorten(", ".join(parts), LONGEST_SAID)


def _text(sheet: Sheet, id: str, written: Written, cells: Sequence[Cell]) -> str:
    """What was written for a text: between its marks, and in a learner's own cells that follow.

    What cannot be read between marks is taken as it was typed: no text is lost for a missing mark.
    """
    home = cell_name(id, "answer")
    parts = [written.answer] if isinstance(written.answer, str) else []
    within = False
    for cell in cells:
        if cell.name in sheet.cells:
            within = cell.name == home
        source = cell.source.strip()
        typed = cell.kind == "markdown" or (cell.name == home and written.problem)
        if within and typed and source not in ("", EARLIER_STUB):
            parts.append(source)
    return "\n\n".join(part.strip() for part in parts)


def _oddities(sheet: Sheet, cells: Sequence[Cell]) -> list[str]:
    """What is odd about the cells of a notebook, in lines for the instructor."""
    counted = Counter(cell.name for cell in cells if cell.name in sheet.cells)
    twice = [name for name, count in counted.items() if count > 1]
    answers = [cell_name(id, "answer") for id in sheet.questions.in_sheet]
    gone = [name for name in answers if name not in counted]
    changed = []
    for cell in cells:
        if cell.name in sheet.tests and cell.source.strip() != sheet.tests[cell.name]:
            changed.append(cell.name)
    lines = []
    for line, names in ((TWICE, twice), (GONE, gone), (CHANGED, changed)):
        if names:
            lines.append(line.format(", ".join(names[:MOST_NAMED])))
    return lines
