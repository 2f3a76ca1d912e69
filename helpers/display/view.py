"""What can be shown, as HTML and as text; and what every kind of view is made with."""

from __future__ import annotations

import re
import textwrap
from html import escape

WIDTH = 88  # characters of a line of plain text
GREY = "#767676"  # of lines and borders: 4.5 to 1 on white and on black
WIDEST = "max-width:42em"  # of text that is to be read
SERIF = "font-family:Georgia,'Times New Roman',serif"  # what the source says, and nothing else
SANS = "font-family:sans-serif"
CAPTION = "text-align:left;font-weight:bold;padding:.3em 0"  # of a table, and of lists
PAGE = f"{WIDEST};margin:2em auto;{SANS};line-height:1.5;overflow-wrap:break-word"
PLAIN = "mathjax_ignore tex2jax_ignore"  # a dollar sign in an answer begins no formula
NO_BREAK = "\u00a0"  # a space at which no line ends


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


def fill(text: str, indent: str = "") -> str:
    """`text` as lines of at most WIDTH characters, each after the first starting with `indent`."""
    return textwrap.fill(
        text, WIDTH, subsequent_indent=indent, break_on_hyphens=False, break_long_words=False
    )


def linked(words: str) -> str:
    """A web address as a link, anything else as it is."""
    safe = escape(words)
    return f'<a href="{safe}">{safe}</a>' if re.match(r"https?://\S+$", words) else safe


def scrollable(html: str, name: str) -> str:
    """A box that scrolls sideways, by keyboard too, in a window too narrow for what is in it."""
    label = escape(name)
    return (
        f'<div tabindex="0" role="group" aria-label="{label}" style="overflow-x:auto">{html}</div>'
    )


def folded(summary: str, view: View) -> View:
    """A view that a page shows closed, under a summary that opens it; plain text shows it whole."""
    html = f"<details><summary>{escape(summary)}</summary>{view.html}</details>"
    return View(html, f"{summary}\n{view.text}")


def afterwards(view: View, summary: str = "Open this after your own answer") -> View:
    """What somebody else says, closed until a learner opens it: `afterwards(voice_ladder("B2.1"))`.

    It opens without a running notebook, and it is printed whole.
    """
    return folded(summary, view)


def page(title: str, html: str) -> str:
    """A page of its own, from safe HTML."""
    name = escape(title)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f'<title>{name}</title></head><body style="{PAGE}"><main><h1>{name}</h1>{html}'
        "</main></body></html>"
    )
