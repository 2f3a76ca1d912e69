"""The table of marks for a learning platform: a row for each file that was handed in."""

from __future__ import annotations

from collections.abc import Mapping

from helpers.feedback import ANSWERED, RIGHT
from helpers.grading.hiding import Hiding
from helpers.grading.kept_marks import Points
from helpers.grading.lines_on_marks import lines_on_marks
from helpers.grading.naming import lateness
from helpers.grading.records import GRADED, FileRecord, Records
from helpers.grading.sheet import Sheet
from helpers.grading.spreadsheet import as_csv
from helpers.questions import Text

COLUMNS = [
    "student",
    "name",
    "exercises",
    "status",
    "late",
    "practice answered",
    "practice questions",
    "practice right",
    "points for texts",
    "of",
    "points by text",
    "texts to be marked",
    "file",
    "note",
]


def table_of_marks(records: Records, sheets: Mapping[str, Sheet]) -> str:
    """The table as CSV, without names where codes stand for them. sheets: by slug."""
    hiding = Hiding(records)
    lines: list[list[object]] = [[*COLUMNS]]
    for record in records.files():
        marks: list[object] = [""] * 7
        notes = [record.note] if record.note else []
        sheet = sheets.get(record.sheet)
        if record.status == GRADED and sheet is not None:
            marks = [*_practice(records, record, sheet), *_texts(records, record, sheet)]
            notes += lines_on_marks(records, record, sheet)
        late = lateness(record.file)
        begin = [record.student, record.name, record.sheet, record.status, late]
        lines.append([*begin, *marks, hiding.path(record), hiding.note(" ".join(notes))])
    return as_csv(lines)


def _practice(records: Records, record: FileRecord, sheet: Sheet) -> list[int]:
    """How many practice questions were answered, how many there are, how many were right."""
    verdicts = []
    for answer in records.answers(record.student, record.sheet):
        if answer.question in sheet.questions.practice:
            verdicts.append(answer.verdict)
    answered = sum(verdict in ANSWERED for verdict in verdicts)
    return [answered, len(verdicts), verdicts.count(RIGHT)]


def _texts(records: Records, record: FileRecord, sheet: Sheet) -> list[object]:
    """Points for texts, of how many, each text's own, and how many texts wait for a reader."""
    texts = sheet.questions.texts
    given = records.points(record.student, record.sheet)
    known = {id: given.get(id, Points()) for id in texts}
    total = sum(one.counted or 0 for one in known.values())
    most = sum(text.points for text in texts.values())
    by_text = [_points(texts[id], one) for id, one in known.items()]
    waiting = sum(one.waits for one in known.values())
    return [total, most, "; ".join(by_text), waiting]


def _points(text: Text, given: Points) -> str:
    marked = "not marked"
    if given.counted is not None:
        marked = f"{given.counted:g}"
    if given.earlier:
        marked = f"not marked (an earlier text: {given.points:g})"
    return f"{text.id}: {marked} of {text.points}"
