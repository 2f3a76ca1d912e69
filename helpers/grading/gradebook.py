"""The gradebook: nbgrader's own, so that formgrader, `nbgrader export` and feedback work with it, and beside it in the same
file three tables of ours, with what nbgrader has no place for: how each file ended, what each answer showed, and which cells a set had.
"""

from __future__ import annotations

import copy
import json
import os
import sqlite3
import sys
import warnings
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from helpers.commands.release import question_of, through
from helpers.feedback import misreadings
from helpers.grading.marking import ANSWERED, WRITTEN, Answer, ExerciseSet, Marked

TABLES = """
CREATE TABLE IF NOT EXISTS course_file (file TEXT PRIMARY KEY, student TEXT, name TEXT, exercises TEXT, digest TEXT, status TEXT, note TEXT);
CREATE TABLE IF NOT EXISTS course_answer (student TEXT, exercises TEXT, question TEXT, verdict TEXT, misreading TEXT, tries TEXT, said TEXT,
    told TEXT, PRIMARY KEY (student, exercises, question));
CREATE TABLE IF NOT EXISTS course_set (exercises TEXT PRIMARY KEY, made TEXT);
"""
WAITS = "No response."  # nbgrader's own words for what was not answered
GRADED, NOT_GRADED, LEFT_OUT = "graded", "not graded", "left out"


class Points(NamedTuple):
    """What a reader gave for a text. points: None until then; waits: whether it is still to be marked."""

    points: float | None
    waits: bool
    comment: str


class Gradebook:
    """One file, `gradebook.db`, in the folder where the class is graded. Use it in a `with`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / "gradebook.db"
        self.url = f"sqlite:///{self.file}"
        self._nbgrader, self._cells = None, []
        if not self.file.exists():
            self._open()  # so that nbgrader writes down which version of its tables this is
        self.own = sqlite3.connect(self.file)
        self.own.executescript(TABLES)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.own.close()
        if self._nbgrader:
            self._nbgrader.close()

    def has(self, file: str, digest: str) -> bool:
        """Whether this content of this file was dealt with before."""
        return self.own.execute("SELECT 1 FROM course_file WHERE file = ? AND digest = ?", (file, digest)).fetchone() is not None

    def note(self, file: str, student: str, name: str, exercises: str, digest: str, status: str, note: str) -> None:
        """Write down how a file ended. Written last, so that what was interrupted is done again."""
        with self.own:
            if status == GRADED:
                self.own.execute("DELETE FROM course_file WHERE student = ? AND exercises = ? AND status = ?", (student, exercises, GRADED))
            self.own.execute("INSERT OR REPLACE INTO course_file VALUES (?, ?, ?, ?, ?, ?, ?)",
                             (file, student, name, exercises, digest, status, note))

    def files(self) -> list[tuple[str, ...]]:
        """(file, student, name, exercises, status, note) of everything that was handed in."""
        return self.own.execute("SELECT file, student, name, exercises, status, note FROM course_file ORDER BY exercises, student, file").fetchall()

    def answers(self, student: str, exercises: str) -> list[Answer]:
        """What was answered in one notebook, texts included, in the order of the questions."""
        rows = self.own.execute("SELECT question, verdict, misreading, tries, said, told FROM course_answer "
                                "WHERE student = ? AND exercises = ? ORDER BY rowid", (student, exercises))
        return [Answer(*row[:3], json.loads(row[3]), row[4], json.loads(row[5])) for row in rows]

    def points(self, student: str, exercises: str) -> dict[str, Points]:
        """What a reader gave in formgrader for each text."""
        rows = self.own.execute(
            "SELECT base_cell.name, grade.manual_score, grade.needs_manual_grade, comment.manual_comment "
            "FROM grade JOIN base_cell ON base_cell.id = grade.cell_id "
            "JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id "
            "JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id "
            "JOIN assignment ON assignment.id = submitted_assignment.assignment_id "
            "LEFT JOIN comment ON comment.notebook_id = grade.notebook_id AND comment.cell_id IN (SELECT same.id FROM base_cell AS same "
            "WHERE same.name = base_cell.name AND same.notebook_id = base_cell.notebook_id) "
            "WHERE submitted_assignment.student_id = ? AND assignment.name = ?", (student, exercises)).fetchall()
        return {question_of(name): Points(score, bool(waits), comment or "")
                for name, score, waits, comment in rows if not name.endswith("-test")}

    def prepare(self, sets: list[ExerciseSet]) -> None:
        """Tell nbgrader of the cells of these sets, when they are new or were changed."""
        from nbgrader.api import BaseCell
        from nbgrader.preprocessors import SaveCells
        self._open()
        for exercises in sets:
            made = json.dumps(exercises.book, sort_keys=True)
            if self.own.execute("SELECT 1 FROM course_set WHERE exercises = ? AND made = ?", (exercises.slug, made)).fetchone():
                continue
            self._nbgrader.update_or_create_assignment(exercises.slug)
            through(copy.deepcopy(exercises.book), SaveCells, notebook=exercises.slug, assignment=exercises.slug, db_url=self.url)
            with self.own:
                self.own.execute("INSERT OR REPLACE INTO course_set VALUES (?, ?)", (exercises.slug, made))
        self._nbgrader.db.expire_all()
        # the cells are the same for every learner: read once and kept, or each submission would ask for each of them again
        self._cells = self._nbgrader.db.query(BaseCell).all()

    def _collected(self, student: str, exercises: str) -> datetime | None:
        """When nbgrader collected a notebook; formgrader takes a result for outdated that bears another time."""
        from nbgrader.utils import parse_utc
        stamp = self.file.parent / "submitted" / student / exercises / "timestamp.txt"
        try:
            return parse_utc(stamp.read_text(encoding="utf-8").strip())
        except (OSError, ValueError, OverflowError):  # no exchange, or a stamp that somebody made up
            return None

    def _open(self) -> None:
        from nbgrader.api import Gradebook as NbgraderGradebook
        from sqlalchemy.exc import SAWarning
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # nbgrader calls alembic by name
        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own way of adding a submission
        self._nbgrader = self._nbgrader or NbgraderGradebook(self.url, "one-day-of-a-journal")
        self._nbgrader.db().expire_on_commit = False

    def enter(self, student: str, name: str, exercises: ExerciseSet, marked: Marked) -> None:
        """Enter what the machine can say of a notebook. What a reader gave before is kept, and asked to be looked at again."""
        try:
            self._enter(student, name, exercises, marked)
        except Exception:
            self._nbgrader.db.rollback()
            raise
        with self.own:
            self.own.execute("DELETE FROM course_answer WHERE student = ? AND exercises = ?", (student, exercises.slug))
            self.own.executemany("INSERT INTO course_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?)", [
                (student, exercises.slug, *one[:3], json.dumps(one.tries), one.said, json.dumps(one.told)) for one in marked.answers])

    def _enter(self, student: str, name: str, exercises: ExerciseSet, marked: Marked) -> None:
        book = self._nbgrader
        book.update_or_create_student(student, first_name="", last_name=name)
        (notebook,) = book.update_or_create_submission(exercises.slug, student, timestamp=self._collected(student, exercises.slug)).notebooks
        answers = {one.question: one for one in marked.answers}
        for grade in notebook.grades:
            one = answers[question_of(grade.cell.name)]
            if one.verdict == WRITTEN:
                grade.auto_score, grade.needs_manual_grade = None, True
            else:
                grade.auto_score, grade.needs_manual_grade = float(one.verdict in ANSWERED), grade.manual_score is not None
        for comment in notebook.comments:
            one = answers[question_of(comment.cell.name)]
            named = misreadings().get(one.misreading)
            comment.auto_comment = WAITS if one.verdict == "empty" else f"Not yet: {named}." if named else None
        book.db.commit()

