"""Answers that are right although they are not the key in another form, each from a rule."""

from __future__ import annotations

from itertools import combinations, product

from helpers.questions import Practice
from keys.registry import option
from keys.tables import chain
from keys.voices import NAMES


def as_the_least(question: Practice) -> list[str]:
    """The fewest may be told as a bound."""
    fewest = int(question.key)
    return [f"at least {fewest}", f"more than {fewest - 1}"]


def as_the_most(question: Practice) -> list[str]:
    """The largest number that fits may be told as a bound."""
    most = int(question.key)
    return [f"at most {most}", f"less than {most + 1}"]


def with_or_without_the_unstated(question: Practice) -> list[str]:
    """A chain of voices may leave out those that the text does not state."""
    agents = chain("B5.2", reading="2")
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


def any_one(question: Practice) -> list[str]:
    """The question asks for at least one of them."""
    return parts_of_the_key(question, 1)


def where_labels_shade(question: Practice) -> list[dict[str, str]]:
    """Labels that shade into each other, as the explanation says: plan and promise, and so on."""
    shades = {
        "E4.5": {
            "a": ("forecast", "evaluation"),
            "b": ("instruction", "plan", "promise"),
            "c": ("promise", "plan"),
            "f": ("plan", "promise", "forecast"),
        },
        "E6.8": {"c": ("limit", "target")},
        "E7.6": {"b": ("planned", "promised"), "d": ("promised", "planned")},
    }
    allowed = shades[question.id]
    found = []
    for labels in product(*allowed.values()):
        signs = [option(question, label) for label in labels]
        found.append({**question.key, **dict(zip(allowed, signs, strict=True))})
    return found


def without_a_rung_that_may_be_missing(question: Practice) -> list[str]:
    """Whom Kim had asked is not said: Nam Il may stand in the chain or not."""
    nam_il = option(question, "Nam Il")
    return [" ".join(sign for sign in question.key.split() if sign != nam_il)]


ALSO_RIGHT = {
    "N1.5": without_a_rung_that_may_be_missing,
    "E2.3": with_or_without_the_unstated,
    "E4.5": where_labels_shade,
    "E5.1": as_the_most,
    "E5.3": as_the_least,
    "E6.8": where_labels_shade,
    "E7.6": where_labels_shade,
    "E8.4": any_one,
}
