"""In a browser alone, fetch a package when a cell says a word that needs it, and not before.

On a computer the packages are installed. On the course's website Python runs in the browser
(Pyodide) and fetches packages over the network; a page that draws no figure is not to wait for
matplotlib.
"""

from __future__ import annotations

import re
from typing import Any

from helpers import WORDS

BY_WORD = {"table": "pandas", "show": "pandas"}
BY_FOLDER = {"figures": "matplotlib", "widgets": "ipywidgets"}  # of the module that a word is in
SAID = re.compile(r"(?<![\w.])(\w+)\(")


def packages_for(source: str) -> list[str]:
    """The packages that the words of a cell need, each once."""
    needed = set()
    for word in SAID.findall(source):
        folder, _, _ = WORDS.get(word, "").partition(".")
        needed |= {BY_WORD.get(word), BY_FOLDER.get(folder)}
    return sorted(package for package in needed if package)


def fetch_when_needed() -> None:
    """Make the browser's kernel fetch what a cell needs before it runs it.

    Pyodide's kernel changes the lines of each cell in steps that may wait: `transform_cell` in
    `pyodide_kernel/litetransform.py` (version 0.8.6). Doing it twice does no harm.
    """
    from IPython.core.getipython import get_ipython

    shell: Any = get_ipython()
    steps = shell.kernel.lite_transform_manager.line_transforms
    if _fetch not in steps:
        steps.append(_fetch)


async def _fetch(lines: list[str]) -> list[str]:
    from pyodide.ffi import to_js
    from pyodide_js import loadPackage

    needed = packages_for("".join(lines))
    if needed:
        await loadPackage(to_js(needed))
    return lines
