"""Keys on numbers: from quantities.csv, and from sums with both ends of each amount."""

from __future__ import annotations

import re

from course import EDITION

from helpers import amount, majority_of, quantity
from helpers.amounts import Amount
from helpers.edition import Row
from helpers.questions import Practice
from keys.registry import key_of, option, pairs
from keys.tables import act, outside, plans_in, row_of, segment_of

NEED, LIMIT = quantity("B24.3"), quantity("B24.4")
VISITORS, RATE = quantity("B2.3"), quantity("B21.1")
STATUS = {  # as options call the kinds of number of quantities.csv
    "need": "need",
    "target and limit": "limit",
    "forecast": "forecast: it is expected",
    "target": "a level to be reached",
    "reported": "a reported count, with a hedge",
    "past figure used as a target": "a past figure",
}


def ends_of(figure: Row) -> Amount:
    """The number of a row of figures.csv, with both its ends."""
    return amount((float(figure["low"]), float(figure["high"])))


def percent_in(prompt: str) -> Amount:
    """The one percentage that a prompt names."""
    (share,) = set(re.findall(r"\d+(?:\.\d+)?%", prompt))
    return amount(share)


# Counts and shares of people


@key_of("E0.1")
def visitors(question: Practice) -> Amount:
    return VISITORS


@key_of("E5.1")
def most_beside_a_majority(question: Practice) -> float:
    """Whoever is left when the fewest who are a majority took forms."""
    assert f"exactly {VISITORS.low:g} people" in question.prompt
    return VISITORS.low - majority_of(VISITORS).low


@key_of("E5.3")
def others_who_make_a_majority(question: Practice) -> float:
    """The fewest who are a majority of the total that a prompt supposes, without the visitors."""
    assert f"exactly {VISITORS.low:g} Soviet Koreans came" in question.prompt
    total = re.search(r"Suppose that it was (\d+)\.", question.prompt)
    assert total
    return majority_of(int(total[1])).low - VISITORS.low


@key_of("E5.5")
def share_of_a_share(question: Practice) -> Amount:
    assert percent_in(question.prompt).low == RATE.low
    return RATE * RATE


@key_of("R6.1")
def missing_base(question: Practice) -> str:
    row = row_of("quantities", "B2.2")
    return option(question, row["missing"].partition(";")[0])


# The grain


def gap(harvest: Amount) -> Amount:
    return NEED - harvest


@key_of("N6.1", "R10.2")
def gap_at_the_limit(question: Practice) -> Amount:
    return gap(LIMIT)


@key_of("E6.1")
def gap_at_an_earlier_target(question: Practice) -> Amount:
    """The harvest is no larger than the target of another year."""
    earlier = ends_of(outside("grain_target")["1956"])
    assert f"{earlier} tons" in question.prompt
    return gap(amount(f"{earlier} t"))


@key_of("E6.4")
def harvest_beside_a_purchase(question: Practice) -> Amount:
    """What the fields must give when so much can be bought."""
    hit = re.search(r"([\d,]+) tons can be bought", question.prompt)
    assert hit
    return NEED - amount(f"{hit[1]} t")


@key_of("E6.2")
def share_of_the_need(question: Practice) -> Amount:
    """Each gap over its own need: what the harvest does not cover."""
    return amount("100%") - LIMIT / NEED


@key_of("E6.3")
def harvest_whose_gap_is_least_sure(question: Practice) -> str:
    """The harvest at which the larger end of the gap is the most times the smaller one."""
    factors = {}
    for sign, said in question.options.items():
        harvest = re.match(r"[\d,]+ tons", said)
        if harvest:
            found = gap(amount(harvest[0].replace("tons", "t")))
            factors[sign] = found.high / found.low
    assert len(factors) == len(question.options) - 1 and len(set(factors.values())) > 1
    return max(factors, key=factors.__getitem__)


@key_of("N6.2")
def years_above_the_limit(question: Practice) -> str:
    """How many years of the table lie above it, if it is milled already, and if it is not."""
    years = [float(row["high"]) for row in outside("colonial_grain").values()]
    assert all("times 0.9" in row["note"] for row in outside("colonial_grain").values())
    above = [sum(year > LIMIT.high * basis for year in years) for basis in (1, 0.9)]
    words = ("none", "one", "two", "three")
    return option(question, " or ".join(words[count] for count in above), "gave more")


def is_least() -> bool:
    """Whether a smaller harvest leaves a larger gap, and a larger one is not expected."""
    smaller = gap(LIMIT * amount("99%"))
    grows = smaller.low > gap(LIMIT).low and smaller.high > gap(LIMIT).high
    return grows and "limit" in row_of("quantities", "B24.4")["status"]


@key_of("E6.1b")
def a_least_and_no_most(question: Practice) -> str:
    assert is_least() and "exactly at its limit" in question.prompt
    return option(question, "at least the smaller end", "at most is not told")


@key_of("R8.2")
def least_or_most(question: Practice) -> str:
    assert is_least()
    return option(question, "the least")


@key_of("E9.7")
def rise_of_the_target(question: Practice) -> Amount:
    """Each rise over the number from which it starts."""
    earlier = ends_of(outside("grain_target")["1956"])
    assert f"{earlier} tons" in question.prompt and f"{LIMIT.low:,.0f}" in question.prompt
    return 100 * (Amount(LIMIT.low, LIMIT.high) / earlier) - 100


# What kind of number


def status_in(segment: str) -> Row | None:
    rows = [row for row in EDITION.rows("quantities") if row["segment"] == segment]
    return rows[0] if rows else None


OUTSIDE = {  # series of figures.csv, and what an option calls a number of it
    "grain_target": "target",
    "fertilizer_given_to_agriculture": "result",
    "fertilizer_for_agriculture_planned": "limit",
}


@key_of("E6.8")
def kind_of_each_number_in_several_papers(question: Practice) -> dict[str, str]:
    def kind(snippet: str) -> str:
        for series, label in OUTSIDE.items():
            for year, row in outside(series).items():
                if f"{ends_of(row)} tons" in snippet and year in snippet:
                    return option(question, label)
        row = status_in(segment_of(snippet))
        return option(question, row["status"] if row else "no number stands there")

    return pairs(question, kind)


@key_of("R7.1")
def target_and_limit(question: Practice) -> str:
    """The plan calls it a target, the sentence goes on to call it the most."""
    (plan,) = plans_in("B24.4")
    assert plan["status"] == "target" and act("B24.4", part="2") == "limit"
    return option(question, plan["status"], "the most")


@key_of("R7.2")
def figure_that_became_a_target(question: Practice) -> str:
    return option(question, STATUS[row_of("quantities", "B21.1")["status"]])


@key_of("N5.1")
def from_what_to_what(question: Practice) -> str:
    assert row_of("quantities", "B21.1")["status"] == "past figure used as a target"
    return option(question, "votes that were held", "target")


@key_of("E6.6")
def rise_without_a_start(question: Practice) -> str:
    row = row_of("quantities", "B24.6")
    assert row["missing"] == "the level before"
    return option(question, f"at most {row['text']} rubles", row["missing"])


@key_of("E6.7")
def bound_of_the_prewar_level(question: Practice) -> str:
    """The number is to exceed a figure that is not given: so that figure lies below it."""
    row = row_of("quantities", "B24.2")
    assert "the prewar figure it is to exceed" in row["missing"]
    return option(question, "if the claim is right", f"below {row['text']} tons")


@key_of("E7.5")
def specialist_months(question: Practice) -> Amount:
    return quantity("B30.1", "people") * quantity("B30.1", "months")
