"""Live pages: JupyterLite with Pyodide, all of it on the site itself, nothing from other hosts."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.authoring.places import STATE, VENV
from helpers.authoring.settings import STYLE, overrides
from helpers.authoring.website import builders, course_wheel
from helpers.authoring.website.pages import all_pages
from helpers.authoring.website.wheels import (
    CORE,
    Package,
    compiled_wheels,
    pure_wheels,
    pyodide_lock,
)

EXTENSIONS = VENV / "share/jupyter/labextensions"
KERNEL = EXTENSIONS / "@jupyterlite/pyodide-kernel-extension/static/pypi"
# What of JupyterLab's extensions learners need; none of the instructors'.
WANTED = (
    "@jupyter-notebook/lab-extension",
    "@jupyter-widgets/jupyterlab-manager",
    "@jupyterlite/pyodide-kernel-extension",
    "jupyterlab_pygments",
)
FIRST = (
    *("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", "jedi"),
    "one-day-of-a-journal",  # its cells are forgiving from the start
)
# What the packages of the kernel and of ours need of each other, beyond what Pyodide's lock says.
NEEDS = {
    "comm": ["traitlets"],
    "ipython-pygments-lexers": ["pygments"],
    "piplite": ["micropip"],
    "pyodide-kernel": ["comm", "ipython"],
    "ipykernel": ["pyodide-kernel"],
    "ipywidgets": ["comm", "ipython", "traitlets", "ipykernel"],
    "one-day-of-a-journal": [],
}
IMPORTS = {"one-day-of-a-journal": ["helpers"]}
MY_WORK = "Your notes and your argument are kept here, in this browser.\n"
SITE_NAME = "One Day of a Journal"
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": SITE_NAME,
        "contentsStorageName": SITE_NAME,  # two courses on one host do not mix their files
        "litePluginSettings": {
            "@jupyterlite/pyodide-kernel-extension:kernel": {
                "disablePyPIFallback": True,
                "loadPyodideOptions": {
                    "packages": list(FIRST),
                    "env": {
                        "HOME": "/home/pyodide",
                        "COURSE_NOTES": "/drive/my-work/my-notes.json",
                    },
                },
            }
        },
    },
}
BUILD = {
    "LiteBuildConfig": {
        "no_sourcemaps": True,
        "contents": ["files"],
        "ignore_sys_prefix": ["federated_extensions"],
        "federated_extensions": [str(EXTENSIONS / name) for name in WANTED],
    }
}
# Pyodide looks for a module in the folder of the page first. There each look asks the page itself,
# which answers in hundredths of a second; a start has some hundred of them.
LOOKS_INTO_THE_DRIVE = re.compile(r'\w+\.sys\.path\.insert\(0,""\),')
STYLE_LINK = '<link rel="stylesheet" href="../course.css">'


def build(folder: Path, files: Path) -> None:
    """Build the live pages into a folder. files: what `wheels.fetch` fetched. Raises Problem."""
    with tempfile.TemporaryDirectory(dir=STATE) as aside:
        sources = Path(aside)
        _lay(sources, files)
        words = ["jupyterlite_core", "build", "--output-dir", str(folder)]
        builders.run(words, sources, "JupyterLite could not be built")
    _dress(folder)


def _lay(sources: Path, files: Path) -> None:
    """What JupyterLite builds the pages of."""
    _lay_pyodide(sources / "static" / "pyodide", files)
    for page in all_pages():
        builders.lay(sources / "files" / page.place, page.text)
    builders.lay(sources / "files" / "my-work" / "about-this-folder.md", MY_WORK)
    builders.lay(sources / "jupyter-lite.json", json.dumps(SETTINGS, indent=1))
    builders.lay(sources / "jupyter_lite_config.json", json.dumps(BUILD, indent=1))
    builders.lay(sources / "overrides.json", json.dumps(overrides(Path(sys.executable)), indent=1))


def _lay_pyodide(folder: Path, files: Path) -> None:
    """Pyodide's core, the wheels, and a lock that names no others."""
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(files / name, folder)
    _look_for_no_module_in_the_drive(folder / "pyodide.mjs")
    lock = pyodide_lock()
    known: dict[str, Package] = lock["packages"]
    packages: dict[str, Package] = {}
    for package in compiled_wheels(known):
        shutil.copy(files / package["file_name"], folder)
        packages[as_named(package["name"])] = package
    ours = [wheel.file for wheel in pure_wheels()]
    ours += [*sorted(KERNEL.glob("*.whl")), course_wheel.write(folder)]
    for file in ours:
        if file.parent != folder:
            shutil.copy(file, folder)
        package = _package(folder / file.name, known)
        packages[package["name"]] = package
    packages["ipython"]["depends"] += ["ipython-pygments-lexers"]
    lock["packages"] = dict(sorted(packages.items()))
    builders.lay(folder / "pyodide-lock.json", json.dumps(lock, indent=1))


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


def _dress(folder: Path) -> None:
    """The look of `lab`, also here."""
    shutil.copy(STYLE, folder / "course.css")
    for page in folder.glob("*/index.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace("</head>", f"{STYLE_LINK}</head>", 1), encoding="utf-8")
