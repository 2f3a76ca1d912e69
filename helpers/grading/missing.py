"""Who of the class list has handed in nothing: a table, and a line for each sheet."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from helpers.authoring.messages import first_few
from helpers.grading.class_list import ClassList
from helpers.grading.handed_in import NO_NOTEBOOK
from helpers.grading.moving import Who
from helpers.grading.naming import Student
from helpers.grading.records import GRADED, NOT_GRADED, FileRecord
from helpers.grading.spreadsheet import as_csv

COLUMNS = ["student", "name", "exercises", "status", "note"]
NOT_HANDED_IN = "not handed in"
NOT_KNOWN = "not known"
SOMEBODYS = "Somebody of this name has handed it in; the class list does not tell who."
UNREADABLE = "A file of theirs, for this sheet or another, could not be graded: see marks.csv."


@dataclass(frozen=True)
class Missing:
    """A learner of the class list without a sheet. note: what there is instead.

    status: NOT_HANDED_IN, or NOT_KNOWN.
    """

    who: Who
    sheet: str
    status: str = NOT_HANDED_IN
    note: str = ""


def find_missing(
    records: Sequence[FileRecord],
    listed: ClassList,
    shown: Callable[[Who], Who],
    unsettled: Mapping[Who, Student],
) -> list[Missing]:
    """For each sheet that somebody handed in, who did not.

    shown: a learner by name or code. unsettled: who handed in and is not on the list, by how they
    are shown; they may be one of those who seem to be missing.
    """
    graded: dict[str, set[str]] = {}
    with_problem = set()
    for record in records:
        if record.status == GRADED:
            graded.setdefault(record.sheet, set()).add(record.student)
        elif record.status == NOT_GRADED or record.note == NO_NOTEBOOK:
            with_problem.add(record.student)
    found = []
    for sheet, students in sorted(graded.items()):
        others = [student for who, student in unsettled.items() if who.id in students]
        names = {one.id for other in others for one in listed.find(other)}
        names |= {one.id for other in others for one in listed.named(other.name)}
        for learner in listed.learners:
            who = shown(Who(learner.id, learner.name))
            if who.id in students:
                continue
            if learner.id in names:
                found.append(Missing(who, sheet, NOT_KNOWN, SOMEBODYS))
            else:
                note = UNREADABLE if who.id in with_problem else ""
                found.append(Missing(who, sheet, NOT_HANDED_IN, note))
    return found


def table_of_missing(missing: Sequence[Missing]) -> str:
    """The table as CSV."""
    rows = [[one.who.id, one.who.name, one.sheet, one.status, one.note] for one in missing]
    return as_csv([COLUMNS, *rows])


def lines_on_missing(
    missing: Sequence[Missing], sheets: Collection[str], listed: ClassList
) -> list[str]:
    """One line for each of these sheets."""
    lines = []
    for sheet in sorted(sheets):
        here = [one for one in missing if one.sheet == sheet and one.status == NOT_HANDED_IN]
        names = [one.who.name for one in here]
        if not names:
            unknown = any(one.sheet == sheet for one in missing)
            but = ", as far as it is known who is who" if unknown else ""
            lines.append(f"{sheet}: everybody of the class list has handed it in{but}.")
            continue
        count = f"{len(names)} of {len(listed.learners)}"
        lines.append(
            f"{sheet}: {count} have not handed it in: {first_few(names)}. All: missing.csv."
        )
    return lines
