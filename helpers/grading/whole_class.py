"""Grades all that a class handed in: into the gradebook, pages to give back, and a table of marks.

Each notebook is entered whole or not at all, so that an interrupted run goes on where it stopped,
and a second run finds nothing to do. What goes wrong with one notebook is one line, and harms no
other.
"""

from __future__ import annotations

import errno
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.grading.gradebook import Gradebook
from helpers.grading.handed_in import handed_in
from helpers.grading.hiding import Hiding
from helpers.grading.identities import Identities
from helpers.grading.joining import Joiner
from helpers.grading.kept_files import place_of_sheet, write_new
from helpers.grading.lines_on_marks import lines_for_reader, lines_on_marks
from helpers.grading.marking import mark, reply_to
from helpers.grading.one_folder_each import with_folders_apart
from helpers.grading.overlay import laid_over
from helpers.grading.people import (
    NOTHING_SAID,
    People,
    class_list_for,
    keep_class_list,
    lines_on_people,
    write_missing,
)
from helpers.grading.platforms.hand_back import hand_back
from helpers.grading.records import GRADED, NOT_GRADED, Ended, FileRecord, texts_in
from helpers.grading.schema import is_in_use
from helpers.grading.selection import Selection, ToMark, select
from helpers.grading.sheet import sheets, sheets_by_slug
from helpers.grading.strangers import is_named_by_platform, own_in
from helpers.grading.what_goes_back import give_back

FEW = 5  # files that are no sheets of this course: with more, somebody is asked first
MOST_NAMED = 20  # of such files in lines of their own
MORE = "{} more files are no sheets of this course and were left out."
BATCH = 20  # notebooks that are entered together, and so the most that an interruption loses
NOBODY_CAN_WRITE = (errno.ENOSPC, errno.EACCES, errno.EROFS)
Tell = Callable[[str], None]
Consent = Callable[[Selection], None]


@dataclass(frozen=True)
class Summary:
    """How many notebooks were marked now, and how many files of the place could not be graded.

    handed_back: lines about the files for the platform from which they came.
    """

    marked: int
    failed: int
    handed_back: tuple[str, ...] = ()


def go_on(selection: Selection) -> None:
    """Where nobody is asked, whatever files are there."""


def grade(
    place: Path | Sequence[Path],
    folder: Path,
    say: Tell,
    progress: Tell,
    may_go_on: Consent = go_on,
    people: People = NOTHING_SAID,
    downloaded: Sequence[Path] = (),
) -> Summary:
    """Grade what was handed in.

    place: a folder or a zip, or several. folder: where gradebook, pages and marks are kept. say:
    takes a line that stays. progress: takes one that passes. may_go_on: is asked where more than a
    few files are no sheets of this course, and raises Problem to stop. people: what the instructor
    says of who is who. downloaded: a platform's tables, to be filled in. Raises Problem when a
    place cannot be read, or when the folder holds the gradebook of another edition.
    """
    places = [place] if isinstance(place, Path) else place
    joiner = Joiner(folder, class_list_for(folder, people))
    selection = select(handed_in(*places), sheets(), own_in(places, folder), joiner.join)
    selection = joiner.join_others(selection)
    if len(_strangers_so_far_unknown(selection, folder)) > FEW:
        may_go_on(selection)
    folder.mkdir(parents=True, exist_ok=True)
    with Gradebook(folder) as book:
        book.records.take_in_marks()
        identities = Identities(book.records, folder, joiner, people.without_names)
        identities.refuse_codes_in_place(places)
        keep_class_list(folder, people)
        _say_all(identities.settle(), say)
        selection = with_folders_apart(selection, identities.known())
        selection = identities.show(selection)
        hiding = Hiding(book.records, _records_of(selection))
        _put_aside(book, selection, hiding, say)
        new = [one for one in selection.to_mark if not _is_known(book, one)]
        if new:
            wanted = {one.sheet.slug: one.sheet for one in new}
            for line in book.prepare(wanted[slug] for slug in sorted(wanted)):
                say(line)
        for start in range(0, len(new), BATCH):
            batch = new[start : start + BATCH]
            for ended in _grade_batch(book, folder, batch):
                _say_how(book, ended, hiding, say)
            progress(f"  {start + len(batch)} of {len(new)} notebooks marked")
        give_back(book.records, folder, say)
        write_missing(folder, book.records, identities)
        handed_back = hand_back(
            book.records,
            selection.to_mark,
            folder,
            downloaded,
            identities.name_behind if identities.without_names else None,
        )
        _say_all(lines_on_people(book.records, identities, selection), say)
        failed = _count_failed(book, selection)
    return Summary(len(new), failed, handed_back)


def _strangers_so_far_unknown(selection: Selection, folder: Path) -> Sequence[FileRecord]:
    """The strangers of which nothing was said in an earlier run. Makes no gradebook."""
    if not selection.strangers or not (folder / "gradebook.db").exists():
        return selection.strangers
    with Gradebook(folder) as book:
        return _new(book, selection.strangers)


def _new(book: Gradebook, records: Iterable[FileRecord]) -> list[FileRecord]:
    return [record for record in records if not book.records.has(record.file, record.digest)]


def _records_of(selection: Selection) -> list[FileRecord]:
    """A record of each file, graded or not."""
    graded = [one.record(GRADED, "") for one in selection.to_mark]
    return [*selection.others, *selection.strangers, *graded]


def _put_aside(book: Gradebook, selection: Selection, hiding: Hiding, say: Tell) -> None:
    """Say of each file that does not count why, and write it down.

    Of many strangers, only those are written down that a platform named for a learner.
    """
    book.records.forget_passing(_files(selection))
    strangers = selection.strangers
    few = len(strangers) <= FEW
    named = [one for one in strangers if few or is_named_by_platform(one.file)]
    new = _new(book, [*selection.others, *named])
    book.records.keep(Ended(record) for record in new)
    written_down = set(named)
    others = [one for one in strangers if one not in written_down]
    for record in (*new, *others[:MOST_NAMED]):
        say(_line_of(hiding.record(record)))
    if len(others) > MOST_NAMED:
        say(MORE.format(len(others) - MOST_NAMED))


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
        if is_in_use(error) or getattr(error, "errno", None) in NOBODY_CAN_WRITE:
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
    known = book.records.marks.of(student.id, one.sheet.slug)
    for_reader = lines_for_reader(texts_in(marked.answers), known)
    laid = laid_over(one.sheet, one.cells, replies, for_reader)
    name = f"{one.sheet.slug}.ipynb"
    for stage, content in (
        ("submitted", one.submission.content),
        ("autograded", json.dumps(laid).encode()),
    ):
        write_new(place_of_sheet(folder, stage, student.id, one.sheet.slug) / name, content)
    book.enter(student.id, student.name, one.sheet, marked.answers)
    return Ended(one.record(GRADED, marked.note), marked.answers)


def _say_all(lines: Iterable[str], say: Tell) -> None:
    for line in lines:
        say(line)


def _say_how(book: Gradebook, ended: Ended, hiding: Hiding, say: Tell) -> None:
    """Say what is odd about how a notebook ended, and which marks wait for a reader again."""
    record, answers = ended
    if record.note:
        say(_line_of(hiding.record(record)))
    if answers:
        sheet = sheets_by_slug()[record.sheet]
        for line in lines_on_marks(book.records, record, sheet):
            say(f"{hiding.path(record)}: {line}")


def _line_of(record: FileRecord) -> str:
    return f"{record.file}: {record.status}. {record.note}"


def _files(selection: Selection) -> set[str]:
    """The files of this run."""
    here = {record.file for record in (*selection.others, *selection.strangers)}
    here.update(one.submission.where for one in selection.to_mark)
    return here


def _count_failed(book: Gradebook, selection: Selection) -> int:
    """How many files of this place, and not of earlier ones, could not be graded."""
    here = _files(selection)
    failed = 0
    for record in book.records.files():
        failed += record.file in here and record.status == NOT_GRADED
    return failed
