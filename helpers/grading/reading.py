"""What a learner answered, read from the cells of a notebook. Nothing of a learner's is run.

An answer is a literal after the name that its question gives it: a text, a number, or a box of
them. `ast.literal_eval` takes it from the tree of a cell, and takes nothing else.
"""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from helpers.authoring.sheets import cell_name
from helpers.edition import shorten
from helpers.grading.naming import printable
from helpers.grading.notebook import Cell
from helpers.grading.syntax import MARKS_MISSING, TOO_MUCH, NotParsed, parse
from helpers.questions import Practice, Text, Unread, empty, plain
from helpers.slips import words_for_names

Answerable = Practice[Any] | Text  # what has a variable for its answer
LONGEST_LINE = 120  # characters of a line that is quoted back
# What ast.literal_eval raises for what is no literal, or one too deep or too long.
NO_LITERAL = (ValueError, TypeError, RecursionError, MemoryError)

# Names that have a value, as far as that can be seen at the beginnings of lines.
GIVEN_A_VALUE = re.compile(r"^[ \t]*([^\W\d]\w*)[ \t]*=(?!=)", re.M)
FETCHED = re.compile(r"^[ \t]*(?:from [\w.]+ )?import ([^\n#]*)", re.M)
WORD = re.compile(r"\w+")

NOT_A_CALCULATION = "Write the answer itself between the marks, not a calculation."
NO_REMARK = "This line cannot be read. A remark of your own begins with #."
NAME_MISSING = "The line that begins with {variable} = is missing."


@dataclass(frozen=True)
class Written:
    """What stands after the name of an answer.

    answer: in the types that JSON has, or None. problem: why it is no answer, or nothing.
    typed: the line as it was typed, where there is a problem.
    """

    answer: object = None
    problem: str = ""
    typed: str = ""


NOTHING = Written()


def read_answers(questions: Mapping[str, Answerable], cells: Sequence[Cell]) -> dict[str, Written]:
    """What a learner wrote for each question, by id. cells: those that a learner may write in."""
    code = [cell for cell in cells if cell.kind == "code"]
    known = _names_in(cell.source for cell in code)
    return {id: _read_answer(question, code, known) for id, question in questions.items()}


def _names_in(sources: Iterable[str]) -> set[str]:
    """The names to which cells give a value, or that they fetch: these are no words."""
    found = set()
    for source in sources:
        found.update(GIVEN_A_VALUE.findall(source))
        for fetched in FETCHED.findall(source):
            found.update(WORD.findall(fetched))
    return found


def _read_answer(question: Answerable, code: Sequence[Cell], known: Collection[str]) -> Written:
    """From the cell for the answer; from any other one where that cell is gone or empty."""
    variable = question.variable
    home = cell_name(question.id, "answer")
    home_sources = [cell.source for cell in code if cell.name == home]
    other_sources = [cell.source for cell in code if cell.name != home]
    at_home = list(_assignments(variable, home_sources, known))
    elsewhere = _assignments(variable, other_sources, known)
    for written in chain(at_home, elsewhere):
        if written != NOTHING:
            return written
    if at_home:
        return NOTHING
    return _without_name(variable, "\n".join(home_sources))


def _assignments(
    variable: str, sources: Sequence[str], known: Collection[str]
) -> Iterator[Written]:
    """What each cell assigns to a variable, the last cell first."""
    for source in reversed(sources):
        written = written_in(source, variable, known) if variable in source else None
        if written is not None:
            yield written


def written_in(source: str, variable: str, known: Collection[str] = ()) -> Written | None:
    """What a cell assigns to a variable at its top level, the last time; None if it does not.

    known: names that have a value. Any other name is a word, as in a learner's kernel.
    """
    try:
        tree = parse(source, known)
    except NotParsed as problem:
        return _not_parsed(source, variable, problem)
    written = None
    for value in _values(tree, variable):
        line = _line(source, value.lineno - 1)
        written = _as_written(value, line, known)
    return written


def _values(tree: ast.Module, variable: str) -> Iterator[ast.expr]:
    """What the statements of a cell assign to a variable, in their order."""
    for statement in tree.body:
        if isinstance(statement, ast.Assign) and _names(variable, statement.targets):
            yield statement.value
        if isinstance(statement, ast.AnnAssign) and _names(variable, [statement.target]):
            yield from filter(None, [statement.value])


def _names(variable: str, targets: Sequence[ast.expr]) -> bool:
    return any(isinstance(target, ast.Name) and target.id == variable for target in targets)


def _as_written(value: ast.expr, line: str, known: Collection[str]) -> Written:
    try:
        literal = ast.literal_eval(words_for_names(value, known))
    except NO_LITERAL:
        return _no_answer(NOT_A_CALCULATION, line)
    try:
        answer = as_json_holds_it(literal)
    except Unread as problem:
        return _no_answer(str(problem), line)
    return NOTHING if empty(answer) else Written(answer)


def as_json_holds_it(literal: object) -> object:
    """A literal in the types that JSON has, with sets in order. Raises Unread."""
    try:
        kept = json.dumps(plain(_with_sets_in_order(literal)), default=_nothing)
    except Unread:
        raise
    except (ValueError, TypeError, RecursionError):  # such as a number of 5,000 digits
        raise Unread(TOO_MUCH) from None
    answer: object = json.loads(kept)
    return answer


def _with_sets_in_order(literal: object) -> object:
    """The same with lists for sets, whose order changes from run to run."""
    if isinstance(literal, set):
        return sorted(literal, key=repr)
    if isinstance(literal, (list, tuple)):
        return [_with_sets_in_order(part) for part in literal]
    if isinstance(literal, dict):
        return {sign: _with_sets_in_order(part) for sign, part in literal.items()}
    return literal


def _nothing(_: object) -> None:
    """What JSON holds in place of `...`."""


def _not_parsed(source: str, variable: str, problem: NotParsed) -> Written | None:
    """Why an answer cannot be read; None where the cell holds no line for it."""
    begins = re.search(rf"^[ \t]*{variable}\b[^=\n]*=(?!=)", source, re.M)
    if begins is None:
        return None
    own = source.count("\n", 0, begins.end())
    other = own if problem.line is None else problem.line
    line = _line(source, other)
    if other == own or not _says_something(line):
        return _no_answer(str(problem), _line(source, own))
    is_remark = str(problem) == MARKS_MISSING
    return _no_answer(NO_REMARK if is_remark else str(problem), line)


def _without_name(variable: str, source: str) -> Written:
    """What to say of an answer that stands alone in its cell, without name and =."""
    for line in source.split("\n"):
        if _says_something(line):
            return _no_answer(NAME_MISSING.format(variable=variable), line)
    return NOTHING


def _no_answer(problem: str, line: str) -> Written:
    return Written(problem=problem, typed=printable(shorten(line, LONGEST_LINE)))


def _line(source: str, number: int) -> str:
    """A line of a cell, from 0; the last one where there are fewer."""
    lines = source.split("\n")
    return lines[min(number, len(lines) - 1)]


def _says_something(line: str) -> bool:
    """Whether a line is neither blank nor a comment."""
    return not line.lstrip().startswith("#") and bool(line.strip())
