"""Nothing decides before the learner: an open part of a lesson does not print a question's key."""

from __future__ import annotations

import tomllib

import pytest
from course import LESSONS, QUESTIONS, ROOT, SETS, label, number_of
from printed import printed_in

from helpers.questions import Practice

LIST = ROOT / "tests/answered_on_the_page.toml"
KNOWN = tomllib.loads(LIST.read_text(encoding="utf-8"))
ASKED = []
for path in LESSONS:
    for question in SETS[number_of(path)].questions.values():
        if isinstance(question, Practice):
            ASKED.append(pytest.param(path, question, id=question.id))


@pytest.mark.parametrize(("path", "question"), ASKED)
def test_no_open_part_of_a_lesson_prints_the_key(path: object, question: Practice) -> None:
    cells = printed_in(path, question)
    if question.id in KNOWN:
        assert cells, f"{question.id} is no longer answered on its page: strike it in {LIST.name}."
    else:
        where = f"{label(path)}, cell {', '.join(dict.fromkeys(cells))}"
        assert not cells, f"{where} prints the key of {question.id}: fold it, or ask another."


def test_every_exemption_has_its_question_and_its_reason() -> None:
    for id, reason in KNOWN.items():
        assert id in QUESTIONS, f"{LIST.name}: there is no question {id}."
        assert reason.strip(), f"{LIST.name}: {id} has no reason."
