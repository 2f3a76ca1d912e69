"""What a gradebook says of a class: how files ended, every practice answer, the marks of texts.

Reads the file `gradebook.db` that `python3 -m helpers grade` fills, and changes nothing in it.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from helpers.authoring.sheets import question_of
from helpers.feedback import NOT_YET
from helpers.grading.marking import WRITTEN
from helpers.grading.schema import only_to_read, refuse_another_edition
from helpers.questions import Practice, Text, all_questions
from helpers.questions.question import UNNAMED

LEVELS = 4  # of a rubric
FILES = "SELECT sheet, status, COUNT(*) FROM course_file GROUP BY sheet, status"
ANSWERS = """
SELECT student, question, verdict, misreading, tries FROM course_answer
WHERE sheet LIKE ? ORDER BY rowid
"""
TEXTS = """
SELECT base_cell.name, grade.manual_score, grade.needs_manual_grade FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
WHERE base_cell.name LIKE ? AND base_cell.name NOT LIKE '%-test'
"""
WRITTEN_TEXTS = "SELECT question FROM course_answer WHERE verdict = ?"


@dataclass(frozen=True)
class Result:
    """One practice answer. tries: what the wrong ones before it showed; None if not known."""

    student: str
    question: str
    verdict: str
    misreading: str
    tries: list[str] | None

    @property
    def shown(self) -> list[str]:
        """The codes of the misreadings that it showed, on the way and at the end."""
        on_the_way = list(self.tries or [])
        if self.verdict == NOT_YET:
            return [*on_the_way, self.misreading or UNNAMED]
        return on_the_way


@dataclass
class TextMarks:
    """How the texts of one question were marked. levels: how many texts reached each, from 1.

    handed_in: how many learners handed in the sheet. written: how many of them wrote a text.
    """

    levels: Counter[int] = field(default_factory=Counter)
    handed_in: int = 0
    written: int = 0

    @property
    def waiting(self) -> int:
        """How many texts are not marked yet."""
        return self.written - self.levels.total()


def count_files(book: Path) -> dict[str, Counter[str]]:
    """How many files of each sheet ended in each way, by the sheet's slug. Raises Problem."""
    counted: dict[str, Counter[str]] = {}
    for sheet, status, count in _ask(book, FILES):
        counted.setdefault(sheet, Counter())[status] = count
    return counted


def practice_results(book: Path, number: str) -> list[Result]:
    """Every practice answer of a sheet, by the number of its lesson. Raises Problem."""
    questions = all_questions()
    results = []
    rows = _ask(book, ANSWERS, f"{number.zfill(2)}-%")
    for student, question, verdict, misreading, tries in rows:
        result = Result(student, question, verdict, misreading, json.loads(tries))
        if isinstance(questions.get(result.question), Practice):
            results.append(result)
    return results


def text_marks(book: Path, number: str) -> dict[str, TextMarks]:
    """How the texts of a sheet were marked, by question. Raises Problem.

    Points become levels: each quarter of the full points is one, rounded to the nearest.
    """
    found: dict[str, TextMarks] = {}
    for cell, score, waits in _ask(book, TEXTS, f"E{int(number)}-%"):
        question = all_questions()[question_of(cell)]
        marks = found.setdefault(question.id, TextMarks())
        marks.handed_in += 1
        if isinstance(question, Text) and score is not None and not waits:
            level = round(LEVELS * score / question.points)
            marks.levels[min(LEVELS, max(1, level))] += 1
    for (id,) in _ask(book, WRITTEN_TEXTS, WRITTEN):
        if id in found:
            found[id].written += 1
    return dict(sorted(found.items()))


def _ask(book: Path, question: str, *values: str) -> list[Any]:
    """Rows of a gradebook; none where there is no gradebook. Raises Problem."""
    if not book.exists():
        return []
    refuse_another_edition(book)
    database = only_to_read(book)
    try:
        return database.execute(question, values).fetchall()
    except sqlite3.OperationalError:  # a gradebook of nbgrader's that was never graded into
        return []
    finally:
        database.close()
