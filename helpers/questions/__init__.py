"""Questions: one class for each form, made from items that are checked as they load."""

from helpers.questions.fields import FaultyItem
from helpers.questions.items import (
    QuestionSet,
    all_questions,
    find_question,
    misreadings,
    question_sets,
)
from helpers.questions.plain import Unread, empty, plain
from helpers.questions.question import Distractor, Practice, Question, Text

__all__ = [
    "Distractor",
    "FaultyItem",
    "Practice",
    "Question",
    "QuestionSet",
    "Text",
    "Unread",
    "all_questions",
    "empty",
    "find_question",
    "misreadings",
    "plain",
    "question_sets",
]
