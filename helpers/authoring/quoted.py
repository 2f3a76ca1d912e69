"""A question away from its notebook: its words as safe HTML, and every passage it needs, in full.

A vote on the wall and a question bank show no page beside the question. So whatever it names has to
stand with it, word for word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from html import escape
from itertools import groupby
from typing import NamedTuple

from helpers.edition import Edition, Segment, Work, documents, edition, edition_of
from helpers.questions import Question

QUOTATION = re.compile(r"«[^«»]*»")
STRESSED = re.compile(r"\*([^*\s](?:[^*]*[^*\s])?)\*")  # all that items mark in their words


class Extract(NamedTuple):
    """Passages of one document, in its order. title: the document's."""

    title: str
    segments: list[Segment]


def marked(text: str) -> str:
    """The words of an item as safe HTML: what it stresses with stars is stressed."""
    return STRESSED.sub(r"<em>\1</em>", escape(text, quote=False))


def paragraphs(text: str) -> str:
    """The same for a longer text, with a paragraph for each of its own."""
    return "".join(f"<p>{marked(part)}</p>" for part in text.split("\n\n"))


def cited(text: str) -> list[str]:
    """The ids that a text names outside its quotations, stretches such as T2-T6 whole."""
    found = []
    for hit in _stretches().finditer(QUOTATION.sub("", text)):
        found.append("-".join(filter(None, hit.group("first", "last"))))
    return found


@cache
def _stretches() -> re.Pattern[str]:
    """What an id looks like, or the two ends of a stretch, by the letters of all documents."""
    letters: set[str] = set()
    for document in documents():
        letters.update(id[0] for id in document.segments)
    one = rf"[{''.join(sorted(letters))}]\d+(?:\.\d+)?"
    return re.compile(rf"\b(?P<first>{one})(?:(?: to |[-–])(?P<last>{one}|\d+)\b)?")


def named_by(question: Question) -> list[str]:
    """The ids that a question needs: of its sheet's passages, and all that its words name."""
    words = [question.prompt]
    for choices in question.choices:
        words += choices.values()
    names = [question.shown_passages] if question.shown_passages else []
    for text in words:
        names += cited(text)
    return names


def works_named(text: str) -> list[Work]:
    """The works that a text names, such as (Ivanov, 24 December 1955)."""
    return [work for work in edition().works.values() if work.short in text]


def extracts(names: Iterable[str], but: Iterable[Extract] = ()) -> list[Extract]:
    """The passages that ids name, none twice, by document.

    but: what stands there already.
    """
    known = {segment.id for extract in but for segment in extract.segments}
    found: dict[str, Segment] = {}
    for ids in names:
        for segment in edition_of(ids).find(ids):
            if segment.id not in known:
                found[segment.id] = segment
    in_order = sorted(found.values(), key=_place)
    made = []
    for document, group in groupby(in_order, key=_document):
        title: str = documents()[document].resources["source"]["title"]
        made.append(Extract(title, list(group)))
    return made


def _place(segment: Segment) -> tuple[int, int]:
    return _document(segment), segment.start


def _document(segment: Segment) -> int:
    """Which document a segment belongs to, by its place among all."""
    home: Edition = edition_of(segment.id)
    return documents().index(home)
