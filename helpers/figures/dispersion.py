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
from helpers.figures.marks import LIGHT, Box, Line, Mark, Shape, Span, Words, around
from helpers.passages import count_words, find_words, politely

FRAME = Frame(
    before="Dispersion chart with {count} lanes, one for each word. The horizontal axis runs "
    "through the {total:,} words of the body, from {first} to {last}; each stroke is one "
    "occurrence. {bands}",
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


class Band(NamedTuple):
    """A stretch of the body with one topic: its name, its paragraphs, its first and last word."""

    name: str
    paragraphs: str
    words: Span


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
    bands = _bands(body)
    facts = {"total": body.total, "first": first, "last": last, "bands": _told(bands)}
    chart = Chart(
        FRAME,
        marks,
        Paper(8, 1.2, lane=0.6, top=0.3),
        _axis(body),
        beside=[_drawn(band, len(marks)) for band in bands],
        facts=facts,
    )
    return chart.view()


def _bands(body: Body) -> list[Band]:
    """Where worries are raised, and where they are answered, by the table of replies."""
    replies = edition().rows("replies")
    bands = []
    for name, column in (("questions", "asked"), ("answers", "answered")):
        segments = edition().find(", ".join(row[column] for row in replies if row[column]))
        segments.sort(key=lambda segment: segment.start)
        first, last = segments[0], segments[-1]
        words = Span(body.sentences[first.id] + 1, body.sentences[last.id] + count_words([last]))
        bands.append(Band(name, f"{first.paragraph} to {last.paragraph}", words))
    return bands


def _told(bands: list[Band]) -> str:
    """The bands in the alt text."""
    said = []
    for band in bands:
        words = f"word {band.words.start} to {band.words.end}"
        said.append(f"the {band.name}, {band.paragraphs}, {words}")
    return f"Pale bands mark {', and '.join(said)}."


def _drawn(band: Band, lanes: int) -> Mark:
    height = Span(-0.5, lanes - 0.5)
    box = Box(band.words, height, LIGHT)
    return Mark([box, Words(band.words.middle, height.start, band.name, "above")], {})


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
