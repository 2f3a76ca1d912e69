"""Sums with ranges: both ends, the hedge, the unit and the kind come out as they went in."""

import pytest
from course import EDITION
from hypothesis import given
from hypothesis import strategies as st

from helpers import amount, figures, majority_of, quantity, widgets
from helpers.amounts import Amount, NotASum

ENDS = st.integers(1, 10**6)
RANGES = st.builds(lambda a, b: Amount(min(a, b), max(a, b), "", "t"), ENDS, ENDS)
NEED, LIMIT = quantity("B24.3"), quantity("B24.4")


@given(RANGES, RANGES, st.floats(0, 1), st.floats(0, 1))
def test_whatever_lies_within_two_ranges_lies_within_their_sum(mine, theirs, here, there):
    a, b = mine.low + here * (mine.high - mine.low), theirs.low + there * (theirs.high - theirs.low)
    for found, value in ((mine + theirs, a + b), (mine - theirs, a - b), (mine / theirs, 100 * a / b)):
        near = 1e-6 * max(1, abs(value))
        assert found.low - near <= value <= found.high + near


def test_a_sum_says_from_which_numbers_it_was_computed_and_of_which_kind_they_are():
    gap = NEED - LIMIT
    assert gap.kind == "computed" and gap.home == ("B24.3 (need)", "B24.4 (limit)")
    assert repr(gap) == "50,000 to 150,000 t · computed from B24.3 (need) and B24.4 (limit)"
    assert repr(NEED) == "2,900,000 to 3,000,000 t · B24.3 (need)"


def test_a_number_of_ones_own_stays_marked_as_such():
    assert "0.95 (your number)" in (LIMIT * 0.95).home
    assert amount("about 90 people").home == ("about 90 people (your number)",)


def test_the_word_about_survives_every_sum():
    visitors = quantity("B2.3")
    for found in (visitors + 10, visitors - 10, visitors * 2, visitors / amount("300 people"), majority_of(visitors)):
        assert found.hedge == "about", repr(found)


@pytest.mark.parametrize(("found", "unit"), [
    (NEED - LIMIT, "t"), (LIMIT / NEED, "%"), (NEED * amount("90%"), "t"), (amount("99%") * amount("99%"), "%"), (NEED * 1000 / 9, "t"),
    (quantity("B30.1", "people") * quantity("B30.1", "months"), "people-months"), (NEED / amount("9 million people"), "t per people"),
    (NEED * amount("1000 kg per t") / amount("9 million people"), "kg per people"), (2 * NEED, "t"), (100 - LIMIT / NEED, "%"),
], ids=repr)
def test_units_come_out_of_a_sum(found, unit):
    assert found.unit == unit


def test_the_rest_of_a_share_turns_its_ends_round():
    covered = LIMIT / NEED
    assert ((100 - covered).low, (100 - covered).high) == pytest.approx((100 - covered.high, 100 - covered.low))
    assert (100 - covered).unit == "%" and "100 (your number)" in (100 - covered).home


def test_a_majority_is_more_than_half():
    for whole in range(1, 200):
        found = majority_of(Amount(whole, whole))
        assert found.low > whole / 2 >= found.low - 1 and found.high == whole


@pytest.mark.parametrize("odd", [lambda: NEED - quantity("B30.1", "people"), lambda: NEED / 0, lambda: amount("many people"), lambda: NEED - "at most 5",
                                 lambda: NEED + None, lambda: figures.gap_figure(LIMIT, NEED), lambda: figures.interval_figure({}),
                                 lambda: figures.interval_figure({"a": NEED, "b": quantity("B2.3")})], ids=range(8))
def test_what_cannot_be_put_together_ends_in_one_line_without_a_traceback(odd):
    with pytest.raises(NotASum) as problem:
        odd()
    (line,) = problem.value._render_traceback_()
    assert line.startswith("Not possible: ") and "\n" not in line


def test_every_number_of_the_source_comes_with_its_kind():
    for row in EDITION.rows("quantities"):
        if row["low"] and row["kind"] != "label" and sum(r["segment"] == row["segment"] and r["low"] != "" for r in EDITION.rows("quantities")) == 1:
            found = quantity(row["segment"])
            assert (found.low, found.high, found.kind) == (float(row["low"]), float(row["high"]), row["status"])
            assert (found.hedge == "about") == (row["about"] == "yes")


def test_figures_say_of_which_kind_each_number_is():
    gap, plans = figures.gap_figure(NEED, LIMIT).text, figures.calendar(1955, 1958).text
    assert all(kind in gap for kind in ("B24.3 (need)", "B24.4 (limit)", "computed"))
    assert all(row["status"] in plans for row in EDITION.rows("plans") if row["start"])


def test_a_widget_says_in_words_what_its_table_holds():
    field = widgets.harvest_and_gap(NEED, LIMIT, lowest=-10, highest=5)
    said = " ".join(field.describe(-5).text.split())
    assert said.startswith("Harvest 2,707,500 t, 5% below the limit: 192,500 t missing at the smaller need, 292,500 t missing at the larger.")
    assert "92,500 t to spare at the smaller need" in field.describe(5).text and "292,500 t missing" in field.table().text
    total = widgets.unknown_total(quantity("B2.3"), [90, 300, 2000])
    assert "about 30% of 300: less than half" in total.describe(300).text.replace("\n", " ") and "about 30%" in total.table().text
