"""Keys on answers, plans and what came of them: replies, plans, outcomes and figures of others."""

from __future__ import annotations

import re
from datetime import date

from course import EDITION, MONTHS

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

WARS = {  # from when one may count, to say "since the war"
    "the end of the world war": date(1945, 9, 2),
    "the outbreak of war in Korea": date(1950, 6, 25),
    "the armistice in Korea": date(1953, 7, 27),
}
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


@key_of("N7.1")
def year_of_each_plan(question: Practice) -> dict[str, str]:
    """Before the talk, in a year, or in none: the first row of a sentence is the one asked for."""

    def year(snippet: str) -> str:
        plan = row_of("plans", segment_of(snippet))
        if plan["known"] == "not given":
            return option(question, "no year is given")
        before = plan["start"] < BEFORE_THE_TALK
        return option(question, "before the talk" if before else plan["start"][:4])

    return pairs(question, year)


@key_of("E7.1")
def session_after_the_neighbour(question: Practice) -> str:
    """On the neighbour's day the bills were still to go to the session; its month is inferred."""
    neighbour = EDITION.works["O3"]
    assert "which were to go to the session" in neighbour.note
    day, month, year = neighbour.short.split()[-3:]
    session = row_of("dates", "B25.2")["value"]
    assert session == f"{year}-{MONTHS.index(month) + 1:02}" and neighbour.short in question.prompt
    return option(question, f"in {month} {year}", f"on the {day}th at the earliest")


@key_of("E7.2")
def order_of_the_calendar(question: Practice) -> str:
    def begins(sign: str) -> str:
        said = question.options[sign].replace("agricultural ", "")
        (plan,) = [row for row in EDITION.rows("plans") if row["what"] == said]
        return f"{plan['start']} {plan['end']}"

    return " ".join(sorted(question.options, key=begins))


@key_of("E7.3")
def after_the_delegates(question: Practice) -> str:
    (plan,) = [row for row in EDITION.rows("plans") if row["what"] == "3rd Party Congress"]
    assert plan["known"] == "not given" and plan["note"] == "delegates to it are to be elected"
    return option(question, "after its delegates have been elected", "no month is given")


@key_of("E7.4b")
def case_between(question: Practice) -> str:
    (plan,) = [row for row in EDITION.rows("plans") if row["known"] == "no plan"]
    assert plan["condition"] == "anything between the two"
    return option(question, "does not say")


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
def dated_before_the_postponed_vote(question: Practice) -> list[str]:
    """What ends before the year of the vote begins; a plan without a date is not among it."""
    (vote,) = [row for row in plans_in("B28.2") if row["start"]]
    due = []
    for sign, said in question.options.items():
        plan = row_of("plans", segment_of(said))
        if plan["end"] and plan["end"] < vote["start"]:
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
def share_with_cards(question: Practice) -> tuple[float, float]:
    """People with cards by all people, as both works have them."""
    told = EDITION.works["O60"].note
    people = float(outside("population")["1956"]["low"])
    ends = [float(hit.replace(",", "")) for hit in re.findall(r"\d,\d{3},\d{3}", told)]
    assert "majority" in told and len(ends) == 2 and f"{people:,.0f}" in question.prompt
    low, high = (round(100 * end / people, 6) for end in ends)
    return low, high


@key_of("E8.5")
def votes_before_the_talk(question: Practice) -> str:
    lowest = {}
    for series in ("turnout", "yes"):
        rows = outside(f"election_{series}").items()
        lowest[series] = min(float(row["low"]) for year, row in rows if year < BEFORE_THE_TALK)
    rate = quantity("B21.1").low
    assert lowest["turnout"] >= rate > lowest["yes"] and f"{lowest['yes']}%" in question.explain
    return option(question, "for turnout it was", "yes votes not")


@key_of("E8.7")
def given_to_agriculture(question: Practice) -> str:
    """The one number of others that counts what B24.2 counts."""
    given = outside("fertilizer_given_to_agriculture")["1956"]
    planned = outside("fertilizer_for_agriculture_planned")["1957"]
    plan = quantity("B24.2").low
    assert plan / float(given["low"]) == 5 / 3 and "two thirds more" in question.explain
    assert plan / float(planned["high"]) == 6 / 5 and "a fifth more" in question.explain
    return option(question, f"{float(given['low']):,.0f} t", given["year"])


@key_of("E8.8")
def cannot_be_judged(question: Practice) -> list[str]:
    plans = {
        "main structures": "B24.1",
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
    (plan,) = plans_in("B24.6")
    (outcome,) = [row for row in EDITION.rows("outcomes") if row["plan"] == plan["id"]]
    assert outcome["verdict"] == "not known" and not outcome["work"]
    return option(question, "nothing that was read")


@key_of("E9.4")
def votes_since_the_war(question: Practice) -> dict[str, str]:
    """How many rows come later; before the Korean War no votes were looked for."""
    votes = [date.fromisoformat(day) for day in outside("election_south_turnout")]
    looked_from = WARS["the outbreak of war in Korea"]

    def after(begin: str) -> str:
        if WARS[begin] < looked_from:
            return option(question, "at least")
        return option(question, {1: "one", 2: "both"}[sum(vote > WARS[begin] for vote in votes)])

    return pairs(question, after)


# Kinds of work


@key_of("N8.1")
def written_at_that_time(question: Practice) -> str:
    """None of the works of the card is a paper of the time, by its kind and its tie."""
    (card,) = [
        row
        for row in EDITION.rows("cards")
        if (row["dossier"], row["card"]) == ("ration cards", "5")
    ]
    works = [EDITION.works[id] for id in card["works"].split()]
    assert len(works) == 4 and card["told"] == "later"
    assert not [work for work in works if work.kind == "primary"]
    return option(question, "none")


@key_of("N8.2")
def voices_of_a_card(question: Practice) -> list[str]:
    """Of whom the card tells, who tells it, who wrote the record, who gives it in English."""
    (card,) = [
        row for row in EDITION.rows("cards") if (row["dossier"], row["card"]) == ("blow over", "5")
    ]
    teller, _, told = card["voices"].partition(", on a talk with ")
    speaker, _, _ = told.partition(" ")
    recorder, _, _ = EDITION.works[card["quoted"]].short.partition(",")
    return [option(question, voice) for voice in (speaker, teller, recorder, "translator")]
