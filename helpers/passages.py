"""Looking at passages: their exact words, where a word stands, the layers and brackets of the page.

Each word returns something to show. Asked for what is not there, it answers in one line and never
raises. Knows nothing of voices: what else is known of a passage comes as `beside`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import wraps
from itertools import groupby
from typing import ParamSpec, TypeVar

from helpers.amounts import Amount
from helpers.display import (
    Column,
    View,
    framed_passages,
    notice,
    paragraphs,
    quotations,
    rows_and_columns,
)
from helpers.edition import NotInEdition, Row, Segment, edition, edition_of, shorten

LONG = 8  # sentences; a longer passage is shown as running text
CONTEXT = 45  # characters that a concordance shows on each side, cutting no word
LEFT = re.compile(rf"(?<!\S).{{0,{CONTEXT}}}$", re.DOTALL)
WHAT_STANDS_THERE = Column("What stands there", of_source=True)
RIGHT = re.compile(rf"^.{{0,{CONTEXT}}}(?!\S)", re.DOTALL)

OwnReadings = Mapping[str, str]  # a reader's own word for each passage, by id

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


@dataclass(frozen=True)
class Beside:
    """What can stand beside a passage: its heading, and a line that is made from the segments."""

    heading: str
    of: Callable[[list[Segment]], str]


@dataclass(frozen=True)
class Line:
    """A line of a concordance: a word, with the whole words that stand left and right of it."""

    segment: Segment
    left: str
    word: str
    right: str


def politely(word: Callable[Asked, Answer]) -> Callable[Asked, Answer | View]:
    """Turn "that is not in the edition" into a line on the page."""

    @wraps(word)
    def answer(*args: Asked.args, **kwargs: Asked.kwargs) -> Answer | View:
        try:
            return word(*args, **kwargs)
        except NotInEdition as problem:
            return notice("Not found.", str(problem))

    return answer


@politely
def passage(ids: str, sentences: str = "", beside: Beside | None = None) -> View:
    """The exact words: `passage("B24.3")`, `passage("B24", sentences="3-5")`, `passage("B4-B11")`.

    beside: what else to say of them, such as `who_speaks`.
    """
    _expect_beside(beside)
    name = f"{ids}.{sentences}" if sentences else ids
    segments = edition_of(name).find(name)
    shown = _as_text(segments) if len(segments) > LONG else None
    if beside is None:
        return shown or _as_quotations(segments)
    line = beside.of(segments)
    if shown:
        return shown + notice(f"{beside.heading}s.", line)
    return _as_quotations(segments, f"{beside.heading}: {line}")


def _as_quotations(segments: list[Segment], note: str = "") -> View:
    words = [(segment.id, segment.text) for segment in segments]
    return quotations(words, note)


def _as_text(segments: list[Segment]) -> View:
    """Paragraph by paragraph, with the number of each sentence."""
    blocks = []
    for paragraph, group in groupby(segments, key=lambda segment: segment.paragraph):
        sentences = [(segment.sentence, segment.text) for segment in group]
        blocks.append((paragraph, sentences))
    return paragraphs(blocks)


def _expect_beside(beside: object) -> None:
    if beside is not None and not isinstance(beside, Beside):
        raise NotInEdition("Write beside=who_speaks, without quotation marks, or leave it out.")


@politely
def quote(words: str, id: str) -> View:
    """Whether these words stand in that passage, letter by letter; if not, where they do stand."""
    if not isinstance(words, str) or not words.strip():
        raise NotInEdition(
            'Write the words and the id, both in quotation marks: quote("the words", "B1.1").'
        )
    document = edition_of(id)
    named = document.find(id)
    homes = document.where(words)
    here = [segment.id for segment in named if segment.id in homes]
    if here:
        bare = " ".join(words.split()).strip("«» ")
        return notice("Exact.", f"{', '.join(here)}: «{bare}»")
    name = shorten(id)
    if homes:
        there = ", ".join(homes)
        return notice("Another place.", f"These words stand in {there}, not in {name}.")
    problem = f"These words do not stand in {name}. Copy them letter by letter."
    if len(named) == 1:
        problem += f" What stands there is «{named[0].text}»"
    return notice("Not exact.", problem)


@politely
def concordance(word: str, zone: str = "body", beside: Beside | None = None) -> View:
    """Every line in which a word stands, with the whole words within 45 characters of it.

    word: whole, in any case; a star stands for any ending ("mistake*").
    beside: what else to say of each line, such as `who_speaks`.
    """
    _expect_beside(beside)
    lines = []
    for segment, hit in find_words(word, zone):
        lines.append(_line(segment, hit))
    plural = "" if len(lines) == 1 else "s"
    name = shorten(word)
    title = f"{len(lines)} line{plural} with {name} in the {zone}"
    if lines:
        return _lines_as_table(lines, title, beside)
    if find_words(f"{word}*", zone):
        return notice(f"{title}.", f"With another ending it is there: write {name}* with a star.")
    return notice(f"{title}.")


def _lines_as_table(lines: list[Line], title: str, beside: Beside | None) -> View:
    columns = [
        Column("Id"),
        Column("Left of it", align="right", of_source=True),
        Column("Word", bold=True, of_source=True),
        Column("Right of it", of_source=True),
    ]
    if beside:
        columns.append(Column(beside.heading))
    rows = []
    for line in lines:
        row = [line.segment.id, line.left, line.word, line.right]
        if beside:
            row.append(beside.of([line.segment]))
        rows.append(row)
    return rows_and_columns(rows, columns, title)


def _line(segment: Segment, hit: re.Match[str]) -> Line:
    before = LEFT.search(segment.text[: hit.start()])
    after = RIGHT.search(segment.text[hit.end() :])
    left = before[0].strip() if before else ""
    right = after[0].strip() if after else ""
    return Line(segment, left, hit[0], right)


def find_words(word: str, zone: str = "body") -> list[tuple[Segment, re.Match[str]]]:
    """Every occurrence of a word, whole and in any case; a star stands for any ending.

    Raises NotInEdition for no word at all, and for a zone that is not there.
    """
    if not isinstance(word, str) or not word.strip(" *"):
        raise NotInEdition(
            'Write a word in quotation marks; a star stands for any ending: "word*".'
        )
    zones = [segment.zone for segment in edition().segments.values()]
    if zone not in zones:
        there = ", ".join(dict.fromkeys(zones))
        raise NotInEdition(f"Name one word only; after it may stand a part of the page: {there}.")
    stem = re.escape(word.strip())
    any_ending = stem.replace(r"\*", r"\w*")
    pattern = re.compile(rf"(?<!\w){any_ending}(?!\w)", re.IGNORECASE)
    found = []
    for segment in edition().in_zone(zone):
        for hit in pattern.finditer(segment.text):
            found.append((segment, hit))
    return found


def layers() -> View:
    """The whole file from top to bottom, each stretch framed and named by its layer of writing."""
    segments = edition().segments.values()
    names = dict.fromkeys(segment.layer for segment in segments)
    boxes = []
    for layer, group in groupby(segments, key=lambda segment: segment.layer):
        stretch = list(group)
        boxes.append((_label(layer, stretch), _lines_of(stretch)))
    said = ", ".join(names)
    return notice(f"{len(names)} layers of writing:", f"{said}.") + framed_passages(boxes)


def _label(layer: str, stretch: list[Segment]) -> str:
    first, last = stretch[0].id, stretch[-1].id
    return layer if first == last else f"{layer}, {first} to {last}"


def _lines_of(stretch: list[Segment]) -> list[tuple[str, str]]:
    """Each segment with its id; of the body only the beginning and the end."""
    lines = [(segment.id, segment.text) for segment in stretch]
    if stretch[-1].zone != "body":
        return lines
    left_out = "", f"… {len(lines) - 3} more sentences …"
    return [*lines[:2], left_out, lines[-1]]


def brackets(kinds: bool = False) -> View:
    """Every editorial bracket and the blank, in the order of the text.

    kinds: sort them by what they do, and say so.
    """
    marks = edition().rows("apparatus")
    return _brackets_by_kind(marks) if kinds else _brackets_in_order(marks)


def _brackets_in_order(marks: list[Row]) -> View:
    rows = []
    for mark in marks:
        rows.append([mark["id"], mark["segment"], _in_one_line(mark)])
    columns = [Column("Mark"), Column("Id"), WHAT_STANDS_THERE]
    return rows_and_columns(rows, columns, f"{len(rows)} marks")


def _brackets_by_kind(marks: list[Row]) -> View:
    rows = []
    for mark in sorted(marks, key=_kind_and_place):
        words = _in_one_line(mark)
        rows.append([mark["kind"], mark["segment"], words, mark["hand"], mark["note"]])
    columns: list[str | Column] = ["Kind", "Id", WHAT_STANDS_THERE, "Whose hand", "What it does"]
    kinds = [mark["kind"] for mark in marks if mark["kind"] != "blank"]
    count = f"{len(kinds)} pairs of brackets of {len(set(kinds))} kinds, and the blank"
    return rows_and_columns(rows, columns, count)


def _kind_and_place(mark: Row) -> tuple[bool, str, int]:
    """In the order of the alphabet and of the text, the blank last: it is no bracket."""
    kind, start = mark["kind"], mark["start"]
    return kind == "blank", kind, int(start)


def _in_one_line(mark: Row) -> str:
    return mark["text"].replace("\n", " / ")


@politely
def length(ids: str) -> Amount:
    """How many words a passage has, counted between spaces."""
    count = count_words(edition().find(ids))
    return Amount(count, count, "", "words", "count", (f"{ids} (count)",))


def count_words(segments: Iterable[Segment]) -> int:
    """How many words stand in segments, counted between spaces."""
    return sum(len(segment.text.split()) for segment in segments)


def own_readings(changes: object) -> OwnReadings:
    """A learner's own readings, from whatever was given for them.

    Anything else becomes a pair that fits no passage, and is named as such.
    """
    if isinstance(changes, Mapping):
        return changes
    return {"": ""} if changes else {}
