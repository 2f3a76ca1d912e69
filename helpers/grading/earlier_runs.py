"""Whose a file was in earlier runs, for where no class list says it any more.

A list that is taken away, or comes again without the platforms' numbers, would else make a second
learner of whoever it joined, whose row in marks.csv takes the place of the first one's.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path, PurePosixPath

from helpers.grading.codes import Codes
from helpers.grading.hiding import READ_SETTING, WITHOUT_NAMES
from helpers.grading.moving import Who
from helpers.grading.naming import platform_of
from helpers.grading.records import GRADED

READ_GRADED = "SELECT file, student, name FROM course_file WHERE status = ?"

Sign = tuple[str, str]  # a platform and its number for a learner; or nothing, and a path


def sign_of(file: str) -> Sign:
    """What is the same for one learner in every run."""
    platform, number = platform_of(str(PurePosixPath(file)))
    return (platform, number) if platform else ("", file)


def people_of_earlier_runs(folder: Path) -> dict[Sign, Who]:
    """Whose each graded file was, as a class list had said. Raises Problem.

    Whether the gradebook in the folder is one of ours is asked elsewhere.
    """
    book = folder / "gradebook.db"
    if not book.exists():
        return {}
    with closing(sqlite3.connect(f"{book.resolve().as_uri()}?mode=ro", uri=True)) as database:
        try:
            rows = database.execute(READ_GRADED, (GRADED,)).fetchall()
            setting = database.execute(READ_SETTING, (WITHOUT_NAMES,)).fetchone()
        except sqlite3.DatabaseError:
            return {}
    codes = Codes(folder) if setting == ("1",) else None
    found = {}
    for file, student, name in rows:
        who = codes.behind(student) if codes else Who(student, name)
        platform, number = sign_of(file)
        if who.id not in (number, f"{platform}-{number}"):
            found[(platform, number)] = who
    return found
