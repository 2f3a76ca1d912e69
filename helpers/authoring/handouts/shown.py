"""What a template fetches: prose of a lesson's cells, stored outputs, passages, answers."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from helpers.authoring.messages import Problem
from helpers.authoring.places import ROOT
from helpers.edition import Segment, edition, edition_of
from helpers.questions import Distractor, Practice

FOLDED = re.compile(r"<details><summary>.*?</summary>(.*?)</details>", re.S)
LINK = re.compile(r"\[([^\[\]]+)\]\([^()\s]+\)|<(https?://[^<>]+)>")
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*>]|\d+\.)\s)")
IN_BRACKETS = re.compile(r"\[[^\]]*\]")
WEB_PAGE = "web page"  # the part below the paper; whose words stand above it, E1.1 asks


class Piece(NamedTuple):
    """A stretch of a segment. other_hand: whether it stands in square brackets."""

    text: str
    other_hand: bool


class Sentence(NamedTuple):
    """A segment on paper: its id, and its pieces."""

    id: str
    pieces: list[Piece]


class Paragraph(NamedTuple):
    """Sentences that stand together. framed: whether they stand around the paper, not on it."""

    sentences: list[Sentence]
    framed: bool


# Prose


def lesson(number: str, cell: str, *beginnings: str) -> str:
    """The prose of a lesson's cell without its folded parts, for a page that has no links.

    beginnings: only the paragraphs that begin so. Raises Problem where there is none.
    """
    text = FOLDED.sub("", _cell(number, cell)["source"])
    return _chosen(without_links(text), beginnings, f"lesson {number}, cell {cell}")


def folded(number: str, cell: str, *beginnings: str) -> str:
    """What a lesson's cell keeps folded, such as a possible answer. Otherwise as `lesson`."""
    hit = FOLDED.search(_cell(number, cell)["source"])
    if hit is None:
        raise Problem(f"lesson {number}, cell {cell}: nothing is folded there.")
    return _chosen(without_links(hit[1]), beginnings, f"lesson {number}, cell {cell}")


def output(number: str, cell: str) -> str:
    """What a lesson's cell of code has put out, as plain text; without how it was computed."""
    (stored,) = _cell(number, cell)["outputs"]
    result, _, _ = "".join(stored["data"]["text/plain"]).partition(" · ")
    return result


def page(path: Path, *beginnings: str) -> str:
    """The paragraphs of a page of the course that begin so. Raises Problem where there is none."""
    text = path.read_text(encoding="utf-8")
    return _chosen(without_links(text), beginnings, path.name)


def without_links(text: str) -> str:
    """Markdown with the words of its links alone: nobody follows one on paper."""
    return LINK.sub(lambda hit: hit[1] or hit[2], text)


def _chosen(text: str, beginnings: Iterable[str], where: str) -> str:
    """The paragraphs that begin so, in the order asked for; all where none is asked for."""
    blocks = [block for block in BLOCK.split(text) if block.strip()]
    found = []
    for begin in beginnings:
        there = [block for block in blocks if block.startswith(begin)]
        if not there:
            raise Problem(f"{where}: no paragraph begins with “{begin}”. Mend the handout.")
        found += there[:1]
    return "\n\n".join(found) if found else text.strip()


@cache
def _cells(number: str) -> dict[str, Any]:
    """The cells of a lesson, by id."""
    (path,) = ROOT.glob(f"notebooks/{number}-*.ipynb")
    book = json.loads(path.read_text(encoding="utf-8"))
    return {cell["id"]: {**cell, "source": "".join(cell["source"])} for cell in book["cells"]}


def _cell(number: str, cell: str) -> Any:
    cells = _cells(number)
    if cell not in cells:
        raise Problem(f"lesson {number} has no cell {cell}. Mend the handout.")
    return cells[cell]


# Passages


def paragraphs(ids: str) -> list[Paragraph]:
    """The passages that these ids name, paragraph by paragraph, letter by letter."""
    found = []
    segments = edition_of(ids).find(ids)
    for (_, framed), group in groupby(segments, key=_place):
        found.append(Paragraph([_sentence(segment) for segment in group], framed))
    return found


def _place(segment: Segment) -> tuple[str, bool]:
    """What stands together: a paragraph of the body; elsewhere, a part of the page."""
    framed = segment.zone == WEB_PAGE
    return (segment.paragraph if segment.sentence else segment.id[0], framed)


def _sentence(segment: Segment) -> Sentence:
    """A segment cut where a bracket opens or closes, even if that began in an earlier line."""
    pieces = []
    place = segment.start
    for start, end in _brackets():
        start, end = max(start, segment.start), min(end, segment.end)
        if start < end:
            pieces += [Piece(_text(place, start), False), Piece(_text(start, end), True)]
            place = end
    pieces.append(Piece(_text(place, segment.end), False))
    return Sentence(segment.id, [piece for piece in pieces if piece.text])


def _text(start: int, end: int) -> str:
    return edition().text[start:end]


@cache
def _brackets() -> list[tuple[int, int]]:
    """Where square brackets open and close in the source."""
    return [hit.span() for hit in IN_BRACKETS.finditer(edition().text)]


def terms(*words: str) -> str:
    """What these words of the source mean there, in the edition's words."""
    senses = {row["term"]: row["sense"] for row in edition().rows("terms")}
    return "; ".join(f"**{word}**: {senses[word]}" for word in words)


# Answers


def said(question: Practice[Any], answer: object) -> str:
    """An answer as it is said aloud: "b", "a with 2, b with 4" for pairs, "1.72% to 5%"."""
    if isinstance(answer, dict):
        return ", ".join(f"{sign} with {option}" for sign, option in answer.items())
    return str(answer) if question.choices else str(question.read_key(answer))


def words_of(question: Practice[Any], answer: object) -> str:
    """The words of the option that an answer names, or nothing."""
    options = question.choices[-1] if question.choices else {}
    return options.get(str(answer), "")


def wrong_answers(question: Practice[Any]) -> list[Distractor]:
    """The wrong answers that have a hint, so that a finger finds them: letters in their order."""
    if not question.choices:
        return list(question.wrong)
    return sorted(question.wrong, key=lambda wrong: said(question, wrong.when))
