"""Hostile text typed as an answer, a prediction, a search word, a label or an argument: it shows as typed, and nothing of it runs."""

import html
import html.parser

import pytest
from course import EDITION, HOSTILE, ITEMS

import helpers
from helpers import argument, notes, widgets
from helpers.amounts import NotASum

ASKED = {item["type"]: name for name, item in ITEMS.items()}  # one question of each type
OURS = {"html", "head", "meta", "title", "body", "main", "h1", "h2", "div", "p", "strong", "em", "small", "br", "blockquote", "ul", "li", "table", "caption", "thead",
        "tbody", "tr", "th", "td", "details", "summary", "figure", "figcaption", "img", "a"}
KEPT = {"style", "scope", "alt", "src", "href", "lang", "charset", "name", "content", "tabindex", "role", "aria-label"}
FIELD = widgets.statement_filter("promise")
LADDER = widgets.voice_picker("B1.1")
VIEWS = {
    **{f"check {kind}": lambda text, name=name: helpers.check(name, text) for kind, name in ASKED.items()},
    "check pair": lambda text: helpers.check(ASKED["quote"], (text, text)), "check matching": lambda text: helpers.check(ASKED["match"], {"a": text, text: "1"}),
    "check id": lambda text: helpers.check(text, text), "keep": lambda text: helpers.keep(text, text), "kept": helpers.kept,
    "passage": helpers.passage, "quote": lambda text: helpers.quote(text, text), "concordance": helpers.concordance, "cues": helpers.cues,
    "acts": lambda text: helpers.acts("B12", {"B12.1": text}), "glossary": helpers.glossary, "table": helpers.table, "works": helpers.works, "shelf": helpers.shelf,
    "quantity": lambda text: helpers.quantity("B30.1", text), "reveal": lambda text: helpers.reveal({"B24.3": text}), "voice ladder": helpers.voice_ladder,
    "calendar": lambda text: helpers.calendar(text, text), "outcomes": helpers.outcome_calendar, "filter": FIELD.describe, "ladder widget": LADDER.describe,
    "evidence": lambda text: helpers.evidence(f"{text} | {text} | {text} | {text} | {text}"), "hand in": lambda text: helpers.hand_in(text, text, text),
}


class Page(html.parser.HTMLParser):
    """The elements, the attributes and the addresses that a page really has."""

    def __init__(self, page):
        super().__init__()
        self.elements, self.attributes, self.addresses = set(), set(), []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]


def harmless(page):
    found = Page(page)
    return (found.elements <= OURS and found.attributes <= KEPT
            and all(address.startswith(("https://", "http://", "data:image/svg+xml;base64,")) for address in found.addresses))


@pytest.fixture(autouse=True)
def working_copy(tmp_path, monkeypatch):
    for module in (notes, argument):
        monkeypatch.setattr(module, "FILE", tmp_path / "my-work" / "my-notes.json")
    return tmp_path / "my-work"


def test_there_are_enough_of_them():
    assert len(set(HOSTILE)) >= 200


@pytest.mark.parametrize("entry", VIEWS)
def test_nothing_that_is_typed_becomes_markup(entry):
    for text in HOSTILE:
        view = VIEWS[entry](text)
        assert harmless(view.html), f"{entry}: {text[:60]!r} reached the page as markup."
        assert isinstance(view.text, str) and "Traceback" not in view.text


def test_notes_and_arguments_come_back_as_typed(working_copy):
    for text in HOSTILE:
        if text.strip() and "Kept." in helpers.keep("a note", text).text:
            assert html.escape(text) in helpers.kept("a note").html, f"{text[:60]!r} was not kept as typed."
    for text in HOSTILE:
        helpers.hand_in(text, text, text)
        page = working_copy / "my-argument.html"
        assert not page.exists() or harmless(page.read_text(encoding="utf-8")), f"{text[:60]!r} is markup on the page to hand in."


SENTENCES = [segment.id for segment in EDITION.in_zone("body")]
DRAWN = {  # many words on one figure
    "dispersion": lambda texts: helpers.dispersion(*texts), "intervals": lambda texts: helpers.interval_figure(dict.fromkeys(texts, "3 t")),
    "voices": lambda texts: helpers.voice_figure({text: text for text in texts} | dict(zip(SENTENCES, texts, strict=False))),
}
REFUSED = {  # a word that names nothing; no figure comes of it
    "series": lambda text: helpers.series_figure(text, None, None, 0), "order": lambda text: helpers.order_figure({"4": text, text: text}),
}


@pytest.mark.parametrize("draw", DRAWN.values(), ids=DRAWN)
def test_words_on_a_figure_stay_words(draw):
    texts = [text for text in HOSTILE if text.strip(" *")]
    for begin in range(0, len(texts), 40):
        view = draw(texts[begin:begin + 40])
        assert "<img " in view.html, f"No figure for {texts[begin]!r} and what follows: {view.text[:200]}"
        assert harmless(view.html), f"A word from {texts[begin]!r} on reached the figure as markup."


@pytest.mark.parametrize("entry", REFUSED)
def test_a_word_that_names_nothing_is_refused_as_a_word(entry):
    for text in HOSTILE:
        assert harmless(REFUSED[entry](text).html), f"{entry}: {text[:60]!r} reached the page as markup."


def test_an_amount_in_odd_words_is_refused_in_one_line():
    for text in HOSTILE:
        try:
            helpers.amount(text)
        except NotASum as problem:
            assert len(problem._render_traceback_()) == 1
