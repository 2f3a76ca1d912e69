"""What an instructor is told of marks that do not count: a text changed, or a question went.

The same lines are printed and stand in the note of marks.csv.
"""

from __future__ import annotations

from collections.abc import Iterator

from helpers.grading.kept_marks import Mark, points_for
from helpers.grading.records import FileRecord, Records, texts_in
from helpers.grading.sheet import Sheet

CONFIRM = (
    "To confirm the points, type {points:g} into the text's box in Formgrader; "
    "to change them, type others."
)
ANOTHER_TEXT = "{id}: {points:g} points were given for an earlier text and do not count yet. "
NO_TEXT_NOW = (
    "{id}: {points:g} points were given for an earlier text and do not count yet; "
    "the notebook that counts now has no text there. "
)
NOT_ASKED = (
    "{id}: {points:g} points are kept, but this sheet does not ask {id} any more, so they do not "
    "count. They count again when the question is back in exercises/items."
)


def lines_on_marks(records: Records, record: FileRecord, sheet: Sheet) -> list[str]:
    """The lines on the marks of one graded notebook."""
    asked = sheet.questions.texts
    texts = texts_in(records.answers(record.student, record.sheet))
    marks = records.marks.of(record.student, record.sheet)
    lines: list[str] = []
    for id, known in marks.items():
        if id in asked:
            lines += _of_earlier_text(id, texts.get(id, ""), known)
        else:
            lines += _not_asked(id, known)
    return lines


def _of_earlier_text(id: str, text: str, marks: list[Mark]) -> Iterator[str]:
    points = points_for(text, marks)
    if points.earlier:
        line = ANOTHER_TEXT if text else NO_TEXT_NOW
        yield (line + CONFIRM).format(id=id, points=points.points)


def _not_asked(id: str, marks: list[Mark]) -> Iterator[str]:
    standing = [mark for mark in marks if mark.stands]
    for mark in standing[-1:]:
        yield NOT_ASKED.format(id=id, points=mark.points)
