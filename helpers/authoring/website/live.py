"""Live pages: JupyterLite with Pyodide, all of it on the site itself, nothing from other hosts."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from helpers import WORDS
from helpers.authoring.places import STATE, VENV
from helpers.authoring.settings import STYLE, overrides
from helpers.authoring.website import builders, course_wheel
from helpers.authoring.website.pages import Page, all_pages
from helpers.authoring.website.wheels import (
    CORE,
    Package,
    compiled_wheels,
    pure_wheels,
    pyodide_lock,
)

KERNEL = VENV / "share/jupyter/labextensions/@jupyterlite/pyodide-kernel-extension/static/pypi"
FIRST = ("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", "jedi")
# What the packages of the kernel and of ours need of each other, beyond what Pyodide's lock says.
NEEDS = {
    "comm": ["traitlets"],
    "ipython-pygments-lexers": ["pygments"],
    "piplite": ["micropip"],
    "pyodide-kernel": ["comm", "ipython"],
    "ipykernel": ["pyodide-kernel"],
    "ipywidgets": ["comm", "ipython", "traitlets", "ipykernel"],
    "one-day-of-a-journal": [],
    "course-figures": ["matplotlib"],
    "course-tables": ["pandas"],
    "course-fields": ["ipywidgets"],
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
BUILD = {"LiteBuildConfig": {"no_sourcemaps": True, "contents": ["files"]}}
# What a word needs is fetched with a page that says it, and with no other: by an empty module.
BY_MODULE = {"figures": "course_figures", "widgets": "course_fields"}
BY_WORD = {"table": "course_tables", "show": "course_tables"}
IMPORTED = re.compile(r"^from helpers import (.+)$", re.M)
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
        builders.lay(sources / "files" / page.place, _with_imports(page))
    builders.lay(sources / "files" / "my-work" / "about-this-folder.md", MY_WORK)
    builders.lay(sources / "jupyter-lite.json", json.dumps(SETTINGS, indent=1))
    builders.lay(sources / "jupyter_lite_config.json", json.dumps(BUILD, indent=1))
    builders.lay(sources / "overrides.json", json.dumps(overrides(Path(sys.executable)), indent=1))


def _lay_pyodide(folder: Path, files: Path) -> None:
    """Pyodide's core, the wheels, and a lock that names no others."""
    folder.mkdir(parents=True)
    for name in CORE:
        shutil.copy(files / name, folder)
    lock = pyodide_lock()
    known: dict[str, Package] = lock["packages"]
    packages: dict[str, Package] = {}
    for package in compiled_wheels(known):
        shutil.copy(files / package["file_name"], folder)
        packages[as_named(package["name"])] = package
    ours = [wheel.file for wheel in pure_wheels()]
    ours += [*sorted(KERNEL.glob("*.whl")), course_wheel.of_the_course(folder)]
    for module in sorted({*BY_MODULE.values(), *BY_WORD.values()}):
        ours.append(course_wheel.of_an_empty_module(folder, module))
    for file in ours:
        if file.parent != folder:
            shutil.copy(file, folder)
        package = _package(folder / file.name, known)
        packages[package["name"]] = package
    packages["ipython"]["depends"] += ["ipython-pygments-lexers"]
    lock["packages"] = dict(sorted(packages.items()))
    builders.lay(folder / "pyodide-lock.json", json.dumps(lock, indent=1))


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


def _with_imports(page: Page) -> str:
    """A page whose first cell also imports what its words will need: only that is fetched."""
    if page.file.suffix != ".ipynb":
        return page.text
    notebook: dict[str, Any] = json.loads(page.text)
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    words = ", ".join(IMPORTED.findall("\n".join(sources))).split(", ")
    needed = sorted(set(filter(None, map(needed_by, words))))
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if needed and cell["cell_type"] == "code" and IMPORTED.search(source):
            cell["source"] = f"{source}\nimport {', '.join(needed)}  # fetched for this page"
            break
    return json.dumps(notebook, ensure_ascii=False, indent=1)


def needed_by(word: str) -> str:
    """The empty module that lets the browser fetch what a word needs, or nothing."""
    package, _, _ = WORDS.get(word, "").partition(".")
    return BY_WORD.get(word) or BY_MODULE.get(package, "")


def _dress(folder: Path) -> None:
    """The look of `lab`, also here."""
    shutil.copy(STYLE, folder / "course.css")
    for page in folder.glob("*/index.html"):
        html = page.read_text(encoding="utf-8")
        page.write_text(html.replace("</head>", f"{STYLE_LINK}</head>", 1), encoding="utf-8")
