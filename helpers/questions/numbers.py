"""Questions answered by a number, or by the two ends of a range. Their value is an Amount."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from helpers.amounts import Amount, read_amount
from helpers.edition import shorten
from helpers.numerals import NoNumeral, read_numeral
from helpers.questions.plain import Unread
from helpers.questions.question import Practice

MEASURES = {  # what numbers of the course count: none stands for another
    "people",
    "persons",
    "voters",
    "visitors",
    "families",
    "sentences",
    "lines",
    "words",
    "copies",
    "times",
    "documents",
    "specialists",
    "sacks",
    "t",
    "kg",
    "%",
    "days",
    "weeks",
    "months",
    "years",
    "hours",
    "rubles",
    "won",
    "hectares",
}
AMBIGUOUS_DOT = re.compile(  # 7.000
    r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.]|\s*(?:m|b|k|thousand))", re.I
)
HEDGES_TAKEN_FOR = {"": {"", "about", "exactly"}, "about": {"", "about"}}
WORDS_AROUND = "Write the number alone, or with the text's own word before it."
MINUS = re.compile(r"\s*[-−–]\s*\d")
NO_MINUS = "No number asked for here is less than nothing: take the smaller from the larger."
UNITS_IN_WORDS = {"%": "percent", "t": "tons"}
ID = re.compile(r"[AHGBTW]\d+(\.\d+)?")


@dataclass(frozen=True, kw_only=True)
class Number(Practice[Amount]):
    """A number. units: what may stand after it, the first being the one that is asked for."""

    form = "number"

    units: tuple[str, ...] = ()

    @property
    def wanted_form(self) -> str:
        """A number, and its unit."""
        return self.with_unit("Write a number between the quotation marks, in digits or in words.")

    def with_unit(self, line: str) -> str:
        """A line on the form, with the unit that is asked for."""
        if not self.unit:
            return line
        unit = UNITS_IN_WORDS.get(self.unit, self.unit)
        return f"{line} The question asks for {unit}."

    @property
    def unit(self) -> str:
        """The unit that is asked for, or nothing."""
        return self.units[0] if self.units else ""

    def read(self, answer: object) -> Amount:
        """The amount that is written. Its unit must be one that fits."""
        if isinstance(answer, str) and "%" not in self.units and AMBIGUOUS_DOT.search(answer):
            raise Unread(
                "Is the dot in it a decimal point, or does it mark thousands? "
                "Write 7,000 or 7000 for seven thousand."
            )
        try:
            amount = read_amount(answer)
        except ValueError:
            raise Unread(_on_the_form(answer)) from None
        if self._is_another_unit(amount.unit):
            raise Unread(f"The unit {shorten(amount.unit)} is another one.")
        self.check_ends(amount)
        return amount

    def check_ends(self, amount: Amount) -> None:
        """Raise Unread where a range is given and one number is asked for."""
        if amount.low != amount.high:
            raise Unread("One number is asked for, and not two.")

    def _is_another_unit(self, written: str) -> bool:
        """Whether a unit is known and is none of those that fit; other words are let pass."""
        fitting = {unit.partition(" ")[0] for unit in self.units}
        word = written.partition(" ")[0]
        names = {word, f"{word}s"}
        return bool(fitting) and bool(names & MEASURES) and not names & fitting

    def same(self, value: Amount, key: Amount) -> bool:
        """Whether both have the same ends, exactly or rounded; 0.05 may stand for 5%."""
        if value.hedge not in HEDGES_TAKEN_FOR.get(key.hedge, {key.hedge}):
            return False
        return value.same(key) or (self._is_fraction(value) and value.same(key, 100))

    def _is_fraction(self, value: Amount) -> bool:
        """Whether a share in percent may be meant: 0.05 for 5%."""
        return self.unit == "%" and not value.unit and value.high <= 1

    def echo(self, value: Amount) -> str:
        """The amount as it was read."""
        if not self._is_fraction(value):
            return f"Read as: {value}."
        percent = replace(value, low=100 * value.low, high=100 * value.high, unit="%")
        return f"Read as: {value}, or {percent}."

    @property
    def key_in_words(self) -> str:
        """The amount."""
        return str(self.keys[0])

    def gives_away(self, text: str) -> bool:
        """Whether both ends stand among the numbers of a text. A one is too common to tell."""
        key = self.keys[0]
        bare = ID.sub("", text)
        return key.low != 1 and {key.low, key.high} <= numbers_in(bare)


@dataclass(frozen=True, kw_only=True)
class Range(Number):
    """Two numbers, the smallest and the largest."""

    form = "range"

    def check_ends(self, amount: Amount) -> None:
        """Two numbers are asked for; a hint tells those who give one."""

    @property
    def wanted_form(self) -> str:
        """Two numbers in one form, and their unit."""
        return self.with_unit(
            "Write the smallest and the largest number between the quotation marks, "
            "in the form 7 to 9."
        )

    def unnamed_hint(self, value: Amount) -> str:
        """A hint of its own where one end is given and the other is not."""
        if value.low != value.high:
            return self.otherwise
        for key in self.keys:
            for end in (key.low, key.high):
                if self.same(value, Amount(end, end, key.hedge)):
                    return "That is one of the ends. The question asks for both."
        return self.otherwise


def _on_the_form(answer: object) -> str:
    """What to say of an answer that holds no number that can be read."""
    if not isinstance(answer, str) or not re.search(r"\d", answer):
        return ""
    return NO_MINUS if MINUS.match(answer) else WORDS_AROUND


def numbers_in(text: str) -> set[float]:
    """Every number that stands in a text, in digits or in words."""
    found = set()
    for piece in re.findall(r"\d[\d,.]*\d|\d|[^\W\d_]+(?:-[^\W\d_]+)?", text):
        try:
            found.add(read_numeral(piece).low)
        except NoNumeral:
            continue
    return found
