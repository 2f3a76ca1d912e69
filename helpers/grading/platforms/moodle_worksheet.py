"""Moodle's offline grading worksheet: the one that was downloaded, filled in; or a new one.

What Moodle does with it (importgradeslib.php, init and next; locallib.php, process_import_grades):

- It needs three columns by their names in the language of whoever uploads: in English Identifier,
  Grade and "Last modified (grade)". An identifier is the word "Participant " and the number.
- An empty grade changes nothing, and neither does one above the maximum. It reads decimals after a
  point in every language (moodlelib.php, unformat_float).
- A row counts only if the grade in Moodle is no newer than "Last modified (grade)" says, by a
  minute; unless the instructor ticks that such grades may be replaced. In a new worksheet nothing
  stands there, so nobody's grade in Moodle is replaced unasked.
- A page that comes back makes a record without a grade (locallib.php of mod_assign,
  get_user_grade), and that counts as newer than a worksheet from before. So grades go first.
- An empty comment in a column for comments deletes the comment in Moodle. So a new worksheet has no
  such column, and in a filled one what stands there stays.
- Comments are HTML (comments/locallib.php, set_editor_text).
- Each row has as many cells as the heading, and a backslash before a quotation mark hides it
  (csvlib.class.php, load_csv_content).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from helpers.grading.platforms.returned import COMMENT, Filled, Noticed, Returned, scaled, written
from helpers.grading.platforms.tables import Table, as_csv, number_in
from helpers.grading.spreadsheet import harmless

IDENTIFIER, GRADE, MOST = "Identifier", "Grade", "Maximum grade"
COMMENTS = "Feedback comments"
HEADING = [IDENTIFIER, "Full name", GRADE, MOST, "Last modified (grade)"]
PARTICIPANT = "Participant {}"
NUMBER_AT_END = re.compile(r"\d+\s*$")  # after a word that is another one in each language
LINE = "<br>"
OURS = re.compile(COMMENT.format(id=r"E\d+\.\w+", points=r"[\d.]+", most=r"\d+", comment=""))
NEVER = "-"  # Moodle's own sign for a grade that was never given

NO_COLUMN = (
    "{name}: no column for points was found, so no grades were filled in. "
    "If the assignment uses a scale, type the grades in yourself; else download the table again."
)
MADE = (
    "This table was made without Moodle's own and counts to {most}. Set the assignment's maximum "
    "grade in Moodle to {most}, or download its grading worksheet, name it after --worksheet, and "
    "run the command again. Do the latter if your Moodle is not in English."
)
ORDER = "Upload the grades first, then the pages: after the pages, Moodle passes over the grades."
ZERO = "{who} got 0 points. Some versions of Moodle pass over a 0: look at these rows in Moodle."


@dataclass(frozen=True)
class Columns:
    """Which columns of a worksheet are which. comments: None where it has none."""

    grade: int
    most: int
    comments: int | None


def new_worksheet(returned: Mapping[str, Returned]) -> Filled:
    """A worksheet made from what was handed in. returned: by participant's number."""
    rows = []
    most = ""
    for participant, one in returned.items():
        most = written(one.grade.most)
        identifier = PARTICIPANT.format(participant)
        rows.append([identifier, harmless(one.name), one.grade.out_of(None), most, NEVER])
    noticed = Noticed(zeros=_zeros(returned.values()))
    return Filled(as_csv(HEADING, rows), [MADE.format(most=most), *noticed.lines("", zeros=ZERO)])


def rows_by_participant(table: Table) -> dict[str, list[str]]:
    """The rows of a worksheet by participant's number: the identifier's column comes first."""
    index = table.heading.index(IDENTIFIER) if IDENTIFIER in table.heading else 0
    found = {}
    for row in table.rows:
        hit = NUMBER_AT_END.search(row[index])
        if hit:
            found[hit[0].strip()] = row
    return found


def filled_worksheet(table: Table, returned: Mapping[str, Returned]) -> Filled | str:
    """A worksheet that was downloaded, with grades and comments; all else as it was.

    returned: by participant's number. Returns a line instead when no grade has a place in it.
    """
    columns = _columns(table)
    if columns is None:
        return NO_COLUMN.format(name=table.name)
    before = rows_by_participant(table)
    after: dict[int, list[str]] = {}
    noticed = Noticed(zeros=_zeros(returned.values()))
    for participant, one in returned.items():
        row = before.get(participant)
        if row is None:
            noticed.missing.append(one.called)
            continue
        new = _filled_row(row, columns, one)
        after[id(row)] = new
        if _is_other(row[columns.grade], new[columns.grade]):
            noticed.others.append(one.called)
    rows = [after.get(id(row), row) for row in table.rows]
    whole = number_in(table.rows[0][columns.most])
    lines = [*scaled("Moodle", whole, returned.values()), *noticed.lines(table.name, zeros=ZERO)]
    return Filled(as_csv(table.heading, rows), lines)


def _columns(table: Table) -> Columns | None:
    """By their English names, or else by what stands in them.

    In every language, the maximum is a column with the same number in each row, next to that of the
    grades (gradingtable.php).
    """
    comments = table.heading.index(COMMENTS) if COMMENTS in table.heading else None
    pairs = []
    for most in range(2, len(table.heading)):
        grade = most - 1
        if _is_maximum(table.column(most)) and _are_grades(table.column(grade)):
            named_so = table.heading[grade] == GRADE and table.heading[most] == MOST
            pairs.append((not named_so, grade, most))
    if not pairs:
        return None
    _, grade, most = min(pairs)
    return Columns(grade, most, comments)


def _is_maximum(cells: Sequence[str]) -> bool:
    return len(set(cells)) == 1 and bool(number_in(cells[0]))


def _are_grades(cells: Sequence[str]) -> bool:
    return all(not cell.strip() or number_in(cell) is not None for cell in cells)


def _filled_row(row: Sequence[str], columns: Columns, one: Returned) -> list[str]:
    new = list(row)
    grade = one.grade.out_of(number_in(row[columns.most]))
    if not grade:
        return new
    if number_in(row[columns.grade]) != float(grade):
        new[columns.grade] = grade
    if columns.comments is not None:
        new[columns.comments] = _with_comment(row[columns.comments], one.comment)
    return new


def _with_comment(before: str, comment: str) -> str:
    """A comment after what stood there, in place of our own from an earlier time."""
    if not comment:
        return before
    parts = before.split(LINE) if before.strip() else []
    kept = [part for part in parts if not OURS.match(part)]
    html = escape(comment).replace("\\", "&#92;")
    return LINE.join([*kept, *html.splitlines()])


def _is_other(before: str, after: str) -> bool:
    return bool(before.strip()) and number_in(before) != number_in(after)


def _zeros(returned: Iterable[Returned]) -> list[str]:
    """Who got 0: a newer importer takes that for no grade (locallib.php, `$grademodified`)."""
    return [one.called for one in returned if one.grade.earned == 0]
