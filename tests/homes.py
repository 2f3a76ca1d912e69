"""Homes: what a block of prose counts or dates, and what bears it.

A number or a date is at home in the passages that its block cites, in the notes and figures of the
works that it names, and in texts given beside it, such as the outputs of the same notebook.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from course import (
    DATE,
    EDITION,
    NUMBER,
    QUOTATION,
    RANGE,
    ROOT,
    Dated,
    cited_ids,
    dates_in,
    following,
    value,
)

from helpers.edition import Work, edition_of

LIST = tomllib.loads((ROOT / "tests/numbers_without_a_home.toml").read_text(encoding="utf-8"))
EXEMPT: dict[str, str] = {phrase["words"]: phrase["reason"] for phrase in LIST["phrases"]}
CODE_OR_LINK = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+")
POINTER = re.compile(  # to a place in the course or in a list: it counts nothing
    r"^\d+\. |^# (?:\d\d ·|Exercises \d\d)|^## Level \d|\[(?:Exercises )?\d\d\b"
    r"|\b(?:[Nn]otebooks?|sheet) \d\d(?:, \d\d)*(?: and \d\d)?\b"
    r"|\b(?:step|level|[Cc]ard|Dossier) \d\b"
    r"|\b0\d(?:, \d\d)+\b|\b[ENR]\d+\.\d+\w?\b"
)
UNITS = {"ton": "t", "tons": "t", "percent": "%"}  # as our tables write them
MEASURES = ("t", "%", "rubles")
BETWEEN_ENDS = re.compile(r"\s?(?:[-–−]|to|and|or)\s?")
CLAUSE_END = re.compile(r"[,;.](?!\d)")
PRINTED = re.compile(r"\d[\d,]*(?:\.\d+)?")
YEAR = re.compile(r"\b1[89]\d\d\b|\b20\d\d\b")
SEASON = re.compile(r"\b(?P<name>spring|summer|autumn|winter)(?: of)? (?P<year>\d{4})\b", re.I)
SEASON_CODES = {"spring": "21", "summer": "22", "autumn": "23", "winter": "24"}  # ISO 8601-2


class Counted(NamedTuple):
    """A number of a text, the word after it, and its unit, if that is one of MEASURES."""

    written: str
    number: float
    word: str
    unit: str


@cache
def counted(text: str) -> list[Counted]:
    """The numbers of a text; the first end of a range has the unit of the second."""
    found: list[Counted] = []
    start_of_next = len(text)
    for hit in reversed(list(NUMBER.finditer(text))):
        word = following(text, hit.end())
        word = UNITS.get(word, word)
        unit = word if word in MEASURES else ""
        if found and BETWEEN_ENDS.fullmatch(text, hit.end(), start_of_next):
            unit = found[-1].unit
        found.append(Counted(hit[0].lower(), value(hit[0]), word, unit))
        start_of_next = hit.start()
    return found


@dataclass(frozen=True)
class Homes:
    """What bears the numbers of a block.

    passages: ids; own: texts whose numbers bear it as they are; outputs: a text that holds so many
    numbers that they bear it only before the same word.
    """

    passages: frozenset[str]
    works: tuple[Work, ...] = ()
    own: tuple[str, ...] = ()
    outputs: str = ""

    def bear(self, found: Counted) -> bool:
        """Whether a number is at home; one with a unit is so only beside that unit."""
        for text in self._texts():
            for home in counted(text):
                if home.number == found.number and found.unit in ("", home.unit):
                    return True
        return in_outputs(found) in numbers_of_outputs(self.outputs)

    def days(self) -> set[str]:
        """The dates, as tables write them, that bear a block's dates."""
        found = set()
        for row in EDITION.rows("dates"):
            if row["segment"] in self.passages or row["job"] == "conversation":
                found |= set(row["value"].split("/"))
        for id in self.passages - EDITION.segments.keys():
            found |= {date.iso for date in dates_of_another(id)}
        for work in self.works:
            dated = dates_in(f"{work.note} {work.short}")
            found |= {date.iso for date in dated if date.year}
        return found

    def seasons(self) -> set[str]:
        """The seasons, as tables write them, that bear a block's seasons."""
        found = self.days()
        for text in (*self._texts(), self.outputs):
            found |= {season(hit) for hit in SEASON.finditer(text)}
        return found

    def _texts(self) -> Iterator[str]:
        """Everything that bears numbers as they are."""
        for id in sorted(self.passages):
            yield edition_of(id).segments[id].text
        for work in self.works:
            yield f"{work.note} {work.short}"
            yield figures_of(work.id)
        yield from self.own


@cache
def dates_of_another(id: str) -> list[Dated]:
    """The dates in a passage of another document; those without a year are of its own."""
    segments = edition_of(id).segments
    title, *_ = segments.values()
    return dates_in(segments[id].text, title.text[-4:])


@cache
def numbers_of_outputs(text: str) -> frozenset[tuple[float | str, str]]:
    """The numbers of outputs as `in_outputs` has them."""
    return frozenset(map(in_outputs, counted(text)))


def in_outputs(found: Counted) -> tuple[float | str, str]:
    """A number with the word after it: 11 and "pairs"; where no word follows, as it is written."""
    return (found.number if found.word else found.written, found.word)


@cache
def figures_of(work: str) -> str:
    """The figures that tables have from a work."""
    said = []
    for row in EDITION.rows("figures"):
        if row["work"] == work:
            said.append(f"{row['low']} {row['unit']}, {row['high']} {row['unit']}")
    return "; ".join(said)


def season(hit: re.Match[str]) -> str:
    """A season as a table writes it: 1957-21 for the spring of 1957."""
    return f"{hit['year']}-{SEASON_CODES[hit['name'].lower()]}"


def homeless(block: str, evidence: frozenset[str], own: tuple[str, ...], outputs: str) -> list[str]:
    """The numbers, dates and seasons of a block that nothing bears.

    evidence: ids of passages beside those that the block cites; own, outputs: as in Homes.
    """
    bare, works = without_works(block)
    bare = without_what_counts_nothing(bare)
    homes = Homes(cited_ids(block) | evidence, works, own, outputs)
    lost = []
    for hit in SEASON.finditer(bare):
        if season(hit) not in homes.seasons():
            lost.append(hit[0])
    bare = SEASON.sub("", bare)
    for date in dates_in(bare):
        if not any(date.agrees_with(day) for day in homes.days()):
            lost.append(date.words)
    for found in counted(DATE.sub("", bare)):
        if not homes.bear(found):
            lost.append(f"{found.written} {found.word}".strip())
    return lost


def without_works(block: str) -> tuple[str, tuple[Work, ...]]:
    """A block without the short titles and citations of works, and the works that it names."""
    named = []
    works = sorted(EDITION.works.values(), key=lambda work: len(work.short), reverse=True)
    for work in works:
        if work.short in block:
            named.append(work)
            block = block.replace(work.citation, "").replace(work.short, "")
    return block, tuple(named)


def without_what_counts_nothing(block: str) -> str:
    """A block without quotations, exempt phrases, code, links, ids, and numbers of places."""
    bare = QUOTATION.sub("", block)
    for words in EXEMPT:
        bare = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "", bare)
    bare = CODE_OR_LINK.sub("", bare)
    return RANGE.sub("", POINTER.sub("", bare))


def times_beside(number: float, text: str) -> set[str]:
    """The years, and full dates, that a note gives for a number: in its clause, or last before."""
    times = set()
    for hit in PRINTED.finditer(text):
        if float(hit[0].replace(",", "")) == number:
            before, after = text[: hit.start()], text[hit.end() :]
            clause, *_ = CLAUSE_END.split(after)
            years = YEAR.findall(clause)[:1]
            times |= set(years) or last_times(before)
    return times


def last_times(text: str) -> set[str]:
    """The year last named in a text, and the full date, or two for 24-25 February."""
    dated = [date for date in dates_in(text) if date.day and date.year]
    days = {date.iso for date in dated if date.words == dated[-1].words}
    return days | set(YEAR.findall(text)[-1:])
