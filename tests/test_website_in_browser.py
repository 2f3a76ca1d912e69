"""The website in a browser, below a path of its host: pages to read bar nobody, a live page runs,
keeps what is written, and nothing is asked of another host.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import partial
from html import unescape
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from browser import NARROW, PATIENCE, WIDE, Window
from course import flat
from promised import absent

from helpers.authoring.messages import Problem
from helpers.authoring.website import build, wheels

READ = (
    "index",
    "notebooks/06-the-grain-sum",
    "exercises/release/06-the-grain-sum/exercises-06-the-grain-sum",
)
LIVE = "live/notebooks/index.html?path=notebooks/06-the-grain-sum.ipynb"
KEPT = "Your words, kept: 06 does it add up"
IDLE = ".jp-Notebook-ExecutionIndicator[data-status=idle]"
DONE = """count => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
    const run = prompts.filter(prompt => /[0-9]/.test(prompt.textContent)).length;
    const sign = document.querySelector('.jp-Notebook-ExecutionIndicator');
    return sign?.dataset.status === 'idle' && run >= count;
}"""
ERRORS = '[data-mime-type="application/vnd.jupyter.error"]'
ALTS = "[...document.querySelectorAll('.jp-OutputArea-output img')].map(image => image.alt)"
ALT = re.compile(r'<img alt="([^"]*)"')
SHOWN = "[...document.querySelectorAll('.jp-OutputArea-output')].map(one => one.textContent)"
LONG = 4 * PATIENCE  # a browser that has to fetch and start Python, beside other tests


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder and says nothing."""

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site, below a path of its host."""
    folder = tmp_path_factory.mktemp("host")
    try:
        wheels.fetch()
    except Problem as problem:
        absent("website", str(problem))
    build.build(folder / "course", None)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/course"
    server.shutdown()


@pytest.fixture(scope="module")
def window(chromium: object, site: str) -> Iterator[Window]:
    opened = Window(chromium, f"{site}/index.html")
    yield opened
    opened.close()


@pytest.mark.parametrize("page", READ)
def test_a_page_to_read_bars_nobody_and_fits_a_narrow_window(
    window: Window, site: str, page: str
) -> None:
    window.page.set_viewport_size(NARROW)
    window.page.goto(f"{site}/{page}.html")
    width = window.page.evaluate("document.documentElement.scrollWidth")
    assert width <= NARROW["width"], f"{page} is {width} pixels wide, of {NARROW['width']}."
    window.page.set_viewport_size(WIDE)
    barriers = window.barriers()
    assert barriers == [], "\n".join(barriers)


@pytest.fixture(scope="module")
def live(window: Window, site: str) -> Window:
    """The live page of 06, run from the top."""
    window.page.goto(f"{site}/{LIVE}")
    window.page.wait_for_selector(IDLE, timeout=LONG)
    window.page.get_by_role("menuitem", name="Run").click()
    window.page.get_by_text("Run All Cells", exact=True).click()
    count = window.page.locator(".jp-CodeCell").count()
    window.until(DONE, count, LONG)
    return window


def stored() -> list[dict[str, str]]:
    """The stored outputs of 06, by their types."""
    path = Path(__file__).parents[1] / "notebooks/06-the-grain-sum.ipynb"
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    return [{kind: "".join(text) for kind, text in one["data"].items()} for one in outputs]


def test_a_live_page_runs_without_an_error_and_shows_what_is_stored(live: Window) -> None:
    assert live.page.locator(ERRORS).count() == 0
    alts = live.page.evaluate(ALTS)
    shown = flat(" ".join(live.page.evaluate(SHOWN)))
    for data in stored():
        html = data.get("text/html", "")
        missing = [alt for alt in map(unescape, ALT.findall(html)) if alt not in alts]
        assert missing == [], f"Not drawn on the live page: {missing}"
        plain = flat(data.get("text/plain", ""))
        if "<details" not in html and "widget" not in " ".join(data) and len(plain) < 90:
            assert plain in shown, f"Not on the live page: {plain}"


def test_nothing_is_asked_of_another_host(live: Window) -> None:
    assert live.outside == []


def test_what_is_kept_is_there_after_the_page_was_closed(live: Window, site: str) -> None:
    cell = live.page.locator(".jp-CodeCell", has_text="does it add up").first
    cell.locator(".cm-content").click()
    live.page.keyboard.press("Control+a")
    live.page.keyboard.insert_text(f'keep("06 does it add up", "{KEPT}")')
    live.page.keyboard.press("Shift+Enter")
    live.page.get_by_text("Kept.", exact=True).wait_for()
    live.page.close()
    another = live.context.new_page()
    another.goto(f"{site}/{LIVE}")
    another.wait_for_selector(IDLE, timeout=LONG)
    first = another.locator(".jp-CodeCell").first
    first.locator(".cm-content").click()
    another.keyboard.press("Control+a")
    another.keyboard.insert_text('from helpers import kept; kept("06 does it add up")')
    another.keyboard.press("Shift+Enter")
    another.get_by_text("You wrote under").wait_for(timeout=LONG)
    assert KEPT in first.inner_text()
