"""Remarks on a learner's text: what a careful reader sees at a glance. Never a verdict.

Each rule is a function that reads the text and gives a line for each thing that it sees. What needs
judgement is left to the rubric.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from typing import NamedTuple

from helpers.claims import ID, MONTHS, minds_read, numbers_without_their_own, plans_told_as_done
from helpers.edition import NotInEdition, documents, edition, edition_of, fold, shorten
from helpers.questions.question import Text

MARKED = re.compile(r"«(?P<words>[^«»]+)»")
MARKED_OTHERWISE = re.compile(
    r"(?<!\w)(?:[\"“„](?P<double>[^\"“”„]+)[\"”“]|['‘](?P<single>[^'‘’]+)['’])(?!\w)"
)
CITED_AFTER = re.compile(  # «…» (B24.3); in one parenthesis a comma may stand before the id
    r"(?:\s*\(?\s*|,\s*(?=[A-Z][\d.]+\s*[);]))(?P<id>[ABGHTW-Z]\d{1,2}(?:\.\d{1,2})?)\b"
)
SPACED_ID = re.compile(r"\b(?P<part>[BGHTW-Z]) (?=\d)")
ADDED = re.compile(r"\[(?P<words>[^\[\]]*)\]")
REFERENCE = re.compile(r"\([ABGHTW-Z]\d[^()]*\)|[«»]")
GAP = re.compile(r"\s*(?:…|\.\.\.|\[…\])\s*")
WORD = re.compile(r"[^\W_]+(?:[’'.,-][^\W_]+)*")
BORROWED = 7  # words of the source in a row that need marks
TOLERANCE = 0.2  # of the length that is asked for

CITATION = re.compile(r"\((?P<name>[A-Z][^()\d«»]*?,? ?(?:\d{1,2} [A-Z][a-z]+ )?\d{4}[a-z]?)\)")
DATED_WORK = re.compile(rf"\b[A-Z]\w+, \d{{1,2}} (?:{'|'.join(MONTHS)}) \d{{4}}\b")
UNWEIGHED = re.compile(  # "there is no doubt", "nothing speaks against it"
    r"\b(?:nothing|nobody|no|not|never|without)(?:\s+\w+){0,2}\s+(?:against|doubt\w*)"
    r"|nothing but",
    re.I,
)
WEIGHING = re.compile(
    r"\b(?:against|although|though|however|but|yet|nevertheless|doubt\w*|rival|otherwise"
    r"|other reading|second reading|other hand|other side|limits?|unless|except|even so|object\w*"
    r"|not all|contrary|contradict\w*|instead|opposite|tension|at odds|badly"
    r"|(?:does|do) not fit)\b",
    re.I,
)
NOT_WEIGHED = (
    "I see no passage here that speaks against your claim. Which one does, most strongly? "
    "If you name one, read over this line."
)
NO_MARKS = (
    "These words stand in {}: {} … Put quotation marks around them, or say it in your own words."
)
NOT_LISTED = "{} is not on the course's list of works. Check the name, or give it in full."
TOO_FEW_QUESTIONS = "Questions asked for: {}. Question marks in your text: {}."
NO_BRACKETS = "There are no square brackets in your text yet: nothing has been added."


class Quotation(NamedTuple):
    """Words between marks, and the id that follows them, if there is one."""

    words: str
    id: str


def remarks(question: Text, text: str) -> list[str]:
    """What can be said of a text without judging it, a line for each thing."""
    text = _as_meant(text)
    own = _own_words(text)
    found = [
        *_inexact_quotations(text),
        *_unknown_ids(text),
        *plans_told_as_done(own),
        *minds_read(own),
        *numbers_without_their_own(own),
        *_unlisted_works(text),
    ]
    if question.additions:
        found += [*_changed_words(question, text), *_additions(question, text)]
    else:
        found += [*_borrowed_words(own), *_length(question, text)]
    if question.weighs and not WEIGHING.search(UNWEIGHED.sub(" ", own)):
        found.append(NOT_WEIGHED)
    if text.count("?") < question.questions:
        found.append(TOO_FEW_QUESTIONS.format(question.questions, text.count("?")))
    return list(dict.fromkeys(found))


def on_quotations(text: str) -> list[str]:
    """What can be said of the quotations in a text alone."""
    text = _as_meant(text)
    borrowed = _borrowed_words(_own_words(text))
    return list(dict.fromkeys([*_inexact_quotations(text), *_unknown_ids(text), *borrowed]))


def _as_meant(text: str) -> str:
    """A text with « for << and B14.5 for B 14.5."""
    marked = text.replace("<<", "«").replace(">>", "»")
    return SPACED_ID.sub(r"\g<part>", marked)


def _own_words(text: str) -> str:
    """A text without what it quotes, in whichever marks."""

    def without(hit: re.Match[str]) -> str:
        quoted = _quotation(text, hit)
        return " " if quoted.id or not _inexact(quoted) else hit[0]

    return MARKED_OTHERWISE.sub(without, MARKED.sub(" ", text))


def _quotation(text: str, hit: re.Match[str]) -> Quotation:
    """The words between marks, and the id right behind them."""
    cited = CITED_AFTER.match(text, hit.end())
    (words,) = filter(None, hit.groups())
    return Quotation(words, cited["id"] if cited else "")


def quotations(text: str) -> list[Quotation]:
    """The quotations in a text; in other marks than « » only those with an id behind them."""
    text = _as_meant(text)
    marked = [_quotation(text, hit) for hit in MARKED.finditer(text)]
    in_other_marks = [_quotation(text, hit) for hit in MARKED_OTHERWISE.finditer(text)]
    return marked + [quoted for quoted in in_other_marks if quoted.id]


def _inexact_quotations(text: str) -> Iterator[str]:
    """Quotations that are not exact."""
    for quoted in quotations(text):
        problem = _inexact(quoted)
        if problem:
            yield f"«{shorten(quoted.words, 60)}» {problem}"


def _inexact(quotation: Quotation) -> str:
    """What is wrong with a quotation, or nothing."""
    for piece in GAP.split(quotation.words):
        if not piece:
            continue
        searched = [edition_of(quotation.id)] if quotation.id else documents()
        homes = []
        for document in searched:
            homes += document.where(piece) or document.where(piece.rstrip(".,;: "))
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
            edition_of(id).find(id)
        except NotInEdition as problem:
            yield str(problem)


def _borrowed_words(own: str) -> Iterator[str]:
    """Words of the source that stand in the text without marks."""
    written = WORD.findall(own)
    runs = _runs_of_the_source()
    last = -1
    for place in range(len(written) - BORROWED + 1):
        words = " ".join(written[place : place + BORROWED])
        home = runs.get(words.casefold())
        if home and place > last:
            yield NO_MARKS.format(home, words)
        if home:
            last = place + BORROWED


def _runs_of_the_source() -> dict[str, str]:
    """Every run of seven words of a sentence, in small letters, with its id."""
    runs = {}
    for segment in edition().in_zone("body"):
        words = WORD.findall(segment.text.casefold())
        for place in range(len(words) - BORROWED + 1):
            runs[" ".join(words[place : place + BORROWED])] = segment.id
    return runs


def _changed_words(question: Text, text: str) -> Iterator[str]:
    """Words of the source that a rewriting changed, though only additions in brackets may stand."""
    written = WORD.findall(REFERENCE.sub(" ", ADDED.sub(" ", text)))
    source = []
    for ids in question.evidence:
        for segment in edition_of(ids).find(ids):
            source += WORD.findall(segment.text)
    matcher = SequenceMatcher(None, _folded(source), _folded(written), autojunk=False)
    for kind, begin, end, new_begin, new_end in matcher.get_opcodes():
        old = shorten(" ".join(source[begin:end]))
        new = shorten(" ".join(written[new_begin:new_end]))
        if kind == "insert":
            yield f"Outside your brackets you wrote “{new}”. The source does not have it."
        elif kind == "delete":
            yield f"You left out “{old}”."
        elif kind == "replace":
            yield f"Outside your brackets you wrote “{new}”; the source has “{old}”."


def _folded(words: list[str]) -> list[str]:
    return [word.casefold() for word in words]


def _additions(question: Text, text: str) -> Iterator[str]:
    """Whether anything was added in brackets, and not too much."""
    added = [WORD.findall(hit["words"]) for hit in ADDED.finditer(text)]
    count = sum(map(len, added))
    if not count:
        yield NO_BRACKETS
    if count > question.additions:
        yield f"You added {count} words in brackets; at most {question.additions} are asked for."


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
