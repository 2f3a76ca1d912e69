"""Take rows out of marks.csv: a learner's, or one file's. What is removed is told, and kept aside.

Rows, answers and marks go into a file in the folder `taken-out`, and what was handed in beside it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from helpers.authoring.messages import Problem
from helpers.grading.gradebook import Gradebook
from helpers.grading.hiding import Hiding
from helpers.grading.naming import UNSAFE, printable
from helpers.grading.records import GRADED, FileRecord
from helpers.grading.shares import SHARES, has_row
from helpers.grading.what_goes_back import give_back
from helpers.working_copy import write_whole

ASIDE = "taken-out"
STAGES = ("submitted", "autograded", "feedback")
TABLES = ("course_file", "course_answer", "course_mark")
LONGEST_NAME = 60
MOST_KEPT = 10_000  # folders for one name

NO_ROW = (
    "No row of marks.csv has {name} in the column student, name or file, so nothing was taken out."
)
SEVERAL = "{name} is the name of several learners: {ids}. Give the one from the column student."
NO_GRADEBOOK = "{folder} has no gradebook, so there is nothing to take out."
TAKEN = "Taken out: {file} ({student}, {sheet}, {status})."
MARK = "With it a mark: {student}, {question}: {points} points.{comment}"
COPY = (
    "A copy of all that was taken out lies in {place}. Take the file out of the folder that you "
    "grade, too, or it comes back with the next run."
)
ROW_LEFT = (
    "The row of {student} in shares.csv stays, since something was filled in there by hand. "
    "Delete it there if it is not needed."
)

Key = tuple[str, str]  # student, sheet


def take_out(folder: Path, name: str, say: Callable[[str], None]) -> None:
    """Take out what a learner handed in, or one file. name: as in marks.csv. Raises Problem."""
    if not (folder / "gradebook.db").exists():
        raise Problem(NO_GRADEBOOK.format(folder=folder))
    with Gradebook(folder) as book:
        book.records.take_in_marks()
        hiding = Hiding(book.records)
        rows = _rows_of(book.records.files(), name, hiding)
        keys = _keys(rows)
        place = _free_place(folder / ASIDE, name)
        copy = _copy(book, rows, keys, hiding)
        write_whole(place / "rows.json", json.dumps(copy, indent=1, ensure_ascii=False))
        book.take_out(rows, keys)
        for student, sheet in keys:
            _move_aside(folder, place, student, sheet)
        _say_what([hiding.record(row) for row in rows], copy["course_mark"], say)
        say(COPY.format(place=place))
        give_back(book.records, folder, say)
        left = {one.student for one in book.records.files()}
    for student in {one.student for one in rows} - left:
        if has_row(folder / SHARES, student):
            say(ROW_LEFT.format(student=student))


def _rows_of(files: Sequence[FileRecord], name: str, hiding: Hiding) -> list[FileRecord]:
    """The rows that a name means: those of a learner, else that of a file. Raises Problem."""
    by_student = [one for one in files if one.student == name]
    by_name = [one for one in files if one.name == name]
    by_file = [one for one in files if hiding.path(one) == name]
    rows = by_student or by_name or by_file
    if not rows:
        raise Problem(NO_ROW.format(name=printable(name)))
    ids = sorted({one.student for one in rows})
    if len(ids) > 1:
        raise Problem(SEVERAL.format(name=printable(name), ids=", ".join(ids)))
    return rows


def _keys(rows: Sequence[FileRecord]) -> list[Key]:
    return sorted({(one.student, one.sheet) for one in rows if one.status == GRADED})


def _copy(
    book: Gradebook, rows: Sequence[FileRecord], keys: Sequence[Key], hiding: Hiding
) -> dict[str, list[dict[str, Any]]]:
    """All that our tables hold of these rows; without paths, where these would tell names."""
    shown = [vars(hiding.record(row)) for row in rows]
    kept: dict[str, list[dict[str, Any]]] = {"course_file": shown}
    for table in TABLES[1:]:
        kept[table] = []
        for key in keys:
            query = f"SELECT * FROM {table} WHERE student = ? AND sheet = ?"
            found = book.records.database.execute(query, key)
            columns = [column[0] for column in found.description]
            kept[table] += [dict(zip(columns, row, strict=True)) for row in found]
    return kept


def _say_what(
    rows: Sequence[FileRecord], marks: Sequence[dict[str, Any]], say: Callable[[str], None]
) -> None:
    for row in rows:
        sheet = row.sheet or "no sheet"
        say(TAKEN.format(file=row.file, student=row.student, sheet=sheet, status=row.status))
    for mark in marks:
        points = "no" if mark["points"] is None else f"{mark['points']:g}"
        comment = f" Comment: {printable(mark['comment'])}" if mark["comment"] else ""
        say(MARK.format(**mark | {"points": points, "comment": comment}))


def _free_place(aside: Path, name: str) -> Path:
    """A folder that is not there yet, named for what goes into it."""
    safe = UNSAFE.sub("_", name).strip("._-")[:LONGEST_NAME] or "row"
    for number in range(1, MOST_KEPT):
        place = aside / (safe if number == 1 else f"{safe}-{number}")
        if not place.exists():
            return place
    raise Problem(f"{aside} is full. Move it elsewhere.")


def _move_aside(folder: Path, place: Path, student: str, sheet: str) -> None:
    for stage in STAGES:
        source = folder / stage / student / sheet
        if source.is_dir():
            target = place / stage / sheet
            target.parent.mkdir(parents=True, exist_ok=True)
            source.rename(target)
            if not any(source.parent.iterdir()):
                source.parent.rmdir()
