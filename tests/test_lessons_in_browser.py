"""Every lesson in a real JupyterLab and a real browser: it runs, asks nothing of the network, and keeps nobody out."""

import pytest
from browser import NARROW, PANEL, WIDE
from course import LESSONS, label

LOOKS = [("Light", WIDE), ("Light", NARROW), ("Dark", WIDE)]
WIDTHS = "panel => [document.documentElement.scrollWidth, innerWidth, document.querySelector(panel + ' .jp-RenderedMarkdown').clientWidth]"
TOO_WIDE = "panel => [...document.querySelectorAll(panel + ' .jp-RenderedMarkdown')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"


@pytest.fixture(scope="module", params=LESSONS, ids=label)
def lesson(lab, request):
    lab.open(label(request.param))
    lab.run_all()
    yield lab
    lab.shut()


def test_it_runs_from_the_top_without_an_error(lesson):
    assert lesson.errors() == []


def test_it_asks_nothing_of_the_network(lesson):
    assert lesson.outside == []


@pytest.mark.parametrize(("theme", "size"), LOOKS, ids=["light", "narrow", "dark"])
def test_axe_finds_no_barrier(lesson, theme, size):
    lesson.theme(theme)
    lesson.page.set_viewport_size(size)
    found = lesson.barriers()
    lesson.page.set_viewport_size(WIDE)
    lesson.theme("Light")
    assert found == [], "\n".join(found)


def test_a_window_of_320_pixels_shows_the_whole_text(lesson):
    lesson.page.set_viewport_size(NARROW)
    page, window, text = lesson.page.evaluate(WIDTHS, PANEL)
    too_wide = lesson.page.evaluate(TOO_WIDE, PANEL)
    lesson.page.set_viewport_size(WIDE)
    assert page <= window and text >= 200, f"The page is {page} pixels wide in a window of {window}, its text {text}."
    assert too_wide == [], f"Text that scrolls sideways: {too_wide}"
