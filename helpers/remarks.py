"""Remarks on a learner's text: what a careful reader sees at a glance. Never a verdict.

Each rule is a function that reads the text and gives a line for each thing that it sees. What needs
judgement is left to the rubric.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from helpers.edition import NotInEdition, Row, edition, fold, shorten
from helpers.numerals import NoNumeral, read_numeral
from helpers.questions.question import Text

ID = re.compile(r"\b[AHGBTW]\d{1,2}(?:\.\d{1,2})?\b")
MARKED = re.compile(r"«(?P<words>[^«»]+)»")
MARKED_OTHERWISE = re.compile(r"[\"“„](?P<words>[^\"“”„]+)[\"”](?=\s*\([AHGBTW]\d)")
CITED_AFTER = re.compile(r"\s*\(?\s*(?P<id>[AHGBTW]\d{1,2}(?:\.\d{1,2})?)\b")
ADDED = re.compile(r"\[[^\[\]]*\]|\([AHGBTW]\d[^()]*\)|[«»]")
GAP = re.compile(r"\s*(?:…|\.\.\.|\[…\])\s*")
WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
SENTENCE_END = re.compile(r"(?<=[.?!:])\s+(?=[A-Z«\"])|\n+")
BORROWED = 7  # words of the source in a row that need marks
LARGE = 1000  # numbers that nobody writes by chance
TOLERANCE = 0.2  # of the length that is asked for

MONTHS = (
    "January February March April May June July August September October November December"
).split()
NUMBER = re.compile(r"(?<![\w.,])(?P<number>\d[\d,]*(?:\.\d+)?)(?![\w.,]*\d)(?P<percent>\s?%)?")
CITATION = re.compile(r"\((?P<name>[A-Z][^()\d«»]*?,? ?(?:\d{1,2} [A-Z][a-z]+ )?\d{4}[a-z]?)\)")
DATED_WORK = re.compile(rf"\b[A-Z]\w+, \d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b")
WEIGHING = re.compile(
    r"\b(?:against|although|though|however|but|yet|nevertheless|doubt\w*|rival|otherwise"
    r"|other reading|second reading|other hand|limits?|unless|except|even so|object\w*|not all"
    r"|contrary|contradict\w*|speaks? against|instead)\b",
    re.I,
)
TOLD_AS_DONE = re.compile(
    r"\b(?:was|were|has been|have been|had been|became|reached|rose|bought|abolished|stayed"
    r"|remained|received|fulfilled|increased|raised|completed|adopted|arrived|happened|succeeded"
    r"|took place|came true|disappeared|ended)\b",
    re.I,
)
TOLD_AS_AHEAD = re.compile(
    r"\b(?:plan\w*|will|would|should|shall|to be|hope\w*|promis\w*|expect\w*|target\w*|task\w*"
    r"|if|may|might|could|can|ought|propos\w*|ask\w*|request\w*|want\w*|wish\w*|whether|intend\w*"
    r"|meant|foresee\w*|forecast\w*|not|nobody|never|needed|supposed|called)\b",
    re.I,
)
COMMON = {"the", "for", "and", "are", "have", "has", "body", "bodie", "given", "about", "rest"}
PLAN = (
    "In the source this is {status}, not done: {what} ({segment}). "
    "From where do you know that it came about?"
)
NOT_LISTED = "{} is not on the course's list of works. Check the name, or give it in full."


class Quotation(NamedTuple):
    """Words between marks, and the id that follows them, if there is one."""

    words: str
    id: str


def remarks(question: Text, text: str) -> list[str]:
    """What can be said of a text without judging it, a line for each thing."""
    own = MARKED.sub(" ", text)
    found = [
        *_inexact_quotations(text),
        *_unknown_ids(text),
        *_plans_told_as_done(own),
        *_numbers(own),
        *_unlisted_works(text),
    ]
    found += _changed_words(question, text) if question.rewrites else _borrowed_words(own)
    if question.weighs and not WEIGHING.search(own):
        found.append("Nothing here speaks against your claim. Which passage does, most strongly?")
    found += _length(question, text)
    return list(dict.fromkeys(found))


def quotations_of(text: str) -> Iterator[Quotation]:
    """Every quotation of a text, with the id right behind it."""
    for pattern in (MARKED, MARKED_OTHERWISE):
        for hit in pattern.finditer(text):
            cited = CITED_AFTER.match(text, hit.end())
            yield Quotation(hit["words"], cited["id"] if cited else "")


def _inexact_quotations(text: str) -> Iterator[str]:
    for quotation in quotations_of(text):
        problem = _inexact(quotation)
        if problem:
            yield f"«{shorten(quotation.words, 60)}» {problem}"


def _inexact(quotation: Quotation) -> str:
    """What is wrong with a quotation, or nothing."""
    for piece in GAP.split(quotation.words):
        if not piece:
            continue
        homes = edition().where(piece)
        if not homes:
            return "does not stand in the source letter by letter. Compare with quote()."
        if quotation.id and not _among(quotation.id, homes):
            return f"stands in {', '.join(homes)}, not in {quotation.id}."
    return ""


def _among(id: str, homes: list[str]) -> bool:
    """Whether an id, of a sentence or of a paragraph, is one of the places."""
    return any(home == id or home.startswith(f"{id}.") for home in homes)


def _unknown_ids(text: str) -> Iterator[str]:
    for id in ID.findall(text):
        try:
            edition().find(id)
        except NotInEdition as problem:
            yield str(problem)


def _borrowed_words(own: str) -> Iterator[str]:
    """Words of the source that stand in the text without marks."""
    written = [word.casefold() for word in WORD.findall(own)]
    runs = _runs_of_the_source()
    last = -1
    for place in range(len(written) - BORROWED + 1):
        run = tuple(written[place : place + BORROWED])
        if run in runs and place > last:
            last = place + BORROWED
            yield f"These words stand in {runs[run]} and have no marks here: {' '.join(run)} …"


def _changed_words(question: Text, text: str) -> Iterator[str]:
    """Words of the source that a rewriting changed, though only additions in brackets may stand."""
    bare = ADDED.sub(" ", text)
    written = WORD.findall(bare.casefold())
    source = []
    for ids in question.evidence:
        for segment in edition().find(ids):
            source += WORD.findall(segment.text.casefold())
    changes = SequenceMatcher(None, source, written, autojunk=False).get_opcodes()
    for kind, begin, end, new_begin, new_end in changes:
        if kind != "equal":
            old = " ".join(source[begin:end]) or "nothing"
            new = " ".join(written[new_begin:new_end]) or "nothing"
            yield f"Outside your brackets, {shorten(new)} stands for {shorten(old)} of the source."


def _runs_of_the_source() -> dict[tuple[str, ...], str]:
    """Every run of seven words of a sentence, with its id."""
    runs = {}
    for segment in edition().in_zone("body"):
        words = [word.casefold() for word in WORD.findall(segment.text)]
        for place in range(len(words) - BORROWED + 1):
            runs[tuple(words[place : place + BORROWED])] = segment.id
    return runs


def _plans_told_as_done(own: str) -> Iterator[str]:
    """Sentences that tell as done what the source only plans, promises or foresees."""
    plans = [plan for plan in edition().rows("plans") if plan["status"] != "done"]
    for sentence in SENTENCE_END.split(own):
        ahead = TOLD_AS_AHEAD.search(sentence)
        if ahead or not TOLD_AS_DONE.search(sentence):
            continue
        for plan in plans:
            if _names(plan["what"], sentence):
                yield PLAN.format(**plan)


def _names(what: str, sentence: str) -> bool:
    """Whether a sentence names a plan: two of its words, or its number."""
    wanted = _stems(what) - COMMON
    enough = min(2, len(wanted))
    return len(wanted & _stems(sentence)) >= enough


def _stems(text: str) -> set[str]:
    """How the words of a text begin: "abolished" and "abolish" are one."""
    words = WORD.findall(text.casefold())
    return {_stem(word) for word in words if len(word) > 2}


def _stem(word: str) -> str:
    return word[:5]


def _numbers(own: str) -> Iterator[str]:
    """Ranges with one end only, a number without its hedge, a number without its label."""
    found = list(NUMBER.finditer(own))
    values = {_value(hit["number"]) for hit in found}
    for row in edition().rows("quantities"):
        if row["low"] and row["kind"] != "label":
            yield from _lost_of(row, found, values, own)
    for hit in found:
        if _is_bare(own, hit):
            yield f"What does {hit['number']} count? Give the number its label."


def _lost_of(row: Row, found: list[re.Match[str]], values: set[float], own: str) -> Iterator[str]:
    """What a text has lost of one number of the source: its other end, or its hedge."""
    low, high = float(row["low"]), float(row["high"])
    ends = values & {low, high}
    if high > low >= LARGE and len(ends) == 1:
        yield f"{row['segment']} gives a range, «{row['text']}». Keep both ends."
    if row["about"] != "yes":
        return
    for hit in found:
        if _value(hit["number"]) == low and not _hedged(own, hit):
            yield f"{row['segment']} says about {hit['number']}. The word belongs to the number."


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


def _value(digits: str) -> float:
    return float(digits.replace(",", ""))


def _is_bare(own: str, hit: re.Match[str]) -> bool:
    """Whether nothing after a number says what it counts. Years, dates and references need none."""
    number, value = hit["number"], _value(hit["number"])
    if hit["percent"] or value < 10 or (number.isdecimal() and 1900 <= value < 2100):
        return False
    before = own[: hit.start()].rstrip()
    if re.search(rf"(?:Nº|No\.|page|p\.|level|{'|'.join(MONTHS)})$", before):
        return False
    after = own[hit.end() : hit.end() + 30].lstrip()
    if re.match(rf"(?:{'|'.join(MONTHS)})\b", after):
        return False
    return not re.match(r"(?:to|and|or|-|–)?\s*[\w\d]", after)


def _unlisted_works(text: str) -> Iterator[str]:
    """Works that are cited and do not stand on the course's list."""
    listed = [fold(row["short"]) for row in edition().rows("works")]
    cited = set(DATED_WORK.findall(text))
    for hit in CITATION.finditer(text):
        parts = hit["name"].split(";")
        cited.update(part.strip() for part in parts)
    for work in sorted(cited):
        known = [short for short in listed if short in fold(work)]
        if not known:
            yield NOT_LISTED.format(work)


def _length(question: Text, text: str) -> Iterator[str]:
    """Whether the text has about as many words as are asked for."""
    if not question.words:
        return
    count = len(text.split())
    least, most = question.words[0], question.words[-1]
    if count < least * (1 - TOLERANCE) or count > most * (1 + TOLERANCE):
        asked = f"{least} to {most}" if least != most else f"about {most}"
        yield f"Your text has {count} words; {asked} are asked for."
