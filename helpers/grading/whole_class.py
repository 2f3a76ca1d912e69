"""Grades all that a class handed in: into the gradebook, pages to give back, and a table of marks.

Each notebook is entered whole or not at all, so that an interrupted run goes on where it stopped,
and a second run finds nothing to do. What goes wrong with one notebook is one line, and harms no
other.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.grading.gradebook import Gradebook
from helpers.grading.handed_in import handed_in
from helpers.grading.marking import mark, reply_to
from helpers.grading.marks import table_of_marks
from helpers.grading.overlay import laid_over
from helpers.grading.pages import feedback_page
from helpers.grading.platforms.hand_back import hand_back
from helpers.grading.records import GRADED, NOT_GRADED, Ended, FileRecord
from helpers.grading.selection import Selection, ToMark, select
from helpers.grading.sheet import Sheet, sheets
from helpers.working_copy import write_whole

# What nbgrader's exchange lays beside a notebook, so that feedback finds its way back through it.
OF_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
LARGEST_STAMP = 1_000  # bytes of such a file
BATCH = 20  # notebooks that are entered together, and so the most that an interruption loses
NOBODY_CAN_WRITE = (errno.ENOSPC, errno.EACCES, errno.EROFS)
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Summary:
    """How many notebooks were marked now, and how many files of the place could not be graded.

    handed_back: lines about the files for the platform from which they came.
    """

    marked: int
    failed: int
    handed_back: tuple[str, ...] = ()


def grade(
    place: Path, folder: Path, say: Tell, progress: Tell, downloaded: Sequence[Path] = ()
) -> Summary:
    """Grade what was handed in.

    place: a folder or a zip. folder: where gradebook, pages and marks are kept. say: takes a line
    that stays. progress: takes one that passes. downloaded: a platform's tables, to be filled in.
    Raises Problem when the place cannot be read, or when the folder holds the gradebook of another
    edition.
    """
    selection = select(handed_in(place), sheets())
    folder.mkdir(parents=True, exist_ok=True)
    with Gradebook(folder) as book:
        for record in selection.others:
            if not book.records.has(record.file, record.digest):
                book.records.keep([Ended(record)])
                _say_how(record, say)
        new = [one for one in selection.to_mark if not _is_known(book, one)]
        if new:
            wanted = {one.sheet.slug: one.sheet for one in new}
            book.prepare(wanted[slug] for slug in sorted(wanted))
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            for ended in _grade_batch(book, folder, batch):
                _say_how(ended.record, say)
            progress(f"  {start + len(batch)} of {len(new)} notebooks marked")
        _give_back(book, folder)
        handed_back = hand_back(book.records, selection.to_mark, place, folder, downloaded)
        failed = _count_failed(book, selection)
    return Summary(len(new), failed, handed_back)


def _is_known(book: Gradebook, one: ToMark) -> bool:
    return book.records.has(one.submission.where, one.digest)


def _grade_batch(book: Gradebook, folder: Path, batch: Sequence[ToMark]) -> list[Ended]:
    """Mark some notebooks and enter them together; one by one, when one of them stands in the way.

    Their records come last: a notebook that has one is whole.
    """
    try:
        with book.together():
            ended = [_grade_one(book, folder, one) for one in batch]
    except Exception as error:  # what one notebook holds must not stop the others
        if isinstance(error, OSError) and error.errno in NOBODY_CAN_WRITE:
            raise
        if len(batch) > 1:
            return [ended for one in batch for ended in _grade_batch(book, folder, [one])]
        why = f"It could not be entered ({type(error).__name__}). Look at it by hand."
        ended = [Ended(batch[0].record(NOT_GRADED, why))]
    book.records.keep(ended)
    return ended


def _grade_one(book: Gradebook, folder: Path, one: ToMark) -> Ended:
    """Mark a notebook, and write it to the gradebook and to where formgrader looks for it."""
    student = one.submission.student
    marked = mark(one.sheet, one.cells)
    replies = {}
    for answer in marked.answers:
        if answer.question in one.sheet.questions.practice:
            replies[answer.question] = reply_to(answer.question, answer.written)
    laid = laid_over(one.sheet, one.cells, replies)
    name = f"{one.sheet.slug}.ipynb"
    _write(_place(folder, "submitted", student.id, one.sheet) / name, one.submission.content)
    _write(_place(folder, "autograded", student.id, one.sheet) / name, json.dumps(laid).encode())
    book.enter(student.id, student.name, one.sheet, marked.answers)
    return Ended(one.record(GRADED, marked.note), marked.answers)


def _say_how(record: FileRecord, say: Tell) -> None:
    """Say what is odd about how a file ended."""
    if record.note:
        say(f"{record.file}: {record.status}. {record.note}")


def _count_failed(book: Gradebook, selection: Selection) -> int:
    """How many files of this place, and not of earlier ones, could not be graded."""
    here = {record.file for record in selection.others}
    here.update(one.submission.where for one in selection.to_mark)
    failed = 0
    for record in book.records.files():
        failed += record.file in here and record.status == NOT_GRADED
    return failed


def _give_back(book: Gradebook, folder: Path) -> None:
    """Write a page for each notebook that was ever graded, and the table of marks."""
    by_slug = {sheet.slug: sheet for sheet in sheets().values()}
    for record in book.records.files():
        if record.status != GRADED or record.sheet not in by_slug:
            continue
        sheet = by_slug[record.sheet]
        answers = book.records.answers(record.student, record.sheet)
        points = book.records.points(record.student, record.sheet)
        page = feedback_page(sheet, record.name, answers, points).encode("utf-8", "replace")
        _write(_place(folder, "feedback", record.student, sheet) / f"{sheet.slug}.html", page)
        _pass_stamps_on(folder, record.student, sheet)
    table = table_of_marks(book.records, by_slug)
    _write(folder / "marks.csv", table.encode("utf-8-sig", "replace"))


def _pass_stamps_on(folder: Path, student: str, sheet: Sheet) -> None:
    for name in OF_THE_EXCHANGE:
        stamp = _place(folder, "submitted", student, sheet) / name
        if stamp.is_file() and not stamp.is_symlink() and stamp.stat().st_size < LARGEST_STAMP:
            for stage in ("autograded", "feedback"):
                _write(_place(folder, stage, student, sheet) / name, stamp.read_bytes())


def _place(folder: Path, stage: str, student: str, sheet: Sheet) -> Path:
    """Where nbgrader keeps a notebook at a stage."""
    return folder / stage / student / sheet.slug


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only when it says something new."""
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
