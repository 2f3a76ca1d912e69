"""What was handed in: every file of folders and zips, and whose it is, read as bytes up to a limit.

A zip inside is read too, to a small depth. What lies in a learner's zip is that learner's, whatever
it is called there.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from helpers.grading.files import NOTEBOOK, UNREADABLE, File, Refused, files_inside, files_of
from helpers.grading.naming import (
    Student,
    is_aside,
    learners_of,
    named_folders,
    printable,
    tables_of_instructor,
    whose,
)

DEEPEST = 2  # zips around a notebook, beneath the place that is graded
MOST_OF_ONE = 100  # notebooks in one learner's zip; the whole working copy has less than 30
REST = "(other files)"

NO_NOTEBOOK = "It is no notebook (.ipynb)."
NONE_INSIDE = "There is no notebook (.ipynb) in this zip."
OTHERS_INSIDE = "Files in this zip that are no notebooks, and so were left alone: {}."
TOO_DEEP = "This zip lies too deep in others. Ask for the notebook itself."
TOO_MANY = f"This zip holds more than {MOST_OF_ONE} notebooks. Ask for the one that is meant."
OF_SEVERAL = (
    "This zip holds notebooks of several learners, and lies in a folder that names one. "
    "Move it out of that folder, or grade it by itself."
)


@dataclass(frozen=True)
class Submission:
    """One file. where: its path as exported. problem: why it cannot be graded, or nothing.

    place: the folder or zip that was graded. within: the file's path in that place; another one
    than `where` if two places have one path. named: whose it is by that path alone.
    """

    student: Student
    where: str
    content: bytes
    problem: str = ""
    place: str = ""
    within: str = ""
    named: Student | None = None

    @cached_property
    def digest(self) -> str:
        """Another one for each content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_notebook(self) -> bool:
        """Whether its name says so, or that notebooks are packed in it."""
        return self.where.lower().endswith((NOTEBOOK, ".zip"))


@dataclass(frozen=True)
class Zip:
    """A zip inside. owner: whose all of it is; None where its members' names say that."""

    where: PurePosixPath
    student: Student
    owner: Student | None
    depth: int


def handed_in(*places: Path) -> Iterator[Submission]:
    """Every file of folders and zips, in order. What cannot be read comes too, with its problem.

    Of two files with one path in two places, the later is named with its place.
    Raises Problem when a place is neither a folder nor a zip.
    """
    seen: set[str] = set()
    for whole, place in {place.resolve(): place for place in places}.items():
        for submission in _of_place(place):
            where = _name_of_its_own(submission.where, place.name, seen)
            seen.add(where)
            yield replace(
                submission,
                where=where,
                place=str(whole),
                within=submission.where,
                named=submission.student,
            )


def _name_of_its_own(where: str, place: str, seen: set[str]) -> str:
    free = where
    number = 1
    while free in seen:
        free = f"{printable(place)}/{where}" if number == 1 else f"{place} ({number})/{where}"
        number += 1
    return free


def _of_place(place: Path) -> Iterator[Submission]:
    files = _without_tables(_without_leftovers(files_of(place)))
    named = named_folders(file.path for file in files)
    packed = []
    for file in files:
        student = whose(file.path, file.path.parent in named)
        if file.is_zip:
            packed.append((file, student))
        else:
            yield _submission(student, file.path, file)
    for file, student in packed:
        owner = student if student.platform or student.by_folder else None
        yield from _unpacked(file, Zip(file.path, student, owner, 1))


def _unpacked(packed: File, zip: Zip) -> Iterator[Submission]:
    """What a zip inside holds; or one line on why it cannot be read."""
    try:
        files = _without_leftovers(_inside(packed, zip))
        yield from _members(files, zip)
    except Refused as refusal:
        yield _problem(zip.student, zip.where, str(refusal))
    except UNREADABLE as error:
        yield _problem(zip.student, zip.where, _unreadable(error))


def _inside(packed: File, zip: Zip) -> list[File]:
    """Raises Refused, or one of UNREADABLE."""
    if zip.depth > DEEPEST:
        raise Refused(TOO_DEEP)
    files = files_inside(packed)
    owner = zip.owner
    if owner is None:
        files = _without_tables(files)
    if owner and not owner.platform and len(learners_of(file.path for file in files)) > 1:
        raise Refused(OF_SEVERAL)
    return files


def _members(files: Sequence[File], zip: Zip) -> Iterator[Submission]:
    """Raises Refused when there are too many of them, or none."""
    notebooks = [file for file in files if file.is_notebook]
    packed = [file for file in files if file.is_zip]
    others = [file for file in files if not (file.is_notebook or file.is_zip)]
    if zip.owner and len(notebooks + packed) > MOST_OF_ONE:
        raise Refused(TOO_MANY)
    if not (notebooks or packed):
        raise Refused(NONE_INSIDE)
    named = named_folders(file.path for file in files)
    for file in notebooks:
        student = zip.owner or _whose_inside(zip, file, named)
        yield _submission(student, zip.where / file.path, file)
    for file in packed:
        student = zip.owner or _whose_inside(zip, file, named)
        inner = Zip(zip.where / file.path, student, student, zip.depth + 1)
        yield from _unpacked(file, inner)
    if others:
        yield _problem(zip.student, zip.where / REST, OTHERS_INSIDE.format(len(others)))


def _whose_inside(zip: Zip, file: File, named: set[PurePosixPath]) -> Student:
    """By the names inside; where these say nothing, the zip is called after its learner."""
    around = PurePosixPath(zip.where.stem)
    return whose(around / file.path, file.path.parent in named)


def _submission(student: Student, path: PurePosixPath, file: File) -> Submission:
    try:
        if not file.is_notebook:
            raise Refused(NO_NOTEBOOK)
        return Submission(student, printable(str(path)), file.content())
    except Refused as refusal:
        return _problem(student, path, str(refusal))
    except UNREADABLE as error:
        return _problem(student, path, _unreadable(error))


def _problem(student: Student, path: PurePosixPath, problem: str) -> Submission:
    return Submission(student, printable(str(path)), b"", problem)


def _unreadable(error: Exception) -> str:
    return f"This file cannot be read ({type(error).__name__}). Ask for it again."


def _without_tables(files: Sequence[File]) -> list[File]:
    """The files without the instructor's own tables, such as a worksheet for grades."""
    tables = tables_of_instructor([file.path for file in files])
    return [file for file in files if file.path not in tables]


def _without_leftovers(files: Sequence[File]) -> list[File]:
    """The files of learners: the last of those with one path, without what systems leave behind."""
    found = {file.path: file for file in files if file.path.parts and not is_aside(file.path)}
    return list(found.values())
