"""The parts of the assessment and their shares, from the table exercises/assessment.csv."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.authoring.places import EXERCISES
from helpers.grading.spreadsheet import read_table
from helpers.questions import Text, all_questions

FILE = EXERCISES / "assessment.csv"
COLUMNS = ("what", "where", "share")
WHOLE = 100
AN_ID = re.compile(r"[A-Z]\d+\.\d+[a-z]?")
FAULT = "{file}: {fault} Mend that row; until then, no shares are computed."
NO_SHARE = "the share of “{what}” is no number above 0."
NO_TEXT = "“{where}” is judged by the machine, and has no points to share."
NO_QUESTION = "there is no question {where}."
TWICE = "“{what}” stands there twice."
TOO_MUCH = "the shares add up to {sum}, more than {whole}."


@dataclass(frozen=True)
class Part:
    """A part of the assessment. where: the id of a text, or where a reader finds it.

    share: of a whole of 100.
    """

    what: str
    where: str
    share: Decimal

    @property
    def is_text(self) -> bool:
        """Whether its points come from the gradebook, and not by hand."""
        return self.where in all_questions()


def parts_of_assessment(file: Path) -> list[Part]:
    """The parts in their order. Raises Problem."""
    parts = []
    for row in read_table(file, COLUMNS).rows:
        part = Part(row["what"], row["where"], number(row["share"]) or Decimal(0))
        _check(part, file)
        parts.append(part)
    for what, count in Counter(part.what for part in parts).items():
        if count > 1:
            raise _fault(file, TWICE.format(what=what))
    total = sum(part.share for part in parts)
    if total > WHOLE:
        raise _fault(file, TOO_MUCH.format(sum=total, whole=WHOLE))
    return parts


def number(typed: str) -> Decimal | None:
    """A number as people type it, with a point or a comma, with or without %; else None."""
    try:
        found = Decimal(typed.strip().removesuffix("%").strip().replace(",", "."))
    except InvalidOperation:
        return None
    return found if found.is_finite() else None


def _check(part: Part, file: Path) -> None:
    if part.share <= 0:
        raise _fault(file, NO_SHARE.format(what=part.what))
    if AN_ID.fullmatch(part.where) and not part.is_text:
        raise _fault(file, NO_QUESTION.format(where=part.where))
    if part.is_text and not isinstance(all_questions()[part.where], Text):
        raise _fault(file, NO_TEXT.format(where=part.where))


def _fault(file: Path, fault: str) -> Problem:
    return Problem(FAULT.format(file=file, fault=fault))
