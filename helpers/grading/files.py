"""The files of a folder or a zip: their names, and their bytes up to a limit.

Nothing is unpacked to the disk, followed or trusted. A zip inside is read in memory, and what it
may cost is bounded: its size, the number of its members, and all that comes out of it.
"""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from helpers.authoring.messages import Problem

NOTEBOOK = ".ipynb"
LARGEST = 10_000_000  # bytes of a notebook that is read; those of the course have less than 100,000
LARGEST_ZIP = 50_000_000  # bytes of a zip inside
MOST_UNPACKED = 100_000_000  # bytes that are read from one zip inside, whatever is packed in it
MOST_MEMBERS = 5_000  # of a zip inside
KNOWN_PACKING = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # others may ask for any memory
BEGINS_A_MEMBER = b"PK\x01\x02"  # in the directory of a zip
# What a file of a zip may meet: damaged, locked, packed in a way that is not known here.
UNREADABLE = (
    OSError,
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    NotImplementedError,
)


class Refused(ValueError):
    """This file cannot be graded. The message is one line for the instructor."""


@dataclass
class Budget:
    """How many bytes may still come out of a zip, with all that is packed in it."""

    left: int = MOST_UNPACKED

    def spend(self, size: int) -> None:
        """Raises Refused."""
        self.left -= size
        if self.left < 0:
            most = f"{MOST_UNPACKED // 1_000_000} MB"
            raise Refused(f"More than {most} come out of this zip. Ask for the notebook alone.")


@dataclass(frozen=True)
class File:
    """A file, by its path in the folder or zip. read: its bytes, at most so many.

    size: in bytes, of a member of a zip; no more than it says there comes out of it.
    """

    path: PurePosixPath
    read: Callable[[int], bytes]
    size: int = 0
    budget: Budget = field(default_factory=Budget)

    @property
    def is_notebook(self) -> bool:
        """Whether its name says so."""
        return self.path.suffix.lower() == NOTEBOOK

    @property
    def is_zip(self) -> bool:
        """Whether its name says so."""
        return self.path.suffix.lower() == ".zip"

    def content(self, most: int = LARGEST) -> bytes:
        """What it holds, whatever size it says it has. Raises Refused, or one of UNREADABLE."""
        content = self.read(most + 1)
        if len(content) > most:
            size = f"{most // 1_000_000} MB"
            advice = "A notebook of this course has less than one; ask for it without the rest."
            raise Refused(f"This file has more than {size}. {advice}")
        return content


def files_of(place: Path) -> list[File]:
    """The files of a folder or a zip. Raises Problem when the place is neither."""
    if place.is_dir():
        return list(_files_of_folder(place))
    if zipfile.is_zipfile(place):
        return _files_of_zip(place)
    advice = "Give the zip or the folder that your learning platform exports."
    raise Problem(f"{place.name} is neither a folder nor a zip. {advice}")


def files_inside(packed: File) -> list[File]:
    """The files of a zip that lies in a folder or in another zip.

    Raises Refused, or one of UNREADABLE.
    """
    content = packed.content(LARGEST_ZIP)
    count = content.count(BEGINS_A_MEMBER)
    if count > MOST_MEMBERS:
        advice = "Ask for the notebook alone."
        raise Refused(f"This zip holds more than {MOST_MEMBERS} files. {advice}")
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except ValueError as error:
        raise Refused("This zip is damaged. Ask for it again.") from error
    files = _members(archive, packed.budget)
    packed.budget.spend(sum(file.size for file in files if file.is_notebook or file.is_zip))
    return files


def _files_of_folder(place: Path) -> Iterator[File]:
    for path in sorted(place.rglob("*")):
        if path.is_symlink() or not path.is_dir():
            where = PurePosixPath(path.relative_to(place).as_posix())
            yield File(where, partial(_read_file, path))


def _files_of_zip(place: Path) -> list[File]:
    try:
        archive = zipfile.ZipFile(place)
    except (zipfile.BadZipFile, ValueError, OSError):
        raise Problem(f"{place.name} is a damaged zip. Download it again.") from None
    return _members(archive)


def _members(archive: zipfile.ZipFile, budget: Budget | None = None) -> list[File]:
    """Of several members with one name, the last."""
    members = {}
    for member in archive.infolist():
        if not member.is_dir():
            members[_path_in_zip(member.filename)] = member
    files = []
    for path, member in sorted(members.items(), key=lambda pair: pair[0]):
        read = partial(_read_member, archive, member)
        files.append(File(path, read, member.file_size, budget or Budget()))
    return files


def _path_in_zip(name: str) -> PurePosixPath:
    """From the top of the zip, also where Windows wrote its own strokes."""
    return PurePosixPath(name.replace("\\", "/").lstrip("/"))


def _read_file(path: Path, most: int) -> bytes:
    if path.is_symlink() or not path.is_file():
        raise Refused("This is a link or a device and no file, so it is not followed.")
    with path.open("rb") as file:
        return file.read(most)


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, most: int) -> bytes:
    if member.compress_type not in KNOWN_PACKING:
        raise Refused("It is packed in a way that is not read here. Ask for it as a common zip.")
    with archive.open(member) as file:
        return file.read(most)
