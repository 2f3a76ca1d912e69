"""Tables that an instructor downloaded from a platform, and those that go back to it: CSV files.

What goes back is UTF-8 with commas, which both platforms read whatever the file was like before.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.csv_files import cells_in
from helpers.grading.spreadsheet import as_it_is

LARGEST = 10_000_000  # bytes; a gradebook of a thousand learners has less than one million
NUMBER = re.compile(r"-?\d[\d.,]*")
LONGEST_CELL = 1_000_000  # characters; a worksheet carries texts that were typed into Moodle
AGAIN = "Download it again, and don't open it in between."


@dataclass(frozen=True)
class Table:
    """A table with a heading. rows: each as long as the heading."""

    name: str
    heading: list[str]
    rows: list[list[str]]

    def column(self, index: int) -> list[str]:
        """The cells of a column, without its heading."""
        return [row[index] for row in self.rows]


def read_table(path: Path) -> Table:
    """A table that was downloaded. Raises Problem."""
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError:
        raise Problem(f"{path} cannot be read. Name the table that you downloaded.") from None
    if len(content) > LARGEST:
        raise Problem(f"{path.name} is too large for a table of grades. {AGAIN}")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(f"{path.name} is not in UTF-8, so names in it are lost. {AGAIN}") from None
    return table_from(path.name, text)


def table_from(name: str, text: str) -> Table:
    """A table from its text, whichever of three signs stands between cells. Raises Problem."""
    try:
        lines = cells_in(text, LONGEST_CELL)
    except csv.Error:
        raise Problem(f"{name} is no table that can be read. {AGAIN}") from None
    lines = [line for line in lines if line]
    if not lines:
        raise Problem(f"{name} is empty. {AGAIN}")
    heading = lines[0]
    rows = []
    for line in lines[1:]:
        missing = len(heading) - len(line)
        if missing < 0:
            raise Problem(f"{name} has a row that is longer than its heading. {AGAIN}")
        rows.append(line + [""] * missing)
    return Table(name, heading, rows)


def as_csv(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """The text of a table that goes back."""
    return as_it_is([heading, *rows])


def number_in(cell: str) -> float | None:
    """A number as platforms write it, 13.00 or 13,00; None for what is none."""
    plain = cell.strip().removesuffix("%")
    if not NUMBER.fullmatch(plain):
        return None
    *whole, last = re.split("[.,]", plain)
    if not whole:
        return float(last)
    return float("".join(whole) + "." + (last or "0"))
