"""A need beside a limit, and the gap between them."""

from __future__ import annotations

from helpers.amounts import Amount, NotASum, amount
from helpers.display import View
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import LIGHT, Arrow, Box, Line, Mark, Span, Words

FRAME = Frame(
    before="One horizontal scale from {low} to {high} {unit}.",
    between=". ",
    caption="A band for the need, a line for the limit, "
    "and the gap between them at its smallest and its largest",
    title="Need, limit and gap",
)
HEIGHT = Span(0, 1)  # of the axes: what the band and the line fill
UPPER, LOWER = 0.72, 0.3  # of the two arrows


def gap_figure(need: Amount, limit: Amount) -> View:
    """A need as a band and a limit as a line on one scale, with the distance between them.

    That is the smallest and the largest. Raises NotASum unless a single limit lies below the need.
    """
    need, limit = amount(need), amount(limit)
    gap = need - limit
    if gap.low <= 0 or limit.low != limit.high:
        raise NotASum(
            "this figure takes the need first, and then a single limit that lies below it"
        )
    marks = [_limit_mark(limit), _need_mark(need), _gap_mark(need, limit, gap)]
    left = limit.high - 0.7 * gap.high
    right = need.high + 0.5 * gap.high
    scale = Span(left, right)
    low, high = _whole(scale.start), _whole(scale.end)
    label = f"Unit: {need.unit or 'none'}. The scale starts at {low}"
    chart = Chart(
        FRAME,
        marks,
        Paper(8, 2.9, right=0.45, top=0.6),
        x=Axis(label, scale, write=_whole),
        y=Axis("", HEIGHT, ticks={}, line=False),
        facts={"low": low, "high": high, "unit": need.unit},
    )
    return chart.view()


def _limit_mark(limit: Amount) -> Mark:
    place = Span(limit.high, limit.high)
    line = Line(place, HEIGHT, width=3)
    said = f"A vertical line is labelled {_label(limit)}"
    return Mark([line, _on_top(limit)], _cells(limit), said)


def _need_mark(need: Amount) -> Mark:
    reach = Span(need.low, need.high)
    band = Box(reach, HEIGHT, LIGHT)
    low, high = _whole(need.low), _whole(need.high)
    said = f"To its right a shaded band runs from {low} to {high}, labelled {_label(need)}"
    return Mark([band, _on_top(need)], _cells(need), said)


def _gap_mark(need: Amount, limit: Amount, gap: Amount) -> Mark:
    """Two arrows from the limit, to the near and to the far end of the need."""
    start = limit.high
    smallest, largest = _whole(gap.low), _whole(gap.high)
    upper = Arrow(Span(start, need.low), UPPER)
    upper_words = Words(start, UPPER, f"smallest gap: {smallest}", "left")
    lower = Arrow(Span(start, need.high), LOWER)
    lower_words = Words(start, LOWER, f"largest gap: {largest}", "left")
    said = (
        "Two arrows start at the line: the upper ends at the near edge of the band and is "
        f"{smallest} long, the lower at the far edge and is {largest} long"
    )
    return Mark([upper, upper_words, lower, lower_words], _cells(gap), said)


def _label(found: Amount) -> str:
    """An amount with its home, for the alt text, where a brace would stand for a cell."""
    return repr(found).replace("{", "{{").replace("}", "}}")


def _on_top(found: Amount) -> Words:
    """An amount over its band or line, with its home below it."""
    ends = Span(found.low, found.high)
    two_lines = repr(found).replace(" · ", "\n")
    return Words(ends.middle, HEIGHT.end, two_lines, "above")


def _cells(found: Amount) -> dict[str, str]:
    return {
        "Kind of number": found.kind,
        "How much": str(found),
        "Stands in, or computed from": " and ".join(found.home),
    }


def _whole(value: float) -> str:
    return f"{value:,.0f}"
