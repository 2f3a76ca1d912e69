"""What the course itself says, in a rounded box: by that it differs from what the source says."""

from __future__ import annotations

from html import escape

from helpers.display.view import GREY, WIDEST, View, fill

# Borders, to tell kinds of notices apart at a glance; beside words that tell them apart as well.
THIN = f"1px solid {GREY}"
BOLD = f"4px solid {GREY}"
BROKEN = f"3px dashed {GREY}"
DOTTED = f"3px dotted {GREY}"
BOX = f"border-radius:.6em;padding:0 .9em;margin:.5em 0;{WIDEST}"
PARAGRAPH = "margin:.5em 0"


def notice(title: str, *lines: str, border: str = THIN, inside: View | None = None) -> View:
    """A short message: a bold lead and its first line, then paragraphs.

    border: one of those above. inside: what stands in the same box, below the lines.
    """
    first, *rest = lines or ("",)
    lead = f"{title} {first}"
    bold = f"<strong>{escape(title)}</strong> " if title else ""
    html = _paragraph(f"{bold}{escape(first)}")
    text = [fill(lead.strip())]
    for line in rest:
        html += _paragraph(escape(line))
        text.append(fill(line))
    said = "\n".join(text)
    if inside:
        html += inside.html
        said = f"{said}\n\n{inside.text}"
    return View(f'<div style="border:{border};{BOX}">{html}</div>', said)


def _paragraph(html: str) -> str:
    return f'<p style="{PARAGRAPH}">{html}</p>'
