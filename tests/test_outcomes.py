"""Rule 5, of outcomes: their words say no more than what was read, their months are those in their
words, and the verdict follows from the months of the plan.
"""

from __future__ import annotations

import re
from calendar import month_name

import pytest
from course import EDITION, Row, dates_in, rows, values
from homes import YEAR, times_beside

from helpers.edition import Work

OUTCOMES = rows("outcomes")
WORKS = EDITION.works
PLANS = {row.id: row for row in rows("plans")}
YEAR_OF_THE_TALK = "1956"  # of dates without a year
WHOLE_YEAR = re.compile(r"\bin (\d{4})\b")
SCALES = (1, 1_000, 10_000)  # in which a note may print tons
PASSAGE = re.compile(r"\b[BQ]\d+\.\d+")
TONS = re.compile(r"(\d[\d,]*) t\b")
WORD_AND_YEAR = re.compile(r"\b[a-z]+ ((?:19|20)\d\d)\b")
MONTHS = "|".join(month_name[1:])
DATED_MONTH = re.compile(rf"\b(?:{MONTHS}) \d{{4}}\b")  # another test looks at dates
ORDINAL = re.compile(r"(?<=\d)(?:st|nd|rd|th)\b")
CONTENT_WORD = re.compile(r"[a-z]{3,}")
# Words with which we say of a work what it says, and not what happened.
OUR_OWN_WORDS = set(
    "after alone already and anyone became been but ever for had historian its known left made "
    "names newspaper officially one others said says some tells that then too vice voted was "
    "were what when whether which would".split()
)
SAYS_NOTHING = re.compile(r"not (?:known|read|said)")
# Verdicts that no table gives: in each, what happened is not what had been planned.
JUDGED = {
    "P26": "not within days",  # the talk named no time; ten days later it had not blown over
    "P7": "otherwise",  # cards were to be abolished; rationing was extended
}


each_outcome = pytest.mark.parametrize("row", OUTCOMES, ids=str)


def works_of(row: Row) -> list[Work]:
    """The works that an outcome leans on: that of its row, and those that its words name."""
    said = f"{row.outcome} {row.note}"
    return [work for work in WORKS.values() if work.id == row.work or work.short in said]


def what_was_read(row: Row) -> str:
    """What the works of an outcome say, and the plan with its sentence of the source."""
    plan = PLANS[row.plan]
    read = [EDITION.segments[plan.segment].text, plan.what, plan.start, plan.note]
    for work in works_of(row):
        read += [work.short, work.citation, work.note]
    return " ".join(read)


def own_words(row: Row) -> str:
    """The words of an outcome and its note, without short titles and ids of passages."""
    said = f"{row.outcome} {row.note}"
    for work in works_of(row):
        said = said.replace(work.short, "")
    return ORDINAL.sub("", PASSAGE.sub("", said))


def months_said(row: Row) -> tuple[str, str]:
    """The first and the last month that an outcome names before its first semicolon."""
    first, _, _ = row.outcome.partition(";")
    year = WHOLE_YEAR.search(first)
    if year:
        return f"{year[1]}-01", f"{year[1]}-12"
    months = [dated.iso[:7] for dated in dates_in(first, YEAR_OF_THE_TALK)]
    return min(months, default=""), max(months, default="")


def verdict_of(row: Row) -> str:
    """The verdict that follows from an outcome's words and from the months of its plan."""
    first, _, rest = row.outcome.partition(";")
    plan = PLANS[row.plan]
    if "not known" in first:
        return "not known"
    if "not known" in rest:
        return "partly known"
    if "would" in first:
        return "planned again"
    if not plan.start:
        return "known"
    if row.end < plan.start:
        return "earlier"
    if row.start > plan.end:
        return "later"
    if beyond_the_limit(row):
        return "officially more than the limit"
    return "as planned"


def beyond_the_limit(row: Row) -> bool:
    """Whether an outcome in tons is more than the plan's sentence holds possible."""
    segment = PLANS[row.plan].segment
    for number in rows("quantities"):
        if number.segment == segment and "limit" in number.status:
            return max(values(row.outcome)) > float(number.high)
    return False


@each_outcome
def test_an_outcome_names_a_work_unless_nothing_is_known(row: Row) -> None:
    something_known = row.outcome != "not known"
    for given in (row.work, row.grade):
        fits = bool(given) == something_known
        assert fits, f"{row}: give work and grade, or write “not known” alone."


@each_outcome
def test_an_outcome_says_no_word_that_was_not_read(row: Row) -> None:
    read = content_words(what_was_read(row))
    new = content_words(row.outcome) - read - OUR_OWN_WORDS
    assert not new, f"{row}: {new} stands in no note of its works, and not in the plan."


def content_words(text: str) -> set[str]:
    """The words of a text that say something: three letters or more, what is not known aside."""
    claimed = SAYS_NOTHING.sub("", text.lower())
    return set(CONTENT_WORD.findall(claimed))


@each_outcome
def test_every_number_of_an_outcome_was_read(row: Row) -> None:
    read = values(what_was_read(row))
    for number in values(own_words(row)):
        printed = {number / scale for scale in SCALES}
        assert printed & read, f"{row}: {number:g} stands in no note of its works."


@each_outcome
def test_a_number_of_tons_stands_beside_its_year_in_a_note(row: Row) -> None:
    read = " ".join(f"{work.short}. {work.note}" for work in works_of(row))
    for clause in clauses_of(row):
        for hit in TONS.finditer(clause):
            written = float(hit[1].replace(",", ""))
            year = next(iter(YEAR.findall(clause[hit.end() :]) + YEAR.findall(clause)[-1:]), "")
            times: set[str] = set()
            for scale in SCALES:
                times |= times_beside(round(written / scale, 6), read)
            assert year in times, f"{row}: {hit[0]} is read for {sorted(times)}, not for {year}."


@each_outcome
def test_a_bare_year_is_in_its_words_in_a_note_or_that_of_plan_or_work(row: Row) -> None:
    plan = PLANS[row.plan]
    read = " ".join(work.note for work in works_of(row))
    known = set(YEAR.findall(f"{plan.start} {plan.end} {plan.note}"))
    for clause in clauses_of(row):
        named = [work for work in works_of(row) if work.short in clause]
        bare = clause
        for work in named:
            bare = bare.replace(work.short, "")
        dated = {f"in {year}" for work in named for year in YEAR.findall(work.short)}
        for hit in WORD_AND_YEAR.finditer(DATED_MONTH.sub("", bare)):
            there = hit[0] in read or hit[1] in known or hit[0] in dated
            assert there, f"{row}: “{hit[0]}” stands in no note of its works."


def clauses_of(row: Row) -> list[str]:
    """The clauses of an outcome, from one semicolon to the next."""
    return row.outcome.split("; ")


@each_outcome
def test_every_date_of_an_outcome_was_read(row: Row) -> None:
    read = [dated.iso for dated in dates_in(what_was_read(row))]
    for dated in dates_in(own_words(row)):
        there = any(dated.agrees_with(date) for date in read)
        assert there, f"{row}: {dated.words} stands in no note of its works."


@each_outcome
def test_the_months_of_an_outcome_are_those_in_its_words(row: Row) -> None:
    start, end = months_said(row)
    assert row.start == start, f"{row}: it begins in {row.start}, by its words in {start}."
    assert row.end == end, f"{row}: it ends in {row.end}, by its words in {end}."


@each_outcome
def test_the_verdict_follows_from_the_months(row: Row) -> None:
    follows = JUDGED.get(row.plan) or verdict_of(row)
    assert row.verdict == follows, f"{row}: “{row.verdict}” should be “{follows}”."
