"""Which of the files that were handed in count: the newest notebook of each student and sheet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from helpers.grading.files import Refused
from helpers.grading.handed_in import Submission
from helpers.grading.naming import number_of_download, place_in_time, zip_around
from helpers.grading.notebook import Cell, Foreign, Lesson, OurOwn, number_of_sheet, read_cells
from helpers.grading.records import LEFT_OUT, NOT_GRADED, FileRecord
from helpers.grading.sheet import Sheet
from helpers.grading.strangers import OWN, IsOwn, refuse_sheet_of_nobody
from helpers.grading.whole_copies import WholeCopies

MARKING = "3"  # of what marking means: when it changes, everything is marked again
NEWER = "{} counts, as the newer one by its name. If another is meant, remove the rest."
NAMED_LAST = "{} counts, as the one that you named last. If another is meant, remove the rest."
SAME = "{} counts, and holds the same."


@dataclass(frozen=True)
class ToMark:
    """A notebook that counts."""

    submission: Submission
    sheet: Sheet
    cells: list[Cell]

    @property
    def digest(self) -> str:
        """What its marks depend on: the notebook, the questions, and what marking means."""
        return f"{self.submission.digest} {self.sheet.digest} {MARKING}"

    def record(self, status: str, note: str) -> FileRecord:
        """How it ended."""
        return _record(self.submission, self.sheet.slug, self.digest, status, note)


Join = Callable[[Sequence[ToMark]], Sequence[ToMark]]


@dataclass(frozen=True)
class Selection:
    """to_mark: the notebooks that count. others: a record with the reason for each other file.

    strangers: the same for files that are no sheets of this course, or that nobody handed in.
    """

    to_mark: list[ToMark]
    others: list[FileRecord]
    strangers: list[FileRecord]


def nothing_is_own(_: Submission) -> bool:
    """Where nothing is known of the course's own folders."""
    return False


def select(
    submissions: Iterable[Submission],
    sheets: Mapping[str, Sheet],
    is_own: IsOwn = nothing_is_own,
    join: Join = list,
) -> Selection:
    """Sort out what was handed in.

    sheets: by number. is_own: whether a file is the course's. join: says whose each notebook is.
    """
    read = []
    doubtful: list[FileRecord] = []
    others = []
    strangers: list[FileRecord] = []
    for submission in submissions:
        try:
            read.append(_read(submission, sheets, is_own))
        except Foreign as refusal:
            aside = doubtful if zip_around(submission.where) else strangers
            aside.append(_stranger(submission, refusal))
        except Lesson as refusal:
            doubtful.append(_refused(submission, str(refusal)))
        except Refused as refusal:
            others.append(_refused(submission, str(refusal)))
    whole = WholeCopies(read)
    counted = [one for one in read if not whole.leave_alone(one.submission.where)]
    others += whole.leave_out(doubtful)
    versions: dict[tuple[str, str], list[ToMark]] = {}
    for one in join(counted):
        key = (one.submission.student.id, one.sheet.slug)
        versions.setdefault(key, []).append(one)
    to_mark = []
    order = {one.submission.place: number for number, one in enumerate(read)}
    for found in versions.values():
        *older, newest = sorted(found, key=partial(_age, order))
        to_mark.append(newest)
        for one in older:
            why = _why_older(one.submission, newest.submission)
            others.append(_record(one.submission, "", one.submission.digest, LEFT_OUT, why))
    return Selection(to_mark, others, strangers)


def _read(submission: Submission, sheets: Mapping[str, Sheet], is_own: IsOwn) -> ToMark:
    """Raises Refused."""
    if is_own(submission):
        raise OurOwn(OWN)
    if submission.problem and not (submission.is_notebook or zip_around(submission.where)):
        raise Foreign(submission.problem)
    if submission.problem:
        raise Refused(submission.problem)
    cells = read_cells(submission.content)
    sheet = sheets[number_of_sheet(cells, sheets)]
    refuse_sheet_of_nobody(submission, sheet, cells)
    return ToMark(submission, sheet, cells)


def _age(order: Mapping[str, int], one: ToMark) -> tuple[bool, int, int, int, str]:
    """The older sorts first. A name that a learner gave to a file never beats a folder's.

    order: less for a place that was named earlier.
    """
    return (*_numbers(one.submission), order[one.submission.place], one.submission.where)


def _why_older(older: Submission, newest: Submission) -> str:
    if older.content == newest.content:
        return SAME.format(newest.where)
    if older.place != newest.place and _numbers(older) == _numbers(newest):
        return NAMED_LAST.format(newest.where)
    return NEWER.format(newest.where)


def _numbers(one: Submission) -> tuple[bool, int, int]:
    """All that tells a newer notebook before the order of places does."""
    number, _ = place_in_time(one.where)
    return one.student.by_folder, number_of_download(one.place, one.within), number


def _refused(submission: Submission, why: str) -> FileRecord:
    status = NOT_GRADED if submission.is_notebook else LEFT_OUT
    return _record(submission, "", submission.digest, status, why)


def _stranger(submission: Submission, why: Foreign) -> FileRecord:
    is_mistake = submission.is_notebook and not isinstance(why, OurOwn)
    status = NOT_GRADED if is_mistake else LEFT_OUT
    record = _record(submission, "", submission.digest, status, str(why))
    return replace(record, passing=True)


def _record(submission: Submission, sheet: str, digest: str, status: str, note: str) -> FileRecord:
    return FileRecord(
        file=submission.where,
        student=submission.student.id,
        name=submission.student.name,
        sheet=sheet,
        digest=digest,
        status=status,
        note=note,
    )
