"""What was handed in: every file of a folder or a zip, read as bytes up to a limit.

Nothing that was handed in is unpacked, followed or trusted.
"""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path, PurePosixPath
from typing import IO

from helpers.authoring.messages import Problem
from helpers.grading.naming import Student, named_folders, printable, whose

LARGEST = 10_000_000  # bytes of a notebook that is read; those of the course have less than 100,000
NOTEBOOK = ".ipynb"
# What exchanges and systems lay beside a notebook.
BESIDES = ("timestamp.txt", "submission_secret.txt", "Thumbs.db", "desktop.ini")
HIDDEN = (".", "__MACOSX")
# What a file of a zip may meet: damaged, locked, packed in a way that is not known here.
UNREADABLE = (OSError, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, NotImplementedError)
Read = Callable[[], bytes]


class Refused(ValueError):
    """This file cannot be graded. The message is one line for the instructor."""


@dataclass(frozen=True)
class Submission:
    """One file. where: its path as exported. problem: why it cannot be graded, or nothing."""

    student: Student
    where: str
    content: bytes
    problem: str = ""

    @cached_property
    def digest(self) -> str:
        """Another one for each content."""
        return hashlib.sha256(self.content).hexdigest()

    @property
    def is_notebook(self) -> bool:
        """Whether its name says so."""
        return self.where.lower().endswith(NOTEBOOK)


def handed_in(place: Path) -> Iterator[Submission]:
    """Every file of a folder or a zip, in order. What cannot be read comes too, with its problem.

    Raises Problem when the place is neither a folder nor a zip.
    """
    files: dict[PurePosixPath, Read] = {}
    for name, read in _files(place):
        path = PurePosixPath(name)
        if path.parts and not _is_aside(path):
            files[path] = read
    named = named_folders(files)
    for path, read in files.items():
        student = whose(path, path.parent in named)
        yield _submission(student, path, read)


def _submission(student: Student, path: PurePosixPath, read: Read) -> Submission:
    where = printable(str(path))
    content = b""
    problem = ""
    try:
        if path.suffix.lower() != NOTEBOOK:
            raise Refused("It is no notebook (.ipynb).")
        content = read()
    except Refused as refusal:
        problem = str(refusal)
    except UNREADABLE as error:
        problem = f"This file cannot be read ({type(error).__name__}). Ask for it again."
    return Submission(student, where, content, problem)


def _files(place: Path) -> Iterator[tuple[str, Read]]:
    """The name of each file of a folder or a zip, and how it is read. Raises Problem."""
    if place.is_dir():
        return _files_of_folder(place)
    if zipfile.is_zipfile(place):
        return _files_of_zip(place)
    advice = "Give the zip or the folder that your learning platform exports."
    raise Problem(f"{place.name} is neither a folder nor a zip. {advice}")


def _files_of_folder(place: Path) -> Iterator[tuple[str, Read]]:
    for path in sorted(place.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            yield path.relative_to(place).as_posix(), partial(_read_file, path)


def _files_of_zip(place: Path) -> Iterator[tuple[str, Read]]:
    """Of several members with one name, the last."""
    try:
        archive = zipfile.ZipFile(place)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Problem(f"{place.name} is a damaged zip. Download it again.") from None
    members = {}
    for member in archive.infolist():
        if not member.is_dir():
            members[member.filename] = member
    for name in sorted(members):
        yield name, partial(_read_member, archive, members[name])


def _is_aside(path: PurePosixPath) -> bool:
    """Whether a file is no learner's: hidden, or laid there by a system."""
    if path.name in BESIDES:
        return True
    return any(part.startswith(HIDDEN) and part != ".." for part in path.parts)


def _read_file(path: Path) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise Refused("This is a link or a device and no file, so it is not followed.")
    with path.open("rb") as file:
        return _read_some(file)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    with archive.open(member) as file:
        return _read_some(file)


def _read_some(file: IO[bytes]) -> bytes:
    """What a file holds, whatever size it says it has. Raises Refused beyond the limit."""
    content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        size = f"{LARGEST // 1_000_000} MB"
        advice = "A notebook of this course has less than one; ask for it without the rest."
        raise Refused(f"This file has more than {size}. {advice}")
    return content
