"""Amounts below each other on one scale, with both their ends."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, log10

from helpers.amounts import Amount, NotASum, amount
from helpers.display import View
from helpers.edition import shorten
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import Box, Line, Mark, Shape, Span, Words, around

FRAME = Frame(
    before="Chart of {count} horizontal bars, one below the other, on a scale of {unit} that "
    "starts at 0. Each bar runs from the smallest to the largest number that the words allow.",
    caption="What the words allow: from the smallest to the largest number",
    title="{count} amounts",
)
SHORTEST_WORD = 3  # letters
MANY_TICKS, FEW_TICKS = 6, 3  # along the axis, besides the one at 0
LONG_NUMBERS = 10_000
ROUND = (1, 2, 5, 10)
SCALE = 5.2  # inches of the axis
BEYOND = 0.35  # inches from the end of the axis to that of the words, besides their letters
LETTER = 0.088  # inches of a letter of those words


def interval_figure(amounts: Mapping[str, Amount]) -> View:
    """Amounts below each other: a range as a bar from end to end, a single number as a stroke.

    amounts: each with a label, all in the same unit. Raises NotASum for different units.
    """
    marks = []
    units = set()
    widest = 0.0
    for lane, (label, value) in enumerate(amounts.items()):
        found = amount(value)
        name = shorten(str(label))
        marks.append(_mark(name, found, lane))
        units.add(found.unit)
        widest = max(widest, found.high)
    if len(units) != 1:
        raise NotASum("name amounts that have the same unit, each with a label")
    unit = units.pop()
    axis = Axis(_name_of(unit), Span(0, widest), ticks=_ticks(widest))
    right = BEYOND + LETTER * max(map(_letters, marks))
    paper = Paper(SCALE + right, 0.9, lane=0.6, right=right)
    chart = Chart(FRAME, marks, paper, axis, facts={"unit": unit})
    return chart.view()


def _mark(name: str, found: Amount, lane: int) -> Mark:
    ends = Span(found.low, found.high)
    shape: Shape = Box(ends, around(lane))
    if ends.start == ends.end:
        shape = Line(ends, around(lane))
    beside = Words(ends.end, lane, _beside(found))
    return Mark(
        shapes=[shape, beside],
        cells={
            "What": name,
            "How many": found,
            "Kind of number": found.kind,
            "Stands in, or computed from": "; ".join(found.home),
        },
        said="{0}: {1}, {2}",
        lane=name,
        place=lane,
    )


def _name_of(unit: str) -> str:
    """A unit as the name of an axis; an abbreviation stays as it is."""
    return unit if len(unit) < SHORTEST_WORD else unit.capitalize()


def _ticks(widest: float) -> dict[float, str]:
    """Round numbers along the axis, few where they are long, each in full: 500,000 or 2.5."""
    if widest <= 0:
        return {0: "0"}
    most = MANY_TICKS if widest < LONG_NUMBERS else FEW_TICKS
    size = 10.0 ** floor(log10(widest / most))
    step = next(size * round for round in ROUND if widest <= most * size * round)
    places = [step * number for number in range(most + 1) if step * number <= widest]
    return {place: f"{place:,.10g}" for place in places}


def _beside(found: Amount) -> str:
    return f"{found} ({found.kind})"


def _letters(mark: Mark) -> int:
    """How many letters the longest words of a mark have."""
    written = [shape.text for shape in mark.shapes if isinstance(shape, Words)]
    return max(map(len, written))
