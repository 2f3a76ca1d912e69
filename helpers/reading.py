"""The historian's words for looking at the edition: passages, concordance, tables, voices.

Each returns something to show. Asked for what is not there, it answers in one line and never raises.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import wraps
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.display import View, labelled_boxes, notice, paragraphs, quotations, rows_and_columns
from helpers.edition import NotInEdition, Segment, edition, shorten

if TYPE_CHECKING:
    from pandas import DataFrame

LONG = 8  # sentences; a longer passage is shown as running text


def politely(view: Callable) -> Callable:
    """Turn "that is not in the edition" into a line on the page."""
    @wraps(view)
    def answer(*args: object, **kwargs: object) -> View:
        try:
            return view(*args, **kwargs)
        except NotInEdition as problem:
            return notice("Not found.", str(problem))
    return answer


@politely
def passage(ids: str, sentences: str = "", voices: bool = False) -> View:
    """The exact words: `passage("B24.3")`, `passage("B24", sentences="3-5")`, `passage("B4-B11")`.

    voices: also say who speaks, by the edition's first reading.
    """
    segments = edition().find(f"{ids}.{sentences}" if sentences else ids)
    if len(segments) > LONG:
        blocks = groupby(segments, key=lambda segment: segment.paragraph)
        shown = paragraphs((name, [(s.id.partition(".")[2], s.text) for s in group]) for name, group in blocks)
        return shown + notice("Voices.", _voices(segments)) if voices else shown
    return quotations([(s.id, s.text) for s in segments], f"Voice: {_voices(segments)}" if voices else "")


@politely
def quote(words: str, id: str) -> View:
    """Whether these words stand in that passage, letter by letter; if not, where they do stand."""
    if not isinstance(words, str) or not words.strip():
        raise NotInEdition('Write the words and the id, both in quotation marks: quote("the words", "B1.1").')
    named = edition().find(id)
    homes = list(edition().where(words))
    here = [segment.id for segment in named if segment.id in homes]
    if here:
        return notice("Exact.", f"{', '.join(here)}: «{' '.join(words.split()).strip('«» ')}»")
    if homes:
        return notice("Another place.", f"These words stand in {', '.join(homes)}, not in {shorten(id)}.")
    said = f" What stands there is «{named[0].text}»" if len(named) == 1 else ""
    return notice("Not exact.", f"These words do not stand in {shorten(id)}. Copy them letter by letter.{said}")


@politely
def concordance(word: str, zone: str = "body", voices: bool = False) -> View:
    """Every line in which a word stands, with the 45 characters left and right of it.

    word: whole, in any case; a star stands for any ending ("mistake*"). voices: also say who speaks.
    """
    if not isinstance(word, str) or not word.strip(" *"):
        raise NotInEdition('Write a word in quotation marks; a star stands for any ending: concordance("word*").')
    pattern = re.compile(r"(?<!\w)" + re.escape(word.strip()).replace(r"\*", r"\w*") + r"(?!\w)", re.I)
    lines = [(s.id, s.text[max(0, hit.start() - 45):hit.start()], hit[0], s.text[hit.end():hit.end() + 45],
              *([_voices([s])] if voices else []))
             for s in edition().in_zone(zone) for hit in pattern.finditer(s.text)]
    title = f"{len(lines)} line{'s' * (len(lines) != 1)} with {shorten(word)} in the {zone}"
    columns = ["Id", "Left of it", "Word", "Right of it"] + ["Voice"] * voices
    return rows_and_columns(lines, columns, title) if lines else notice(title + ".")


@politely
def cues(ids: str) -> View:
    """How the sentences of a passage tell who speaks, counted by attribution in the edition's first reading."""
    wanted = {segment.id for segment in edition().find(ids)}
    found = {r["segment"]: r["attribution"] for r in edition().rows("statements") if r["segment"] in wanted and r["reading"] == "1"}
    counts = Counter(found.values())
    return rows_and_columns([(kind, n, ", ".join(s for s in found if found[s] == kind)) for kind, n in counts.most_common()],
                            ["Attribution", "Sentences", "Which"], f"{len(found)} sentences of {ids}, by how the speaker is shown")


@politely
def table(name: str) -> DataFrame:
    """A table of the edition as a pandas table: segments, apparatus, dates, agents, statements, …"""
    path = edition().path(name)
    import pandas
    return pandas.read_csv(path, keep_default_na=False)


def show(rows: DataFrame, caption: str, *columns: str) -> View:
    """A pandas table as a page shows it: with a caption, and only these columns; without any, all."""
    names = list(columns or rows.columns)
    return rows_and_columns(rows[names].values.tolist(), [name.replace("_", " ").capitalize() for name in names], caption)


def layers() -> View:
    """The whole file from top to bottom, each stretch framed and named by its layer of writing."""
    boxes, names = [], dict.fromkeys(segment.layer for segment in edition().segments.values())
    for layer, group in groupby(edition().segments.values(), key=lambda segment: segment.layer):
        stretch = list(group)
        lines = [f"{s.id}  {s.text}" for s in stretch]
        if stretch[-1].zone == "body":
            lines = [lines[0], lines[1], f"… {len(stretch) - 3} more sentences …", lines[-1]]
        boxes.append((f"{layer}, {stretch[0].id} to {stretch[-1].id}" if len(stretch) > 1 else layer, lines))
    return notice(f"{len(names)} layers of writing:", f"{', '.join(names)}.") + labelled_boxes(boxes)


def brackets(kinds: bool = False) -> View:
    """Every editorial bracket and the blank, in the order of the text; with `kinds=True`, sorted by what it does."""
    rows = [row | {"words": " / ".join(row["text"].split("\n"))} for row in edition().rows("apparatus")]
    if not kinds:
        marks = [(r["id"], r["segment"], r["words"]) for r in rows]
        return rows_and_columns(marks, ["Mark", "Id", "What stands there"], f"{len(rows)} marks")
    rows.sort(key=lambda row: (row["kind"] == "blank", row["kind"], int(row["start"])))
    pairs = [row["kind"] for row in rows if row["kind"] != "blank"]
    return rows_and_columns([(r["kind"], r["segment"], r["words"], r["hand"], r["note"]) for r in rows],
                            ["Kind", "Id", "What stands there", "Whose hand", "What it does"],
                            f"{len(pairs)} pairs of brackets of {len(set(pairs))} kinds, and the blank")


@politely
def voice_ladder(id: str) -> View:
    """Who speaks in a sentence, from the innermost voice out to us; each reading, if there are two."""
    shown = [voice_table(segment.id) for segment in edition().find(id)]
    return sum(shown[1:], shown[0])


def voice_table(id: str = "") -> View:
    """The voices of one sentence, or of every sentence of the body. Raises NotInEdition outside the body."""
    rows = [row for row in edition().rows("statements") if id in ("", row["segment"])]
    if not rows:
        raise NotInEdition(f"{id} stands outside the entry; voices are told for the sentences of the body only.")
    lines = [(row["segment"] + ("" if row["reading"] == "1" else ", rival reading"), f"«{row['words']}»",
              " ▸ ".join([*reversed([agent_name(agent) for agent in row["chain"].split(">")]), "us"]),
              row["attribution"] + (f", hangs on {row['frame']}" if row["frame"] not in ("", row["segment"]) else ""),
              row["note"] or "nothing marks a new speaker") for row in rows]
    return rows_and_columns(lines, ["Id", "Words", "Voices, the innermost first", "Attribution", "What shows it"],
                            f"Voice ladder of {id or 'every sentence'}")


def count_words_by_voice(changes: Mapping[str, str] | None = None) -> tuple[list[tuple[str, int, int]], str]:
    """(voice, words in every reading, words in any reading), largest first, and a line on changes left out.

    A voice is the person or group whom the writer reports, go-betweens left aside, or the writer. Words are counted
    between spaces; a cue such as "Kim said that" counts with the words that it brings in.
    """
    changes = changes if isinstance(changes, Mapping) else {"": ""} if changes else {}
    body = {segment.id for segment in edition().in_zone("body")}
    wrong = [shorten(key) for key, voice in changes.items() if key not in body or voice not in list(edition().agents)]
    readings: dict[tuple[str, str], list[tuple[str, int]]] = {}
    for row in edition().rows("statements"):
        voice = speaker(row["chain"]) if wrong or not changes else changes.get(row["segment"], speaker(row["chain"]))
        readings.setdefault((row["segment"], row["part"]), []).append((voice, len(row["words"].split())))
    voices = {voice for found in readings.values() for voice, _ in found}
    counts = [(voice, sum(found[0][1] for found in readings.values() if all(v == voice for v, _ in found)),
               sum(found[0][1] for found in readings.values() if any(v == voice for v, _ in found))) for voice in voices]
    problem = f"Name a sentence of the body and a voice, not {', '.join(wrong)}. Voices are: {', '.join(sorted(voices))}."
    return sorted(counts, key=lambda count: (-count[2], count[0])), problem if wrong else ""


def speaker(chain: str) -> str:
    """The voice that the writer reports, go-betweens left aside, or the writer: from "translator?>ivanov>kim", kim."""
    sure = [agent for agent in chain.split(">") if not agent.endswith("?")]
    return sure[min(1, len(sure) - 1)]


def agent_name(agent: str) -> str:
    """The name of an agent of the edition; a link that the text does not state says so."""
    return edition().agents[agent.rstrip("?")]["name"] + (" (not stated)" if agent.endswith("?") else "")


@politely
def glossary(*words: str) -> View:
    """What these terms mean in the source, and on what that rests; without words, all of them."""
    rows = [r for r in edition().rows("terms") if not words or r["term"].lower() in {str(w).lower() for w in words}]
    if not rows:
        raise NotInEdition(f"No such word. The glossary has: {', '.join(r['term'] for r in edition().rows('terms'))}.")
    return rows_and_columns([(r["term"], r["sense"], r["segment"], r["basis"]) for r in rows],
                            ["Word", "Sense here", "Stands in", "Rests on"], "Glossary")


def _voices(segments: list[Segment]) -> str:
    """One line: each run of sentences with its voices, by the first reading."""
    wanted = {segment.id for segment in segments}
    rows = [r for r in edition().rows("statements") if r["segment"] in wanted and r["reading"] == "1"]
    runs = [(chain, [r["segment"] for r in group]) for chain, group in groupby(rows, key=lambda r: r["chain"])]
    named = [", as reported by ".join(agent_name(a) for a in reversed(chain.split(">")) if not a.endswith("?")) for chain, _ in runs]
    if len(runs) <= 1:
        return (named or ["outside the entry"])[0] + "."
    spans = [f"{ids[0]}{'–' + ids[-1] if len(ids) > 1 else ''}" for _, ids in runs]
    return "; ".join(f"{span}: {name}" for span, name in zip(spans, named, strict=True)) + "."

