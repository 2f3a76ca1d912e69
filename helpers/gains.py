"""What was gained: the same skills on documents not seen before, at the start and at the end."""

from __future__ import annotations

from helpers import tries
from helpers.display import View, notice, rows_and_columns
from helpers.questions import Question, question_sets

UNSEEN = "unseen: "  # begins the skill of a question on a document that the course does not teach
FIRST_ANSWER = {True: "right at once", False: "not at once", None: "not tried"}


def gained() -> View:
    """Your first answers to the questions on unseen documents, side by side by skill."""
    rows: dict[str, list[str]] = {}
    headings = ["Skill"]
    counts = []
    for number, questions in _asked().items():
        headings.append(f"In notebook {number}")
        right = 0
        for question in questions:
            at_once = tries.right_at_once(question.id)
            right += bool(at_once)
            skill = question.skill.removeprefix(UNSEEN)
            rows.setdefault(skill, [skill]).append(FIRST_ANSWER[at_once])
        counts.append(f"{right} of {len(questions)} in notebook {number}")
    title = "Your first answers on documents not seen before"
    table = rows_and_columns(list(rows.values()), headings, title)
    few = "Few questions on each side: they show a direction at most, not a measure."
    return table + notice("At once:", f"{', '.join(counts)}. {few}")


def _asked() -> dict[str, list[Question]]:
    """The questions on unseen documents, by the number of their lesson: each skill once in each."""
    found: dict[str, list[Question]] = {}
    for number, one in question_sets().items():
        for question in one.questions.values():
            if question.skill.startswith(UNSEEN):
                found.setdefault(number, []).append(question)
    return found
