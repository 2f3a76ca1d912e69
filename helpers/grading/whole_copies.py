"""A learner's zip that holds the whole working copy: what of it was handed in.

Where a sheet in it was begun, its lessons and the sheets in which nothing is written were not
handed in. They are left alone, with one line for each zip.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Protocol

from helpers.grading.handed_in import Submission
from helpers.grading.naming import zip_around
from helpers.grading.notebook import Cell
from helpers.grading.records import LEFT_OUT, FileRecord
from helpers.grading.sheet import Sheet
from helpers.grading.strangers import is_untouched

LEFT_ALONE = (
    "What else lies in this zip (lessons, and sheets in which nothing is written) was left alone: "
    "{count} notebooks."
)
REST = "(the rest)"

Packed = tuple[str, str]  # a zip, and the id of a learner


class Read(Protocol):
    """A sheet that was read."""

    @property
    def submission(self) -> Submission:
        """The file."""

    @property
    def sheet(self) -> Sheet:
        """Which sheet it is."""

    @property
    def cells(self) -> list[Cell]:
        """What stands in it."""

    def record(self, status: str, note: str) -> FileRecord:
        """How it ended."""


class WholeCopies:
    """The zips in which a sheet was begun."""

    def __init__(self, read: Sequence[Read]) -> None:
        packed = [one for one in read if zip_around(one.submission.where)]
        self._untouched: dict[str, FileRecord] = {}
        self._begun: set[Packed] = set()
        for one in packed:
            if is_untouched(one.sheet, one.cells):
                self._untouched[one.submission.where] = one.record(LEFT_OUT, "")
            else:
                self._begun.add(_packed_by(one.record(LEFT_OUT, "")))

    def leave_alone(self, where: str) -> bool:
        """Whether a sheet was not handed in, but lies in a zip with another one of its learner."""
        record = self._untouched.get(where)
        return record is not None and _packed_by(record) in self._begun

    def leave_out(self, doubtful: Iterable[FileRecord]) -> list[FileRecord]:
        """The records of what is left alone, one for each zip; the others as they are.

        doubtful: records of what is no sheet, or a lesson.
        """
        kept = []
        rest: dict[Packed, list[FileRecord]] = {}
        for record in doubtful:
            packed = _packed_by(record)
            if packed in self._begun:
                rest.setdefault(packed, []).append(record)
            else:
                kept.append(record)
        for where, record in self._untouched.items():
            if self.leave_alone(where):
                rest.setdefault(_packed_by(record), []).append(record)
        return kept + [_together(zip, records) for (zip, _), records in rest.items()]


def _packed_by(record: FileRecord) -> Packed:
    """The zip, and whose the file in it is: the zip of a class holds the files of many."""
    return zip_around(record.file), record.student


def _together(zip: str, records: Sequence[FileRecord]) -> FileRecord:
    """One record for all of them."""
    note = LEFT_ALONE.format(count=len(records))
    file = f"{zip}/{REST}"
    return replace(records[0], file=file, sheet="", digest="", status=LEFT_OUT, note=note)
