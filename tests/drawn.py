"""What stands on a figure, read back: from matplotlib's artists, from its page, and from its words.

Nothing here asks a chart what it meant to draw; the tests compare that with what is read back.
"""

from __future__ import annotations

import base64
import html.parser
import re
from calendar import month_name
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple
from unittest.mock import patch

import pytest
from matplotlib import colors
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.legend import Legend
from matplotlib.lines import Line2D
from matplotlib.patches import Rectangle
from matplotlib.spines import Spine
from matplotlib.text import Annotation

from helpers.display import View
from helpers.figures import canvas
from helpers.figures.chart import Chart


class Artist(NamedTuple):
    """A thing on a figure: its kind, from where to where it runs, its look or its words."""

    kind: str
    x: tuple[float, float]
    y: tuple[float, float]
    look: tuple[str, ...] = ()


@dataclass
class Shown:
    """A chart that went to a page, the figure drawn for it, and the view that came of it."""

    chart: Chart
    figure: Figure
    view: View
    where: str = ""

    @property
    def axes(self) -> Axes:
        return self.figure.axes[0]

    @property
    def strip(self) -> Axes | None:
        """The axes of the whole scale above the others, if the figure has them."""
        _, *others = self.figure.axes
        assert len(others) <= 1, f"{self.where}: more than one strip."
        return others[0] if others else None

    @property
    def page(self) -> Page:
        page = Page()
        page.feed(self.view.html)
        return page


@dataclass
class Page(html.parser.HTMLParser):
    """The image of a page with its alt text, and its first table as rows of text."""

    alt: str = ""
    image: bytes = b""
    caption: str = ""
    rows: list[list[str]] = field(default_factory=list)
    inside: str = ""

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        if tag == "img":
            named = dict(attrs)
            self.alt = named["alt"] or ""
            self.image = base64.b64decode((named["src"] or "").partition("base64,")[2])
        elif tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")

    def handle_endtag(self, tag: str) -> None:
        self.inside = "" if tag in ("th", "td", "caption") else self.inside

    def handle_data(self, data: str) -> None:
        if self.inside == "caption":
            self.caption += data
        elif self.rows and self.inside in ("th", "td", "a"):
            self.rows[-1][-1] += data


@contextmanager
def shown_charts() -> Iterator[list[Shown]]:
    """Every chart that goes to a page meanwhile, by whatever way."""
    charts: list[Shown] = []
    figures: list[Figure] = []
    view, svg = Chart.view, canvas.svg

    def record_figure(figure: Figure) -> bytes:
        figures.append(figure)
        drawing = svg(figure)
        figure.saved = drawing  # type: ignore[attr-defined]
        return drawing

    def record_chart(chart: Chart) -> View:
        shown = view(chart)
        charts.append(Shown(chart, figures[-1], shown))
        return shown

    with patch.object(Chart, "view", record_chart), patch.object(canvas, "svg", record_figure):
        yield charts
    assert len(figures) == len(charts), (
        "A figure went to a page without a chart, or a chart without its figure: "
        "let helpers.figures.chart.Chart bring it there."
    )


def draw(figure: Callable[[], object]) -> Shown:
    """The one chart that a figure of the course brings to a page."""
    with shown_charts() as charts:
        figure()
    (shown,) = charts
    return shown


def artists(axes: Axes) -> list[Artist]:
    """Everything that stands on axes but for the axes themselves, their names and their legend."""
    frame = [axes.patch, axes.title, axes._left_title, axes._right_title]
    found = []
    for child in axes.get_children():
        if child in frame or isinstance(child, (Axis, Spine, Legend)):
            continue
        assert child.get_visible() and child.get_alpha() is None, f"{child} can't be seen."
        found.append(_artist(child))
    return found


def _artist(child: Any) -> Artist:
    if isinstance(child, Rectangle):
        box = child.get_bbox()
        look = child.get_hatch() or "", colors.to_hex(child.get_facecolor())
        return Artist("box", (box.x0, box.x1), (box.y0, box.y1), look)
    if isinstance(child, Line2D):
        x, y = child.get_xdata(), child.get_ydata()
        ends = (float(x[0]), float(x[-1])), (float(y[0]), float(y[-1]))
        if len(x) == 1:
            return Artist("point", *ends, (str(child.get_marker()), _filled(child)))
        assert len(x) == 2 and child.get_linewidth() > 0
        return Artist("line", *ends, (colors.to_hex(child.get_color()),))
    if isinstance(child, Annotation) and not child.get_text():
        (start, low), (end, high) = child.xyann, child.xy
        assert child.arrow_patch is not None
        heads = type(child.arrow_patch.get_arrowstyle()).__name__
        return Artist("arrow", (start, end), (low, high), (heads,))
    if isinstance(child, Annotation):
        x, y = child.xy
        return Artist("words", (x, x), (y, y), (child.get_text(),))
    return Artist(type(child).__name__, (0, 0), (0, 0))


def _filled(point: Line2D) -> str:
    return colors.to_hex(point.get_markerfacecolor())


def ticks(axis: Axis) -> dict[float, str]:
    """The names that stand along an axis, by their places."""
    axis.figure.canvas.draw()
    low, high = sorted(axis.get_view_interval())
    found = {}
    for place, label in zip(axis.get_ticklocs(), axis.get_ticklabels(), strict=True):
        if low <= place <= high and label.get_text():
            found[float(place)] = label.get_text()
    return found


def legend(axes: Axes) -> dict[str, tuple[str, ...]]:
    """What a legend says of each look."""
    box = axes.get_legend()
    found = {}
    for text, sample in zip(box.get_texts(), box.legend_handles, strict=True) if box else ():
        if isinstance(sample, Line2D):
            found[text.get_text()] = str(sample.get_marker()), _filled(sample)
        else:
            found[text.get_text()] = sample.get_hatch() or "", colors.to_hex(sample.get_facecolor())
    return found


def of_kind(shown: Shown, kind: str) -> list[Artist]:
    """From the top to the bottom of the page, then from left to right."""
    found = [artist for artist in artists(shown.axes) if artist.kind == kind]
    down = -1 if shown.axes.yaxis_inverted() else 1
    return sorted(found, key=lambda artist: (round(-down * sum(artist.y), 6), artist.x))


def reach(found: list[Artist]) -> list[tuple[float, float]]:
    return [artist.x for artist in found]


def same(drawn: list[tuple[float, float]], meant: list[tuple[float, float]], what: str) -> None:
    assert len(drawn) == len(meant), (
        f"{what}: {len(drawn)} are drawn, the tables have {len(meant)}."
    )
    for place, (one, other) in enumerate(zip(drawn, meant, strict=True), 1):
        assert one == pytest.approx(other), f"{what}, number {place}: drawn {one}, meant {other}."


def lanes(shown: Shown) -> list[str]:
    names = ticks(shown.axes.yaxis)
    down = shown.axes.yaxis_inverted()
    return [" ".join(names[place].split()) for place in sorted(names, reverse=not down)]


def words(shown: Shown) -> list[str]:
    return [artist.look[0] for artist in of_kind(shown, "words")]


def column(shown: Shown, heading: str) -> list[str]:
    headings, *rows = shown.page.rows
    return [row[headings.index(heading)] for row in rows]


NUMBER = r"(?<![\w.,-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?![\w-])"  # no part of an id
MONTH = "|".join(month_name[1:])
FIRST_OF_SEASON = {"spring": 3, "autumn": 9}


def numbers(text: str) -> list[float]:
    return [float(hit.replace(",", "")) for hit in re.findall(NUMBER, text)]


def spans(text: str) -> set[tuple[float, float]]:
    """Every stretch of an axis that words name: of numbers, of days, of months on an axis of years.

    A single number or day is a stretch without length; a year runs to its end. On an axis of days
    a month or a year stands at its first day.
    """
    found = {(number, number) for number in numbers(text)}
    for low, high in re.findall(rf"({NUMBER})%? to ({NUMBER})", text):
        found.add((numbers(low)[0], numbers(high)[0]))
    days = [_ordinal(hit) for hit in re.findall(rf"(\d+) ({MONTH}) (\d{{4}})", text)]
    found |= {(day, day) for day in days} | set(pairwise(days))
    for year in re.findall(r"\b(1[89]\d\d)\b", text):
        found |= {months(int(year), 1, 12), _first_day(year, "January")}
    for first, last, year in re.findall(rf"({MONTH})(?: to ({MONTH}))? (\d{{4}})", text):
        found |= {months(int(year), _month(first), _month(last or first)), _first_day(year, first)}
    for year, first in re.findall(rf"(\d{{4}}), from ({MONTH}) on", text):
        found.add(months(int(year), _month(first), 12))
    for season, year in re.findall(r"(spring|autumn) (\d{4})", text):
        first = FIRST_OF_SEASON[season]
        found.add(months(int(year), first, first + 2))
    return found


def months(year: int, first: int, last: int) -> tuple[float, float]:
    """From the beginning of the first month to the end of the last, on an axis of years."""
    return year + (first - 1) / 12, year + last / 12


def _first_day(year: str, month: str) -> tuple[float, float]:
    """The day with which a month begins, on an axis of days."""
    day = _ordinal(("1", month, year))
    return day, day


def _month(name: str) -> int:
    return list(month_name).index(name)


def _ordinal(day: tuple[str, str, str]) -> float:
    number, month, year = day
    return date(int(year), _month(month), int(number)).toordinal()


def tokens(text: str) -> set[str]:
    """The words, numbers and ids in a text."""
    return set(re.findall(r"[\w’.,*-]*\w\*?", text.lower()))
