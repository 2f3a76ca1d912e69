"""What readers gave for texts. A mark belongs to a learner, a sheet, a question and a text.

Readers write into nbgrader's tables, as formgrader does. `take_in` copies what they wrote, with the
text that it was written for, into a table of ours, where it stays. `lay_out` goes the other way:
after a notebook was entered, nbgrader's tables get what is kept for the text that stands in it now.

A mark of an earlier text is laid out as a score that nbgrader's autograder would have given:
formgrader then shows it in the box in grey, and whatever is typed there, the same number included,
is saved. (A browser tells formgrader nothing of a number that is typed over the same number.)
"""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from helpers.authoring.sheets import question_of

NBGRADERS = """
SELECT submitted_assignment.student_id, assignment.name, base_cell.name, grade.id,
    grade.manual_score, grade.auto_score, grade.needs_manual_grade,
    comment.id, comment.manual_comment, grade.extra_credit
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id AND base_cell.name NOT LIKE '%-test'
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
LEFT JOIN comment ON comment.notebook_id = grade.notebook_id AND comment.cell_id IN (
    SELECT same.id FROM base_cell AS same
    WHERE same.name = base_cell.name AND same.notebook_id = base_cell.notebook_id
)
"""
OF_A_SHEET = "WHERE submitted_assignment.student_id = ? AND assignment.name = ?"
READ_THERE = (
    *("grade", "comment", "base_cell", "assignment"),
    *("submitted_assignment", "submitted_notebook"),
)
TABLES_THERE = "SELECT name FROM sqlite_master WHERE type = 'table'"
TEXTS = "SELECT student, sheet, question, said FROM course_answer"
MARKS = """
SELECT student, sheet, question, text_digest, text, points, comment, taken_back FROM course_mark
"""
KEEP = "INSERT OR REPLACE INTO course_mark VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
SET_GRADE = """
UPDATE grade SET manual_score = ?, auto_score = ?, needs_manual_grade = ? WHERE id = ?
"""
ASK_AGAIN = "UPDATE grade SET needs_manual_grade = 1 WHERE id = ?"
SET_COMMENT = "UPDATE comment SET manual_comment = ? WHERE id = ?"
NOT_KNOWN = ""  # in place of the digest of a text that was marked before texts were kept

# The automatic score of a text that was entered a moment ago, and has never been seen by a reader.
FRESH = -1.0

Key = tuple[str, str, str]  # student, sheet, question


@dataclass(frozen=True)
class Mark:
    """What a reader gave for a text. points: None where there is a comment alone.

    taken_back: whether the reader has emptied the box since; such a mark is kept and not shown.
    """

    digest: str
    text: str
    points: float | None
    comment: str
    taken_back: bool = False

    @property
    def stands(self) -> bool:
        """Whether it has points that nobody took back."""
        return self.points is not None and not self.taken_back


@dataclass(frozen=True)
class Points:
    """What is known of the points for a text. points: None until a reader gave some.

    waits: whether the text is to be marked. earlier: whether the points are of an earlier text, and
    so don't count until a reader confirms them.
    """

    points: float | None = None
    waits: bool = False
    comment: str = ""
    earlier: bool = False

    @property
    def counted(self) -> float | None:
        """The points that count now."""
        return None if self.waits or self.earlier else self.points


@dataclass(frozen=True)
class Box:
    """What nbgrader holds of a text: scores, whether it waits, a comment, and extra credit."""

    key: Key
    grade: str
    manual: float | None
    auto: float | None
    waits: bool
    comment_id: str | None
    comment: str
    extra: float

    @property
    def is_given(self) -> bool:
        """Whether a reader's points stand in it."""
        return self.manual is not None and not self.waits

    @property
    def is_emptied(self) -> bool:
        """Whether it looks as formgrader leaves a box out of which the points were taken."""
        return self.manual is None and self.auto is None and self.waits


class KeptMarks:
    """The marks in one gradebook."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def take_in(self) -> None:
        """Copy what readers wrote in nbgrader's tables since the last time. Commits nothing.

        A run that was stopped early leaves some of these tables: nobody has written in them.
        """
        there = {name for (name,) in self._database.execute(TABLES_THERE)}
        if not there.issuperset(READ_THERE):
            return
        texts = {row[:3]: row[3] for row in self._database.execute(TEXTS)}
        marks = self._all()
        changed = []
        passed_by = []
        for box in self._boxes(NBGRADERS):
            if box.key in texts and box.auto != FRESH:
                known = marks.get(box.key, [])
                mark = _written_in(box, texts[box.key], known)
                changed += [_row(box.key, mark)] if mark else []
                passed_by += [(box.grade,)] if _is_passed_by(box, texts[box.key], known) else []
        self._database.executemany(KEEP, changed)
        self._database.executemany(ASK_AGAIN, passed_by)

    def keep(self, key: Key, mark: Mark) -> None:
        """Keep a mark in place of another one of the same text. Commits nothing."""
        self._database.execute(KEEP, _row(key, mark))

    def of(self, student: str, sheet: str) -> dict[str, list[Mark]]:
        """The marks of one learner's sheet by question, the last given last."""
        found: dict[str, list[Mark]] = {}
        for key, marks in self._all("WHERE student = ? AND sheet = ?", student, sheet).items():
            found[key[2]] = marks
        return found

    def extra_credit(self, student: str, sheet: str) -> dict[str, float]:
        """What stands in formgrader's box for extra credit, by question, where it is not 0."""
        boxes = self._boxes(NBGRADERS + OF_A_SHEET, student, sheet)
        return {box.key[2]: box.extra for box in boxes if box.extra}

    def points(self, student: str, sheet: str, texts: Mapping[str, str]) -> dict[str, Points]:
        """What is known of the points for a learner's texts, by question, in their order."""
        marks = self.of(student, sheet)
        found = {}
        for question, text in texts.items():
            found[question] = points_for(text, marks.get(question, []))
        return found

    def lay_out(self, student: str, sheet: str, texts: Mapping[str, str]) -> None:
        """Set nbgrader's tables by what is kept for a learner's texts. Commits nothing.

        texts: by question. A question without one counts as not answered.
        """
        marks = self.of(student, sheet)
        for box in self._boxes(NBGRADERS + OF_A_SHEET, student, sheet):
            question = box.key[2]
            text = texts.get(question, "")
            known = marks.get(question, [])
            wanted = (*_scores(points_for(text, known)), box.grade)
            self._database.execute(SET_GRADE, wanted)
            comment = _comment(text, known)
            if comment is not None:
                self._database.execute(SET_COMMENT, (comment or None, box.comment_id))

    def _boxes(self, query: str, *values: str) -> Iterator[Box]:
        rows = self._database.execute(query, values).fetchall()
        for student, sheet, cell, grade, manual, auto, waits, comment_id, comment, extra in rows:
            key = (student, sheet, question_of(cell))
            scores = (grade, manual, auto, bool(waits))
            yield Box(key, *scores, comment_id, comment or "", extra or 0.0)

    def _all(self, where: str = "", *values: str) -> dict[Key, list[Mark]]:
        found: dict[Key, list[Mark]] = {}
        for row in self._database.execute(f"{MARKS} {where} ORDER BY rowid", values):
            student, sheet, question, digest, text, points, comment, taken_back = row
            mark = Mark(digest, text, points, comment, bool(taken_back))
            found.setdefault((student, sheet, question), []).append(mark)
        return found


def digest_of(text: str) -> str:
    """The same for each way to break a text into lines."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def points_for(text: str, marks: Sequence[Mark]) -> Points:
    """What is known of the points for a text, from all marks of its question."""
    own = _mark_of(text, marks)
    comment = own.comment if own else ""
    if own and own.stands:
        return Points(own.points, comment=comment)
    others = [mark for mark in marks if mark.stands]
    if others:
        last = others[-1]
        return Points(last.points, True, comment or last.comment, earlier=True)
    return Points(None, bool(text), comment)


def _mark_of(text: str, marks: Sequence[Mark]) -> Mark | None:
    digest = digest_of(text)
    return next((mark for mark in marks if mark.digest == digest), None)


def _written_in(box: Box, text: str, marks: Sequence[Mark]) -> Mark | None:
    """What a reader wrote in a box since it was last looked at, or None."""
    own = _mark_of(text, marks)
    fresh = Mark(digest_of(text), text, None, box.comment)
    written: Mark | None = None
    if box.is_given:
        written = replace(own or fresh, points=box.manual, comment=box.comment, taken_back=False)
    elif own:
        taken_back = own.taken_back or (own.stands and box.is_emptied)
        written = replace(own, comment=box.comment, taken_back=taken_back)
    elif box.manual is not None and not marks:
        written = replace(fresh, digest=NOT_KNOWN, text="", points=box.manual)
    elif box.comment and all(mark.comment != box.comment for mark in marks):
        written = fresh
    return None if written == own else written


def _is_passed_by(box: Box, text: str, marks: Sequence[Mark]) -> bool:
    """Whether a reader only went on to the next text by the keyboard, past points in grey.

    Formgrader saves the box then as it stands, and takes the grey points for confirmed.
    """
    return box.manual is None and not box.waits and points_for(text, marks).earlier


def _scores(points: Points) -> tuple[float | None, float | None, bool]:
    """nbgrader's manual score, its automatic score, and whether the text waits."""
    if points.earlier:
        return None, points.points, True
    if points.points is not None:
        return points.points, None, False
    return None, None if points.waits else 0.0, points.waits


def _comment(text: str, marks: Sequence[Mark]) -> str | None:
    """The comment to show beside a text; None where nothing is known of one."""
    own = _mark_of(text, marks)
    if own:
        return own.comment
    return marks[-1].comment if marks else None


def _row(key: Key, mark: Mark) -> tuple[object, ...]:
    return (*key, mark.digest, mark.text, mark.points, mark.comment, int(mark.taken_back))
