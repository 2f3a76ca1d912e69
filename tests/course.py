"""What the rules look at: lessons, sheets, items, rubrics and pages; and in them blocks of prose,
ids of passages, quotations, dates and numbers.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

from helpers.edition import Edition, NotInEdition, edition_of
from helpers.numerals import WORDS
from helpers.questions import all_questions, question_sets

ROOT = Path(__file__).resolve().parents[1]
EDITION = Edition()

# Tables


class Row(SimpleNamespace):
    """A row of a table of the edition, its columns as attributes."""

    def __str__(self) -> str:
        return f"{self.table}.csv, {self.key}"


@cache
def rows(table: str) -> list[Row]:
    """The rows of a table; `key` is what tells one from the others."""
    schema = EDITION.resources[table]["schema"]
    first = schema["fields"][0]["name"]
    primary = schema.get("primaryKey", first)
    found = []
    for row in EDITION.rows(table):
        columns = [primary] if isinstance(primary, str) else primary
        key = " ".join(row[column] for column in columns)
        found.append(Row(table=table, key=key, **row))
    return found


# Questions: as the course knows them, and as the rows of TOML that an author edits

SETS = question_sets()
QUESTIONS = all_questions()
ITEMS: dict[str, dict[str, Any]] = {}
for questions in SETS.values():
    for row in questions.item:
        ITEMS[row["id"]] = row

# Notebooks and pages

LESSONS = sorted(ROOT.glob("notebooks/[0-9][0-9]-*.ipynb"))
DOOR = ROOT / "notebooks/fifteen-minutes.ipynb"
SOLVED = sorted(ROOT.glob("exercises/source/*/*.ipynb"))
RELEASED = sorted(ROOT.glob("exercises/release/*/*.ipynb"))
RUBRICS = sorted(ROOT.glob("exercises/rubrics/*.md"))
GUIDE = ROOT / "exercises/instructor-guide.md"
TOMORROW = ROOT / "exercises/teach-tomorrow.md"
ON_PAPER = sorted(ROOT.glob("helpers/authoring/handouts/*.md"))  # templates of the handouts
PAGES = [
    ROOT / "README.md",
    *sorted(ROOT.glob("exercises/*.md")),
    *sorted(ROOT.glob("exercises/hub/*.md")),
    *sorted(ROOT.glob("notebooks/*.md")),
]
LISTS = [ROOT / "exercises/items/misreadings.toml", ROOT / "exercises/rubrics/comments.toml"]
HOSTILE = json.loads((ROOT / "tests/hostile_strings.json").read_text(encoding="utf-8"))

# What stands in a text

ID = r"[AHGBTWXYZ]\d+(?:\.\d+)?"
RANGE = re.compile(rf"\b(?P<first>{ID})(?:(?:\s+to\s+|[-–])(?P<last>{ID}|\d+)\b)?")
QUOTATION = re.compile(r"«([^«»]*)»")
MONTHS = (
    "January February March April May June July August September October November December"
).split()
DATE = re.compile(
    r"\b(?:(?:(?P<first>\d{1,2})(?:[-–]| and ))?(?P<day>\d{1,2}) )?"
    rf"(?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))?\b"
)
NOT_COUNTS = ("one", "zero", "none")  # words that in prose are mostly pronouns
COUNTS = sorted(WORDS.keys() - NOT_COUNTS, key=len, reverse=True)
IN_DIGITS = r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w)"
NUMBER = re.compile(rf"{IN_DIGITS}|\b(?:{'|'.join(COUNTS)})\b", re.I)
NEXT_WORD = re.compile(r"[\s-]*(%|[A-Za-z]+)")
FETCHED = re.compile(r"\{[{%].*?[%}]\}", re.S)  # what a template fetches from its home
BLOCK = re.compile(r"\n\s*\n|\n(?=\s*(?:[-*>]|\d+\.)\s)")


def label(path: Path) -> str:
    """A file by its place in the course."""
    return path.relative_to(ROOT).as_posix()


def number_of(path: Path) -> str:
    """The number of a lesson or of its sheet."""
    return path.name[:2]


# Notebooks


def cells(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook."""
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def code_cells(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook that hold code."""
    return [cell for cell in cells(path) if cell["cell_type"] == "code"]


def source(cell: dict[str, Any]) -> str:
    """What is written in a cell."""
    return "".join(cell["source"])


def plain_text(output: dict[str, Any]) -> str:
    """What a stored output says, as plain text."""
    printed = "".join(output.get("text", ""))
    shown = "".join(output.get("data", {}).get("text/plain", ""))
    return printed + shown


def page_of(output: dict[str, Any]) -> str:
    """The page that a stored output shows, or nothing."""
    return "".join(output.get("data", {}).get("text/html", ""))


def prose(path: Path) -> list[str]:
    """The markdown cells of a notebook.

    Of a lesson without its questions: their words are looked at where they stand, in the items.
    """
    found = []
    for cell in cells(path):
        asks = path in (*LESSONS, DOOR) and cell["id"].endswith("-prompt")
        if cell["cell_type"] == "markdown" and not asks:
            found.append(source(cell))
    return found


@cache
def outputs(path: Path) -> str:
    """All that the stored outputs of a notebook say, as plain text."""
    said = []
    for cell in code_cells(path):
        for output in cell["outputs"]:
            said.append(plain_text(output))
    return flat("\n".join(said))


def texts() -> dict[str, list[str]]:
    """The blocks of the course's prose, by where they stand. Sheets only repeat the items."""
    written = {label(path): prose(path) for path in (*LESSONS, DOOR)}
    for number, questions in SETS.items():
        written[f"intro of {number}.toml"] = [questions.intro]
    for id, row in ITEMS.items():
        written[f"item {id}"] = list(strings(row))
    for page in (*RUBRICS, *PAGES, *ON_PAPER):
        written[label(page)] = [FETCHED.sub("", page.read_text(encoding="utf-8"))]
    for list_of_words in LISTS:
        words = tomllib.loads(list_of_words.read_text(encoding="utf-8"))
        written[label(list_of_words)] = list(strings(words))
    return {where: in_blocks(parts) for where, parts in written.items()}


# Texts


def flat(text: str) -> str:
    """A text with single spaces."""
    return " ".join(text.split())


def blocks(text: str) -> list[str]:
    """Paragraphs and list items: the stretches within which a quotation or a number is cited."""
    return [flat(block) for block in BLOCK.split(text) if block.strip()]


def in_blocks(texts: Iterable[str]) -> list[str]:
    """The blocks of several texts."""
    found = []
    for text in texts:
        found += blocks(text)
    return found


def strings(value: object) -> Iterator[str]:
    """Every text in an item: prompt, options, hints, …"""
    if isinstance(value, str):
        yield value
    parts: list[object] = []
    if isinstance(value, dict):
        parts = list(value.values())
    if isinstance(value, list):
        parts = value
    for part in parts:
        yield from strings(part)


class Citation(NamedTuple):
    """An id in a text: where it stands, and the segments that it means; none if it is no id."""

    start: int
    end: int
    ids: frozenset[str]


@cache
def cited(block: str) -> list[Citation]:
    """The ids in a block, outside quotations."""
    found = []
    bare = QUOTATION.sub(lambda hit: "·" * len(hit[0]), block)  # places stay the same
    for hit in RANGE.finditer(bare):
        ids = f"{hit['first']}-{hit['last']}" if hit["last"] else hit["first"]
        found.append(Citation(hit.start(), hit.end(), segments_of(ids)))
    return found


@cache
def cited_ids(block: str) -> frozenset[str]:
    """All segments that a block cites."""
    return frozenset().union(*(citation.ids for citation in cited(block)))


@cache
def segments_of(ids: str) -> frozenset[str]:
    """The ids of the segments that a citation such as B4-B5 means; none if there are none."""
    try:
        found = edition_of(ids).find(ids)
    except NotInEdition:
        found = []
    return frozenset(segment.id for segment in found)


# Dates


class Dated(NamedTuple):
    """A date in a text: its words, and year, month and day in digits; "" where it has none."""

    words: str
    year: str
    month: str
    day: str

    def agrees_with(self, value: str) -> bool:
        """Whether it is a date of ISO 8601, such as 1956-01-13 or 1956-01, as far as both go."""
        theirs = value.split("-")
        mine = (self.year, self.month, self.day)
        return all(a in ("", b) for a, b in zip(mine, [*theirs, "", ""], strict=False))

    @property
    def iso(self) -> str:
        """The date as tables write it: 1956-01-13, or 1956-01 where it has no day."""
        return "-".join(filter(None, (self.year, self.month, self.day)))


@cache
def dates_in(text: str, year: str = "") -> list[Dated]:
    """The dates of a text that name a month; "14-16 October" gives two.

    year: of those that name none.
    """
    found = []
    for hit in DATE.finditer(text):
        month = f"{MONTHS.index(hit['month']) + 1:02}"
        days = [day.zfill(2) for day in hit.group("first", "day") if day]
        for day in days or [""]:
            found.append(Dated(hit[0], hit["year"] or year, month, day))
    return found


# Numbers


def value(token: str) -> float:
    """The number that a token of prose stands for."""
    if token.lower() in WORDS:
        return float(WORDS[token.lower()])
    return float(token.replace(",", ""))


@cache
def values(text: str) -> frozenset[float]:
    """Every number in a text, in figures or words."""
    return frozenset(value(hit[0]) for hit in NUMBER.finditer(text))


def following(text: str, place: int) -> str:
    """The word, or the percent sign, that follows a place in a text."""
    hit = NEXT_WORD.match(text, place)
    return hit[1].lower() if hit else ""
