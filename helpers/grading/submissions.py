"""What was handed in: reads a folder or a zip as learning platforms export them, and says of each file whose it is.

Knows three naming schemes: Moodle's, Canvas's, and folders by learner as nbgrader has them. Nothing that was
handed in is unpacked, run or trusted here; the contents are read as bytes, up to a limit.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

LARGEST = 10_000_000  # bytes of a notebook that is read; those of the course have less than 100,000
MOST_CELLS = 2_000
BESIDES = ("timestamp.txt", "submission_secret.txt", "Thumbs.db", "desktop.ini")  # what exchanges and systems lay beside a notebook
MOODLE = re.compile(r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_[a-z]+")
CANVAS = re.compile(r"(?P<name>[^_]+)(?:_LATE)?_(?P<id>\d+)_\d+_.")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
SET_OF_CELL = re.compile(r"E(\d{1,2})-")
AGAIN = re.compile(r"(?:-| \(|-Copy)(\d{1,3})\)?$")  # Canvas adds -1 to the name of a file that comes again, browsers (1), JupyterLab -Copy1
OF_THE_COURSE = re.compile(r"\d\d-[a-z-]+|release|source|exercises|notebooks|my-work")  # folders that are no learner's name


class Refused(ValueError):
    """This file cannot be graded. The message is one line for the instructor."""


class Submission(NamedTuple):
    """One file. student: an id that can name a folder; name: as the platform gives it; where: the path as exported.

    by_folder: whether a folder says whose it is, which a learner who names files cannot choose.
    """

    student: str
    name: str
    by_folder: bool
    where: str
    content: bytes
    problem: str = ""

    @property
    def digest(self) -> str:
        return hashlib.sha256(self.content).hexdigest()


def submissions(place: Path) -> Iterator[Submission]:
    """Every file of a folder or a zip, in order. What cannot be read comes too, with its problem in one line.

    Raises Refused when the place itself is neither.
    """
    if place.is_dir():
        paths = sorted(path for path in place.rglob("*") if not path.is_dir() or path.is_symlink())
        found = [(path.relative_to(place).as_posix(), _reader(path)) for path in paths]
    elif zipfile.is_zipfile(place):
        try:
            archive = zipfile.ZipFile(place)
        except (zipfile.BadZipFile, ValueError, OSError):
            raise Refused(f"{place.name} is a damaged zip. Download it again.") from None
        members = {info.filename: info for info in archive.infolist() if not info.is_dir()}  # of several with one name, the last
        found = [(name, lambda info=info: _some(archive.open(info))) for name, info in sorted(members.items())]
    else:
        raise Refused(f"{place.name} is neither a folder nor a zip. Give the zip or the folder that your learning platform exports.")
    files = [(PurePosixPath(name), read) for name, read in found]
    files = [(path, read) for path, read in files if path.parts and path.name not in BESIDES
             and not any(part.startswith((".", "__MACOSX")) and part != ".." for part in path.parts)]
    exports = _exports([path for path, _ in files])
    for path, read in files:
        where = printable(str(path))
        student, name, by_folder = whose(path, path.parent in exports)
        try:
            if path.suffix.lower() != ".ipynb":
                raise Refused("It is no notebook (.ipynb).")
            yield Submission(student, name, by_folder, where, read())
        except Refused as refusal:
            yield Submission(student, name, by_folder, where, b"", str(refusal))
        except Exception as error:  # locked, damaged, packed in another way: a file may be anything
            yield Submission(student, name, by_folder, where, b"", f"This file cannot be read ({type(error).__name__}). Ask for it again.")


def _exports(paths: list[PurePosixPath]) -> set[PurePosixPath]:
    """The folders in which a platform named the files: the top, and those with files of several learners and no others."""
    ids: dict[PurePosixPath, set[str | None]] = {}
    for path in paths:
        hit = MOODLE.match(path.name) or CANVAS.match(path.name)
        ids.setdefault(path.parent, set()).add(hit["id"] if hit else None)
    return {PurePosixPath(".")} | {folder for folder, found in ids.items() if len(found) > 1 and None not in found}


def whose(path: PurePosixPath, named_by_a_platform: bool = True) -> tuple[str, str, bool]:
    """(id, name) of the learner, from the path of a file in an export; and whether a folder says so."""
    *folders, file = path.parts
    for folder in folders:
        if hit := MOODLE.match(folder):
            return *_safe(hit["id"], hit["name"]), True
    if named_by_a_platform and (hit := MOODLE.match(file) or CANVAS.match(file)):
        return *_safe(hit["id"], hit["name"]), False
    stem = AGAIN.sub("", file.removesuffix(".ipynb")[-200:])
    people = [folder for folder in folders if not OF_THE_COURSE.fullmatch(folder)]
    raw = people[-1] if people else re.sub(r"\d\d-[a-z-]+$", "", stem).rstrip("_- .") or stem
    return *_safe(raw, raw), bool(people)


def _safe(raw: str, name: str) -> tuple[str, str]:
    """An id that can name a folder, another for everybody, and a name that can be printed."""
    safe = re.sub(r"[^\w.@-]+", "_", raw).strip("._-")[:60]
    digest = hashlib.sha256(raw.encode("utf-8", "surrogatepass")).hexdigest()[:6]
    return (safe if safe == raw else f"{safe}-{digest}"), printable(name)[:200]


def printable(text: str) -> str:
    """One line that every file and every terminal can take; what cannot be shown stands there by its number."""
    whole = str(text).encode("utf-8", "surrogatepass").decode("utf-8", "backslashreplace")
    return CONTROL.sub(lambda hit: f"\\x{ord(hit[0]):02x}", whole)


def cells_of(content: bytes) -> list[dict]:
    """The cells of a notebook as plain data: id, kind, grade_id, source, and what replies the course left in it. Raises Refused."""
    try:
        book = json.loads(content.decode("utf-8-sig"))
        cells = book["cells"]
        language = _language(book.get("metadata", {}))
        if len(cells) > MOST_CELLS:
            raise Refused(f"This notebook has {len(cells)} cells; {MOST_CELLS} is the most that is read.")
        read = [_cell(cell) for cell in cells]
    except Refused:
        raise
    except (ValueError, RecursionError):
        raise Refused("This file is damaged, or it is no notebook: its content cannot be read as JSON. Ask for it again.") from None
    except (KeyError, TypeError, AttributeError):
        raise Refused("This is no notebook of the kind that JupyterLab saves (format 4). Ask for it again.") from None
    if language != "python":
        raise Refused(f"This notebook asks for a kernel for {printable(language[:40])}, not for Python.")
    return read


def set_of(cells: list[dict], slugs: dict[str, str]) -> str:
    """Which set of exercises a notebook belongs to, by its cells and not by its name. slugs: by number. Raises Refused."""
    numbers = [hit[1].zfill(2) for cell in cells if (hit := SET_OF_CELL.match(cell["name"]))]
    known = [number for number in numbers if number in slugs]
    if not known:
        raise Refused("None of its cells belongs to an exercise of this course. It may be a lesson; ask for the file from my-work/exercises/release.")
    return slugs[max(sorted(set(known)), key=known.count)]


def _language(metadata: dict) -> str:
    kernel, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    name = str(kernel.get("name", "python"))
    return str(kernel.get("language") or info.get("name") or ("python" if "python" in name else name)).lower()


def _cell(cell: dict) -> dict:
    source = (cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])).encode("utf-8", "replace").decode()
    flags = cell.get("metadata", {}).get("nbgrader") or {}
    replies = [output["metadata"]["course"] for output in cell.get("outputs", [])
               if isinstance(output.get("metadata"), dict) and isinstance(output["metadata"].get("course"), dict)]
    return {"name": printable(flags.get("grade_id") or cell.get("id", ""))[:80], "kind": str(cell["cell_type"]), "source": source, "replies": replies}


def _reader(path: Path) -> Callable[[], bytes]:
    def read() -> bytes:
        if path.is_symlink() or not path.is_file():
            raise Refused("This is a link or a device and no file, so it is not followed.")
        return _some(path.open("rb"))
    return read


def _some(file: object) -> bytes:
    """What a file holds, up to the limit, whatever size it says it has. Raises Refused beyond it."""
    with file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise Refused(f"This file has more than {LARGEST // 1_000_000} MB. A notebook of this course has less than one; ask for it without the rest.")
    return content
