"""A made class: submissions with mistakes that are known, from a seed. Nobody in it is real."""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from course import ROOT

from helpers.authoring.sheets import cell_name
from helpers.feedback import EMPTY, NOT_YET, RIGHT
from helpers.grading.marking import Answer
from helpers.grading.people import NOTHING_SAID, People
from helpers.grading.records import Records
from helpers.grading.whole_class import grade
from helpers.questions import Distractor, Practice, QuestionSet, question_sets

Book = dict[str, Any]

SHEET = "06-the-grain-sum"
LEVELS = (
    "",
    "A verdict.",
    "One number and a verdict.",
    "A range, and one reason.",
    "A range that rests on the limit, and what is left out.",
)
WRONG_TRIES = (0, 0, 0, 1, 1, 2, 3)  # before the last answer
LAST_ANSWERS = (RIGHT, RIGHT, RIGHT, RIGHT, NOT_YET, EMPTY)


class Known(NamedTuple):
    """What a made learner did with one question. seen: what all their wrong tries showed."""

    answer: str
    verdict: str
    misreading: str = ""
    seen: tuple[str, ...] = ()


@cache
def _released(slug: str) -> str:
    return (ROOT / "exercises/release" / slug / f"{slug}.ipynb").read_text(encoding="utf-8")


def sheet(slug: str = SHEET) -> Book:
    """A released sheet, as a learner begins with it."""
    book: Book = json.loads(_released(slug))
    return book


def cell(book: Book, name: str) -> dict[str, Any]:
    """The cell of that name."""
    found: dict[str, Any] = next(cell for cell in book["cells"] if cell["id"] == name)
    return found


def questions(slug: str = SHEET) -> QuestionSet:
    """The questions of a sheet."""
    return question_sets()[slug[:2]]


def practice(slug: str = SHEET) -> Mapping[str, Practice[Any]]:
    """The practice questions of a sheet."""
    return questions(slug).practice


def write(book: Book, question: Practice[Any], answer: str) -> None:
    """Write an answer into its cell, as a learner does."""
    home = cell(book, cell_name(question.id, "answer"))
    home["source"] = f"{question.variable} = {answer}"


def write_text(book: Book, id: str, text: str, slug: str = SHEET) -> None:
    """Write a text between its marks, as a learner does."""
    question = questions(slug).texts[id]
    home = cell(book, cell_name(id, "answer"))
    home["source"] = f'{question.variable} = """{text}"""'


def typed(question: Practice[Any], distractor: Distractor) -> str:
    """A distractor as a learner would type it."""
    return repr(question.answer_showing(distractor))


def solved_sheet(slug: str = SHEET) -> Book:
    """A sheet with every practice question answered rightly, and no text written."""
    book = sheet(slug)
    for question in practice(slug).values():
        write(book, question, question.solution)
    return book


def lay(folder: Path, /, **books: Book | bytes) -> Path:
    """Write notebooks, or whatever else was handed in as one, one folder a learner."""
    for name, book in books.items():
        content = book if isinstance(book, bytes) else json.dumps(book).encode()
        path = folder / name / f"{SHEET}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_bytes(content)
    return folder


@dataclass
class Graded:
    """A graded class. rows: of marks.csv, by file. said: the lines for the instructor.

    handed_back: the lines about files for a platform.
    """

    rows: dict[str, dict[str, str]]
    said: list[str]
    folder: Path
    handed_back: Sequence[str] = ()

    def row(self, student: str) -> dict[str, str]:
        """The row of a student who handed in one file."""
        (row,) = [row for row in self.rows.values() if row["student"] == student]
        return row

    def answers(self, student: str, slug: str = SHEET) -> dict[str, Answer]:
        """What the gradebook holds of a student's answers, by question."""
        records = Records(self.folder / "gradebook.db")
        found = {one.question: one for one in records.answers(student, slug)}
        records.close()
        return found

    def page(self, student: str) -> str:
        """The page that goes back to a student."""
        file = self.folder / "feedback" / student / SHEET / f"{SHEET}.html"
        return file.read_text(encoding="utf-8")


Grade = Callable[[Path], Graded]


def grade_into(
    into: Path,
    place: Path | Sequence[Path],
    new_gradebook: Path,
    people: People = NOTHING_SAID,
) -> Graded:
    """Grade folders or zips, into a copy of that gradebook the first time."""
    if not into.exists():
        into.mkdir()
        shutil.copy(new_gradebook, into)
    said: list[str] = []
    summary = grade(place, into, said.append, lambda line: None, people=people)
    return Graded(rows_of_marks(into), said, into, summary.handed_back)


def rows_of_marks(into: Path) -> dict[str, dict[str, str]]:
    """The rows of marks.csv, by file."""
    with open(into / "marks.csv", encoding="utf-8-sig", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}


def with_code(source: str, book: Book | None = None) -> Book:
    """A solved sheet, or another one, with one more cell at its beginning."""
    book = book or solved_sheet()
    own = {"cell_type": "code", "id": "mine", "metadata": {}, "source": source, "outputs": []}
    book["cells"].insert(2, own)
    return book


def make(
    folder: Path, learners: int = 200, seed: int = 1956, slug: str = SHEET
) -> dict[str, dict[str, Known]]:
    """Write a class into a folder, one folder a learner.

    Returns what each did, by learner and question.
    """
    dice = random.Random(seed)
    truth = {}
    for number in range(learners):
        name = f"learner{number:03}"
        book = sheet(slug)
        truth[name] = {id: _one(dice, book, one) for id, one in practice(slug).items()}
        for id in questions(slug).texts:
            text = dice.choice(LEVELS)
            if text:
                write_text(book, id, text, slug)
        path = folder / name / f"{slug}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(book), encoding="utf-8")
    return truth


def _one(dice: random.Random, book: Book, question: Practice[Any]) -> Known:
    """Let a learner try a question: some wrong answers, then right, wrong or nothing."""
    tries = dice.choices(question.wrong, k=dice.choice(WRONG_TRIES))
    seen = tuple(distractor.misreading for distractor in tries)
    verdict = dice.choice(LAST_ANSWERS)
    if verdict == EMPTY:
        return Known(question.blank, EMPTY)
    known = Known(question.solution, RIGHT, "", seen)
    if verdict == NOT_YET:
        last = dice.choice(question.wrong)
        shown = last.misreading
        known = Known(typed(question, last), NOT_YET, shown, (*seen, shown))
    write(book, question, known.answer)
    save_reply(book, question.id, known.verdict, known.seen)
    return known


def save_reply(book: Book, id: str, verdict: object, seen: object) -> None:
    """Leave a reply below a question, as JupyterLab saves it."""
    reply = {"course": {"verdict": verdict, "seen": seen}}
    output = {"output_type": "display_data", "data": {}, "metadata": reply}
    cell(book, cell_name(id, "test"))["outputs"] = [output]
