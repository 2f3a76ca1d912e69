"""What a text says of plans and numbers: a plan told as done, a number without what belongs to it.

Reads a learner's own words, without quotations. Where it cannot be sure it says nothing: a false
remark does more harm than a missing one.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

from helpers.edition import NotInEdition, Row, edition
from helpers.numerals import WORDS, NoNumeral, read_numeral
from helpers.questions.rubrics import RUBRICS

ID = re.compile(r"\b[ABGHTW-Z]\d{1,2}(?:\.\d{1,2})?\b")  # X, Y, Z: of other documents
SENTENCE_END = re.compile(r"(?<=[.?!:])\s+(?=[A-Z«\"“])|\n+")
PIECE_END = re.compile(r";|(?<=\d\))")  # after an id in brackets another piece begins
CITED_WORK = re.compile(r"\([^()]*\b\d{4}[a-z]?\b[^()]*\)")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
LARGE = 1000  # numbers that nobody writes by chance
SMALLEST = 10  # smaller numbers stand in many places

MONTHS = (
    "January February March April May June July August September October November December"
).split()
IN_WORDS = sorted((word for word, value in WORDS.items() if value >= SMALLEST), key=len)[::-1]
NUMBER = re.compile(
    r"(?<![\w.,-])(?<!hundred )(?<!hundred and )"
    rf"(?P<number>\d+(?:,\d{{3}})*(?:\.\d+)?|(?:{'|'.join(IN_WORDS)})(?![-\w]| hundred| thousand))"
    r"(?![\w.,]*\d)(?P<percent>\s?(?:%|per ?cent\b))?",
    re.I,
)
TOLD_AS_AHEAD = re.compile(
    r"\b(?:plan\w*|will|would|should|shall|to be|hope\w*|promis\w*|expect\w*|target\w*|task\w*"
    r"|if|may|might|could|can|ought|propos\w*|ask\w*|request\w*|want\w*|wish\w*|whether|intend\w*"
    r"|meant|foresee\w*|forecast\w*|must|limit\w*|maximum|goal\w*|aim\w*|needed|supposed|called"
    r"|not|nobody|never|no|nor|none|neither|nothing|cannot)\b|n[’']t\b|\?",
    re.I,
)
SUPPOSED = re.compile(
    r"\b(?:suppos\w*|assum\w*|comput\w*|calculat\w*|guess\w*|if|at least|at most|would|could|may"
    r"|might|say|sum|arithmetic|gap|left over)\b",
    re.I,
)
LABELLED = re.compile(r"\b(?:preceding|previous|earlier|former|past|last|goal\w*|aim\w*|less)\b")
MIND = re.compile(  # what somebody meant, told as known
    r"\b(?:lied(?! in\b)|deceived|(?:kept|broke) (?:his|their) (?:promises?|word))\b", re.I
)
OPEN = re.compile(r"\b(?:against|claim\w*|conclu\w*|prove\w*|reading|too|without|wrong\w*)\b", re.I)
NOT_SHOWN = "You write what somebody meant. Which words show it?"
NO_WORK = "You write that {}, and cite a work. Which words of it say so?"
PLAN = (
    "In the source this is {status}, not done: {what} ({segment}). "
    "From where do you know that it came about?"
)
STATUS = {"target": "a target", "forecast": "expected"}  # where the table's word is no phrase
FROM_ELSEWHERE = "{} does not stand in {}. Did you compute it, or assume it? Say so."
SHARE = "What does {} count, and of what is it a share? Give the number its label ({})."


class Deed(NamedTuple):
    """Something that the source does not tell as done, and how a text would tell it so.

    done: the verb. of: what else must stand beside it; the id does as well. though_cited: what no
    work that was read says, and how a text would tell it.
    """

    segment: str
    what: str
    status: str
    done: str
    of: list[str]
    though_cited: dict[str, str]


def plans_told_as_done(own: str) -> Iterator[str]:
    """Sentences that tell as done what the source only plans, promises or foresees."""
    known = deeds()
    for sentence in SENTENCE_END.split(own):
        if CITED_WORK.search(sentence):  # it says from where it is known
            yield from _in_no_work(sentence, known)
            continue
        for piece in PIECE_END.split(sentence):
            told = [deed for deed in known if _tells(piece, deed, sentence)]
            if told:
                status = STATUS.get(told[0].status, told[0].status)
                yield PLAN.format(status=status, what=told[0].what, segment=told[0].segment)


def _in_no_work(sentence: str, known: list[Deed]) -> Iterator[str]:
    """What a sentence tells as done, and cites a work for it, though none that was read says so."""
    if _is_open(sentence):
        return
    for deed in known:
        for what, told in deed.though_cited.items():
            if re.search(rf"\b(?:{told})\b", sentence, re.I):
                yield NO_WORK.format(what)


def minds_read(own: str) -> Iterator[str]:
    """Sentences that tell as known what somebody meant."""
    for sentence in SENTENCE_END.split(own):
        without = MIND.sub(" ", sentence)
        if without != sentence and not OPEN.search(without) and not _is_open(without):
            yield NOT_SHOWN


def _is_open(words: str) -> bool:
    """Whether words are told as ahead, denied, asked or supposed."""
    return bool(TOLD_AS_AHEAD.search(words) or SUPPOSED.search(words))


def deeds() -> list[Deed]:
    """Everything that a text may tell as done before its time, in the order in which to look."""
    plans = edition().by_id("plans")
    rows = tomllib.loads((RUBRICS / "deeds.toml").read_text(encoding="utf-8"))["deed"]
    found = []
    for row in rows:
        known = plans.get(row.get("plan", ""), row)
        if "status" in known:
            segment, what, status = known["segment"], known["what"], known["status"]
            though_cited = row.get("though_cited", {})
            found.append(Deed(segment, what, status, row["done"], row["of"], though_cited))
    return found


def _tells(piece: str, deed: Deed, sentence: str) -> bool:
    """Whether a piece of a sentence tells a deed as done."""
    verb = re.search(rf"\b(?:{deed.done})\b", piece, re.I)
    if not verb or _is_open(sentence.replace(verb[0], " ")):
        return False
    cited = ID.findall(piece)
    if deed.segment in cited:
        return True
    if cited and deed.segment.partition(".")[0] not in cited:
        return False
    return all(re.search(rf"\b(?:{part})\b", piece, re.I) for part in deed.of)


def numbers_without_their_own(own: str) -> Iterator[str]:
    """Numbers without what belongs to them: the other end, a hedge, a label, a passage."""
    found = list(NUMBER.finditer(own))
    for row in edition().rows("quantities"):
        if row["low"] and row["kind"] != "label":
            yield from _lost_of(row, found, own)
    for sentence in SENTENCE_END.split(own):
        for piece in PIECE_END.split(sentence):
            yield from _from_elsewhere(piece)
        yield from _bare_shares(sentence)
    for hit in found:
        if _is_bare(own, hit):
            yield f"What does {hit['number']} count? Give the number its label."


def _lost_of(row: Row, found: list[re.Match[str]], own: str) -> Iterator[str]:
    """What a text has lost of one number of the source: its other end, or its hedge."""
    low, high = float(row["low"]), float(row["high"])
    ends = {low, high}.intersection(map(_value, found))
    if high > low >= LARGE and len(ends) == 1:
        yield f"{row['segment']} gives a range, «{row['text']}». Keep both ends."
    if row["about"] != "yes":
        return
    same = [hit for hit in found if _value(hit) == low and not hit["percent"]]
    if same and not any(_hedged(own, hit) for hit in same):
        number = same[0]["number"]
        yield f"{row['segment']} says about {number}. The word belongs to the number."


def _hedged(own: str, hit: re.Match[str]) -> bool:
    """Whether a word such as "about" stands before a number."""
    words = own[: hit.start()].split()[-2:]
    for begin in range(len(words)):
        numeral = " ".join([*words[begin:], hit["number"]])
        try:
            if read_numeral(numeral).hedge:
                return True
        except NoNumeral:
            continue
    return False


def _from_elsewhere(piece: str) -> Iterator[str]:
    """Numbers beside the id of a passage that has none, and which stand nowhere in the source.

    Beside one that has only shares, other shares.
    """
    ids = ID.findall(piece)
    if not ids or SUPPOSED.search(piece):
        return
    of_the_source = set(map(_value, NUMBER.finditer(edition().text)))
    try:
        cited = " ".join(segment.text for id in ids for segment in edition().find(id))
    except NotInEdition:
        return
    there = list(NUMBER.finditer(re.sub(r"^\d+\. ", "", cited)))
    if not all(hit["percent"] for hit in there) or (there and YEAR.search(piece)):
        return
    for hit in NUMBER.finditer(piece):
        like_those = hit["percent"] or not there
        if like_those and _value(hit) not in of_the_source and not _is_no_count(piece, hit):
            yield FROM_ELSEWHERE.format(hit[0], ", ".join(ids))


def _bare_shares(sentence: str) -> Iterator[str]:
    """Shares of the source without a word on what they were, or are wanted to be."""
    if LABELLED.search(sentence) or TOLD_AS_AHEAD.search(sentence):
        return
    shares = [row for row in edition().rows("quantities") if row["unit"] == "%" and row["low"]]
    for hit in NUMBER.finditer(sentence):
        for row in shares:
            if hit["percent"] and _value(hit) == float(row["low"]):
                yield SHARE.format(hit[0], row["segment"])


def _value(hit: re.Match[str]) -> float:
    written = hit["number"].casefold()
    if written in WORDS:
        return float(WORDS[written])
    return float(written.replace(",", ""))


def _is_bare(own: str, hit: re.Match[str]) -> bool:
    """Whether nothing after a number says what it counts."""
    if hit["percent"] or not hit["number"][0].isdigit() or _is_no_count(own, hit):
        return False
    after = own[hit.end() : hit.end() + 30].lstrip()
    return not re.match(r"(?:to|and|or|-|–)?\s*[\w\d]", after)


def _is_no_count(own: str, hit: re.Match[str]) -> bool:
    """Whether a number is small, a year, a part of a date or a reference: it needs no label."""
    number, value = hit["number"], _value(hit)
    if value < SMALLEST or (number.isdecimal() and 1900 <= value < 2100):
        return True
    before = own[: hit.start()].rstrip()
    after = own[hit.end() : hit.end() + 30].lstrip()
    if re.search(rf"(?:Nº|No\.|page|p\.|level|{'|'.join(MONTHS)})$", before):
        return True
    return bool(re.match(rf"(?:{'|'.join(MONTHS)})\b", after))
