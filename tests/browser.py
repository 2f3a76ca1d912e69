"""A browser and JupyterLab as a learner uses them: menus, keys and what stands on the page.

The benchmarks use them too.
"""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from course import LESSONS, ROOT, cells, number_of
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import sync_playwright

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
BARRIERS = ROOT / "tests/barriers_not_ours.toml"
NOT_OURS = tomllib.loads(BARRIERS.read_text(encoding="utf-8"))["barrier"]
AUDIT = """async ([known, asked]) => {
    const isKnown = (id, target) => known.some(({rule, selector}) =>
        rule === id && document.querySelector(target.at(-1))?.closest(selector));
    const {violations} = await axe.run(document, {resultTypes: ["violations"], ...asked});
    return violations.flatMap(({id, impact, help, nodes}) =>
        nodes.filter(({target}) => !isKnown(id, target))
             .map(({html}) => `${id} (${impact}): ${help}: ${html.slice(0, 200)}`));
}"""
TWO_FRAMES = """() => new Promise(drawn =>
    requestAnimationFrame(() => requestAnimationFrame(() => drawn())))"""
UNSAFE = """output => {
    const tags = /^(script|iframe|object|embed|svg|form|input|style|link|base|meta)$/i;
    const acts = e => e.getAttributeNames().some(name => name.startsWith('on'));
    return [...output.querySelectorAll('*')].filter(e => tags.test(e.tagName) || acts(e))
        .map(e => e.outerHTML.slice(0, 200));
}"""
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
COUNTS = """[...document.querySelectorAll(panel + ' .jp-CodeCell .jp-InputPrompt')]
    .map(prompt => parseInt(prompt.textContent.slice(1)))"""
LAST = f"panel => Math.max(0, ...{COUNTS}.filter(Number))"
RUN = f"""([panel, last]) => {{
    const sign = document.querySelector(panel + ' .jp-Notebook-ExecutionIndicator');
    const counts = {COUNTS};
    return sign?.dataset.status === 'idle' && counts.every(Number) && Math.max(...counts) >= last;
}}"""
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = (
    "No Chromium on this machine, so nothing was tried in a browser. "
    "On Debian: sudo apt install chromium."
)
THEME = "body[data-jp-theme-name='JupyterLab {name}']"
PATIENCE = 45_000  # milliseconds; a machine that runs many tests at once can be slow for a while
SWITCHES = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
NETWORK = ("http", "https", "ws", "wss")
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}
# Figures, folded tables, fields, long tables: these lessons stand for all.
WITH_EVERY_KIND_OF_OUTPUT = [path for path in LESSONS if number_of(path) in ("02", "06", "09")]
# What axe is asked: all of it; all but colours, which a narrow window does not change and which
# take most of axe's time; colours alone, since a dark theme changes nothing else.
ALL: dict[str, object] = {}
PLACES = {"rules": {"color-contrast": {"enabled": False}}}
COLOURS = {"runOnly": ["color-contrast"]}


def browser_here() -> str | None:
    """The path of a Chromium or Chrome, if this machine has one."""
    return next(filter(None, map(shutil.which, BROWSERS)), None)


@contextmanager
def chromium(path: str) -> Iterator[object]:
    """A browser without a screen."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path,
            args=SWITCHES,
        )
        yield browser
        browser.close()


class Look(NamedTuple):
    """How a page is looked at."""

    theme: str
    size: dict[str, int]
    asked: dict[str, object]


WIDE_LOOK = Look("light", WIDE, ALL)
NARROW_LOOK = Look("light", NARROW, PLACES)
LOOKS = (WIDE_LOOK, NARROW_LOOK, Look("dark", WIDE, COLOURS))


class Window:
    """A window of the browser that notes what it asks of the network and which dialogs pop up.

    profile: where a browser that is opened again keeps what it knows.
    """

    def __init__(
        self, chromium: object, address: str, offline: bool = False, profile: Path | None = None
    ) -> None:
        self.outside, self.dialogs = [], []
        if profile:
            self.context = chromium.browser_type.launch_persistent_context(
                profile, executable_path=browser_here(), args=SWITCHES, viewport=WIDE
            )
        else:
            self.context = chromium.new_context(viewport=WIDE, offline=offline)
        self.context.set_default_timeout(PATIENCE)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("dialog", self._dismiss)
        self.page.goto(address)

    def _dismiss(self, dialog: object) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def _note(self, url: str) -> None:
        asked = urlsplit(url)
        if asked.scheme in NETWORK and asked.hostname not in ("127.0.0.1", "localhost"):
            self.outside.append(url)

    def close(self) -> None:
        self.context.close()

    def barriers(self, asked: dict[str, object] = ALL) -> list[str]:
        """What axe-core finds on the whole page, less what is known to be the work of others.

        What it finds is asked for once more before it is believed: for a moment after a window has
        changed its size or theme, JupyterLab's outputs are wider than their place.
        """
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found = self.page.evaluate(AUDIT, [NOT_OURS, asked])
        if found:
            self.page.evaluate(TWO_FRAMES)
            found = self.page.evaluate(AUDIT, [NOT_OURS, asked])
        return found

    def until(self, condition: str, arg: object, patience: int = PATIENCE) -> None:
        """Wait until the page meets a condition in JavaScript.

        Asks ten times a second, since asking takes the page's time.
        """
        self.page.wait_for_function(condition, arg=arg, timeout=patience, polling=100)


class Lab(Window):
    """JupyterLab in a window of its own."""

    def __init__(self, chromium: object, address: str) -> None:
        super().__init__(chromium, address)
        self.path = ""
        self.page.wait_for_selector(f"{PANEL} .jp-Cell")

    def menu(self, *names: str) -> None:
        """Choose from the menu bar, one name for each level."""
        for name in names:
            self.page.locator(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel").get_by_text(
                name, exact=True
            ).last.click()

    def open(self, path: str) -> None:
        """Open a notebook of the working copy, from its path."""
        self.path = path
        self.menu("File", "Open from Path…")
        self.page.get_by_placeholder("/path/relative/to/jlab/root").fill(path)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"{self._tab}.lm-mod-current")
        idle = f"{PANEL} .jp-Notebook-ExecutionIndicator[data-status=idle]"
        self._in_two_tries(lambda patience: self.page.wait_for_selector(idle, timeout=patience))
        self.page.wait_for_selector("#jp-left-stack")  # this dialog unfolds the list of files
        self.page.keyboard.press("Control+b")
        self.page.wait_for_selector("#jp-left-stack", state="hidden")

    @property
    def _tab(self) -> str:
        return f'.lm-TabBar-tab[title*="{self.path}"]'

    def _in_two_tries(
        self, step: Callable[[int], object], between: Callable[[], None] | None = None
    ) -> None:
        """Do a step that needs the kernel.

        Now and then it never answers, as when another program has taken one of its ports; then
        restart it and do the step again, as a person would.
        between: what the second try needs after the restart.
        """
        try:
            step(PATIENCE)
        except PlaywrightTimeout:
            self.restart()
            if between:
                between()
            try:
                step(PATIENCE)
            except PlaywrightTimeout:
                status = self.page.locator(f"{PANEL} .jp-Notebook-ExecutionIndicator").evaluate_all(
                    "found => found.map(e => e.outerHTML.slice(0, 200))"
                )
                prompts = self.page.locator(
                    f"{PANEL} .jp-CodeCell .jp-InputPrompt"
                ).all_text_contents()
                said = self.page.locator(".jp-Dialog, .jp-toastContainer").all_inner_texts()
                raise AssertionError(
                    f"{self.path}: the kernel does not answer: {status} {prompts} {said}"
                ) from None

    def restart(self) -> None:
        """Restart the kernel, so that it forgets what it knew, and clear what it said."""
        self.menu("Kernel", "Restart Kernel and Clear Outputs of All Cells…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_selector(".jp-Dialog", state="detached")

    def shut(self) -> None:
        """Save the notebook, close it and stop its kernel."""
        self.menu("File", "Save Notebook")
        self.menu("File", "Close and Shut Down Notebook…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        # A page that is still closing would be taken for the next one.
        self.page.wait_for_selector(self._tab, state="detached")

    def run_all(self) -> None:
        """Run the page from the top, once JupyterLab has drawn all of it.

        It draws long pages bit by bit, between the frames of the window, so each frame is waited
        for; without a screen there would be few of them otherwise.
        """
        drawn = (
            "([panel, count]) => document.querySelectorAll(panel + ' .jp-Cell').length === count"
        )
        self.page.wait_for_function(drawn, arg=[PANEL, len(cells(ROOT / self.path))])
        self._in_two_tries(
            lambda patience: (
                self.menu("Run", "Run All Cells"),
                self.until(RUN, [PANEL, 1], patience),
            )
        )

    def errors(self) -> list[str]:
        """The texts of outputs that are errors or warnings."""
        kinds = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
        return self.page.locator(
            ", ".join(f'{PANEL} [data-mime-type="{kind}"]' for kind in kinds)
        ).all_inner_texts()

    def has_theme(self, name: str) -> bool:
        """Whether the page is drawn in this theme."""
        return self.page.locator(THEME.format(name=name.title())).count() > 0

    def theme(self, name: str) -> None:
        """Choose a theme, unless the page has it."""
        if not self.has_theme(name):
            self.menu("Settings", "Theme", f"JupyterLab {name.title()}")
            self.page.wait_for_selector(THEME.format(name=name.title()), state="attached")

    def cells(self) -> object:
        return self.page.locator(f"{PANEL} .jp-Cell")

    def cell(self, words: str) -> object:
        """The first code cell with these words in it."""
        return self.page.locator(
            f"{PANEL} .jp-CodeCell", has=self.page.locator(".cm-content", has_text=words)
        ).first

    def run(self, patience: int = PATIENCE) -> None:
        """Run the selected code cell and go to the next."""
        last = self.page.evaluate(LAST, PANEL)
        self.page.keyboard.press("Shift+Enter")
        self.until(RUN, [PANEL, last + 1], patience)

    def write(self, cell: object, words: str) -> None:
        """Write into a cell of a page that was run, by keyboard, and run it."""
        self._in_two_tries(lambda patience: self._write(cell, words, patience), self.run_all)

    def _write(self, cell: object, words: str, patience: int) -> None:
        cell.focus()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)
        self.run(patience)
