"""Live pages: JupyterLite with Pyodide, all of it on the site itself, nothing from other hosts."""

from __future__ import annotations

import json
import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

from helpers.authoring.places import STATE, VENV
from helpers.authoring.settings import STYLE, overrides
from helpers.authoring.website import builders, course_wheel, pyodide
from helpers.authoring.website.pages import all_pages

EXTENSIONS = VENV / "share/jupyter/labextensions"
KERNEL = "@jupyterlite/pyodide-kernel-extension"
# What of JupyterLab's extensions learners need; none of the instructors'.
WANTED = (
    "@jupyter-notebook/lab-extension",
    "@jupyter-widgets/jupyterlab-manager",
    KERNEL,
    "jupyterlab_pygments",
)
FIRST = (
    *("micropip", "piplite", "ipykernel", "comm", "pyodide-kernel", "ipython", "jedi"),
    course_wheel.PACKAGE,  # its cells are forgiving from the start
)
MY_WORK = "Your notes and your argument are kept here, in this browser.\n"
SITE_NAME = "One Day of a Journal"
PYTHON = {
    "packages": list(FIRST),
    "env": {"HOME": "/home/pyodide", "COURSE_NOTES": "/drive/my-work/my-notes.json"},
}
SETTINGS = {
    "jupyter-lite-schema-version": 0,
    "jupyter-config-data": {
        "appName": SITE_NAME,
        "contentsStorageName": SITE_NAME,  # two courses on one host do not mix their files
        "litePluginSettings": {
            f"{KERNEL}:kernel": {
                "disablePyPIFallback": True,
                "pyodideUrl": f"./{pyodide.PLACE}/{pyodide.HEAD_START.name}",
                "loadPyodideOptions": PYTHON,
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
STYLE_LINK = '<link rel="stylesheet" href="../course.css">'
HERE = Path(__file__).parent
ASKS_AHEAD, WORKER = HERE / "head-start-page.js", HERE / "head-start-worker.mjs"
ASKS_AHEAD_LINK = f'<script src="../{ASKS_AHEAD.name}"></script>'
SAYS_WHAT_IS_IN_IT = re.compile(
    rf"""[.-][0-9a-f]{{7,}}\.\w+$          # JupyterLab's scripts: a part of their hash
      | ^(?!{course_wheel.COURSE}).+\.whl$  # packages: their version
      | ^(pyodide\.asm|python_stdlib)\.     # in a folder with their version
    """,
    re.VERBOSE,
)


def build(folder: Path, files: Path) -> None:
    """Build the live pages into a folder. files: what `wheels.fetch` fetched. Raises Problem."""
    with tempfile.TemporaryDirectory(dir=STATE) as aside:
        sources = Path(aside)
        _lay(sources)
        words = ["jupyterlite_core", "build", "--output-dir", str(folder)]
        builders.run(words, sources, "JupyterLite could not be built")
    pyodide.lay(folder / pyodide.PLACE, files, folder / "extensions" / KERNEL / "static/pypi")
    _give_a_head_start(folder)
    _dress(folder)
    _date(folder)


def _lay(sources: Path) -> None:
    """What JupyterLite builds the pages of."""
    for page in all_pages():
        builders.lay(sources / "files" / page.place, page.text)
    builders.lay(sources / "files" / "my-work" / "about-this-folder.md", MY_WORK)
    builders.lay(sources / "jupyter-lite.json", json.dumps(SETTINGS, indent=1))
    builders.lay(sources / "jupyter_lite_config.json", json.dumps(BUILD, indent=1))
    builders.lay(sources / "overrides.json", json.dumps(overrides(Path(sys.executable)), indent=1))


def _give_a_head_start(folder: Path) -> None:
    """Let the page of a notebook ask for Python at once, and not when JupyterLab does."""
    (kernel,) = folder.glob(f"extensions/{KERNEL}/static/comlink.worker.*.js")
    worker = WORKER.read_text(encoding="utf-8")
    worker = worker.replace("KERNEL", kernel.relative_to(folder).as_posix())
    worker = worker.replace("PYODIDE", pyodide.PLACE).replace("OPTIONS", json.dumps(PYTHON))
    builders.lay(folder / WORKER.name, worker)
    shutil.copy(ASKS_AHEAD, folder)
    page = folder / "notebooks" / "index.html"
    _put_into(page, "<head>", f"<head>{ASKS_AHEAD_LINK}")


def _dress(folder: Path) -> None:
    """The look of `lab`, also here."""
    shutil.copy(STYLE, folder / "course.css")
    for page in folder.glob("*/index.html"):
        _put_into(page, "</head>", f"{STYLE_LINK}</head>")


def _put_into(page: Path, mark: str, with_more: str) -> None:
    html = page.read_text(encoding="utf-8")
    page.write_text(html.replace(mark, with_more, 1), encoding="utf-8", newline="\n")


def _date(folder: Path) -> None:
    """Date what may change under its name by today, and the rest by the builders' one date.

    A browser asks seldom again for what is old. JupyterLite dates all alike, so that a lesson that
    was mended would not be seen for weeks.
    """
    for file in folder.rglob("*"):
        if SAYS_WHAT_IS_IN_IT.search(file.name):
            os.utime(file, (builders.DATE, builders.DATE))
        else:
            os.utime(file)
