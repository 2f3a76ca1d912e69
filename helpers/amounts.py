"""Numbers as people write them: "about 90", "2 850 000", "2.85 million", "1.7% to 5%".

A range keeps both ends, and a word such as "about" stays with its number. Knows nothing of the source.
Grouping and decimals are read the English way where both readings are possible (1,500 is one thousand
five hundred); where only one is, that one is taken (1,5 is one and a half; 2.850.000 is a whole number).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
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
          "more than": "more than", "over": "more than", "less than": "less than", "under": "less than", "only": "", "just": ""}
UNITS = {"tons": "t", "ton": "t", "tonnes": "t", "tonne": "t", "mt": "t", "kt": "t", "percent": "%", "%": "%"}

_GROUPED = r"\d{1,3}(?:[ ,]\d{3})+(?:\.\d+)?(?!\d)|\d{1,3}(?:\.\d{3}){2,}(?!\d)"
_DIGITS = rf"{_GROUPED}|\d+(?:[.,]\d+)?"
_NUMBER = re.compile(rf"(?P<number>{_DIGITS}|{'|'.join(sorted(WORDS, key=len, reverse=True))})"
                     rf"(?:\s*(?P<scale>{'|'.join(sorted(SCALES, key=len, reverse=True))})\b)?", re.I)
_HEDGE = re.compile("|".join(sorted((re.escape(h) + (r"\b\.?" if h.isalpha() or " " in h else "") for h in HEDGES),
                                    key=len, reverse=True)), re.I)
_JOIN = re.compile(r"(?:-|–|—|to|and|or|through|until)\b|[-–—]", re.I)


@dataclass(frozen=True)
class Amount:
    """A number or a range: both ends, the hedge that stood before it, the unit in the writer's words."""

    low: float
    high: float
    hedge: str = ""
    unit: str = ""

    def __str__(self) -> str:
        unit = "%" if self.unit == "%" else ""
        ends = [f"{end:,.0f}{unit}" if end == round(end) else f"{end:,.10g}{unit}" for end in (self.low, self.high)]
        number = ends[0] if self.low == self.high else " to ".join(ends)
        return " ".join(filter(None, [self.hedge, number, "" if unit else self.unit]))

    def same(self, other: Amount, factor: float = 1) -> bool:
        """Whether both ends agree, to one part in two hundred (the way learners round), times `factor`."""
        near = 0.0 if float(other.low).is_integer() and float(other.high).is_integer() else 0.005
        return all(isclose(mine * factor, theirs, rel_tol=near, abs_tol=1e-9)
                   for mine, theirs in ((self.low, other.low), (self.high, other.high)))


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


def _read_text(text: str) -> Amount:
    text = re.sub(r" (?:out )?of \d+.*$", "", " ".join(text[:300].split()).strip("\"'“”«». "))  # "1 of 27"
    hedge = ""
    if text.lower().startswith(("between ", "from ")):
        text = text.partition(" ")[2]
    if found := _HEDGE.match(text):
        hedge, text = HEDGES[found[0].lower().rstrip(".")], text[found.end():].lstrip()
    first = _NUMBER.match(text)
    if not first:
        raise ValueError("no number")
    rest = text[first.end():].lstrip()
    rest_unit = re.match(r"(%|tons?|tonnes?|t)\s*(?=-|–|—|to\b|and\b)", rest, re.I)
    rest = rest[rest_unit.end():] if rest_unit else rest
    join = _JOIN.match(rest)
    second = _NUMBER.match(rest[join.end():].lstrip()) if join else None
    if second:
        rest = rest[join.end():].lstrip()[second.end():].lstrip()
    unit = rest.strip(" .").lower() or (rest_unit[1].lower() if rest_unit else "")
    if re.search(r"\d", unit) or len(unit) > 40:
        raise ValueError("more than one number or one range")
    high_scale = (second or first)["scale"]
    ends = [_value(first["number"], first["scale"] or (high_scale if second else None))]
    ends += [_value(second["number"], second["scale"])] if second else ends
    if not all(map(isfinite, ends)):
        raise ValueError("no number")
    unit = unit or ("t" if (high_scale or "").lower() in ("mt", "kt") else "")
    return Amount(min(ends), max(ends), hedge, UNITS.get(unit, unit))


def _value(number: str, scale: str | None) -> float:
    plain = number.lower()
    if plain in WORDS:
        value = float(WORDS[plain])
    elif re.fullmatch(_GROUPED, plain):
        value = float(re.sub("[ ,]" if plain.count(".") < 2 else r"\.", "", plain))
    else:
        value = float(plain.replace(",", "."))
    return round(value * SCALES[scale.lower()], 6) if scale else value
