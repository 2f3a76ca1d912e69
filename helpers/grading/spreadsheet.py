"""Tables that a spreadsheet program opens, saves in its own way, and gives back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.csv_files import cells_in, separator_of
from helpers.grading.naming import printable

ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")  # of a program on Windows, and what reads all
BEGIN_A_FORMULA = ("=", "+", "-", "@")
NO_TABLE = (
    "{file} cannot be read as a table with the columns {columns}, and was left as it is. "
    "Mend it, or move it elsewhere."
)


@dataclass(frozen=True)
class Table:
    """Rows by the names of their columns, and what separates the cells in the file."""

    columns: list[str]
    rows: list[dict[str, str]]
    separator: str = ","


def read_table(file: Path, wanted: Iterable[str]) -> Table:
    """A table as whatever program saved it. wanted: columns that it must have. Raises Problem."""
    text = _decoded(file.read_bytes())
    try:
        lines = cells_in(text)
    except csv.Error:
        lines = []
    columns = [name.strip() for name in lines[0]] if lines else []
    if not set(wanted) <= set(columns):
        raise Problem(NO_TABLE.format(file=file, columns=", ".join(wanted)))
    rows = []
    for line in lines[1:]:
        cells = [cell.strip() for cell in line]
        if any(cells):
            padded = cells + [""] * (len(columns) - len(cells))
            rows.append(dict(zip(columns, padded, strict=False)))
    return Table(columns, rows, separator_of(text))


def as_csv(lines: Iterable[Iterable[object]], separator: str = ",") -> str:
    """Lines of cells as CSV that starts no formula."""
    safe = []
    for line in lines:
        safe.append([harmless(cell) if isinstance(cell, str) else cell for cell in line])
    return as_it_is(safe, separator)


def as_it_is(lines: Iterable[Iterable[object]], separator: str = ",") -> str:
    """Lines of cells as CSV, each cell as it stands."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n", delimiter=separator)
    writer.writerows(lines)
    return table.getvalue()


def harmless(cell: str) -> str:
    """A cell that a spreadsheet takes for text: names of files come from learners."""
    line = printable(cell)
    return f"'{line}" if line.startswith(BEGIN_A_FORMULA) else line


def _decoded(content: bytes) -> str:
    for encoding in ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise AssertionError("latin-1 decodes every byte")
