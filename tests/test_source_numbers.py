"""Rule 3: every number, date and bracket of the source is accounted for in quantities, dates or
apparatus; and a row says of its words what they say.
"""

from __future__ import annotations

import re

import pytest
from course import EDITION, MONTHS, Row, dates_in, rows

from helpers.amounts import read_amount
from helpers.numerals import WORDS

SPANS = [*rows("apparatus"), *rows("dates"), *rows("quantities")]
NUMBER_WORDS = [*WORDS, "once", "twice", "thrice", "dual", "single", "half", "dozen", "hundred"]
NUMERAL = re.compile(rf"\d[\d,.\-]*\d|\d|\b(?:{'|'.join(NUMBER_WORDS)}|thousand|million)\b", re.I)
MONTH_OR_YEAR = re.compile(rf"\b(?:{'|'.join(MONTHS)})\b|\b19\d\d\b")
MARKS = (r"\[[^\[\]]*\]", "_{2,}")  # brackets, blanks
IN_ONE_WORD = {"dual": "2", "twice": "2", "single": "1", "3rd": "3"}
SEASONS = {"spring": "21", "autumn": "23"}  # months 21 and 23 of ISO 8601-2
YEAR_OF_THE_TALK = "1956"  # set by H9; rows without a year say so in their note
# A unit by the words in which the source has it.
UNIT_WORDS = {
    "t": r"tons",
    "%": r"%",
    "rubles": r"rubles",
    "people": r"people|specialists|decided to think",
    "months": r"months",
    "years": r"-year",
    "copies": r"copies",
    "citizenships": r"citizenship",
    "countries": r"countries",
    "elections": r"elections",
    "grade": r"grades",
    "questions": r"questions",
    "measures": r"measures",
    "events": r"events",
    "share": r"majority",
    "letters": r"letters",
    "owners": r"-owner",
}
UNIT = re.compile("|".join(UNIT_WORDS.values()))


each_date = pytest.mark.parametrize("row", rows("dates"), ids=str)
each_quantity = pytest.mark.parametrize("row", rows("quantities"), ids=str)


def span(row: Row) -> tuple[int, int]:
    """Where in the source the words of a row stand."""
    return int(row.start), int(row.end)


def homeless(pattern: re.Pattern[str], *tables: str) -> str:
    """What a pattern finds in the source that lies in no row of these tables."""
    covered: set[int] = set()
    for row in SPANS:
        if row.table in tables:
            covered |= set(range(*span(row)))
    lost = []
    for hit in pattern.finditer(EDITION.text):
        if not covered.issuperset(range(*hit.span())):
            lost.append(f"{hit[0]} at {hit.start()}")
    return ", ".join(lost)


@pytest.mark.parametrize("row", SPANS, ids=str)
def test_every_span_holds_the_words_that_its_row_gives(row: Row) -> None:
    start, end = span(row)
    there = EDITION.text[start:end]
    assert there == row.text, f"{row}: the source has “{there}” at {start}."
    segment = EDITION.segments[row.segment]
    assert segment.start <= start < segment.end, f"{row} does not begin in {segment.id}."


def test_every_number_of_the_source_lies_in_a_row_of_its_own() -> None:
    lost = homeless(NUMERAL, "quantities", "dates")
    assert not lost, f"Give these a row in quantities.csv or dates.csv: {lost}."


def test_every_month_and_year_of_the_source_lies_in_a_date() -> None:
    lost = homeless(MONTH_OR_YEAR, "dates")
    assert not lost, f"No row of dates.csv holds: {lost}."


def test_every_bracket_and_blank_stands_in_the_apparatus() -> None:
    marks = set()
    for kind in MARKS:
        marks |= {hit.span() for hit in re.finditer(kind, EDITION.text)}
    accounted_for = {span(row) for row in rows("apparatus")}
    differ = sorted(marks ^ accounted_for)
    assert not differ, f"apparatus.csv: marks without a row, or rows without a mark: {differ}."


# Dates


@each_date
def test_every_date_has_the_value_that_its_words_give(row: Row) -> None:
    read = READERS.get(row.precision)
    if read is None:
        relative = row.precision == "relative"
        assert bool(row.value) == relative, f"{row}: only a relative one has a value."
    else:
        said = read(row.text)
        assert row.value == said, f"{row}: “{row.text}” is {said}."


def days(words: str) -> str:
    """The value of words such as "13 January 1956" or "January 13, 1956", also of two of them."""
    day_first = re.sub(r"(\w+) (\d+), (\d+)", r"\2 \1 \3", words)
    found = [dated.iso for dated in dates_in(day_first, YEAR_OF_THE_TALK) if dated.day]
    return "/".join(found)


def named_months(words: str) -> str:
    """The value of words such as "March and April"."""
    found = [dated.iso for dated in dates_in(words, YEAR_OF_THE_TALK) if not dated.day]
    return "/".join(found)


def season(words: str) -> str:
    """The value of words such as "the spring of 1957"."""
    name = re.search("spring|autumn", words)
    year = re.search(r"\d{4}|$", words)
    assert name and year
    return f"{year[0] or YEAR_OF_THE_TALK}-{SEASONS[name[0]]}"


READERS = {"day": days, "month": named_months, "season": season, "year": str}


def test_the_years_that_are_counted_from_the_talk_are_right() -> None:
    """Relative values: the next year, the same year as the sentence before, the last December."""
    values = {row.text: row.value for row in rows("dates")}
    talk = int(YEAR_OF_THE_TALK)
    assert values["next year"] == str(talk + 1), "dates.csv: “next year”."
    assert values["December session"] == f"{talk - 1}-12", "dates.csv: the session."
    assert values["By this period"] == values["1958"], "dates.csv: “By this period” is B24.4's."


# Quantities

COUNTED = [row for row in rows("quantities") if row.low]
MEASURED = [row for row in rows("quantities") if row.unit]


@pytest.mark.parametrize("row", COUNTED, ids=str)
def test_every_quantity_has_the_ends_that_its_words_give(row: Row) -> None:
    amount = read_amount(IN_ONE_WORD.get(row.text, row.text))
    assert amount.low == float(row.low), f"{row}: “{row.text}” does not begin with {row.low}."
    assert amount.high == float(row.high), f"{row}: “{row.text}” does not end with {row.high}."
    hedged = "yes" if amount.hedge == "about" else "no"
    assert row.about == hedged, f"{row}: is “{row.text}” hedged or not?"


@pytest.mark.parametrize("row", MEASURED, ids=str)
def test_a_unit_stands_beside_its_number_in_the_source(row: Row) -> None:
    """The first unit before the next number; where there is none, the last one before it."""
    start, end = span(row)
    segment = EDITION.segments[row.segment]
    before = EDITION.text[segment.start : start]
    after, *_ = NUMERAL.split(EDITION.text[end : segment.end])
    named = UNIT.findall(row.text + after)[:1] or UNIT.findall(before)[-1:]
    fits = named and re.fullmatch(UNIT_WORDS[row.unit], named[0])
    assert fits, f"{row}: beside its number stands {named}, no {row.unit}."


@each_quantity
def test_only_labels_pronouns_and_ordinals_are_without_a_unit(row: Row) -> None:
    bare = row.kind in ("label", "idiom", "ordinal")
    assert row.unit or bare, f"{row}: a {row.kind} without a unit."
