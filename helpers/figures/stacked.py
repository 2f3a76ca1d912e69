"""Bars in parts, one for each row of a table of counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from helpers.display import View
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame, Legend
from helpers.figures.marks import DARK, PALE, Box, Keyed, Look, Mark, Shape, Span, Words, around

FRAME = Frame(
    before="Bar chart with {count} horizontal bars, one for each {what}; the axis counts {axis} "
    "from 0. Each bar has parts: {looks}.",
    caption="{caption}",
    title="{caption}",
)
LOOKS = {  # of the parts, in their order; no two differ by their shade alone
    "dark": Look(DARK),
    "pale": Look(PALE),
    "striped": Look("white", "//"),
    "dotted": Look("white", ".."),
    "crossed": Look("white", "xx"),
    "white": Look("white"),
}
UNIT = Span(0, 1)  # the size of a sample, which a legend chooses for itself


class Bar(NamedTuple):
    """A bar in parts: its name, and how many each part counts."""

    name: str
    counts: Sequence[int]


def stacked_bars(bars: Sequence[Bar], columns: Sequence[str], caption: str, axis: str) -> View:
    """One horizontal bar for each row, in parts that differ by pattern as well as by shade.

    columns: what the bars are, and then what each of at most six parts stands for.
    axis: what is counted.
    """
    what, *parts = columns
    marks = [_mark(bar, columns, lane) for lane, bar in enumerate(bars)]
    longest = max(sum(bar.counts) for bar in bars)
    facts = {
        "what": what.lower(),
        "axis": axis.lower(),
        "looks": _looks_in_words(parts),
        "caption": caption,
    }
    chart = Chart(
        FRAME,
        marks,
        Paper(8, 1.4, lane=0.5, top=0.8),
        x=Axis(axis, Span(0, 1.05 * longest)),
        legend=_legend(parts),
        facts=facts,
    )
    return chart.view()


def _mark(bar: Bar, columns: Sequence[str], lane: int) -> Mark:
    what, *parts = columns
    shapes: list[Shape] = []
    said = []
    end = 0
    for part, look, count in zip(parts, LOOKS.values(), bar.counts, strict=False):
        start, end = end, end + count
        if count:
            shapes += _part(Span(start, end), lane, look)
            said.append(f"{count} {part}")
    counts = dict(zip(parts, bar.counts, strict=True))
    cells = {what: bar.name, **counts}
    return Mark(shapes, cells, f"{bar.name}: {', '.join(said)}", bar.name, lane)


def _part(reach: Span, lane: int, look: Look) -> list[Shape]:
    """A part of a bar, with its number where no pattern would cross it."""
    box = Box(reach, around(lane, 0.7), look)
    if look.hatch:
        return [box]
    color = "white" if look.shade == DARK else "black"
    count = reach.end - reach.start
    return [box, Words(reach.middle, lane, str(count), "on", color=color)]


def _legend(parts: Sequence[str]) -> Legend:
    samples: dict[str, Keyed] = {}
    for part, look in zip(parts, LOOKS.values(), strict=False):
        samples[part] = Box(UNIT, UNIT, look)
    return Legend(samples, above=True)


def _looks_in_words(parts: Sequence[str]) -> str:
    looks = [f"{look} for {part}" for look, part in zip(LOOKS, parts, strict=False)]
    return ", ".join(looks)
