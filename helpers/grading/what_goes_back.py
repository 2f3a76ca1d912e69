"""What is made of a graded class: a page for each notebook, the table of marks, and the shares."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading import assessment
from helpers.grading.assessment import parts_of_assessment
from helpers.grading.kept_files import place_of_sheet, write_new
from helpers.grading.marks import table_of_marks
from helpers.grading.pages import feedback_page
from helpers.grading.records import GRADED, Records
from helpers.grading.shares import SHARES, table_of_shares
from helpers.grading.sheet import Sheet, sheets_by_slug

# What nbgrader's exchange lays beside a notebook, so that feedback finds its way back through it.
OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
LARGEST_STAMP = 1_000  # bytes of such a file
STILL_OPEN = (
    "{path} cannot be written. If it is open in a spreadsheet program, close it there; "
    "then run the command again."
)


def give_back(records: Records, folder: Path, say: Callable[[str], None]) -> None:
    """Write a page for each notebook that was ever graded, the table of marks, and the shares."""
    by_slug = sheets_by_slug()
    for record in records.files():
        if record.status != GRADED or record.sheet not in by_slug:
            continue
        sheet = by_slug[record.sheet]
        answers = records.answers(record.student, record.sheet)
        points = records.points(record.student, record.sheet)
        page = feedback_page(sheet, record.name, answers, points).encode("utf-8", "replace")
        place = place_of_sheet(folder, "feedback", record.student, sheet.slug)
        write_new(place / f"{sheet.slug}.html", page)
        _pass_stamps_on(folder, record.student, sheet)
    _write_table(folder / "marks.csv", table_of_marks(records, by_slug))
    try:
        parts = parts_of_assessment(assessment.FILE)
        table = table_of_shares(records, parts, folder / SHARES)
        _write_table(folder / SHARES, table)
    except Problem as problem:
        say(str(problem))


def _write_table(path: Path, table: str) -> None:
    """Raises Problem where a spreadsheet program holds the file."""
    try:
        write_new(path, table.encode("utf-8-sig", "replace"))
    except PermissionError:
        raise Problem(STILL_OPEN.format(path=path)) from None


def _pass_stamps_on(folder: Path, student: str, sheet: Sheet) -> None:
    for name in OF_THE_EXCHANGE:
        stamp = place_of_sheet(folder, "submitted", student, sheet.slug) / name
        if stamp.is_file() and not stamp.is_symlink() and stamp.stat().st_size < LARGEST_STAMP:
            for stage in ("autograded", "feedback"):
                copy = place_of_sheet(folder, stage, student, sheet.slug) / name
                write_new(copy, stamp.read_bytes())
