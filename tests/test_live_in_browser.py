"""The live pages of the website: every cell of every lesson and sheet gives what is stored, no
other host is asked, and what a learner wrote is there again after the browser was killed.

Two pages are opened. The first one's kernel runs all lessons and sheets, one after the other.
"""

from __future__ import annotations

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import PATIENCE, Window
from course import DOOR, LESSONS, QUESTIONS, SOLVED, code_cells, flat, label, source

PAGE = "live/notebooks/index.html?path=notebooks/06-the-grain-sum.ipynb"
LONG = 4 * PATIENCE  # a browser that has to fetch and start Python, beside other tests
ERRORS = '[data-mime-type="application/vnd.jupyter.error"]'
STARTED = """() => {
    const page = window.jupyterapp?.shell.currentWidget;
    window.kernel = page?.sessionContext?.session?.kernel;
    return window.kernel?.status === 'idle';
}"""
SAVED = "() => !window.jupyterapp.shell.currentWidget.context.model.dirty"
RUN = """async ([code, patience]) => {
    const silent = Error('The kernel does not answer.');
    const late = new Promise((_, fail) => setTimeout(fail, patience, silent));
    const future = window.kernel.requestExecute({ code });
    const outputs = [];
    future.onIOPub = message => outputs.push({ kind: message.header.msg_type, ...message.content });
    await Promise.race([future.done, late]);
    return outputs;
}"""
AFRESH = "%reset -f"
SHOWN = ("display_data", "execute_result", "stream", "error")
DRAWN = re.compile(r"data:image/svg\+xml;base64,[A-Za-z0-9+/=]+")
WIDGET = "application/vnd.jupyter.widget-view+json"
WORDS = "What I wrote before the browser was killed."
ONE, OTHER, *_ = QUESTIONS["E6.1"].wrong
TRIED_AGAIN = f'from helpers import check; check("E6.1", {OTHER.when!r})'
FIELD = "Harvest against the limit, in percent"
WROTE = f"""from helpers import check, hand_in, keep
keep("06 does it add up", "{WORDS}")
check("E6.1", {ONE.when!r})
hand_in("Somebody", "{WORDS}", "")"""
ALL_DONE = """count => {
    const prompts = [...document.querySelectorAll('.jp-CodeCell .jp-InputPrompt')];
    const sign = document.querySelector('.jp-Notebook-ExecutionIndicator');
    return sign?.dataset.status === 'idle' && prompts.every(one => /[0-9]/.test(one.textContent))
        && Math.max(...prompts.map(one => parseInt(one.textContent.slice(1)))) >= count;
}"""


class Live:
    """The live page of 06, in a browser with a profile that outlives it."""

    def __init__(self, chromium: object, profile: Path, site: str) -> None:
        self.profile = profile
        self.window = Window(chromium, f"{site}/index.html", profile=profile)
        self.page = self.window.page
        self.page.goto(f"{site}/{PAGE}")
        self.window.until(STARTED, None, LONG)

    def run(self, code: str) -> list[dict[str, Any]]:
        """What the kernel of the page shows when it runs this."""
        return [one for one in self.page.evaluate(RUN, [code, LONG]) if one["kind"] in SHOWN]

    def says(self, code: str) -> str:
        """The same, as plain text."""
        return flat(" ".join(str(one.get("text") or one["data"]) for one in self.run(code)))

    def kill(self) -> None:
        """End the browser as when the power goes: no page is told."""
        lock = os.readlink(self.profile / "SingletonLock")  # ends in the number of its process
        os.kill(int(lock.rpartition("-")[2]), signal.SIGKILL)


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("profile")


@pytest.fixture(scope="module")
def live(chromium: object, profile: Path, site: str) -> Live:
    return Live(chromium, profile, site)


def comparable(output: dict[str, Any]) -> dict[str, str]:
    """An output by its types, less a figure's bytes and what only a running widget has."""
    data = output.get("data") or {output.get("name", "error"): output.get("text", output)}
    kinds = data.keys() - {WIDGET}
    return {kind: DRAWN.sub("", "".join(data[kind])) for kind in kinds}


@pytest.mark.parametrize("path", [*LESSONS, DOOR, *SOLVED], ids=label)
def test_every_cell_gives_what_is_stored(live: Live, path: Path) -> None:
    live.run(AFRESH)
    for cell in code_cells(path):
        shown = [comparable(output) for output in live.run(source(cell))]
        stored = [comparable(output) for output in cell["outputs"]]
        assert shown == stored, f"{label(path)}, cell {cell['id']}: live it gives something else."


def test_a_slip_gets_its_plain_line_here_too(live: Live) -> None:
    live.run(AFRESH)
    assert "Run the first cell of this page" in live.says("passage('B1.1')")
    assert "Put quotation marks around your words" in live.says("answer = two words")


def test_nothing_is_asked_of_another_host(live: Live) -> None:
    assert live.window.outside == []


@pytest.fixture(scope="module")
def again(live: Live, chromium: object, profile: Path, site: str) -> Iterator[Live]:
    """The same page after words were written and saved, and the browser was killed."""
    live.run(AFRESH)
    live.run(WROTE)
    cell = live.page.locator(".jp-CodeCell", has_text="does it add up").first
    cell.locator(".cm-content").click()
    live.page.keyboard.press("Control+a")
    live.page.keyboard.insert_text(f'keep("06 does it add up", "{WORDS}")')
    live.page.keyboard.press("Control+s")
    live.window.until(SAVED, None)
    live.kill()
    opened = Live(chromium, profile, site)
    yield opened
    opened.window.close()


def test_what_was_written_is_there_after_the_browser_was_killed(again: Live) -> None:
    cell = again.page.locator(".jp-CodeCell", has_text="does it add up").first
    assert WORDS in cell.text_content(), "The page has lost what was typed into it."
    assert WORDS in again.says("from helpers import kept; kept('06 does it add up')")
    assert "A step:" in again.says(TRIED_AGAIN), "The try before the restart is forgotten."
    assert WORDS in again.says("print(open('/drive/my-work/my-argument.html').read())")


def test_a_page_that_was_seen_before_has_asked_for_python_at_once(again: Live) -> None:
    (kernel,) = again.page.workers
    assert kernel.url.endswith("head-start-worker.mjs")
    again.page.evaluate("() => window.kernel.restart()")
    again.window.until(STARTED, None, LONG)
    assert "two" in again.says("print('two')")
    (kernel,) = again.page.workers
    assert "comlink.worker" in kernel.url, "A kernel that is started again is a new one."


def test_the_page_runs_from_the_top_and_its_widget_answers_the_keyboard(again: Live) -> None:
    again.page.get_by_role("menuitem", name="Run").click()
    again.page.get_by_text("Run All Cells", exact=True).click()
    count = again.page.locator(".jp-CodeCell").count()
    again.window.until(ALL_DONE, count, LONG)
    assert again.page.locator(ERRORS).count() == 0
    field = again.page.get_by_label(FIELD, exact=True)
    widget = again.page.locator(".jp-CodeCell").filter(has=field)
    row = again.page.locator(".jp-CodeCell tr", has_text="-10%").first
    field.focus()
    again.page.keyboard.press("Control+a")
    again.page.keyboard.type("-10")
    again.page.keyboard.press("Enter")
    for words in row.locator("td").all_inner_texts()[1:]:
        widget.get_by_role("status").get_by_text(words, exact=False).first.wait_for()
