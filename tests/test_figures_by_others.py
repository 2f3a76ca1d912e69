"""Rule 7, the rest: what others give and what came of plans, computed here anew from their tables.

More on the figures of witnesses stands in test_dossiers.py.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from drawn import Shown, column, draw, lanes, legend, numbers, of_kind, reach, same, ticks, words
from test_figures_by_edition import (
    GREY,
    LIMIT,
    NEED,
    PALE,
    PLAIN,
    PLANS,
    WHITE,
    Row,
    in_years,
    look,
    number_of,
    table,
)

from helpers import outcome_calendar, series_figure, witness_figure

SHAPES = {
    "o": "filled circles",
    "s": "open squares",
    "D": "open diamonds",
    "^": "open triangles pointing up",
    "v": "open triangles pointing down",
}
MONTHS = "January February March April May June July August September October November December"
MILLION = 1e6


def months_of(row: Row) -> str:
    """The first and the last month of an outcome, in words."""
    found = []
    for ends in (row["start"], row["end"]):
        year, _, month = ends.partition("-")
        found.append(f"{MONTHS.split()[int(month) - 1]} {year}")
    return " to ".join(dict.fromkeys(found))


def test_outcome_calendar() -> None:
    shown = draw(lambda: outcome_calendar("election", "congress", "conference"))
    pairs = [(PLANS[row["plan"]], row) for row in table("outside/outcomes") if row["start"]]
    asked = re.compile("election|congress|conference")
    pairs = [(plan, row) for plan, row in pairs if plan["start"] and asked.search(plan["what"])]
    ends = [span for pair in pairs for span in map(in_years, pair)]
    same(reach(of_kind(shown, "box")), ends, "plans and outcomes")
    looks = [seen for plan, _ in pairs for seen in (look(plan), ("", PALE))]
    assert [box.look for box in of_kind(shown, "box")] == looks
    assert lanes(shown) == [f"{plan['what']} ({plan['segment']})" for plan, _ in pairs]
    said = [f"outcome: {months_of(row)}, {row['verdict']}" for _, row in pairs]
    assert words(shown)[1::2] == said
    times = column(shown, "Planned for")
    assert words(shown)[::2] == [f"plan: {time}" for time in times]
    assert column(shown, "Outcome") == [row["outcome"] for _, row in pairs]
    assert column(shown, "Drawn at") == [months_of(row) for _, row in pairs]
    assert column(shown, "Verdict") == [row["verdict"] for _, row in pairs]
    moved = [pair for pair in pairs if pair[1]["verdict"] in ("earlier", "later")]
    ways = [tuple(sum(in_years(row)) / 2 for row in pair) for pair in moved]
    assert ways and reach(of_kind(shown, "arrow")) == [pytest.approx(way) for way in ways]
    for (start, end), (_, row) in zip(ways, moved, strict=True):
        assert (end < start) == (row["verdict"] == "earlier"), f"{row}: the arrow points elsewhere."
    last = max(int(row[month][:4]) for pair in pairs for row in pair for month in ("start", "end"))
    assert shown.axes.get_xlim()[1] == last + 1, "The axis ends with the last year."
    for place, name in ticks(shown.axes.xaxis).items():
        assert name == str(round(place)), f"{name} stands at {place}."
    strokes = shown.axes.xaxis.get_ticklocs(minor=True)
    first = min(int(row["start"][:4]) for pair in pairs for row in pair)
    quarters = [first + quarter / 4 for quarter in range(4 * (last + 1 - first) + 1)]
    assert set(strokes) == set(quarters) - set(range(first, last + 1))


def grain() -> tuple[Shown, list[Row]]:
    shown = draw(lambda: series_figure("grain", NEED, LIMIT, 1958))
    rows = table("outside/figures")
    return shown, [row for row in rows if row["series"].startswith("grain")]


def middle(row: Row) -> float:
    return (float(row["low"]) + float(row["high"])) / 2


def markers(rows: list[Row]) -> dict[str, str]:
    """The marker of each series, in the order of the table."""
    return dict(zip(dict.fromkeys(row["series"] for row in rows), SHAPES, strict=True))


def places(rows: list[Row]) -> list[float]:
    """Those of one year stand side by side."""
    standing: dict[str, int] = defaultdict(int)
    found = []
    for row in rows:
        found.append(int(row["year"]) + standing[row["year"]] / 4)
        standing[row["year"]] += 1
    return found


def test_series_figure() -> None:
    shown, rows = grain()
    shapes = markers(rows)
    points = {(artist.x[0], artist.y[0]): artist.look for artist in of_kind(shown, "point")}
    assert len(of_kind(shown, "point")) == len(points) == len(rows)
    for series, marker in shapes.items():
        assert f"{SHAPES[marker]}: {series.replace('_', ' ')}" in shown.page.alt.lower()
    for row, place in zip(rows, places(rows), strict=True):
        marker = shapes[row["series"]]
        meant = marker, PLAIN if marker == "o" else WHITE
        assert points.get((place, middle(row))) == meant, f"{row} has no such mark at {place}."
    strokes = [line.y for line in of_kind(shown, "line") if line.x[0] == line.x[1]]
    ranges = [(float(row["low"]), float(row["high"])) for row in rows if row["low"] != row["high"]]
    same(strokes, ranges, "ranges")
    assert column(shown, "Year") == [row["year"] for row in rows]
    assert column(shown, "Series") == [row["series"].replace("_", " ") for row in rows]
    assert column(shown, "Note") == [row["note"] for row in rows]
    lows = [numbers(said)[0] for said in column(shown, "How much")]
    assert lows == [float(row["low"]) for row in rows]
    years = {int(row["year"]) for row in rows}
    assert ticks(shown.axes.xaxis) == {year: str(year) for year in years}
    highest = max(float(row["high"]) for row in rows)
    assert max(ticks(shown.axes.yaxis)) > highest, "No number stands above the last mark."


def test_need_and_limit_of_a_series_run_across_all_years() -> None:
    shown, _ = grain()
    (band,) = of_kind(shown, "box")
    (line,) = [line for line in of_kind(shown, "line") if line.y[0] == line.y[1]]
    assert band.y == number_of("B24.3") and set(line.y) == set(number_of("B24.4"))
    assert band.x == line.x == shown.axes.get_xlim()
    assert (band.look, line.look) == (("", PALE), (GREY,))
    said = {" ".join(one.look[0].split()): one for one in of_kind(shown, "words")}
    need, limit = said[f"need for 1958: {NEED}"], said[f"limit for 1958: {LIMIT}"]
    assert need.x[0] == limit.x[0] == band.x[1]
    assert need.y[0] == band.y[0] and limit.y[0] == line.y[0]


def test_labels_of_a_series_stand_at_its_marks() -> None:
    shown, rows = grain()
    said = {(one.x[0], one.y[0]): " ".join(one.look[0].split()) for one in of_kind(shown, "words")}
    joined = {"grain_in_the_estimates_column"}
    last = {row["series"]: row["year"] for row in rows}
    for row, place in zip(rows, places(rows), strict=True):
        ends = dict.fromkeys([float(row["low"]), float(row["high"])])
        value = " to ".join(f"{end / MILLION:g}" for end in ends)
        name = row["series"].removeprefix("grain_").replace("_", " ")
        label = [name] if row["year"] == last[row["series"]] else []
        label += [] if row["series"] in joined else [value]
        assert said.get((place, middle(row)), "") == ": ".join(label), f"{row}"


def test_the_column_of_estimates_is_joined_to_the_official_numbers() -> None:
    shown, rows = grain()
    at = dict(zip(places(rows), rows, strict=True))
    official = {
        row["year"]: (place, row) for place, row in at.items() if "official" in row["series"]
    }
    differences = dict.fromkeys(at, "")
    lines = []
    for place, row in at.items():
        if "estimates" in row["series"]:
            to, other = official[row["year"]]
            lines.append(((place, to), (middle(row), middle(other))))
            differences[place] = f"{middle(other) - middle(row):,.0f} t less than grain official"
    drawn = [
        (line.x, line.y)
        for line in of_kind(shown, "line")
        if line.x[0] != line.x[1] and line.y[0] != line.y[1]
    ]
    assert sorted(drawn) == sorted(lines) and len(lines) == 2
    assert column(shown, "Difference") == list(differences.values())
    said = {(one.x[0], one.y[0]): one.look[0] for one in of_kind(shown, "words")}
    for (place, to), (low, high) in lines:
        words_there = said[(place + to) / 2, (low + high) / 2]
        assert words_there == f"{(high - low) / MILLION:g} less"


@pytest.mark.parametrize("dossier", [row["id"] for row in table("outside/dossiers")])
def test_the_alt_text_of_witnesses_says_what_the_legend_says(dossier: str) -> None:
    shown = draw(lambda: witness_figure(dossier))
    looks = legend(shown.axes)
    assert looks == {"told at that time": ("o", PLAIN), "told later": ("D", WHITE)}
    for name, (marker, _) in looks.items():
        assert f"{SHAPES[marker]}: {name}" in shown.page.alt.lower()
