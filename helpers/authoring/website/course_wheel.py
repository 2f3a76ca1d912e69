"""The course's own wheel: the learners' storey, its tables and questions beside it as at home."""

from __future__ import annotations

import base64
import hashlib
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from helpers.authoring.places import ROOT

VERSION = "0.1.0"
COURSE = "one_day_of_a_journal"
INFO = f"{COURSE}-{VERSION}.dist-info"
METADATA = f"Metadata-Version: 2.1\nName: one-day-of-a-journal\nVersion: {VERSION}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: helpers site\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
DATA = ("seeds", "exercises/items", "exercises/rubrics")
INSTALLED = ROOT / "helpers/authoring/installed"
SETTINGS = "etc/ipython/ipython_config.json"  # in INSTALLED and beside Python
OTHER_STOREYS = ("authoring", "grading")
ALWAYS = (2020, 1, 1, 0, 0, 0)  # the same time in every build, so that two builds are the same


def write(folder: Path) -> Path:
    """Write the wheel into a folder. Returns its path."""
    path = folder / f"{COURSE}-{VERSION}-py3-none-any.whl"
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file, content in _contents():
            _put(wheel, file, content)
            record.append(_recorded(file, content))
        record.append(f"{INFO}/RECORD,,")
        _put(wheel, f"{INFO}/RECORD", "\n".join(record).encode())
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


def _put(wheel: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, ALWAYS)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    wheel.writestr(info, content)
