"""An answer made plain: the same in built-in types, without running any code of its own."""

from __future__ import annotations

from itertools import islice
from math import isfinite
from typing import Any, TypeGuard, TypeVar

from helpers.amounts import Amount

Kind = TypeVar("Kind")

LONGEST = 20_000  # characters of an answer that are read
MOST = 60  # parts of an answer that are read
DEEPEST = 3  # boxes in boxes
LARGEST = 10**100  # Python writes out no number with thousands of digits
BLANK = " \n\t.?_\"'«»"  # signs that say nothing by themselves


class Unread(ValueError):
    """The answer has another form than the question expects.

    The message, if any, says what is odd about it.
    """


class Unordered(list[object]):
    """The parts of a set, sorted: they have no order of their own."""


def plain(answer: object, depth: int = 0) -> object:
    """An answer in built-in types: text, numbers, amounts, lists, dictionaries. Raises Unread."""
    kind = type(answer)
    if answer is None or answer is Ellipsis or kind is bool:
        return answer
    if kind is Amount and is_a(answer, Amount):
        return _plain_amount(answer)
    if is_a(answer, str):
        return str.__str__(answer)[:LONGEST]
    if is_a(answer, int):
        return _plain_whole_number(int.__add__(answer, 0))
    if is_a(answer, float):
        return float.__add__(answer, 0.0)
    if depth < DEEPEST and issubclass(kind, (tuple, list, set, frozenset)):
        return _plain_list(answer, depth)
    if depth < DEEPEST and is_a(answer, dict):
        return _plain_pairs(answer, depth)
    if _is_numpy_number(kind):
        return answer.item()  # type: ignore[attr-defined]
    raise Unread("This is neither text nor a number nor a list of them.")


def is_a(answer: object, kind: type[Kind]) -> TypeGuard[Kind]:
    """Whether an object is of a kind, by its type alone: isinstance would ask the object too."""
    return issubclass(type(answer), kind)


def empty(answer: object) -> bool:
    """Whether nothing has been written yet: None, blank text, or boxes of such."""
    if isinstance(answer, dict):
        return all(map(empty, answer.values()))
    if isinstance(answer, list):
        return all(map(empty, answer))
    if isinstance(answer, str):
        return not answer.strip(BLANK)
    return answer is None or answer is Ellipsis


def _plain_whole_number(number: int) -> int:
    if abs(number) > LARGEST:
        raise Unread("This number has too many digits.")
    return number


def _plain_amount(found: Amount) -> Amount:
    parts = [plain(part) for part in (found.low, found.high, found.hedge, found.unit)]
    low, high, hedge, unit = parts
    if not isinstance(low, (int, float)) or not isinstance(high, (int, float)):
        raise Unread
    if not isfinite(low) or not isfinite(high):
        raise Unread
    return Amount(low, high, str(hedge), str(unit))


def _plain_list(box: object, depth: int) -> list[object]:
    """The parts of a list, a tuple or a set. Their own way of counting is passed by."""
    kinds = (tuple, list, set, frozenset)
    kind: Any = next(kind for kind in kinds if issubclass(type(box), kind))
    parts = kind.__iter__(box)
    found = [plain(part, depth + 1) for part in islice(parts, MOST)]
    if issubclass(kind, (set, frozenset)):
        return Unordered(sorted(found, key=repr))
    return found


def _plain_pairs(pairs: dict[object, object], depth: int) -> dict[object, object]:
    found = {}
    for sign, part in islice(dict.items(pairs), MOST):
        found[plain(sign, DEEPEST)] = plain(part, depth + 1)
    return found


def _is_numpy_number(kind: type) -> bool:
    """Whether a type is one of numpy's for a single number. Asks nothing of the type itself."""
    module = type.__getattribute__(kind, "__module__")
    name = type.__getattribute__(kind, "__name__")
    return bool(module == "numpy" and name.startswith(("int", "uint", "float")))
