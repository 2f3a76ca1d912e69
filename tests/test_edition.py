"""Rule 1: the source is one file, and the segments tile it; agents, terms, replies and plans stand
in the segments that they name.
"""

from __future__ import annotations

import hashlib

import pytest
from course import EDITION, ROOT, Row, rows
from frictionless import validate
from tiling import assert_its_segments_tile_it

SPANS = {  # datapackage.json: spring is taken as March to May, autumn as September to November
    "": ("-01", "-12"),
    "-21": ("-03", "-05"),
    "-23": ("-09", "-11"),
}
PINNED = "233a3d32e9c7f7bd948388a0e0ada7d58a61611cc698b0e3e1d9a5bbe8e99487"
PLANS = rows("plans")
PLAN_IDS = [row.id for row in PLANS]
each_plan = pytest.mark.parametrize("row", PLANS, ids=str)
each_segment = pytest.mark.parametrize("id", EDITION.segments)
MONTH_OF_THE_TALK = "1956-01"
TIMELESS = ("not given", "no plan")
CONDITIONAL = ("conditional", "not told")
SAYS_AHEAD = (" will be ", "is planned", "is being set")


def test_the_source_is_byte_for_byte_the_one_that_was_pinned() -> None:
    path = EDITION.folder / EDITION.resources["source"]["path"]
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    assert digest == PINNED, f"{path} has changed. Restore it with git; it is never edited."


def test_the_data_package_is_valid() -> None:
    report = validate(str(ROOT / "seeds/datapackage.json"))
    faults = report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert report.valid, f"seeds/datapackage.json: {faults[:5]}"


# Segments


def test_the_segments_tile_the_text() -> None:
    assert_its_segments_tile_it(EDITION)


@each_segment
def test_a_segment_stands_where_its_row_says(id: str) -> None:
    segment = EDITION.segments[id]
    there = EDITION.text[segment.start : segment.end]
    assert there == segment.text, f"At {segment.start} the source has “{there}”, not {id}."
    line = EDITION.text.count("\n", 0, segment.start) + 1
    assert line == segment.line, f"{id} is on line {line} of the source, not {segment.line}."


# Agents, terms, replies


def test_every_agent_that_is_named_is_named_in_its_segment() -> None:
    for row in rows("agents"):
        both = bool(row.words) == bool(row.segment)
        assert both, f"{row}: give words and segment, or neither."
        if row.segment:
            text = EDITION.segments[row.segment].text
            assert row.words in text, f"{row} is not named in {row.segment}."


def test_every_term_stands_in_its_segment() -> None:
    for row in rows("terms"):
        text = EDITION.segments[row.segment].text
        assert row.term in text, f"{row} does not stand in {row.segment}."


def test_every_concern_and_every_reply_stands_in_the_text() -> None:
    asked_at = []
    for row in rows("replies"):
        first, *_ = EDITION.find(row.asked)
        begins = first.text.startswith(f"{row.concern}. ")
        assert begins, f"{row}: {first.id} does not begin with that number."
        assert EDITION.find(row.answered), f"{row}: there is no reply."
        asked_at.append(first.start)
    assert asked_at == sorted(asked_at), "replies.csv: not in the order of the text."


# Plans


@each_plan
def test_a_plan_has_a_time_just_when_one_is_known(row: Row) -> None:
    has_time = row.known not in TIMELESS
    for month in (row.start, row.end):
        assert bool(month) == has_time, f"{row}: “{row.known}” does not fit “{month}”."


@each_plan
def test_every_plan_stands_in_the_time_that_its_segment_names(row: Row) -> None:
    if row.known in TIMELESS:
        return
    named = [months(date) for date in rows("dates") if date.segment == row.segment]
    if row.known == "open":  # from a time that is named to the end of its year
        year = row.start[:4]
        assert row.end == f"{year}-12", f"{row}: an open plan ends with {year}, not {row.end}."
        named = [(first, row.end) for first, _ in named]
    assert (row.start, row.end) in named, f"{row}: {row.segment} names {named}."


def months(date: Row) -> tuple[str, str]:
    """The first and the last month of a row of dates.csv."""
    first, _, last = date.value.partition("/")
    start, _ = span(first)
    _, end = span(last or first)
    return start, end


def span(value: str) -> tuple[str, str]:
    """The first and the last month of a year, a season or a month."""
    year, code = value[:4], value[4:]
    start, end = SPANS.get(code, (code, code))
    return year + start, year + end


@each_plan
def test_a_conditional_plan_hangs_on_another(row: Row) -> None:
    conditional = row.status in CONDITIONAL
    for given in (row.after, row.condition):
        assert bool(given) == conditional, f"{row}: {row.status} does not fit “{given}”."
    assert row.after in {"", *PLAN_IDS}, f"{row}: there is no plan {row.after}."


@each_plan
def test_nothing_that_lies_ahead_is_called_done(row: Row) -> None:
    text = EDITION.segments[row.segment].text
    ahead = row.end >= MONTH_OF_THE_TALK or any(words in text for words in SAYS_AHEAD)
    assert row.status != "done" or not ahead, f"{row}: ahead, and yet done."
