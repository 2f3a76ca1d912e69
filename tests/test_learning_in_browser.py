"""Exercise sheets in `lab`, used as learners use them.

What every sheet must hold is asked of the website, in test_live_in_browser.py and
test_website_in_browser.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from browser import NOT_OURS, PANEL, Lab
from course import QUESTIONS, RELEASED, SETS, flat, label

from helpers.authoring.sheets import cell_name
from helpers.questions import Practice

INSTRUCTORS = re.compile("^Validate$|[Ff]ormgrader|^Nbgrader$")
TRIED = "E2.1"


@pytest.fixture(scope="module")
def sheet(lab: Lab) -> Iterator[Lab]:
    """The first sheet, open and run from the top."""
    lab.open(label(RELEASED[0]))
    lab.run_all()
    yield lab
    lab.shut()


def test_a_released_sheet_runs_without_an_error_and_bars_nobody(sheet: Lab) -> None:
    barriers = sheet.barriers()
    assert sheet.errors() == [] and sheet.outside == []
    assert barriers == [], "\n".join(barriers)


def test_a_learner_sees_none_of_the_instructors_menus_and_buttons(sheet: Lab) -> None:
    assert sheet.page.get_by_text(INSTRUCTORS).count() == 0


class Asked:
    """A question of the sheet that is open: where its answer is written, and what is replied."""

    def __init__(self, lab: Lab, question: Practice) -> None:
        self.lab = lab
        self.question = question

    @property
    def answer(self) -> Any:
        return self.lab.cell(f"{self.question.variable} = ")

    @property
    def reply(self) -> str:
        asked = self.lab.cell(f'check("{self.question.id}"')
        return flat(asked.locator(".jp-OutputArea-output").text_content())  # also out of sight

    def write(self, literal: str) -> str:
        """Write an answer, run its cell and the one that checks it; what is replied then."""
        self.lab.write(self.answer, f"{self.question.variable} = {literal}")
        self.lab.run()
        return self.reply


def test_wrong_restart_wrong_right_gets_three_replies_and_all_of_it_is_kept(
    lab: Lab, served: tuple[Path, str]
) -> None:
    question = QUESTIONS[TRIED]
    assert isinstance(question, Practice)
    one, other = question.wrong[:2]
    path = next(label(path) for path in RELEASED if path.name.startswith("02"))
    asked = Asked(lab, question)
    lab.open(path)
    lab.run_all()
    first = asked.write(f'"{one.when}"')
    lab.restart()
    lab.run_all()  # the wrong answer still stands there, and counts no second time
    second = asked.write(f'"{other.when}"')
    last = asked.write(question.solution)
    lab.shut()
    assert flat(one.hint) in first and "A step:" not in first, first
    assert f"A step: {flat(question.step)}" in second, f"After a restart: {second}"
    assert last.startswith("✓ Yes."), last
    assert told_by(served[0] / "my-work" / path) == {
        "verdict": "right",
        "seen": [one.misreading, other.misreading],
    }
    lab.open(path)
    assert question.solution in asked.answer.inner_text(), "The answer is not there again."
    assert asked.reply == last, "The reply is not stored with the answer."
    lab.shut()


def told_by(saved: Path) -> object:
    """What the saved reply tells a class view."""
    cells = json.loads(saved.read_text(encoding="utf-8"))["cells"]
    (cell,) = [cell for cell in cells if cell["id"] == cell_name(TRIED, "test")]
    (output,) = cell["outputs"]
    return output["metadata"]["course"]


def test_every_barrier_of_others_names_its_maker_and_what_we_do() -> None:
    for barrier in NOT_OURS:
        wanted = {"rule", "selector", "whose", "link", "workaround"}
        assert set(barrier) == wanted, barrier["rule"]
        assert barrier["link"].startswith("https://github.com/"), barrier["rule"]


TEXT = "A bad name: Kim, xyz. \u201cMany\u201d can go back (B9.3), d d m y.\nA second line."
KINDS = "panel => [...document.querySelectorAll(panel + ' .jp-Cell')].map(e => e.classList[2])"
LETTERS = "abcdmrvxyzABM123jk"


@pytest.mark.parametrize("way", ["mouse", "keys"])
def test_a_text_is_written_as_the_sheet_says(sheet: Lab, way: str) -> None:
    text = next(one for one in SETS["00"].texts.values())
    before = sheet.cells().count()
    place = sheet.cell(f"{text.variable} = ")
    if way == "mouse":
        place.locator(".cm-content .cm-line").first.click()
    else:
        place.focus()
        sheet.page.keyboard.press("Enter")
    sheet.page.keyboard.press("Control+Home")
    for _ in range(len(f'{text.variable} = """')):
        sheet.page.keyboard.press("ArrowRight")
    sheet.page.keyboard.type(TEXT)
    sheet.run()
    sheet.page.keyboard.press("Shift+Enter")  # past the text between answer and check
    sheet.run()
    said = flat(sheet.cell(f'check("{text.id}"').locator(".jp-OutputArea-output").text_content())
    wraps = place.locator(".cm-content.cm-lineWrapping").count()
    after, errors = sheet.cells().count(), sheet.errors()
    assert after == before and errors == [], "Typing has changed the page."
    assert "at a glance" in said and f"Levels for {text.id}" in said, said
    assert wraps == 1, "A long line runs out of the window."


def test_letters_typed_beside_a_cell_change_nothing(sheet: Lab) -> None:
    before = sheet.page.evaluate(KINDS, PANEL)
    sheet.cells().nth(3).locator(".jp-InputPrompt, .jp-RenderedMarkdown").first.click()
    sheet.page.keyboard.press("Escape")
    sheet.page.keyboard.type(LETTERS)
    after = sheet.page.evaluate(KINDS, PANEL)
    assert after == before, "A letter has created, deleted or converted a cell."
