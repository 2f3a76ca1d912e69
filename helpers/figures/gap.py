"""A need beside a limit, and the gap between them: on the whole scale, and near to."""

from __future__ import annotations

from helpers.amounts import Amount, NotASum, amount
from helpers.display import View
from helpers.figures.canvas import Paper
from helpers.figures.chart import BARE, Axis, Chart, Frame
from helpers.figures.marks import LIGHT, Arrow, Box, Line, Look, Mark, Span, Words

FRAME = Frame(
    before="{scales}",
    between=". ",
    caption="A band for the need, a line for the limit, "
    "and the gap between them at its smallest and its largest",
    title="Need, limit and gap",
)
TWICE = (
    "One horizontal scale, drawn twice. The strip above has the whole of it, from 0 to {high} "
    "{unit}, and the same line and band as below; a frame on it holds the part from {low} on. "
    "Below, this part is drawn larger."
)
ONCE = "One horizontal scale from {low} to {high} {unit}."
HEIGHT = Span(0, 1)  # of the axes: what the band and the line fill
UPPER, LOWER = 0.72, 0.3  # of the two arrows


def gap_figure(need: Amount, limit: Amount) -> View:
    """A need as a band and a limit as a line on one scale, with the distance between them.

    That is the smallest and the largest. A strip above has the whole scale from 0, where they lie
    close together. Raises NotASum unless a single limit lies below the need.
    """
    need, limit = amount(need), amount(limit)
    gap = need - limit
    if gap.low <= 0 or limit.low != limit.high:
        raise NotASum(
            "this figure takes the need first, and then a single limit that lies below it"
        )
    marks = [_limit_mark(limit), _need_mark(need), _gap_mark(need, limit, gap)]
    part = Span(limit.high - 0.7 * gap.high, need.high + 0.5 * gap.high)
    facts = {"low": _digits(part.start), "high": _digits(part.end), "unit": need.unit}
    begins = f"Unit: {need.unit or 'none'}. The scale starts at {facts['low']}"
    cut = part.start > 0  # otherwise this is the whole scale
    scales = TWICE if cut else ONCE
    chart = Chart(
        FRAME,
        marks,
        Paper(8, 4 if cut else 2.9, right=0.45, top=0.6, strip=cut),
        x=Axis(begins, part, write=_digits),
        y=BARE,
        beside=[_frame(part)],
        facts={"scales": scales.format(**facts)},
        strip=Axis("The whole scale, from 0", Span(0, part.end), write=_digits),
    )
    return chart.view()


def _frame(part: Span) -> Mark:
    """On the strip, around the part that is drawn larger below."""
    box = Box(part, HEIGHT, Look("white"))
    words = Words(part.start, HEIGHT.middle, "this part is drawn larger below", "left")
    return Mark([], {}, strip=[box, words])


def _limit_mark(limit: Amount) -> Mark:
    place = Span(limit.high, limit.high)
    line = Line(place, HEIGHT, width=3)
    said = f"A vertical line is labelled {_label(limit)}"
    words = _on_top(limit, "ending above")
    return Mark([line, words], _cells(limit), said, strip=[line])


def _need_mark(need: Amount) -> Mark:
    reach = Span(need.low, need.high)
    band = Box(reach, HEIGHT, LIGHT)
    low, high = _digits(need.low), _digits(need.high)
    said = f"To its right a shaded band runs from {low} to {high}, labelled {_label(need)}"
    words = _on_top(need, "beginning above")
    return Mark([band, words], _cells(need), said, strip=[band])


def _gap_mark(need: Amount, limit: Amount, gap: Amount) -> Mark:
    """Two arrows from the limit, to the near and to the far end of the need."""
    start = limit.high
    smallest, largest = _digits(gap.low), _digits(gap.high)
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


def _on_top(found: Amount, side: str) -> Words:
    """An amount over the lower end of its band, or over its line, with its home below it."""
    two_lines = repr(found).replace(" · ", "\n")
    return Words(found.low, HEIGHT.end, two_lines, side)


def _cells(found: Amount) -> dict[str, str]:
    return {
        "Kind of number": found.kind,
        "How much": str(found),
        "Stands in, or computed from": " and ".join(found.home),
    }


def _digits(value: float) -> str:
    return f"{value:,.10g}"
