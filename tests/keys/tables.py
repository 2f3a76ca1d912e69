"""What the tables of the edition say of a passage, in one call."""

from __future__ import annotations

import re

from course import EDITION

from helpers.edition import Row

ID_AT_THE_END = re.compile(r"\(([AHGBTWXYZ]\d+(?:\.\d+)?)[^()]*\)\.?$")
STRESSED = re.compile(r"[a-z]{4,}")
STEM = 6  # letters


def statement(segment: str, reading: str = "1", part: str = "1") -> Row:
    """What a reading says of a sentence, or of a part of it."""
    for row in EDITION.rows("statements"):
        if (row["segment"], row["reading"], row["part"]) == (segment, reading, part):
            return row
    raise AssertionError(f"statements.csv: {segment} has no part {part} in reading {reading}.")


def readings(segment: str) -> list[Row]:
    """Every reading of the first part of a sentence."""
    rows = EDITION.rows("statements")
    return [row for row in rows if row["segment"] == segment and row["part"] == "1"]


def chain(segment: str, reading: str = "1", part: str = "1") -> list[str]:
    """The agents of a sentence, the innermost first; those who are not stated end in "?"."""
    agents = statement(segment, reading, part)["chain"].split(">")
    return agents[::-1]


def act(segment: str, part: str = "1") -> str:
    """What a sentence does, by the first reading."""
    return statement(segment, part=part)["act"]


def row_of(table: str, segment: str) -> Row:
    """The first row of a table that belongs to a segment."""
    for row in EDITION.rows(table):
        if row["segment"] == segment:
            return row
    raise AssertionError(f"{table}.csv has no row for {segment}.")


def agent(id: str) -> Row:
    """A row of agents.csv."""
    return EDITION.by_id("agents")[id]


def plans_in(segment: str) -> list[Row]:
    """The plans of a sentence."""
    return [row for row in EDITION.rows("plans") if row["segment"] == segment]


def verdict(segment: str) -> str:
    """What became of the first plan of a sentence that has an outcome."""
    plans = {row["id"] for row in plans_in(segment)}
    for outcome in EDITION.rows("outcomes"):
        if outcome["plan"] in plans:
            return outcome["verdict"]
    raise AssertionError(f"outcomes.csv has no row for a plan of {segment}.")


def outside(series: str) -> dict[str, Row]:
    """The figures of a series, by year or day."""
    rows = [row for row in EDITION.rows("figures") if row["series"] == series]
    return {row["year"]: row for row in rows}


def sense(term: str) -> str:
    """What the glossary says of a term."""
    for row in EDITION.rows("terms"):
        if row["term"] == term:
            return row["sense"]
    raise AssertionError(f"terms.csv has no term {term}.")


def segment_of(snippet: str) -> str:
    """The id in brackets at the end of a snippet: "the rest (B24.5)" gives B24.5."""
    hit = ID_AT_THE_END.search(snippet)
    assert hit, f"No id at the end of “{snippet}”."
    return hit[1]


def words_of(snippet: str) -> str:
    """A snippet without the id in brackets at its end."""
    return snippet.rpartition(" (")[0]


def content(text: str) -> set[str]:
    """The words of a text that say something, by their first letters: closed, closing."""
    return {word[:STEM] for word in STRESSED.findall(text.lower())}
