"""Numbers as people write them: "about 90", "2 850 000", "2.85 million", "1.7% to 5%".

A range keeps both ends, and a word such as "about" stays with its number, in sums too. So do what kind of
number it is (need, limit, target, …) and where it stands: a result says from which numbers it was computed.
Knows nothing of the source.
Grouping and decimals are read the English way where both readings are possible (1,500 is one thousand
five hundred); where only one is, that one is taken (1,5 is one and a half; 2.850.000 is a whole number).
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from math import isclose, isfinite

SMALL = ("zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
         "seventeen eighteen nineteen").split()
TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
WORDS = {word: value for value, word in enumerate(SMALL)} | {word: 10 * k for k, word in enumerate(TENS, 2)}
WORDS |= {f"{ten}{join}{one}": WORDS[ten] + WORDS[one] for ten in TENS for one in SMALL[1:10] for join in ("-", " ", "")} | {"none": 0}
SCALES = {"million": 1e6, "mio": 1e6, "mln": 1e6, "m": 1e6, "mt": 1e6, "thousand": 1e3, "k": 1e3, "kt": 1e3,
          "billion": 1e9, "hundred": 1e2}
HEDGES = {"about": "about", "around": "about", "approximately": "about", "approx": "about", "roughly": "about",
          "some": "about", "ca": "about", "c": "about", "circa": "about", "~": "about", "≈": "about",
          "exactly": "exactly", "precisely": "exactly", "at least": "at least", "at most": "at most",
          "up to": "at most", "more than": "more than", "over": "more than", "above": "more than", "less than": "less than",
          "fewer than": "less than", "under": "less than", "below": "less than", "only": "", "just": ""}
UNITS = {"tons": "t", "ton": "t", "tonnes": "t", "tonne": "t", "mt": "t", "kt": "t", "percent": "%", "per cent": "%", "%": "%"}

_GROUPED = r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
_DIGITS = rf"{_GROUPED}|\d+(?:[.,]\d+)?"
_WORDS = (rf"(?:{'|'.join(TENS)})(?:[- ]?(?:{'|'.join(SMALL[1:10])}))?"
          rf"|{'|'.join(sorted([*SMALL, 'none'], key=len, reverse=True))}")
# Words until the first amount is read: most pages need none, and compiling them takes as long as the rest of this module.
_NUMBER = rf"(?i)(?P<number>{_DIGITS}|{_WORDS})(?:\s*(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?"
_HEDGE = "(?i)" + "|".join(sorted((re.escape(h) + (r"\b\.?" if h.isalpha() or " " in h else "") for h in HEDGES), key=len, reverse=True))
_HUNDREDS = rf"(?i)\b(a|{'|'.join(SMALL[1:10])})[ -]hundred(?:(?: and)? ({_WORDS})\b)?"
_JOIN = r"(?i)(?:-|–|—|to|and|or|through|until)\b|[-–—]"


class NotASum(ValueError):
    """These amounts cannot be put together. In a notebook it shows as one line, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [f"Not possible: {self}."]


@dataclass(frozen=True, repr=False)
class Amount:
    """A number or a range: both ends, the hedge that stood before it, the unit in the writer's words.

    kind: what sort of number it is, such as "need"; "computed" for a result. home: where it stands, or what it was
    computed from. Sums of ranges take every pair of ends and keep the smallest and the largest result (interval
    arithmetic); so write a sum in which each uncertain amount stands once, or its ends are paired wrongly.
    """

    low: float
    high: float
    hedge: str = ""
    unit: str = ""
    kind: str = ""
    home: tuple[str, ...] = ()

    def __str__(self) -> str:
        unit = "%" if self.unit == "%" else ""
        ends = [f"{_digits(end)}{unit}" for end in (self.low, self.high)]
        number = ends[0] if self.low == self.high else " to ".join(ends)
        return " ".join(filter(None, [self.hedge, number, "" if unit else self.unit]))

    def __repr__(self) -> str:
        homes = (" and " if len(self.home) < 3 else ", ").join(self.home)
        return str(self) + (f" · {'computed from ' if self.kind == 'computed' else ''}{homes}" if homes else "")

    def _repr_html_(self) -> str:
        return f"<p>{escape(repr(self))}</p>"  # in a narrow window a paragraph breaks its lines, plain text does not

    def __add__(self, other: object) -> Amount:
        return self._with(other, operator.add)

    def __sub__(self, other: object) -> Amount:
        return self._with(other, operator.sub)

    def __rsub__(self, other: object) -> Amount:
        return amount(other) - self

    def __mul__(self, other: object) -> Amount:
        other = amount(other)
        if "%" in (self.unit, other.unit):  # a share of something
            return self._with(other, lambda a, b: a * b / 100, other.unit if self.unit == "%" else self.unit)
        if self.unit and other.unit.endswith(f" per {self.unit}"):
            return self._with(other, operator.mul, other.unit.removesuffix(f" per {self.unit}"))
        return self._with(other, operator.mul, "-".join(filter(None, [self.unit, other.unit])))

    def __truediv__(self, other: object) -> Amount:
        other = amount(other)
        if self.unit and self.unit == other.unit:  # what share the one is of the other
            return self._with(other, lambda a, b: 100 * a / b, "%")
        return self._with(other, operator.truediv, f"{self.unit} per {other.unit}" if other.unit else self.unit)

    __radd__, __rmul__ = __add__, __mul__

    def _with(self, other: object, work: Callable[[float, float], float], unit: str | None = None) -> Amount:
        """A result with all pairs of ends; without a unit for it, both amounts must have the same, or one of them none."""
        other = amount(other)
        if unit is None and self.unit and other.unit and self.unit != other.unit:
            raise NotASum(f"{self} and {other} have different units")
        if odd := {self.hedge, other.hedge} - {"", "about", "exactly"}:
            raise NotASum(f"'{odd.pop()}' leaves one end open; write both ends before you calculate")
        try:
            ends = [round(work(mine, theirs), 9) for mine in (self.low, self.high) for theirs in (other.low, other.high)]
        except ZeroDivisionError:
            raise NotASum("nothing can be divided by 0") from None
        hedge = "about" if "about" in (self.hedge, other.hedge) else ""
        unit = (self.unit or other.unit) if unit is None else unit
        return Amount(min(ends), max(ends), hedge, unit, "computed", tuple(dict.fromkeys(self.home + other.home)))

    def same(self, other: Amount, factor: float = 1) -> bool:
        """Whether both ends, times `factor`, are those of `other`, or those of `other` rounded to as many decimals."""
        return all(_rounded(mine * factor, theirs) for mine, theirs in ((self.low, other.low), (self.high, other.high)))


def amount(words: object) -> Amount:
    """A number of your own, as you would write it: `amount("9 million people")`. It stays marked as yours.

    An amount that has a home already, from the source or from a sum, comes back as it is. Raises NotASum.
    """
    try:
        found = read_amount(words)
    except ValueError as problem:
        raise NotASum(f'{problem}; write a number, or one in words such as amount("about 90 people")') from None
    return found if found.home else replace(found, kind="your number", home=(f"{found} (your number)",))


def majority_of(whole: object) -> Amount:
    """More than half of a whole that is counted in ones: at least half of its low end and one more, at most all."""
    whole = amount(whole)
    return Amount(whole.low // 2 + 1, whole.high, whole.hedge, whole.unit, "computed", whole.home)


def read_amount(value: object) -> Amount:
    """An Amount from text, a number, or a pair of them. Raises ValueError when there is no number in it."""
    if isinstance(value, Amount):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int, float, tuple, list)):
        raise ValueError("no number")
    if isinstance(value, (tuple, list)):
        if not 1 <= len(value) <= 2:
            raise ValueError("not one number and not two")
        ends = [read_amount(end) for end in value]
        unit = next((end.unit for end in ends if end.unit), "")
        return Amount(min(e.low for e in ends), max(e.high for e in ends), ends[0].hedge, unit)
    if not isinstance(value, str):
        if not isfinite(value):
            raise ValueError("no number")
        return Amount(float(value), float(value))
    return _read_text(value)


def _rounded(mine: float, exact: float) -> bool:
    """Whether `mine` is `exact` as somebody rounds it: at least one decimal below ten, otherwise as many as are written."""
    decimals = len(f"{mine:.9f}".rstrip("0").partition(".")[2])
    return isclose(mine, round(exact, max(decimals, abs(exact) < 10)), abs_tol=1e-9)


def _digits(end: float) -> str:
    return f"{end:,.0f}" if end == round(end) else f"{end:,.2f}".rstrip("0") if abs(end) >= 1 else f"{end:.3g}"


def _read_text(text: str) -> Amount:
    text = re.sub(r" (?:out )?of \d+.*$", "", " ".join(text[:300].split()).strip("\"'“”«». "))  # "1 of 27"
    text = re.sub(_HUNDREDS, lambda hit: str(100 * WORDS.get(hit[1].lower(), 1) + WORDS.get((hit[2] or "none").lower(), 0)), text)
    hedge = ""
    if text.lower().startswith(("between ", "from ")):
        text = text.partition(" ")[2]
    if found := re.match(_HEDGE, text):
        hedge, text = HEDGES[found[0].lower().rstrip(".")], text[found.end():].lstrip()
    first = re.match(_NUMBER, text)
    if not first:
        raise ValueError("no number")
    rest = text[first.end():].lstrip()
    rest_unit = re.match(r"(%|per ?cent|tons?|tonnes?|t)\s*(?=-|–|—|to\b|and\b)", rest, re.I)
    rest = rest[rest_unit.end():] if rest_unit else rest
    join = re.match(_JOIN, rest)
    after = re.sub(_HEDGE, "", rest[join.end():].lstrip(), count=1).lstrip() if join else ""
    second = re.match(_NUMBER, after)
    if second:
        rest = after[second.end():].lstrip()
    unit = rest.strip(" .").lower() or (rest_unit[1].lower() if rest_unit else "")
    if re.search(r"\d", unit) or len(unit) > 40:
        raise ValueError("more than one number or one range")
    high_scale = (second or first)["scale"]
    ends = [_value(first["number"], first["scale"] or (high_scale if second else None))]
    ends += [_value(second["number"], second["scale"])] if second else ends
    if not all(map(isfinite, ends)):
        raise ValueError("no number")
    unit = unit or ("t" if (high_scale or "").lower() in ("mt", "kt") else "")
    measured = next((UNITS[name] for name in UNITS if re.match(rf"{name}(?!\w)", unit)), unit)  # "% of all voters"
    return Amount(min(ends), max(ends), hedge, measured)


def _value(number: str, scale: str | None) -> float:
    plain = number.lower()
    if plain in WORDS:
        value = float(WORDS[plain])
    elif re.fullmatch(_GROUPED, plain):
        value = float(re.sub("[ ,]" if plain.count(".") < 2 else r"\.", "", plain))
    else:
        value = float(plain.replace(",", "."))
    return round(value * SCALES[scale.lower()], 6) if scale else value
