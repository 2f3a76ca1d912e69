"""A learner's answers laid over our own sheet: the notebook that formgrader shows.

Our cells stay as they are, rubrics included. Of a learner's notebook it takes answers, texts and
cells of their own as plain text; their outputs are left out, and our replies stand in their place.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType

from helpers.authoring.sheets import question_of
from helpers.display import View
from helpers.grading.notebook import Cell
from helpers.grading.sheet import Json, Sheet

PARAGRAPHS = re.compile(r"\n\s*\n")
LONGEST_ID = 64  # of a cell, as nbformat has it
NOTHING_TO_SAY: Mapping[str, str] = MappingProxyType({})
WIDTH = 100  # characters of a line of code


def laid_over(
    sheet: Sheet,
    cells: Sequence[Cell],
    replies: Mapping[str, View],
    for_reader: Mapping[str, str] = NOTHING_TO_SAY,
) -> Json:
    """The sheet with a learner's answers, texts and own cells.

    replies: to answers, by question. for_reader: what is said above a text to whoever marks it, in
    words of ours, by question.
    """
    written = {cell.name: cell.source for cell in cells if cell.name in sheet.cells}
    own = _own_cells(sheet, cells)
    laid = []
    for name, cell in sheet.cells.items():
        if name.endswith("-answer") and question_of(name) in for_reader:
            laid.append(_line_for_reader(name, for_reader[question_of(name)]))
        laid.append(_filled(sheet, cell, written.get(name), replies))
        laid += own.get(name, [])
    return {**sheet.book, "cells": laid}


def _line_for_reader(name: str, line: str) -> Json:
    source = f"**For whoever marks this.** {line}"
    id = f"earlier-{name}"[:LONGEST_ID]
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": source}


def _filled(sheet: Sheet, cell: Json, source: str | None, replies: Mapping[str, View]) -> Json:
    """One of our cells with what a learner wrote in it, or with our reply."""
    name = cell["id"]
    if source is not None and name.endswith("-answer") and name not in sheet.locked:
        return {**cell, "source": _as_shown(source, cell["cell_type"])}
    reply = replies.get(question_of(name))
    if name in sheet.tests and reply is not None:
        data = {"text/html": reply.html, "text/plain": reply.text}
        output = {"output_type": "display_data", "metadata": {}, "data": data}
        return {**cell, "outputs": [output]}
    return cell


def _own_cells(sheet: Sheet, cells: Sequence[Cell]) -> dict[str, list[Json]]:
    """A learner's own cells, by the name of the cell of ours that they follow."""
    own: dict[str, list[Json]] = {}
    last = next(iter(sheet.cells))
    for cell in cells:
        if cell.name in sheet.cells:
            last = cell.name
            continue
        after = own.setdefault(last, [])
        after.append(_own_cell(cell, f"own-{len(after)}-{last}"))
    return own


def _own_cell(cell: Cell, id: str) -> Json:
    kind = "code" if cell.kind == "code" else "markdown"
    laid: Json = {
        "cell_type": kind,
        "id": id[:LONGEST_ID],
        "metadata": {},
        "source": _as_shown(cell.source, kind),
    }
    if kind == "code":
        laid |= {"outputs": [], "execution_count": None}
    return laid


def _as_shown(source: str, kind: str) -> str:
    """Code with its long lines broken; a text as one block, shown letter by letter.

    Formgrader breaks no line of code, and it would run markup, links and formulas in a text.
    """
    if kind == "code":
        return "\n".join(map(_broken, source.split("\n")))
    html = ""
    for part in PARAGRAPHS.split(source):
        if part.strip():
            lines = escape(part.strip()).replace("\n", "<br>")
            html += f"<p>{lines}</p>"
    return f'<div class="tex2jax_ignore mathjax_ignore">{html}</div>'


def _broken(line: str) -> str:
    """A line of code as several, where a text stands in it."""
    if len(line) <= WIDTH:
        return line
    return textwrap.fill(line, WIDTH, break_long_words=False, break_on_hyphens=False)
