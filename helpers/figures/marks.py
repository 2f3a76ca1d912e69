"""What stands on a figure: marks, and the shapes that each is drawn with, in units of the axes.

A mark is one row: its shapes, its words in the alt text and its cells in the table stand
together, so that what is drawn and what is told come from one place.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

DARK, PALE = "#30475e", "#c9d6e2"  # apart in greyscale too; no meaning hangs on them alone
GREY = "#8a949e"  # of a line that stands back: 3 to 1 on white
BESIDE_BAR, BESIDE_DOT = 5, 9  # points from the end of a bar, or the middle of a dot, to words


class Span(NamedTuple):
    """From where to where something runs along an axis."""

    start: float
    end: float

    @property
    def middle(self) -> float:
        return (self.start + self.end) / 2


def around(middle: float, height: float = 0.6) -> Span:
    """A stretch with this middle: what a bar takes up of its lane."""
    return Span(middle - height / 2, middle + height / 2)


@dataclass(frozen=True)
class Look:
    """How a shape is filled: with a shade and, where meaning hangs on it, with a pattern."""

    shade: str = DARK
    hatch: str = ""
    edge: str = DARK


SURE = Look()
DOUBTFUL = Look("white", "///")
LIGHT = Look(PALE)
BACK = Look(PALE, edge=PALE)  # of a band that stands back


class Shape(ABC):
    """One thing that is drawn."""

    @abstractmethod
    def draw(self, axes: Axes) -> None:
        """Draw it on the axes, in their units."""


class Keyed(Shape):
    """A shape whose look is explained in a legend."""

    @abstractmethod
    def sample(self) -> Artist:
        """The shape as it stands in a legend."""


@dataclass(frozen=True)
class Box(Keyed):
    """A bar or a band: it fills a stretch of both axes."""

    x: Span
    y: Span
    look: Look = SURE

    def draw(self, axes: Axes) -> None:
        axes.barh(
            self.y.start,
            width=self.x.end - self.x.start,
            left=self.x.start,
            height=self.y.end - self.y.start,
            align="edge",
            facecolor=self.look.shade,
            edgecolor=self.look.edge,
            hatch=self.look.hatch,
        )

    def sample(self) -> Artist:
        from matplotlib.patches import Patch

        look = self.look
        return Patch(facecolor=look.shade, edgecolor=look.edge, hatch=look.hatch)


@dataclass(frozen=True)
class Line(Shape):
    """A straight line. dots: at both ends. width: in points. shade: of the line, not of dots."""

    x: Span
    y: Span
    width: float = 2
    dots: bool = False
    shade: str = DARK

    def draw(self, axes: Axes) -> None:
        axes.plot(
            self.x,
            self.y,
            color=self.shade,
            linewidth=self.width,
            marker="o" if self.dots else "",
            markerfacecolor=DARK,
            markeredgecolor=DARK,
            solid_capstyle="butt",
            clip_on=False,  # a stroke at the end of an axis is drawn whole
        )


@dataclass(frozen=True)
class Point(Keyed):
    """One place. marker: a letter of matplotlib's for its outline. filled: not only the outline."""

    x: float
    y: float
    marker: str = "D"
    filled: bool = True

    def draw(self, axes: Axes) -> None:
        axes.add_line(self._line())

    def sample(self) -> Artist:
        return self._line()

    def _line(self) -> Line2D:
        from matplotlib.lines import Line2D

        return Line2D(
            [self.x],
            [self.y],
            linestyle="",
            marker=self.marker,
            markersize=8,
            markerfacecolor=DARK if self.filled else "white",
            markeredgecolor=DARK,
        )


@dataclass(frozen=True)
class Arrow(Shape):
    """A distance along the horizontal axis, with a head at both ends."""

    x: Span
    y: float

    def draw(self, axes: Axes) -> None:
        _draw_arrow(axes, "<->", self.x, Span(self.y, self.y))


@dataclass(frozen=True)
class Move(Shape):
    """The way from one place to another, with a head where it ends."""

    x: Span
    y: Span

    def draw(self, axes: Axes) -> None:
        _draw_arrow(axes, "->", self.x, self.y)


def _draw_arrow(axes: Axes, heads: str, x: Span, y: Span) -> None:
    style = {"arrowstyle": heads, "color": DARK, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (x.end, y.end), (x.start, y.start), arrowprops=style)


@dataclass(frozen=True)
class Words(Shape):
    """Words at a place. side: where they stand, seen from there, and how many points away.

    ground: on white, so that no line runs through them.
    """

    x: float
    y: float
    text: str
    side: str = "right"
    away: float = BESIDE_BAR
    color: str = "black"
    ground: bool = False

    def draw(self, axes: Axes) -> None:
        side = SIDES[self.side]
        white = {"facecolor": "white", "edgecolor": "none", "pad": 1}
        axes.annotate(
            self.text,
            (self.x, self.y),
            (self.away * side.right, self.away * side.up),
            textcoords="offset points",
            ha=side.horizontal,
            va=side.vertical,
            color=self.color,
            bbox=white if self.ground else None,
        )


class Side(NamedTuple):
    """A direction in which words stand, and which of their edges is turned to their place."""

    right: int
    up: int
    horizontal: Literal["left", "center", "right"]
    vertical: Literal["bottom", "center", "top"]


SIDES = {
    "right": Side(1, 0, "left", "center"),
    "left": Side(-1, 0, "right", "center"),
    "above": Side(0, 1, "center", "bottom"),
    "below": Side(0, -1, "center", "top"),
    "ending above": Side(0, 1, "right", "bottom"),  # their last letter over their place
    "beginning above": Side(0, 1, "left", "bottom"),
    "rising": Side(1, 0, "left", "bottom"),  # at the right, from their place up
    "hanging": Side(1, 0, "left", "top"),  # at the right, from their place down
    "on": Side(0, 0, "center", "center"),
}


@dataclass(frozen=True)
class Mark:
    """One row of a figure.

    cells: its row in the table, by heading. said: its words in the alt text, where {0} stands for
    the first cell. lane: the name that stands at the left, and `place` where.
    strip: its shapes on the strip of a chart that has one.
    A mark without cells is no row: the others are compared with it.
    """

    shapes: Sequence[Shape]
    cells: Mapping[str, object]
    said: str = ""
    lane: str = ""
    place: float = 0
    strip: Sequence[Shape] = ()

    def tell(self) -> str:
        """Its words in the alt text."""
        return self.said.format(*self.cells.values())
