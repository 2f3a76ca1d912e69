"""Wheels that are made here: the learners' storey, and one for each package that it asks for late.

The course's wheel has the tables and questions beside the modules, as in the folder. The others
hold an empty module each: a page that imports it lets the browser fetch the package, and nothing
runs before it is needed.
"""

from __future__ import annotations

import base64
import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from helpers.authoring.places import ROOT

VERSION = "0.1.0"
COURSE = "one_day_of_a_journal"
METADATA = "Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
WHEEL = "Wheel-Version: 1.0\nGenerator: helpers site\nRoot-Is-Purelib: true\nTag: py3-none-any\n"
DATA = ("seeds", "exercises/items", "exercises/rubrics")
OTHER_STOREYS = ("authoring", "grading")
ALWAYS = (2020, 1, 1, 0, 0, 0)  # the same time in every build, so that two builds are the same

Contents = Iterable[tuple[str, bytes]]


def of_the_course(folder: Path) -> Path:
    """Write the course's wheel into a folder."""
    return _write(folder, COURSE, _course())


def of_an_empty_module(folder: Path, name: str) -> Path:
    """Write a wheel with one module of that name, with nothing in it."""
    return _write(folder, name, [(f"{name}.py", b"")])


def _write(folder: Path, name: str, contents: Contents) -> Path:
    info = f"{name}-{VERSION}.dist-info"
    metadata = METADATA.format(name=name.replace("_", "-"), version=VERSION)
    about = [(f"{info}/METADATA", metadata.encode()), (f"{info}/WHEEL", WHEEL.encode())]
    path = folder / f"{name}-{VERSION}-py3-none-any.whl"
    record = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as wheel:
        for file, content in [*contents, *about]:
            _put(wheel, file, content)
            digest = base64.urlsafe_b64encode(hashlib.sha256(content).digest()).rstrip(b"=")
            record.append(f"{file},sha256={digest.decode()},{len(content)}")
        record.append(f"{info}/RECORD,,")
        _put(wheel, f"{info}/RECORD", "\n".join(record).encode())
    return path


def _course() -> Iterator[tuple[str, bytes]]:
    for file in [*_modules(), *_data()]:
        yield file.relative_to(ROOT).as_posix(), file.read_bytes()


def _modules() -> list[Path]:
    helpers = ROOT / "helpers"
    others = [helpers / storey for storey in OTHER_STOREYS]
    files = sorted(helpers.rglob("*.py"))
    return [file for file in files if not any(file.is_relative_to(other) for other in others)]


def _data() -> Iterator[Path]:
    for folder in DATA:
        yield from sorted(file for file in (ROOT / folder).rglob("*") if file.is_file())


def _put(wheel: zipfile.ZipFile, name: str, content: bytes) -> None:
    info = zipfile.ZipInfo(name, ALWAYS)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    wheel.writestr(info, content)
