"""Rule 7, the rest: each figure draws what the edition's tables say, computed here anew.

A figure whose marks are wrong agrees with itself; only this finds it.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import date

import pytest
from course import ROOT
from drawn import (
    artists,
    column,
    draw,
    lanes,
    legend,
    months,
    numbers,
    of_kind,
    reach,
    same,
    ticks,
    words,
)

from helpers import (
    amount,
    calendar,
    dispersion,
    gap_figure,
    interval_figure,
    order_figure,
    outcome_calendar,
    quantity,
    series_figure,
    timeline,
    voice_figure,
)

NEED, LIMIT = quantity("B24.3"), quantity("B24.4")
HATCHED, PLAIN, PALE, WHITE = "///", "#30475e", "#c9d6e2", "#ffffff"
SHAPES = {
    "o": "filled circles",
    "s": "open squares",
    "D": "open diamonds",
    "^": "open triangles pointing up",
    "v": "open triangles pointing down",
}

Row = Mapping[str, str]


def table(name: str) -> list[Row]:
    with open(ROOT / f"seeds/{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


SEGMENTS = table("edition/segments")
BODY = [row for row in SEGMENTS if row["zone"] == "body"]
PLANS = {row["id"]: row for row in table("edition/plans")}


def written(ordinal: int) -> str:
    day = date.fromordinal(ordinal)
    return f"{day.day} {day:%B %Y}"


def test_timeline() -> None:
    shown = draw(timeline)
    jobs: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for row in sorted(table("edition/dates"), key=lambda row: row["value"]):
        if row["set_by"]:
            jobs[row["set_by"], row["job"], row["value"]].append(row["segment"])
    days = [[date.fromisoformat(day).toordinal() for day in value.split("/")] for *_, value in jobs]
    ends = [(found[0], found[-1]) for found in days]
    drawn = of_kind(shown, "point") + of_kind(shown, "box")
    same(sorted(reach(drawn)), sorted(ends), "the dates of the document")
    assert lanes(shown) == sorted({office for office, *_ in jobs})
    assert column(shown, "Stands in") == [", ".join(ids) for ids in jobs.values()]
    assert column(shown, "Job") == [job for _, job, _ in jobs]
    dates = [" to ".join(map(written, sorted(set(found)))) for found in ends]
    assert column(shown, "Date") == dates
    said = [f"{job}: {when}" for (_, job, _), when in zip(jobs, dates, strict=True)]
    assert sorted(words(shown)) == sorted(said)
    for artist in of_kind(shown, "words"):
        (office,) = [office for office, job, _ in jobs if artist.look[0].startswith(job)]
        places = {name: place for place, name in ticks(shown.axes.yaxis).items()}
        nearest = min(places, key=lambda name: abs(places[name] - artist.y[0]))
        assert nearest == office, f"{artist.look[0]} stands in the lane of {nearest}."
    for place, name in ticks(shown.axes.xaxis).items():
        day = date.fromordinal(round(place))
        assert name == f"{day.day} {day:%b}", f"At {day} the axis says {name}."


def speaker(chain: str) -> str:
    sure = [agent for agent in chain.split(">") if not agent.endswith("?")]
    return sure[1] if len(sure) > 1 else sure[0]


@pytest.mark.parametrize("changes", [{}, {"B15.1": "ivanov", "B15.2": "ivanov"}], ids=["", "mine"])
def test_voice_figure(changes: dict[str, str]) -> None:
    shown = draw(lambda: voice_figure(changes))
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    length: dict[tuple[str, str], int] = {}
    for row in table("edition/statements"):
        part = row["segment"], row["part"]
        voices[part].add(changes.get(row["segment"]) or speaker(row["chain"]))
        length.setdefault(part, len(row["words"].split()))
    least: dict[str, int] = defaultdict(int)
    most: dict[str, int] = defaultdict(int)
    for part, found in voices.items():
        for voice in found:
            most[voice] += length[part]
            least[voice] += length[part] if len(found) == 1 else 0
    total = sum(len(row["text"].split()) for row in BODY)
    names = {row["id"]: row["name"] for row in table("edition/agents")}
    order = sorted(most, key=lambda voice: -most[voice])
    boxes = of_kind(shown, "box")
    plain = [(0, 100 * least[voice] / total) for voice in order]
    doubtful = [(100 * least[voice] / total, 100 * most[voice] / total) for voice in order]
    same(reach([box for box in boxes if not box.look[0]]), plain, "plain parts")
    same(reach([box for box in boxes if box.look[0] == HATCHED]), doubtful, "hatched parts")
    assert lanes(shown) == [names[voice] for voice in order] == column(shown, "Voice")
    assert column(shown, "Words, at least") == [str(least[voice]) for voice in order]
    assert column(shown, "Words, at most") == [str(most[voice]) for voice in order]
    said = [f"{least[v] / total:.1%} to {most[v] / total:.1%}" for v in order]
    assert words(shown) == said
    assert f"{total:,} words" in shown.page.caption


@pytest.mark.parametrize("changes", [{}, {"5": "B14"}, {"2": ""}], ids=["", "mine", "none"])
def test_order_figure(changes: dict[str, str]) -> None:
    shown = draw(lambda: order_figure(changes))
    concerns = table("edition/replies")
    place = {row["id"].partition(".")[0]: int(row["start"]) for row in reversed(SEGMENTS)}
    answers = {row["concern"]: changes.get(row["concern"], row["answered"]) for row in concerns}
    starts = {number: place[ids.partition("-")[0]] for number, ids in answers.items() if ids}
    ranks = [sorted(starts.values()).index(starts[number]) + 1 for number in starts]
    joined = [
        (asked, rank)
        for asked, rank in zip([list(answers).index(n) + 1 for n in starts], ranks, strict=True)
    ]
    drawn = sorted(artist.y for artist in of_kind(shown, "line"))
    same(drawn, joined, "lines from concerns to answers")
    assert set(reach(of_kind(shown, "line"))) == {(0, 1)}
    for row, answer, said in zip(
        concerns, answers.values(), column(shown, "Answered in"), strict=True
    ):
        assert said == (answer or "nowhere")
        left = f"{row['concern']}  {row['title']} ({row['asked']})"
        stand = {
            artist.look[0].replace("\u00a0", " "): artist for artist in of_kind(shown, "words")
        }
        assert stand[left].y[0] == int(row["concern"]) and stand[left].x[0] == 0
        if answer:
            right = stand[f"{answer}  {row['title']}"]
            rank = dict(zip(starts, ranks, strict=True))[row["concern"]]
            assert (right.x[0], right.y[0]) == (1, rank), f"{answer} stands at {right.y[0]}."


def test_dispersion() -> None:
    asked = ("mistake*", "correct*", "will")
    shown = draw(lambda: dispersion(*asked))
    every = [(word, row["id"].partition(".")[0]) for row in BODY for word in row["text"].split()]
    for lane, stem in enumerate(asked):
        any_ending = stem.replace("*", r"\w*")
        pattern = re.compile(rf"(?<!\w){any_ending}(?!\w)", re.IGNORECASE)
        found = [place for place, (word, _) in enumerate(every, 1) if pattern.search(word)]
        strokes = [line for line in of_kind(shown, "line") if round(sum(line.y) / 2) == lane]
        same(reach(strokes), [(place, place) for place in found], f"strokes of {stem}")
        assert numbers(column(shown, "Paragraph: number of the word")[lane]) == found
        said = column(shown, "Paragraph: number of the word")[lane]
        for paragraph, listed in re.findall(r"(B\d+): ([\d, ]+)", said):
            assert {every[int(n) - 1][1] for n in numbers(listed)} == {paragraph}
        assert lanes(shown)[lane] == f"{stem} ({len(found)})"
    for place, name in ticks(shown.axes.xaxis).items():
        assert [paragraph for _, paragraph in every].index(name) == place, f"{name} at {place}."


def test_interval_figure() -> None:
    given = {
        "came": amount("85 to 95 people"),
        "half": amount("43 people"),
        "all": quantity("B2.3"),
    }
    shown = draw(lambda: interval_figure(given))
    ends = [(found.low, found.high) for found in given.values()]
    everything = artists(shown.axes)
    drawn = [artist for artist in everything if artist.kind in ("box", "line")]
    same(reach(sorted(drawn, key=lambda artist: artist.y)), ends, "amounts")
    assert sorted(sum(artist.y) / 2 for artist in drawn) == [0, 1, 2]
    assert lanes(shown) == list(given) == column(shown, "What")
    assert words(shown) == [f"{found} ({found.kind})" for found in given.values()]


def number_of(segment: str) -> tuple[float, float]:
    (row,) = [row for row in table("edition/quantities") if row["segment"] == segment]
    return float(row["low"]), float(row["high"])


def test_gap_figure() -> None:
    shown = draw(lambda: gap_figure(NEED, LIMIT))
    (low, high), (limit, _) = number_of("B24.3"), number_of("B24.4")
    same(reach(of_kind(shown, "box")), [(low, high)], "the band of the need")
    assert of_kind(shown, "box")[0].look == ("", PALE)
    same(reach(of_kind(shown, "line")), [(limit, limit)], "the line of the limit")
    same(reach(of_kind(shown, "arrow")), [(limit, low), (limit, high)], "the arrows of the gap")
    said = " ".join(words(shown))
    for number in (low, high, limit, low - limit, high - limit):
        assert f"{number:,.0f}" in said, f"{number:,.0f} is not written on the figure."
    gaps = [artist for artist in of_kind(shown, "words") if "gap" in artist.look[0]]
    assert [artist.look[0].split()[0] for artist in gaps] == ["smallest", "largest"]
    assert numbers(column(shown, "How much")[2]) == [low - limit, high - limit]


def in_years(row: Row) -> tuple[float, float]:
    (year, first), (end, last) = (map(int, row[month].split("-")) for month in ("start", "end"))
    return months(year, first, 1)[0], months(end, 1, last)[1]


def look(plan: Row) -> tuple[str, str]:
    return ("", PLAIN) if plan["known"] == "month" else (HATCHED, WHITE)


def test_calendar() -> None:
    shown = draw(lambda: calendar(1955, 1958))
    plans = [plan for plan in PLANS.values() if plan["start"]]
    plans.sort(key=lambda plan: (plan["start"], plan["end"]))
    boxes = of_kind(shown, "box")
    same(reach(boxes), [in_years(plan) for plan in plans], "plans")
    assert [box.look for box in boxes] == [look(plan) for plan in plans], "Hatched: no month named."
    assert lanes(shown) == [f"{plan['what']} ({plan['segment']})" for plan in plans]
    times = column(shown, "When")
    said = [f"{time}, {plan['status']}" for time, plan in zip(times, plans, strict=True)]
    assert words(shown) == said
    for time, plan in zip(times, plans, strict=True):
        assert plan["start"][:4] in time and (plan["known"] != "year" or time.isdigit())


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
    assert words(shown)[1::2] == [f"outcome: {row['verdict']}" for _, row in pairs]
    times = column(shown, "Planned for")
    assert words(shown)[::2] == [f"plan: {time}" for time in times]
    assert column(shown, "Outcome") == [row["outcome"] for _, row in pairs]


def test_series_figure() -> None:
    shown = draw(lambda: series_figure("grain", NEED, LIMIT, 1958))
    rows = [row for row in table("outside/figures") if row["series"].startswith("grain")]
    points = {(artist.y[0], artist.look): artist.x[0] for artist in of_kind(shown, "point")}
    markers = legend(shown.axes)
    standing: dict[str, int] = defaultdict(int)
    assert len(of_kind(shown, "point")) == len(points) == len(rows)
    for name, (marker, _) in markers.items():
        assert f"{SHAPES[marker]}: grain {name}" in shown.page.alt.lower()
    for row in rows:
        name = row["series"].removeprefix("grain_").replace("_", " ")
        middle = (float(row["low"]) + float(row["high"])) / 2
        drawn = points.get((middle, markers[name]))
        assert drawn is not None, f"{name}, {row['year']}: no such mark at {middle:,.0f}."
        meant = int(row["year"]) + standing[row["year"]] / 4  # those of one year, side by side
        assert drawn == meant, f"{name}: {row['year']} is drawn at {drawn}."
        standing[row["year"]] += 1
    strokes = [line.y for line in of_kind(shown, "line") if line.x[0] == line.x[1]]
    ranges = [(float(row["low"]), float(row["high"])) for row in rows if row["low"] != row["high"]]
    same(strokes, ranges, "ranges")
    (band,) = of_kind(shown, "box")
    (line,) = [line for line in of_kind(shown, "line") if line.x[0] != line.x[1]]
    assert band.y == number_of("B24.3") and set(line.y) == set(number_of("B24.4"))
    assert sum(band.x) / 2 == pytest.approx(1958) and band.x == line.x
    assert band.look == ("", PALE)
    assert column(shown, "Year") == [row["year"] for row in rows]
    assert [numbers(said)[0] for said in column(shown, "How much")] == [
        float(r["low"]) for r in rows
    ]
    assert words(shown) == [f"need {NEED}\nlimit {LIMIT}"]
