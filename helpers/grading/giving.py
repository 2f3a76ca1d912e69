"""Give points and a comment for one text, as formgrader does, from any other page for marking."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from helpers.authoring.messages import Problem
from helpers.authoring.sheets import cell_name
from helpers.grading.gradebook import COURSE

NOT_HANDED_IN = "{student} has handed in no {sheet} with {id}. Grade the file first."


def give(
    folder: Path,
    student: str,
    sheet_slug: str,
    question_id: str,
    points: float | None,
    comment: str,
) -> None:
    """Give points and a comment for the text that stands in a learner's sheet now.

    folder: where the class was graded. student: the id in marks.csv. The points count at once, also
    where those of an earlier text waited to be confirmed. points: None takes points back; those of
    an earlier text stay, and go on waiting. Raises Problem, or sqlite3.OperationalError when
    somebody else is writing.
    """
    from nbgrader.api import Gradebook, MissingEntry
    from sqlalchemy.exc import OperationalError

    place = (cell_name(question_id, "answer"), sheet_slug, sheet_slug, student)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}", COURSE) as book:
        try:
            _set_points(book.find_grade(*place), points)
            book.find_comment(*place).manual_comment = comment or None
            book.db.commit()
        except MissingEntry:
            line = NOT_HANDED_IN.format(student=student, sheet=sheet_slug, id=question_id)
            raise Problem(line) from None
        except OperationalError as error:
            raise error.orig from None


def _set_points(grade: Any, points: float | None) -> None:
    of_earlier_text = grade.manual_score is not None and grade.needs_manual_grade
    if points is None and of_earlier_text:
        return
    grade.manual_score = points
    grade.needs_manual_grade = points is None
