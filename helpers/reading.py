"""The historian's words for looking at the edition: passages, concordance, tables, voices.

Each returns something to show. Asked for what is not there, it answers in one line and never raises.
"""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from itertools import groupby
from typing import TYPE_CHECKING

from helpers.amounts import Amount
from helpers.display import View, labelled_boxes, notice, outline, paragraphs, quotations, rows_and_columns
from helpers.edition import NotInEdition, Segment, edition, shorten

if TYPE_CHECKING:
    from pandas import DataFrame

SEASONS = {3: "spring", 9: "autumn"}  # by their first month, as the edition's tables draw them
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
    """Every line in which a word stands, with the whole words within 45 characters left and right of it.

    word: whole, in any case; a star stands for any ending ("mistake*"). voices: also say who speaks.
    """
    lines = [(s.id, re.search(r"(?<!\S).{0,45}$", s.text[:hit.start()], re.S)[0].strip(), hit[0],
              re.match(r".{0,45}(?!\S)", s.text[hit.end():], re.S)[0].strip(), *([_voices([s])] if voices else []))
             for s, hit in find_words(word, zone)]
    title = f"{len(lines)} line{'s' * (len(lines) != 1)} with {shorten(word)} in the {zone}"
    columns = ["Id", "Left of it", "Word", "Right of it"] + ["Voice"] * voices
    star = "" if lines or not find_words(f"{word}*", zone) else f"With another ending it is there: write {shorten(word)}* with a star."
    return rows_and_columns(lines, columns, title) if lines else notice(f"{title}.", star)


def find_words(word: str, zone: str = "body") -> list[tuple[Segment, re.Match[str]]]:
    """Every occurrence of a word, whole and in any case; a star stands for any ending. Raises NotInEdition."""
    if not isinstance(word, str) or not word.strip(" *"):
        raise NotInEdition('Write a word in quotation marks; a star stands for any ending: "word*".')
    if zone not in (zones := {segment.zone: 0 for segment in edition().segments.values()}):
        raise NotInEdition(f"Name one word only; after it may stand a part of the page: {', '.join(zones)}.")
    pattern = re.compile(r"(?<!\w)" + re.escape(word.strip()).replace(r"\*", r"\w*") + r"(?!\w)", re.I)
    return [(segment, hit) for segment in edition().in_zone(zone) for hit in pattern.finditer(segment.text)]


@politely
def cues(ids: str, changes: Mapping[str, str] | None = None) -> View:
    """How the sentences of a passage tell who speaks, counted by attribution in the edition's first reading."""
    return _tally(ids, "attribution", changes, "how the speaker is shown")


@politely
def acts(ids: str, changes: Mapping[str, str] | None = None) -> View:
    """What the sentences of a passage do: describe, judge, promise, plan … counted by act in the first reading.

    changes: your own readings, {"B13.4": "promise"}; a sentence that does two things counts with its first part.
    """
    return _tally(ids, "act", changes, "what they do")


def _tally(ids: str, column: str, changes: Mapping[str, str] | None, by: str) -> View:
    wanted = {segment.id for segment in edition().find(ids)}
    rows = [r for r in edition().rows("statements") if r["segment"] in wanted and (r["reading"], r["part"]) == ("1", "1")]
    mine = own_readings(changes)
    if wrong := [shorten(name) for name in mine if name not in {r["segment"] for r in rows}]:
        raise NotInEdition(f"Name sentences of {ids}, each with your word for it, not {', '.join(wrong)}.")
    found = {r["segment"]: shorten(str(mine.get(r["segment"], r[column]))) for r in rows}
    counts = Counter(found.values()).most_common()
    return rows_and_columns([(kind, n, ", ".join(s for s in found if found[s] == kind)) for kind, n in counts],
                            [column.capitalize(), "Sentences", "Which"], f"{len(found)} sentences of {ids}, by {by}")


@politely
def quantity(id: str, which: str = "") -> Amount:
    """A number of the source with its ends, its unit and its kind: `quantity("B24.3")`.

    which: where a sentence holds several numbers, the unit or a word of what is counted.
    """
    named = {segment.id for segment in edition().find(id)}
    there = [r for r in edition().rows("quantities") if r["segment"] in named]
    rows = [r for r in there if str(which).lower() in f"{r['unit']} {r['counted']} {r['kind']}"] or there
    counted = [r for r in rows if r["low"] and r["kind"] != "label"]
    if len(counted) == 1:
        (row,) = counted
        return Amount(float(row["low"]), float(row["high"]), "about" * (row["about"] == "yes"), row["unit"], row["status"],
                      (f"{row['segment']} ({row['status']})",))
    words = "; ".join(f"«{r['text']}» ({r['segment']}): {r['unit'] or r['counted']}" for r in counted or rows)
    raise NotInEdition(f"{'Several numbers' if counted else 'No number'} in {shorten(id)}. " + (
        f"Name one by its unit: {words}." if counted else f"What stands there: {words}." if rows else "Nothing there is counted."))


@politely
def table(name: str, ids: str = "", **only: object) -> DataFrame:
    """A table of the edition as a pandas table: segments, apparatus, dates, agents, statements, …

    ids: only the rows of this passage. only: a column and the value, or the values, that you want in it.
    """
    path = edition().path(name)
    import pandas
    rows = pandas.read_csv(path, keep_default_na=False)
    if "work" in rows.columns:  # readers know a work by its short title
        rows["work"] = rows["work"].map({id: work["short"] for id, work in edition().by_id("works").items()}).fillna("")
    if ids:
        only["segment"] = [segment.id for segment in edition().find(ids)]
    if unknown := [shorten(column) for column in only if column not in rows.columns]:
        raise NotInEdition(f"The table {name} has no column {', '.join(unknown)}. It has: {', '.join(rows.columns)}.")
    for column, wanted in only.items():
        rows = rows[rows[column].isin(wanted if isinstance(wanted, list) else [wanted])]
    return rows


def when(plan: Mapping[str, str]) -> str:
    """The time of a plan in words, no more exact than the text: a month, a season, a year, or a beginning only."""
    if not plan["start"]:
        return "no date given"
    (year, month), (_, last) = (map(int, plan[end].split("-")) for end in ("start", "end"))
    if plan["known"] == "season":
        return f"{SEASONS[month]} {year}"
    if plan["known"] == "year":
        return str(year)
    months = f"{month_name[month]} to {month_name[last]} {year}" if last != month else f"{month_name[month]} {year}"
    return f"{year}, from {month_name[month]} on" if plan["known"] == "open" else months


def in_words(plan: Mapping[str, str]) -> str:
    """A plan with its time and its place in the text, in one line."""
    return f"{plan['what']}{'' if plan['status'] == 'not told' else f': {when(plan)}'} ({plan['segment']})"


def conditional_plan() -> tuple[dict[str, str], list[dict[str, str]]]:
    """The plan on which others hang, and those others, each with its condition."""
    rows = edition().rows("plans")
    cases = [row for row in rows if row["after"]]
    return next(row for row in rows if row["id"] == cases[0]["after"]), cases


def plan_tree() -> View:
    """The plan that hangs on a condition, as indented lines: first what comes first, then each case."""
    first, cases = conditional_plan()
    below = groupby(cases, key=lambda plan: plan["condition"])
    return outline([(in_words(first), [(condition, [(in_words(plan), []) for plan in plans]) for condition, plans in below])])


def show(rows: DataFrame, caption: str, *columns: str) -> View:
    """A pandas table as a page shows it: with a caption, and only these columns; without any, all.

    columns: by name, or as "low as turnout in percent" to give the column another heading.
    """
    names = [name.partition(" as ")[::2] for name in columns or rows.columns]
    heads = [(head or name).replace("_", " ").capitalize() for name, head in names]
    return rows_and_columns(rows[[name for name, _ in names]].values.tolist(), heads, caption)


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


def own_readings(changes: object) -> Mapping[str, str]:
    """A learner's own readings as pairs; anything else becomes a pair that fits no passage, and is named as such."""
    return changes if isinstance(changes, Mapping) else {"": ""} if changes else {}


def count_words_by_voice(changes: Mapping[str, str] | None = None) -> tuple[list[tuple[str, int, int]], str]:
    """(voice, words in every reading, words in any reading), largest first, and a line on changes left out.

    A voice is the person or group whom the writer reports, go-betweens left aside, or the writer. Words are counted
    between spaces; a cue such as "Kim said that" counts with the words that it brings in.
    """
    changes = own_readings(changes)
    body = {segment.id for segment in edition().in_zone("body")}
    wrong = [shorten(key) for key, voice in changes.items() if key not in body or voice not in list(edition().by_id("agents"))]
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
    return sure_voices(chain)[:2][-1]


def sure_voices(chain: str) -> list[str]:
    """The voices of a chain from the writer inwards, without the links that the text does not state."""
    return [agent for agent in chain.split(">") if not agent.endswith("?")]


def agent_name(agent: str) -> str:
    """The name of an agent of the edition; a link that the text does not state says so."""
    return edition().by_id("agents")[agent.rstrip("?")]["name"] + (" (not stated)" if agent.endswith("?") else "")


@politely
def works(notebook: str) -> View:
    """The works that a notebook uses, as historians list them, with the kind of each and how far it was read."""
    rows = sorted((row for row in edition().rows("works") if str(notebook) in row["notebooks"].split()), key=lambda row: row["citation"])
    if not rows:
        raise NotInEdition(f"No works are listed for {shorten(notebook)}. Write the number of a notebook in quotation marks.")
    return rows_and_columns([(r["short"], r["citation"], r["kind"], r["read"], r["url"] or "none") for r in rows],
                            ["Cited as", "Work", "Kind", "Part read", "Address"], f"Works used in notebook {notebook}")


@politely
def shelf(*titles: str) -> View:
    """Other records and works as short cards: who wrote, from which office, how it is tied to our entry, what stands there."""
    rows = {row["short"]: row for row in edition().rows("works")}
    if wrong := [shorten(title) for title in titles if title not in rows]:
        raise NotInEdition(f"No such work: {'; '.join(wrong)}. There are: {'; '.join(rows)}.")
    cards = [(title, [f"By: {rows[title]['author'] or 'not told'}. Kind: {rows[title]['kind']}. Part read: {rows[title]['read']}.",
                      f"Tie to our entry: {rows[title]['tie']}.", rows[title]["note"], rows[title]["url"]]) for title in titles]
    return labelled_boxes(cards)


def count_words(segments: Iterable[Segment]) -> int:
    """How many words stand in segments, counted between spaces."""
    return sum(len(segment.text.split()) for segment in segments)


def length(ids: str) -> Amount:
    """How many words a passage has, counted between spaces."""
    count = count_words(edition().find(ids))
    return Amount(count, count, "", "words", "count", (f"{ids} (count)",))


@politely
def reveal(guesses: Mapping[str, str] | None = None) -> View:
    """Your guesses for the plans of these passages, {"B24.3": "as planned"}, beside what is known; without any, all outcomes."""
    guesses = guesses if isinstance(guesses, Mapping) else {}
    plans, cited = edition().by_id("plans"), edition().by_id("works")
    rows = [(plans[r["plan"]], r, cited.get(r["work"])) for r in edition().rows("outcomes")
            if not guesses or plans[r["plan"]]["segment"] in guesses]
    if missing := [shorten(key) for key in guesses if key not in [plan["segment"] for plan, _, _ in rows]]:
        raise NotInEdition(f"No plan with an outcome stands in {', '.join(missing)}.")
    if empty := [key for key, guess in guesses.items() if not str(guess).strip()]:
        return notice("Guess first.", f"Still without a guess: {', '.join(empty)}.")
    columns = ["Plan", "Id", *["Your guess"] * bool(guesses), "What is known", "Verdict", "Rests on"]
    unknown = sum(r["verdict"] == "not known" for _, r, _ in rows)
    table = [(", ".join(filter(None, [plan["what"], plan["condition"]])), plan["segment"], *[str(guesses.get(plan["segment"]))] * bool(guesses),
              r["outcome"], r["verdict"],
              f"{work['short']} ({work['kind']}; read: {work['read']}; {work['tie']})" if work else "no work that was read")
             for plan, r, work in rows]
    return rows_and_columns(table, columns, f"{len(rows)} plans and outcomes, {unknown} of them not known")


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
    named = [", as reported by ".join(map(agent_name, reversed(sure_voices(chain)))) for chain, _ in runs]
    if len(runs) <= 1:
        return (named or ["outside the entry"])[0] + "."
    spans = [f"{ids[0]}{'–' + ids[-1] if len(ids) > 1 else ''}" for _, ids in runs]
    return "; ".join(f"{span}: {name}" for span, name in zip(spans, named, strict=True)) + "."

