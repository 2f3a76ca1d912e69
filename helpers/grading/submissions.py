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
MOODLE = re.compile(r"(?:^|/)(?P<name>[^/]+?)_(?P<id>\d+)_assignsubmission_(?P<kind>[a-z]+)_?(?:/.*)?(?P<file>[^/]*)$")
CANVAS = re.compile(r"(?:^|/)(?P<name>[^/_]+)(?:_LATE)?_(?P<id>\d+)_\d+_(?P<file>[^/]+)$")
SET_OF_CELL = re.compile(r"E(\d{1,2})-")
AGAIN = re.compile(r"(?:-| \(|-Copy)(\d{1,3})\)?$")  # Canvas adds -1 to the name of a file that comes again, browsers (1), JupyterLab -Copy1
OF_THE_COURSE = re.compile(r"\d\d-[a-z-]+|release|source|exercises|notebooks|my-work")  # folders that are no learner's name


class Refused(ValueError):
    """This file cannot be graded. The message is one line for the instructor."""


class Submission(NamedTuple):
    """One file. student: an id that can name a folder; name: as the platform gives it, or ""; where: the path as exported."""

    student: str
    name: str
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
        archive = zipfile.ZipFile(place)
        found = [(info.filename, lambda info=info: _some(archive.open(info))) for info in sorted(archive.infolist(), key=lambda info: info.filename)
                 if not info.is_dir()]
    else:
        raise Refused(f"{place.name} is neither a folder nor a zip. Give the zip or the folder that your learning platform exports.")
    for where, read in found:
        parts = PurePosixPath(where).parts
        if any(part.startswith((".", "__MACOSX")) for part in parts) or parts[-1] in BESIDES:
            continue
        student, name = whose(where)
        try:
            if not where.lower().endswith(".ipynb"):
                raise Refused("It is no notebook (.ipynb).")
            yield Submission(student, name, where, read())
        except Refused as refusal:
            yield Submission(student, name, where, b"", str(refusal))
        except (OSError, RuntimeError, NotImplementedError, zipfile.BadZipFile) as error:  # locked, damaged, packed in another way
            yield Submission(student, name, where, b"", f"This file cannot be read ({type(error).__name__}). Ask for it again.")


def whose(where: str) -> tuple[str, str]:
    """(id, name) of the learner, from the path of a file in an export."""
    for scheme in (MOODLE, CANVAS):
        if hit := scheme.search(where):
            return hit["id"], hit["name"]
    *folders, file = PurePosixPath(where).parts
    stem = AGAIN.sub("", file.removesuffix(".ipynb"))
    people = [folder for folder in folders if not OF_THE_COURSE.fullmatch(folder)]
    raw = people[-1] if people else re.sub(r"[\W_]*\d\d-[a-z-]+$", "", stem) or stem
    safe = re.sub(r"[^\w.@-]+", "_", raw).strip("._-")[:60]
    return (safe if safe == raw else f"{safe}-{hashlib.sha256(raw.encode('utf-8', 'replace')).hexdigest()[:6]}"), raw


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
        raise Refused(f"This notebook asks for a kernel for {language[:40]}, not for Python.")
    return read


def set_of(cells: list[dict], slugs: dict[str, str]) -> str:
    """Which set of exercises a notebook belongs to, by its cells and not by its name. slugs: by number. Raises Refused."""
    numbers = [hit[1].zfill(2) for cell in cells if (hit := SET_OF_CELL.match(cell["name"]))]
    known = [number for number in numbers if number in slugs]
    if not known:
        raise Refused("None of its cells belongs to an exercise of this course. It may be a lesson; ask for the file from my-work/exercises/release.")
    return slugs[max(set(known), key=known.count)]


def _language(metadata: dict) -> str:
    kernel, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    name = str(kernel.get("name", "python"))
    return str(kernel.get("language") or info.get("name") or ("python" if "python" in name else name)).lower()


def _cell(cell: dict) -> dict:
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    flags = cell.get("metadata", {}).get("nbgrader") or {}
    replies = [output["metadata"]["course"] for output in cell.get("outputs", [])
               if isinstance(output.get("metadata"), dict) and isinstance(output["metadata"].get("course"), dict)]
    return {"name": str(flags.get("grade_id") or cell.get("id", "")), "kind": str(cell["cell_type"]), "source": source, "replies": replies}


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
