"""An empty figure in the course's style, and the one way from a drawing to a page.

The image is an SVG inside an <img>, since only that keeps its alt text in JupyterLab, in exported
pages and in a notebook that was not yet trusted. Matplotlib loads with the first figure.
"""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from helpers.display import View, fill, folded, scrollable

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = {
    "svg.hashsalt": "course",  # the same figure gives the same bytes
    "svg.fonttype": "none",  # words stay words, so that the browser draws them in any script
    "text.parse_math": False,  # a learner's word may hold a dollar sign
    "font.size": 11,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.facecolor": "white",
    "figure.facecolor": "white",
    "hatch.linewidth": 0.8,
    "axes.axisbelow": True,
}
READABLE = (
    "max-width:100%;min-width:30em;"  # below that, the words of an image are too small
    "box-sizing:border-box;background-color:white;padding:.5em;border-radius:.5em"  # on a dark page
)
BELOW = 0.55  # inches below the axes: for their numbers and what they count
BESIDE = 0.2  # inches at the left of the lanes' names
LABEL = 0.25  # inches for the name of the vertical axis
NARROWEST = 0.45  # inches at the left of the axes in any case
MARGIN = 0.1  # inches above a strip
STRIP = 0.45  # inches of the strip above the axes; its numbers take as much below it as theirs


@dataclass(frozen=True)
class Paper:
    """The size of a figure, in inches.

    lane: how much each lane adds to the height. right, top: room for words beyond the axes.
    bare: without axes, their lines and numbers; the drawing fills the paper.
    strip: with a second axes, low and as wide, above the others.
    """

    width: float
    height: float
    lane: float = 0
    right: float = 0.2
    top: float = 0.1
    bare: bool = False
    strip: bool = False


def blank(paper: Paper, lanes: int) -> Figure:
    """An empty figure with its axes. From the first one on, matplotlib draws in our style."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    matplotlib.rcParams.update(STYLE)
    height = paper.height + paper.lane * lanes
    figure = Figure(figsize=(paper.width, height))
    FigureCanvasSVG(figure)
    if paper.bare:
        axes = figure.add_axes((0, 0, 1, 1))
        axes.axis("off")
        return figure
    right = 1 - paper.right / paper.width
    bottom = BELOW / height
    top = 1 - paper.top / height
    if paper.strip:
        edge, low = 1 - MARGIN / height, STRIP / height
        top -= (MARGIN + STRIP + BELOW) / height
    figure.add_axes((0, bottom, right, top - bottom))
    if paper.strip:
        figure.add_axes((0, edge - low, right, low))
    return figure


def on_page(figure: Figure, alt: str, caption: str, data: View) -> View:
    """Image, alt text, caption and data table as one view.

    Its plain text is the alt text and the table.
    """
    picture = image(svg(figure), alt)
    below = f"<figcaption>{escape(caption)}</figcaption>"
    table = folded("Data table", data)
    html = f'<figure style="margin:0">{picture}{below}{table.html}</figure>'
    said = fill(f"Figure. {alt}")
    return View(html, f"{said}\n{data.text}")


def svg(figure: Figure) -> bytes:
    """A figure as the text of an SVG, with room for the names of its lanes."""
    file = io.BytesIO()
    with warnings.catch_warnings():
        # A word in another script: matplotlib can't measure it, and the browser draws it.
        warnings.filterwarnings("ignore", "Glyph")
        _make_room_for_names(figure)
        figure.savefig(file, format="svg", metadata={"Date": None})
    return file.getvalue()


def image(drawing: bytes, alt: str) -> str:
    """An SVG as an <img> that scrolls sideways where the window is too narrow to read it."""
    data = base64.b64encode(drawing).decode()
    source = f"data:image/svg+xml;base64,{data}"
    html = f'<img alt="{escape(alt)}" src="{source}" style="{READABLE}">'
    return scrollable(html, "Figure")


def _make_room_for_names(figure: Figure) -> None:
    """Move the left edge of all axes to where the names of the lanes end.

    A layout engine of matplotlib's does more, and takes a third of the time of a figure.
    """
    named = figure.axes[0]
    if not named.axison:
        return
    room = BESIDE + _widest_name(named) / figure.dpi
    if named.get_ylabel():
        room += LABEL
    for axes in figure.axes:
        box = axes.get_position()
        box.x0 = max(room, NARROWEST) / figure.get_figwidth()
        axes.set_position(box)


def _widest_name(axes: Axes) -> float:
    """In pixels."""
    widths = [name.get_window_extent().width for name in axes.get_yticklabels()]
    return max(widths, default=0)
