"""The witnesses of a dossier in time, by their tie to the entry: who speaks when, from where."""

from __future__ import annotations

import re
import textwrap
from datetime import date

from helpers.display import View
from helpers.dossiers import Card, cards_of
from helpers.edition import edition
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame, Legend
from helpers.figures.marks import BESIDE_DOT, Line, Mark, Point, Shape, Span, Words
from helpers.passages import politely

FRAME = Frame(
    before="{count} cards on an axis of years, in a lane for each tie to the entry; a line stands "
    "at the day of the talk.",
    after="Filled circles: told at that time; open diamonds: told later. Cards without a date "
    "stand at the right.",
    caption="Who speaks when, by the tie to the entry; the line is the day of the talk",
    title="{count} cards: when, who, and how tied to the entry",
)
THEN, LATER = Point(0, 0, "o"), Point(0, 0, "D", filled=False)
NAME = 24  # characters of a line of a lane's name
YEAR = 365  # days
NEAR = 75  # days from one mark to the next, when their numbers would touch
ABOVE = "above"
CONVERSATION = "conversation"  # the job of the date on which the talk took place


@politely
def witness_figure(name: str) -> View:
    """The cards of a dossier in time, in lanes by their tie to the entry."""
    _, cards = cards_of(str(name))
    talks = _talks()
    days = talks + [card.day for card in cards if card.day]
    undated = max(days).toordinal() + YEAR
    ties = list(dict.fromkeys(map(_tie, cards)))
    sides = _sides(cards)
    marks = []
    for card in cards:
        lane = ties.index(_tie(card))
        marks.append(_mark(card, lane, undated, sides[card.card]))
    bottom = len(ties) - 0.5
    chart = Chart(
        FRAME,
        marks,
        Paper(9, 1, lane=0.4, top=0.4),
        x=_axis_of_years(days, undated),
        y=Axis("", Span(bottom, -0.5)),
        beside=[_line_at(day, bottom) for day in talks],
        legend=Legend({"told at that time": THEN, "told later": LATER}, above=True),
    )
    return chart.view()


def _sides(cards: list[Card]) -> dict[str, str]:
    """Where the number of each card stands: below its mark, if it would touch the one before."""
    sides: dict[str, str] = {}
    latest: dict[str, Card] = {}
    for card in cards:
        tie = _tie(card)
        before = latest.get(tie)
        crowded = before and sides[before.card] == ABOVE and _are_near(before, card)
        sides[card.card] = "below" if crowded else ABOVE
        latest[tie] = card
    return sides


def _are_near(before: Card, card: Card) -> bool:
    if not before.day or not card.day:
        return False
    distance = card.day - before.day
    return abs(distance.days) < NEAR


def _mark(card: Card, lane: int, undated: int, side: str) -> Mark:
    later = card.told == "later"
    sample = LATER if later else THEN
    shapes: list[Shape] = [Words(undated, lane, f"{card.card}: {card.when}", "on")]
    if card.day:
        place = card.day.toordinal()
        point = Point(place, lane, sample.marker, sample.filled)
        number = Words(place, lane, card.card, side, BESIDE_DOT, ground=True)
        shapes = [point, number]
    return Mark(
        shapes=shapes,
        cells={
            "Card": card.card,
            "When": card.when,
            "Who speaks": card.voices,
            "Told": "told later" if later else "told at that time",
            "Tie to the entry": _tie(card),
            "Works": "; ".join(work.short for work in card.sources),
        },
        said="card {0}, {1}, {3}: {4}",
        lane=textwrap.fill(_tie(card), NAME),
        place=lane,
    )


def _tie(card: Card) -> str:
    """How the first work of a card is tied to the entry, without what else is said of it."""
    short, *_ = re.split("[:;]", card.sources[0].tie)
    return short


def _talks() -> list[date]:
    """The days on which the talks of the entry took place."""
    rows = edition().rows("dates")
    days = {row["value"] for row in rows if row["job"] == CONVERSATION}
    return [date.fromisoformat(day) for day in sorted(days)]


def _line_at(day: date, bottom: float) -> Mark:
    place = day.toordinal()
    line = Line(Span(place, place), Span(bottom, -0.5), width=1)
    return Mark([line, Words(place, -0.5, "the talk", "above")], {})


def _axis_of_years(days: list[date], undated: int) -> Axis:
    """A line and a label at the beginning of each year, and room for what has no date."""
    ticks: dict[float, str] = {}
    for year in range(min(days).year, max(days).year + 1):
        ticks[date(year, 1, 1).toordinal()] = f"Jan {year}"
    start = min(*ticks, *(day.toordinal() for day in days))
    return Axis("", Span(start - YEAR / 8, undated + YEAR / 2), ticks)
