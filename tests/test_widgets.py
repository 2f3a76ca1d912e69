"""A widget says in words what its table holds, at every value, and tells what it can't show."""

from __future__ import annotations

import pytest
from course import EDITION, flat

from helpers import (
    harvest_and_gap,
    quantity,
    statement_filter,
    unknown_total,
    voice_ladder,
    voice_picker,
)
from helpers.ladders import voice_table

NEED, LIMIT = quantity("B24.3"), quantity("B24.4")
LOWEST, HIGHEST = -10, 5
TOTALS = [90, 180, 300, 2000]


def row_with(table: str, begin: str) -> str:
    """The row of a table that begins so."""
    (row,) = [row for row in flat(table).split(" - ") if row.startswith(begin)]
    return row


def test_a_smaller_harvest_leaves_more_to_buy() -> None:
    field = harvest_and_gap(NEED, LIMIT, LOWEST, HIGHEST)
    said = flat(field.describe(-5).text)
    assert said.startswith(
        "Harvest 2,707,500 t, 5% below the limit: "
        "192,500 t missing at the smaller need, 292,500 t missing at the larger."
    )
    assert "exactly at the limit: 50,000 t missing" in flat(field.describe(0).text)
    assert "92,500 t to spare at the smaller need" in flat(field.describe(5).text)
    assert "292,500 t missing" in flat(field.table().text)


@pytest.mark.parametrize("change", [LOWEST - 1, HIGHEST + 0.5, 35])
def test_a_harvest_beyond_the_table_is_told_so(change: float) -> None:
    said = flat(harvest_and_gap(NEED, LIMIT, LOWEST, HIGHEST).describe(change).text)
    assert said.startswith(f"The field holds {change:g}:"), said
    assert f"from {LOWEST} to {HIGHEST}" in said and "missing" not in said


@pytest.mark.parametrize("change", range(LOWEST, HIGHEST + 1))
def test_a_harvest_is_told_as_in_its_row(change: int) -> None:
    field = harvest_and_gap(NEED, LIMIT, LOWEST, HIGHEST)
    name = f"{change:+}%" if change else "0%"
    row = row_with(field.table().text, f"Harvest against the limit: {name};")
    said = flat(field.describe(change).text)
    for need in (NEED.low, NEED.high):
        gap = need - LIMIT.low * (1 + change / 100)
        words = f"{abs(gap):,.0f} t {'missing' if gap > 0 else 'to spare'}"
        assert words in said and words in row, f"{change}%: {said}"


def against_half(percent: float) -> str:
    if percent == 50:
        return "half"
    return "more than half" if percent > 50 else "less than half"


@pytest.mark.parametrize("total", TOTALS)
def test_a_share_is_told_as_in_its_row(total: int) -> None:
    field = unknown_total(quantity("B2.3"), TOTALS)
    row = row_with(field.table().text, f"Assumed total of people: {total:,};")
    percent = 100 * 90 / total
    half = against_half(percent)
    said = flat(field.describe(total).text)
    assert f"about {percent:g}% of {total:,}: {half}. You assumed the total." in said
    assert f"about {percent:g}%; Against half: {half}" in row


def test_a_picked_sentence_shows_the_ladders_of_its_rows() -> None:
    picker = voice_picker("B1.1")
    head, *rows = flat(picker.table().text).split(" - Id: ")
    end = head.partition("Each goes on: ")[2]
    picked = set()
    for row in rows:
        name, _, rest = row.partition(";")
        id = name.partition(",")[0]
        voices = rest.partition("first: ")[2].partition("; Attribution")[0]
        ladder = f"Voice ladder of {name}: {voices} {end}"
        said = flat(picker.describe(id).text)
        assert ladder in said and said == flat(voice_ladder(id).text), row
        picked.add(id)
    assert picked == {segment.id for segment in EDITION.in_zone("body")}


def test_a_table_says_the_words_of_a_sentence_once() -> None:
    rows = flat(voice_table().text).split(" - Id: ")[1:]
    readings = [row for row in rows if row.partition(";")[0].endswith(", rival reading")]
    assert readings
    for row in readings:
        assert "; Words: as above; " in row, row


def test_the_filter_counts_what_has_a_term() -> None:
    field = statement_filter("promise")
    for term, column in (("promise", "act"), ("party papers", "check")):
        count = sum(row[column] == term for row in EDITION.rows("statements"))
        assert flat(field.describe(term).text).startswith(f"{count} statements with {term}")
    for nothing in ("", "xyzzy", "a"):
        assert field.describe(nothing).text.startswith("No statement has that.")
