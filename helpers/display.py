"""How things are shown: accessible HTML, and a plain-text twin that says the same.

Knows nothing of what it shows. Relies only on what JupyterLab's sanitizer keeps in a notebook that
was not yet trusted: no scripts, style sheets or ids. Every text is escaped here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

WIDTH = 88  # characters of a line of plain text
GREY = "#767676"  # of lines and borders: 4.5 to 1 on white and on black
BLOCK = f"border-left:4px solid {GREY};padding:0 0 0 .9em;margin:.4em 0;max-width:46em"
BOX = f"border:2px solid {GREY};margin:-2px 0 0;padding:.2em .8em;max-width:46em"
CELL = f"text-align:left;vertical-align:top;padding:.25em .8em;border-bottom:1px solid {GREY}"
CAPTION = "text-align:left;font-weight:bold;padding:.3em 0"
STEP = "padding:.4em .8em;max-width:43em"  # of a box in a list of steps; its border comes on top
LINK = f"border-left:2px solid {GREY};height:.7em;margin-left:1.5em"  # from a box to the next
PAGE = (
    "max-width:46em;margin:2em auto;font-family:sans-serif;line-height:1.5;overflow-wrap:anywhere"
)
PLAIN = "mathjax_ignore tex2jax_ignore"  # a dollar sign in an answer begins no formula

Sentences = Sequence[tuple[str, str]]  # the number of each, and its words


class View:
    """Something to show. `html` is safe to put on a page; `text` says the same without it."""

    def __init__(self, html: str, text: str) -> None:
        self.html = html
        self.text = text

    def bundle(self) -> dict[str, str]:
        """Both forms by their type, as a notebook stores them."""
        html = f'<div class="{PLAIN}">{self.html}</div>'
        return {"text/html": html, "text/plain": self.text}

    def _repr_mimebundle_(self, **_: object) -> object:
        return self.bundle()

    def __repr__(self) -> str:
        return self.text

    def __add__(self, other: View) -> View:
        return View(f"{self.html}\n{other.html}", f"{self.text}\n\n{other.text}")


@dataclass(frozen=True)
class Point:
    """A point of an outline, and the points below it."""

    words: str
    below: Sequence[Point] = ()


@dataclass(frozen=True)
class Step:
    """A step of a chain: who took it, what was done, and where that stands.

    broken: whether its border is broken; `place` has to say why.
    """

    name: str
    what: str
    place: str
    broken: bool = False


def fill(text: str, indent: str = "") -> str:
    """`text` as lines of at most WIDTH characters, each after the first starting with `indent`."""
    return textwrap.fill(
        text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def notice(title: str, *lines: str) -> View:
    """A short message: a bold lead and its first line, then paragraphs."""
    first, *rest = lines or ("",)
    lead = f"{title} {first}"
    html = f"<p><strong>{escape(title)}</strong> {escape(first)}</p>"
    text = [fill(lead.strip())]
    for line in rest:
        html += f"<p>{escape(line)}</p>"
        text.append(fill(line))
    return View(f'<div style="{BLOCK}">{html}</div>', "\n".join(text))


def quotations(pairs: Iterable[tuple[str, str]], note: str = "") -> View:
    """Passages one below the other: (id, exact words) pairs, each shown as «words»."""
    html = ""
    text = []
    for id, words in pairs:
        html += f"<p><strong>{escape(id)}</strong> «{escape(words)}»</p>"
        text.append(fill(f"{id}  «{words}»", "  "))
    if note:
        html += f"<p><em>{escape(note)}</em></p>"
        text.append(fill(note))
    return View(f'<blockquote style="{BLOCK}">{html}</blockquote>', "\n".join(text))


def paragraphs(blocks: Iterable[tuple[str, Sentences]]) -> View:
    """Running text, for reading at length: pairs of a paragraph's id and its sentences."""
    html = ""
    text = []
    for label, sentences in blocks:
        html += f"<p><strong>{escape(label)}</strong> {_running_html(sentences)}</p>"
        text.append(fill(f"{label}  {_running_text(sentences)}", "  "))
    return View(f'<div style="{BLOCK};line-height:1.6">{html}</div>', "\n".join(text))


def _running_html(sentences: Sentences) -> str:
    """Sentences in a row, each after its number if there are several."""
    shown = []
    for number, words in sentences:
        sign = f"<small>.{escape(number)}</small> " if len(sentences) > 1 else ""
        shown.append(sign + escape(words))
    return " ".join(shown)


def _running_text(sentences: Sentences) -> str:
    shown = []
    for number, words in sentences:
        sign = f".{number} " if len(sentences) > 1 else ""
        shown.append(sign + words)
    return " ".join(shown)


def rows_and_columns(
    rows: Iterable[Sequence[object]], columns: Sequence[str], caption: str
) -> View:
    """A table with a caption and a header cell for every column and every row.

    rows: sequences as long as `columns`; the first cell names its row.
    """
    body = ""
    lines = [caption]
    for row in rows:
        cells = [str(cell) for cell in row]
        body += _row(cells)
        lines.append(_row_as_text(cells, columns))
    html = (
        '<table style="border-collapse:collapse">'
        f'<caption style="{CAPTION}">{escape(caption)}</caption>'
        f"<thead>{_header(columns)}</thead><tbody>{body}</tbody></table>"
    )
    return View(scrollable(html, caption), "\n".join(lines))


def _header(columns: Sequence[str]) -> str:
    cells = ""
    for column in columns:
        cells += f'<th scope="col" style="{CELL}">{escape(column)}</th>'
    return f"<tr>{cells}</tr>"


def _row(cells: Sequence[str]) -> str:
    name, *values = cells
    html = f'<th scope="row" style="{CELL}">{escape(name)}</th>'
    for value in values:
        html += f'<td style="{CELL}">{_linked(value)}</td>'
    return f"<tr>{html}</tr>"


def _row_as_text(cells: Sequence[str], columns: Sequence[str]) -> str:
    """Every cell that holds something, after the name of its column."""
    said = []
    for column, cell in zip(columns, cells, strict=True):
        if cell:
            said.append(f"{column}: {cell}")
    line = "; ".join(said)
    return fill(f"- {line}", "  ")


def scrollable(html: str, name: str) -> str:
    """A box that scrolls sideways, by keyboard too, in a window too narrow for what is in it."""
    label = escape(name)
    return (
        f'<div tabindex="0" role="group" aria-label="{label}" style="overflow-x:auto">{html}</div>'
    )


def _linked(cell: str) -> str:
    """A web address as a link, anything else as it is."""
    safe = escape(cell)
    return f'<a href="{safe}">{safe}</a>' if re.match(r"https?://\S+$", cell) else safe


def labelled_boxes(boxes: Iterable[tuple[str, Sequence[str]]]) -> View:
    """Stretches of a page, each framed and named: (label, lines) pairs from top to bottom."""
    html = ""
    text = []
    for label, lines in boxes:
        title = f"<p><strong>{escape(label)}</strong></p>"
        words = "<br>".join(map(_linked, lines))
        html += f'<div style="{BOX}">{title}<p>{words}</p></div>'
        text.append(f"[{label}]")
        for line in lines:
            text.append(fill(f"  {line}", "  "))
    return View(html, "\n".join(text))


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
    lines = [caption]
    for number, step in enumerate(steps, 1):
        what = f"{step.what} ({step.place})"
        boxes.append(_step_box(step, what))
        lines.append(fill(f"{number}. {step.name}: {what}", "   "))
    link = f'<div style="{LINK}"></div></li><li>'
    items = link.join(boxes)
    html = (
        f'<p style="{CAPTION}">{escape(caption)}</p>'
        f'<ol style="padding-left:2em;margin:0"><li>{items}</li></ol>'
    )
    return View(html, "\n".join(lines))


def _step_box(step: Step, what: str) -> str:
    border = "dashed" if step.broken else "solid"
    style = f"border:2px {border} {GREY};{STEP}"
    return f'<div style="{style}"><strong>{escape(step.name)}</strong>: {escape(what)}</div>'


def page(title: str, html: str) -> str:
    """A page of its own, from safe HTML."""
    name = escape(title)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{name}</title></head><body style="{PAGE}"><main><h1>{name}</h1>{html}'
        "</main></body></html>"
    )


def folded(summary: str, view: View) -> View:
    """A view that a page shows closed, under a summary that opens it; plain text shows it whole."""
    html = f"<details><summary>{escape(summary)}</summary>{view.html}</details>"
    return View(html, f"{summary}\n{view.text}")
