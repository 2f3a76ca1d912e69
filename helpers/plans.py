"""Plans: when they were to be carried out, on what they hang, and what came of them."""

from __future__ import annotations

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from helpers.display import Point, View, notice, outline, rows_and_columns
from helpers.edition import NotInEdition, edition, shorten
from helpers.passages import OwnReadings, politely

SEASONS = {3: "spring", 9: "autumn"}  # by their first month, as the edition's tables draw them


@dataclass(frozen=True)
class Plan:
    """A plan of the text, or a deed.

    start, end: the first and the last month in which it may fall, as in 1957-03, or nothing.
    known: what the text names: "month", "season", "year", "open" (a beginning only), "not given".
    after: the id of the plan that comes first, if it hangs on a condition.
    """

    id: str
    segment: str
    what: str
    start: str
    end: str
    known: str
    status: str
    after: str
    condition: str


@dataclass(frozen=True)
class Outcome:
    """What is known of a plan, and the id of the work on which that rests."""

    plan: str
    outcome: str
    start: str
    end: str
    verdict: str
    work: str


def all_plans() -> dict[str, Plan]:
    """The plans by id, in the order of the text."""
    return {plan.id: plan for plan in edition().records("plans", Plan)}


def outcomes() -> list[tuple[Plan, Outcome]]:
    """Each outcome with the plan that it belongs to."""
    plans = all_plans()
    found = edition().records("outcomes", Outcome)
    return [(plans[outcome.plan], outcome) for outcome in found]


def when(plan: Plan) -> str:
    """The time of a plan in words, no more exact than the text: a month, a season, a year."""
    if not plan.start:
        return "no date given"
    year, _, first = plan.start.partition("-")
    _, _, last = plan.end.partition("-")
    if plan.known == "season":
        return f"{SEASONS[int(first)]} {year}"
    if plan.known == "year":
        return year
    begin, end = month_name[int(first)], month_name[int(last)]
    if plan.known == "open":
        return f"{year}, from {begin} on"
    return f"{begin} {year}" if begin == end else f"{begin} to {end} {year}"


def in_words(plan: Plan) -> str:
    """A plan with its time and its place in the text, in one line."""
    if plan.status == "not told":
        return f"{plan.what} ({plan.segment})"
    return f"{plan.what}: {when(plan)} ({plan.segment})"


def conditional_plan() -> tuple[Plan, list[Plan]]:
    """The plan on which others hang, and those others, each with its condition."""
    plans = all_plans()
    cases = [plan for plan in plans.values() if plan.after]
    first = plans[cases[0].after]
    return first, cases


def plan_tree() -> View:
    """The plan on which others hang, as indented lines: first what comes first, then each case."""
    first, plans = conditional_plan()
    cases = []
    for condition, group in groupby(plans, key=lambda plan: plan.condition):
        follows = [Point(in_words(plan)) for plan in group]
        cases.append(Point(condition, follows))
    return outline([Point(in_words(first), cases)])


@politely
def reveal(guesses: OwnReadings | None = None) -> View:
    """What is known of the plans; without guesses, of all of them.

    guesses: yours for the plans of these passages, {"B24.3": "as planned"}, to be shown beside it.
    """
    own = guesses if isinstance(guesses, Mapping) else {}
    found = [pair for pair in outcomes() if not own or pair[0].segment in own]
    _expect_plans([plan.segment for plan, _ in found], own)
    empty = [name for name, guess in own.items() if not str(guess).strip()]
    if empty:
        return notice("Guess first.", f"Still without a guess: {', '.join(empty)}.")
    rows = []
    for plan, outcome in found:
        name = f"{plan.what}, {plan.condition}" if plan.condition else plan.what
        guess = [str(own[plan.segment])] if own else []
        basis = _basis(outcome.work)
        rows.append([name, plan.segment, *guess, outcome.outcome, outcome.verdict, basis])
    heading = ["Your guess"] if own else []
    columns = ["Plan", "Id", *heading, "What is known", "Verdict", "Rests on"]
    unknown = [outcome for _, outcome in found if outcome.verdict == "not known"]
    caption = f"{len(rows)} plans and outcomes, {len(unknown)} of them not known"
    return rows_and_columns(rows, columns, caption)


def _expect_plans(segments: list[str], own: OwnReadings) -> None:
    missing = [shorten(name) for name in own if name not in segments]
    if missing:
        raise NotInEdition(f"No plan with an outcome stands in {', '.join(missing)}.")


def _basis(id: str) -> str:
    """The work on which an outcome rests: of what kind it is, how far it was read, its tie."""
    work = edition().works.get(id)
    if not work:
        return "no work that was read"
    return f"{work.short} ({work.kind}; read: {work.read}; {work.tie})"
