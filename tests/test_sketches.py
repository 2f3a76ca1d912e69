"""The small pictures of widgets: drawing, alt text and the widget's table say the same."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree

import pytest
from drawn import Page, numbers, spans

from helpers import harvest_and_gap, quantity, unknown_total
from helpers.display import View
from helpers.widgets import Widget

NEED, LIMIT, CAME = quantity("B24.3"), quantity("B24.4"), quantity("B2.3")
TOTALS = [90, 100, 120, 150, 200, 300, 500, 1000, 2000]
CHANGES = range(-10, 7)
HALF_A_PIXEL = 1 / 1000  # of the scale
SVG = "{http://www.w3.org/2000/svg}"


class Sketch(NamedTuple):
    """A sketch in the units of its scale, read from its SVG, and the words on it."""

    alt: str
    scale: tuple[float, float]
    band: tuple[float, float]
    line: float
    words: list[str]


def sketch(view: View) -> Sketch:
    page = Page()
    page.feed(view.html)
    svg = ElementTree.fromstring(page.image)
    texts = {text.attrib["y"]: text for text in svg.iter(f"{SVG}text")}
    words = [text.text or "" for text in svg.iter(f"{SVG}text")]
    *labels, low, high = words
    (left, right) = (float(text.attrib["x"]) for text in svg.findall(f"{SVG}text")[-2:])
    scale = numbers(low)[0], numbers(high)[0]

    def value(place: float) -> float:
        return scale[0] + (place - left) / (right - left) * (scale[1] - scale[0])

    _, band = svg.iter(f"{SVG}rect")
    start, width = float(band.attrib["x"]), float(band.attrib["width"])
    paths = [path.attrib["d"] for path in svg.iter(f"{SVG}path")]
    assert paths[0] == f"M{left:g} 80H{right:g}", "The scale runs elsewhere than its numbers."
    (place,) = re.findall(r"M([\d.]+) 30V88", paths[1])
    assert len(paths) == 2 and len(texts) == 3, "Something else stands on the sketch."
    return Sketch(
        page.alt, scale, (value(start), value(start + width)), value(float(place)), labels
    )


def near(drawn: float, meant: float, scale: tuple[float, float]) -> bool:
    return abs(drawn - meant) <= HALF_A_PIXEL * (scale[1] - scale[0])


def rows(widget: Widget[int] | Widget[float]) -> list[list[str]]:
    page = Page()
    page.feed(widget.table().html)
    return page.rows[1:]


def test_an_assumed_total() -> None:
    widget = unknown_total(CAME, TOTALS)
    assert [numbers(row[0])[0] for row in rows(widget)] == TOTALS
    for total, (_, share, place) in zip(TOTALS, rows(widget), strict=True):
        found = sketch(widget.describe(total))
        percent = 100 * CAME.high / total
        assert near(found.band[0], 0, found.scale), f"{total}: the bar begins at {found.band[0]}."
        assert near(found.band[1], percent, found.scale), f"{total}: drawn to {found.band[1]}."
        assert near(found.line, 50, found.scale) and found.scale == (0, 100)
        assert numbers(share) == [pytest.approx(percent, abs=0.005)], f"{total}: the table: {share}"
        side = "more than" if percent > 50 else "less than" if percent < 50 else ""
        assert place == f"{side} half".strip(), f"{total}: {percent}% is {place}."
        assert f"ends at {share};" in found.alt and found.words == ["half", share], found
        assert numbers(found.alt) == [0, 100, 0, *numbers(share), 50], found.alt
        assert share in widget.describe(total).text


def test_a_harvest_that_differs_from_the_limit() -> None:
    widget = harvest_and_gap(NEED, LIMIT, lowest=CHANGES[0], highest=CHANGES[-1])
    signs = [f"{change:+}%" if change else "0%" for change in CHANGES]
    assert [row[0] for row in rows(widget)] == signs
    for change, (_, harvest, *gaps) in zip(CHANGES, rows(widget), strict=True):
        grain = LIMIT.high * (100 + change) / 100
        found = sketch(widget.describe(change))
        assert near(found.band[0], NEED.low, found.scale), f"{change}%: {found.band}"
        assert near(found.band[1], NEED.high, found.scale), f"{change}%: {found.band}"
        assert near(found.line, grain, found.scale), f"{change}%: the line stands at {found.line}."
        assert numbers(harvest) == [grain] and found.words[0] == f"harvest: {harvest}"
        assert {(NEED.low, NEED.high), (grain, grain)} <= spans(found.alt), found.alt
        assert (NEED.low, NEED.high) in spans(found.words[1]), found.words
        for end, said in zip((NEED.low, NEED.high), gaps, strict=True):
            side = "missing" if end > grain else "to spare"
            assert said == f"{abs(end - grain):,.0f} t {side}", f"{change}%: {said}"
            assert said in " ".join(widget.describe(change).text.split())
