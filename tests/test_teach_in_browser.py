"""Marking texts under `teach` in a real browser: keys, what is saved, barriers, other hosts."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import LOOKS, Lab, Window
from course import ROOT
from made_class import SHEET
from taught import QUESTION, TEXTS, TOKEN, Teach, a_class, teaching

from helpers.authoring.lab import FIRST
from helpers.grading.kept_marks import Points
from helpers.grading.texts.page import counts_in_words
from helpers.grading.texts.to_mark import Written, pile

PAGE = f"/course/texts/{QUESTION}"
STATE = "article:has(bdi:text-is('{name}')) .state"
SAVED = "Saved: {points} of 4 points."
IN_FIELD = (
    "name => document.activeElement.closest('article')?.querySelector('bdi').textContent === name"
)
SAVES = "() => Promise.all(forms.map(form => form.saving))"
SAYS = "([name, words]) => document.getElementById('announcer').textContent === `${name}: ${words}`"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, new_gradebook: Path) -> Path:
    root = tmp_path_factory.mktemp("teach")
    a_class(root / "handed-in", root / "exercises", new_gradebook, **TEXTS)
    (root / FIRST).parent.mkdir()
    shutil.copy(ROOT / FIRST, root / FIRST)
    return root


@pytest.fixture(scope="module")
def teach(root: Path) -> Iterator[Teach]:
    with teaching(root) as running:
        yield running


@pytest.fixture
def window(chromium: object, teach: Teach) -> Iterator[Window]:
    """The page in a window of its own."""
    window = Window(chromium, f"{teach.address}{PAGE}?token={TOKEN}")
    yield window
    window.close()


def kept(root: Path, student: str) -> Points:
    found = pile(root / "exercises", QUESTION)
    text: Written | None = found.of(student) if found else None
    assert text is not None
    return text.given


def until_said(window: Window, name: str, words: str) -> None:
    """Wait until a screen reader is told."""
    window.until(SAYS, [name, words])


def settle(window: Window) -> None:
    """Wait until whatever was begun to be saved is answered."""
    window.page.evaluate(SAVES)


def field(window: Window, name: str, student: str) -> object:
    return window.page.get_by_label(f"{name} for {student}", exact=False)


def test_a_class_is_marked_by_keys_alone(root: Path, window: Window) -> None:
    keyboard = window.page.keyboard
    keyboard.press("Alt+ArrowDown")
    window.until(IN_FIELD, "anna")
    keyboard.type("3")
    keyboard.press("Tab")
    until_said(window, "anna", SAVED.format(points=3))
    keyboard.type("Both ends: good.")
    keyboard.press("Control+Enter")
    window.until(IN_FIELD, "ben")
    keyboard.type("1+0.5")
    keyboard.press("Enter")
    until_said(window, "ben", SAVED.format(points=1.5))
    keyboard.press("Alt+ArrowUp")
    window.until(IN_FIELD, "anna")
    found = pile(root / "exercises", QUESTION)
    assert found and window.page.locator("#counts").inner_text() == counts_in_words(found)
    assert kept(root, "anna") == Points(3.0, False, "Both ends: good.")


def test_a_restart_keeps_what_was_saved_and_what_could_not_be(
    teach: Teach, root: Path, window: Window
) -> None:
    points = field(window, "Points", "ben")
    points.fill("1.5")
    points.press("Enter")
    until_said(window, "ben", SAVED.format(points=1.5))
    comment = field(window, "Comment", "chae")
    teach.stop()
    comment.fill("Whose limit is it?")
    comment.blur()
    settle(window)
    state = window.page.locator(STATE.format(name="chae"))
    assert "does not answer" in state.inner_text()
    assert comment.input_value() == "Whose limit is it?"
    teach.start()
    window.page.get_by_role("button", name="Save for chae").click()
    until_said(window, "chae", "Comment saved; no points yet.")
    assert kept(root, "chae").comment == "Whose limit is it?"
    window.page.goto(f"{teach.address}{PAGE}?token={TOKEN}")
    assert field(window, "Points", "ben").input_value() == "1.5"
    assert field(window, "Comment", "chae").input_value() == "Whose limit is it?"


def test_who_is_logged_out_logs_in_elsewhere_and_saves_what_stands_there(
    teach: Teach, root: Path, window: Window
) -> None:
    window.context.clear_cookies()
    field(window, "Comment", "ben").fill("Still here.")
    field(window, "Comment", "ben").blur()
    settle(window)
    assert "in another window" in window.page.locator(STATE.format(name="ben")).inner_text()
    again = window.context.new_page()
    again.goto(f"{teach.address}{PAGE}?token={TOKEN}")
    window.page.get_by_role("button", name="Save for ben").click()
    settle(window)
    assert kept(root, "ben").comment == "Still here."


def test_a_second_window_replaces_nothing_by_leaving_a_field(
    chromium: object, teach: Teach, root: Path, window: Window
) -> None:
    other = Window(chromium, f"{teach.address}{PAGE}?token={TOKEN}")
    field(window, "Points", "dina").fill("4")
    field(window, "Points", "dina").press("Enter")
    until_said(window, "dina", SAVED.format(points=4))
    late = field(other, "Points", "dina")
    for points in ("1", "2"):
        late.fill(points)
        late.blur()
        settle(other)
        assert kept(root, "dina").points == 4.0
    assert "4 points" in other.page.locator(STATE.format(name="dina")).inner_text()
    other.page.get_by_role("button", name="Save for dina").click()
    until_said(other, "dina", SAVED.format(points=2))
    assert kept(root, "dina").points == 2.0
    other.close()


def test_a_button_replaces_what_another_window_saved_only_once_that_was_told(
    chromium: object, teach: Teach, root: Path, window: Window
) -> None:
    other = Window(chromium, f"{teach.address}{PAGE}?token={TOKEN}")
    field(window, "Points", "dina").fill("4")
    field(window, "Points", "dina").press("Enter")
    until_said(window, "dina", SAVED.format(points=4))
    button = other.page.get_by_role("button", name="Save for dina")
    field(other, "Points", "dina").fill("1")
    button.click()
    settle(other)
    assert kept(root, "dina").points == 4.0, "Nobody was told, and a mark was replaced."
    button.click()
    until_said(other, "dina", SAVED.format(points=1))
    other.close()


def test_a_comment_to_copy_is_added_and_saved(root: Path, window: Window) -> None:
    article = window.page.locator("article", has_text="dina")
    article.get_by_text("Comments to copy").click()
    words = article.locator("form li span").first.inner_text()
    article.get_by_role("button", name="Add").first.click()
    settle(window)
    assert kept(root, "dina").comment == words


def test_the_page_bars_nobody(window: Window) -> None:
    for fold in window.page.locator("summary").all():
        fold.click()
    for scheme, size, asked in LOOKS:
        window.page.emulate_media(color_scheme=scheme)
        window.page.set_viewport_size(size)
        assert window.barriers(asked) == [], f"{scheme}, {size['width']} pixels"
        width = window.page.evaluate("document.documentElement.scrollWidth")
        assert width <= size["width"], "The page runs out of the window."
    assert window.outside == [] and window.dialogs == []


def test_formgrader_asks_no_other_host_and_shows_its_first_text(
    teach: Teach, window: Window
) -> None:
    errors: list[object] = []
    window.page.on("pageerror", lambda error: errors.append(error))
    window.page.goto(f"{teach.address}/formgrader/gradebook/{SHEET}/{SHEET}")
    window.page.locator("#main-table a").first.click()
    window.page.wait_for_selector("#notebook .score")
    window.page.wait_for_load_state("networkidle")
    assert window.outside == [], "A page of nbgrader asks for something from the internet."
    assert errors == []


def test_the_menu_of_jupyterlab_leads_to_the_texts_and_has_no_validate(
    chromium: object, teach: Teach
) -> None:
    lab = Lab(chromium, f"{teach.address}/lab/tree/{FIRST}?token={TOKEN}")
    with lab.context.expect_page() as opened:
        lab.menu("Marking", "Texts of a Class")
    opened.value.wait_for_selector("h1")
    assert opened.value.locator("h1").inner_text() == "Texts to mark"
    assert lab.page.get_by_text("Validate", exact=True).count() == 0
    lab.close()


def test_formgrader_has_no_button_that_runs_a_notebook(teach: Teach, window: Window) -> None:
    window.page.goto(f"{teach.address}/formgrader/manage_submissions/{SHEET}")
    window.page.wait_for_selector("td.student-id:not(:empty)")
    assert window.page.locator(".glyphicon-flash:visible").count() == 0
    assert window.page.get_by_text("Generate Feedback").is_visible()
    assert window.outside == []
