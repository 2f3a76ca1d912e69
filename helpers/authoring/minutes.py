"""How long a lesson and its sheet take: computed from their words and questions, never typed.

Readers for whom English is a second language read about 130 words a minute; a question takes the
minutes that its item says, a text a minute for five words, a box on the page two, a mark behind an
id or a card half of one. Of a dossier all cards are read. What is optional has "(optional)" in its
heading, or `optional = true` in its item; the rest is the core.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from helpers.dossiers import dossier
from helpers.questions import Question, question_sets

WORDS_A_MINUTE = 130
STEP = 5  # minutes; more exact than that nobody knows
OPTIONAL = "(optional)"
WORD = re.compile(r"\w[\w’'.-]*")
HEADING = re.compile(r"^## (.+)$", re.M)
FOLDED = re.compile(r"<details>.*?</details>", re.S)
MARKUP = re.compile(r"\]\([^)]*\)|<[^>]+>|[*`#>«»|]")
BOX = "keep("  # a box for words of one's own
MINUTES_A_BOX = 2
MARK = ': ""'  # in a dictionary: a word behind an id, or a line behind a card
MINUTES_A_MARK = 0.5
CHECKED = "check("  # the minutes of a question stand in its item
DOSSIER = re.compile(r'^dossier\("([^"]+)"')
LONG_LISTS = ("works(", ".table()")  # for looking things up, not for reading
LINE = (
    "**Time.** About {all} minutes: {page} with this page, {sheet} with the exercises. "
    "The core takes {core}; the rest is marked as optional."
)
ALL_CORE = "**Time.** About {all} minutes: {page} with this page, {sheet} with the exercises."


@dataclass(frozen=True)
class Minutes:
    """Minutes with the page and with the sheet, all and the core of them."""

    page: int
    sheet: int
    core: int

    @property
    def all(self) -> int:
        """Minutes with page and sheet."""
        return self.page + self.sheet

    @property
    def line(self) -> str:
        """What the top of a lesson says."""
        line = ALL_CORE if self.core == self.all else LINE
        return line.format(all=self.all, page=self.page, sheet=self.sheet, core=self.core)

    @property
    def in_map(self) -> str:
        """What the README's map says: all, and the core."""
        return f"{self.all}, core {self.core}"


def minutes_of(number: str, cells: list[Any]) -> Minutes:
    """The minutes of a lesson. cells: of its notebook, with stored outputs."""
    questions = list(question_sets()[number].questions.values())
    parts = list(_parts(cells))
    core = [one for one in questions if not one.optional]
    core_parts = [part for part in parts if not part.optional]
    page, sheet = _page(questions, parts), _sheet(questions)
    return Minutes(page, sheet, min(page + sheet, _page(core, core_parts) + _sheet(core)))


@dataclass(frozen=True)
class Part:
    """A cell of a lesson: how long it takes to read or to fill, and whether it is optional."""

    minutes: float
    optional: bool


def _parts(cells: list[Any]) -> Iterator[Part]:
    optional = False
    for cell in cells:
        source = "".join(cell["source"])
        heading = HEADING.search(source)
        if cell["cell_type"] == "markdown" and heading:
            optional = heading[1].endswith(OPTIONAL)
        reading = _words(cell, source) / WORDS_A_MINUTE
        yield Part(reading + _writing(source), optional)


def _writing(source: str) -> float:
    """The minutes that a cell asks for words of one's own, outside the questions."""
    if CHECKED in source:
        return 0
    box = MINUTES_A_BOX if BOX in source else 0
    return box + MINUTES_A_MARK * source.count(MARK)


def _words(cell: Any, source: str) -> int:
    """The words of a cell, without what is folded and lists to look things up in."""
    if cell["cell_type"] == "markdown":
        return _count(source)
    if any(name in source for name in LONG_LISTS):
        return 0
    opened = DOSSIER.match(source)
    if opened:
        return _count(dossier(opened[1]).html)
    html = ["".join(output.get("data", {}).get("text/html", "")) for output in cell["outputs"]]
    return _count(" ".join(html))


def _count(text: str) -> int:
    bare = MARKUP.sub(" ", FOLDED.sub(" ", text))
    return len(WORD.findall(bare))


def _page(questions: list[Question], parts: list[Part]) -> int:
    reading = sum(part.minutes for part in parts)
    return _rounded(reading + sum(one.minutes for one in questions if one.page == "lesson"))


def _sheet(questions: list[Question]) -> int:
    return _rounded(sum(one.minutes for one in questions if one.page == "sheet"))


def _rounded(minutes: float) -> int:
    return max(STEP, round(minutes / STEP) * STEP)
