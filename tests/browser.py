"""A browser and JupyterLab as a learner uses them: menus, keys and what stands on the page."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from urllib.parse import urlsplit

from course import ROOT

AXE = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
NOT_OURS = tomllib.loads((ROOT / "tests/barriers_not_ours.toml").read_text(encoding="utf-8"))["barrier"]
AUDIT = """async known => (await axe.run(document, {resultTypes: ["violations"]})).violations.flatMap(({id, impact, help, nodes}) =>
    nodes.filter(({target}) => !known.some(({rule, selector}) => rule === id && document.querySelector(target.at(-1))?.closest(selector)))
         .map(({html}) => `${id} (${impact}): ${help}: ${html.slice(0, 200)}`))"""
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"
COUNTS = "[...document.querySelectorAll(panel + ' .jp-CodeCell .jp-InputPrompt')].map(prompt => parseInt(prompt.textContent.slice(1)))"
LAST = f"panel => Math.max(0, ...{COUNTS}.filter(Number))"
RUN = f"""([panel, last]) => document.querySelector(panel + ' .jp-Notebook-ExecutionIndicator')?.dataset.status === 'idle'
    && {COUNTS}.every(Number) && Math.max(...{COUNTS}) >= last"""
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 640}


class Window:
    """A window of the browser that notes what it asks of the network and which dialogs pop up."""

    def __init__(self, chromium: object, address: str, offline: bool = False) -> None:
        self.outside, self.dialogs = [], []
        self.context = chromium.new_context(viewport=WIDE, offline=offline)
        self.page = self.context.new_page()
        self.page.on("request", lambda request: self._note(request.url))
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.goto(address)

    def _note(self, url: str) -> None:
        if urlsplit(url).scheme in ("http", "https", "ws", "wss") and urlsplit(url).hostname not in ("127.0.0.1", "localhost"):
            self.outside.append(url)

    def close(self) -> None:
        self.context.close()

    def barriers(self) -> list[str]:
        """What axe-core finds on the whole page, less what is known to be the work of others."""
        self.page.evaluate(AXE)
        return self.page.evaluate(AUDIT, NOT_OURS)


class Lab(Window):
    """JupyterLab in a window of its own."""

    def __init__(self, chromium: object, address: str) -> None:
        super().__init__(chromium, address)
        self.path, self.shut_before = "", set()
        self.page.wait_for_selector(f"{PANEL} .jp-Cell")

    def menu(self, *names: str) -> None:
        """Choose from the menu bar, one name for each level."""
        for name in names:
            self.page.locator(".lm-MenuBar-itemLabel, .lm-Menu-itemLabel").get_by_text(name, exact=True).last.click()

    def open(self, path: str) -> None:
        """Open a notebook of the working copy, from its path."""
        tab = f'.lm-TabBar-tab[title*="{path}"]'
        if path in self.shut_before:
            self.page.wait_for_selector(tab, state="detached")  # a page that is still closing would be taken for the new one
        self.path = path
        self.menu("File", "Open from Path…")
        self.page.get_by_placeholder("/path/relative/to/jlab/root").fill(path)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector(f"{tab}.lm-mod-current")
        self.page.wait_for_selector(f"{PANEL} .jp-Notebook-ExecutionIndicator[data-status=idle]")
        self.page.wait_for_selector("#jp-left-stack")  # this dialog unfolds the list of files
        self.page.keyboard.press("Control+b")
        self.page.wait_for_selector("#jp-left-stack", state="hidden")

    def shut(self) -> None:
        """Save the notebook, close it and stop its kernel."""
        self.menu("File", "Save Notebook")
        self.menu("File", "Close and Shut Down Notebook…")
        self.page.locator(".jp-Dialog .jp-mod-accept").click()
        self.page.wait_for_selector(".jp-Dialog", state="detached")
        self.shut_before.add(self.path)

    def run_all(self) -> None:
        self.menu("Run", "Run All Cells")
        self.page.wait_for_function(RUN, arg=[PANEL, 1])

    def errors(self) -> list[str]:
        """The texts of outputs that are errors or warnings."""
        kinds = ("application/vnd.jupyter.error", "application/vnd.jupyter.stderr")
        return self.page.locator(", ".join(f'{PANEL} [data-mime-type="{kind}"]' for kind in kinds)).all_inner_texts()

    def theme(self, name: str) -> None:
        self.menu("Settings", "Theme", f"JupyterLab {name}")
        self.page.wait_for_selector(f"body[data-jp-theme-name='JupyterLab {name}']", state="attached")

    def cells(self) -> object:
        return self.page.locator(f"{PANEL} .jp-Cell")

    def cell(self, words: str) -> object:
        """The first code cell with these words in it."""
        return self.page.locator(f"{PANEL} .jp-CodeCell", has=self.page.locator(".cm-content", has_text=words)).first

    def run(self) -> None:
        """Run the selected code cell and go to the next."""
        last = self.page.evaluate(LAST, PANEL)
        self.page.keyboard.press("Shift+Enter")
        self.page.wait_for_function(RUN, arg=[PANEL, last + 1])

    def write(self, cell: object, words: str) -> None:
        """Write into a cell by keyboard and run it."""
        cell.focus()
        self.page.keyboard.press("Enter")
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(words)
        self.run()
