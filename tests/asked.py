"""The questions by what is done with an answer: judged by its key, or read by a person."""

from __future__ import annotations

import re

from course import QUESTIONS

from helpers.questions import Practice, Text

JUDGED = {id: question for id, question in QUESTIONS.items() if isinstance(question, Practice)}
TEXTS = {id: question for id, question in QUESTIONS.items() if isinstance(question, Text)}
MISREADING = re.compile(r"\bM\d{1,2}\b")  # its code, which no learner sees; «M/B» is none
