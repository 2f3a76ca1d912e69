"""Learners whose ids differ only in large and small letters: each gets a folder of their own.

Windows and macOS take `Q8` and `q8` for one folder, in which one learner's work would replace the
other's.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from helpers.grading.naming import Student
from helpers.grading.records import FileRecord
from helpers.grading.selection import Selection, ToMark


def with_folders_apart(selection: Selection, known: Iterable[str]) -> Selection:
    """The selection with ids that no system takes for one. known: the ids in the gradebook.

    An id keeps its form once it is in the gradebook, and the first in the alphabet keeps it where
    several are new. So a learner has the same id in every run.
    """
    taken = {_as_folder(id): id for id in sorted(known)}
    ids = {one.submission.student.id for one in selection.to_mark}
    named = set(known)
    renamed = {}
    for id in sorted(ids):
        first = taken.setdefault(_as_folder(id), id)
        apart = _told_apart(id)
        if id not in named and (first != id or apart in named):
            renamed[id] = apart
    if not renamed:
        return selection
    to_mark = [_to_mark(one, renamed) for one in selection.to_mark]
    others = [_record(one, renamed) for one in selection.others]
    return replace(selection, to_mark=to_mark, others=others)


def _as_folder(id: str) -> str:
    """The same for all ids that a system may take for one folder."""
    return unicodedata.normalize("NFC", id).casefold()


def _told_apart(id: str) -> str:
    digest = hashlib.sha256(id.encode("utf-8", "surrogatepass")).hexdigest()
    return f"{id}-{digest[:6]}"


def _to_mark(one: ToMark, renamed: dict[str, str]) -> ToMark:
    student: Student = one.submission.student
    changed = student._replace(id=renamed.get(student.id, student.id))
    return replace(one, submission=replace(one.submission, student=changed))


def _record(record: FileRecord, renamed: dict[str, str]) -> FileRecord:
    return replace(record, student=renamed.get(record.student, record.student))
