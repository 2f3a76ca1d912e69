"""Numbers that others give, by year, beside the need and the limit of the entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from helpers.amounts import Amount
from helpers.display import View
from helpers.edition import NotInEdition, edition, shorten
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame, Legend
from helpers.figures.marks import LIGHT, Box, Callout, Keyed, Line, Mark, Point, Shape, Span, around
from helpers.passages import politely

FRAME = Frame(
    before="Chart of {count} marks for {series} series, by year on the horizontal axis; the "
    "vertical axis starts at 0 and counts millions of {unit}. {shapes}.",
    after="Over {year} stand a short band, {need}, and below it a short line, {limit}.",
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


@politely
def series_figure(topic: str, need: Amount, limit: Amount, year: int) -> View:
    """Numbers that others give for a topic, by year, beside a need and a limit of one year.

    Each series has a mark of its own shape; a range is drawn from end to end. The need is a band,
    the limit a line.
    """
    numbers = _numbers_on(str(topic))
    series = dict.fromkeys(number.series for number in numbers)
    markers = dict(zip(series, MARKERS, strict=False))
    unit = numbers[0].unit
    highest = max(number.reach.end for number in numbers)
    top = 1.04 * max(need.high, highest)
    facts = {
        "series": len(series),
        "unit": unit,
        "shapes": _shapes_in_words(markers),
        "year": year,
        "need": repr(need),
        "limit": repr(limit),
    }
    chart = Chart(
        FRAME,
        _marks(numbers, markers),
        Paper(8.5, 4.4),
        x=_axis_of_years(numbers),
        y=Axis(f"Million {unit}", Span(0, top), write=_millions),
        beside=[_need_and_limit(need, limit, year)],
        legend=_legend(markers, str(topic)),
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


def _marks(numbers: list[Number], markers: Mapping[str, str]) -> list[Mark]:
    """A mark for each number; those of one year stand side by side."""
    works = edition().works
    marks = []
    standing: Counter[str] = Counter()
    for number in numbers:
        year = number.year
        place = int(year) + BESIDE * standing[year]
        work = works[number.work].short
        marks.append(_mark(number, place, markers[number.series], work))
        standing[year] += 1
    return marks


def _mark(number: Number, place: float, marker: str, work: str) -> Mark:
    reach = number.reach
    shapes: list[Shape] = []
    if reach.start != reach.end:
        stroke = Line(Span(place, place), reach, width=1.5)
        shapes.append(stroke)
    point = Point(place, reach.middle, marker, marker == FILLED)
    return Mark(
        shapes=[*shapes, point],
        cells={
            "Year": number.year,
            "Series": _in_words(number.series),
            "How much": Amount(reach.start, reach.end, "", number.unit),
            "Grade": number.grade,
            "Work": work,
            "Note": number.note,
        },
        said="{0}: {2} ({1})",
    )


def _need_and_limit(need: Amount, limit: Amount, year: int) -> Mark:
    """What the numbers of others are compared with: a band and a line over one year."""
    width = around(year, 0.8)
    band = Box(width, Span(need.low, need.high), LIGHT)
    line = Line(width, Span(limit.high, limit.high), width=3)
    words = Callout(year, limit.high, f"need {need}\nlimit {limit}", below=0.7 * limit.high)
    return Mark([band, line, words], {})


def _legend(markers: Mapping[str, str], topic: str) -> Legend:
    samples: dict[str, Keyed] = {}
    for series, marker in markers.items():
        name = _in_words(series.removeprefix(topic))
        samples[name.strip()] = Point(0, 0, marker, marker == FILLED)
    return Legend(samples)


def _shapes_in_words(markers: Mapping[str, str]) -> str:
    shapes = []
    for series, marker in markers.items():
        shapes.append(f"{MARKERS[marker]}: {_in_words(series)}")
    return "; ".join(shapes).capitalize()


def _axis_of_years(numbers: list[Number]) -> Axis:
    years = [int(number.year) for number in numbers]
    runs = Span(min(years) - 0.8, max(years) + 0.9)
    return Axis("Year (marks of one year stand side by side)", runs)


def _in_words(series: str) -> str:
    return series.replace("_", " ")


def _millions(value: float) -> str:
    return f"{value / MILLION:g}"
