"""Amounts: numbers that keep both ends of a range, their hedge, their unit, and where they stand.

A word such as "about" stays with its number, in sums too. So do what kind of number it is (need,
limit, target, …) and where it stands: a result says from which numbers it was computed. Knows
nothing of the source.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from math import isclose, isfinite

from helpers.numerals import read_numeral

COMPUTED, YOURS = "computed", "your number"  # kinds of number that stand in no source
WRITTEN_EXACTLY = 5e-7  # a key that goes on for ever is written with six decimals
ONE_END_OPEN = {"at least", "at most", "more than", "less than"}
ONE_OF = {"people": "person", "persons": "person"}  # in rates


class NotASum(ValueError):
    """These amounts cannot be put together. In a notebook it shows as one line, no traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"Not possible: {self}."]


@dataclass(frozen=True, repr=False)
class Amount:
    """A number or a range: both ends, the hedge before it, the unit in its writer's words.

    kind: what sort of number it is, such as "need"; "computed" for a result. home: where it stands,
    or what it was computed from. Sums of ranges take every pair of ends and keep the smallest and
    the largest result (interval arithmetic); so write a sum in which each uncertain amount stands
    once, or its ends are paired wrongly.
    """

    low: float
    high: float
    hedge: str = ""
    unit: str = ""
    kind: str = ""
    home: tuple[str, ...] = ()

    def __str__(self) -> str:
        percent = self.unit == "%"
        sign = "%" if percent else ""
        number = _digits(self.low) + sign
        if self.low != self.high:
            number = f"{number} to {_digits(self.high)}{sign}"
        parts = [self.hedge, number, "" if percent else self.unit]
        return " ".join(filter(None, parts))

    def __repr__(self) -> str:
        if not self.home:
            return str(self)
        join = " and " if len(self.home) == 2 else ", "
        lead = "computed from " if self.kind == COMPUTED else ""
        return f"{self} · {lead}{join.join(self.home)}"

    def _repr_html_(self) -> str:
        # in a narrow window a paragraph breaks its lines, plain text does not
        return f"<p>{escape(repr(self))}</p>"

    def __add__(self, other: object) -> Amount:
        return self._with(other, operator.add)

    def __sub__(self, other: object) -> Amount:
        return self._with(other, operator.sub)

    def __rsub__(self, other: object) -> Amount:
        return amount(other) - self

    def __mul__(self, other: object) -> Amount:
        factor = amount(other)
        if self.unit == "%":
            return self._with(factor, _percent_of, factor.unit)
        if factor.unit == "%":
            return self._with(factor, _percent_of, self.unit)
        rate = _per(self.unit)
        if self.unit and factor.unit.endswith(rate):
            return self._with(factor, operator.mul, factor.unit.removesuffix(rate))
        units = filter(None, [self.unit, factor.unit])
        return self._with(factor, operator.mul, "-".join(units))

    def __truediv__(self, other: object) -> Amount:
        whole = amount(other)
        if self.unit and self.unit == whole.unit:
            return self._with(whole, _share_in_percent, "%")
        unit = f"{self.unit}{_per(whole.unit)}"
        return self._with(whole, operator.truediv, unit)

    __radd__, __rmul__ = __add__, __mul__

    def _with(
        self, other: object, work: Callable[[float, float], float], unit: str | None = None
    ) -> Amount:
        """A result with all pairs of ends.

        unit: of the result; without it, both amounts must have the same, or one of them none.
        """
        theirs = amount(other)
        if unit is None:
            unit = _common_unit(self, theirs)
        hedge = _common_hedge(self, theirs)
        ends = []
        for mine in (self.low, self.high):
            for end in (theirs.low, theirs.high):
                ends.append(_worked(work, mine, end))
        homes = dict.fromkeys(self.home + theirs.home)
        return Amount(min(ends), max(ends), hedge, unit, COMPUTED, tuple(homes))

    def same(self, other: Amount, factor: float = 1) -> bool:
        """Whether both ends, times `factor`, are those of `other`, exactly or rounded."""
        low = _rounded(self.low * factor, other.low)
        return low and _rounded(self.high * factor, other.high)


def amount(words: object) -> Amount:
    """A number of your own, as you would write it: `amount("9 million people")`.

    It stays marked as yours. An amount that has a home already, from the source or from a sum,
    comes back as it is. Raises NotASum.
    """
    try:
        found = read_amount(words)
    except ValueError as problem:
        example = 'write a number, or one in words such as amount("about 90 people")'
        raise NotASum(f"{problem}; {example}") from None
    if found.home:
        return found
    return replace(found, kind=YOURS, home=(f"{found} ({YOURS})",))


def majority_of(whole: object) -> Amount:
    """More than half of a whole that is counted in ones.

    At least half of its low end and one more, at most all.
    """
    all_of_it = amount(whole)
    least = all_of_it.low // 2 + 1
    return replace(all_of_it, low=least, kind=COMPUTED)


def read_amount(value: object) -> Amount:
    """An Amount from text, a number, or a pair of them. Raises ValueError when there is none."""
    if isinstance(value, Amount):
        return value
    if isinstance(value, str):
        return Amount(*read_numeral(value))
    if isinstance(value, (tuple, list)):
        return _read_pair(value)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise ValueError("no number")
    try:
        number = float(value)
    except OverflowError:
        raise ValueError("no number") from None
    if not isfinite(number):
        raise ValueError("no number")
    return Amount(number, number)


def _read_pair(pair: tuple[object, ...] | list[object]) -> Amount:
    if not 1 <= len(pair) <= 2:
        raise ValueError("not one number and not two")
    first, last = read_amount(pair[0]), read_amount(pair[-1])
    low = min(first.low, last.low)
    high = max(first.high, last.high)
    return Amount(low, high, first.hedge, first.unit or last.unit)


def _per(unit: str) -> str:
    """What follows the unit of a rate, or nothing."""
    return f" per {ONE_OF.get(unit, unit)}" if unit else ""


def _percent_of(share: float, whole: float) -> float:
    return share * whole / 100


def _share_in_percent(part: float, whole: float) -> float:
    return 100 * part / whole


def _worked(work: Callable[[float, float], float], mine: float, theirs: float) -> float:
    try:
        return round(work(mine, theirs), 9)
    except ZeroDivisionError:
        raise NotASum("nothing can be divided by 0") from None


def _common_unit(mine: Amount, theirs: Amount) -> str:
    if mine.unit and theirs.unit and mine.unit != theirs.unit:
        raise NotASum(f"{mine} and {theirs} have different units")
    return mine.unit or theirs.unit


def _common_hedge(mine: Amount, theirs: Amount) -> str:
    """The hedge of a result; a number with one end open cannot be calculated with."""
    for hedge in (mine.hedge, theirs.hedge):
        if hedge in ONE_END_OPEN:
            raise NotASum(f"'{hedge}' leaves one end open; write both ends before you calculate")
    return "about" if "about" in (mine.hedge, theirs.hedge) else ""


def _rounded(mine: float, exact: float) -> bool:
    """Whether `mine` is `exact`, or `exact` as somebody rounds it.

    Below ten at least one decimal is asked for, otherwise as many as are written.
    """
    if isclose(mine, exact, rel_tol=0, abs_tol=WRITTEN_EXACTLY):
        return True
    written = f"{mine:.9f}".rstrip("0").partition(".")[2]
    least = 1 if abs(exact) < 10 else 0
    decimals = max(len(written), least)
    return isclose(mine, round(exact, decimals), abs_tol=1e-9)


def _digits(end: float) -> str:
    if end == round(end):
        return f"{end:,.0f}"
    if abs(end) >= 1:
        return f"{end:,.2f}".rstrip("0")
    return f"{end:.3g}"
