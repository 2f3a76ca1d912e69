"""The gradebook: nbgrader's own, through its API, so that formgrader and `nbgrader export` work.

nbgrader loads when a notebook is entered, and not before: a second run has no need of it.
"""

from __future__ import annotations

import copy
import json
import re
import sqlite3
import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from helpers.authoring.release import through
from helpers.authoring.sheets import question_of
from helpers.feedback import ANSWERED, EMPTY
from helpers.grading import schema
from helpers.grading.changed_sheet import change_cells
from helpers.grading.kept_marks import FRESH
from helpers.grading.marking import Answer
from helpers.grading.records import FileRecord, Records
from helpers.grading.schema import refuse_another_edition
from helpers.grading.sheet import Sheet
from helpers.questions import misreadings

COURSE = "one-day-of-a-journal"
STEP = re.compile(r"^((?:down_)?revision)\s*=\s*['\"](\w+)", re.M)  # of alembic's scripts
NOT_ANSWERED = "No response."  # nbgrader's own words


class Gradebook:
    """The file `gradebook.db` in the folder where a class is graded. Use it in a `with`.

    records: our own tables in it. Raises Problem for a file of another edition.
    """

    def __init__(self, folder: Path) -> None:
        self.file = folder / "gradebook.db"
        self._nbgrader: Any = None
        self._connection: Any = None
        self._cells: list[Any] = []
        if self.file.exists():
            refuse_another_edition(self.file)
        else:
            _begin(self.file)
        self.records = Records(self.file)

    def __enter__(self) -> Gradebook:
        return self

    def __exit__(self, *_: object) -> None:
        self.records.close()
        if self._nbgrader:
            self._nbgrader.db.remove()
            self._connection.close()
            self._nbgrader.close()

    @property
    def _url(self) -> str:
        return f"sqlite:///{self.file}?timeout={schema.PATIENCE}"

    def prepare(self, sheets: Iterable[Sheet]) -> list[str]:
        """Tell nbgrader of the cells of these sheets, where they are new or were changed.

        Returns a line for each sheet that asks other questions than when it was graded first.
        """
        from nbgrader.api import BaseCell

        self._open()
        lines = []
        for sheet in sheets:
            made = json.dumps(sheet.book, sort_keys=True)
            if not self.records.knows_sheet(sheet.slug, made):
                lines += self._save_cells(sheet)
                self.records.keep_sheet(sheet.slug, made)
        self._nbgrader.db.expire_all()
        # Read once and kept, or each submission would ask for each of its cells again.
        self._cells = self._nbgrader.db.query(BaseCell).all()
        self._nbgrader.db.commit()  # ends this reading, so that `together` can begin
        return lines

    def _save_cells(self, sheet: Sheet) -> list[str]:
        self._nbgrader.update_or_create_assignment(sheet.slug)
        try:
            self._save_cells_of_same_names(sheet)
        except RuntimeError:  # once a sheet is graded, nbgrader adds and removes no cells
            line = change_cells(self._nbgrader, sheet)
            self._save_cells_of_same_names(sheet)
            return [line]
        return []

    def _save_cells_of_same_names(self, sheet: Sheet) -> None:
        from nbformat import from_dict
        from nbgrader.preprocessors import SaveCells

        book = from_dict(copy.deepcopy(sheet.book))
        through(book, SaveCells, notebook=sheet.slug, assignment=sheet.slug, db_url=self._url)

    @contextmanager
    def together(self) -> Iterator[None]:
        """Enter several notebooks, all of them or none.

        nbgrader commits several times for each notebook, and each time waits for the disk. Here its
        session joins a transaction of ours, so that only the last commit is one.
        https://docs.sqlalchemy.org/en/20/orm/session_transaction.html
        """
        session = self._nbgrader.db
        with self._connection.begin():
            try:
                yield
            except BaseException:
                session.rollback()
                session.expunge_all()  # it would believe what it had committed so far
                raise

    def enter(self, student: str, name: str, sheet: Sheet, answers: Iterable[Answer]) -> None:
        """Enter what the machine can say of a notebook. What readers gave is left as it is."""
        by_question = {answer.question: answer for answer in answers}
        book = self._nbgrader
        book.update_or_create_student(student, first_name="", last_name=name)
        collected = self._collected(student, sheet)
        is_new = not self._has_submission(student, sheet.slug)
        add = book.add_submission if is_new else book.update_or_create_submission
        submission = add(sheet.slug, student, timestamp=collected)
        (notebook,) = submission.notebooks
        for grade in notebook.grades:
            _set_grade(grade, by_question[question_of(grade.cell.name)], is_new)
        for comment in notebook.comments:
            _set_comment(comment, by_question[question_of(comment.cell.name)])
        book.db.commit()

    def take_out(self, rows: Sequence[FileRecord], keys: Sequence[tuple[str, str]]) -> None:
        """Take files out of the gradebook. keys: student and sheet of the graded ones."""
        if keys:
            self._open()
        for student, sheet in keys:
            if self._has_submission(student, sheet):
                self._nbgrader.remove_submission(sheet, student)
        self.records.take_out(rows, keys)

    def _has_submission(self, student: str, sheet: str) -> bool:
        from nbgrader.api import MissingEntry

        try:
            self._nbgrader.find_submission(sheet, student)
        except MissingEntry:
            return False
        return True

    def _collected(self, student: str, sheet: Sheet) -> datetime | None:
        """When nbgrader collected a notebook.

        Formgrader takes a result for outdated that bears another time.
        """
        from nbgrader.utils import parse_utc

        stamp = self.file.parent / "submitted" / student / sheet.slug / "timestamp.txt"
        try:
            found: datetime = parse_utc(stamp.read_text(encoding="utf-8").strip())
        except (
            OSError,
            ValueError,
            OverflowError,
        ):  # no exchange, or a stamp that somebody made up
            return None
        return found

    def _open(self) -> None:
        """Load nbgrader and open the file through it; it makes the tables that are missing."""
        if self._nbgrader:
            return
        from nbgrader.api import Gradebook as NbgraderGradebook
        from sqlalchemy.exc import SAWarning

        warnings.simplefilter("ignore", SAWarning)  # nbgrader's own way of adding a submission
        self._nbgrader = NbgraderGradebook(self._url, COURSE)
        self._connection = self._nbgrader.engine.connect()
        self._nbgrader.db.remove()
        self._nbgrader.db.configure(
            bind=self._connection, join_transaction_mode="rollback_only", expire_on_commit=False
        )


def _begin(file: Path) -> None:
    """Make a gradebook that only says which version of nbgrader's tables it will have.

    nbgrader would start alembic as a program of its own to find that out, which takes a second.
    The version is the one of its steps that no other step comes after.
    """
    from nbgrader.dbutil import ALEMBIC_DIR

    steps = {}
    for path in Path(ALEMBIC_DIR, "versions").glob("*.py"):
        step = dict(STEP.findall(path.read_text(encoding="utf-8")))
        steps[step["revision"]] = step.get("down_revision", "")
    (version,) = set(steps) - set(steps.values())
    with sqlite3.connect(file) as database:
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES (?)", (version,))
    database.close()


def _set_grade(grade: Any, answer: Answer, is_new: bool) -> None:
    """A point for a practice question that was answered. Points for texts come from kept_marks."""
    if grade.cell.name.endswith("-test"):
        grade.auto_score = float(answer.verdict in ANSWERED)
        grade.needs_manual_grade = grade.manual_score is not None
    elif is_new:
        grade.auto_score = FRESH


def _set_comment(comment: Any, answer: Answer) -> None:
    """What nbgrader shows beside an answer: that there is none, or the misreading it shows."""
    comment.auto_comment = None
    if answer.verdict == EMPTY:
        comment.auto_comment = NOT_ANSWERED
    elif answer.misreading in misreadings():
        comment.auto_comment = f"Not yet: {misreadings()[answer.misreading]}."
