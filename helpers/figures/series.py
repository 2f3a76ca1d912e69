"""Numbers that others give, by year, beside the need and the limit of the entry."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, floor, log10

from helpers.amounts import Amount
from helpers.display import View
from helpers.edition import NotInEdition, edition, shorten
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import (
    BACK,
    BESIDE_DOT,
    GREY,
    Box,
    Line,
    Mark,
    Point,
    Shape,
    Span,
    Words,
)
from helpers.passages import politely

FRAME = Frame(
    before="Chart of {count} marks for {series} series, by year on the horizontal axis; the "
    "vertical axis starts at 0 and counts {scale}. {shapes}.",
    after="Across all years run a pale band, {need}, and a grey line, {limit}; both are of {year}.",
    caption="What others give, by year, beside the need and the limit of the entry",
    title="{count} numbers, each with its work",
)
MARKERS = {  # of matplotlib
    "o": "filled circles",
    "s": "open squares",
    "D": "open diamonds",
    "^": "open triangles pointing up",
    "v": "open triangles pointing down",
}
FILLED = "o"
BESIDE = 0.25  # years from one mark of a year to the next
BEFORE, BEHIND = 0.8, 1.6  # years of the axis before the first mark, and for words behind the last
LETTERS, EDGE_LETTERS = 11, 13  # of a line of words at a mark, and at the edge
MILLION = 1e6


@dataclass(frozen=True)
class Number:
    """A number that a work gives for a year, or the range between two. Each field is a column."""

    series: str
    year: str
    low: str
    high: str
    unit: str
    work: str
    grade: str
    note: str

    @property
    def reach(self) -> Span:
        return Span(float(self.low), float(self.high))

    @property
    def middle(self) -> float:
        return self.reach.middle

    @property
    def name(self) -> str:
        return self.series.replace("_", " ")


@dataclass(frozen=True)
class Scale:
    """What the vertical axis counts: ones or millions of a unit."""

    unit: str
    size: float

    def write(self, value: float) -> str:
        return f"{value / self.size:.10g}"

    def write_reach(self, reach: Span) -> str:
        return " to ".join(dict.fromkeys(map(self.write, reach)))


@dataclass(frozen=True)
class Placed:
    """A number at its place. label: its words there. partner: the one to which a line leads."""

    number: Number
    place: float
    label: str
    side: str
    partner: Placed | None = None

    @property
    def difference(self) -> float:
        """By how much the partner is larger."""
        return self.partner.number.middle - self.number.middle if self.partner else 0


@politely
def series_figure(topic: str, need: Amount, limit: Amount, year: int) -> View:
    """Numbers that others give for a topic, by year, beside a need and a limit of one year.

    Each series has a mark of its own shape; a range is drawn from end to end. The need is a band,
    the limit a line. A series that meets the first one in several years is joined to it there.
    """
    numbers = _numbers_on(str(topic))
    series = dict.fromkeys(number.series for number in numbers)
    markers = dict(zip(series, MARKERS, strict=False))
    highest = max(number.reach.end for number in numbers)
    top = _round_up(max(need.high, highest))
    scale = _scale(numbers[0].unit, top)
    x = _axis_of_years(numbers)
    facts = {
        "series": len(series),
        "scale": scale.unit,
        "shapes": _shapes_in_words(markers),
        "year": year,
        "need": repr(need),
        "limit": repr(limit),
    }
    placed = _place(numbers, str(topic), scale, limit.high)
    chart = Chart(
        FRAME,
        [_mark(one, markers[one.number.series], scale) for one in placed],
        Paper(9.5, 5.2, right=1.3, top=0.4),
        x=x,
        y=Axis(_capital(scale.unit), Span(0, top), write=scale.write),
        beside=[_need_and_limit(need, limit, year, x.runs)],
        facts=facts,
    )
    return chart.view()


def _numbers_on(topic: str) -> list[Number]:
    """The numbers of the series whose names begin with a topic. Raises NotInEdition."""
    numbers = edition().records("figures", Number)
    found = [number for number in numbers if number.series.startswith(topic)]
    if not found:
        there = ", ".join(dict.fromkeys(number.series for number in numbers))
        raise NotInEdition(f"No numbers on {shorten(topic)}. There are: {there}.")
    return found


def _place(numbers: list[Number], topic: str, scale: Scale, limit: float) -> list[Placed]:
    """The numbers at their places; those of one year stand side by side.

    The last mark of a series bears its name. Each bears its number, or is joined to its partner.
    """
    first = numbers[0].series
    joined = _joined(numbers)
    last = {number.series: number for number in numbers}
    standing: Counter[str] = Counter()
    of_first: dict[str, Placed] = {}
    placed = []
    for number in numbers:
        year = number.year
        meets = number.series in joined and number.low == number.high
        partner = of_first.get(year) if meets else None
        label = [] if partner else [scale.write_reach(number.reach)]
        if number is last[number.series]:
            label.insert(0, number.name.removeprefix(topic).strip())
        side = _side(number, numbers, limit)
        place = int(year) + BESIDE * standing[year]
        one = Placed(number, place, ": ".join(label), side, partner)
        standing[year] += 1
        placed.append(one)
        if number.series == first and number.low == number.high:
            of_first[year] = one
    return placed


def _joined(numbers: list[Number]) -> set[str]:
    """The series that meet the first one in several years, without ranges, to be compared there."""
    first = numbers[0].series
    single = [number for number in numbers if number.low == number.high]
    years = {number.year for number in single if number.series == first}
    others = [number for number in single if number.series != first]
    meetings = Counter(number.series for number in others if number.year in years)
    return {series for series, count in meetings.items() if count > 1}


def _side(number: Number, numbers: list[Number], limit: float) -> str:
    """Where the words of a number stand: off the limit, and off the other marks of its year."""
    above = number.middle > limit
    if number.series == numbers[0].series:
        return "above" if above else "below"
    of_year = [other.middle for other in numbers if other.year == number.year]
    highest = number.middle == max(of_year)
    return "rising" if above or highest else "hanging"


def _mark(placed: Placed, marker: str, scale: Scale) -> Mark:
    number, place = placed.number, placed.place
    reach = number.reach
    shapes: list[Shape] = [Point(place, number.middle, marker, marker == FILLED)]
    if reach.start != reach.end:
        stroke = Line(Span(place, place), reach, width=1.5)
        shapes.insert(0, stroke)
    if placed.label:
        words = textwrap.fill(placed.label, LETTERS)
        shapes.append(Words(place, number.middle, words, placed.side, BESIDE_DOT))
    differs = said = ""
    if placed.partner:
        shapes = _join(placed, placed.partner, scale) + shapes
        size = abs(placed.difference)
        less = f"{_less_or_more(placed)} than {placed.partner.number.name}"
        differs = f"{Amount(size, size, '', number.unit)} {less}"
        said = ", {3}, to which a line leads"
    return Mark(
        shapes=shapes,
        cells={
            "Year": number.year,
            "Series": number.name,
            "How much": Amount(reach.start, reach.end, "", number.unit),
            "Difference": differs,
            "Grade": number.grade,
            "Work": edition().works[number.work].short,
            "Note": number.note,
        },
        said="{0}: {2} ({1})" + said,
    )


def _join(placed: Placed, partner: Placed, scale: Scale) -> list[Shape]:
    """A thin line to the partner, with the difference beside its middle."""
    x = Span(placed.place, partner.place)
    y = Span(placed.number.middle, partner.number.middle)
    words = f"{scale.write(abs(placed.difference))} {_less_or_more(placed)}"
    return [Line(x, y, width=1), Words(x.middle, y.middle, words, away=BESIDE_DOT)]


def _less_or_more(placed: Placed) -> str:
    return "less" if placed.difference > 0 else "more"


def _need_and_limit(need: Amount, limit: Amount, year: int, runs: Span) -> Mark:
    """What the numbers of others are compared with: a band and a line across all years."""
    band = Box(runs, Span(need.low, need.high), BACK)
    line = Line(runs, Span(limit.high, limit.high), width=1.5, shade=GREY)
    need_said = f"need for {year}:\n{textwrap.fill(str(need), EDGE_LETTERS)}"
    limit_said = f"limit for {year}:\n{textwrap.fill(str(limit), EDGE_LETTERS)}"
    need_words = Words(runs.end, need.low, need_said, "rising")
    limit_words = Words(runs.end, limit.high, limit_said, "hanging")
    return Mark([band, line, need_words, limit_words], {})


def _shapes_in_words(markers: Mapping[str, str]) -> str:
    shapes = []
    for series, marker in markers.items():
        shapes.append(f"{MARKERS[marker]}: {series.replace('_', ' ')}")
    return _capital("; ".join(shapes))


def _axis_of_years(numbers: list[Number]) -> Axis:
    """A name at each year that has a mark, and a short stroke at the others."""
    years = sorted({int(number.year) for number in numbers})
    first, last = years[0], years[-1]
    ticks: dict[float, str] = {year: str(year) for year in years}
    return Axis(
        "Year (marks of one year stand side by side)",
        Span(first - BEFORE, last + BEHIND),
        ticks,
        minor=range(first, last),
    )


def _scale(unit: str, top: float) -> Scale:
    if top < MILLION:
        return Scale(unit, 1)
    return Scale(f"million {unit}", MILLION)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _round_up(value: float) -> float:
    """The next number with one digit, where a scale may end."""
    step = 10.0 ** floor(log10(value))
    return step * ceil(value / step)
