"""Pyodide's folder on the site: its core, the wheels, a lock that names no others, a head start."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.authoring.website import builders, course_wheel
from helpers.authoring.website.wheels import (
    CORE,
    LOCK,
    PYODIDE,
    Package,
    compiled_wheels,
    pure_wheels,
    pyodide_lock,
)

# A browser that kept an older version's core is not to mix it with this one's.
PLACE = f"static/pyodide-{PYODIDE}"
# What the packages of the kernel and of ours need of each other, beyond what Pyodide's lock says.
NEEDS = {
    "comm": ["traitlets"],
    # and not prompt-toolkit, which is for a terminal
    "ipython": [
        *("decorator", "ipython-pygments-lexers", "jedi", "matplotlib-inline"),
        *("pygments", "stack-data", "traitlets"),
    ],
    "ipython-pygments-lexers": ["pygments"],
    "piplite": ["micropip"],
    "pyodide-kernel": ["comm", "ipython"],
    "ipykernel": ["pyodide-kernel"],
    "ipywidgets": ["comm", "ipython", "traitlets", "ipykernel"],
    course_wheel.PACKAGE: [],
}
IMPORTS = {course_wheel.PACKAGE: ["helpers"]}
# Pyodide looks for a module in the folder of the page first. There each look asks the page itself,
# which answers in hundredths of a second; a start has some hundred of them.
LOOKS_INTO_THE_DRIVE = re.compile(r'\w+\.sys\.path\.insert\(0,""\),')
HEAD_START = Path(__file__).with_name("head-start.mjs")


def lay(folder: Path, files: Path, kernel: Path) -> None:
    """Lay the folder out. files: what `wheels.fetch` fetched. kernel: JupyterLite's own wheels.

    Raises Problem.
    """
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(files / name, folder)
    shutil.copy(HEAD_START, folder)
    _look_for_no_module_in_the_drive(folder / "pyodide.mjs")
    lock = pyodide_lock()
    known: dict[str, Package] = lock["packages"]
    packages: dict[str, Package] = {}
    for package in compiled_wheels(known):
        shutil.copy(files / package["file_name"], folder)
        packages[as_named(package["name"])] = package
    ours = [wheel.file for wheel in pure_wheels()]
    ours += [*sorted(kernel.glob("*.whl")), course_wheel.write(folder)]
    for file in ours:
        if file.parent != folder:
            shutil.copy(file, folder)
        package = _package(folder / file.name, known)
        packages[package["name"]] = package
    lock["packages"] = dict(sorted(packages.items()))
    builders.lay(folder / LOCK, json.dumps(lock, indent=1))


def _look_for_no_module_in_the_drive(loader: Path) -> None:
    """Let Python look for its modules where they are, and not among a learner's files."""
    script, found = LOOKS_INTO_THE_DRIVE.subn("", loader.read_text(encoding="utf-8"))
    if found != 1:
        raise Problem(f"{loader.name} is another one than this was written for.")
    loader.write_text(script, encoding="utf-8", newline="\n")


def as_named(name: str) -> str:
    """A package's name as locks have it: in small letters, with hyphens."""
    return name.replace("_", "-").lower()


def _package(file: Path, known: dict[str, Package]) -> Package:
    """A row of the lock for a wheel of pure Python."""
    stem, version, *_ = file.name.split("-")
    name = as_named(stem)
    needs: list[str] = NEEDS.get(name, [])
    if name in known and name not in NEEDS:
        needs = known[name]["depends"]
    return {
        "name": name,
        "version": version,
        "file_name": file.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": IMPORTS.get(name) or known.get(name, {}).get("imports", [stem]),
        "depends": list(needs),
        "unvendored_tests": False,
    }
