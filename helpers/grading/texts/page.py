"""The pages for marking texts, as HTML. What a learner wrote stands there letter by letter.

The templates escape whatever they are given; only our own passages and rubrics come as HTML.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import markdown2html_mistune

from helpers.authoring.sheets import comments_to_copy, how_to_mark
from helpers.grading.texts.form import Typed, state_of
from helpers.grading.texts.to_mark import Pile, Written
from helpers.passages import passage
from helpers.questions import Text, find_question
from helpers.questions.rubrics import rubric
from helpers.remarks import remarks

HERE = Path(__file__).parent
LONGEST_SHOWN = 20_000  # characters of a text; the longest that is asked for has about 2,500
MARKED, WAITING, EARLIER = "marked", "waiting", "earlier"  # how a text stands


@dataclass(frozen=True)
class Around:
    """What a page needs to know of the server. base: the address at which these pages begin.

    field: a hidden field of HTML, with which a form shows that it comes from such a page.
    """

    base: str
    field: str = ""

    def address(self, question: str, only_waiting: bool = False) -> str:
        """Of the page of a question."""
        path = f"{self.base}/{quote(question)}"
        return f"{path}?only=waiting" if only_waiting else path


@dataclass(frozen=True)
class Refused:
    """What was typed and could not be saved, and why."""

    typed: Typed
    why: str


@dataclass(frozen=True)
class Card:
    """A text as it is shown. refused: what was typed beside it and could not be saved."""

    question: Text
    written: Written
    refused: Refused | None = None

    @property
    def name(self) -> str:
        """Whose it is, as the gradebook says."""
        return self.written.name or self.written.student

    @property
    def standing(self) -> str:
        """How it stands, in one word."""
        if self.written.is_marked:
            return MARKED
        return EARLIER if self.written.of_earlier_text else WAITING

    @property
    def shown(self) -> str:
        """As much of it as a page can bear."""
        return self.written.text[:LONGEST_SHOWN]

    @property
    def not_shown(self) -> int:
        """How many characters of it are left out."""
        return max(0, len(self.written.text) - LONGEST_SHOWN)

    @property
    def remarks(self) -> Sequence[str]:
        """What its writer is told too."""
        return () if self.not_shown else _remarks(self.question.id, self.written.text)

    @property
    def points(self) -> str:
        """What stands in the field for points."""
        if self.refused:
            return self.refused.typed.points
        return points_in_words(self.written)

    @property
    def verb(self) -> str:
        """What the button does."""
        if self.written.of_earlier_text:
            return f"Confirm {points_in_words(self.written)} points"
        return "Save"

    @property
    def comment(self) -> str:
        """What stands in the field for a comment."""
        return self.refused.typed.comment if self.refused else self.written.given.comment

    @property
    def state(self) -> str:
        """How far it is marked, or why what was typed is not saved."""
        if self.refused:
            return f"Not saved. {self.refused.why}"
        return state_of(self.written, self.question.points)


def list_page(found: Sequence[Pile], around: Around) -> str:
    """All questions, with how many texts are marked and wait."""
    return _filled("list.html", around, piles=found)


def question_page(
    pile: Pile,
    others: Sequence[Pile],
    around: Around,
    only_waiting: bool = False,
    refused: Refused | None = None,
) -> str:
    """All texts to one question. others: the piles of all questions, to go on to.

    refused: what was typed beside one of the texts and could not be saved.
    """
    question = pile.question
    return _filled(
        "question.html",
        around,
        pile=pile,
        question=question,
        cards=list(_cards(pile, only_waiting, refused)),
        prompt=_as_html(question.prompt),
        passages=Markup(passage(question.shown_passages).html),
        how=_as_html(how_to_mark(question)),
        levels=[(level, _as_html(level.shows)) for level in rubric(question.id)],
        comments=list(comments_to_copy(question)),
        only_waiting=only_waiting,
        neighbours=_neighbours(pile, others),
    )


def notice_page(line: str, around: Around) -> str:
    """A page that only says why there is nothing to show."""
    return _filled("notice.html", around, line=line)


def points_in_words(written: Written) -> str:
    """The points of a text as they stand in their field; nothing where there are none."""
    return "" if written.given.points is None else f"{written.given.points:g}"


def counts_in_words(pile: Pile) -> str:
    """How many texts of a question are marked and wait."""
    return f"{pile.marked} of {len(pile.texts)} texts marked, {pile.waiting} waiting."


def title_of(question: Text) -> str:
    """How pages name a question."""
    return f"{question.id} {question.skill.capitalize()}"


def _filled(template: str, around: Around, **values: object) -> str:
    return _templates().get_template(template).render(around=around, **values)


@lru_cache
def _templates() -> Environment:
    environment = Environment(loader=FileSystemLoader(HERE / "templates"), autoescape=True)
    environment.filters["title_of"] = title_of
    environment.filters["counts"] = counts_in_words
    return environment


def _cards(pile: Pile, only_waiting: bool, refused: Refused | None) -> Iterator[Card]:
    for written in pile.texts:
        if only_waiting and written.is_marked:
            continue
        of_this = refused is not None and refused.typed.student == written.student
        yield Card(pile.question, written, refused if of_this else None)


def _neighbours(pile: Pile, others: Sequence[Pile]) -> list[tuple[str, Text]]:
    """The questions before and after, each with what a link to it is, in HTML's own word."""
    ids = [one.question.id for one in others]
    place = ids.index(pile.question.id)
    found = [("prev", one.question) for one in others[:place][-1:]]
    found += [("next", one.question) for one in others[place + 1 :][:1]]
    return found


@lru_cache(maxsize=5_000)
def _remarks(question: str, text: str) -> tuple[str, ...]:
    """The remarks on a text, kept: whoever marks comes back to the same page often."""
    asked = find_question(question)
    if not text or not isinstance(asked, Text):
        return ()
    return tuple(remarks(asked, text))


@lru_cache
def _as_html(markdown: str) -> Markup:
    """Words of the course, in markdown, as HTML."""
    return Markup(markdown2html_mistune(markdown))
