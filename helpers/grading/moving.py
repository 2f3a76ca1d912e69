"""Puts all that is known of a learner under another id: answers, marks, and folders.

A learner gets another id when a class list joins two into one, and when names give way to codes.
Sheet by sheet: where both ids have the sheet, the one that a reader has marked stays. Where a
reader has marked both, both stay as they are, and whoever marks decides.
"""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from helpers.grading.records import LEFT_OUT

STAGES = ("submitted", "autograded", "feedback")  # nbgrader's folders, with one for each learner
ASIDE = "{}.aside"  # where a folder waits while another takes its name
ANOTHER_COUNTS = "Another notebook of the same learner counts."

SHEETS = """
SELECT assignment.name, submitted_assignment.id FROM submitted_assignment
JOIN assignment ON assignment.id = submitted_assignment.assignment_id
WHERE submitted_assignment.student_id = ?
"""
MARKED = """
SELECT 1 FROM grade JOIN submitted_notebook ON submitted_notebook.id = grade.notebook_id
WHERE submitted_notebook.assignment_id = ? AND grade.manual_score IS NOT NULL
"""
NOTEBOOKS = "(SELECT id FROM submitted_notebook WHERE assignment_id = ?)"
DROP = (
    f"DELETE FROM grade WHERE notebook_id IN {NOTEBOOKS}",
    f"DELETE FROM comment WHERE notebook_id IN {NOTEBOOKS}",
    "DELETE FROM submitted_notebook WHERE assignment_id = ?",
    "DELETE FROM submitted_assignment WHERE id = ?",
)
ADD_STUDENT = "INSERT OR IGNORE INTO student (id, first_name, last_name) VALUES (?, '', ?)"
DROP_STUDENT = """
DELETE FROM student WHERE id = ?
AND id NOT IN (SELECT student_id FROM submitted_assignment)
"""


class Who(NamedTuple):
    """A learner as the gradebook has them."""

    id: str
    name: str

    @property
    def shown(self) -> str:
        """In a line for the instructor."""
        return self.id if self.id == self.name else f"{self.name} ({self.id})"


class Moved(NamedTuple):
    """What came of it. sheets: that are under the new id now. marked_twice: that could not be."""

    sheets: list[str]
    marked_twice: list[str]


class Mover:
    """Works in one gradebook and the folders beside it."""

    def __init__(self, database: sqlite3.Connection, folder: Path) -> None:
        self._database = database
        self._folder = folder
        rows = database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        self._tables = {name for (name,) in rows}

    def rename(self, who: Who) -> None:
        """Give a learner another name, and the same id. Commits nothing."""
        self._run("UPDATE course_file SET name = ? WHERE student = ?", who.name, who.id)
        if "student" in self._tables:
            self._run("UPDATE student SET last_name = ? WHERE id = ?", who.name, who.id)

    def move(self, old: str, new: Who) -> Moved:
        """Put all that is known of the learner `old` under the id of another. Commits nothing.

        Folders come first: when this is interrupted, the next run finds the rest to do.
        """
        before, after = self._submissions(old), self._submissions(new.id)
        moved = Moved([], [])
        for sheet in sorted(self._sheets_of_files(old) | set(before)):
            if sheet not in after:
                self._take(old, new, sheet)
            elif not self._is_marked(before.get(sheet)):
                self._drop(old, before.get(sheet), sheet, new.id)
            elif not self._is_marked(after[sheet]):
                self._drop(new.id, after[sheet], sheet, new.id)
                self._take(old, new, sheet)
            else:
                moved.marked_twice.append(sheet)
                continue
            moved.sheets.append(sheet)
        self._files(old, new)
        if "student" in self._tables:
            self._run(DROP_STUDENT, old)
        return moved

    def _files(self, old: str, new: Who) -> None:
        """The records of files that were not graded."""
        others = "UPDATE course_file SET student = ?, name = ? WHERE student = ? AND sheet = ''"
        self._run(others, new.id, new.name, old)

    def _take(self, old: str, new: Who, sheet: str) -> None:
        for stage in STAGES:
            _swap(self._folder / stage, old, new.id, sheet)
        files = "UPDATE course_file SET student = ?, name = ? WHERE student = ? AND sheet = ?"
        self._run(files, new.id, new.name, old, sheet)
        for table in self._own_tables():
            own = f"UPDATE OR REPLACE {table} SET student = ? WHERE student = ? AND sheet = ?"
            self._run(own, new.id, old, sheet)
        if "student" in self._tables:
            self._run(ADD_STUDENT, new.id, new.name)
            self._run(
                "UPDATE submitted_assignment SET student_id = ? WHERE student_id = ? AND "
                "assignment_id IN (SELECT id FROM assignment WHERE name = ?)",
                new.id,
                old,
                sheet,
            )

    def _drop(self, student: str, submission: str | None, sheet: str, heir: str) -> None:
        """Take a sheet of a learner out that another of theirs stands for.

        The file is forgotten as far as the next run needs, if that one is to count after all.
        """
        files = (
            "UPDATE course_file SET status = ?, note = ?, sheet = '', digest = '' "
            "WHERE student = ? AND sheet = ? AND status = 'graded'"
        )
        self._run(files, LEFT_OUT, ANOTHER_COUNTS, student, sheet)
        self._run("DELETE FROM course_answer WHERE student = ? AND sheet = ?", student, sheet)
        for table in self._own_tables():
            own = f"UPDATE OR IGNORE {table} SET student = ? WHERE student = ? AND sheet = ?"
            self._run(own, heir, student, sheet)
        for statement in DROP if submission else ():
            self._run(statement, submission or "")

    def _own_tables(self) -> list[str]:
        """Ours that hold something of a learner's sheet, but for the files."""
        found = []
        for table in sorted(self._tables):
            columns = {row[1] for row in self._database.execute(f"PRAGMA table_info({table})")}
            if table.startswith("course_") and {"student", "sheet"} <= columns:
                found.append(table)
        found.remove("course_file")
        return found

    def _sheets_of_files(self, student: str) -> set[str]:
        rows = self._database.execute(
            "SELECT sheet FROM course_file WHERE student = ? AND sheet != ''", (student,)
        )
        return {sheet for (sheet,) in rows}

    def _submissions(self, student: str) -> dict[str, str]:
        """nbgrader's ids of what a learner handed in, by sheet."""
        if "submitted_assignment" not in self._tables:
            return {}
        return dict(self._database.execute(SHEETS, (student,)).fetchall())

    def _is_marked(self, submission: str | None) -> bool:
        """Whether a reader gave points for a text."""
        return self._database.execute(MARKED, (submission,)).fetchone() is not None

    def _run(self, statement: str, *values: str) -> None:
        self._database.execute(statement, values)


def _swap(stage: Path, old: str, new: str, sheet: str) -> None:
    """Give the folder of a sheet to another id; what stood there waits under the old one."""
    source, target = stage / old / sheet, stage / new / sheet
    if not source.is_dir() or (target.is_dir() and target.samefile(source)):
        return  # nothing is there, or the system takes both ids for one
    aside = source.with_name(ASIDE.format(sheet))
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.is_dir():
        target.rename(aside)
    source.rename(target)
    if aside.is_dir():
        aside.rename(source)
    with suppress(OSError):  # other sheets are still in it
        source.parent.rmdir()
