"""Tables and lines without names, where a gradebook shows codes: paths as exported bear names."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from pathlib import PurePosixPath

from helpers.grading.records import FileRecord, Records

SETTINGS = "CREATE TABLE IF NOT EXISTS course_setting (setting TEXT PRIMARY KEY, value TEXT)"
READ_SETTING = "SELECT value FROM course_setting WHERE setting = ?"
KEEP_SETTING = "INSERT OR REPLACE INTO course_setting VALUES (?, ?)"
WITHOUT_NAMES = "without names"


def shows_codes(database: sqlite3.Connection) -> bool:
    """Whether a gradebook shows codes in place of names."""
    database.execute(SETTINGS)
    row = database.execute(READ_SETTING, (WITHOUT_NAMES,)).fetchone()
    return row is not None and row[0] == "1"


class Hiding:
    """Takes paths out of what is shown of one gradebook; where names are shown, changes nothing.

    also: records of files that are not in the gradebook yet.
    """

    def __init__(self, records: Records, also: Iterable[FileRecord] = ()) -> None:
        self._paths: dict[str, str] = {}
        if shows_codes(records.database):
            for record in [*records.files(), *also]:
                self._paths[record.file] = _without_path(record)

    def path(self, record: FileRecord) -> str:
        """What stands in place of a path: code and sheet."""
        return self._paths.get(record.file, record.file)

    def note(self, note: str) -> str:
        """A note without the paths that it names."""
        if not note:
            return note
        named = [path for path in self._paths if path in note]
        for path in sorted(named, key=len, reverse=True):
            note = note.replace(path, self._paths[path])
        return note

    def record(self, record: FileRecord) -> FileRecord:
        """A record with both."""
        return replace(record, file=self.path(record), note=self.note(record.note))


def _without_path(record: FileRecord) -> str:
    suffix = PurePosixPath(record.file).suffix.lower()
    return f"{record.student}/{record.sheet or 'a file'}{suffix}"
