"""Our tables in nbgrader's file: what nbgrader's gradebook has no place for.

course_file: how each file that was handed in ended. course_answer: what each answer showed.
course_sheet: as which cells nbgrader knows a sheet. course_mark: what a reader gave, with the text
that it was given for.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from helpers.authoring.messages import Problem

VERSION = 3  # of these tables, as SQLite's user_version; nbgrader does not use that number
EARLIER = 2  # the version that is brought up to this one when it is opened
TABLES = f"""
CREATE TABLE IF NOT EXISTS course_file (
    file TEXT, student TEXT, name TEXT, sheet TEXT, digest TEXT, status TEXT, note TEXT,
    passing INTEGER, PRIMARY KEY (file, sheet, status)
);
CREATE TABLE IF NOT EXISTS course_answer (
    student TEXT, sheet TEXT, question TEXT, verdict TEXT, said TEXT, misreading TEXT, tries TEXT,
    answer TEXT, problem TEXT, PRIMARY KEY (student, sheet, question)
);
CREATE TABLE IF NOT EXISTS course_sheet (sheet TEXT PRIMARY KEY, made TEXT);
CREATE TABLE IF NOT EXISTS course_mark (
    student TEXT, sheet TEXT, question TEXT, text_digest TEXT, text TEXT, points REAL, comment TEXT,
    taken_back INTEGER, PRIMARY KEY (student, sheet, question, text_digest)
);
PRAGMA user_version = {VERSION};
"""
FROM_EARLIER = f"""
BEGIN;
ALTER TABLE course_file RENAME TO course_file_earlier;
{TABLES}
INSERT INTO course_file SELECT *, 0 FROM course_file_earlier;
DROP TABLE course_file_earlier;
COMMIT;
"""
ANOTHER_EDITION = (
    "{file} comes from an earlier edition of this course and was left as it is. "
    "Finish that class with the course as it was, "
    "or grade into another folder: add --into and the name of a new folder."
)
IN_USE = "The gradebook is in use by another program. Wait a moment and try again."
PATIENCE = 5.0  # seconds for which another program may keep the gradebook to itself
BUSY = (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
NO_GRADEBOOK = (
    "{file} is no gradebook. Move it elsewhere, "
    "or grade into another folder: add --into and the name of a new folder."
)


def only_to_read(file: Path) -> sqlite3.Connection:
    """A gradebook, opened so that nothing in it can change."""
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", PATIENCE, uri=True)


def refuse_another_edition(file: Path) -> None:
    """Raise Problem for a gradebook whose tables are those of another edition. Touches nothing."""
    book = only_to_read(file)
    try:
        names = book.execute("SELECT name FROM sqlite_master WHERE name = 'course_file'").fetchall()
        version = _version(book)
    except sqlite3.DatabaseError as error:
        if is_in_use(error):
            raise Problem(IN_USE) from None
        raise Problem(NO_GRADEBOOK.format(file=file)) from None
    finally:
        book.close()
    if names and version not in (EARLIER, VERSION):
        raise Problem(ANOTHER_EDITION.format(file=file))


def is_in_use(error: BaseException | None) -> bool:
    """Whether another program keeps the gradebook to itself; nbgrader wraps what SQLite says."""
    original = getattr(error, "orig", error)
    return getattr(original, "sqlite_errorcode", None) in BUSY


def open_tables(file: Path) -> sqlite3.Connection:
    """A gradebook with our tables in it, made where they are missing."""
    database = sqlite3.connect(file, PATIENCE)
    version = _version(database)
    if version == EARLIER:
        database.executescript(FROM_EARLIER)
    elif version != VERSION:
        database.executescript(TABLES)
    return database


def _version(database: sqlite3.Connection) -> int:
    """Of our tables; 0 where they were never made."""
    ((version,),) = database.execute("PRAGMA user_version").fetchall()
    return int(version)
