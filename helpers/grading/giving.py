"""Give points and a comment for one text, as formgrader does, from any other page for marking."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.kept_marks import Mark, digest_of
from helpers.grading.records import Records
from helpers.grading.schema import refuse_another_edition
from helpers.questions import Text, all_questions

NO_GRADEBOOK = "{folder} has no gradebook. Grade a class first: python3 -m helpers grade FOLDER."
NO_TEXT = "{id} asks for no text, so it has no points to give."
NOT_HANDED_IN = "{student} has handed in no {sheet} with {id}. Grade the file first."
OUT_OF_RANGE = "{id} gives points from 0 to {most}; {points:g} cannot be given."


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
    where those of an earlier text waited to be confirmed. points: None takes points back, and
    leaves the comment. Formgrader shows the same as if they had been given there. Raises Problem.
    """
    _check(question_id, points)
    file = folder / "gradebook.db"
    if not file.exists():
        raise Problem(NO_GRADEBOOK.format(folder=folder))
    refuse_another_edition(file)
    records = Records(file)
    try:
        _give(records, (student, sheet_slug, question_id), points, comment)
    finally:
        records.close()


def _check(id: str, points: float | None) -> None:
    question = all_questions().get(id)
    if not isinstance(question, Text):
        raise Problem(NO_TEXT.format(id=id))
    if points is not None and not 0 <= points <= question.points:
        raise Problem(OUT_OF_RANGE.format(id=id, most=question.points, points=points))


def _give(records: Records, key: tuple[str, str, str], points: float | None, comment: str) -> None:
    student, sheet, id = key
    records.take_in_marks()
    texts = records.texts(student, sheet)
    if id not in texts:
        raise Problem(NOT_HANDED_IN.format(student=student, sheet=sheet, id=id))
    text = texts[id]
    mark = Mark(digest_of(text), text, points, comment)
    if points is None:
        known = records.marks.of(student, sheet).get(id, [])
        own = next((one for one in known if one.digest == mark.digest), mark)
        mark = replace(own, comment=comment, taken_back=own.points is not None)
    with records.database:
        records.marks.keep(key, mark)
        records.marks.lay_out(student, sheet, texts)
