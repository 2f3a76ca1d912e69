"""How things are shown: accessible HTML, and a plain-text twin that says the same.

Knows nothing of what it shows. Relies only on what JupyterLab's sanitizer keeps in a notebook that was
not yet trusted: no scripts, style sheets or ids. Every text is escaped here.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Sequence
from html import escape

WIDTH = 88  # characters of a line of plain text
BLOCK = "border-left:4px solid #767676;padding:0 0 0 .9em;margin:.4em 0;max-width:46em"
CELL = "text-align:left;vertical-align:top;padding:.25em .8em;border-bottom:1px solid #767676"


class View:
    """Something to show. `html` is safe to put on a page; `text` says the same without it."""

    def __init__(self, html: str, text: str) -> None:
        self.html, self.text = html, text

    def _repr_mimebundle_(self, **_: object) -> dict[str, str]:
        # the classes keep MathJax away: a dollar sign in an answer begins no formula
        return {"text/html": f'<div class="mathjax_ignore tex2jax_ignore">{self.html}</div>', "text/plain": self.text}

    def __repr__(self) -> str:
        return self.text

    def __add__(self, other: View) -> View:
        return View(f"{self.html}\n{other.html}", f"{self.text}\n\n{other.text}")


def fill(text: str, indent: str = "") -> str:
    """`text` as lines of at most WIDTH characters, each after the first starting with `indent`."""
    return textwrap.fill(text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False)


def notice(title: str, *lines: str) -> View:
    """A short message: a bold lead and its first line, then paragraphs."""
    first, *rest = lines or ("",)
    html = f"<p><strong>{escape(title)}</strong> {escape(first)}</p>" + "".join(f"<p>{escape(x)}</p>" for x in rest)
    text = "\n".join(map(fill, [f"{title} {first}".strip(), *rest]))
    return View(f'<div style="{BLOCK}">{html}</div>', text)


def quotations(pairs: Iterable[tuple[str, str]], note: str = "") -> View:
    """Passages one below the other: (id, exact words) pairs, each shown as «words»."""
    pairs = list(pairs)
    html = "".join(f"<p><strong>{escape(i)}</strong> «{escape(words)}»</p>" for i, words in pairs)
    html += f"<p><em>{escape(note)}</em></p>" if note else ""
    text = [fill(f"{i}  «{words}»", "  ") for i, words in pairs] + [fill(note)] * bool(note)
    return View(f'<blockquote style="{BLOCK}">{html}</blockquote>', "\n".join(text))


def paragraphs(blocks: Iterable[tuple[str, Sequence[tuple[str, str]]]]) -> View:
    """Running text: (paragraph id, [(sentence number, words), …]) blocks, for reading at length."""
    html, text = [], []
    for label, sentences in blocks:
        numbered = len(sentences) > 1
        html.append(f"<p><strong>{escape(label)}</strong> " + " ".join(
            (f"<small>.{escape(n)}</small> " if numbered else "") + escape(words) for n, words in sentences) + "</p>")
        text.append(fill(f"{label}  " + " ".join((f".{n} " if numbered else "") + words for n, words in sentences), "  "))
    return View(f'<div style="{BLOCK};line-height:1.6">{"".join(html)}</div>', "\n".join(text))


def rows_and_columns(rows: Iterable[Sequence[object]], columns: Sequence[str], caption: str) -> View:
    """A table with a caption and a header cell for every column and every row.

    rows: sequences as long as `columns`; the first cell names its row.
    """
    rows = [[str(cell) for cell in row] for row in rows]
    head = "".join(f'<th scope="col" style="{CELL}">{escape(c)}</th>' for c in columns)
    body = "".join(f'<tr><th scope="row" style="{CELL}">{escape(row[0])}</th>'
                   + "".join(f'<td style="{CELL}">{_linked(c)}</td>' for c in row[1:]) + "</tr>" for row in rows)
    html = (f'<table style="border-collapse:collapse"><caption style="text-align:left;font-weight:bold;padding:.3em 0">'
            f"{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>")
    text = [caption, *(fill("- " + "; ".join(f"{c}: {cell}" for c, cell in zip(columns, row, strict=True) if cell), "  ")
                       for row in rows)]
    return View(scrollable(html, caption), "\n".join(text))


def scrollable(html: str, name: str) -> str:
    """A box that scrolls sideways, by keyboard too, in a window too narrow for what is in it."""
    return f'<div tabindex="0" role="group" aria-label="{escape(name)}" style="overflow-x:auto">{html}</div>'


def _linked(cell: str) -> str:
    """A web address as a link, anything else as it is."""
    safe = escape(cell)
    return f'<a href="{safe}">{safe}</a>' if re.match(r"https?://\S+$", cell) else safe


def labelled_boxes(boxes: Iterable[tuple[str, Sequence[str]]]) -> View:
    """Stretches of a page, each framed and named: (label, lines) pairs from top to bottom."""
    boxes = list(boxes)
    html = "".join(f'<div style="border:2px solid #767676;margin:-2px 0 0;padding:.2em .8em;max-width:46em">'
                   f"<p><strong>{escape(label)}</strong></p><p>{'<br>'.join(map(_linked, lines))}</p></div>"
                   for label, lines in boxes)
    text = "\n".join(f"[{label}]\n" + "\n".join(fill("  " + line, "  ") for line in lines) for label, lines in boxes)
    return View(html, text)


def outline(points: Iterable[tuple[str, Sequence]]) -> View:
    """A nested list: (words, points below it) pairs, as deep as they go."""
    html, text = [], []
    for words, below in points:
        inner = outline(below)
        html.append(f"<li>{escape(words)}{inner.html if below else ''}</li>")
        text += [fill(f"- {words}", "  "), *([textwrap.indent(inner.text, "  ")] if below else [])]
    return View(f"<ul>{''.join(html)}</ul>", "\n".join(text))


def page(title: str, html: str) -> str:
    """A page of its own, from safe HTML."""
    return ('<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f"<title>{escape(title)}</title></head>"
            '<body style="max-width:46em;margin:2em auto;font-family:sans-serif;line-height:1.5;overflow-wrap:anywhere"><main>'
            f"<h1>{escape(title)}</h1>{html}</main></body></html>")


def folded(summary: str, view: View) -> View:
    """A view that a page shows closed, under a summary that opens it; plain text shows it whole."""
    return View(f"<details><summary>{escape(summary)}</summary>{view.html}</details>", f"{summary}\n{view.text}")
