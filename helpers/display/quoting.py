"""What the source says: in a serif face, with a rule at the left and a small id."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from helpers.display.view import GREY, NO_BREAK, SANS, SERIF, WIDEST, View, fill, linked

PASSAGE = (
    f"{SERIF};font-size:1.1em;line-height:1.55;border-left:4px solid {GREY};"
    "padding:0 0 0 .9em;margin:.6em 0;max-width:38em"  # as wide as all else, in larger letters
)
FRAME = (
    f"border:1px solid {GREY};margin:0 0 -1px;padding:.2em .8em;overflow-wrap:break-word;{WIDEST}"
)
AROUND_FRAMES = "padding:1px 0;margin:.5em 0"  # a border at the edge of an output would be cut
FRAMED_PASSAGE = f"{FRAME};border-left:4px solid {GREY}"
LINE = "margin:.4em 0"
WORDS = f"{LINE};{SERIF};font-size:1.1em"
NAME = f"{SANS};font-size:.75em"
REMARK = f"{LINE};{SANS};font-size:.9em"  # of the course, beside the words of the source

Sentences = Sequence[tuple[str, str]]  # the number of each, and its words


def quotations(pairs: Iterable[tuple[str, str]], note: str = "") -> View:
    """Passages one below the other: (id, exact words) pairs, each shown as «words».

    note: what the course says of them.
    """
    html = ""
    text = []
    for id, words in pairs:
        said = f"«{words}»"
        html += _line(id, escape(said))
        text.append(fill(f"{id}  {said}", "  "))
    if note:
        html += _line("", escape(note), REMARK)
        text.append(fill(note))
    return _passage(html, text)


def paragraphs(blocks: Iterable[tuple[str, Sentences]]) -> View:
    """Running text, for reading at length: pairs of a paragraph's id and its sentences."""
    html = ""
    text = []
    for label, sentences in blocks:
        running_html, running_text = _running(sentences)
        html += _line(label, running_html)
        text.append(fill(f"{label}  {running_text}", "  "))
    return _passage(html, text)


def _passage(html: str, text: list[str]) -> View:
    quoted = f'<blockquote style="{PASSAGE}">{html}</blockquote>'
    return View(quoted, "\n".join(text))


def _line(id: str, words: str, style: str = LINE) -> str:
    """A paragraph, from safe HTML, after an id that stays with its first word; if there is one."""
    name = f'<strong style="{NAME}">{escape(id)}</strong>{NO_BREAK}' if id else ""
    return f'<p style="{style}">{name}{words}</p>'


def _running(sentences: Sentences) -> tuple[str, str]:
    """Sentences in a row as HTML and as text, each after its number if there are several."""
    html = []
    text = []
    for number, words in sentences:
        sign = f'<small style="{SANS}">.{escape(number)}</small>{NO_BREAK}'
        safe = escape(words)
        if len(sentences) > 1:
            html.append(f"{sign}{safe}")
            text.append(f".{number}{NO_BREAK}{words}")
        else:
            html.append(safe)
            text.append(words)
    return " ".join(html), " ".join(text)


def labelled_boxes(boxes: Iterable[tuple[str, Sequence[str]]]) -> View:
    """What the course says, framed and named: (label, lines) pairs from top to bottom."""
    html = ""
    text = []
    for label, lines in boxes:
        words = "<br>".join(map(linked, lines))
        html += f'<div style="{FRAME}">{_title(label)}{_line("", words)}</div>'
        text += _box_as_text(label, lines)
    return _frames(html, text)


def framed_passages(boxes: Iterable[tuple[str, Sentences]]) -> View:
    """Stretches of the source, framed and named: pairs of a label, and of ids with exact words.

    Words without an id are the course's own.
    """
    html = ""
    text = []
    for label, passages in boxes:
        inner = _title(label)
        lines = []
        for id, words in passages:
            inner += _line(id, escape(words), WORDS if id else REMARK)
            lines.append(f"{id}  {words}" if id else words)
        html += f'<div style="{FRAMED_PASSAGE}">{inner}</div>'
        text += _box_as_text(label, lines)
    return _frames(html, text)


def _frames(html: str, text: list[str]) -> View:
    return View(f'<div style="{AROUND_FRAMES}">{html}</div>', "\n".join(text))


def _title(label: str) -> str:
    return f'<p style="{LINE}"><strong>{escape(label)}</strong></p>'


def _box_as_text(label: str, lines: Iterable[str]) -> list[str]:
    said = [f"[{label}]"]
    for line in lines:
        said.append(fill(f"  {line}", "  "))
    return said
