"""The website's live pages: how long until a first result shows, beside a bare notebook there.

Cold is a browser that has never seen the site, warm one that has. The bare notebook stands in the
lesson's place and imports what the lesson will need, or nothing.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import browser
import website

from bench.timing import Row, write_table

COLUMNS = ("Page", "Visit", "First result", "Bare notebook, same imports", "Goal")
LESSONS = {
    "00-start-here": "",
    "06-the-grain-sum": "import ipywidgets, matplotlib.pyplot, pandas",
}
GOALS = {"cold": "at most 12 s", "warm": "at most 6 s"}
VISITS = 4  # the first is cold
FIRST = '\nprint("a first" + " result")'
SHOWN = "a first result"
PATIENCE = 120_000  # milliseconds


def measure() -> None:
    """Print and keep the table."""
    write_table("bench-site.md", f"warm: median of {VISITS - 1}", COLUMNS, _rows())


def _rows() -> Iterator[Row]:
    path = browser.browser_here()
    if not path:
        yield "live pages", browser.NO_BROWSER, "", "", ""
        return
    with browser.chromium(path) as chromium:
        for lesson, imports in LESSONS.items():
            ours = _visits(chromium, lesson, None)
            bare = _visits(chromium, lesson, imports)
            for visit, goal in GOALS.items():
                yield lesson, visit, f"{ours[visit]:.1f} s", f"{bare[visit]:.1f} s", goal


def _visits(chromium: object, lesson: str, imports: str | None) -> dict[str, float]:
    """Seconds to a first result, cold and warm.

    imports: of a bare notebook that is served in the lesson's place, or None for the lesson.
    """
    place = f"notebooks/{lesson}.ipynb"
    instead = {} if imports is None else {f"live/files/{place}": _bare(imports)}
    with (
        tempfile.TemporaryDirectory() as host,
        tempfile.TemporaryDirectory() as profile,
        website.served(Path(host), instead) as site,
    ):
        address = f"{site}/live/notebooks/index.html?path={place}"
        window = browser.Window(chromium, f"{site}/index.html", profile=Path(profile))
        cold, *warm = [_first_result(window, address) for _ in range(VISITS)]
        window.close()
    return {"cold": cold, "warm": statistics.median(warm)}


def _bare(imports: str) -> bytes:
    cell = {
        "cell_type": "code",
        "id": "bare",
        "metadata": {},
        "source": imports,
        "outputs": [],
        "execution_count": None,
    }
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    metadata = {"kernelspec": kernel, "language_info": {"name": "python"}}
    notebook = {"cells": [cell], "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(notebook).encode()


def _first_result(window: browser.Window, address: str) -> float:
    """Seconds from asking for a page to what its first cell prints."""
    page = window.context.new_page()
    begun = time.perf_counter()
    page.goto(address)
    page.locator(".jp-CodeCell .cm-content").first.click()
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(FIRST)
    page.keyboard.press("Shift+Enter")
    page.locator(".jp-OutputArea-output", has_text=SHOWN).wait_for(timeout=PATIENCE)
    taken = time.perf_counter() - begun
    page.close(run_before_unload=False)
    return taken
