"""Every lesson in a real JupyterLab and a real browser: it runs, asks nothing of the network, keeps nobody out, and its widgets
answer the keyboard. Each lesson is opened once; conftest.py puts all that is tried on it one after the other, in the order of this file.
"""

import json

import pytest
from browser import NARROW, PANEL, UNSAFE, WIDE
from course import HOSTILE, LESSONS, ROOT, flat, label

LOOKS = [("Light", WIDE), ("Light", NARROW), ("Dark", WIDE)]
WIDTHS = "panel => [document.documentElement.scrollWidth, innerWidth, document.querySelector(panel + ' .jp-RenderedMarkdown').clientWidth]"
TOO_WIDE = "panel => [...document.querySelectorAll(panel + ' .jp-RenderedMarkdown')].filter(e => e.scrollWidth > e.clientWidth).map(e => e.innerText)"
TABLE = """([panel, place]) => [...document.querySelectorAll(panel + ' .jp-Cell')[place].querySelectorAll('tbody tr')]
    .map(row => [...row.cells].map(cell => cell.textContent))"""
WIDGETS = {  # lesson: label of its field, and what a screen must say when a row of its table is typed in
    "02": ("Sentence", lambda row, rows: [row[1]]),
    "05": ("Assumed total of people", lambda row, rows: row),
    "06": ("Harvest against the limit, in percent", lambda row, rows: row[1:]),
    "09": ("Voice, act or record", lambda row, rows: [f"{sum(row[3] in other[2:4] + other[5:] for other in rows)} statements with {row[3]}"]),
}


def only(*numbers):
    """Try it on these lessons only."""
    return pytest.mark.parametrize("lesson", [next(path for path in LESSONS if path.name.startswith(number)) for number in numbers], ids=label, indirect=True)


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


@only("00")
def test_nobody_else_on_the_machine_can_listen_to_its_kernel(lesson, served):
    newest = max((served[0] / "state/runtime").glob("kernel-*.json"), key=lambda path: path.stat().st_mtime)
    assert json.loads(newest.read_text(encoding="utf-8"))["curve_publickey"], "JupyterLab started the kernel without encryption."


def test_axe_finds_no_barrier_in_any_look(lesson):
    found = []
    for theme, size in sorted(LOOKS, key=lambda look: not lesson.has_theme(look[0])):  # to change the theme takes long
        lesson.theme(theme)
        lesson.page.set_viewport_size(size)
        found += [f"{theme}, {size['width']} pixels wide: {barrier}" for barrier in lesson.barriers()]
    lesson.page.set_viewport_size(WIDE)
    assert found == [], "\n".join(found)


def test_a_window_of_320_pixels_shows_the_whole_text(lesson):
    lesson.page.set_viewport_size(NARROW)
    page, window, text = lesson.page.evaluate(WIDTHS, PANEL)
    too_wide = lesson.page.evaluate(TOO_WIDE, PANEL)
    lesson.page.set_viewport_size(WIDE)
    assert page <= window and text >= 200, f"The page is {page} pixels wide in a window of {window}, its text {text}."
    assert too_wide == [], f"Text that scrolls sideways: {too_wide}"


@only("02", "06")
def test_the_walk_through_quotes_what_a_screen_reader_is_given(lesson):
    number = lesson.path.rpartition("/")[2][:2]
    part = (ROOT / "notebooks/keyboard-and-screen-reader.md").read_text(encoding="utf-8").partition(f"## Notebook {number}")[2].partition("\n## ")[0]
    quoted = [block.strip() for block in part.split("```")[1::2]]
    tree = "\n".join(line.strip() for line in lesson.page.locator(PANEL).aria_snapshot().splitlines())
    missing = [block for block in quoted if block not in tree]
    assert len(quoted) >= 4 and missing == [], f"Not on the page of {number} in these words:\n" + "\n\n".join(missing)


def tab_to(page, goal, most=40):
    """Press Tab until the goal has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{most} Tab keys did not lead to {goal}")


def widget_of(lesson):
    """The field of a lesson's widget, its cell, and what it must say."""
    name, said = WIDGETS[lesson.path.rpartition("/")[2][:2]]
    field = lesson.page.get_by_label(name, exact=True)
    return field, lesson.cells().filter(has=field), said


@only("05")
def test_a_number_field_obeys_the_arrow_keys(lesson):
    field, _, _ = widget_of(lesson)
    before = int(field.input_value())
    field.focus()
    lesson.page.keyboard.press("ArrowUp")
    lesson.until("([field, old]) => +field.value > old", [field.element_handle(), before])


@only(*WIDGETS)
def test_a_widget_answers_the_keyboard_in_words(lesson):
    field, cell, said = widget_of(lesson)
    cells, place = lesson.cells().count(), cell.evaluate("cell => [...cell.parentElement.children].indexOf(cell)")
    rows = lesson.page.evaluate(TABLE, [PANEL, place + 1])
    cell.focus()
    tab_to(lesson.page, field)
    for row in (rows[0], rows[-1]):
        typed = row[0].strip("%").replace(",", "") if "/09-" not in lesson.path else row[3]
        lesson.page.keyboard.press("Control+a")
        lesson.page.keyboard.type(typed)
        lesson.page.keyboard.press("Enter")
        status = cell.get_by_role("status")
        for words in said(row, rows):
            status.get_by_text(words, exact=False).first.wait_for()
    assert lesson.cells().count() == cells, "A key typed into the field reached the notebook."
    assert field.input_value() != "" and not lesson.errors()


@only("09")
def test_hostile_words_in_a_widget_stay_words(lesson):
    field, cell, _ = widget_of(lesson)
    for text in [text for text in HOSTILE if text.isprintable()][::5]:
        field.fill(text)
        field.press("Enter")
    field.fill("promise")
    field.press("Enter")
    cell.get_by_role("status").get_by_text("statements with promise").wait_for()
    assert lesson.dialogs == [] and lesson.outside == [] and cell.locator(".widget-html-content").evaluate(UNSAFE) == []


WAYS = ["keep('hostile', w)", "kept(w)", "check('E0.1', w)", "check(w, w)", "passage(w)", "quote(w, 'B1.1')", "concordance(w)",
        "glossary(w)", "voice_ladder(w)", "evidence(f'{w} | B1.1 | {w} | shows | for')"]
TYPED = f"""from helpers import *
from json import loads; from pathlib import Path
sum((way(w) for w in loads(Path('../hostile.json').read_text()) for way in [{', '.join(f'lambda w: {way}' for way in WAYS)}]), passage('B1.1'))"""


@only("00")
def test_hostile_words_show_as_typed_and_nothing_of_them_runs(lesson, served):
    words = [text for text in HOSTILE if text.strip() and all(sign.isprintable() or sign.isspace() for sign in text)]
    assert len(words) >= 200
    (served[0] / "my-work/hostile.json").write_text(json.dumps(words), encoding="utf-8")
    lesson.write(lesson.page.locator(f"{PANEL} .jp-CodeCell").first, TYPED)
    assert lesson.errors() == []
    output = lesson.page.locator(f"{PANEL} .jp-CodeCell").first.locator(".jp-RenderedHTML")
    shown = flat(output.text_content())
    missing = [text for text in words if flat(text) not in shown]
    assert missing == [], f"Not shown as typed: {missing[:3]}"
    assert (unsafe := output.evaluate(UNSAFE)) == [], unsafe
    assert lesson.dialogs == [] and lesson.outside == []
