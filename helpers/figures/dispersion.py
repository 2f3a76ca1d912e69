"""Where words stand in the body, one stroke for each occurrence."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from helpers.display import View
from helpers.edition import Segment, edition, shorten
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import Line, Mark, Shape, Span, around
from helpers.passages import count_words, find_words, politely

FRAME = Frame(
    before="Dispersion chart with {count} lanes, one for each word. The horizontal axis runs "
    "through the {total:,} words of the body, from {first} to {last}; each stroke is one "
    "occurrence.",
    between=". ",
    caption="Where the words stand in the body. One stroke is one occurrence",
    title="The same, counted",
)
EVERY = 4  # paragraphs from one tick to the next


@dataclass(frozen=True)
class Body:
    """The body of the text as an axis of words.

    sentences, paragraphs: how many words stand before each. total: how many there are.
    """

    sentences: dict[str, int]
    paragraphs: dict[str, int]
    total: int


class Place(NamedTuple):
    """Where a word stands: in which paragraph, and as which word of the body, counted from 1."""

    paragraph: str
    number: int


@politely
def dispersion(*words: str) -> View:
    """Where words stand in the body: one lane for each word, one stroke for each occurrence.

    words: each whole, in any case; a star stands for any ending.
    """
    body = _body()
    marks = []
    for lane, word in enumerate(words or ("",)):
        places = [_place(body, segment, hit) for segment, hit in find_words(word)]
        marks.append(_mark(shorten(word), places, lane))
    first, *_, last = body.paragraphs
    facts = {"total": body.total, "first": first, "last": last}
    chart = Chart(FRAME, marks, Paper(8, 1, lane=0.6), _axis(body), facts=facts)
    return chart.view()


def _body() -> Body:
    sentences: dict[str, int] = {}
    paragraphs: dict[str, int] = {}
    total = 0
    for segment in edition().in_zone("body"):
        sentences[segment.id] = total
        paragraphs.setdefault(segment.paragraph, total)
        total += count_words([segment])
    return Body(sentences, paragraphs, total)


def _place(body: Body, segment: Segment, hit: re.Match[str]) -> Place:
    before = segment.text[: hit.start()].split()
    number = body.sentences[segment.id] + len(before) + 1
    return Place(segment.paragraph, number)


def _mark(word: str, places: list[Place], lane: int) -> Mark:
    strokes: list[Shape] = []
    for place in places:
        stroke = Span(place.number, place.number)
        strokes.append(Line(stroke, around(lane)))
    times = len(places)
    return Mark(
        shapes=strokes,
        cells={
            "Word": word,
            "Times": times,
            "Paragraph: number of the word": _listed(places) or "nowhere",
        },
        said="{0} stands {1} times, as word number {2}",
        lane=f"{word} ({times})",
        place=lane,
    )


def _listed(places: list[Place]) -> str:
    """The numbers of the words, paragraph by paragraph: B9: 240; B10: 317."""
    listed = []
    for paragraph, group in groupby(places, key=lambda place: place.paragraph):
        numbers = ", ".join(str(place.number) for place in group)
        listed.append(f"{paragraph}: {numbers}")
    return "; ".join(listed)


def _axis(body: Body) -> Axis:
    names = list(body.paragraphs)
    ticks: dict[float, str] = {}
    for name in names[::EVERY]:
        ticks[body.paragraphs[name]] = name
    label = f"Place in the body, from {names[0]} to {names[-1]}, {body.total:,} words"
    return Axis(label, Span(-10, body.total), ticks)
