"""Which options an answer means: by their signs, by their words, or by a part of their words."""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpers.edition import fold, shorten
from helpers.questions.plain import Unread

NAMED = re.compile(
    r"\W*(?:option|letter|number|answer)?\s*(?P<sign>[a-z]|\d+)(?=\s*[):.]|\W*$)"
)  # "a", "option a", "a) the Embassy"
BETWEEN_SIGNS = re.compile(r"[,;>▸\n]")
FILLERS = ("and", "then")
LONG_ENOUGH = 4  # letters: a shorter answer must begin the option that it means


def sign_meant(answer: object, options: Mapping[str, str]) -> str:
    """The sign of the option that an answer means: by its sign, its words or a part of them.

    Raises Unread.
    """
    if isinstance(answer, list) and len(answer) == 1:
        return sign_meant(answer[0], options)
    if not isinstance(answer, (str, int)):
        raise Unread("This is none of the options.")
    words = plain_words(str(answer))
    named = NAMED.match(words)
    by_words = {plain_words(option): sign for sign, option in options.items()}
    if named and named["sign"] in options:
        return named["sign"]
    if words in by_words:
        return by_words[words]
    return _sign_by_part(answer, words, options)


def plain_words(words: str) -> str:
    """Words as they are compared: small letters, single spaces, no full stop."""
    return fold(words).casefold().rstrip(".")


def _sign_by_part(answer: str | int, words: str, options: Mapping[str, str]) -> str:
    """The sign of the one option that holds these words. Raises Unread."""
    begin = "" if len(words) >= LONG_ENOUGH else "^"
    part = re.compile(rf"{begin}(?<!\w){re.escape(words)}(?!\w)")
    found = [sign for sign, option in options.items() if part.search(fold(option).casefold())]
    if words and len(found) == 1:
        return found[0]
    said = shorten(answer) if isinstance(answer, str) else "This"
    problem = "fits more than one option" if found else "is none of the options"
    raise Unread(f"{said} {problem}.")


def signs_meant(answer: object, options: Mapping[str, str]) -> list[str]:
    """The signs of several options, in the order in which they are written. Raises Unread."""
    parts = _parts(answer, options) if isinstance(answer, str) else answer
    if not isinstance(parts, list) or not parts:
        raise Unread
    signs = [sign_meant(part, options) for part in parts]
    if len(set(signs)) != len(signs):
        raise Unread("One of them stands there twice.")
    return signs


def _parts(answer: str, options: Mapping[str, str]) -> list[str]:
    """The parts of one text: "c e a", "c, e and a", "cea", or the options in words."""
    words = re.findall(r"\w+", answer.casefold())
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
