"""Answers in the forms people write them in: made plain first, then read as their question means them.

Knows what a letter, a pair, an amount and a quotation look like; knows neither keys nor feedback.
"""

from __future__ import annotations

import re

from helpers.amounts import Amount, read_amount
from helpers.edition import DASHES, edition, fold, shorten

LONGEST = 4000  # characters of an answer that are read
MOST = 60  # parts of an answer that are read
MEASURES = {"t", "kg", "%", "days", "weeks", "months", "years", "hours", "rubles", "won", "hectares"}  # none stands for another
DOTTED = r"(?<![\d.,])[1-9]\d{0,2}\.\d{3}(?![\d.]|\s*(?:m|b|k|thousand))"  # 7.000
FORMS = {  # no example may happen to be the key, so these give none
    "choice": "Write one {sign} between the quotation marks, from {first} to {last}.",
    "multi": "Write the {sign}s between the quotation marks, with spaces; they run from {first} to {last}.",
    "order": "Write {sign}s between the quotation marks, with spaces, in the order that you mean; they run from {first} to {last}.",
    "match": "Write one of the numbers between the quotation marks of each letter, from {first} to {last}.",
    "number": "Write a number between the quotation marks, in digits or in words.",
    "range": "Write the smallest and the largest number between the quotation marks, in the form 7 to 9.",
    "quote": 'Write the exact words and the id, each between quotation marks, in the form ("the words", "B1.1").',
    "open": "Double-click the text below, write your own in its place, then press Shift and Enter.",
}


class Unread(ValueError):
    """The answer has another form than the question expects; the message, if any, says what is odd about it."""


def form(item: dict) -> str:
    """The form in which an item wants its answer, in one line."""
    signs = list(item.get("left", item.get("options", "?")))
    line = FORMS[item["type"]].format(first=signs[0], last=signs[-1], sign="number" if signs[0].isdigit() else "letter")
    unit = {"%": "percent", "t": "tons"}.get(item.get("units", [""])[0], item.get("units", [""])[0])
    return f"{line} The question asks for {unit}." if unit else line


def plain(answer: object, depth: int = 0) -> object:
    """The same answer in built-in types, made without running any code of the answer's own. Raises Unread."""
    kind = type(answer)
    if answer is None or answer is Ellipsis or kind is bool:
        return answer
    if kind is Amount:
        return Amount(*(plain(part) for part in (answer.low, answer.high, answer.hedge, answer.unit)))
    if issubclass(kind, str):
        return str.__str__(answer)[:LONGEST]
    if issubclass(kind, int):
        return int.__add__(answer, 0)
    if issubclass(kind, float):
        return float.__add__(answer, 0.0)
    if kind.__module__ == "numpy" and kind.__name__.startswith(("int", "uint", "float")):
        return answer.item()
    for box in (tuple, list, set, frozenset):
        if issubclass(kind, box) and depth < 3:
            return [plain(part, depth + 1) for _, part in zip(range(MOST), box.__iter__(answer), strict=False)]
    if issubclass(kind, dict) and depth < 3:
        return {plain(k, 3): plain(v, depth + 1) for _, (k, v) in zip(range(MOST), dict.items(answer), strict=False)}
    raise Unread("This is neither text nor a number nor a list of them.")


def empty(answer: object) -> bool:
    """Whether nothing has been written yet: None, blank text, or boxes of such."""
    if isinstance(answer, (list, dict)):
        return all(empty(part) for part in (answer.values() if isinstance(answer, dict) else answer))
    return answer is None or answer is Ellipsis or (isinstance(answer, str) and not answer.strip(" \n\t.?_\"'«»"))


def read(item: dict, answer: object) -> object:
    """A plain answer as its question means it.

    choice: a letter · multi: a set of letters · order: a list of letters · match: {letter: number}
    · number, range: an Amount · quote: the id of the sentence · open: the text. Raises Unread.
    """
    try:
        return READERS[item["type"]](item, answer)
    except Unread:
        raise
    except (ValueError, TypeError, AttributeError):
        raise Unread from None


def _sign(item: dict, answer: object, among: str = "options") -> str:
    if isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    words = fold(str(answer)).casefold().rstrip(".") if isinstance(answer, (str, int)) else ""
    named = re.match(r"\W*(?:option|letter|number|answer)?\s*([a-z]|\d+)(?=\s*[):.]|\W*$)", words)
    for sign, option in item[among].items():
        if (named and named[1] == sign) or words == fold(option).casefold().rstrip("."):
            return sign
    within = re.compile(rf"{'' if len(words) > 3 else '^'}(?<!\w){re.escape(words)}(?!\w)")  # a short word must begin the option
    part = [sign for sign, option in item[among].items() if words and within.search(fold(option).casefold())]
    if len(part) == 1:
        return part[0]
    problem = "fits more than one option" if part else "is none of the options"
    raise Unread(f"{shorten(answer) if isinstance(answer, str) else 'This'} {problem}.")


def _signs(item: dict, answer: object) -> list[str]:
    if isinstance(answer, str):
        bare = [part for part in re.findall(r"\w+", answer.casefold()) if part not in ("and", "then")]
        run = len(bare) == 1 and set(bare[0]) <= set(item["options"])  # "ceab"
        answer = list(bare[0]) if run else bare if all(part in item["options"] for part in bare) else re.split(r"[,;>▸\n]", answer)
    if not isinstance(answer, list) or not answer:
        raise Unread
    signs = [_sign(item, part) for part in answer]
    if len(set(signs)) != len(signs):
        raise Unread("One of them stands there twice.")
    return signs


def _pairs(item: dict, answer: object) -> dict[str, str]:
    if isinstance(answer, str):
        answer = dict(re.findall(r"\b([a-z])[\s:=>-]*(\d+)\b", answer.casefold())) or answer.split()
    if isinstance(answer, list) and len(answer) == len(item["left"]):
        answer = dict(zip(item["left"], answer, strict=True))
    pairs = {_sign(item, sign, "left"): _sign(item, option) for sign, option in answer.items() if not empty(option)}
    if missing := [sign for sign in item["left"] if sign not in pairs]:
        raise Unread(f"Still open: {', '.join(missing)}.")
    return pairs


def _amount(item: dict, answer: object) -> Amount:
    if isinstance(answer, str) and "%" not in item.get("units", []) and re.search(DOTTED, answer, re.I):
        raise Unread("Is the dot in it a decimal point, or does it mark thousands? Write 7,000 or 7000 for seven thousand.")
    amount = read_amount(answer)
    if amount.unit.split(" ")[0] in MEASURES and amount.unit not in item.get("units", [amount.unit]):
        raise Unread(f"The unit {shorten(amount.unit)} is another one.")
    return amount


def _quotation(item: dict, answer: object) -> str:
    """The id of a sentence quoted rightly, from a pair in either order or from one text with the id in it."""
    if isinstance(answer, str):
        hit = re.search(rf"[(\s,]*\b([AHGBTW]\d+(?:\.\d+)?)\b[{DASHES}):,\s]*", answer)
        if not hit:
            raise Unread("There is no id in it.")
        answer = [answer[:hit.start()] + answer[hit.end():], hit[1]]
    first, second = (part.strip() for part in answer)
    words, name = (second, first) if re.fullmatch(r"\W*[A-Za-z] ?\d+(\.\d+)?\W*", first) else (first, second)
    name, homes = re.sub(r"[^\w.]", "", name).strip(".").upper(), list(edition().where(words))
    within = [segment.id for segment in edition().segments.values() if segment.paragraph == name]
    name = within[0] if len(within) == 1 else name  # a paragraph of one sentence goes by its own id
    if not homes:
        raise Unread("These words do not stand in the source as you wrote them. Copy them letter by letter; quote() helps to compare.")
    if name not in homes:
        near = "names the paragraph; add the number of the sentence" if any(home.startswith(f"{name}.") for home in homes) else \
            "is not the sentence they stand in"
        raise Unread(f"The words are exact, but {shorten(name)} {near}.")
    if item.get("whole") and fold(words).rstrip(".?") != fold(edition().segments[name].text).rstrip(".?"):
        raise Unread("Copy the whole sentence.")
    return name


def _text(item: dict, answer: object) -> str:
    if not isinstance(answer, str):
        raise Unread
    return answer


READERS = {"choice": _sign, "multi": lambda item, answer: set(_signs(item, answer)), "order": _signs, "match": _pairs,
           "number": _amount, "range": _amount, "quote": _quotation, "open": _text}
