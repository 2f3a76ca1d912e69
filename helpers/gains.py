"""What was gained: the same skills on documents not seen before, at the start and at the end."""

from __future__ import annotations

from helpers import tries
from helpers.display import View, notice, rows_and_columns
from helpers.questions import Question, question_sets

UNSEEN = "unseen: "  # begins the skill of a question on a document that the course does not teach
FIRST_ANSWER = {True: "right at once", False: "not at once", None: "not tried"}


def gained() -> View:
    """Your first answers to the questions on unseen documents, side by side by skill."""
    asked = _asked()
    starts = list(dict.fromkeys(number for by_lesson in asked.values() for number in by_lesson))
    rows = []
    for skill, by_lesson in asked.items():
        answers = [FIRST_ANSWER[tries.right_at_once(by_lesson[number].id)] for number in starts]
        rows.append([skill, *answers])
    headings = ["Skill", *(f"In notebook {number}" for number in starts)]
    table = rows_and_columns(rows, headings, "Your first answers on documents not seen before")
    counts = [_count(asked, number) for number in starts]
    return table + notice("At once:", f"{', '.join(counts)}. So few questions show a direction.")


def _asked() -> dict[str, dict[str, Question]]:
    """The questions on unseen documents: by skill, and by the number of their lesson."""
    found: dict[str, dict[str, Question]] = {}
    for number, one in question_sets().items():
        for question in one.questions.values():
            if question.skill.startswith(UNSEEN):
                skill = question.skill.removeprefix(UNSEEN)
                found.setdefault(skill, {})[number] = question
    return found


def _count(asked: dict[str, dict[str, Question]], number: str) -> str:
    """How many first answers of a lesson were right, of how many."""
    questions = [by_lesson[number] for by_lesson in asked.values() if number in by_lesson]
    right = [one for one in questions if tries.right_at_once(one.id)]
    return f"{len(right)} of {len(questions)} in notebook {number}"
