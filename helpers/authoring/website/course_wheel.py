"""The course's own wheel: the learners' storey, its tables and questions beside it as at home."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path

from helpers.authoring.archive import zipped
from helpers.authoring.places import ROOT

VERSION = "0.1.0"
PACKAGE = "one-day-of-a-journal"
COURSE = "one_day_of_a_journal"
FILE = f"{COURSE}-{VERSION}-py3-none-any.whl"
INFO = f"{COURSE}-{VERSION}.dist-info"
METADATA = f"Metadata-Version: 2.1\nName: {PACKAGE}\nVersion: {VERSION}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: helpers site\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
DATA = ("seeds", "exercises/items", "exercises/rubrics")
INSTALLED = ROOT / "helpers/authoring/installed"
SETTINGS = "etc/ipython/ipython_config.json"  # in INSTALLED and beside Python
OTHER_STOREYS = ("authoring", "grading")


def write(folder: Path) -> Path:
    """Write the wheel into a folder. Returns its path."""
    files = dict(_contents())
    lines = [_recorded(file, content) for file, content in files.items()]
    record = f"{INFO}/RECORD"
    files[record] = "\n".join([*lines, f"{record},,"]).encode()
    path = folder / FILE
    path.write_bytes(zipped(files))
    return path


def _contents() -> Iterator[tuple[str, bytes]]:
    for file in [*_modules(), *_data()]:
        yield file.relative_to(ROOT).as_posix(), file.read_bytes()
    yield f"{COURSE}-{VERSION}.data/data/{SETTINGS}", _settings()
    yield f"{INFO}/METADATA", METADATA.encode()
    yield f"{INFO}/WHEEL", WHEEL.encode()


def _settings() -> bytes:
    """IPython's settings: cells are forgiving, and no module is looked for in the page's folder."""
    settings = json.loads((INSTALLED / SETTINGS).read_bytes())
    settings["InteractiveShellApp"]["ignore_cwd"] = True
    return json.dumps(settings).encode()


def _recorded(file: str, content: bytes) -> str:
    """A line of the wheel's record."""
    digest = hashlib.sha256(content).digest()
    encoded = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    return f"{file},sha256={encoded},{len(content)}"


def _modules() -> list[Path]:
    helpers = ROOT / "helpers"
    others = [helpers / storey for storey in OTHER_STOREYS]
    files = sorted(helpers.rglob("*.py"))
    return [file for file in files if not any(file.is_relative_to(other) for other in others)]


def _data() -> Iterator[Path]:
    for folder in DATA:
        yield from _files_in(ROOT / folder)


def _files_in(folder: Path) -> list[Path]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return sorted(files)
