"""Calendars: the plans of the entry, and what came of them, as bars on an axis of years."""

from __future__ import annotations

import textwrap
from calendar import month_name
from collections.abc import Sequence
from dataclasses import replace

from helpers.display import View
from helpers.edition import NotInEdition, edition
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import (
    DOUBTFUL,
    LIGHT,
    SURE,
    Box,
    Look,
    Mark,
    Move,
    Shape,
    Span,
    Words,
    around,
)
from helpers.passages import politely
from helpers.plans import SEASONS, Outcome, Plan, all_plans, outcomes, when

PLANS = Frame(
    before="Bar calendar with {count} horizontal bars, the earliest at the top, on an axis from "
    "{first} to the end of {last}.",
    after="Bars are plain where the text names months, and hatched where it names only a season, "
    "a year or a beginning; {seasons}.",
    caption="What was to happen when. Plain: months are named. "
    "Hatched: somewhere within this stretch",
    title="{count} dated plans and deeds",
)
OUTCOMES = Frame(
    before="Calendar with {count} pairs of horizontal bars on an axis of years from {first} to the "
    "end of {last}, with a stroke at each quarter; in each pair the plan stands above and the "
    "outcome below.",
    after="Plans are plain where months are named, otherwise hatched; "
    "outcomes are pale with a border. An arrow leads from a plan to what came earlier or later.",
    caption="Plan above, outcome below; an arrow leads to what came earlier or later",
    title="{count} plans and their outcomes",
)
PAIR, BELOW = 2.3, 1  # from one pair to the next, and from a plan to its outcome
BAR = 0.6  # of this, for a bar
MOVED = ("earlier", "later")  # verdicts for which an arrow leads from a plan to its outcome
NAME = 34  # characters of a line of a long name
MONTH, QUARTER = 1 / 12, 1 / 4  # of a year
NOWHERE = "No dated plan has one of these words in its name."


@politely
def calendar(start: int, end: int) -> View:
    """The dated plans, as bars from the first to the last month in which they may fall.

    Plain: the text names the months. Hatched: it names a season, a year, or a stretch without an
    end. start, end: years.
    """
    plans = _plans_between(str(start), str(end))
    marks = [_plan_mark(plan, lane) for lane, plan in enumerate(plans)]
    earliest = plans[0]
    last = max(_year(plan.end) for plan in plans)
    left = _beginning(earliest.start) - 0.1
    first_tick = int(left) + 1
    axis = _axis_of_years(first_tick, last, Span(left, last + 2))
    facts = {
        "first": _in_words(earliest.start),
        "last": last,
        "seasons": _seasons_in_words(),
    }
    chart = Chart(PLANS, marks, Paper(9, 0.8, lane=0.42, right=0.5), axis, facts=facts)
    return chart.view()


def _plans_between(start: str, end: str) -> list[Plan]:
    """The plans that may fall into these years, the earliest first. Raises NotInEdition."""
    dated = [plan for plan in all_plans().values() if plan.start]
    dated.sort(key=lambda plan: (plan.start, plan.end))
    found = []
    for plan in dated:
        if start <= plan.end and plan.start[:4] <= end:
            found.append(plan)
    if not found or start > end:
        first = _year(dated[0].start)
        last = _year(dated[-1].end)
        raise NotInEdition(f"Name years from {first} to {last}, the earlier one first.")
    return found


def _plan_mark(plan: Plan, lane: int) -> Mark:
    time = when(plan)
    reach = _reach(plan)
    bar = Box(reach, around(lane), _look(plan))
    beside = Words(reach.end, lane, f"{time}, {plan.status}")
    return Mark(
        shapes=[bar, beside],
        cells={
            "What": plan.what,
            "When": time,
            "Status on the day of the talk": plan.status,
            "Stands in": plan.segment,
        },
        said="{0}: {1} ({2})",
        lane=f"{plan.what} ({plan.segment})",
        place=lane,
    )


def _look(plan: Plan) -> Look:
    return SURE if plan.known == "month" else DOUBTFUL


def _seasons_in_words() -> str:
    """How each season is drawn: three months from its first."""
    drawn = []
    for month, name in SEASONS.items():
        first, last = month_name[month], month_name[month + 2]
        drawn.append(f"{name} is drawn as {first} to {last}")
    return "; ".join(drawn)


@politely
def outcome_calendar(*words: str) -> View:
    """Plan and outcome below each other, for the plans with one of these words.

    Only plans with a date for both.
    """
    works = edition().works
    marks: list[Mark] = []
    years = []
    for plan, outcome in outcomes():
        dated = plan.start and outcome.start
        if dated and _is_named(plan, words):
            work = works[outcome.work].short
            marks.append(_pair_mark(plan, outcome, work, top=PAIR * len(marks)))
            years += [_year(plan.start), _year(outcome.start)]
            years += [_year(plan.end), _year(outcome.end)]
    if not marks:
        raise NotInEdition(NOWHERE)
    first = min(years)
    last = max(years)
    x = _axis_of_years(first, last, Span(first - 0.1, last + 1))
    quarters = [first + QUARTER * number for number in range(4 * (last + 1 - first) + 1)]
    bottom = PAIR * len(marks) - PAIR + BELOW + 0.5
    y = Axis("", Span(bottom, -0.5))
    facts = {"first": first, "last": last}
    paper = Paper(9.4, 0.65, lane=1, right=1.9)
    chart = Chart(OUTCOMES, marks, paper, replace(x, minor=quarters), y, facts=facts)
    return chart.view()


def _is_named(plan: Plan, words: Sequence[object]) -> bool:
    return any(str(word) in plan.what for word in words)


def _pair_mark(plan: Plan, outcome: Outcome, work: str, top: float) -> Mark:
    """A plan at the height `top`, and its outcome below."""
    time = when(plan)
    dated = _months_in_words(outcome)
    planned = _reach(plan)
    known = _reach(outcome)
    bottom = top + BELOW
    name = f"{plan.what} ({plan.segment})"
    shapes: list[Shape] = [
        Box(planned, around(top, BAR), _look(plan)),
        Words(planned.end, top, f"plan: {time}"),
        Box(known, around(bottom, BAR), LIGHT),
        Words(known.end, bottom, f"outcome: {dated}, {outcome.verdict}"),
    ]
    if outcome.verdict in MOVED:
        between = Span(top + BAR / 2, bottom - BAR / 2)
        shapes.append(Move(Span(planned.middle, known.middle), between))
    return Mark(
        shapes=shapes,
        cells={
            "What": plan.what,
            "Id": plan.segment,
            "Planned for": time,
            "Outcome": outcome.outcome,
            "Drawn at": dated,
            "Verdict": outcome.verdict,
            "Work": work,
        },
        said="{0}: planned for {2}, outcome {3} ({5}), drawn at {4}",
        lane=textwrap.fill(name, NAME),
        place=top + BELOW / 2,
    )


def _reach(dated: Plan | Outcome) -> Span:
    """On an axis of years: from the beginning of the first month to the end of the last."""
    start, end = _beginning(dated.start), _beginning(dated.end)
    return Span(start, end + MONTH)


def _beginning(month: str) -> float:
    """month: as in 1956-11."""
    year, _, number = month.partition("-")
    before = int(number) - 1
    return int(year) + before * MONTH


def _year(month: str) -> int:
    return int(month[:4])


def _in_words(month: str) -> str:
    year, _, number = month.partition("-")
    return f"{month_name[int(number)]} {year}"


def _months_in_words(outcome: Outcome) -> str:
    """From the first to the last month of an outcome."""
    months = dict.fromkeys([_in_words(outcome.start), _in_words(outcome.end)])
    return " to ".join(months)


def _axis_of_years(first: int, last: int, runs: Span) -> Axis:
    """A line and a label at the beginning of each year."""
    ticks: dict[float, str] = {}
    for year in range(first, last + 1):
        ticks[year] = str(year)
    return Axis("", runs, ticks, grid=True)
