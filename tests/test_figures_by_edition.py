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
    quantity,
    timeline,
)

NEED, LIMIT = quantity("B24.3"), quantity("B24.4")
HATCHED, PLAIN, PALE, GREY, WHITE = "///", "#30475e", "#c9d6e2", "#8a949e", "#ffffff"

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


def days_in(office: str) -> list[int]:
    """The single days that an office set, the earliest first."""
    rows = [row for row in table("edition/dates") if row["set_by"] == office]
    days = {row["value"] for row in rows if "/" not in row["value"]}
    return [date.fromisoformat(day).toordinal() for day in sorted(days)]


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
    talk, typed = days_in("embassy")
    distance = f"{typed - talk} days"
    assert sorted(words(shown)) == sorted([*said, distance])
    assert reach(of_kind(shown, "arrow")) == [(talk, typed)], "From the talk to the typing."
    assert reach(of_kind(shown, "line")) == [(talk, talk)], "From the mark of the talk down."
    later = [f"{distance} after {written(talk)}" if found == [typed] else "" for found in days]
    assert column(shown, "Distance") == later
    for artist in of_kind(shown, "words"):
        if artist.look[0] == distance:
            continue
        (office,) = [office for office, job, _ in jobs if artist.look[0].startswith(job)]
        places = {name: place for place, name in ticks(shown.axes.yaxis).items()}
        nearest = min(places, key=lambda name: abs(places[name] - artist.y[0]))
        assert nearest == office, f"{artist.look[0]} stands in the lane of {nearest}."
    for place, name in ticks(shown.axes.xaxis).items():
        day = date.fromordinal(round(place))
        assert name == f"{day.day} {day:%b}", f"At {day} the axis says {name}."


UNASKED = {"": [], "mine": ["B12-B13"], "none": ["B16"]}  # what then answers nobody


@pytest.mark.parametrize("changes", [{}, {"5": "B14"}, {"2": ""}], ids=UNASKED)
def test_order_figure(changes: dict[str, str], request: pytest.FixtureRequest) -> None:
    shown = draw(lambda: order_figure(changes))
    concerns = table("edition/replies")
    answers = {row["concern"]: changes.get(row["concern"], row["answered"]) for row in concerns}
    unasked = UNASKED[request.node.callspec.id]
    start = {row["id"].partition(".")[0]: int(row["start"]) for row in reversed(SEGMENTS)}
    listed = [ids for ids in [*answers.values(), *unasked] if ids]
    listed.sort(key=lambda ids: start[ids.partition("-")[0]])
    lines = {
        number: (place, listed.index(ids) + 1)
        for place, (number, ids) in enumerate(answers.items(), 1)
        if ids
    }
    drawn = {artist.y: artist for artist in of_kind(shown, "line")}
    same(sorted(drawn), sorted(lines.values()), "lines from concerns to answers")
    assert set(reach(list(drawn.values()))) == {(0, 1)}
    crossed = {line: crossings(line, list(lines.values())) for line in lines.values()}
    for line, count in crossed.items():
        shade = PLAIN if count == max(crossed.values()) else GREY
        assert drawn[line].look == (shade,), f"{line} crosses {count} lines."
    told = [str(crossed[lines[number]]) if number in lines else "none" for number in answers]
    assert column(shown, "Lines that it crosses") == told + ["none"] * len(unasked)
    hollow = [(artist.y[0], artist.look[1]) for artist in of_kind(shown, "point")]
    assert hollow == [(listed.index(ids) + 1, WHITE) for ids in unasked]
    stand = {artist.look[0].replace("\u00a0", " "): artist for artist in of_kind(shown, "words")}
    for row in concerns:
        left = f"{row['concern']}  {row['title']} ({row['asked']})"
        assert stand[left].y[0] == int(row["concern"]) and stand[left].x[0] == 0
    titled = [(ids, concerns[n]["title"]) for n, ids in enumerate(answers.values()) if ids]
    for ids, title in [*titled, *((ids, "nobody asked") for ids in unasked)]:
        right = stand[f"{ids}  {title}, {words_in(ids)} words"]
        assert (right.x[0], right.y[0]) == (1, listed.index(ids) + 1), ids
    ids = [ids or "nowhere" for ids in answers.values()] + unasked
    assert column(shown, "Answered in") == ids
    assert column(shown, "Words of the answer") == [str(words_in(one)) for one in ids]


def crossings(line: tuple[int, int], lines: list[tuple[int, int]]) -> int:
    return sum((line[0] - left) * (line[1] - right) < 0 for left, right in lines)


def words_in(ids: str) -> int:
    """How many words whole paragraphs have."""
    numbers = [int(number) for number in re.findall(r"\d+", ids)] or [0]
    wanted = {f"B{number}" for number in range(numbers[0], numbers[-1] + 1)}
    return sum(len(row["text"].split()) for row in BODY if row["id"].partition(".")[0] in wanted)


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
    bands = [
        [place for place, (_, paragraph) in enumerate(every, 1) if int(paragraph[1:]) in numbers]
        for numbers in (range(4, 12), range(12, 19))  # the worries, and Kim's answers
    ]
    ends = [(band[0], band[-1]) for band in bands]
    same(reach(of_kind(shown, "box")), ends, "bands")
    assert words(shown) == ["questions", "answers"]
    for first, last in ends:
        assert f"word {first} to {last}" in shown.page.alt


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
    assert shown.axes.get_xlim() == (0, 95), "The axis ends with the largest number."


def number_of(segment: str) -> tuple[float, float]:
    (row,) = [row for row in table("edition/quantities") if row["segment"] == segment]
    return float(row["low"]), float(row["high"])


def test_gap_figure() -> None:
    shown = draw(lambda: gap_figure(NEED, LIMIT))
    (low, high), (limit, _) = number_of("B24.3"), number_of("B24.4")
    same(reach(of_kind(shown, "box")), [(low, high)], "the band of the need")
    assert of_kind(shown, "box")[0].look == ("", PALE)
    same(reach(of_kind(shown, "line")), [(limit, limit)], "the line of the limit")
    assert shown.strip is not None, "The whole scale is missing."
    on_strip = [artist for artist in artists(shown.strip) if artist.kind != "words"]
    meant = {"box": [shown.axes.get_xlim(), (low, high)], "line": [(limit, limit)]}
    for kind, ends in meant.items():
        same([one.x for one in on_strip if one.kind == kind], ends, f"{kind} on the strip")
    assert len(on_strip) == sum(map(len, meant.values()))
    assert shown.strip.get_xlim() == (0, shown.axes.get_xlim()[1]), "It starts at 0."
    same(reach(of_kind(shown, "arrow")), [(limit, low), (limit, high)], "the arrows of the gap")
    said = " ".join(words(shown))
    for number in (low, high, limit, low - limit, high - limit):
        assert f"{number:,.0f}" in said, f"{number:,.0f} is not written on the figure."
    heights = {artist.x: artist.y[0] for artist in of_kind(shown, "arrow")}
    gaps = {artist.look[0]: artist.y[0] for artist in of_kind(shown, "words")}
    for name, end in (("smallest", low), ("largest", high)):
        said = f"{name} gap: {end - limit:,.0f}"
        assert gaps[said] == heights[limit, end], f"“{said}” stands at another arrow."
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
