"""Which rule works out which key. A rule takes a question and gives the key that the tables ask."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from helpers.questions import Practice

Rule = Callable[[Practice[Any]], object]
RULES: dict[str, Rule] = {}


def key_of(*ids: str) -> Callable[[Rule], Rule]:
    """Say of which questions the function below works out the key."""

    def remember(rule: Rule) -> Rule:
        for id in ids:
            assert id not in RULES, f"The key of {id} is worked out twice."
            RULES[id] = rule
        return rule

    return remember


def signs_of(question: Practice[Any], *words: str) -> list[str]:
    """The signs of the options in which all these words stand, each whole."""
    options = question.choices[-1]
    return [sign for sign, said in options.items() if all(stands_in(said, part) for part in words)]


def stands_in(said: str, words: str) -> bool:
    """Whether words stand in a text and begin no longer word, nor end one."""
    return bool(re.search(rf"(?<!\w){re.escape(words)}(?!\w)", said))


def option(question: Practice[Any], *words: str) -> str:
    """The sign of the one option in which all these words stand."""
    found = signs_of(question, *words)
    wanted = " and ".join(f"“{word}”" for word in words)
    assert len(found) == 1, f"{question.id}: options with {wanted}: {found or 'none'}."
    return found[0]


def pairs(question: Practice[Any], rule: Callable[[str], str]) -> dict[str, str]:
    """For each snippet of a question the sign that a rule gives it."""
    snippets = question.choices[0]
    return {sign: rule(snippet) for sign, snippet in snippets.items()}
