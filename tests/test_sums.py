"""Sums with ranges: both ends, the hedge, the unit and the kind come out as they went in."""

from __future__ import annotations

from collections import Counter

import pytest
from course import EDITION
from hypothesis import given, settings
from hypothesis import strategies as st

import helpers
from helpers import amount, calendar, gap_figure, majority_of, quantity
from helpers.amounts import Amount, NotASum

NEED, LIMIT = quantity("B24.3"), quantity("B24.4")
PEOPLE, MONTHS = quantity("B30.1", "people"), quantity("B30.1", "months")
NAMES = {word: getattr(helpers, word) for word in helpers.WORDS}
NAMES |= {"NEED": NEED, "LIMIT": LIMIT, "PEOPLE": PEOPLE, "MONTHS": MONTHS}
ENDS = st.integers(1, 10**6)
SHARES = st.floats(0, 1)


@st.composite
def ranges(draw: st.DrawFn) -> Amount:
    one, other = draw(ENDS), draw(ENDS)
    return Amount(min(one, other), max(one, other), "", "t")


@settings(derandomize=True)
@given(ranges(), ranges(), SHARES, SHARES)
def test_whatever_lies_within_two_ranges_lies_within_their_sum(
    mine: Amount, theirs: Amount, here: float, there: float
) -> None:
    one = mine.low + here * (mine.high - mine.low)
    other = theirs.low + there * (theirs.high - theirs.low)
    within(mine + theirs, one + other)
    within(mine - theirs, one - other)
    within(mine / theirs, 100 * one / other)


def within(found: Amount, value: float) -> None:
    near = 1e-6 * max(1, abs(value))
    assert found.low - near <= value <= found.high + near


def test_a_sum_says_from_which_numbers_it_was_computed_and_of_which_kind_they_are() -> None:
    gap = NEED - LIMIT
    assert gap.kind == "computed" and gap.home == ("B24.3 (need)", "B24.4 (target and limit)")
    homes = "computed from B24.3 (need) and B24.4 (target and limit)"
    assert repr(gap) == f"50,000 to 150,000 t · {homes}"
    assert repr(NEED) == "2,900,000 to 3,000,000 t · B24.3 (need)"


def test_a_number_of_ones_own_stays_marked_as_such() -> None:
    assert "0.95 (your number)" in (LIMIT * 0.95).home
    assert amount("about 90 people").home == ("about 90 people (your number)",)


def test_the_word_about_survives_every_sum() -> None:
    came = quantity("B2.3")
    sums = (
        came + 10,
        came - 10,
        10 + came,
        came * 2,
        came / amount("300 people"),
        majority_of(came),
    )
    for found in sums:
        assert found.hedge == "about", repr(found)


UNITS = {
    "NEED - LIMIT": "t",
    "LIMIT / NEED": "%",
    "NEED * amount('90%')": "t",
    "amount('90%') * NEED": "t",
    "amount('99%') * amount('99%')": "%",
    "NEED * 1000 / 9": "t",
    "2 * NEED": "t",
    "100 - LIMIT / NEED": "%",
    "PEOPLE * MONTHS": "people-months",
    "NEED / amount('9 million people')": "t per person",
    "NEED * amount('1000 kg per t') / amount('9 million people')": "kg per person",
}


@pytest.mark.parametrize("written", UNITS)
def test_units_come_out_of_a_sum(written: str) -> None:
    assert eval(written, dict(NAMES)).unit == UNITS[written]


def test_the_rest_of_a_share_turns_its_ends_round() -> None:
    covered = LIMIT / NEED
    missing = 100 - covered
    assert missing.low == pytest.approx(100 - covered.high)
    assert missing.high == pytest.approx(100 - covered.low)
    assert "100 (your number)" in missing.home


def test_a_majority_is_more_than_half() -> None:
    for whole in range(1, 200):
        found = majority_of(Amount(whole, whole))
        assert found.low > whole / 2 >= found.low - 1 and found.high == whole


NO_SUMS = [
    "NEED - PEOPLE",
    "NEED / 0",
    "amount('many people')",
    "NEED - 'at most 5'",
    "NEED + None",
    "gap_figure(LIMIT, NEED)",
    "interval_figure({})",
    "interval_figure({'a': NEED, 'b': quantity('B2.3')})",
]


@pytest.mark.parametrize("written", NO_SUMS)
def test_what_cannot_be_put_together_ends_in_one_line_without_a_traceback(written: str) -> None:
    with pytest.raises(NotASum) as problem:
        eval(written, dict(NAMES))
    (line,) = problem.value._render_traceback_()
    assert line.startswith("Not possible: ") and "\n" not in line


def test_every_number_of_the_source_comes_with_its_kind() -> None:
    counted = [row for row in EDITION.rows("quantities") if row["low"] and row["kind"] != "label"]
    in_segment = Counter(row["segment"] for row in counted)
    for row in counted:
        if in_segment[row["segment"]] > 1:
            continue  # then it goes by its unit
        found = quantity(row["segment"])
        assert (found.low, found.high) == (float(row["low"]), float(row["high"])), row["id"]
        assert (found.unit, found.kind) == (row["unit"], row["status"]), row["id"]
        assert (found.hedge == "about") == (row["about"] == "yes"), row["id"]


def test_figures_say_of_which_kind_each_number_is() -> None:
    gap = gap_figure(NEED, LIMIT).text
    for kind in ("B24.3 (need)", "B24.4 (target and limit)", "computed"):
        assert kind in gap, f"{kind} is missing in the figure of the gap."
    plans = calendar(1955, 1958).text
    for row in EDITION.rows("plans"):
        assert not row["start"] or row["status"] in plans, f"{row['id']}: {row['status']}"
