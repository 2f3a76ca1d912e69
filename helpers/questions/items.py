"""The questions of the course, made from exercises/items: the one place to edit a question.

Each file NN.toml holds the questions of one lesson and its sheet, a QuestionSet. A fault in a file
is a FaultyItem with file, id and field.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from helpers.edition import NotInEdition, edition_of, shorten
from helpers.questions import letters, numbers, quotation  # noqa: F401  each adds its forms
from helpers.questions.fields import FaultyItem, checked
from helpers.questions.plain import is_a
from helpers.questions.question import FORMS, UNNAMED, Practice, Question, Text

EXERCISES = Path(__file__).resolve().parents[2] / "exercises"
ITEMS = EXERCISES / "items"
ONE_FILE_A_LESSON = "[0-9][0-9].toml"
NUMBER = re.compile("[0-9][0-9]")  # of a lesson


@dataclass(frozen=True, kw_only=True)
class QuestionSet:
    """The questions of one lesson and its sheet, and what stands at the top of both.

    words: what the sheet imports.
    """

    notebook: str
    title: str
    slug: str
    intro: str
    words: str = "check, passage"
    item: tuple[dict[str, Any], ...]

    @cached_property
    def questions(self) -> dict[str, Question]:
        """Every question of lesson and sheet, by id."""
        found = {}
        for row in self.item:
            question = _question(self.notebook, row)
            found[question.id] = question
        return found

    @property
    def in_sheet(self) -> dict[str, Question]:
        """The questions that the sheet asks, in their order."""
        return {id: one for id, one in self.questions.items() if one.page == "sheet"}

    @property
    def practice(self) -> dict[str, Practice[Any]]:
        """The questions of the sheet that are judged at once."""
        return {id: one for id, one in self.in_sheet.items() if isinstance(one, Practice)}

    @property
    def texts(self) -> dict[str, Text]:
        """The questions of the sheet that are for a reader."""
        return {id: one for id, one in self.in_sheet.items() if isinstance(one, Text)}


@cache
def question_sets() -> dict[str, QuestionSet]:
    """Every set, by the number of its lesson. Raises FaultyItem."""
    sets = {}
    for file in sorted(ITEMS.glob(ONE_FILE_A_LESSON)):
        sets[file.stem] = question_set(file.stem)
    return sets


@cache
def question_set(number: str) -> QuestionSet:
    """The set of one lesson, all its questions checked. Raises FaultyItem."""
    found = QuestionSet(**_checked_header(number))
    if found.notebook != number:
        raise FaultyItem(f"exercises/items/{number}.toml: notebook = {found.notebook!r}.")
    if len(found.questions) != len(found.item):
        raise FaultyItem(f"exercises/items/{number}.toml: an id stands there twice.")
    return found


def _checked_header(number: str) -> dict[str, Any]:
    """The fields of a set, its items still as rows. Raises FaultyItem."""
    rows = _rows(number)
    try:
        return checked(QuestionSet, rows)
    except FaultyItem as fault:
        raise FaultyItem(f"exercises/items/{number}.toml: {fault}.") from None


def all_questions() -> dict[str, Question]:
    """Every question of the course, by id. Raises FaultyItem."""
    found = {}
    for one in question_sets().values():
        found.update(one.questions)
    return found


def find_question(id: object) -> Question:
    """The question of that id. Raises NotInEdition, with the nearest ids; FaultyItem.

    Only this question is read, so that a fault in another one harms nobody.
    """
    name = str.__str__(id).strip().capitalize() if is_a(id, str) else ""
    number = name.partition(".")[0][1:].zfill(2)
    if name in _ids(number):
        return _found(number, name)
    if _rows(number):
        _checked_header(number)  # where its file has a fault, a question may be there all the same
    near = get_close_matches(name, _ids(number) or _all_ids(), n=3, cutoff=0)
    asked = shorten(str.__str__(id)) if is_a(id, str) else "of that kind"
    raise NotInEdition(f"There is no question {asked}. Nearest: {', '.join(near)}.")


@cache
def misreadings() -> dict[str, str]:
    """The short name of every misreading, by code."""
    text = (ITEMS / "misreadings.toml").read_text(encoding="utf-8")
    return {code: str(name) for code, name in tomllib.loads(text).items()}


@cache
def _rows(number: str) -> dict[str, Any]:
    """What one file holds; nothing where there is no such file. Raises FaultyItem."""
    if not NUMBER.fullmatch(number):
        return {}
    file = ITEMS / f"{number}.toml"
    if not file.exists():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except ValueError as problem:
        raise FaultyItem(f"exercises/items/{file.name} cannot be read: {problem}.") from None


@cache
def _found(number: str, id: str) -> Question:
    row = next(row for row in _items(number) if row.get("id") == id)
    return _question(number, row)


def _ids(number: str) -> list[str]:
    return [str(row.get("id")) for row in _items(number)]


def _items(number: str) -> list[dict[str, Any]]:
    """The items of one file, without whatever else may stand in their place."""
    items = _rows(number).get("item", [])
    return [row for row in items if isinstance(row, dict)] if isinstance(items, list) else []


def _all_ids() -> list[str]:
    found = []
    for file in sorted(ITEMS.glob(ONE_FILE_A_LESSON)):
        found += _ids(file.stem)
    return found


def _question(number: str, row: Mapping[str, Any]) -> Question:
    """A question of the form that its item names. Raises FaultyItem, with file and id."""
    form = row.get("type")
    try:
        if form not in FORMS:
            raise FaultyItem(f"type = {form!r}: the forms are {', '.join(FORMS)}")
        fields = {name: value for name, value in row.items() if name != "type"}
        question = FORMS[form].load(fields)
        question.check_values()
        _check_references(question)
    except FaultyItem as fault:
        where = f"exercises/items/{number}.toml, {row.get('id', 'an item without an id')}"
        raise FaultyItem(f"{where}: {str(fault).rstrip('. ')}.") from None
    return question


def _check_references(question: Question) -> None:
    """Raise FaultyItem where an item names a passage or a misreading that is not there."""
    _check_passages("evidence", question.evidence)
    if question.look:
        _check_passages("look", (question.look,))
    codes: list[str] = []
    if isinstance(question, Practice):
        _check_passages("reread", question.reread)
        looks = [distractor.look for distractor in question.wrong]
        _check_passages("look", tuple(filter(None, looks)))
        codes = [distractor.misreading for distractor in question.wrong]
        if question.page == "sheet" and not question.variable.isidentifier():
            raise FaultyItem(f"variable = {question.variable!r}: a name is wanted for the answer")
    if isinstance(question, Text):
        codes = list(question.comments)
    for code in codes:
        if code not in misreadings() and code != UNNAMED:
            raise FaultyItem(f"there is no misreading {code} in misreadings.toml")


def _check_passages(field: str, names: tuple[str, ...]) -> None:
    try:
        for ids in names:
            edition_of(ids).find(ids)
    except NotInEdition as problem:
        raise FaultyItem(f"{field}: {problem}") from None
