"""What an instructor is told of marks that do not count: a text changed, or a question went.

The same lines are printed and stand in the note of marks.csv.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from helpers.grading.kept_marks import Mark, points_for
from helpers.grading.records import FileRecord, Records
from helpers.grading.sheet import Sheet

CONFIRM = (
    'To confirm the points, press "Confirm {points:g} points" beside the text in Texts of a Class, '
    "or type {points:g} into its box in Formgrader; to change them, type others."
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
EXTRA = (
    "{id}: {extra:g} points stand in Formgrader's box for extra credit. Only Formgrader counts "
    "them: a text gives the points of its rubric."
)
FOR_READER = (
    "{points:g} points were given for an earlier text of this learner. To confirm them for this "
    "one, type {points:g} into the box; to change them, type others. A grey number does not count."
)


def lines_for_reader(
    texts: Mapping[str, str], marks: Mapping[str, Sequence[Mark]]
) -> dict[str, str]:
    """What stands above a text in formgrader, by question, where a mark is of an earlier one."""
    lines = {}
    for id, text in texts.items():
        points = points_for(text, marks.get(id, []))
        if points.earlier:
            lines[id] = FOR_READER.format(points=points.points)
    return lines


def lines_on_marks(records: Records, record: FileRecord, sheet: Sheet) -> list[str]:
    """The lines on the marks of one graded notebook."""
    asked = sheet.questions.texts
    texts = records.texts(record.student, record.sheet)
    marks = records.marks.of(record.student, record.sheet)
    lines: list[str] = []
    for id, known in marks.items():
        if id in asked:
            lines += _of_earlier_text(id, texts.get(id, ""), known)
        else:
            lines += _not_asked(id, known)
    extra = records.marks.extra_credit(record.student, record.sheet)
    for id in sorted(extra):
        lines.append(EXTRA.format(id=id, extra=extra[id]))
    return lines


def _of_earlier_text(id: str, text: str, marks: Sequence[Mark]) -> Iterator[str]:
    points = points_for(text, marks)
    if points.earlier:
        line = ANOTHER_TEXT if text else NO_TEXT_NOW
        yield (line + CONFIRM).format(id=id, points=points.points)


def _not_asked(id: str, marks: Sequence[Mark]) -> Iterator[str]:
    standing = [mark for mark in marks if mark.stands]
    for mark in standing[-1:]:
        yield NOT_ASKED.format(id=id, points=mark.points)
