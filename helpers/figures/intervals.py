"""Amounts below each other on one scale, with both their ends."""

from __future__ import annotations

from collections.abc import Mapping

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
ROOM = 1.65  # of the scale, for one of the widest amount: words stand beside it


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
    axis = Axis(unit.capitalize(), Span(0, widest * ROOM))
    chart = Chart(FRAME, marks, Paper(8, 0.9, lane=0.6), axis, facts={"unit": unit})
    return chart.view()


def _mark(name: str, found: Amount, lane: int) -> Mark:
    ends = Span(found.low, found.high)
    shape: Shape = Box(ends, around(lane))
    if ends.start == ends.end:
        shape = Line(ends, around(lane))
    beside = Words(ends.end, lane, f"{found} ({found.kind})")
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
