"""What goes back to a learner for one sheet, and how a grade comes about."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from helpers.authoring.messages import first_few
from helpers.feedback import ANSWERED
from helpers.grading.kept_marks import Points
from helpers.grading.marking import Answer
from helpers.grading.sheet import Sheet

DECIMALS = 2  # as many as both platforms keep
NOT_KNOWN = Points(waits=True)
COMMENT = "{id}, {points} of {most}: {comment}"

SCALED = (
    "The sheet gives {most} points at most; {platform} counts to {whole}, so grades are scaled."
)
OTHERS = "{name} held another grade for {who}. The new file has the one that is marked here."
MISSING = "{name} has no row for {who}: their grades are in no file."


@dataclass(frozen=True)
class Grade:
    """Points of one learner for one sheet.

    earned: None while a text waits for its reader, so that nobody takes that for 0. most: what the
    sheet gives at most. waits: how many texts wait.
    """

    earned: float | None
    most: float
    waits: int = 0

    def out_of(self, most: float | None) -> str:
        """The grade as a platform reads it, as a share of its own maximum; empty without one.

        most: the platform's maximum; None or 0 where it has none. A point stands before decimals:
        Moodle takes it in every language, and so does Canvas.
        """
        if self.earned is None:
            return ""
        share = self.earned
        if most and self.most:
            share = self.earned * most / self.most
        return written(share)


@dataclass(frozen=True)
class Returned:
    """What goes back to one learner for one sheet.

    where: the learner's file, by its path as it was exported. by_folder: whether a folder says
    whose it is. name: for the platform and the learner. comment: a reader's words, in lines.
    page: the feedback page, as HTML. code: what stands for the name where names are hidden.
    """

    where: str
    by_folder: bool
    name: str
    sheet: Sheet
    grade: Grade
    comment: str
    page: str
    code: str = ""

    @property
    def called(self) -> str:
        """In lines for the instructor."""
        return self.code or self.name


@dataclass(frozen=True)
class Filled:
    """A table for a platform. lines: what the instructor is to know of it."""

    content: str
    lines: list[str]


@dataclass
class Noticed:
    """Names for lines to the instructor, as a table is filled in."""

    others: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    zeros: list[str] = field(default_factory=list)

    def lines(self, table: str, **extra: str) -> list[str]:
        """A line for each kind that was noticed. extra: a platform's own lines, by kind."""
        said = []
        for kind, line in {"others": OTHERS, "missing": MISSING, **extra}.items():
            names = getattr(self, kind)
            if names:
                said.append(line.format(name=table, who=first_few(names)))
        return said


def grade_of(sheet: Sheet, answers: Iterable[Answer], points: Mapping[str, Points]) -> Grade:
    """A point for each practice question that was answered, and the points of the texts.

    points: what a reader gave for the texts, by question. A text of which nothing is known waits.
    """
    practice = sheet.questions.practice
    texts = sheet.questions.texts
    earned = 0.0
    for answer in answers:
        earned += answer.question in practice and answer.verdict in ANSWERED
    waits = 0
    for id in texts:
        given = points.get(id, NOT_KNOWN)
        waits += given.waits
        earned += given.counted or 0
    most = len(practice) + sum(text.points for text in texts.values())
    return Grade(None if waits else earned, most, waits)


def comment_on(sheet: Sheet, points: Mapping[str, Points]) -> str:
    """A reader's comments on the texts: one line for each that has one."""
    lines = []
    for id, text in sheet.questions.texts.items():
        given = points.get(id, NOT_KNOWN)
        if given.comment and not given.waits:
            words = " ".join(given.comment.split())
            earned = f"{given.counted or 0:g}"
            line = COMMENT.format(id=id, points=earned, most=text.points, comment=words)
            lines.append(line)
    return "\n".join(lines)


def scaled(platform: str, whole: float | None, returned: Iterable[Returned]) -> list[str]:
    """The line that says that grades are a share of a platform's own maximum, where they are."""
    for one in returned:
        if whole and whole != one.grade.most:
            most = written(one.grade.most)
            return [SCALED.format(platform=platform, most=most, whole=written(whole))]
    return []


def written(number: float) -> str:
    """A number without needless zeros: 8.5, 13."""
    return f"{number:.{DECIMALS}f}".rstrip("0").rstrip(".")
