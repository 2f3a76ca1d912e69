"""How an item becomes the fields of a class: each one known, there, and of its type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, fields, is_dataclass
from difflib import get_close_matches
from types import GenericAlias
from typing import Any, get_args, get_origin, get_type_hints


class FaultyItem(ValueError):
    """A fault in an item, for whoever edits it: the message names file, id and field."""


def checked(cls: type, row: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a dataclass from a row of TOML, each as its type. Raises FaultyItem."""
    if not is_dataclass(cls):
        raise TypeError(f"{cls.__name__} is no dataclass")
    wanted = {field.name: field for field in fields(cls)}
    for name in row:
        if name not in wanted:
            raise FaultyItem(f"there is no field {name}{_guess(name, list(wanted))}")
    types = get_type_hints(cls)
    values = {}
    for name, field in wanted.items():
        if name in row:
            values[name] = _converted(name, row[name], types[name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise FaultyItem(f"the field {name} is missing")
    return values


def _guess(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _converted(name: str, value: Any, wanted: Any) -> Any:
    """A value of TOML as the type that a field has. Raises FaultyItem."""
    if isinstance(wanted, GenericAlias):
        return _converted_box(name, value, wanted)
    if isinstance(wanted, type) and is_dataclass(wanted):
        return wanted(**checked(wanted, _of_type(dict, name, value, "a table of fields")))
    if wanted is str:
        return _text(name, value)
    if wanted is int:
        return _of_type(int, name, value, "a whole number")
    if wanted is bool:
        return _of_type(bool, name, value, "true or false")
    return value


def _converted_box(name: str, value: Any, wanted: GenericAlias) -> Any:
    """A list of TOML as a tuple, a table as a dictionary, each part as its type."""
    inner = get_args(wanted)
    if get_origin(wanted) is tuple:
        parts = _of_type(list, name, value, "a list")
        return tuple(_converted(name, part, inner[0]) for part in parts)
    pairs = _of_type(dict, name, value, "pairs of a sign and its words")
    return {sign: _converted(name, part, inner[1]) for sign, part in pairs.items()}


def _text(name: str, value: Any) -> Any:
    text = _of_type(str, name, value, "a text")
    if not text.strip():
        raise FaultyItem(f"{name} is empty")
    return text


def _of_type(kind: type, name: str, value: Any, wanted: str) -> Any:
    if type(value) is not kind:
        raise FaultyItem(f"{name} = {value!r}: {wanted} is wanted")
    return value
