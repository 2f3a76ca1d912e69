"""What each learner has of the shares of the assessment so far: the table shares.csv.

A part that is a text has points of its rubric; of its share it gets points / most points. A part
that the gradebook does not hold is filled in by hand, in this table, as points of its share. Only
what is marked is added up, and for the rest the table says why not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.assessment import Part, number
from helpers.grading.kept_marks import Points
from helpers.grading.records import GRADED, Records
from helpers.grading.spreadsheet import Table, as_csv, harmless, read_table
from helpers.questions import Text, all_questions
from helpers.working_copy import write_whole

SHARES = "shares.csv"
BEGIN = ("student", "name")
END = ("sum so far", "of", "not counted yet", "how")
BY_HAND = "fill in: {what} (0 to {share})"
A_COLUMN_BY_HAND = re.compile(r"fill in: (?P<what>.+) \(0 to [\d.]+\)")
HUNDREDTH = Decimal("0.01")
HOW = "{where}: {points} / {of} × {share} = {value}"
HOW_BY_HAND = "{where}: {value} of {share}"
NOT_HANDED_IN, NO_TEXT, NOT_MARKED = "not handed in", "no text", "not marked yet"
OF_AN_EARLIER_TEXT = "the mark is of an earlier text"
NOT_FILLED_IN, NO_NUMBER = "not filled in", "“{typed}” is no number from 0 to {share}"
NOBODYS_COLUMN = (
    "{file} has numbers in the column “{column}”, which assessment.csv does not name any more. "
    "The table was left as it is. Take the column out of it, or put the part back."
)

Typed = dict[tuple[str, str], str]  # what was filled in, by the cell "student" and the part


@dataclass(frozen=True)
class Share:
    """What a learner has of one part. value: None where it does not count yet.

    how: where the value comes from, or why there is none. cell: what stands in the part's column.
    """

    value: Decimal | None
    how: str
    cell: str


@dataclass(frozen=True)
class Learner:
    """What is known of a learner: points by question, and the texts that they wrote."""

    id: str
    name: str
    points: Mapping[str, Points]
    texts: Mapping[str, str]


def table_of_shares(records: Records, parts: Sequence[Part], file: Path) -> str:
    """The table as CSV, with what was filled in by hand in the table that is there.

    file: that table, where there is one. Raises Problem when it cannot be read.
    """
    before = Table([], [])
    if file.exists():
        before = read_table(file, BEGIN)
    typed = _typed(before, parts, file)
    columns = [_column(part) for part in parts]
    lines: list[Sequence[object]] = [[*BEGIN, *columns, *END]]
    learners = _learners(records)
    for learner in learners:
        lines.append(_line(learner, parts, typed))
    known = {harmless(learner.id) for learner in learners}
    for row in before.rows:
        filled_in = any(student == row["student"] for student, _ in typed)
        if row["student"] not in known and filled_in:
            alone = Learner(row["student"].removeprefix("'"), row["name"], {}, {})
            lines.append(_line(alone, parts, typed))
    return as_csv(lines, before.separator)


def rename_learners(file: Path, names: Mapping[str, tuple[str, str]]) -> None:
    """Give learners other ids and names in the table there: what was filled in stays theirs.

    names: the new id and name by the old id. Where two rows become one and both are filled in
    differently, both stay. Raises Problem when the table cannot be read.
    """
    if not file.exists() or not names:
        return
    table = read_table(file, BEGIN)
    new = {harmless(old): pair for old, pair in names.items()}
    by_id: dict[str, dict[str, str]] = {}
    for row in table.rows:
        id, name = new.get(row["student"], (row["student"], row["name"]))
        renamed = {**row, "student": id, "name": name}
        before = by_id.setdefault(id, renamed)
        if _differ(before, renamed):
            by_id[row["student"]] = row
        else:
            by_id[id] = {column: renamed[column] or before[column] for column in table.columns}
    lines = [[row[column] for column in table.columns] for row in by_id.values()]
    write_whole(file, as_csv([table.columns, *lines], table.separator).encode("utf-8-sig"))


def _differ(first: Mapping[str, str], second: Mapping[str, str]) -> bool:
    """Whether two rows are filled in differently."""
    for column in filter(A_COLUMN_BY_HAND.fullmatch, first):
        if first[column] and second[column] and first[column] != second[column]:
            return True
    return False


def has_row(file: Path, student: str) -> bool:
    """Whether the table there has a row of a learner."""
    if not file.exists():
        return False
    return any(row["student"] == harmless(student) for row in read_table(file, BEGIN).rows)


def _column(part: Part) -> str:
    if part.is_text:
        return f"{part.what}, {part.where} ({part.share})"
    return BY_HAND.format(what=part.what, share=part.share)


def _typed(table: Table, parts: Sequence[Part], file: Path) -> Typed:
    """What was filled in. Raises Problem where it has no part any more."""
    by_hand = {part.what for part in parts if not part.is_text}
    found = {}
    for column in table.columns:
        hit = A_COLUMN_BY_HAND.fullmatch(column)
        for row in table.rows if hit else []:
            if hit and row[column]:
                found[row["student"], hit["what"]] = row[column]
        if hit and hit["what"] not in by_hand and any(row[column] for row in table.rows):
            raise Problem(NOBODYS_COLUMN.format(file=file, column=column))
    return found


def _learners(records: Records) -> list[Learner]:
    """Everybody of whom a sheet was graded, by id."""
    names: dict[str, str] = {}
    points: dict[str, dict[str, Points]] = {}
    texts: dict[str, dict[str, str]] = {}
    for record in records.files():
        if record.status == GRADED:
            names.setdefault(record.student, record.name)
            written = records.texts(record.student, record.sheet)
            texts.setdefault(record.student, {}).update(written)
            given = records.points(record.student, record.sheet)
            points.setdefault(record.student, {}).update(given)
    return [Learner(id, names[id], points[id], texts[id]) for id in sorted(names)]


def _line(learner: Learner, parts: Sequence[Part], typed: Typed) -> list[object]:
    shares = [_share(learner, part, typed) for part in parts]
    counted = [share.value for share in shares if share.value is not None]
    of = [part.share for part, share in zip(parts, shares, strict=True) if share.value is not None]
    missing = [share.how for share in shares if share.value is None]
    how = [share.how for share in shares if share.value is not None]
    cells = [share.cell for share in shares]
    end = (shown(sum(counted, Decimal())), shown(sum(of, Decimal())))
    return [learner.id, learner.name, *cells, *end, "; ".join(missing), "; ".join(how)]


def _share(learner: Learner, part: Part, typed: Typed) -> Share:
    if part.is_text:
        return _share_of_text(learner, part)
    return _share_by_hand(part, typed.get((str(harmless(learner.id)), part.what), ""))


def _share_of_text(learner: Learner, part: Part) -> Share:
    points = learner.points.get(part.where)
    if points is None or points.counted is None:
        why = _why_not(points, learner.texts.get(part.where, ""))
        return Share(None, f"{part.where}: {why}", "")
    question = all_questions()[part.where]
    assert isinstance(question, Text)
    given = Decimal(str(points.counted))
    value = rounded(Fraction(given) / question.points * Fraction(part.share))
    numbers = {"points": shown(given), "of": question.points, "share": shown(part.share)}
    how = HOW.format(where=part.where, value=shown(value), **numbers)
    return Share(value, how, shown(value))


def _why_not(points: Points | None, text: str) -> str:
    if points is None:
        return NOT_HANDED_IN
    if points.earlier:
        return OF_AN_EARLIER_TEXT
    return NOT_MARKED if text else NO_TEXT


def _share_by_hand(part: Part, cell: str) -> Share:
    if not cell:
        return Share(None, f"{part.what}: {NOT_FILLED_IN}", "")
    value = number(cell)
    if value is None or not 0 <= value <= part.share:
        why = NO_NUMBER.format(typed=cell, share=part.share)
        return Share(None, f"{part.what}: {why}", cell)
    how = HOW_BY_HAND.format(where=part.what, value=shown(value), share=part.share)
    return Share(value, how, cell)


def rounded(value: Fraction) -> Decimal:
    """Exact where four places are enough, else to two places, halves up.

    What is added up is this number, so that a sum is the sum of what stands there.
    """
    near = Decimal(value.numerator) / Decimal(value.denominator)
    exact = near.quantize(HUNDREDTH**2)
    if Fraction(exact) == value:
        return exact
    return near.quantize(HUNDREDTH, ROUND_HALF_UP)


def shown(value: Decimal) -> str:
    """Without zeros at the end."""
    plain = f"{value:f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
