"""What was handed in and what it showed: our tables in nbgrader's gradebook, read and written."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from helpers.grading.kept_marks import KeptMarks, Points
from helpers.grading.marking import Answer
from helpers.grading.reading import Written
from helpers.grading.schema import open_tables
from helpers.questions import Text, all_questions

KEEP_FILE = """
INSERT OR REPLACE INTO course_file
VALUES (:file, :student, :name, :sheet, :digest, :status, :note, :passing)
"""
KEEP_ANSWER = "INSERT INTO course_answer VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
GRADED, NOT_GRADED, LEFT_OUT = "graded", "not graded", "left out"  # how a file ends


@dataclass(frozen=True)
class FileRecord:
    """How a file that was handed in ended. sheet: its slug, or nothing where that is not known.

    digest: another one for each content and each edition of the sheet. passing: whether it is
    forgotten as soon as a run does not meet the file.
    """

    file: str
    student: str
    name: str
    sheet: str
    digest: str
    status: str
    note: str
    passing: bool = False


class Ended(NamedTuple):
    """How a file ended, with the answers of a notebook that was graded."""

    record: FileRecord
    answers: Sequence[Answer] = ()


class Records:
    """Our tables in one gradebook, made where they are missing. marks: what readers gave."""

    def __init__(self, file: Path) -> None:
        self.database = open_tables(file)
        self.marks = KeptMarks(self.database)

    def close(self) -> None:
        """Let go of the file."""
        self.database.close()

    def has(self, file: str, digest: str) -> bool:
        """Whether this content of this file was dealt with before."""
        question = "SELECT 1 FROM course_file WHERE file = ? AND digest = ?"
        return self.database.execute(question, (file, digest)).fetchone() is not None

    def files(self) -> list[FileRecord]:
        """Everything that was ever handed in, by sheet and student."""
        rows = self.database.execute(
            "SELECT * FROM course_file ORDER BY sheet, student, file, status"
        )
        return [FileRecord(*row) for row in rows]

    def take_in_marks(self) -> None:
        """Keep what readers gave since the last time."""
        with self.database:
            self.marks.take_in()

    def students(self) -> set[str]:
        """The ids of all learners of whom a notebook was graded."""
        rows = self.database.execute("SELECT DISTINCT student FROM course_answer")
        return {student for (student,) in rows}

    def keep(self, files: Iterable[Ended]) -> None:
        """Write down how files ended: all of them, or none.

        nbgrader's tables are set by the marks that are kept for the texts that stand there now.
        """
        with self.database:
            self.marks.take_in()  # of what readers gave for the texts that stood there so far
            for record, answers in files:
                self._forget(record)
                self.database.execute(KEEP_FILE, vars(record))
                rows = [_answer_row(record, answer) for answer in answers]
                self.database.executemany(KEEP_ANSWER, rows)
                if record.status == GRADED:
                    self.marks.lay_out(record.student, record.sheet, texts_in(answers))

    def _forget(self, record: FileRecord) -> None:
        """Drop what was said of the same file, and of an earlier notebook when another one counts.

        That a file was graded once stays true, whatever becomes of it: only a notebook of the same
        student and sheet takes its place.
        """
        same_file = "DELETE FROM course_file WHERE file = ? AND status != 'graded'"
        self.database.execute(same_file, (record.file,))
        if record.status == GRADED:
            key = (record.student, record.sheet)
            where = "student = ? AND sheet = ?"
            earlier = f"DELETE FROM course_file WHERE {where} AND status = 'graded'"
            self.database.execute(earlier, key)
            self.database.execute(f"DELETE FROM course_answer WHERE {where}", key)

    def take_out(self, rows: Iterable[FileRecord], keys: Iterable[tuple[str, str]]) -> None:
        """Drop files, and the answers and marks of notebooks. keys: their student and sheet."""
        files = [(row.file, row.sheet, row.status) for row in rows]
        with self.database:
            self.database.executemany(
                "DELETE FROM course_file WHERE file = ? AND sheet = ? AND status = ?", files
            )
            for key in keys:
                for table in ("course_answer", "course_mark"):
                    where = "student = ? AND sheet = ?"
                    self.database.execute(f"DELETE FROM {table} WHERE {where}", key)

    def forget_passing(self, still_here: Collection[str]) -> None:
        """Drop the records that are to pass of files that are not here any more."""
        rows = self.database.execute("SELECT file FROM course_file WHERE passing").fetchall()
        gone = [(file,) for (file,) in rows if file not in still_here]
        with self.database:
            self.database.executemany("DELETE FROM course_file WHERE passing AND file = ?", gone)

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
        """What readers gave for each text of one notebook, by question."""
        return self.marks.points(student, sheet, self.texts(student, sheet))

    def texts(self, student: str, sheet: str) -> dict[str, str]:
        """The texts of one notebook, by question; "" where none was written."""
        return texts_in(self.answers(student, sheet))

    def knows_sheet(self, slug: str, made: str) -> bool:
        """Whether nbgrader was told of a sheet with these cells."""
        question = "SELECT 1 FROM course_sheet WHERE sheet = ? AND made = ?"
        return self.database.execute(question, (slug, made)).fetchone() is not None

    def keep_sheet(self, slug: str, made: str) -> None:
        """Write down as which cells nbgrader knows a sheet."""
        with self.database:
            self.database.execute("INSERT OR REPLACE INTO course_sheet VALUES (?, ?)", (slug, made))


def texts_in(answers: Iterable[Answer]) -> dict[str, str]:
    """The texts among some answers, by question; "" where none was written."""
    questions = all_questions()
    found = {}
    for answer in answers:
        if isinstance(questions.get(answer.question), Text):
            found[answer.question] = answer.said
    return found


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
