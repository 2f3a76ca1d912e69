"""Whose a file is, by the names that learning platforms give to files and folders.

Three schemes are known: Moodle's, Canvas's, and a folder for each learner, as nbgrader has them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import NamedTuple

MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_[a-z]+")
CANVAS = re.compile(r"(?P<name>[^_]+)(?:_LATE)?_(?P<id>\d+)_\d+_.")
# Canvas adds -1 to the name of a file that comes again, browsers (1), JupyterLab -Copy1.
AGAIN = re.compile(r"(?:-| \(|-Copy)(\d{1,3})\)?$")
SLUG_AT_END = re.compile(r"(?:exercises-)?\d\d-[a-z-]+$")  # with the website's word before it
# Folders that are no learner's name.
OF_THE_COURSE = re.compile(r"\d\d-[a-z-]+|release|source|exercises|notebooks|my-work")
UNSAFE = re.compile(r"[^\w.@-]+")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_ID, LONGEST_NAME = 60, 200


class Student(NamedTuple):
    """Whose a file is. id: can name a folder. name: as the platform gives it.

    by_folder: whether a folder says so, which a learner who names files cannot choose.
    """

    id: str
    name: str
    by_folder: bool


def whose(path: PurePosixPath, named_by_platform: bool = True) -> Student:
    """Whose a file is, from its path in an export.

    named_by_platform: whether a platform gave the file its name.
    """
    *folders, file = path.parts
    for folder in folders:
        hit = MOODLE.match(folder)
        if hit:
            return _student(hit["id"], hit["name"], by_folder=True)
    hit = MOODLE.match(file) or CANVAS.match(file)
    if hit and named_by_platform:
        return _student(hit["id"], hit["name"], by_folder=False)
    people = [folder for folder in folders if not OF_THE_COURSE.fullmatch(folder)]
    if people:
        return _student(people[-1], people[-1], by_folder=True)
    name = _name_in_file(file)
    return _student(name, name, by_folder=False)


def named_folders(paths: Iterable[PurePosixPath]) -> set[PurePosixPath]:
    """The folders in which a platform named the files.

    These are the top, and each folder that holds files of several learners and no other files.
    """
    ids: dict[PurePosixPath, set[str | None]] = {}
    for path in paths:
        hit = MOODLE.match(path.name) or CANVAS.match(path.name)
        ids.setdefault(path.parent, set()).add(hit["id"] if hit else None)
    named = {PurePosixPath(".")}
    for folder, found in ids.items():
        if len(found) > 1 and None not in found:
            named.add(folder)
    return named


def place_in_time(where: str) -> tuple[int, str]:
    """What is handed in again has a number at the end of its name: exports have no other times."""
    again = AGAIN.search(where.removesuffix(".ipynb"))
    number = int(again[1]) if again else 0
    return number, where


def printable(text: str) -> str:
    """One line that every file and every terminal can take; the rest stands there by its number."""
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace")
    return CONTROL.sub(lambda hit: f"\\x{ord(hit[0]):02x}", whole)


def _name_in_file(file: str) -> str:
    """A name such as anna from anna_06-the-grain-sum (1).ipynb."""
    stem = AGAIN.sub("", file.removesuffix(".ipynb")[-LONGEST_NAME:])
    name = SLUG_AT_END.sub("", stem).rstrip("_- .")
    return name or stem


def _student(raw: str, name: str, by_folder: bool) -> Student:
    """An id that can name a folder, another one for everybody, and a name that can be printed."""
    id = UNSAFE.sub("_", raw).strip("._-")[:LONGEST_ID]
    if id != raw:
        digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()
        id = f"{id}-{digest[:6]}"
    return Student(id, printable(name)[:LONGEST_NAME], by_folder)
