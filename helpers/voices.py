"""Who speaks: the voices of a sentence, their shares of the text, and a reader's own view of them.

A chain such as "translator?>ivanov>kim" lists voices from the writer inwards; a question mark
stands behind a link that the text does not state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import groupby
from typing import NamedTuple

from helpers.display import View, rows_and_columns
from helpers.edition import NotInEdition, Segment, edition, shorten
from helpers.passages import Beside, OwnReadings, own_readings, politely

SOMEBODY = "somebody"
NOBODY = {"nobody", "stated", "unknown", "unnamed", "anonymous"}  # each means somebody not named
SMALL_WORDS = {
    "the",
    "and",
    "not",
    "who",
    "those",
    "sung",
    "people",
    "koreans",
}  # of several voices


@dataclass(frozen=True)
class Statement:
    """What one reading says of a sentence, or of a part of it. Each field is a column."""

    segment: str
    part: str
    reading: str
    words: str
    chain: str
    attribution: str
    frame: str
    act: str
    certainty: str
    note: str


class VoiceCount(NamedTuple):
    """The words of one voice: at least those in every reading, at most those in any."""

    voice: str
    at_least: int
    at_most: int


@dataclass
class Part:
    """A part of a sentence: how many words it has, and its voice in every reading."""

    words: int
    voices: set[str] = field(default_factory=set)


def statements() -> list[Statement]:
    """Every reading of every sentence of the body, in reading order."""
    return edition().records("statements", Statement)


@politely
def cues(ids: str, changes: OwnReadings | None = None) -> View:
    """How the sentences of a passage tell who speaks, counted by attribution.

    Counted in the edition's first reading. changes: your own readings, {"B13.4": "explicit"}.
    """
    return _tally(ids, "attribution", changes, "how the speaker is shown")


@politely
def acts(ids: str, changes: OwnReadings | None = None) -> View:
    """What the sentences of a passage do: describe, judge, promise, plan … counted by act.

    Counted in the edition's first reading; a sentence that does two things counts with its first
    part. changes: your own readings, {"B13.4": "promise"}.
    """
    return _tally(ids, "act", changes, "what they do")


def _tally(ids: str, column: str, changes: OwnReadings | None, by: str) -> View:
    """The sentences of a passage counted by what stands in a column, the most frequent first."""
    kinds = {}
    for statement in _first_reading(edition().find(ids)):
        if statement.part == "1":
            kinds[statement.segment] = str(getattr(statement, column))
    own = own_readings(changes)
    _expect_among(list(kinds), own, ids)
    sentences: dict[str, list[str]] = defaultdict(list)
    for segment, kind in kinds.items():
        said = str(own.get(segment) or kind)
        sentences[shorten(said)].append(segment)
    rows = [(kind, len(found), ", ".join(found)) for kind, found in sentences.items()]
    rows.sort(key=lambda row: row[1], reverse=True)
    columns = [column.capitalize(), "Sentences", "Which"]
    return rows_and_columns(rows, columns, f"{len(kinds)} sentences of {ids}, by {by}")


def _expect_among(sentences: list[str], own: OwnReadings, ids: str) -> None:
    wrong = [shorten(name) for name in own if name not in sentences]
    if wrong:
        named = ", ".join(wrong)
        raise NotInEdition(f"Name sentences of {ids}, each with your word for it, not {named}.")


def _first_reading(segments: list[Segment]) -> list[Statement]:
    """What the edition's first reading says of these segments."""
    wanted = {segment.id for segment in segments}
    first = [statement for statement in statements() if statement.reading == "1"]
    return [statement for statement in first if statement.segment in wanted]


def count_words_by_voice(
    changes: OwnReadings | None = None,
) -> tuple[list[VoiceCount], str]:
    """The words of the body by voice, largest share first; and a line on changes left out, if any.

    A voice is the person or group whom the writer reports, go-betweens left aside, or the writer.
    Words are counted between spaces; a cue such as "Kim said that" counts with the words that it
    brings in.
    """
    own = own_readings(changes)
    problem = _problem_with(own)
    at_least: Counter[str] = Counter()
    at_most: Counter[str] = Counter()
    for part in _parts({} if problem else own):
        for voice in part.voices:
            at_most[voice] += part.words
        if len(part.voices) == 1:
            at_least[voice] += part.words
    counts = [VoiceCount(voice, at_least[voice], at_most[voice]) for voice in sorted(at_most)]
    counts.sort(key=lambda count: count.at_most, reverse=True)
    return counts, problem


def _parts(own: OwnReadings) -> list[Part]:
    """The parts of the body's sentences.

    own: the reader's voice for a sentence; it replaces the edition's.
    """
    parts: dict[tuple[str, str], Part] = {}
    for statement in statements():
        words = statement.words.split()
        place = statement.segment, statement.part
        part = parts.setdefault(place, Part(len(words)))
        own_word = str(own.get(statement.segment, ""))
        voice = voice_named(own_word) or speaker(statement.chain)
        part.voices.add(voice)
    return list(parts.values())


def _problem_with(own: OwnReadings) -> str:
    """What is wrong with a reader's own voices for sentences, in one line; or nothing."""
    body = {segment.id for segment in edition().in_zone("body")}
    wrong = []
    for name, voice in own.items():
        if name not in body:
            wrong.append(f"{shorten(name)} is no sentence of the body.")
        elif not voice_named(str(voice)):
            wrong.append(f"{name}: {shorten(voice)} names no voice.")
    if not wrong:
        return ""
    counts, _ = count_words_by_voice()
    there = ", ".join(sorted(agent_name(count.voice) for count in counts))
    return f"{' '.join(wrong)} Voices are: {there}."


def speaker(chain: str) -> str:
    """The voice that the writer reports, go-betweens left aside, or the writer: kim."""
    return sure_voices(chain)[:2][-1]


def sure_voices(chain: str) -> list[str]:
    """The voices of a chain from the writer inwards, without the links that the text omits."""
    return [agent for agent in chain.split(">") if not agent.endswith("?")]


def agent_name(agent: str) -> str:
    """The name of an agent of the edition; a link that the text does not state says so."""
    name = edition().by_id("agents")[agent.rstrip("?")]["name"]
    return f"{name} (not stated)" if agent.endswith("?") else name


def innermost(chain: str) -> str:
    """The voice nearest to the words, among those that the text states."""
    return sure_voices(chain)[-1]


def voice_named(words: str) -> str:
    """The agent whose name, or else whose office, shares most words with what was written."""
    written = set(_words(words))
    if not written:
        return ""
    if written & NOBODY:
        written.add(SOMEBODY)
    names = {agent: f"{agent} {agent_name(agent)}" for agent in known_voices()}
    return _nearest(written, names) or _nearest(written, {agent: _office(agent) for agent in names})


def _nearest(written: set[str], names: dict[str, str]) -> str:
    """The agent whose names share most words with what was written, or nothing."""
    found = ""
    most = 0
    for agent, name in names.items():
        shared = len(written & set(_words(name)))
        if shared > most:
            found, most = agent, shared
    return found


def _office(agent: str) -> str:
    """What an agent is, by the first words of its role: Soviet ambassador."""
    return edition().by_id("agents")[agent]["role"].partition(";")[0]


def _words(text: str) -> list[str]:
    plain = "".join(sign if sign.isalpha() else " " for sign in text.casefold())
    return [word for word in plain.split() if len(word) > 2 and word not in SMALL_WORDS]


def known_voices() -> list[str]:
    """Every agent that speaks in some reading, the most frequent first."""
    counted = Counter(innermost(statement.chain) for statement in statements())
    return [agent for agent, _ in counted.most_common()]


def _voices_of(segments: list[Segment]) -> str:
    """One line: each run of sentences with its voices, by the first reading."""
    runs = []
    for chain, group in groupby(_first_reading(segments), key=lambda row: row.chain):
        sentences = [statement.segment for statement in group]
        runs.append((_span(sentences), _reported(chain)))
    if not runs:
        return "outside the entry."
    if len(runs) == 1:
        _, voices = runs[0]
        return f"{voices}."
    line = "; ".join(f"{span}: {voices}" for span, voices in runs)
    return f"{line}."


def _span(sentences: list[str]) -> str:
    first, last = sentences[0], sentences[-1]
    return first if first == last else f"{first}–{last}"


def _reported(chain: str) -> str:
    """Kim Il Sung, as reported by V. I. Ivanov."""
    names = [agent_name(agent) for agent in reversed(sure_voices(chain))]
    return ", as reported by ".join(names)


who_speaks = Beside("Voice", _voices_of)
