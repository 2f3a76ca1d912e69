"""What a lesson shows openly, and whether that prints the key of a question.

A stretch is a paragraph, or a row of a stored output. Folded parts (<details>), questions and the
bare words of the source are left out: a learner has to read those. A key is printed when most of
its words stand in one stretch, beside an id of the question's evidence, and no other option has as
many there. This finds tables, ladders and sentences that use the key's words; a paraphrase escapes.
"""

from __future__ import annotations

import re
from ast import literal_eval
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from course import (
    EDITION,
    QUOTATION,
    RANGE,
    blocks,
    cells,
    cited_ids,
    flat,
    page_of,
    plain_text,
    segments_of,
    source,
    values,
)

from helpers.authoring.sheets import question_of
from helpers.questions import Practice

MOST = 0.65  # of the words of a key
FOLDED = re.compile(r"<details.*?</details>", re.S)
TAG = re.compile(r"<[^>]*>")
ROW = re.compile(r"\n(?=- |\S)")
LONG_PART = re.compile(r"[^;:«»]{25,}")  # of a row; shorter ones may be an editor's word
SHOWS_THE_SOURCE = ("passage(", "layers(", "quote(")
WORD = re.compile(r"[a-z]{4,}")
STEM = 6  # letters by which words are compared: closed, closing
COMMON = set(
    "also been does from have into only said says than that their them then there they this "
    "were what which whose with text".split()
)
SOURCE = flat(EDITION.text)


class Stretch(NamedTuple):
    """What stands together on a page: its words and numbers, and the segments that it cites."""

    cell: str
    said: frozenset[str]
    ids: frozenset[str]


class Part(NamedTuple):
    """One of the things that a key says: of these segments, in these words."""

    said: frozenset[str]
    ids: frozenset[str]


def content(text: str) -> frozenset[str]:
    """The words of a text that say something, and its numbers; without ids and quotations."""
    bare = RANGE.sub(" ", QUOTATION.sub(" ", text))
    words = {word[:STEM] for word in WORD.findall(bare.lower()) if word not in COMMON}
    return frozenset(words | {f"{number:g}" for number in values(bare)})


@cache
def stretches(path: Path) -> list[Stretch]:
    """What a lesson shows openly, from top to bottom; a question as a stretch without words."""
    found = []
    for cell in cells(path):
        name = cell["id"]
        if name.endswith("-prompt"):
            found.append(Stretch(name, frozenset(), frozenset()))
            continue
        for text in texts_of(cell):
            found.append(Stretch(name, content(without_source(text)), cited_ids(text)))
    return found


def texts_of(cell: dict) -> Iterator[str]:
    """The paragraphs of a cell of prose, or the rows of what a cell of code has put out."""
    if cell["cell_type"] == "markdown":
        yield from blocks(FOLDED.sub("", source(cell)))
        return
    only_source = source(cell).startswith(SHOWS_THE_SOURCE)
    for output in cell["outputs"]:
        if is_folded(output):
            continue
        for row in ROW.split(plain_text(output)):
            if not only_source or row.startswith("Voice"):
                yield flat(row)


def is_folded(output: dict) -> bool:
    """Whether a page shows an output closed, all of it."""
    page = page_of(output)
    return "<details" in page and not TAG.sub("", FOLDED.sub("", page)).strip()


def without_source(text: str) -> str:
    """A text without long parts that stand in the source word by word."""

    def unless_source(hit: re.Match[str]) -> str:
        part = hit[0].strip(" .")
        return " " if part in SOURCE else hit[0]

    return LONG_PART.sub(unless_source, text)


def evidence_of(question: Practice) -> frozenset[str]:
    return frozenset().union(*(segments_of(ids) for ids in question.evidence))


def parts_of_key(question: Practice) -> list[Part]:
    """What a key says: one thing, or one for each snippet or option that it names."""
    told = question.key_in_words.split("; ")
    in_pairs = isinstance(literal_eval(question.solution), dict)
    if not in_pairs and len(told) != len(right_options(question)):
        told = [question.key_in_words]
    found = []
    for words in told:
        ids = cited_ids(words)
        label = words.rpartition(": ")[2] if ids else words
        found.append(Part(content(label), ids or evidence_of(question)))
    return found


def signs_in_key(question: Practice) -> list[str]:
    return re.findall(r"\w+", str(question.key))


def right_options(question: Practice) -> list[str]:
    """The options whose signs stand in the key."""
    options = question.choices[-1] if question.choices else {}
    return [options[sign] for sign in signs_in_key(question) if sign in options]


def rivals(question: Practice) -> list[frozenset[str]]:
    """What the other options say, where one of them is right."""
    right = right_options(question)
    if len(right) != 1:
        return []
    options = question.choices[-1].values()
    return [content(words) for words in options if words not in right]


def prints(stretch: Stretch, part: Part, others: list[frozenset[str]]) -> bool:
    """Whether a stretch says a part of a key, beside its place, and says it best."""
    there = part.said & stretch.said
    if not part.said or len(there) < MOST * len(part.said):
        return False
    numbers = [word for word in part.said if word[0].isdigit()]
    whole_range = len(numbers) > 1 and there == part.said
    beside = bool(stretch.ids & part.ids) or whole_range
    return beside and all(len(other & stretch.said) < len(there) for other in others)


def printed_in(path: Path, question: Practice) -> list[str]:
    """The cells of a lesson that print the key before the learner's own answer, or nothing.

    A key of several parts counts as printed when half of them are.
    """
    before = []
    for stretch in stretches(path):
        if stretch.cell.endswith("-prompt") and question_of(stretch.cell) == question.id:
            break
        before.append(stretch)
    others = rivals(question)
    parts = parts_of_key(question)
    found: list[str] = []
    for part in parts:
        hits = [stretch.cell for stretch in before if prints(stretch, part, others)]
        found += hits[:1]
    return found if 2 * len(found) >= len(parts) else []
