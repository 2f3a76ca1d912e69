"""Numbers as people write them: "about 90", "2 850 000", "2.85 million", "six or seven".

A tokenizer cuts the text into digits, words and signs; a reader takes them in the order in which
people write them: hedge, number, scale, unit, and the same again after a word such as "to".

Grouping and decimals are read the English way where both readings are possible (1,500 is one
thousand five hundred); where only one is, that one is taken (1,5 is one and a half; 2.850.000 is a
whole number).
"""

from __future__ import annotations

import re
from math import isfinite
from typing import NamedTuple

LONGEST = 300  # characters of a text that are read
LONGEST_UNIT = 40

SMALL = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    "fifteen sixteen seventeen eighteen nineteen"
).split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
SCALES = {
    "hundred": 1e2,
    "thousand": 1e3,
    "k": 1e3,
    "kt": 1e3,
    "million": 1e6,
    "mio": 1e6,
    "mln": 1e6,
    "m": 1e6,
    "mt": 1e6,
    "billion": 1e9,
}
TONS_IN_THE_SCALE = ("kt", "mt")
HEDGES = {
    "about": "about",
    "around": "about",
    "approximately": "about",
    "approx": "about",
    "roughly": "about",
    "some": "about",
    "ca": "about",
    "c": "about",
    "circa": "about",
    "~": "about",
    "≈": "about",
    "exactly": "exactly",
    "precisely": "exactly",
    "at least": "at least",
    "≥": "at least",
    "at most": "at most",
    "up to": "at most",
    "≤": "at most",
    "more than": "more than",
    "over": "more than",
    "above": "more than",
    ">": "more than",
    "less than": "less than",
    "fewer than": "less than",
    "under": "less than",
    "below": "less than",
    "<": "less than",
    "only": "",
    "just": "",
}
OPENERS = ("the answer is", "between", "from")
JOINS = ("up to", "to", "and", "or", "through", "until", "-", "–", "—", "−", ",")
UNITS = {
    "tons": "t",
    "ton": "t",
    "tonnes": "t",
    "tonne": "t",
    "t": "t",
    "mt": "t",
    "kt": "t",
    "percent": "%",
    "per cent": "%",
    "%": "%",
}

_GROUPED_BY_DOTS = r"\d{1,3}(?:\.\d{3}){2,}(?!\d)"
_GROUPED = r"\d{1,3}(?:[ ,_'’]\d{3})+(?:\.\d+)?(?!\d)"
_TOKEN = re.compile(
    rf"(?P<digits>{_GROUPED}|{_GROUPED_BY_DOTS}|\d+(?:[.,]\d+)?)|(?P<word>[^\W\d_]+)|(?P<sign>\S)"
)
_PART_OF_A_WHOLE = re.compile(r" (?:out )?of \d+.*$")  # "1 of 27"


class NoNumeral(ValueError):
    """A text that holds no number, or more than one number or range."""


class Numeral(NamedTuple):
    """A number or a range: both ends, the hedge before it, the unit in the writer's words."""

    low: float
    high: float
    hedge: str = ""
    unit: str = ""


def number_words() -> dict[str, int]:
    """Every number below a hundred in words: "seven", "twenty", "twenty-seven", "twenty seven"."""
    words = {"none": 0}
    for value, word in enumerate(SMALL):
        words[word] = value
    for tens, ten in enumerate(TENS, start=2):
        words[ten] = 10 * tens
        for ones in range(1, 10):
            for join in ("-", " ", ""):
                words[f"{ten}{join}{SMALL[ones]}"] = 10 * tens + ones
    return words


WORDS = number_words()


def read_numeral(text: str) -> Numeral:
    """The one number or range in a text. Raises NoNumeral."""
    single_spaced = " ".join(text[:LONGEST].split()).strip("\"'“”«». ")
    tokens = _Tokens(_PART_OF_A_WHOLE.sub("", single_spaced))
    tokens.take(OPENERS)
    hedge = _hedge(tokens)
    first = _number(tokens)
    if first is None:
        raise NoNumeral("no number")
    after_first = tokens.place
    unit_between = _unit_between(tokens)
    second = _second_number(tokens)
    if second is None:
        tokens.place = after_first
        unit_between = ""
    return _numeral(hedge, first, second, unit_between, tokens.rest())


class _Number(NamedTuple):
    value: float
    scale: str = ""


class _Tokens:
    """The tokens of a text, and the place that the reader has come to."""

    def __init__(self, text: str) -> None:
        self.text = text.lower()
        self.tokens = list(_TOKEN.finditer(self.text))
        self.place = 0

    def phrase(self, length: int) -> str:
        """The next tokens as they are written; nothing when there are fewer."""
        ahead = self.tokens[self.place : self.place + length]
        if len(ahead) < length:
            return ""
        return self.text[ahead[0].start() : ahead[-1].end()]

    def take(self, phrases: tuple[str, ...]) -> str:
        """Step over the first of these phrases that comes next, and give it back."""
        for phrase in phrases:
            length = len(_TOKEN.findall(phrase))
            if self.phrase(length) == phrase:
                self.place += length
                return phrase
        return ""

    def digits(self) -> str:
        """Step over a number in digits, and give it back."""
        ahead = self.tokens[self.place : self.place + 1]
        if not ahead or not ahead[0]["digits"]:
            return ""
        self.place += 1
        return ahead[0]["digits"]

    def below_a_hundred(self) -> int | None:
        """Step over a number in words, the longest that fits, and give its value."""
        for length in (3, 2, 1):
            value = WORDS.get(self.phrase(length))
            if value is not None:
                self.place += length
                return value
        return None

    def rest(self) -> str:
        """The text from here to the end."""
        if self.place >= len(self.tokens):
            return ""
        return self.text[self.tokens[self.place].start() :]


def _longest_first(phrases: dict[str, str]) -> tuple[str, ...]:
    return tuple(sorted(phrases, key=len, reverse=True))


_HEDGES = _longest_first(HEDGES)
_UNITS = _longest_first(UNITS)
_SCALES = tuple(SCALES)


def _hedge(tokens: _Tokens) -> str:
    """A word such as "about", as it is to be said."""
    found = tokens.take(_HEDGES)
    if found.isalpha():
        tokens.take((".",))  # "ca."
    return HEDGES.get(found, "")


def _number(tokens: _Tokens) -> _Number | None:
    """A number in digits or in words, with its scale."""
    digits = tokens.digits()
    value = _value_of_digits(digits) if digits else _value_of_words(tokens)
    if value is None:
        return None
    return _Number(value, tokens.take(_SCALES))


def _value_of_digits(digits: str) -> float:
    if re.fullmatch(_GROUPED_BY_DOTS, digits):
        return float(digits.replace(".", ""))
    if re.fullmatch(_GROUPED, digits):
        return float(re.sub("[ ,_'’]", "", digits))
    return float(digits.replace(",", "."))


def _value_of_words(tokens: _Tokens) -> float | None:
    """A number such as "seven", "twenty-seven", "a hundred" or "one hundred and eighty"."""
    begin = tokens.place
    article = tokens.take(("a",))
    value = 1 if article else tokens.below_a_hundred()
    if value is None:
        return None
    if tokens.take(("hundred", "-hundred")):
        return float(100 * value + _remainder(tokens))
    if article:
        tokens.place = begin
        return None
    return float(value)


def _remainder(tokens: _Tokens) -> int:
    """What follows a hundred: "and eighty"."""
    begin = tokens.place
    tokens.take(("and",))
    value = tokens.below_a_hundred()
    if value is None:
        tokens.place = begin
        return 0
    return value


def _unit_between(tokens: _Tokens) -> str:
    """A unit that stands with the first number of a range: "1.7% to 5%"."""
    return tokens.take(_UNITS)


def _second_number(tokens: _Tokens) -> _Number | None:
    """The other end of a range, after a word such as "to"."""
    if not tokens.take(JOINS):
        return None
    _hedge(tokens)
    return _number(tokens)


def _numeral(
    hedge: str, first: _Number, second: _Number | None, unit_between: str, rest: str
) -> Numeral:
    """Put the parts together. Raises NoNumeral when the rest holds another number."""
    if rest.startswith("+"):  # "90+"
        hedge, rest = hedge or "more than", rest[1:]
    unit = rest.strip(" .,") or unit_between
    if re.search(r"\d", unit) or len(unit) > LONGEST_UNIT:
        raise NoNumeral("more than one number or one range")
    last = second or first
    ends = [_scaled(first.value, first.scale or last.scale), _scaled(last.value, last.scale)]
    if not all(map(isfinite, ends)):
        raise NoNumeral("no number")
    if not unit and last.scale in TONS_IN_THE_SCALE:
        unit = "t"
    return Numeral(min(ends), max(ends), hedge, _known_unit(unit))


def _scaled(value: float, scale: str) -> float:
    return round(value * SCALES[scale], 6) if scale else value


def _known_unit(unit: str) -> str:
    """The sign of a unit that is known under several names: "% of all voters" counts in "%"."""
    for name in _UNITS:
        if re.match(rf"{re.escape(name)}(?!\w)", unit):
            return UNITS[name]
    return unit
