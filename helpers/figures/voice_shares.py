"""Whose words fill the body: the share of each voice, at least and at most."""

from __future__ import annotations

from helpers.display import View, notice
from helpers.edition import edition
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import DOUBTFUL, Box, Mark, Span, Words, around
from helpers.passages import OwnReadings, count_words
from helpers.voices import VoiceCount, agent_name, count_words_by_voice

FRAME = Frame(
    before="Bar chart of {count} horizontal bars, one for each voice, on an axis from 0 to 100 "
    "percent of the body's words.",
    after="The plain part of a bar stands for words given to the voice in every reading, the "
    "hatched part for doubtful ones.",
    caption="Share of words by voice. Plain: in every reading. Hatched: in one of two readings",
    title="{total:,} words of the body by voice",
)


def voice_figure(changes: OwnReadings | None = None) -> View:
    """The share of the body's words by voice, at least and at most.

    They differ where a sentence has two readings.
    changes: your own attributions, {"B15.1": "ivanov"}; they replace the edition's readings.
    """
    counts, problem = count_words_by_voice(changes)
    total = count_words(edition().in_zone("body"))
    marks = [_mark(count, total, lane) for lane, count in enumerate(counts)]
    axis = Axis("Share of the words of the body, in percent", Span(0, 100))
    chart = Chart(FRAME, marks, Paper(8, 0.9, lane=0.7), axis, facts={"total": total})
    shown = chart.view()
    return shown + notice("No change made.", problem) if problem else shown


def _mark(count: VoiceCount, total: int, lane: int) -> Mark:
    name = agent_name(count.voice)
    sure, most = count.at_least / total, count.at_most / total
    at_least, at_most = f"{sure:.1%}", f"{most:.1%}"
    plain = Span(0, 100 * sure)
    hatched = Span(plain.end, 100 * most)
    height = around(lane)
    return Mark(
        shapes=[
            Box(plain, height),
            Box(hatched, height, DOUBTFUL),
            Words(hatched.end, lane, f"{at_least} to {at_most}"),
        ],
        cells={
            "Voice": name,
            "Share, at least": at_least,
            "Share, at most": at_most,
            "Words, at least": count.at_least,
            "Words, at most": count.at_most,
        },
        said="{0}, {1} to {2}",
        lane=name,
        place=lane,
    )
