"""Tables: numbers to the right, the source's words in their own face, nothing said twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

from helpers.display.view import CAPTION, GREY, SERIF, View, fill, linked, scrollable

CELL = f"vertical-align:top;padding:.25em .8em;border-bottom:1px solid {GREY}"
AS_ABOVE = "as above"
NUMBER = re.compile(r"[+−-]?\d[\d,]*(?:\.\d+)?(?P<unit>\D*)")
NO_NUMBER = ("", "none")  # what may stand among numbers


@dataclass(frozen=True)
class Column:
    """A column of a table.

    align: to which side; numbers stand at the right in any case. bold: its words stand out.
    of_source: they are the source's own. once: a cell that repeats the one above says only that.
    """

    heading: str
    align: Literal["left", "right"] = "left"
    bold: bool = False
    of_source: bool = False
    once: bool = False

    def style(self, of_numbers: bool) -> str:
        """Of its cells."""
        side = "right" if of_numbers else self.align
        return f"text-align:{side};{CELL}"

    def html(self, cell: str) -> str:
        """What stands in one of its cells."""
        shown = linked(cell)
        return f"<strong>{shown}</strong>" if self.bold else shown


def rows_and_columns(
    rows: Iterable[Sequence[object]], columns: Sequence[str | Column], caption: str
) -> View:
    """A table with a caption and a header cell for every column and every row.

    rows: sequences as long as `columns`; the first cell names its row.
    """
    known = [Column(column) if isinstance(column, str) else column for column in columns]
    cells = [[str(cell) for cell in row] for row in rows]
    shown = _each_once(cells, known)
    styles = _styles(cells, known)
    body = ""
    lines = [caption]
    for row in shown:
        body += _row(row, known, styles)
        lines.append(_row_as_text(row, known))
    html = (
        '<table style="border-collapse:collapse">'
        f'<caption style="{CAPTION}">{escape(caption)}</caption>'
        f"<thead>{_header(known, styles)}</thead><tbody>{body}</tbody></table>"
    )
    return View(scrollable(html, caption), "\n".join(lines))


def _each_once(cells: list[list[str]], columns: list[Column]) -> list[list[str]]:
    """The cells; in a column that says things once, a mark for what stands in the row above."""
    shown = [list(row) for row in cells]
    for place, column in enumerate(columns):
        if column.once:
            for number in range(1, len(cells)):
                if cells[number][place] == cells[number - 1][place]:
                    shown[number][place] = AS_ABOVE
    return shown


def _styles(cells: list[list[str]], columns: list[Column]) -> list[str]:
    """The style of each column, from what stands in it."""
    styles = []
    for place, column in enumerate(columns):
        found = [row[place] for row in cells]
        styles.append(column.style(_are_numbers(found)))
    return styles


def _are_numbers(cells: list[str]) -> bool:
    """Whether cells hold numbers of one unit, and nothing else."""
    units = set()
    for cell in cells:
        number = NUMBER.fullmatch(cell)
        if number:
            units.add(number["unit"])
        elif cell not in NO_NUMBER:
            return False
    return len(units) == 1


def _header(columns: list[Column], styles: list[str]) -> str:
    cells = ""
    for column, style in zip(columns, styles, strict=True):
        cells += f'<th scope="col" style="{style}">{escape(column.heading)}</th>'
    return f"<tr>{cells}</tr>"


def _row(cells: list[str], columns: list[Column], styles: list[str]) -> str:
    html = ""
    for place, (cell, column, style) in enumerate(zip(cells, columns, styles, strict=True)):
        tag = "td" if place else 'th scope="row"'
        quoted = column.of_source and cell != AS_ABOVE
        face = f";{SERIF}" if quoted else ""
        html += f'<{tag} style="{style}{face}">{column.html(cell)}</{tag[:2]}>'
    return f"<tr>{html}</tr>"


def _row_as_text(cells: list[str], columns: list[Column]) -> str:
    """Every cell that holds something, after the name of its column."""
    said = []
    for column, cell in zip(columns, cells, strict=True):
        if cell:
            said.append(f"{column.heading}: {cell}")
    line = "; ".join(said)
    return fill(f"- {line}", "  ")
