"""Answers that are right although they are not the key in another form, each from a rule."""

from __future__ import annotations

from itertools import combinations, product

from helpers.questions import Practice
from keys.registry import option
from keys.tables import chain
from keys.voices import NAMES


def as_a_bound(question: Practice) -> list[str]:
    """The fewest who are a majority may be told as a bound."""
    fewest = int(question.key)
    return [f"at least {fewest}", f"more than {fewest - 1}"]


def below_the_whole(question: Practice) -> list[str]:
    """A whole that is just too large is the end of those that fit."""
    too_large = int(question.key)
    return [f"less than {too_large}", f"{too_large - 1}", f"at most {too_large - 1}"]


def in_percent(question: Practice) -> list[str]:
    """A factor may be told in percent."""
    return [f"{int(question.key) * 100}%"]


def with_or_without_the_unstated(question: Practice) -> list[str]:
    """A chain of voices may leave out those that the text does not state."""
    agents = chain("B29.1", part="3")
    unstated = [agent for agent in agents if agent.endswith("?")]
    found = []
    for count in range(len(unstated) + 1):
        for left_out in combinations(unstated, count):
            told = [agent for agent in agents if agent not in left_out]
            found.append(" ".join(option(question, NAMES[agent]) for agent in told))
    return found


def parts_of_the_key(question: Practice, least: int) -> list[str]:
    signs = question.key.split()
    found = []
    for count in range(least, len(signs)):
        found += [" ".join(some) for some in combinations(signs, count)]
    return found


def any_two(question: Practice) -> list[str]:
    """The question asks for at least two of them."""
    return parts_of_the_key(question, 2)


def any_one(question: Practice) -> list[str]:
    """The question asks for at least one of them."""
    return parts_of_the_key(question, 1)


def where_labels_shade(question: Practice) -> list[dict[str, str]]:
    """Labels that shade into each other, as the explanation says: plan and promise, and so on."""
    shades = {
        "E4.5": {"b": ("instruction", "plan"), "c": ("promise", "plan"), "f": ("plan", "promise")},
        "E6.8": {"b": ("limit", "target"), "d": ("forecast", "target")},
        "E7.6": {"c": ("promised", "planned"), "g": ("target", "planned")},
    }
    allowed = shades[question.id]
    found = []
    for labels in product(*allowed.values()):
        signs = [option(question, label) for label in labels]
        found.append({**question.key, **dict(zip(allowed, signs, strict=True))})
    return found


ALSO_RIGHT = {
    "E2.3": with_or_without_the_unstated,
    "E3.5": any_two,
    "E4.5": where_labels_shade,
    "E5.1": as_a_bound,
    "E5.3": below_the_whole,
    "E6.3": in_percent,
    "E6.8": where_labels_shade,
    "E7.6": where_labels_shade,
    "E8.4": any_one,
}
