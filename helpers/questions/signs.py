"""Which options an answer means: by their signs, by their words, or by how their words begin."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from helpers.edition import fold, shorten
from helpers.questions.plain import Unread

NAMED = re.compile(  # "a", "option a", "a) the Embassy", "the answer is a", "a because …"
    r"\W*(?:(?:the )?answer(?: is)?|option|letter|number)?\s*(?P<sign>[a-z]|\d+)"
    r"(?=\s*[):.,]|\s+(?:because|since|as)\b|\W*$)"
)
BETWEEN_SIGNS = re.compile(r"[,;>▸\n]")
FILLERS = ("and", "then")
LONG_ENOUGH = 3  # words: a shorter answer could be part of many options
LOOK_ALIKES = str.maketrans("аеосрхукнмтв", "aeocpxykhmtb")  # Cyrillic letters for Latin ones


def sign_meant(answer: object, options: Mapping[str, str]) -> str:
    """The sign of the option that an answer means: by its sign, its words or their beginning.

    Raises Unread.
    """
    if isinstance(answer, list) and len(answer) == 1:
        return sign_meant(answer[0], options)
    if not isinstance(answer, (str, int)):
        raise Unread("This is none of the options.")
    words = plain_words(str(answer))
    by_words = {_plain_option(option): sign for sign, option in options.items()}
    if words in by_words:
        return by_words[words]
    named = NAMED.match(words.translate(LOOK_ALIKES))
    if named and named["sign"] in options:
        return named["sign"]
    return _sign_by_beginning(answer, words, by_words)


def plain_words(words: str) -> str:
    """Words as they are compared: small letters, single spaces, "B12-B14" for "B12 to B14"."""
    bare = fold(words).casefold().rstrip(".")
    return re.sub(r"(?<=\d)\s*(?:to|-|–|—)\s*(?=[a-z]?\d)", "-", bare)


@cache
def _plain_option(words: str) -> str:
    """The words of an option as they are compared; there are few of them, and often asked for."""
    return plain_words(words)


def _sign_by_beginning(answer: str | int, words: str, by_words: Mapping[str, str]) -> str:
    """The sign of the one option that begins with these words. Raises Unread."""
    long_enough = len(words.split()) >= LONG_ENOUGH
    found = [sign for option, sign in by_words.items() if _begins(option, words, long_enough)]
    if words and len(found) == 1:
        return found[0]
    said = shorten(answer) if isinstance(answer, str) else "This"
    problem = "fits more than one option" if found else "is none of the options"
    raise Unread(f"{said} {problem}.")


def _begins(option: str, words: str, long_enough: bool) -> bool:
    """Whether an option begins with these words, up to a colon, or holds enough of them."""
    if option.partition(":")[0] == words:
        return True
    within = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", option)
    return long_enough and within is not None


def signs_meant(answer: object, options: Mapping[str, str]) -> list[str]:
    """The signs of several options, in the order in which they are written. Raises Unread."""
    parts = _parts(answer, options) if isinstance(answer, str) else answer
    if not isinstance(parts, list) or not parts:
        raise Unread
    signs: list[str] = []
    for part in parts:
        sign = sign_meant(part, options)
        if sign in signs:
            raise Unread("One of them stands there twice.")
        signs.append(sign)
    return signs


def _parts(answer: str, options: Mapping[str, str]) -> list[str]:
    """The parts of one text: "c e a", "c, e and a", "cea", or the options in words."""
    words = re.findall(r"\w+", answer.casefold().translate(LOOK_ALIKES))
    signs = [word for word in words if word not in FILLERS]
    known = set(options)
    if known.issuperset(signs):
        return signs
    if len(signs) == 1 and known.issuperset(signs[0]):
        return list(signs[0])
    return BETWEEN_SIGNS.split(answer)


def stands_in_marks(signs: str, text: str) -> bool:
    """Whether signs stand in a text between quotation marks or brackets of their own."""
    return bool(re.search(rf"(?<!\w)[\"'(]{re.escape(signs)}[\"')](?!\w)", text))
