"""Whose a notebook is, by the class list, where there is one; else by the names of files.

Nothing is joined by a guess. Without a list, each number of Moodle's is a learner: under one name
there may be one learner with several assignments, or several people, so a line asks for the list.
In one assignment of Moodle, each learner has one number; so where two numbers there bear one name
and hand in one sheet, they are two people, and the name joins neither of them with anything, list
or no list. That is kept in the gradebook, since a later export may show one of them alone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path, PurePosixPath

from helpers.grading import schema
from helpers.grading.class_list import ClassList, key_of_name
from helpers.grading.earlier_runs import people_of_earlier_runs, sign_of
from helpers.grading.moving import Who
from helpers.grading.naming import MOODLE_EXPORT, Student, whose
from helpers.grading.records import FileRecord
from helpers.grading.selection import Selection, ToMark

NAMESAKES = "CREATE TABLE IF NOT EXISTS course_namesake (number TEXT PRIMARY KEY)"
READ_NAMESAKES = "SELECT number FROM course_namesake"
KEEP_NAMESAKE = "INSERT OR IGNORE INTO course_namesake VALUES (?)"


def join(student: Student, listed: ClassList | None) -> Student:
    """The learner of the class list; the same as before where it is not known who that is."""
    if listed is None:
        return student
    found = listed.find(student)
    if len(found) == 1:
        return student._replace(id=found[0].id, name=found[0].name, platform="")
    if listed.has_id(student.id):  # of somebody else, where it means something else
        return student._replace(id=f"{student.platform or 'folder'}-{student.id}")
    return student


def _is_told(student: Student, listed: ClassList | None) -> bool:
    """Whether the class list says who a learner is."""
    return listed is not None and len(listed.find(student)) == 1


def as_handed_in(file: str, who: Who, namesakes: set[str]) -> Student:
    """A learner of the gradebook as their file was handed in. namesakes: numbers of Moodle's.

    An id that the file's path bears is still the platform's; another one is of a class list.
    """
    named = whose(PurePosixPath(file))
    if named.platform and who.id in (named.id, f"{named.platform}-{named.id}"):
        is_namesake = named.platform == MOODLE_EXPORT and named.id in namesakes
        return Student(named.id, who.name, named.by_folder, named.platform, is_namesake)
    return Student(who.id, who.name, by_folder=False)


class Joiner:
    """Joins what was handed in now with the class list.

    folder: of the gradebook. namesakes: Moodle's numbers of those who share their name.
    """

    def __init__(self, folder: Path, listed: ClassList | None) -> None:
        self.listed = listed
        self.namesakes = _kept_namesakes(folder / "gradebook.db")
        self._earlier = people_of_earlier_runs(folder)

    def join(self, read: Sequence[ToMark]) -> list[ToMark]:
        """The same notebooks, each with the learner whose it is."""
        self.namesakes |= _namesakes(read)
        return [self._joined(one) for one in read]

    def _joined(self, one: ToMark) -> ToMark:
        student = one.submission.student
        is_namesake = student.platform == MOODLE_EXPORT and student.id in self.namesakes
        student = student._replace(is_namesake=is_namesake)
        earlier = self._earlier.get(sign_of(one.submission.where))
        if earlier and not _is_told(student, self.listed):
            student = student._replace(id=earlier.id, name=earlier.name, platform="")
        else:
            student = join(student, self.listed)
        return replace(one, submission=replace(one.submission, student=student))

    def join_others(self, selection: Selection) -> Selection:
        """The same for the records of files that are not graded."""
        others = [self._joined_record(one) for one in selection.others]
        strangers = [self._joined_record(one) for one in selection.strangers]
        return replace(selection, others=others, strangers=strangers)

    def _joined_record(self, record: FileRecord) -> FileRecord:
        who = Who(record.student, record.name)
        student = join(as_handed_in(record.file, who, self.namesakes), self.listed)
        return replace(record, student=student.id, name=student.name)

    def keep(self, database: sqlite3.Connection) -> None:
        """Keep who shares their name, for the next time."""
        database.execute(NAMESAKES)
        kept = {number for (number,) in database.execute(READ_NAMESAKES)}
        numbers = [(number,) for number in sorted(self.namesakes - kept)]
        with database:
            database.executemany(KEEP_NAMESAKE, numbers)


def _namesakes(read: Iterable[ToMark]) -> set[str]:
    """Moodle's numbers of those who share name and sheet with others in one folder of an export."""
    numbers: dict[tuple[str, str, str], set[str]] = {}
    for one in read:
        student = one.submission.student
        if student.platform == MOODLE_EXPORT:
            before, _, _ = one.submission.where.partition(f"_{student.id}_assignsubmission")
            export = f"{one.submission.place} {before.rpartition('/')[0]}"
            key = (export, key_of_name(student.name), one.sheet.slug)
            numbers.setdefault(key, set()).add(student.id)
    shared = [found for found in numbers.values() if len(found) > 1]
    return set().union(*shared)


def _kept_namesakes(book: Path) -> set[str]:
    """Those of a gradebook, if there is one; whether it is one of ours is asked elsewhere."""
    if not book.exists():
        return set()
    with closing(schema.only_to_read(book)) as database:
        try:
            return {number for (number,) in database.execute(READ_NAMESAKES)}
        except sqlite3.DatabaseError:
            return set()
