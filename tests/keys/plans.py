"""Keys on answers, plans and what came of them: replies, plans, outcomes and figures of others."""

from __future__ import annotations

import re
from datetime import date

from course import EDITION

from helpers import quantity
from helpers.edition import Row
from helpers.questions import Practice
from keys.registry import key_of, option, pairs, signs_of
from keys.tables import (
    act,
    agent,
    outside,
    plans_in,
    row_of,
    segment_of,
    statement,
    verdict,
    words_of,
)

WARS = {  # what a war since which one may count begins with, and ends with
    "from the outbreak of war": date(1950, 6, 25),
    "from the armistice": date(1953, 7, 27),
}
TIMES = {1: "once", 2: "twice"}
BEFORE_THE_TALK = "1956"

# Worries and answers


def by_answer() -> list[Row]:
    """The concerns in the order in which they are answered."""
    return sorted(EDITION.rows("replies"), key=lambda row: EDITION.find(row["answered"])[0].start)


@key_of("E3.1")
def sentence_that_settles(question: Practice) -> dict[str, str]:
    """The one in the answer that does more than wish; none for what the table calls open."""

    def settles(snippet: str) -> str:
        asked = EDITION.segments[segment_of(snippet)]
        assert words_of(snippet) in asked.text, f"E3.1: {snippet} does not stand there."
        (row,) = [row for row in EDITION.rows("replies") if asked in EDITION.find(row["asked"])]
        if words_of(snippet) in row["open"]:
            return option(question, "none of these")
        told = {segment.id for segment in EDITION.find(row["answered"])}
        (sign,) = [
            sign
            for sign, said in question.options.items()
            if "(" in said and segment_of(said) in told and act(segment_of(said)) != "wish"
        ]
        return sign

    return pairs(question, settles)


@key_of("E3.2", "R10.1")
def order_of_the_answers(question: Practice) -> str:
    names = {
        "the school": "the school",
        "the families": "the families",
        "visits to relatives": "visits",
        "those removed from their posts": "those removed",
        "the mistrust of all": "the mistrust of all",
    }
    return " ".join(option(question, names[row["title"]]) for row in by_answer())


# Plans


@key_of("E7.2")
def order_of_the_calendar(question: Practice) -> str:
    def begins(sign: str) -> str:
        said = question.options[sign].replace("agricultural ", "")
        (plan,) = [row for row in EDITION.rows("plans") if row["what"] == said]
        return f"{plan['start']} {plan['end']}"

    return " ".join(sorted(question.options, key=begins))


@key_of("E7.3")
def day_of_the_congress(question: Practice) -> str:
    (plan,) = [row for row in EDITION.rows("plans") if row["what"] == "3rd Party Congress"]
    assert plan["known"] == "not given"
    return option(question, "does not say")


@key_of("E7.4")
def condition_of_each_plan(question: Practice) -> dict[str, str]:
    def condition(snippet: str) -> str:
        assert words_of(snippet) in EDITION.segments[segment_of(snippet)].text, snippet
        told = [row for row in plans_in(segment_of(snippet)) if row["status"] != "not told"]
        (found,) = {row["condition"] for row in told}
        return option(question, found or "no if stands before it")

    return pairs(question, condition)


@key_of("E7.4b")
def case_between(question: Practice) -> str:
    (plan,) = [row for row in EDITION.rows("plans") if row["known"] == "no plan"]
    assert plan["condition"] == "anything between the two"
    return option(question, "no plan for this case")


@key_of("R8.1")
def both_branches(question: Practice) -> str:
    assembly = [row for row in EDITION.rows("plans") if row["after"] and "VNS" in row["what"]]
    years = [f"{row['start'][:4]} {row['condition']}" for row in assembly]
    return option(question, *years)


@key_of("E7.6")
def status_of_each_plan(question: Practice) -> dict[str, str]:
    def status(snippet: str) -> str:
        (found,) = {row["status"] for row in plans_in(segment_of(snippet))}
        return option(question, found)

    return pairs(question, status)


@key_of("E7.7")
def due_before_the_vote(question: Practice) -> list[str]:
    vote = row_of("plans", "B28.1")
    due = []
    for sign, said in question.options.items():
        hit = re.search(r"B\d+\.\d", said)
        assert hit, f"E7.7: no id in {said}."
        if row_of("plans", hit[0])["start"] <= vote["end"]:
            due.append(sign)
    return due


@key_of("N10.5")
def not_said(question: Practice) -> list[str]:
    assert "how many Soviet Koreans" in row_of("quantities", "B2.2")["missing"]
    assert agent("mistaken_individuals")["role"].endswith("neither they nor the mistakes are named")
    assert agent("commenter")["name"] == "somebody not named"
    assert (
        row_of("plans", "B27.2")["start"] and "removed from the posts" in statement("B9.1")["words"]
    )
    (congress,) = [row for row in EDITION.rows("plans") if row["what"] == "3rd Party Congress"]
    assert congress["known"] == "not given"
    missing = ("how many Soviet Koreans", "the mistakes", "the comment", "the 3rd Party Congress")
    return [option(question, words) for words in missing]


# What came of them


@key_of("E8.1")
def first_above_the_limit(question: Practice) -> str:
    return first_year(question, quantity("B24.4").low + 1)


@key_of("E8.2")
def first_within_the_need(question: Practice) -> str:
    return first_year(question, quantity("B24.3").low)


def first_year(question: Practice, level: float) -> str:
    """The first year of the official series that is not below a level."""
    official = outside("grain_official")
    reached = [year for year, row in official.items() if float(row["low"]) >= level]
    return option(question, min(reached))


@key_of("E8.3")
def end_of_the_ration_cards(question: Practice) -> str:
    (plan,) = plans_in("B24.3")
    (outcome,) = [row for row in EDITION.rows("outcomes") if row["plan"] == plan["id"]]
    assert (
        outcome["verdict"] == "otherwise" and "free trade in grain was banned" in outcome["outcome"]
    )
    return option(question, "free trade in grain was banned", f"end of {outcome['start'][:4]}")


@key_of("E8.5")
def votes_before_the_talk(question: Practice) -> str:
    lowest = {}
    for series in ("turnout", "yes"):
        rows = outside(f"election_{series}").items()
        lowest[series] = min(float(row["low"]) for year, row in rows if year < BEFORE_THE_TALK)
    rate = quantity("B21.1").low
    assert lowest["turnout"] >= rate > lowest["yes"] and f"{lowest['yes']}%" in question.explain
    return option(question, "for turnout it was", "yes votes not")


@key_of("E8.6")
def local_elections(question: Practice) -> str:
    return option(question, verdict("B27.2"))


@key_of("E8.7")
def prewar_level(question: Practice) -> str:
    """More was made in the year before the war; what farms were given is another thing."""
    made = outside("fertilizer_output")["1949"]
    given = quantity("B24.2")
    assert float(made["low"]) > given.low and "not given to farms" in made["note"]
    assert f"{given.low:,.0f} tons" in question.prompt
    return option(question, "it depends")


@key_of("E8.8")
def cannot_be_judged(question: Practice) -> list[str]:
    plans = {
        "the school": "B15.4",
        "the foreign currency": "B24.6",
        "the specialists": "B30.1",
        "the Assembly": "B28.1",
        "the harvest": "B24.4",
        "the fertilizer": "B24.2",
    }
    unknown = []
    for words, segment in plans.items():
        if verdict(segment) == "not known":
            unknown += signs_of(question, words)
    return sorted(unknown)


@key_of("R9.1")
def not_known(question: Practice) -> str:
    """Nothing that was read: the outcome rests on no work."""
    (plan,) = plans_in("B15.4")
    (outcome,) = [row for row in EDITION.rows("outcomes") if row["plan"] == plan["id"]]
    assert outcome["verdict"] == "not known" and not outcome["work"]
    return option(question, "nothing that was read")


@key_of("E9.4")
def votes_since_the_war(question: Practice) -> str:
    votes = [date.fromisoformat(day) for day in outside("election_south_turnout")]
    said = []
    for begin, day in WARS.items():
        count = sum(vote > day for vote in votes)
        said.append(f"{TIMES[count]} {'if one counts ' if count == 1 else ''}{begin}")
    return option(question, "it depends", *said)


# Kinds of work


@key_of("N8.1")
def weakest_kind_of_work(question: Practice) -> str:
    """A reference work repeats what others printed; its note calls it tertiary."""
    works = [EDITION.works[row["work"]] for row in outside("election_turnout").values()]
    assert all(work.kind == "reference" and "tertiary" in work.note for work in works)
    return option(question, "an encyclopedia that cites a handbook")
