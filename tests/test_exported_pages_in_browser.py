"""Pages that leave JupyterLab: lessons as File > Save and Export makes them, and a page to hand in.

What a lesson holds is asked of the website, page by page. What an export adds is the template of
nbconvert, which is the same for each, so three lessons stand for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import NARROW, UNSAFE, WIDE, WITH_EVERY_KIND_OF_OUTPUT, Window
from course import HOSTILE, flat, number_of

from helpers.argument import hand_in

NUMBERS = [number_of(path) for path in WITH_EVERY_KIND_OF_OUTPUT]
WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture(scope="module")
def window(chromium: object) -> Iterator[Window]:
    opened = Window(chromium, "about:blank", offline=True)
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The lessons as pages, by their numbers."""
    from nbconvert import HTMLExporter

    folder = tmp_path_factory.mktemp("pages")
    exporter = HTMLExporter()
    made = {}
    for path in WITH_EVERY_KIND_OF_OUTPUT:
        page = folder / f"{path.stem}.html"
        html, _ = exporter.from_filename(str(path))
        page.write_text(html, encoding="utf-8")
        made[number_of(path)] = page
    return made


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exported_page_fits_a_narrow_window(
    window: Window, pages: dict[str, Path], number: str
) -> None:
    window.page.set_viewport_size(NARROW)
    window.page.goto(pages[number].as_uri())
    width = window.page.evaluate(WIDTH)
    assert width <= NARROW["width"], f"{number} is {width} pixels wide, of {NARROW['width']}."


@pytest.mark.parametrize("number", NUMBERS)
def test_an_exported_page_bars_nobody(window: Window, pages: dict[str, Path], number: str) -> None:
    window.page.set_viewport_size(WIDE)
    window.page.goto(pages[number].as_uri())
    barriers = window.barriers()
    assert barriers == [], "\n".join(barriers)


def test_a_page_to_hand_in_bars_nobody_and_runs_nothing(window: Window, working_copy: Path) -> None:
    rows = [f"{text} | B1.1 | {text} | shows | for" for text in HOSTILE[:30]]
    hand_in(HOSTILE[0], "\n\n".join(HOSTILE), "\n".join(rows))
    window.outside.clear()  # an exported page asks for MathJax
    window.page.set_viewport_size(WIDE)
    window.page.goto((working_copy / "my-argument.html").as_uri())
    body = window.page.locator("body")
    shown = flat(body.inner_text())
    missing = [text for text in HOSTILE if text.isprintable() and flat(text) not in shown]
    assert missing == [], f"Not shown as typed: {missing[:3]}"
    assert window.barriers() == [] and body.evaluate(UNSAFE) == []
    assert window.dialogs == [] and window.outside == []
