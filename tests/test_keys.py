"""Keys are computed wherever the tables can compute them, and are not typed from memory."""

from __future__ import annotations

import pytest
from asked import JUDGED
from keys import marks, numbers, plans, voices  # noqa: F401  each adds its rules
from keys.also_right import ALSO_RIGHT
from keys.by_reading import BY_READING
from keys.registry import RULES


@pytest.mark.parametrize("id", RULES)
def test_the_key_is_what_the_tables_say(id: str) -> None:
    question = JUDGED[id]
    computed = question.read_key(RULES[id](question))
    key = question.read_key(question.key)
    assert question.same(key, computed), f"{id}: key = {question.key!r}, the tables say {computed}."


@pytest.mark.parametrize("id", JUDGED)
def test_what_passes_beside_the_key_is_the_same_or_right_by_a_rule(id: str) -> None:
    question = JUDGED[id]
    key = question.read_key(question.key)
    accepted = [question.read_key(form) for form in question.accept]
    others = [value for value in accepted if not question.same(value, key)]
    allowed = ALSO_RIGHT[id](question) if id in ALSO_RIGHT else []
    right = [question.read_key(form) for form in allowed]
    unexpected = [value for value in others if value not in right]
    assert unexpected == [], f"{id} accepts {unexpected}: say by which rule, in keys/also_right.py."
    missing = [value for value in right if value not in [key, *accepted]]
    assert missing == [], f"{id} does not accept {missing}, and by its rule it must."


def test_every_key_is_computed_or_said_to_rest_on_reading() -> None:
    assert not RULES.keys() & BY_READING, "Computed, so take it from keys/by_reading.py."
    known = {*RULES, *BY_READING}
    assert JUDGED.keys() - known == set(), "Work out its key in tests/keys, or say why not."
    assert known - JUDGED.keys() == set(), "There is no such question any more."
