"""Lessons as `lab` opens them, in a real JupyterLab: they ask nothing of the network, keep nobody
out, and their widgets answer the keyboard.

Only the lessons with widgets are opened here. What every page must hold is asked of the website:
test_website_in_browser.py and test_live_in_browser.py. Each lesson is opened once; conftest.py puts
all that is tried on it one after the other, in the order of this file.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from browser import LOOKS, NARROW, NARROW_LOOK, PANEL, UNSAFE, WIDE, WIDE_LOOK, Lab
from course import HOSTILE, LESSONS, ROOT, flat, label, number_of

Row = list[str]

WIDTHS = """panel => [
    document.documentElement.scrollWidth,
    innerWidth,
    document.querySelector(panel + ' .jp-RenderedMarkdown').clientWidth,
]"""
TOO_WIDE = """panel => [...document.querySelectorAll(panel + ' .jp-RenderedMarkdown')]
    .filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"""
NARROWEST_TEXT = 200  # pixels
TABLE = """([panel, place]) => {
    const cell = document.querySelectorAll(panel + ' .jp-Cell')[place];
    return [...cell.querySelectorAll('tbody tr')]
        .map(row => [...row.cells].map(cell => cell.textContent));
}"""
PLACE = "cell => [...cell.parentElement.children].indexOf(cell)"
HAS_FOCUS = "element => element === document.activeElement"
MOST_TABS = 40
MOST_TYPED = 15  # hostile words typed into one field
ENOUGH_HOSTILE = 200


class Field(NamedTuple):
    """The field of a lesson's widget, and its table.

    typed: from a row of the table to what is typed. said: what must then be said, from that row and
    all rows.
    """

    label: str
    typed: Callable[[Row], str]
    said: Callable[[Row, list[Row]], list[str]]


def statements_like(row: Row, rows: list[Row]) -> list[str]:
    """How many statements have the act of a row among their voice, act, certainty or check."""
    act = row[3]
    count = sum(act in other[2:4] + other[5:] for other in rows)
    return [f"{count} statements with {act}"]


FIELDS = {
    "02": Field("Sentence", lambda row: row[0], lambda row, _: [row[1]]),
    "05": Field("Assumed total of people", lambda row: row[0].replace(",", ""), lambda row, _: row),
    "06": Field(
        "Harvest against the limit, in percent",
        lambda row: row[0].strip("%"),
        lambda row, _: row[1:],
    ),
    "09": Field("Voice, act or record", lambda row: row[3], statements_like),
}


OPENED = [path for path in LESSONS if number_of(path) in FIELDS]
IN_EVERY_LOOK = "02"  # colours are JupyterLab's and the display's, and the same for each lesson


def only(*numbers: str) -> pytest.MarkDecorator:
    """Try it on these lessons only."""
    paths = [path for path in LESSONS if number_of(path) in numbers]
    return pytest.mark.parametrize("lesson", paths, ids=label, indirect=True)


def number(lesson: Lab) -> str:
    return number_of(Path(lesson.path))


@pytest.fixture(scope="module", params=OPENED, ids=label)
def lesson(lab: Lab, request: pytest.FixtureRequest) -> Iterator[Lab]:
    lab.open(label(request.param))
    lab.run_all()
    yield lab
    lab.shut()


def test_it_runs_from_the_top_without_an_error(lesson: Lab) -> None:
    assert lesson.errors() == []


def test_it_asks_nothing_of_the_network(lesson: Lab) -> None:
    assert lesson.outside == []


@only("02")
def test_nobody_else_on_the_machine_can_listen_to_its_kernel(
    lesson: Lab, served: tuple[Path, str]
) -> None:
    connections = (served[0] / "state/runtime").glob("kernel-*.json")
    newest = max(connections, key=lambda path: path.stat().st_mtime)
    connection = json.loads(newest.read_text(encoding="utf-8"))
    assert connection["curve_publickey"], "JupyterLab started the kernel without encryption."


def test_axe_finds_no_barrier(lesson: Lab) -> None:
    found = []
    looks = LOOKS if number(lesson) == IN_EVERY_LOOK else (NARROW_LOOK,)
    for theme, size, asked in looks:
        lesson.theme(theme)
        lesson.page.set_viewport_size(size)
        for barrier in lesson.barriers(asked):
            found.append(f"{theme}, {size['width']} pixels wide: {barrier}")
    lesson.page.set_viewport_size(WIDE)
    lesson.theme(WIDE_LOOK.theme)
    assert found == [], "\n".join(found)


def test_a_window_of_320_pixels_shows_the_whole_text(lesson: Lab) -> None:
    lesson.page.set_viewport_size(NARROW)
    page, window, text = lesson.page.evaluate(WIDTHS, PANEL)
    too_wide = lesson.page.evaluate(TOO_WIDE, PANEL)
    lesson.page.set_viewport_size(WIDE)
    assert page <= window, f"The page is {page} pixels wide in a window of {window}."
    assert text >= NARROWEST_TEXT, f"The text is {text} pixels wide in a window of {window}."
    assert too_wide == [], f"Text that scrolls sideways: {too_wide}"


@only("02", "06")
def test_the_walk_through_quotes_what_a_screen_reader_is_given(lesson: Lab) -> None:
    walk = (ROOT / "notebooks/keyboard-and-screen-reader.md").read_text(encoding="utf-8")
    _, _, below = walk.partition(f"## Notebook {number(lesson)}")
    part, _, _ = below.partition("\n## ")
    quoted = [block.strip() for block in part.split("```")[1::2]]
    snapshot = lesson.page.locator(PANEL).aria_snapshot()
    tree = "\n".join(line.strip() for line in snapshot.splitlines())
    missing = [block for block in quoted if block not in tree]
    assert len(quoted) >= 4, "The walk-through quotes too little."
    assert missing == [], f"Not on the page of {number(lesson)}:\n" + "\n\n".join(missing)


# Widgets


def tab_to(page: Any, goal: Any) -> None:
    """Press Tab until the goal has the focus."""
    for _ in range(MOST_TABS):
        page.keyboard.press("Tab")
        if goal.evaluate(HAS_FOCUS):
            return
    pytest.fail(f"{MOST_TABS} Tab keys did not lead to {goal}")


def field_of(lesson: Lab) -> Any:
    return lesson.page.get_by_label(FIELDS[number(lesson)].label, exact=True)


def cell_of(lesson: Lab) -> Any:
    """The cell with the lesson's widget."""
    return lesson.cells().filter(has=field_of(lesson))


@only("05")
def test_a_number_field_obeys_the_arrow_keys(lesson: Lab) -> None:
    field = field_of(lesson)
    before = int(field.input_value())
    field.focus()
    lesson.page.keyboard.press("ArrowUp")
    lesson.until("([field, old]) => +field.value > old", [field.element_handle(), before])


@only(*FIELDS)
def test_a_widget_answers_the_keyboard_in_words(lesson: Lab) -> None:
    wanted = FIELDS[number(lesson)]
    field, cell = field_of(lesson), cell_of(lesson)
    count = lesson.cells().count()
    rows = lesson.page.evaluate(TABLE, [PANEL, cell.evaluate(PLACE) + 1])
    cell.focus()
    tab_to(lesson.page, field)
    for row in (rows[0], rows[-1]):
        lesson.page.keyboard.press("Control+a")
        lesson.page.keyboard.type(wanted.typed(row))
        lesson.page.keyboard.press("Enter")
        status = cell.get_by_role("status")
        for words in wanted.said(row, rows):
            status.get_by_text(words, exact=False).first.wait_for()
    assert lesson.cells().count() == count, "A key typed into the field reached the notebook."
    assert field.input_value() != "" and not lesson.errors()


@only("09")
def test_hostile_words_in_a_widget_stay_words(lesson: Lab) -> None:
    field, cell = field_of(lesson), cell_of(lesson)
    markup = [text for text in HOSTILE if text.isprintable() and "<" in text]
    for text in [*markup[:: len(markup) // MOST_TYPED], "promise"]:
        field.fill(text)
        field.press("Enter")
    cell.get_by_role("status").get_by_text("statements with promise").wait_for()
    assert lesson.dialogs == [] and lesson.outside == []
    assert cell.locator(".widget-html-content").evaluate(UNSAFE) == []


# Hostile words

WAYS = [
    "keep('hostile', w)",
    "kept(w)",
    "check('E0.1', w)",
    "check(w, w)",
    "passage(w)",
    "quote(w, 'B1.1')",
    "concordance(w)",
    "glossary(w)",
    "voice_ladder(w)",
    "evidence(f'{w} | B1.1 | {w} | shows | for')",
]
TYPED = f"""from helpers import *
from json import loads; from pathlib import Path
ways = [{", ".join(f"lambda w: {way}" for way in WAYS)}]
words = loads(Path('../hostile.json').read_text())
sum((way(w) for w in words for way in ways), passage('B1.1'))"""


def can_be_shown(text: str) -> bool:
    return bool(text.strip()) and all(sign.isprintable() or sign.isspace() for sign in text)


@only("02")
def test_hostile_words_show_as_typed_and_nothing_of_them_runs(
    lesson: Lab, served: tuple[Path, str]
) -> None:
    words = [text for text in HOSTILE if can_be_shown(text)]
    assert len(words) >= ENOUGH_HOSTILE
    (served[0] / "my-work/hostile.json").write_text(json.dumps(words), encoding="utf-8")
    cell = lesson.page.locator(f"{PANEL} .jp-CodeCell").first
    lesson.write(cell, TYPED)
    assert lesson.errors() == []
    output = cell.locator(".jp-RenderedHTML")
    shown = flat(output.text_content())
    missing = [text for text in words if flat(text) not in shown]
    assert missing == [], f"Not shown as typed: {missing[:3]}"
    unsafe = output.evaluate(UNSAFE)
    assert unsafe == [], unsafe
    assert lesson.dialogs == [] and lesson.outside == []
