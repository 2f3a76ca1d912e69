"""Whose a file is, by the names that learning platforms give to files and folders.

Three schemes are known: Moodle's, Canvas's, and a folder for each learner, as nbgrader has them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable
from pathlib import Path, PurePosixPath
from typing import NamedTuple

MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_(?P<plugin>assignsubmission_[a-z]+)")
CANVAS = re.compile(r"(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)_\d+_.")
# Where Canvas hides names; the code is another one for each assignment.
CANVAS_HIDDEN = re.compile(r"(?P<late>LATE_)?anon_(?P<id>[^_]+)_\d+_.")
HIDDEN_ID = "anon-{}"
# Canvas adds -1 to the name of a file that comes again, browsers (1), JupyterLab -Copy1.
AGAIN = re.compile(r"(?:-| \(|-Copy)(\d{1,3})\)?$")
SLUG_AT_END = re.compile(r"(?:exercises-)?\d\d-[a-z-]+$")  # with the website's word before it
# Folders that are no learner's name.
OF_THE_COURSE = re.compile(r"\d\d-[a-z-]+|release|source|exercises|notebooks|my-work")
UNSAFE = re.compile(r"[^\w.@-]+")
# Names that Windows keeps for devices, whatever stands after a point.
DEVICE = re.compile(r"(con|prn|aux|nul|conin|conout|(com|lpt)[0-9¹²³])(\..*)?", re.I)
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
LONGEST_ID, LONGEST_NAME = 60, 200
# What exchanges and systems lay beside a notebook, and folders in which they keep what is theirs.
BESIDES = ("timestamp.txt", "submission_secret.txt", "Thumbs.db", "desktop.ini")
OF_SYSTEMS = re.compile(
    r"__MACOSX|\.ipynb_checkpoints|\.(git|venv|state|idea|vscode|cache|ipython|jupyter|local)"
    r"|\.(Trash.*|Trashes|TemporaryItems|fseventsd|Spotlight-V100)"
)
MOODLE_EXPORT, CANVAS_EXPORT = "Moodle", "Canvas"  # what a platform is called
PACKED = (".ipynb", ".zip")  # what a learner may have handed in as a notebook
TABLE = ".csv"


class Student(NamedTuple):
    """Whose a file is. id: can name a folder. name: as the platform gives it.

    by_folder: whether a folder says so, which a learner who names files cannot choose.
    platform: whose names for files these are, or nothing. Moodle's id is another one for each
    assignment. is_namesake: whether another learner of the same assignment bears the same name.
    """

    id: str
    name: str
    by_folder: bool
    platform: str = ""
    is_namesake: bool = False


def named_in(part: str) -> Student | None:
    """The learner whom a platform wrote into one part of a path; None where it wrote none."""
    hit = MOODLE.match(part)
    if hit:
        return _student(hit["id"], hit["name"], by_folder=False, platform=MOODLE_EXPORT)
    hit = CANVAS_HIDDEN.match(part)
    if hit:
        id = HIDDEN_ID.format(hit["id"])
        return _student(id, id, by_folder=False, platform=CANVAS_EXPORT)
    hit = CANVAS.match(part)
    if hit:
        return _student(hit["id"], hit["name"], by_folder=False, platform=CANVAS_EXPORT)
    return None


def whose(path: PurePosixPath, named_by_platform: bool = True) -> Student:
    """Whose a file is, from its path in an export, or in a zip there that a platform named.

    named_by_platform: whether a platform gave the file its name.
    """
    *folders, file = path.parts
    for folder in folders:
        named = named_in(folder)
        if named and named.platform == MOODLE_EXPORT:
            return named._replace(by_folder=True)
        if named and folder.lower().endswith(".zip"):
            return named
    named = named_in(file)
    if named and named_by_platform:
        return named
    people = [folder for folder in folders if not OF_THE_COURSE.fullmatch(folder)]
    if people:
        return _student(people[-1], people[-1], by_folder=True)
    name = _name_in_file(file)
    return _student(name, name, by_folder=False)


def named_folders(paths: Iterable[PurePosixPath]) -> set[PurePosixPath]:
    """The folders in which a platform named the files.

    These are the top, and each folder that holds notebooks of several learners and no others.
    """
    ids: dict[PurePosixPath, set[str | None]] = {}
    for path in paths:
        if path.suffix.lower() in PACKED:
            named_for = named_in(path.name)
            ids.setdefault(path.parent, set()).add(named_for.id if named_for else None)
    named = {PurePosixPath(".")}
    for folder, found in ids.items():
        if len(found) > 1 and None not in found:
            named.add(folder)
    return named


def tables_of_instructor(paths: Collection[PurePosixPath]) -> set[PurePosixPath]:
    """The CSV files among these that lie beside what a platform named, and that it did not name."""
    beside = {PurePosixPath(".")}
    for path in paths:
        for part in (path, *path.parents):
            if named_in(part.name):
                beside.add(part.parent)
    found = set()
    for path in paths:
        is_named = any(map(named_in, path.parts))
        if path.suffix.lower() == TABLE and path.parent in beside and not is_named:
            found.add(path)
    return found


def learners_of(paths: Iterable[PurePosixPath]) -> set[str]:
    """The ids of learners that a platform wrote into these names."""
    found = set()
    for path in paths:
        student = whose(path)
        if student.platform:
            found.add(f"{student.platform} {student.id}")
    return found


def platform_of(where: str) -> tuple[str, str]:
    """The platform that named a file, and its number for the learner; or nothing."""
    student = whose(PurePosixPath(where))
    return (student.platform, student.id) if student.platform else ("", "")


def zip_around(where: str) -> str:
    """The path of the zip inside in which a file lies and with which it was handed in, if any."""
    end = where.lower().find(".zip/")
    return where[: end + len(".zip")] if end >= 0 else ""


def is_aside(path: PurePosixPath) -> bool:
    """Whether a file is no learner's: laid there by a system. A hidden notebook is a learner's."""
    *folders, name = path.parts
    if name in BESIDES or name.startswith("._"):
        return True
    if any(OF_SYSTEMS.fullmatch(folder) for folder in folders):
        return True
    is_hidden = any(part.startswith(".") and part not in ("..", ".") for part in path.parts)
    return is_hidden and path.suffix.lower() not in PACKED


def place_in_time(where: str) -> tuple[int, str]:
    """What is handed in again has a number at the end of its name: exports have no other times."""
    again = AGAIN.search(where.removesuffix(".ipynb"))
    number = int(again[1]) if again else 0
    return number, where


def number_of_download(place: str, where: str) -> int:
    """The number that a browser, or a learner, gave to a zip or a folder that came again; else 0.

    place: the folder or zip that was graded. where: a file's path in it.
    """
    packed = PurePosixPath(zip_around(where)).parts
    found = 0
    for part in (Path(place).name, *packed):
        again = AGAIN.search(part.removesuffix(".zip"))
        if again and not named_in(part):
            found = max(found, int(again[1]))
    return found


def printable(text: str) -> str:
    """One line that every file and every terminal can take; the rest stands there by its number."""
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace")
    return CONTROL.sub(lambda hit: f"\\x{ord(hit[0]):02x}", whole)


def lateness(where: str) -> str:
    """Whether a file came late, as far as its path as exported tells: Canvas's names do.

    Moodle's do not; there it stands in the assignment's grading worksheet.
    """
    if platform_of(where)[0] == MOODLE_EXPORT:
        return "see Moodle's worksheet"
    for part in PurePosixPath(where).parts:
        hit = CANVAS_HIDDEN.match(part) or CANVAS.match(part)
        if hit:
            return "late" if hit["late"] else "on time"
    return "not known"


def _name_in_file(file: str) -> str:
    """A name such as anna from anna_06-the-grain-sum (1).ipynb."""
    stem = AGAIN.sub("", file.removesuffix(".ipynb")[-LONGEST_NAME:])
    name = SLUG_AT_END.sub("", stem).rstrip("_- .")
    return name or stem


def safe_id(raw: str) -> str:
    """An id that can name a folder, another one for everybody."""
    id = UNSAFE.sub("_", raw).strip("._-")[:LONGEST_ID]
    if DEVICE.fullmatch(id):
        id = id.replace(".", "_")
        return f"{id}-{_sum(raw)}"
    if id != raw:
        id = f"{id}-{_sum(raw)}"
    return id


def _sum(raw: str) -> str:
    """A few signs, others for each text."""
    return hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:6]


def _student(raw: str, name: str, by_folder: bool, platform: str = "") -> Student:
    """With a name that can be printed."""
    return Student(safe_id(raw), printable(name)[:LONGEST_NAME], by_folder, platform)
