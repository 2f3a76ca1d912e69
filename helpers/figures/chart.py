"""A chart: marks, and what stands around them. Drawing, table and alt text are made from the marks.

A figure of the course only makes marks, and says in a `Frame` how its alt text begins and ends.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from helpers.display import View, rows_and_columns
from helpers.figures.canvas import Paper, blank, on_page
from helpers.figures.marks import PALE, Keyed, Mark, Shape, Span

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.axis import XAxis, YAxis
    from matplotlib.figure import Figure

Write = Callable[[float], str]


@dataclass(frozen=True)
class Frame:
    """What is said around the marks.

    before, between, after: the alt text, around the words of the marks. caption: below the image.
    title: the caption of the table. {count} stands for the number of marks, and other names for
    what a chart gives for them.
    """

    before: str
    caption: str
    title: str
    after: str = ""
    between: str = "; "


@dataclass(frozen=True)
class Axis:
    """What an axis counts, and from where to where it runs.

    ticks: a name for each place that has one; otherwise matplotlib chooses places, and `write`
    says how a number is written there. minor: places with a short stroke and no name. grid: a line
    at each named place, left of its name. line: the axis itself is drawn.
    """

    label: str
    runs: Span
    ticks: Mapping[float, str] | None = None
    write: Write | None = None
    grid: bool = False
    line: bool = True
    minor: Sequence[float] = ()


BARE = Axis("", Span(0, 1), ticks={}, line=False)  # of what has no scale upwards


@dataclass(frozen=True)
class Legend:
    """What the looks of the marks stand for. above: over the axes, in columns; else inside."""

    samples: Mapping[str, Keyed]
    above: bool = False


@dataclass(frozen=True)
class Chart:
    """Marks on axes.

    y: without one, each mark has a lane, the first at the top, as in the table.
    beside: marks that are no rows. facts: what the names in the frame stand for. strip: the scale
    of a strip above the axes, for what the marks have on it.
    """

    frame: Frame
    marks: Sequence[Mark]
    paper: Paper
    x: Axis
    y: Axis | None = None
    beside: Sequence[Mark] = ()
    legend: Legend | None = None
    facts: Mapping[str, object] = field(default_factory=dict)
    strip: Axis | None = None

    def view(self) -> View:
        """Image, alt text, caption and table: what a page shows."""
        caption = self._fill(self.frame.caption)
        return on_page(self.draw(), self.tell(), caption, self.table())

    def draw(self) -> Figure:
        """Every shape of every mark on its axes."""
        figure = blank(self.paper, len(self.marks))
        axes, *others = figure.axes
        marks = [*self.beside, *self.marks]
        _draw([mark.shapes for mark in marks], axes)
        _set_axes(axes, self.x, self.y or _lanes(len(self.marks)))
        self._name_lanes(axes)
        if self.legend:
            _explain(axes, self.legend)
        for strip in others:
            _draw([mark.strip for mark in marks], strip)
            _set_axes(strip, self.strip or self.x, BARE)
        return figure

    def tell(self) -> str:
        """The alt text."""
        said = self.frame.between.join(mark.tell() for mark in self.marks)
        before, after = self._fill(self.frame.before), self._fill(self.frame.after)
        return f"{before} {said}. {after}".strip()

    def table(self) -> View:
        """A row for each mark."""
        headings = list(self.marks[0].cells)
        rows = [list(mark.cells.values()) for mark in self.marks]
        return rows_and_columns(rows, headings, self._fill(self.frame.title))

    def _fill(self, words: str) -> str:
        return words.format(count=len(self.marks), **self.facts)

    def _name_lanes(self, axes: Axes) -> None:
        """Write the name of each lane in the middle of its marks."""
        places: dict[str, list[float]] = {}
        for mark in self.marks:
            if mark.lane:
                places.setdefault(mark.lane, []).append(mark.place)
        if not places:
            return
        middles = []
        for found in places.values():
            lane = Span(min(found), max(found))
            middles.append(lane.middle)
        axes.set_yticks(middles, list(places))


def _draw(shapes: Iterable[Sequence[Shape]], axes: Axes) -> None:
    for shape in chain.from_iterable(shapes):
        shape.draw(axes)


def _set_axes(axes: Axes, x: Axis, y: Axis) -> None:
    axes.set(xlim=x.runs, ylim=y.runs, xlabel=x.label, ylabel=y.label)
    axes.spines["bottom"].set_visible(x.line)
    axes.spines["left"].set_visible(y.line)
    for axis, drawn in ((x, axes.xaxis), (y, axes.yaxis)):
        if axis.ticks is not None:
            drawn.set_ticks(list(axis.ticks), list(axis.ticks.values()))
        if axis.write:
            drawn.set_major_formatter(_formatter(axis.write))
        if axis.grid:
            drawn.grid(color=PALE)
            _move_names_right(drawn)
        drawn.set_ticks(list(axis.minor), minor=True)


def _lanes(count: int) -> Axis:
    return Axis("", Span(count - 0.5, -0.5))


def _move_names_right(axis: XAxis | YAxis) -> None:
    for name in axis.get_ticklabels():
        name.set_horizontalalignment("left")


def _formatter(write: Write) -> Callable[[float, object], str]:
    """As matplotlib asks for it: with the number of the tick, which nothing here needs."""
    return lambda value, _: write(value)


def _explain(axes: Axes, legend: Legend) -> None:
    samples = [shape.sample() for shape in legend.samples.values()]
    names = list(legend.samples)
    if legend.above:
        place = {"loc": "lower right", "bbox_to_anchor": (1, 1), "ncols": 3, "fontsize": 9}
    else:
        place = {"loc": "upper left"}
    axes.legend(samples, names, frameon=False, **place)
