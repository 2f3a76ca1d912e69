"""CSV files as platforms and spreadsheets write them: any of three separators, with or without BOM.

A BOM of UTF-16 is that of Excel's "Unicode Text".

None of ours is read with pandas: ids such as 0042 must stay as they are, and it takes a second.
"""

from __future__ import annotations

import codecs
import csv
import io
from pathlib import Path

from helpers.authoring.messages import Problem

LARGEST = 5_000_000  # bytes
LONGEST_CELL = 100_000  # characters
SEPARATORS = ",;\t"
NOT_UTF8 = (
    "{name} cannot be read as a CSV in UTF-8. "
    'In Excel, save it as "CSV UTF-8"; a workbook (.xlsx) is no CSV.'
)


def rows_of(file: Path) -> list[list[str]]:
    """The cells of a file. Raises Problem."""
    text = text_of(file)
    try:
        return cells_in(text)
    except csv.Error as error:
        raise Problem(f"{file.name} cannot be read as a CSV: {error}.") from None


def text_of(file: Path) -> str:
    """What a file says, with line ends as they are. Raises Problem."""
    if file.stat().st_size > LARGEST:
        raise Problem(f"{file.name} has more than {LARGEST // 1_000_000} MB, and is no such list.")
    content = file.read_bytes()
    is_utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if is_utf16 else "utf-8-sig")
    except UnicodeDecodeError:
        raise Problem(NOT_UTF8.format(name=file.name)) from None


def cells_in(text: str, longest: int = LONGEST_CELL) -> list[list[str]]:
    """The cells of a table, line by line. Raises csv.Error."""
    csv.field_size_limit(longest)
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(text)))


def separator_of(text: str) -> str:
    """What stands between the cells: the sign of which the first line has most."""
    first = text.partition("\n")[0]
    return max(SEPARATORS, key=first.count)
