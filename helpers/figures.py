"""Figures. Each comes as one thing: an image, an alt text made from its data, and the data as a table.

The image is an SVG inside an <img>, since only that keeps its alt text in JupyterLab, in exported pages
and in a notebook that was not yet trusted. Matplotlib loads when the first figure is asked for.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

from helpers.display import View, fill, folded, notice, rows_and_columns
from helpers.edition import edition
from helpers.reading import agent_name, count_words_by_voice

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = {"svg.hashsalt": "course", "font.size": 11, "axes.spines.top": False, "axes.spines.right": False,
         "axes.facecolor": "white", "figure.facecolor": "white", "hatch.linewidth": 0.8}
EPOCH = date(1970, 1, 1)  # day 0 of matplotlib's axis of dates
DARK, PALE = "#30475e", "#c9d6e2"  # apart in greyscale too; no meaning hangs on them alone


def timeline() -> View:
    """The dates of the document: one lane for each office that set them."""
    rows = sorted((row for row in edition().rows("dates") if row["set_by"]), key=lambda row: row["value"])
    marks = {(row["set_by"], row["job"], row["value"]): [] for row in rows}
    for row in rows:
        marks[row["set_by"], row["job"], row["value"]].append(row["segment"])
    lanes = sorted({lane for lane, _, _ in marks}, reverse=True)
    figure, axes = _canvas(8, 3.6)
    table, heights = [], {lane: [3 * k] for k, lane in enumerate(lanes)}  # where the next mark of a lane stands
    for (lane, job, value), ids in marks.items():
        days = [date.fromisoformat(day) for day in value.split("/")]
        table.append((job, " to ".join(f"{day.day} {day:%B %Y}" for day in days), lane, ", ".join(ids)))
        y = heights[lane][-1]
        heights[lane].append(y + 0.8)
        axes.plot([days[0], days[-1]], [y, y], color=DARK, **({"marker": "D", "markersize": 8} if len(days) == 1 else {"linewidth": 7}))
        axes.annotate(f"   {job}: {table[-1][1]}", (days[-1], y), va="center")
    axes.set_yticks([(heights[lane][0] + heights[lane][-2]) / 2 for lane in lanes], lanes)
    axes.margins(x=0.06, y=0.15)
    axes.xaxis.set_major_formatter(lambda day, _: f"{(EPOCH + timedelta(days=day)):%d %b}".lstrip("0"))
    axes.set_xlabel("Day")
    said = "; ".join(f"{job}, {when}, set by the {lane} ({ids})" for job, when, lane, ids in table)
    alt = (f"Timeline in {len(lanes)} lanes with {len(table)} marks. The horizontal axis runs in days. "
           f"{said}. Marks of one day are diamonds, a stretch of days is a bar.")
    counted = f"{len(table)} dates, {len({row[0] for row in table})} jobs"
    return _figure(figure, alt, "The dates of the document, by the office that set them",
                   rows_and_columns(table, ["Job", "Date", "Set by", "Stands in"], counted))


def chain_of_hands() -> View:
    """Who had the words in hand between the visitors and us, in order; hands not named are drawn with a broken line."""
    hands = sorted((row for row in edition().rows("agents") if row["step"]), key=lambda row: int(row["step"]))
    figure, axes = _canvas(8, 0.55 * len(hands))
    for place, hand in enumerate(hands):
        y, known = -place, bool(hand["words"])
        axes.text(0, y, hand["name"] + ("" if known else " ?"), ha="right", va="center", bbox={
            "boxstyle": "round,pad=0.35", "facecolor": PALE if known else "white", "edgecolor": DARK,
            "linestyle": "-" if known else (0, (2, 2))})
        axes.text(0.35, y, hand["did"] + (f" ({hand['segment']})" if known else ""), va="center")
        if place:
            axes.annotate("", (0.16, y + 0.15), (0.16, y + 0.85), arrowprops={"arrowstyle": "->", "color": DARK})
    axes.set_xlim(-3.4, 4.6)
    axes.set_ylim(-len(hands) + 0.5, 0.5)
    axes.axis("off")
    table = [(hand["step"], hand["name"], hand["did"], hand["segment"] or "nowhere: inferred") for hand in hands]
    said = "; ".join(f"{step}, {name}{'' if ids[0] in 'ABHTWG' else ', broken line'}: {did}" for step, name, did, ids in table)
    alt = f"A column of {len(table)} boxes joined by arrows from top to bottom. {said}."
    return _figure(figure, alt, "The chain of hands. A broken line and a question mark: not named in the text",
                   rows_and_columns(table, ["Step", "Hand", "What it did", "Named in"], f"The chain of {len(table)} hands"))


def voice_figure(changes: Mapping[str, str] | None = None) -> View:
    """The share of the body's words by voice, at least and at most, since some sentences have two readings.

    changes: your own attributions, {"B15.1": "ivanov"}; they replace the edition's readings.
    """
    counts, problem = count_words_by_voice(changes)
    total = sum(len(segment.text.split()) for segment in edition().in_zone("body"))
    table = [(agent_name(voice), f"{low / total:.1%}", f"{high / total:.1%}", low, high) for voice, low, high in counts]
    figure, axes = _canvas(8, 0.7 * len(counts) + 0.9)
    for place, (_, low, high) in enumerate(counts):
        axes.barh(-place, low / total * 100, color=DARK, height=0.6)
        axes.barh(-place, (high - low) / total * 100, left=low / total * 100, facecolor="white", edgecolor=DARK, hatch="///", height=0.6)
        axes.text(high / total * 100 + 1, -place, f"{table[place][1]} to {table[place][2]}", va="center")
    axes.set_yticks([-place for place in range(len(counts))], [row[0] for row in table])
    axes.set_xlim(0, 100)
    axes.set_xlabel("Share of the words of the body, in percent")
    said = "; ".join(f"{row[0]}, {row[1]} to {row[2]}" for row in table)
    alt = (f"Bar chart of {len(table)} horizontal bars, one for each voice, on an axis from 0 to 100 percent of the body's words. "
           f"{said}. The plain part of a bar stands for words given to the voice in every reading, the hatched part for doubtful ones.")
    columns = ["Voice", "Share, at least", "Share, at most", "Words, at least", "Words, at most"]
    shown = _figure(figure, alt, "Share of words by voice. Plain: in every reading. Hatched: in one of two readings",
                    rows_and_columns(table, columns, f"{total:,} words of the body by voice"))
    return shown + notice("No change made.", problem) if problem else shown


def _canvas(width: float, height: float) -> tuple[Figure, Axes]:
    """An empty figure in the course's style, width and height in inches."""
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(width, height), layout="constrained")
        FigureCanvasSVG(figure)
        return figure, figure.add_subplot()


def _figure(figure: Figure, alt: str, caption: str, data: View) -> View:
    """Image, alt text, caption and data table as one view; its plain text is the alt text and the table."""
    import matplotlib
    image = io.BytesIO()
    with matplotlib.rc_context(STYLE):
        figure.savefig(image, format="svg", metadata={"Date": None})
    source = f"data:image/svg+xml;base64,{base64.b64encode(image.getvalue()).decode()}"
    html = (f'<figure style="margin:0"><img alt="{escape(alt)}" src="{source}" style="max-width:100%">'
            f"<figcaption>{escape(caption)}</figcaption>{folded('Data table', data).html}</figure>")
    return View(html, f"{fill('Figure. ' + alt)}\n{data.text}")

