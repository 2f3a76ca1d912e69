"""Printing pages with Chromium: it makes tagged PDFs and needs nothing that the tests have not.

WeasyPrint would do so too, and would bring libraries of its own that Windows lacks.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

import matplotlib
from playwright.sync_api import Browser, BrowserType, sync_playwright
from playwright.sync_api import Error as BrowserError

from helpers.authoring.messages import Problem

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHANNELS = ("chrome", "msedge")  # found where Windows and macOS install them
# Without its sandbox it starts for root, too; it reads nothing but the page that we wrote.
SWITCHES = ("--no-sandbox", "--disable-gpu", "--disable-background-networking")
NO_BROWSER = (
    "Chromium, Chrome or Edge is needed to print the handouts, and none could be started. "
    "Install one (on Debian: sudo apt install chromium) and run the command again."
)
FACES = ("STIXGeneral*.ttf", "DejaVuSans.ttf", "DejaVuSans-Bold.ttf")  # the same on every machine


def printed(pages: Iterable[str]) -> list[bytes]:
    """Each page as a PDF. Raises Problem where no browser can print."""
    with sync_playwright() as playwright:
        browser = _started(playwright.chromium)
        try:
            return [_printed(browser, page) for page in pages]
        except BrowserError as error:
            first_line, *_ = str(error).splitlines()
            raise Problem(f"The browser could not print the handouts: {first_line}") from None


def _started(chromium: BrowserType) -> Browser:
    """The first browser that starts. Raises Problem."""
    for path in filter(None, map(shutil.which, BROWSERS)):
        with suppress(BrowserError):
            return chromium.launch(executable_path=path, args=SWITCHES)
    for channel in CHANNELS:
        with suppress(BrowserError):
            return chromium.launch(channel=channel, args=SWITCHES)
    raise Problem(NO_BROWSER)


def _printed(browser: Browser, html: str) -> bytes:
    """A page as a PDF, printed from a folder that holds its typefaces."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for face in _typefaces():
            shutil.copy(face, place)
        file = place / "page.html"
        file.write_text(html, encoding="utf-8")
        page = browser.new_page()
        page.goto(file.as_uri())
        pdf = page.pdf(tagged=True, outline=True, prefer_css_page_size=True)
        page.close()
        return pdf


def _typefaces() -> list[Path]:
    """The files of the typefaces, which come with matplotlib."""
    folder = Path(matplotlib.get_data_path()) / "fonts" / "ttf"
    found: list[Path] = []
    for pattern in FACES:
        found += sorted(folder.glob(pattern))
    return found
