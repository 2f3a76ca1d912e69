"""Who each learner is, and as whom they are shown.

Who they are is said by the class list, where there is one; else by the names that the platform
gives. A list that comes later joins what was graded before it: answers and marks move to one id.
Nothing is joined by a guess. Where two learners of the list fit a name, or where Moodle gives one
name several numbers, they stay apart, and a line says what would join them.

As whom they are shown: by name, or by a code. That is a setting of the gradebook, so that it need
not be said again. Codes and names can be changed for each other at any time; only the ids change.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.codes import Codes
from helpers.grading.hiding import KEEP_SETTING, WITHOUT_NAMES, shows_codes
from helpers.grading.joining import Joiner, as_handed_in, join
from helpers.grading.moving import STAGES, Moved, Mover, Who
from helpers.grading.naming import Student
from helpers.grading.records import FileRecord, Records
from helpers.grading.selection import Selection
from helpers.grading.shares import SHARES, rename_learners

JOINED = "Joined by the class list: {who}, before {ids}. All answers and marks went along."
MORE_JOINED = (
    "Joined in the same way: {count} more learners. marks.csv has each of their files under one id."
)
MOST_NAMED = 5  # of those who were joined, in lines of their own
FOUND = "Learners of this gradebook that were found on the class list: {count}. Their marks stay."
IN_PLACE = (
    "{place} holds what nbgrader collected, in folders with names, and codes would be written into "
    "the same place. Nothing was changed. Grade it into another folder: add --into and the name of "
    "a new folder."
)
NOTHING_MOVED = Moved([], [])
MARKED_TWICE = (
    "{old} and {new} are one learner by the class list, but both have marks for texts of {sheets}. "
    "Both stay, so that no mark is lost. Take the points of one out in formgrader, "
    "then grade again."
)


@dataclass(frozen=True)
class Change:
    """A learner as the gradebook has them, and is to have them.

    is_joined: whether the class list says so.
    """

    old: Who
    new: Who
    is_joined: bool


class Identities:
    """The learners of one gradebook. without_names: as it is to be now; None leaves it so."""

    def __init__(
        self,
        records: Records,
        folder: Path,
        joiner: Joiner,
        without_names: bool | None,
    ) -> None:
        self._joiner = joiner
        self._records = records
        self._folder = folder
        self._database: sqlite3.Connection = records.database
        self._mover = Mover(records.database, folder)
        self.listed = joiner.listed
        self._codes = Codes(folder)
        self._was = shows_codes(records.database)
        self.without_names = self._was if without_names is None else without_names

    @property
    def key(self) -> Path:
        """The file that joins codes to names."""
        return self._codes.file

    def settle(self) -> list[str]:
        """Bring the gradebook to the class list and to names or codes as they are to be now.

        Returns lines on what was joined. Raises Problem when the key to its codes is missing.
        """
        self._joiner.keep(self._database)
        changes = [self._change(who, student) for who, student in self._known().items()]
        self._give_codes_to_all()
        self._codes.save()
        others = {one.old.id: one.new for one in changes if one.old != one.new}
        rename_learners(self._folder / SHARES, others)
        with self._database:
            moved = [self._bring(change) for change in changes]
            if self._was != self.without_names:
                self._database.execute(KEEP_SETTING, (WITHOUT_NAMES, str(int(self.without_names))))
        self._was = self.without_names
        return list(_lines(changes, moved))

    def refuse_codes_in_place(self, places: Iterable[Path]) -> None:
        """Raise Problem where codes are to be shown, and what is graded lies where codes would go.

        On a hub, nbgrader collects into the folder `submitted`, by names; these must stay.
        """
        submitted = (self._folder / STAGES[0]).resolve()
        for place in map(Path.resolve, places if self.without_names else ()):
            if place.is_relative_to(submitted) or submitted.is_relative_to(place):
                raise Problem(IN_PLACE.format(place=place))

    def _give_codes_to_all(self) -> None:
        """Also to those of the class list who have handed in nothing yet."""
        for learner in self.listed.learners if self.listed else ():
            self.shown(Who(learner.id, learner.name))

    def _known(self) -> dict[Who, Student]:
        """Who is in the gradebook, as they are shown there, and as whom they handed in."""
        records = self._records.files()
        known = {}
        for record in records:
            shown = Who(record.student, record.name)
            who = self._codes.behind(record.student) if self._was else shown
            known[shown] = as_handed_in(record.file, who, self._joiner.namesakes)
        return known

    def _change(self, shown: Who, student: Student) -> Change:
        """What a learner is to be called. Their code stays theirs."""
        before = self._codes.behind(shown.id) if self._was else shown
        found = join(student, self.listed)
        after = Who(found.id, found.name)
        self._codes.join(before.id, after)
        is_listed = self.listed is not None and self.listed.has_id(after.id)
        return Change(shown, self.shown(after), is_listed and before.id != after.id)

    def _bring(self, change: Change) -> Moved:
        """Move a learner to what they are to be."""
        if change.old.id != change.new.id:
            return self._mover.move(change.old.id, change.new)
        if change.old != change.new:
            self._mover.rename(change.new)
        return NOTHING_MOVED

    def shown(self, who: Who) -> Who:
        """A learner by name, or by code."""
        return self._codes.code_of(who) if self.without_names else who

    def name_behind(self, code: str) -> str:
        """The name of a learner who is shown by a code."""
        return self._codes.behind(code).name

    def show(self, selection: Selection) -> Selection:
        """The same with learners as they are to be shown."""
        to_mark = []
        for one in selection.to_mark:
            student = one.submission.student
            who = self.shown(Who(student.id, student.name))
            coded = student._replace(id=who.id, name=who.name)
            to_mark.append(replace(one, submission=replace(one.submission, student=coded)))
        others = [self._shown_record(one) for one in selection.others]
        strangers = [self._shown_record(one) for one in selection.strangers]
        self._codes.save()
        return Selection(to_mark, others, strangers)

    def _shown_record(self, record: FileRecord) -> FileRecord:
        who = self.shown(Who(record.student, record.name))
        return replace(record, student=who.id, name=who.name)

    def known(self) -> list[str]:
        """The ids of those in the gradebook, behind any codes."""
        shown = self._records.students()
        if not self.without_names:
            return list(shown)
        return [self._codes.behind(code).id for code in shown]

    def unsettled(self) -> dict[Who, Student]:
        """Everybody of the gradebook who is not on the class list, by how they are shown."""
        found = {}
        for shown, student in self._known().items():
            if self.listed is None or not self.listed.has_id(student.id) or student.platform:
                found[shown] = student
        return found


def _lines(changes: Sequence[Change], moved: Sequence[Moved]) -> Iterator[str]:
    """On who was joined with whom, and how many were found on the list."""
    parts: dict[Who, list[str]] = {}
    for change, what in zip(changes, moved, strict=True):
        if what.marked_twice:
            both = {"old": change.old.shown, "new": change.new.shown}
            yield MARKED_TWICE.format(sheets=", ".join(what.marked_twice), **both)
        elif change.is_joined:
            parts.setdefault(change.new, []).append(change.old.id)
    several = {heir: ids for heir, ids in parts.items() if len(ids) > 1}
    for heir, ids in list(several.items())[:MOST_NAMED]:
        yield JOINED.format(who=heir.shown, ids=" and ".join(ids))
    if len(several) > MOST_NAMED:
        yield MORE_JOINED.format(count=len(several) - MOST_NAMED)
    alone = [ids for ids in parts.values() if len(ids) == 1]
    if alone:
        yield FOUND.format(count=len(alone))
