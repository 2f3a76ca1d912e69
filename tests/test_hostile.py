"""Hostile text typed as an answer, a prediction, a search word, a label or an argument: it shows as
typed, and nothing of it runs.
"""

from __future__ import annotations

import html
from collections.abc import Callable
from pathlib import Path

import pytest
from course import EDITION, HOSTILE, QUESTIONS
from markup import strange_markup

import helpers
from helpers.amounts import NotASum
from helpers.display import View

WORDS = {word: getattr(helpers, word) for word in helpers.WORDS}
WORDS["a_filter"] = helpers.statement_filter("promise")
WORDS["a_picker"] = helpers.voice_picker("B1.1")
ONE_OF_EACH_FORM = {question.form: id for id, question in QUESTIONS.items()}
ENOUGH = 200
ON_ONE_FIGURE = 40  # words


CHECKED = {form: f"check({id!r}, w)" for form, id in ONE_OF_EACH_FORM.items()}
TYPED = [  # what a notebook says, w being what is typed
    *CHECKED.values(),
    CHECKED["quote"].replace("w)", "(w, w))"),
    CHECKED["match"].replace("w)", "{'a': w, w: '1'})"),
    CHECKED["order"].replace("w)", "[w, w])"),
    "check(w, w)",
    "keep(w, w)",
    "kept(w)",
    "passage(w)",
    "passage('B1.1', beside=w)",
    "quote(w, w)",
    "concordance(w)",
    "cues(w)",
    "acts('B12', {'B12.1': w})",
    "glossary(w)",
    "table(w)",
    "works(w)",
    "shelf(w)",
    "quantity('B30.1', w)",
    "reveal({'B24.3': w})",
    "voice_ladder(w)",
    "calendar(w, w)",
    "outcome_calendar(w)",
    "a_filter.describe(w)",
    "a_picker.describe(w)",
    "evidence(f'{w} | {w} | {w} | {w} | {w}')",
    "hand_in(w, w, w)",
    "series_figure(w, None, None, 0)",
    "order_figure({'4': w, w: w})",
]

pytestmark = pytest.mark.usefixtures("working_copy")


def test_there_are_enough_of_them() -> None:
    assert len(set(HOSTILE)) >= ENOUGH


@pytest.mark.parametrize("typed", TYPED)
def test_nothing_that_is_typed_becomes_markup(typed: str) -> None:
    code = compile(typed, typed, "eval")
    for text in HOSTILE:
        view = eval(code, {**WORDS, "w": text})
        strange = strange_markup(view.html)
        assert not strange, f"{typed}: {text[:60]!r} reached the page as {strange}."
        assert isinstance(view.text, str), f"{typed}: {text[:60]!r}"
        assert "Traceback" not in view.text, f"{typed}: {text[:60]!r}"


def test_notes_come_back_as_typed() -> None:
    for text in HOSTILE:
        if text.strip() and "Kept." in helpers.keep("a note", text).text:
            page = helpers.kept("a note").html
            assert html.escape(text) in page, f"{text[:60]!r} was not kept as typed."


def test_a_page_to_hand_in_holds_words_only(working_copy: Path) -> None:
    page = working_copy / "my-argument.html"
    for text in HOSTILE:
        helpers.hand_in(text, text, text)
        if page.exists():
            strange = strange_markup(page.read_text(encoding="utf-8"))
            assert not strange, f"{text[:60]!r} is {strange} on the page to hand in."


SENTENCES = [segment.id for segment in EDITION.in_zone("body")]


def test_words_for_voices_stay_words() -> None:
    """For sentences and for voices; a wrong one is named, and no change is made."""
    for begin in range(0, len(HOSTILE), ON_ONE_FIGURE):
        texts = HOSTILE[begin : begin + ON_ONE_FIGURE]
        for_sentences = dict(zip(SENTENCES, texts, strict=False))
        view = helpers.voice_figure({text: text for text in texts} | for_sentences)
        strange = strange_markup(view.html)
        assert not strange, f"A word from {texts[0]!r} on reached the bars as {strange}."


def intervals(texts: list[str]) -> View:
    return helpers.interval_figure(dict.fromkeys(texts, "3 t"))


def dispersion(texts: list[str]) -> View:
    return helpers.dispersion(*texts)


@pytest.mark.parametrize("draw", [intervals, dispersion])
def test_words_on_a_figure_stay_words(draw: Callable[[list[str]], View]) -> None:
    texts = [text for text in HOSTILE if text.strip(" *")]
    for begin in range(0, len(texts), ON_ONE_FIGURE):
        some = texts[begin : begin + ON_ONE_FIGURE]
        view = draw(some)
        assert "<img " in view.html, f"No figure from {some[0]!r} on: {view.text[:200]}"
        strange = strange_markup(view.html)
        assert not strange, f"A word from {some[0]!r} on reached the figure as {strange}."


def test_an_amount_in_odd_words_is_refused_in_one_line() -> None:
    for text in HOSTILE:
        try:
            helpers.amount(text)
        except NotASum as problem:
            assert len(problem._render_traceback_()) == 1, repr(text[:60])
