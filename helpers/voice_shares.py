"""Whose words fill the body: the share of each voice, at least and at most, as bars."""

from __future__ import annotations

from helpers.display import Bar, View, bars, notice
from helpers.edition import edition
from helpers.passages import OwnReadings, count_words
from helpers.voices import VoiceCount, agent_name, count_words_by_voice

SUMMARY = (
    "Bar chart of {count} bars, one for each voice, on a scale from 0 to 100 percent of the body's "
    "words. The plain part of a bar stands for words given to the voice in every reading, the "
    "dashed part for doubtful ones."
)
HEADINGS = ("Voice", "Share, at least to at most")


def voice_figure(changes: OwnReadings | None = None) -> View:
    """The share of the body's words by voice, at least and at most.

    They differ where a sentence has two readings.
    changes: your own attributions, {"B15.1": "ivanov"}; they replace the edition's readings.
    """
    counts, problem = count_words_by_voice(changes)
    total = count_words(edition().in_zone("body"))
    shares = [_bar(count, total) for count in counts]
    summary = SUMMARY.format(count=len(shares))
    shown = bars(shares, HEADINGS, f"{total:,} words of the body by voice", summary)
    return shown + notice("No change made.", problem) if problem else shown


def _bar(count: VoiceCount, total: int) -> Bar:
    at_least, at_most = count.at_least / total, count.at_most / total
    words = f"{at_least:.1%} to {at_most:.1%}, {count.at_least:,} to {count.at_most:,} words"
    return Bar(agent_name(count.voice), 100 * at_least, 100 * at_most, words)
