"""What nbgrader's gradebook has no place for: three tables of ours in the same file.

course_file: how each file that was handed in ended. course_answer: what each answer showed.
course_sheet: as which cells nbgrader knows a sheet.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from helpers.authoring.messages import Problem
from helpers.authoring.sheets import question_of
from helpers.grading.marking import Answer
from helpers.grading.reading import Written

VERSION = 2  # of these tables, as SQLite's user_version; nbgrader does not use that number
TABLES = f"""
CREATE TABLE IF NOT EXISTS course_file (
    file TEXT PRIMARY KEY, student TEXT, name TEXT, sheet TEXT, digest TEXT, status TEXT, note TEXT
);
CREATE TABLE IF NOT EXISTS course_answer (
    student TEXT, sheet TEXT, question TEXT, verdict TEXT, said TEXT, misreading TEXT, tries TEXT,
    answer TEXT, problem TEXT, PRIMARY KEY (student, sheet, question)
);
CREATE TABLE IF NOT EXISTS course_sheet (sheet TEXT PRIMARY KEY, made TEXT);
PRAGMA user_version = {VERSION};
"""
POINTS = """
SELECT base_cell.name, grade.manual_score, grade.needs_manual_grade, comment.manual_comment
FROM grade
JOIN base_cell ON base_cell.id = grade.cell_id
JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
JOIN submitted_assignment ON submitted_assignment.id = submitted_notebook.assignment_id
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
LEFT JOIN comment ON comment.notebook_id = grade.notebook_id AND comment.cell_id IN (
    SELECT same.id FROM base_cell AS same
    WHERE same.name = base_cell.name AND same.notebook_id = base_cell.notebook_id
)
WHERE submitted_assignment.student_id = ? AND assignment.name = ?
"""
KEEP_FILE = """
INSERT OR REPLACE INTO course_file
VALUES (:file, :student, :name, :sheet, :digest, :status, :note)
"""
KEEP_ANSWER = "INSERT INTO course_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
GRADED, NOT_GRADED, LEFT_OUT = "graded", "not graded", "left out"  # how a file ends
ANOTHER_EDITION = (
    "{file} comes from an earlier edition of this course and was left as it is. "
    "Finish that class with the course as it was, "
    "or grade into another folder: add --into and the name of a new folder."
)
NO_GRADEBOOK = (
    "{file} is no gradebook. Move it elsewhere, "
    "or grade into another folder: add --into and the name of a new folder."
)


@dataclass(frozen=True)
class FileRecord:
    """How a file that was handed in ended. sheet: its slug, or nothing where that is not known.

    digest: another one for each content and each edition of the sheet.
    """

    file: str
    student: str
    name: str
    sheet: str
    digest: str
    status: str
    note: str


class Ended(NamedTuple):
    """How a file ended, with the answers of a notebook that was graded."""

    record: FileRecord
    answers: Sequence[Answer] = ()


@dataclass(frozen=True)
class Points:
    """What a reader gave for a text. points: None until then. waits: whether it is to be marked."""

    points: float | None = None
    waits: bool = False
    comment: str = ""


def refuse_another_edition(file: Path) -> None:
    """Raise Problem for a gradebook whose tables are those of another edition. Touches nothing."""
    book = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        names = book.execute("SELECT name FROM sqlite_master WHERE name = 'course_file'").fetchall()
        version = _version(book)
    except sqlite3.DatabaseError:
        raise Problem(NO_GRADEBOOK.format(file=file)) from None
    finally:
        book.close()
    if names and version != VERSION:
        raise Problem(ANOTHER_EDITION.format(file=file))


class Records:
    """The three tables in one gradebook, made where they are missing."""

    def __init__(self, file: Path) -> None:
        self.database = sqlite3.connect(file)
        if _version(self.database) != VERSION:
            self.database.executescript(TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def has(self, file: str, digest: str) -> bool:
        """Whether this content of this file was dealt with before."""
        question = "SELECT 1 FROM course_file WHERE file = ? AND digest = ?"
        return self.database.execute(question, (file, digest)).fetchone() is not None

    def files(self) -> list[FileRecord]:
        """Everything that was ever handed in, by sheet and student."""
        rows = self.database.execute("SELECT * FROM course_file ORDER BY sheet, student, file")
        return [FileRecord(*row) for row in rows]

    def keep(self, files: Iterable[Ended]) -> None:
        """Write down how files ended: all of them, or none."""
        with self.database:
            for record, answers in files:
                if record.status == GRADED:
                    self._forget(record)
                self.database.execute(KEEP_FILE, vars(record))
                rows = [_answer_row(record, answer) for answer in answers]
                self.database.executemany(KEEP_ANSWER, rows)

    def _forget(self, record: FileRecord) -> None:
        """Drop what an earlier notebook of the same student and sheet said."""
        key = (record.student, record.sheet)
        where = "student = ? AND sheet = ?"
        self.database.execute(f"DELETE FROM course_file WHERE {where} AND status = 'graded'", key)
        self.database.execute(f"DELETE FROM course_answer WHERE {where}", key)

    def answers(self, student: str, sheet: str) -> list[Answer]:
        """What was answered in one notebook, texts included, in the order of the questions."""
        rows = self.database.execute(
            "SELECT question, verdict, said, misreading, tries, answer, problem FROM course_answer "
            "WHERE student = ? AND sheet = ? ORDER BY rowid",
            (student, sheet),
        )
        found = []
        for question, verdict, said, misreading, tries, answer, problem in rows:
            typed = said if problem else ""
            written = Written(json.loads(answer), problem, typed)
            seen = json.loads(tries)
            found.append(Answer(question, verdict, said, misreading, seen, written))
        return found

    def points(self, student: str, sheet: str) -> dict[str, Points]:
        """What a reader gave in formgrader for each text, by question."""
        found = {}
        for cell, score, waits, comment in self.database.execute(POINTS, (student, sheet)):
            if not cell.endswith("-test"):
                found[question_of(cell)] = Points(score, bool(waits), comment or "")
        return found

    def knows_sheet(self, slug: str, made: str) -> bool:
        """Whether nbgrader was told of a sheet with these cells."""
        question = "SELECT 1 FROM course_sheet WHERE sheet = ? AND made = ?"
        return self.database.execute(question, (slug, made)).fetchone() is not None

    def keep_sheet(self, slug: str, made: str) -> None:
        """Write down as which cells nbgrader knows a sheet."""
        with self.database:
            self.database.execute("INSERT OR REPLACE INTO course_sheet VALUES (?, ?)", (slug, made))


def _version(database: sqlite3.Connection) -> int:
    """Of our tables; 0 where they were never made."""
    ((version,),) = database.execute("PRAGMA user_version").fetchall()
    return int(version)


def _answer_row(record: FileRecord, answer: Answer) -> tuple[str, ...]:
    return (
        record.student,
        record.sheet,
        answer.question,
        answer.verdict,
        answer.said,
        answer.misreading,
        json.dumps(answer.tries),
        json.dumps(answer.written.answer),
        answer.written.problem,
    )
