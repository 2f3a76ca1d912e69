"""The texts that a class wrote, by question, with the marks that they have so far."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.kept_marks import Points
from helpers.grading.marking import WRITTEN
from helpers.grading.records import GRADED, FileRecord, Records
from helpers.grading.schema import IN_USE, refuse_another_edition
from helpers.questions import QuestionSet, Text, question_sets

NO_MARK = Points()


@dataclass(frozen=True)
class Written:
    """One learner's text. student: the id in the gradebook. text: empty where there is none now."""

    student: str
    name: str
    text: str
    given: Points

    @property
    def is_marked(self) -> bool:
        """Whether this very text has points."""
        return self.given.counted is not None

    @property
    def of_earlier_text(self) -> bool:
        """Whether its points were given before the learner handed in again."""
        return self.given.earlier

    @property
    def seen_text(self) -> str:
        """Another word for each text."""
        return _digest(self.text)

    @property
    def seen(self) -> str:
        """What somebody has seen who looks at it now: another word for each text and mark of it."""
        mark = [self.given.points, self.given.waits, self.given.comment]
        return f"{self.seen_text}-{_digest(mark)}"


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Pile:
    """What a class handed in to one question. without: names of those who wrote nothing there."""

    question: Text
    slug: str
    texts: Sequence[Written]
    without: Sequence[str]

    @property
    def waiting(self) -> int:
        """How many texts are to be marked."""
        return sum(not one.is_marked for one in self.texts)

    @property
    def marked(self) -> int:
        """How many texts have points."""
        return len(self.texts) - self.waiting

    def of(self, student: str) -> Written | None:
        """The text of one learner."""
        return next((one for one in self.texts if one.student == student), None)


def piles(folder: Path) -> list[Pile]:
    """Of each question, in the order of the sheets, that a class has handed in. Raises Problem.

    folder: where a class is graded.
    """
    found = []
    for questions in question_sets().values():
        found += _of_sheet(folder / "gradebook.db", questions)
    return found


def pile(folder: Path, question: str) -> Pile | None:
    """Of one question, by its id; None where nobody handed in its sheet. Raises Problem."""
    for questions in question_sets().values():
        if question in questions.texts:
            of_sheet = _of_sheet(folder / "gradebook.db", questions)
            return next((one for one in of_sheet if one.question.id == question), None)
    return None


def _of_sheet(file: Path, questions: QuestionSet) -> list[Pile]:
    if not questions.texts or not file.exists():
        return []
    refuse_another_edition(file)
    try:
        with closing(Records(file)) as records:
            records.take_in_marks()  # what formgrader has written since
            texts = _read(records, questions)
    except sqlite3.OperationalError:
        raise Problem(IN_USE) from None
    return [_sorted_out(questions, id, found) for id, found in texts.items()]


def _read(records: Records, questions: QuestionSet) -> dict[str, list[Written]]:
    """All texts of a sheet, by question; no question, where nobody handed it in."""
    texts: dict[str, list[Written]] = {}
    for record in records.files():
        if record.status == GRADED and record.sheet == questions.slug:
            for id, written in _texts_of(records, record, questions):
                texts.setdefault(id, []).append(written)
    return texts


def _texts_of(
    records: Records, record: FileRecord, questions: QuestionSet
) -> Iterator[tuple[str, Written]]:
    """Each text of one notebook, with the id of its question."""
    points = records.points(record.student, record.sheet)
    for answer in records.answers(record.student, record.sheet):
        if answer.question in questions.texts:
            text = answer.said if answer.verdict == WRITTEN else ""
            given = points.get(answer.question, NO_MARK)
            yield answer.question, Written(record.student, record.name, text, given)


def _sorted_out(questions: QuestionSet, id: str, found: Sequence[Written]) -> Pile:
    """What is to be marked, and the names of those who left it out and have no mark for it."""
    texts = []
    without = []
    for one in found:
        if one.text or one.given.points is not None:
            texts.append(one)
        else:
            without.append(one.name or one.student)
    return Pile(questions.texts[id], questions.slug, texts, without)
