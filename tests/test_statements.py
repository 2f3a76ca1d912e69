"""Voices: the statements tile the body, and every chain of voices can be that of its sentence."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from course import EDITION, QUOTATION, Row, flat, rows

STATEMENTS = rows("statements")
AGENTS = EDITION.by_id("agents")
BODY = [segment.id for segment in EDITION.in_zone("body")]
FIRST_READINGS = [row for row in STATEMENTS if row.reading == "1"]
OUTERMOST = "translator?>ivanov"  # Ivanov wrote every sentence, somebody put it into English
THROUGH = {  # who is heard only through somebody between, as far as we infer
    "kim": "interpreter?",
    "soviet_koreans": "embassy_officials?",
    "korean_friends": "kim",
    "americans": "kim",
}
NAMED_BY = {  # the words by which a sentence names its innermost voice
    "kim": r"Kim|\bwe\b",
    "ivanov": r"I\b",
    "soviet_koreans": r"[Tt]hey\b|Some of them|Soviet Koreans",
    "korean_friends": r"Korean friends",
    "americans": r"the Americans",
    "commenter": r"a comment\b",
    "unnamed_announcers": r"they intend",
}
FRAMES = {"explicit": "own", "unattributed": "own", "continued": "another", "narration": "none"}
SHORTLY_BEFORE = 50  # characters


each_statement = pytest.mark.parametrize("row", STATEMENTS, ids=str)
each_sentence = pytest.mark.parametrize("id", BODY)


def chains_of(segment: str) -> set[str]:
    """Every chain of voices that a sentence has."""
    return {row.chain for row in STATEMENTS if row.segment == segment}


def innermost(row: Row) -> str:
    """The agent whose words a statement gives."""
    return row.chain.rpartition(">")[2].rstrip("?")


@each_sentence
def test_the_statements_of_a_sentence_tile_it(id: str) -> None:
    parts = {int(row.part): row.words for row in FIRST_READINGS if row.segment == id}
    words = " ".join(parts[number] for number in sorted(parts))
    text = EDITION.segments[id].text
    assert flat(words) == flat(text), f"statements.csv does not cover {id} word for word."


def test_statements_speak_of_the_body_only() -> None:
    for row in STATEMENTS:
        assert row.segment in BODY, f"{row} is no sentence of the body."


def test_rival_readings_stand_beside_a_first_one() -> None:
    read_first = {(row.segment, row.part, row.words) for row in FIRST_READINGS}
    for row in STATEMENTS:
        part = (row.segment, row.part, row.words)
        assert part in read_first, f"{row}: there is no first reading of it."


@each_statement
def test_a_chain_of_voices_is_made_of_agents_and_comes_through_ivanov(row: Row) -> None:
    agents = row.chain.split(">")
    for agent in agents:
        assert agent.rstrip("?") in AGENTS, f"{row}: {agent} is no agent."
    assert row.chain.startswith(OUTERMOST), f"{row}: the chain begins otherwise."
    for outer, inner in pairwise(agents):
        needed = THROUGH.get(inner, outer)
        assert outer == needed, f"{row}: {inner} is heard through {needed}, not {outer}."


@each_statement
def test_an_attribution_fits_its_frame(row: Row) -> None:
    """An explicit one is its own frame, a continued one hangs on another, narration has none."""
    frame = "own" if row.frame == row.segment else "another"
    wanted = FRAMES[row.attribution]
    assert wanted == (frame if row.frame else "none"), f"{row}: {row.attribution} wants {wanted}."


def cue_of(row: Row) -> str:
    """The words of a sentence up to the end of its cue, with what stands shortly before that.

    The cue is the first quotation of the row's note; without one, the whole sentence counts.
    """
    text = EDITION.segments[row.segment].text
    cue = QUOTATION.search(row.note)
    if not cue:
        return text
    place = text.index(cue[1])
    return text[max(place - SHORTLY_BEFORE, 0) : place + len(cue[1])]


@each_statement
def test_a_report_that_only_goes_on_is_never_certain(row: Row) -> None:
    carried = row.attribution == "continued"
    assert not (carried and row.certainty == "certain"), f"{row}: a pronoun is no verb of saying."


@each_statement
def test_whose_words_a_sentence_gives_outright_is_named_at_its_cue(row: Row) -> None:
    unattributed = row.attribution == "unattributed" and row.reading == "1"
    if row.attribution == "explicit" or unattributed:
        voice = innermost(row)
        named = re.search(NAMED_BY[voice], cue_of(row))
        assert named, f"{row}: “{cue_of(row)}” does not name {voice}."


@each_statement
def test_narration_is_ivanovs_own(row: Row) -> None:
    narration = row.attribution == "narration"
    assert not narration or row.chain == OUTERMOST, f"{row}: {row.chain}."


@each_statement
def test_a_continued_report_carries_on_the_chain_of_its_frame(row: Row) -> None:
    """A rival reading may cut it short; and a frame that is narration opens a list of reports."""
    if row.attribution != "continued":
        return
    earlier = BODY.index(row.frame) < BODY.index(row.segment)
    assert earlier, f"{row} hangs on {row.frame}, which comes later."
    frames = chains_of(row.frame)
    if frames != {OUTERMOST}:
        reports = frames - {OUTERMOST}
        carried_on = any(row.chain.startswith(frame) for frame in reports)
        cut_short = any(frame.startswith(row.chain) for frame in reports)
        fits = carried_on or (cut_short and row.reading != "1")
        assert fits, f"{row}: {row.chain} does not carry on that of {row.frame}, {reports}."
