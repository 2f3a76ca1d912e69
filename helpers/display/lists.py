"""Lists of several kinds: nested points, steps, entries of a bibliography, bars."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from helpers.display.view import CAPTION, GREY, WIDEST, View, fill, linked

STEP = f"border-radius:.6em;padding:.3em .8em;{WIDEST}"  # of a box; its border comes on top
LINK = f"border-left:2px solid {GREY};height:.7em;margin-left:1.5em"  # from a box to the next
HANGING = "padding-left:2em;text-indent:-2em;margin:.4em 0;overflow-wrap:break-word"
BARE_LIST = f"list-style-type:none;padding:0;margin:0;{WIDEST}"
HEAD = f"{CAPTION};margin:.6em 0 .2em;{WIDEST}"
# Bars are drawn with borders alone: browsers print those, and no backgrounds.
TRACK = f"display:flex;border-bottom:1px solid {GREY};margin:.2em 0"
SURE = f"border-top:1em solid {GREY}"
DOUBTFUL = f"box-sizing:border-box;height:1em;border:2px dashed {GREY};border-left-width:0"
SUMMARY = f"margin:.4em 0;font-size:.9em;{WIDEST}"
NAMED = (
    f"text-align:left;vertical-align:top;padding:.3em .8em .3em 0;border-bottom:1px solid {GREY}"
)


@dataclass(frozen=True)
class Point:
    """A point of an outline, and the points below it."""

    words: str
    below: Sequence[Point] = ()


@dataclass(frozen=True)
class Step:
    """A step of a chain: whose it is, what is said of it, and where that stands, if anywhere.

    broken: whether its border is broken; its words have to say why.
    """

    name: str
    what: str
    place: str = ""
    broken: bool = False

    @property
    def words(self) -> str:
        """What is said of it, with the place."""
        return f"{self.what} ({self.place})" if self.place else self.what


@dataclass(frozen=True)
class Entry:
    """A work in a list: its short title, how it is cited, what else is said, and its address."""

    short: str
    words: str
    remark: str
    address: str = ""


@dataclass(frozen=True)
class Bar:
    """A share of a whole, in percent: at least, and at most. words: the same in words."""

    name: str
    at_least: float
    at_most: float
    words: str


def outline(points: Iterable[Point]) -> View:
    """A nested list, as deep as the points go."""
    html = ""
    text = []
    for point in points:
        html += f"<li>{escape(point.words)}"
        text.append(fill(f"- {point.words}", "  "))
        if point.below:
            inner = outline(point.below)
            html += inner.html
            text.append(textwrap.indent(inner.text, "  "))
        html += "</li>"
    return View(f"<ul>{html}</ul>", "\n".join(text))


def ordered_steps(steps: Sequence[Step], caption: str) -> View:
    """A chain of steps from the first to the last: a numbered list of boxes under a caption."""
    boxes = []
    lines = [fill(caption)]
    for number, step in enumerate(steps, 1):
        boxes.append(_step_box(step))
        lines.append(fill(f"{number}. {step.name}: {step.words}", "   "))
    link = f'<div style="{LINK}"></div></li><li>'
    items = link.join(boxes)
    html = (
        f'<p style="{HEAD}">{escape(caption)}</p>'
        f'<ol style="padding-left:2em;margin:0"><li>{items}</li></ol>'
    )
    return View(html, "\n".join(lines))


def _step_box(step: Step) -> str:
    border = "dashed" if step.broken else "solid"
    style = f"border:2px {border} {GREY};{STEP}"
    return f'<div style="{style}"><strong>{escape(step.name)}</strong>: {escape(step.words)}</div>'


def entries(works: Iterable[Entry], caption: str) -> View:
    """Works as historians list them: the first line of each hangs out."""
    html = ""
    lines = [caption]
    for work in works:
        html += f'<li style="{HANGING}">{_entry(work)}</li>'
        said = filter(None, [f"{work.short}:", work.words, work.remark, work.address])
        lines.append(fill(f"- {' '.join(said)}", "  "))
    head = f'<p style="{HEAD}">{escape(caption)}</p>'
    return View(f'{head}<ul style="{BARE_LIST}">{html}</ul>', "\n".join(lines))


def _entry(work: Entry) -> str:
    remark = f"<small>{escape(work.remark)}</small>"
    parts = [f"<strong>{escape(work.short)}:</strong>", escape(work.words), remark]
    if work.address:
        parts.append(f"<small>{linked(work.address)}</small>")
    return " ".join(parts)


def bars(shares: Iterable[Bar], headings: tuple[str, str], caption: str, summary: str) -> View:
    """Shares of a whole as bars on one scale from 0 to 100 percent: a table of two columns.

    Filled up to the share at least, framed by dashes from there to the share at most. summary: what
    is to be seen, below the table; in plain text it comes first.
    """
    name, share = map(escape, headings)
    body = ""
    lines = [fill(summary), caption]
    for bar in shares:
        head = f'<th scope="row" style="{NAMED};width:30%">{escape(bar.name)}</th>'
        cell = f'<td style="{NAMED}">{_drawn(bar)}{escape(bar.words)}</td>'
        body += f"<tr>{head}{cell}</tr>"
        lines.append(fill(f"- {headings[0]}: {bar.name}; {headings[1]}: {bar.words}", "  "))
    html = (
        f'<table style="border-collapse:collapse;width:100%;{WIDEST}">'
        f'<caption style="{CAPTION}">{escape(caption)}</caption>'
        f'<thead><tr><th scope="col" style="{NAMED}">{name}</th>'
        f'<th scope="col" style="{NAMED}">{share}</th></tr></thead><tbody>{body}</tbody></table>'
        f'<p style="{SUMMARY}">{escape(summary)}</p>'
    )
    return View(html, "\n".join(lines))


def _drawn(bar: Bar) -> str:
    parts = ""
    for width, look in ((bar.at_least, SURE), (bar.at_most - bar.at_least, DOUBTFUL)):
        if width:
            parts += f'<div style="width:{width:.1f}%;{look}"></div>'
    return f'<div style="{TRACK}">{parts}</div>'
