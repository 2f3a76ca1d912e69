"""Files that nobody handed in: the course's own, and what else lies in a folder of downloads.

A file counts as the course's own by the folder in which it lies on this computer; or, anywhere
else, when it is a sheet as the course gives it and nothing says that a learner handed it in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path, PurePosixPath

from helpers.authoring.places import EXERCISES, ROOT
from helpers.grading.handed_in import Submission
from helpers.grading.naming import SLUG_AT_END, whose
from helpers.grading.notebook import Cell, OurOwn
from helpers.grading.sheet import Sheet

OF_THE_COURSE = (
    *[ROOT / name for name in ("helpers", "notebooks", "seeds", "tests", "site")],
    *[EXERCISES / name for name in ("handouts", "hub", "items", "release", "rubrics", "source")],
)
WRITTEN_BY_GRADE = ("autograded", "feedback", "taken-out")
WORKING_COPY = ROOT / "my-work"
KEPT_BY_THE_COURSE = ("release", "source")  # folders in "exercises", in any copy of the course
SOLVED = "### BEGIN SOLUTION"

OWN = "It lies in a folder of the course, and nobody handed it in."
UNTOUCHED = (
    "It is a sheet as the course gives it: nothing is written in it, and no name is with it."
)
OUR_SOLUTION = "It is the course's own solved sheet, and no name is with it."

IsOwn = Callable[[Submission], bool]


def own_in(places: Iterable[Path], into: Path) -> IsOwn:
    """Says of a file whether it lies in a folder of the course. into: as for `grade`."""
    owns = {str(place.resolve()): own_files(place, into) for place in places}
    return lambda submission: owns[submission.place](submission.where)


def own_files(place: Path, into: Path) -> Callable[[str], bool]:
    """Says of a path below a place whether it lies in a folder of the course. into: as for `grade`.

    The working copy is left alone only where more than it is graded: whoever names it means it.
    """
    place = place.resolve()
    folders = [*OF_THE_COURSE, *[into.resolve() / name for name in WRITTEN_BY_GRADE]]
    if place != WORKING_COPY:
        folders.append(WORKING_COPY)
    below = [folder.relative_to(place) for folder in folders if folder.is_relative_to(place)]
    prefixes = [PurePosixPath(folder.as_posix()) for folder in below]
    whole = any(place.is_relative_to(folder) for folder in folders if folder != WORKING_COPY)

    def is_own(where: str) -> bool:
        path = PurePosixPath(where)
        return whole or any(path.is_relative_to(prefix) for prefix in prefixes)

    return is_own


def refuse_sheet_of_nobody(submission: Submission, sheet: Sheet, cells: Sequence[Cell]) -> None:
    """Raise OurOwn for a released sheet in which nothing is written, or a solved one of ours."""
    if not _is_of_nobody(submission):
        return
    if _is_solved(cells):
        raise OurOwn(OUR_SOLUTION)
    if is_untouched(sheet, cells):
        raise OurOwn(UNTOUCHED)


def is_named_by_platform(where: str) -> bool:
    """Whether a learning platform named a file for a learner, so that somebody handed it in."""
    return whose(PurePosixPath(where)).platform != ""


def _is_of_nobody(submission: Submission) -> bool:
    """Whether no name of a learner is with a file, or it lies where the course keeps its sheets."""
    folders = PurePosixPath(submission.where).parts[:-1]
    for outer, inner in pairwise(folders):
        if outer == EXERCISES.name and inner in KEPT_BY_THE_COURSE:
            return True
    student = submission.student
    return not student.by_folder and SLUG_AT_END.fullmatch(student.id) is not None


def _is_solved(cells: Sequence[Cell]) -> bool:
    return any(SOLVED in cell.source for cell in cells if cell.name.endswith("-answer"))


def is_untouched(sheet: Sheet, cells: Sequence[Cell]) -> bool:
    """Whether a sheet is as the course gives it, with nothing written in it."""
    for cell in cells:
        ours = sheet.cells.get(cell.name)
        if ours is None:
            return False
        is_answer = cell.name.endswith("-answer")
        if is_answer and cell.source.strip() != ours["source"].strip():
            return False
    return True
