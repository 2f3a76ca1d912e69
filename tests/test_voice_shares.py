"""The bars of the voices: their widths, their words and the edition's tables say the same."""

from __future__ import annotations

import re
from collections import defaultdict
from html import unescape

import pytest
from course import EDITION, flat

from helpers import voice_figure
from helpers.display import Bar, bars

ROW = re.compile(r'<th scope="row"[^>]*>(.*?)</th><td[^>]*><div[^>]*>(.*?)</div>([^<]*)</td>')
PART = re.compile(r'<div style="width:([\d.]+)%;([^"]*)"></div>')
WIDTH = 0.0501  # of a bar and its words, in percent: both are rounded
CHANGES = [{}, {"B15.1": "ivanov", "B15.2": "ivanov"}]


def shares(changes: dict[str, str]) -> dict[str, tuple[int, int]]:
    """The words of each voice, at least and at most, counted from the edition's table."""
    names = {row["id"]: row["name"] for row in EDITION.rows("agents")}
    voices: dict[tuple[str, str], set[str]] = defaultdict(set)
    length: dict[tuple[str, str], int] = {}
    for row in EDITION.rows("statements"):
        part = row["segment"], row["part"]
        voices[part].add(names[changes.get(row["segment"]) or speaker(row["chain"])])
        length[part] = len(row["words"].split())
    least: dict[str, int] = defaultdict(int)
    most: dict[str, int] = defaultdict(int)
    for part, found in voices.items():
        for voice in found:
            most[voice] += length[part]
            least[voice] += length[part] if len(found) == 1 else 0
    return {voice: (least[voice], most[voice]) for voice in sorted(most, key=lambda v: -most[v])}


def speaker(chain: str) -> str:
    sure = [agent for agent in chain.split(">") if not agent.endswith("?")]
    return sure[1] if len(sure) > 1 else sure[0]


def widths(drawn: str) -> tuple[float, float]:
    """Of the filled part, and of both parts, in percent of the whole."""
    filled = framed = 0.0
    for width, style in PART.findall(drawn):
        if "dashed" in style:
            framed += float(width)
        else:
            filled += float(width)
    return filled, filled + framed


@pytest.mark.parametrize("changes", CHANGES, ids=["", "mine"])
def test_bars_have_the_widths_that_their_words_say(changes: dict[str, str]) -> None:
    view = voice_figure(changes)
    total = sum(len(segment.text.split()) for segment in EDITION.in_zone("body"))
    meant = shares(changes)
    rows = ROW.findall(view.html)
    assert [unescape(name) for name, _, _ in rows] == list(meant), "A voice, or their order."
    for name, drawn, said in rows:
        least, most = meant[unescape(name)]
        in_percent = 100 * least / total, 100 * most / total
        assert widths(drawn) == pytest.approx(in_percent, abs=2 * WIDTH), name
        words = f"{least / total:.1%} to {most / total:.1%}, {least:,} to {most:,} words"
        assert said == words, name
        assert f"Voice: {unescape(name)}; Share, at least to at most: {words}" in flat(view.text)
    assert f"{total:,} words of the body" in view.text and f"{len(meant)} bars" in view.text


def test_a_voice_without_doubt_has_a_filled_bar_only() -> None:
    view = bars(
        [Bar("one", 100.0, 100.0, "all"), Bar("no", 0.0, 0.0, "none")], ("A", "B"), "C", "D"
    )
    drawn = [part for _, part, _ in ROW.findall(view.html)]
    assert "dashed" not in view.html and [len(PART.findall(part)) for part in drawn] == [1, 0]
