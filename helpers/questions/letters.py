"""Questions answered by the sign of an option: one of them, several, an order, or pairs."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from helpers.questions.plain import Unordered, Unread, empty
from helpers.questions.question import UNNAMED, Diagnosis, Distractor, Practice
from helpers.questions.signs import sign_meant, signs_meant, stands_in_marks

Value = TypeVar("Value")
LONGEST_LINE = 88  # characters of a cell
REVERSED = (
    "You have them the other way round: you began where the question asks you to end. "
    "Read again with which one it wants you to begin."
)


@dataclass(frozen=True, kw_only=True)
class WithOptions(Practice[Value]):
    """A question with options, by sign."""

    options: dict[str, str]

    @property
    def choices(self) -> list[dict[str, str]]:
        """The options."""
        return [self.options]

    def in_form(self, line: str) -> str:
        """A line on the form, with the first and the last sign, and what a sign is."""
        signs = list(self.choices[0])
        kind = "number" if signs[0].isdigit() else "letter"
        return line.format(sign=kind, first=signs[0], last=signs[-1])


@dataclass(frozen=True, kw_only=True)
class Choice(WithOptions[str]):
    """One of several options. Its value is a sign."""

    form = "choice"

    @property
    def wanted_form(self) -> str:
        """One sign."""
        return self.in_form("Write one {sign} between the quotation marks, from {first} to {last}.")

    def read(self, answer: object) -> str:
        """The sign of the option that is meant."""
        return sign_meant(answer, self.options)

    @property
    def key_in_words(self) -> str:
        """The words of the right option."""
        return self.options[self.keys[0]]

    def gives_away(self, text: str) -> bool:
        """Whether the sign stands in marks, or the words of the option, where they are several."""
        words = self.key_in_words.lower()
        in_words = len(words.split()) > 1 and words in text.lower()
        return in_words or stands_in_marks(self.keys[0], text)


@dataclass(frozen=True, kw_only=True)
class Multi(WithOptions[set[str]]):
    """Several of the options, in any order. Its value is a set of signs."""

    form = "multi"

    @property
    def wanted_form(self) -> str:
        """Signs with spaces."""
        return self.in_form(
            "Write the {sign}s between the quotation marks, with spaces; "
            "they run from {first} to {last}."
        )

    def read(self, answer: object) -> set[str]:
        """The signs of the options that are meant."""
        return set(signs_meant(answer, self.options))

    def shows(self, value: set[str], when: object) -> bool:
        """Whether the telling options are among the chosen ones."""
        return self.read_key(when) <= value

    @property
    def key_in_words(self) -> str:
        """The words of the right options, in the order of the options."""
        right = self.keys[0]
        return "; ".join(words for sign, words in self.options.items() if sign in right)

    def written(self, value: set[str]) -> str:
        """The signs in the order of the alphabet: a set has none."""
        return " ".join(sorted(value))

    def gives_away(self, text: str) -> bool:
        """Whether the signs stand in marks, one after the other."""
        return stands_in_marks(" ".join(sorted(self.keys[0])), text)


@dataclass(frozen=True, kw_only=True)
class Order(WithOptions[list[str]]):
    """Some of the options, in an order. Its value is a list of signs."""

    form = "order"

    @property
    def wanted_form(self) -> str:
        """Signs with spaces, in an order."""
        return self.in_form(
            "Write {sign}s between the quotation marks, with spaces, in the order that you mean; "
            "they run from {first} to {last}."
        )

    def read(self, answer: object) -> list[str]:
        """The signs in their order; at least as many as the shortest right order has."""
        if isinstance(answer, Unordered):
            raise Unread("A set has no order.")
        signs = signs_meant(answer, self.options)
        if len(signs) < min(map(len, self.keys)):
            raise Unread("Something is still missing from your order.")
        return signs

    def read_key(self, key: object) -> list[str]:
        """The signs of a key, or the beginning of an order that tells."""
        return signs_meant(key, self.options)

    def shows(self, value: list[str], when: object) -> bool:
        """Whether an order begins as the distractor does."""
        start = self.read_key(when)
        return value[: len(start)] == start

    def distractor_shown(self, value: list[str]) -> Distractor | None:
        """The distractor that an order begins with; none where it is right the other way round."""
        return None if self._reversed(value) else super().distractor_shown(value)

    def unnamed_hint(self, value: list[str]) -> str:
        """A hint of its own where the order is right the other way round."""
        return REVERSED if self._reversed(value) else self.otherwise

    def _reversed(self, value: list[str]) -> bool:
        return value[::-1] in self.keys

    def answer_showing(self, distractor: Distractor) -> object:
        """The beginning that tells, then the rest of the key."""
        start = self.read_key(distractor.when)
        rest = [sign for sign in self.keys[0] if sign not in start]
        return " ".join(start + rest)

    @property
    def key_in_words(self) -> str:
        """The words of the options, one after the other."""
        return ", then ".join(self.options[sign] for sign in self.keys[0])

    def gives_away(self, text: str) -> bool:
        """Whether the signs stand in marks, in the right order."""
        return stands_in_marks(" ".join(self.keys[0]), text)


@dataclass(frozen=True, kw_only=True)
class Match(WithOptions[dict[str, str]]):
    """Each of several snippets with one of the options. Its value: a number for each letter."""

    form = "match"

    left: dict[str, str]

    @property
    def choices(self) -> list[dict[str, str]]:
        """What is to be matched, and the options."""
        return [self.left, self.options]

    @property
    def wanted_form(self) -> str:
        """A number for each letter."""
        return self.in_form(
            "Write one of the numbers between the quotation marks of each letter, "
            "from {first} to {last}."
        )

    def read(self, answer: object) -> dict[str, str]:
        """A number for each letter; none may be left open."""
        pairs = {}
        for sign, option in self._written_pairs(answer).items():
            if not empty(option):
                pairs[sign_meant(sign, self.left)] = sign_meant(option, self.options)
        missing = [sign for sign in self.left if sign not in pairs]
        if missing:
            raise Unread(f"Still open: {', '.join(missing)}.")
        return pairs

    def _written_pairs(self, answer: object) -> Mapping[object, object]:
        """The pairs as written: a dictionary, a text such as "a 1, b 2", or numbers only."""
        if isinstance(answer, str):
            found = re.findall(r"\b([a-z])[\s:=>-]*(\d+)\b", answer.casefold())
            answer = dict(found) if found else answer.split()
        if isinstance(answer, list) and len(answer) == len(self.left):
            return dict(zip(self.left, answer, strict=True))
        if isinstance(answer, dict):
            return answer
        raise Unread

    def shows(self, value: dict[str, str], when: object) -> bool:
        """Whether all the telling pairs are among the given ones."""
        return isinstance(when, dict) and when.items() <= value.items()

    def check_distractor(self, when: object) -> None:
        """Raise Unread when it is no pair of a letter and a number of this question."""
        if not isinstance(when, dict) or not when:
            raise Unread('Write pairs, such as { b = "6" }.')
        for sign, option in when.items():
            if sign not in self.left or option not in self.options:
                raise Unread(f"There is no pair of {sign} and {option}.")

    def answer_showing(self, distractor: Distractor) -> object:
        """The key with the telling pairs put in."""
        telling = distractor.when
        return {**self.keys[0], **telling} if isinstance(telling, dict) else self.key

    def diagnose(self, value: dict[str, str]) -> Diagnosis:
        """A hint to each wrong pair that has one, and the letters of the others."""
        different = self._different(value)
        shown = [one for one in self.wrong if self.shows(value, one.when)]
        found: dict[str, Distractor] = {}
        explained: set[str] = set()
        for distractor in shown:
            signs = [sign for sign in self._telling(distractor) if sign in different]
            if signs and not explained.issuperset(signs):
                explained.update(signs)
                found[", ".join(signs)] = distractor
        rest = [sign for sign in different if sign not in explained]
        again = [f"Look again at {', '.join(rest)}."] if rest else []
        if not explained:
            return Diagnosis(UNNAMED, False, [self.otherwise, *again], self.helping)
        in_order = sorted(found)
        hints = [f"{letters}: {found[letters].hint}" for letters in in_order] + again
        look: dict[str, None] = {}
        for letters in in_order:
            look |= dict.fromkeys(self.helping_with(found[letters]))
        labelled = shown[0].label and len(hints) == 1
        return Diagnosis(shown[0].misreading, labelled, hints, tuple(look))

    def _different(self, value: dict[str, str]) -> list[str]:
        """The letters whose numbers differ from the nearest right answer."""
        nearest: list[str] = list(self.left)
        for key in self.keys:
            different = [sign for sign in key if value[sign] != key[sign]]
            nearest = min(nearest, different, key=len)
        return nearest

    def _telling(self, distractor: Distractor) -> list[str]:
        return list(distractor.when) if isinstance(distractor.when, dict) else []

    @property
    def key_in_words(self) -> str:
        """Each snippet with the words of its option, up to a colon."""
        right = self.keys[0]
        pairs = []
        for sign, words in self.left.items():
            pairs.append(f"{words}: {self.options[right[sign]].partition(':')[0]}")
        return "; ".join(pairs)

    def gives_away(self, text: str) -> bool:
        """Whether a letter stands beside its number."""
        for sign, number in self.keys[0].items():
            if re.search(rf"\b{sign} {number}\b", text):
                return True
        return False

    @property
    def blank(self) -> str:
        """A dictionary with a line for each letter: an empty place, and the words as a comment."""
        lines = []
        for sign, words in self.left.items():
            pair = f'    "{sign}": "",  # '
            lines.append(pair + _comment(words, LONGEST_LINE - len(pair)))
        return "\n".join(["{", *lines, "}"])

    @property
    def solution(self) -> str:
        """A dictionary with the number of each letter."""
        written = [f'"{sign}": "{number}"' for sign, number in self.keys[0].items()]
        return "{" + ", ".join(written) + "}"


def _comment(words: str, width: int) -> str:
    """Words as a comment of at most `width` characters; an id in brackets at their end stays."""
    plain = " ".join(words.replace('"', "").split())
    if len(plain) <= width:
        return plain
    said, bracket, id = plain.rpartition(" (")
    end = f" …{bracket}{id}" if said else " …"
    begin = textwrap.shorten(said or plain, width - len(end), placeholder="")
    return begin + end
