"""A notebook as plain data: its cells, and to which sheet they belong. Sizes are bounded."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from helpers.grading.files import Refused
from helpers.grading.lessons import line_on_lesson
from helpers.grading.naming import printable

MOST_CELLS = 2_000
MOST_TEXT = 300_000  # characters in all cells; a solved sheet has about 15,000
LONGEST_NAME = 80
# Of a sheet's cells; a lesson repeats the prompts of some.
SHEET_OF_CELL = re.compile(r"E(\d{1,2})-(?!.*-prompt$)")

DAMAGED = (
    "This file is damaged, or it is no notebook: its content cannot be read as JSON. "
    "Ask for it again."
)
ANOTHER_FORMAT = (
    "This is no notebook of the kind that JupyterLab saves (format 4). Ask for it again."
)
NOT_OURS = (
    "None of its cells belongs to an exercise of this course. "
    "Ask for the file from my-work/exercises/release."
)


class Foreign(Refused):
    """This file is no sheet of this course that somebody handed in."""


class Lesson(Refused):
    """This file is a lesson, handed in in place of a sheet."""


class OurOwn(Foreign):
    """This file is the course's own, and nobody handed it in."""


@dataclass(frozen=True)
class Cell:
    """A cell. name: nbgrader's for it, else its id. kind: "code" or "markdown".

    replies: what the course left in its outputs for the class view.
    """

    name: str
    kind: str
    source: str
    replies: tuple[dict[str, Any], ...] = ()


def read_cells(content: bytes) -> list[Cell]:
    """The cells of a notebook file. Raises Refused."""
    try:
        book = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Refused(DAMAGED) from None
    raw = _table(book).get("cells")
    if not isinstance(raw, list):
        raise Refused(ANOTHER_FORMAT)
    if len(raw) > MOST_CELLS:
        raise Refused(f"This notebook has {len(raw)} cells; {MOST_CELLS} is the most that is read.")
    cells = [_cell(_table(one)) for one in raw]
    written = sum(len(cell.source) for cell in cells)
    if written > MOST_TEXT:
        raise Refused(
            f"The cells of this notebook hold {written} characters; "
            f"{MOST_TEXT} is the most that is read."
        )
    return cells


def number_of_sheet(cells: Sequence[Cell], known: Collection[str]) -> str:
    """To which sheet a notebook belongs, by its cells and not by its name. Raises Refused.

    known: the numbers of the sheets. Of several, the one with the most cells, then the first.
    """
    found: Counter[str] = Counter()
    for cell in cells:
        hit = SHEET_OF_CELL.match(cell.name)
        number = hit[1].zfill(2) if hit else ""
        if number in known:
            found[number] += 1
    if not found:
        lesson = line_on_lesson((cell.name, cell.source) for cell in cells)
        if lesson:
            raise Lesson(lesson)
        raise Foreign(NOT_OURS)
    return max(sorted(found), key=found.__getitem__)


def _cell(raw: dict[str, Any]) -> Cell:
    source = raw.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    kind = raw.get("cell_type")
    if not isinstance(source, str) or not isinstance(kind, str):
        raise Refused(ANOTHER_FORMAT)
    metadata = _table_or_nothing(raw.get("metadata"))
    flags = _table_or_nothing(metadata.get("nbgrader"))
    name = flags.get("grade_id") or raw.get("id", "")
    return Cell(
        name=printable(str(name))[:LONGEST_NAME],
        kind=kind,
        source=source.encode("utf-8", "replace").decode(),
        replies=_replies(raw.get("outputs")),
    )


def _replies(outputs: object) -> tuple[dict[str, Any], ...]:
    found = []
    for output in outputs if isinstance(outputs, list) else []:
        metadata = _table_or_nothing(_table_or_nothing(output).get("metadata"))
        reply = _table_or_nothing(metadata.get("course"))
        if reply:
            found.append(reply)
    return tuple(found)


def _table(value: object) -> dict[str, Any]:
    """What has to be an object of JSON. Raises Refused."""
    if not isinstance(value, dict):
        raise Refused(ANOTHER_FORMAT)
    return value


def _table_or_nothing(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
