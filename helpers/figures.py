"""Figures. Each comes as one thing: an image, an alt text made from its data, and the data as a table.

The image is an SVG inside an <img>, since only that keeps its alt text in JupyterLab, in exported pages
and in a notebook that was not yet trusted. Matplotlib loads when the first figure is asked for.
"""

from __future__ import annotations

import base64
import io
import textwrap
import warnings
from calendar import month_name
from collections.abc import Mapping
from datetime import date, timedelta
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.amounts import Amount, NotASum, amount
from helpers.display import View, fill, folded, notice, rows_and_columns, scrollable
from helpers.edition import NotInEdition, edition, shorten
from helpers.reading import (
    SEASONS,
    agent_name,
    conditional_plan,
    count_words,
    count_words_by_voice,
    find_words,
    in_words,
    own_readings,
    politely,
    when,
)

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

STYLE = {"svg.hashsalt": "course", "font.size": 11, "axes.spines.top": False, "axes.spines.right": False,
         "axes.facecolor": "white", "figure.facecolor": "white", "hatch.linewidth": 0.8, "axes.axisbelow": True,
         "text.parse_math": False,  # a learner's word may hold a dollar sign
         "svg.fonttype": "none"}  # words stay words, so that the browser draws them in any script
READABLE = "max-width:100%;min-width:30em"  # of an image: below that, its words are too small to read
SPACE = "\u00a0"  # stays where it is at the edge of words and beside another; a browser drops a plain one
BELOW = 0.55  # inches below the axes: for its numbers and what they count
EPOCH = date(1970, 1, 1)  # day 0 of matplotlib's axis of dates
DARK, PALE = "#30475e", "#c9d6e2"  # apart in greyscale too; no meaning hangs on them alone
SHAPES = {"o": "filled circles", "s": "open squares", "D": "open diamonds", "^": "open triangles pointing up", "v": "open triangles pointing down"}
SURE, DOUBTFUL = {"color": DARK}, {"facecolor": "white", "edgecolor": DARK, "hatch": "///"}


def timeline() -> View:
    """The dates of the document: one lane for each office that set them."""
    rows = sorted((row for row in edition().rows("dates") if row["set_by"]), key=lambda row: row["value"])
    marks = {(row["set_by"], row["job"], row["value"]): [] for row in rows}
    for row in rows:
        marks[row["set_by"], row["job"], row["value"]].append(row["segment"])
    lanes = sorted({lane for lane, _, _ in marks}, reverse=True)
    figure, axes = canvas(9, 3.6, right=2.9)
    table, heights = [], {lane: [3 * k] for k, lane in enumerate(lanes)}  # where the next mark of a lane stands
    for (lane, job, value), ids in marks.items():
        days = [date.fromisoformat(day) for day in value.split("/")]
        table.append((job, " to ".join(f"{day.day} {day:%B %Y}" for day in days), lane, ", ".join(ids)))
        y = heights[lane][-1]
        heights[lane].append(y + 0.8)
        axes.plot([days[0], days[-1]], [y, y], color=DARK, **({"marker": "D", "markersize": 8} if len(days) == 1 else {"linewidth": 7}))
        axes.annotate(f"{job}: {table[-1][1]}", (days[-1], y), (8, 0), textcoords="offset points", va="center")
    axes.set_yticks([(heights[lane][0] + heights[lane][-2]) / 2 for lane in lanes], lanes)
    axes.margins(x=0.06, y=0.15)
    axes.xaxis.set_major_formatter(lambda day, _: f"{(EPOCH + timedelta(days=day)):%d %b}".lstrip("0"))
    axes.set_xlabel("Day")
    said = "; ".join(f"{job}, {day}, set by the {lane} ({ids})" for job, day, lane, ids in table)
    alt = (f"Timeline in {len(lanes)} lanes with {len(table)} marks. The horizontal axis runs in days. "
           f"{said}. Marks of one day are diamonds, a stretch of days is a bar.")
    return with_its_data(figure, alt, "The dates of the document, by the office that set them", rows_and_columns(
        table, ["Job", "Date", "Set by", "Stands in"], f"{len(table)} dates, {len({row[0] for row in table})} jobs"))


def chain_of_hands() -> View:
    """Who had the words in hand between the visitors and us, in order; hands not named are drawn with a broken line."""
    hands = sorted((row for row in edition().rows("agents") if row["step"]), key=lambda row: int(row["step"]))
    figure, axes = canvas(9, 0.55 * len(hands), (-3.4, 5.6, 0.5 - len(hands), 0.5))
    for place, hand in enumerate(hands):
        y, known = -place, bool(hand["words"])
        axes.text(0, y, hand["name"] + ("" if known else " ?"), ha="right", va="center", bbox={
            "boxstyle": "round,pad=0.35", "facecolor": PALE if known else "white", "edgecolor": DARK,
            "linestyle": "-" if known else (0, (2, 2))})
        axes.text(0.35, y, hand["did"] + (f" ({hand['segment']})" if known else ""), va="center")
        if place:
            axes.annotate("", (0.16, y + 0.15), (0.16, y + 0.85), arrowprops={"arrowstyle": "->", "color": DARK})
    table = [(hand["step"], hand["name"], hand["did"], hand["segment"] or "nowhere: inferred") for hand in hands]
    said = "; ".join(f"{step}, {name}{'' if ids[0] in 'ABHTWG' else ', broken line'}: {did}" for step, name, did, ids in table)
    alt = f"A column of {len(table)} boxes joined by arrows from top to bottom. {said}."
    return with_its_data(figure, alt, "The chain of hands. A broken line and a question mark: not named in the text",
                   rows_and_columns(table, ["Step", "Hand", "What it did", "Named in"], f"The chain of {len(table)} hands"))


def voice_figure(changes: Mapping[str, str] | None = None) -> View:
    """The share of the body's words by voice, at least and at most, since some sentences have two readings.

    changes: your own attributions, {"B15.1": "ivanov"}; they replace the edition's readings.
    """
    counts, problem = count_words_by_voice(changes)
    total = count_words(edition().in_zone("body"))
    table = [(agent_name(voice), f"{low / total:.1%}", f"{high / total:.1%}", low, high) for voice, low, high in counts]
    figure, axes = canvas(8, 0.7 * len(counts) + 0.9)
    for place, (_, low, high) in enumerate(counts):
        _bar(axes, -place, 0, low / total * 100)
        _bar(axes, -place, low / total * 100, high / total * 100, f"{table[place][1]} to {table[place][2]}", DOUBTFUL)
    axes.set_yticks([-place for place in range(len(counts))], [row[0] for row in table])
    axes.set(xlim=(0, 100), xlabel="Share of the words of the body, in percent")
    said = "; ".join(f"{row[0]}, {row[1]} to {row[2]}" for row in table)
    alt = (f"Bar chart of {len(table)} horizontal bars, one for each voice, on an axis from 0 to 100 percent of the body's words. "
           f"{said}. The plain part of a bar stands for words given to the voice in every reading, the hatched part for doubtful ones.")
    columns = ["Voice", "Share, at least", "Share, at most", "Words, at least", "Words, at most"]
    shown = with_its_data(figure, alt, "Share of words by voice. Plain: in every reading. Hatched: in one of two readings",
                    rows_and_columns(table, columns, f"{total:,} words of the body by voice"))
    return shown + notice("No change made.", problem) if problem else shown


@politely
def order_figure(changes: Mapping[str, str] | None = None) -> View:
    """The concerns in the order in which they are raised, and in the order in which the record answers them.

    changes: your own matching, {"4": "B14"}; an empty place ("") says that a concern is not answered.
    """
    changes = own_readings(changes)
    rows = edition().rows("replies")
    if wrong := [shorten(key) for key in changes if key not in [row["concern"] for row in rows]]:
        raise NotInEdition(f"Name a concern, from {rows[0]['concern']} to {rows[-1]['concern']}, not {', '.join(wrong)}.")
    found = {row["concern"]: changes.get(row["concern"], row["answered"]) for row in rows}
    starts = {concern: edition().find(ids)[0].start for concern, ids in found.items() if ids}
    answered = sorted(starts, key=starts.get)
    figure, axes = canvas(8.6, 0.62 * len(rows), (-1.6, 2.7, 0.5 - len(rows), 0.5))
    table = []
    for asked, row in enumerate(rows):
        concern = row["concern"]
        axes.text(-0.06, -asked, f"{concern}{SPACE} {row['title']} ({row['asked']})", ha="right", va="center")
        if concern in starts:
            place = answered.index(concern)
            axes.plot([0, 1], [-asked, -place], color=DARK, marker="o", linewidth=2)
            axes.text(1.06, -place, f"{found[concern]}{SPACE} {row['title']}", va="center")
        words = count_words(edition().find(found[concern])) if concern in starts else 0
        table.append((f"{concern}. {row['title']}", row["asked"], found[concern] or "nowhere",
                      answered.index(concern) + 1 if concern in starts else "none", words))
    said = "; ".join(f"{title}, raised in {asked}, is answered " + (f"in {ids}, place {place}" if place != "none" else ids)
                     for title, asked, ids, place, _ in table)
    alt = (f"Slope chart with {len(rows)} lines. Left, from top to bottom, the concerns in the order in which they are raised; right, "
           f"the paragraphs that answer them, in the order of the text. A line joins each concern to its answer. {said}.")
    columns = ["Concern", "Raised in", "Answered in", "Place of the answer", "Words of the answer"]
    return with_its_data(figure, alt, "Left: the order of the concerns. Right: the order of the answers",
                   rows_and_columns(table, columns, f"{len(rows)} concerns and their answers"))


@politely
def dispersion(*words: str) -> View:
    """Where words stand in the body: one lane for each word, one stroke for each occurrence. A star stands for any ending."""
    found = [find_words(word) for word in words or ("",)]
    body = edition().in_zone("body")
    begins, total = {}, 0  # the number of words before each sentence
    for segment in body:
        begins[segment.id] = total
        total += count_words([segment])
    figure, axes = canvas(8, 0.6 * len(words) + 1)
    table = []
    for lane, (word, hits) in enumerate(zip(words, found, strict=True)):
        places = [(begins[segment.id] + len(segment.text[:hit.start()].split()) + 1, segment.paragraph) for segment, hit in hits]
        axes.eventplot([place for place, _ in places], lineoffsets=-lane, linelengths=0.6, colors=DARK, linewidths=2)
        where = [f"{name}: {', '.join(str(place) for place, _ in group)}" for name, group in groupby(places, key=lambda hit: hit[1])]
        table.append((shorten(word), len(hits), "; ".join(where) or "nowhere"))
    firsts = list({segment.paragraph: begins[segment.id] for segment in reversed(body)}.items())[::-1]
    axes.set_yticks([-lane for lane in range(len(words))], [f"{row[0]} ({row[1]})" for row in table])
    axes.set_xticks([place for _, place in firsts[::4]], [name for name, _ in firsts[::4]])
    axes.set(xlim=(-10, total), ylim=(0.5 - len(words), 0.5),
             xlabel=f"Place in the body, from {firsts[0][0]} to {firsts[-1][0]}, {total:,} words")
    said = ". ".join(f"{word} stands {n} times, as word number {where}" for word, n, where in table)
    alt = (f"Dispersion chart with {len(table)} lanes, one for each word. The horizontal axis runs through the {total:,} words of the "
           f"body, from {firsts[0][0]} to {firsts[-1][0]}; each stroke is one occurrence. {said}.")
    return with_its_data(figure, alt, "Where the words stand in the body. One stroke is one occurrence",
                   rows_and_columns(table, ["Word", "Times", "Paragraph: number of the word"], "The same, counted"))


def interval_figure(amounts: Mapping[str, Amount]) -> View:
    """Amounts below each other on one scale: a range as a bar from end to end, a single number as a short stroke."""
    amounts = {shorten(str(name)): amount(value) for name, value in amounts.items()}
    units = {found.unit for found in amounts.values()}
    if len(units) != 1:
        raise NotASum("name amounts that have the same unit, each with a label")
    (unit,) = units
    figure, axes = canvas(8, 0.6 * len(amounts) + 0.9)
    table = [(name, str(found), found.kind, "; ".join(found.home)) for name, found in amounts.items()]
    widest = max(found.high for found in amounts.values())
    for lane, (found, row) in enumerate(zip(amounts.values(), table, strict=True)):
        _bar(axes, -lane, found.low, max(found.high, found.low + widest / 200), f"{row[1]} ({row[2]})")
    axes.set_yticks([-lane for lane in range(len(table))], [row[0] for row in table])
    axes.set(xlim=(0, widest * 1.6), xlabel=unit.capitalize())
    said = "; ".join(f"{name}: {words}, {kind}" for name, words, kind, _ in table)
    alt = (f"Chart of {len(table)} horizontal bars, one below the other, on a scale of {unit} that starts at 0. "
           f"Each bar runs from the smallest to the largest number that the words allow. {said}.")
    return with_its_data(figure, alt, "What the words allow: from the smallest to the largest number",
                   rows_and_columns(table, ["What", "How many", "Kind of number", "Stands in, or computed from"], f"{len(table)} amounts"))


def gap_figure(need: Amount, limit: Amount) -> View:
    """A need as a band and a limit as a line on one scale, with the smallest and the largest distance between them."""
    need, limit = amount(need), amount(limit)
    gap = need - limit
    if gap.low <= 0 or limit.low != limit.high:
        raise NotASum("this figure takes the need first, and then a single limit that lies below it")
    table = [(found.kind, str(found), " and ".join(found.home)) for found in (limit, need, gap)]
    figure, axes = canvas(8, 2.9, right=0.45, top=0.6)
    axes.axvspan(need.low, need.high, facecolor=PALE, edgecolor=DARK)
    axes.axvline(limit.high, color=DARK, linewidth=3)
    for found in (limit, need):
        axes.text((found.low + found.high) / 2, 1.04, repr(found).replace(" · ", "\n"), ha="center")
    arrow = {"arrowstyle": "<->", "color": DARK, "shrinkA": 0, "shrinkB": 0}
    for height, end, words in ((0.72, need.low, f"smallest gap: {gap.low:,.0f}"), (0.3, need.high, f"largest gap: {gap.high:,.0f}")):
        axes.annotate("", (end, height), (limit.high, height), arrowprops=arrow)
        axes.text(limit.high, height, f"{words}{SPACE}{SPACE}", ha="right", va="center")
    reach = need.high - limit.high
    low, high = limit.high - 0.7 * reach, need.high + 0.5 * reach
    axes.set(xlim=(low, high), ylim=(0, 1), yticks=[], xlabel=f"Unit: {need.unit or 'none'}. The scale starts at {low:,.0f}")
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    alt = (f"One horizontal scale from {low:,.0f} to {high:,.0f} {need.unit}. A vertical line is labelled {limit!r}. "
           f"To its right a shaded band runs from {need.low:,.0f} to {need.high:,.0f}, labelled {need!r}. "
           f"Two arrows start at the line: the upper ends at the near edge of the band and is {gap.low:,.0f} long, "
           f"the lower at the far edge and is {gap.high:,.0f} long.")
    return with_its_data(figure, alt, "A band for the need, a line for the limit, and the gap between them at its smallest and its largest",
                   rows_and_columns(table, ["Kind of number", "How much", "Stands in, or computed from"], "Need, limit and gap"))


def branch_figure() -> View:
    """The plan that hangs on a condition, as a tree: first what comes first, then each case with what follows."""
    first, plans = conditional_plan()
    cases = {condition: list(found) for condition, found in groupby(plans, key=lambda plan: plan["condition"])}
    figure, axes = canvas(8, 1.15 * len(cases), (-0.75, 4.4, 0.6 - len(cases), 0.6))
    box, middle = {"boxstyle": "round,pad=0.4", "edgecolor": DARK}, -(len(cases) - 1) / 2
    axes.text(0, middle, textwrap.fill(in_words(first), 26), ha="center", va="center", bbox=box | {"facecolor": PALE})
    for place, (condition, found) in enumerate(cases.items()):
        style = {"linestyle": ":" if found[0]["status"] == "not told" else "-"}
        lines = [f"{condition}:", *(textwrap.fill(in_words(plan), 46) for plan in found)]
        axes.annotate("", (1.5, -place), (0.75, middle), arrowprops={"arrowstyle": "->", "color": DARK} | style)
        axes.text(1.55, -place, "\n".join(lines), va="center", bbox=box | {"facecolor": "white"} | style)
    table = [(plan["condition"] or "first", plan["what"], when(plan), plan["segment"]) for plan in [first, *plans]]
    said = ". ".join(f"{condition.capitalize()}: " + "; ".join(map(in_words, found)) for condition, found in cases.items())
    alt = (f"A tree with one box on the left and {len(cases)} boxes on the right, one below the other. Left: {in_words(first)}. "
           f"An arrow leads from it to each box on the right, from top to bottom. {said}. "
           "A broken line marks the case for which the text has no plan.")
    return with_its_data(figure, alt, "The plan with its conditions. A broken line: the text gives no plan for this case",
                   rows_and_columns(table, ["Case", "What follows", "When", "Stands in"], "The plan and its cases"))


@politely
def calendar(start: int, end: int) -> View:
    """The dated plans as bars from the first to the last month in which they may fall, from one year to another.

    Plain: the text names the months. Hatched: it names a season, a year, or a stretch without an end.
    """
    dated = sorted((row for row in edition().rows("plans") if row["start"]), key=lambda row: (row["start"], row["end"]))
    rows = [row for row in dated if str(start) <= row["end"] and row["start"][:4] <= str(end)][:0 if str(start) > str(end) else None]
    if not rows:
        raise NotInEdition(f"Name years from {dated[0]['start'][:4]} to {dated[-1]['end'][:4]}, the earlier one first.")
    figure, axes = canvas(9, 0.42 * len(rows) + 0.8, right=0.5)
    for lane, row in enumerate(rows):
        _bar(axes, -lane, *_years(row["start"], row["end"]), f"{when(row)}, {row['status']}", SURE if row["known"] == "month" else DOUBTFUL)
    axes.set_yticks([-lane for lane in range(len(rows))], [f"{row['what']} ({row['segment']})" for row in rows])
    left = _years(rows[0]["start"], rows[0]["end"])[0] - 0.1
    years = range(int(left) + 1, max(int(row["end"][:4]) for row in rows) + 1)
    _axis_of_years(axes, years, left, years[-1] + 2)
    table = [(row["what"], when(row), row["status"], row["segment"]) for row in rows]
    said = "; ".join(f"{what}: {when} ({status})" for what, when, status, _ in table)
    drawn = "; ".join(f"{name} is drawn as {month_name[month]} to {month_name[month + 2]}" for month, name in SEASONS.items())
    alt = (f"Bar calendar with {len(rows)} horizontal bars, the earliest at the top, on an axis from "
           f"{month_name[int(rows[0]['start'][5:])]} {rows[0]['start'][:4]} to the end of {years[-1]}. {said}. Bars are plain where the "
           f"text names months, and hatched where it names only a season, a year or a beginning; {drawn}.")
    columns = ["What", "When", "Status on the day of the talk", "Stands in"]
    return with_its_data(figure, alt, "What was to happen when. Plain: months are named. Hatched: somewhere within this stretch",
                   rows_and_columns(table, columns, f"{len(rows)} dated plans and deeds"))


@politely
def series_figure(topic: str, need: Amount, limit: Amount, year: int) -> View:
    """Numbers that others give for a topic, by year, beside a need (a band) and a limit (a line) of one year.

    Each series has a mark of its own shape; a range is drawn from end to end.
    """
    found = [row for row in edition().rows("figures") if row["series"].startswith(str(topic))]
    if not found:
        raise NotInEdition(f"No numbers on {shorten(topic)}. There are: {', '.join(dict.fromkeys(r['series'] for r in edition().rows('figures')))}.")
    cited = edition().by_id("works")
    series = list(dict.fromkeys(row["series"] for row in found))
    figure, axes = canvas(8.5, 4.4)
    axes.fill_between([year - 0.4, year + 0.4], need.low, need.high, facecolor=PALE, edgecolor=DARK)
    axes.plot([year - 0.4, year + 0.4], [limit.high, limit.high], color=DARK, linewidth=3)
    axes.annotate(f"need {need}\nlimit {limit}", (year, limit.high), (year, 0.7 * limit.high), ha="center",
                  arrowprops={"arrowstyle": "-", "color": DARK})
    for place, (name, marker) in enumerate(zip(series, SHAPES, strict=False)):
        rows = [row for row in found if row["series"] == name]
        for row in rows:
            axes.plot([int(row["year"]) + 0.13 * place] * 2, [float(row["low"]), float(row["high"])], color=DARK, linewidth=1.5)
        axes.plot([int(row["year"]) + 0.13 * place for row in rows], [(float(row["low"]) + float(row["high"])) / 2 for row in rows],
                  linestyle="", marker=marker, markersize=8, color=DARK if marker == "o" else "white", markeredgecolor=DARK,
                  label=name.removeprefix(str(topic)).replace("_", " ").strip())
    axes.legend(loc="upper left", frameon=False)
    axes.set(ylim=(0, None), xlabel="Year (marks of one year stand side by side)", ylabel=f"Million {found[0]['unit']}")
    axes.yaxis.set_major_formatter(lambda value, _: f"{value / 1e6:g}")
    table = [(row["year"], row["series"].replace("_", " "), str(Amount(float(row["low"]), float(row["high"]), "", row["unit"])), row["grade"],
              cited[row["work"]]["short"], row["note"]) for row in found]
    said = "; ".join(f"{time}: {words} ({name})" for time, name, words, *_ in table)
    shapes = "; ".join(f"{shape}: {name.replace('_', ' ')}" for name, shape in zip(series, SHAPES.values(), strict=False))
    alt = (f"Chart of {len(table)} marks for {len(series)} series, by year on the horizontal axis; the vertical axis starts at 0 and counts "
           f"millions of {found[0]['unit']}. {shapes.capitalize()}. {said}. "
           f"Over {year} stand a short band, {need!r}, and below it a short line, {limit!r}.")
    return with_its_data(figure, alt, "What others give, by year, beside the need and the limit of the entry",
                   rows_and_columns(table, ["Year", "Series", "How much", "Grade", "Work", "Note"], f"{len(table)} numbers, each with its work"))


@politely
def outcome_calendar(*words: str) -> View:
    """Plan and outcome below each other, for the plans with one of these words and a date in both."""
    plans, cited = edition().by_id("plans"), edition().by_id("works")
    rows = [(plans[row["plan"]], row) for row in edition().rows("outcomes") if row["start"] and plans[row["plan"]]["start"]
            and any(str(word) in plans[row["plan"]]["what"] for word in words)]
    if not rows:
        raise NotInEdition("No dated plan has one of these words in its name.")
    figure, axes = canvas(9, 0.95 * len(rows) + 0.6)
    for lane, (plan, row) in enumerate(rows):
        _bar(axes, -2 * lane, *_years(plan["start"], plan["end"]), f"plan: {when(plan)}", SURE if plan["known"] == "month" else DOUBTFUL)
        _bar(axes, -2 * lane - 0.75, *_years(row["start"], row["end"]), f"outcome: {row['verdict']}", {"facecolor": PALE, "edgecolor": DARK})
    axes.set_yticks([-2 * lane - 0.4 for lane in range(len(rows))], [textwrap.fill(f"{plan['what']} ({plan['segment']})", 34) for plan, _ in rows])
    starts = [_years(row["start"], row["end"])[0] for pair in rows for row in pair]
    years = range(int(min(starts)), int(max(starts)) + 1)
    _axis_of_years(axes, years, years[0] - 0.1, years[-1] + 2.5)
    table = [(plan["what"], plan["segment"], when(plan), row["outcome"], row["verdict"], cited[row["work"]]["short"]) for plan, row in rows]
    said = "; ".join(f"{what}: planned for {time}, outcome {outcome} ({verdict})" for what, _, time, outcome, verdict, _ in table)
    alt = (f"Calendar with {len(rows)} pairs of horizontal bars on an axis of years from {years[0]} to {years[-1]}; in each pair the plan stands "
           f"above and the outcome below. {said}. Plans are plain where months are named, otherwise hatched; outcomes are pale with a border.")
    return with_its_data(figure, alt, "Plan above, outcome below",
                   rows_and_columns(table, ["What", "Id", "Planned for", "Outcome", "Verdict", "Work"], f"{len(rows)} plans and their outcomes"))


def _years(first: str, last: str) -> tuple[float, float]:
    """Two months, as in 1956-11, as the beginning of the first and the end of the second on an axis of years."""
    begin, end = (int(month[:4]) + (int(month[5:7]) - 1) / 12 for month in (first, last))
    return begin, end + 1 / 12


def _axis_of_years(axes: Axes, years: range, left: float, right: float) -> None:
    """A line and a label at the beginning of each year."""
    axes.set_xticks(years, [str(year) for year in years], ha="left")
    axes.set_xlim(left, right)
    axes.grid(axis="x", color=PALE)


def sketch(scale: tuple[float, float], band: tuple[float, float, str], line: tuple[float, str], alt: str) -> str:
    """A small picture for a widget, written out at once: a labelled band and a labelled line on a scale. Returns an <img>."""
    low, high = scale
    left, right, mark = (20 + 560 * (min(max(x, low), high) - low) / (high - low) for x in (band[0], band[1], line[0]))
    svg = (f'<svg xmlns="http://www.w3.org/2000/svg" width="600" height="124" font-family="sans-serif" font-size="13">'
           f'<rect width="600" height="124" fill="white"/><path d="M20 80H580" stroke="{DARK}"/>'
           f'<rect x="{left:.1f}" y="40" width="{max(right - left, 1):.1f}" height="40" fill="{PALE}" stroke="{DARK}"/>'
           f'<path d="M{mark:.1f} 30V88" stroke="{DARK}" stroke-width="3"/>'
           f'<text x="{min(max(mark, 90), 510):.1f}" y="20" text-anchor="middle">{escape(line[1])}</text>'
           f'<text x="{min(max((left + right) / 2, 110), 490):.1f}" y="101" text-anchor="middle">{escape(band[2])}</text>'
           f'<text x="20" y="120">{low:,.0f}</text><text x="580" y="120" text-anchor="end">{high:,.0f}</text></svg>')
    return _image(svg.encode(), alt)


def _image(svg: bytes, alt: str) -> str:
    return scrollable(f'<img alt="{escape(alt)}" src="data:image/svg+xml;base64,{base64.b64encode(svg).decode()}" '
                      f'style="{READABLE}">', "Figure")


def canvas(width: float, height: float, frame: tuple[float, float, float, float] | None = None, right: float = 0.2, top: float = 0.1
           ) -> tuple[Figure, Axes]:
    """An empty figure, in inches. frame: left, right, bottom, top of a drawing that needs no axes.

    right, top: room for words beyond the axes; with_its_data makes room for the names at the left.
    From the first figure on, matplotlib draws in the course's style.
    """
    import matplotlib
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure
    matplotlib.rcParams.update(STYLE)
    figure = Figure(figsize=(width, height))
    FigureCanvasSVG(figure)
    axes = figure.add_axes((0, 0, 1, 1) if frame else (0, BELOW / height, 1 - right / width, 1 - (BELOW + top) / height))
    if frame:
        axes.set(xlim=frame[:2], ylim=frame[2:])
        axes.axis("off")
    return figure, axes


def _bar(axes: Axes, y: float, start: float, end: float, words: str = "", style: Mapping[str, str] = SURE) -> None:
    """A bar from start to end with its words beside it."""
    axes.barh(y, end - start, left=start, height=0.6, **style)
    axes.text(end, y, f"{SPACE}{words}", va="center")


def _room_for_names(figure: Figure) -> None:
    """Move the left edge of the axes to where the names of its lanes end. A layout engine of matplotlib's does more, and takes
    a third of the time of a figure.
    """
    axes, = figure.axes
    if axes.axison:
        names = max((label.get_window_extent().width for label in axes.get_yticklabels()), default=0) / figure.dpi
        place = axes.get_position()
        place.x0 = max(names + (0.45 if axes.get_ylabel() else 0.2), 0.45) / figure.get_figwidth()
        axes.set_position(place)


def with_its_data(figure: Figure, alt: str, caption: str, data: View) -> View:
    """Image, alt text, caption and data table as one view; its plain text is the alt text and the table."""
    image = io.BytesIO()
    warnings.filterwarnings("ignore", "Glyph")  # a word in another script: matplotlib can't measure it, and the browser draws it
    _room_for_names(figure)
    figure.savefig(image, format="svg", metadata={"Date": None})
    html = (f'<figure style="margin:0">{_image(image.getvalue(), alt)}'
            f"<figcaption>{escape(caption)}</figcaption>{folded('Data table', data).html}</figure>")
    return View(html, f"{fill('Figure. ' + alt)}\n{data.text}")

