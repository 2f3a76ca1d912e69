"""Answers are read from cells and never run: what counts as an answer, and what is said else."""

from __future__ import annotations

from typing import Any

import pytest
from course import QUESTIONS

from helpers.authoring.sheets import cell_name
from helpers.feedback import RIGHT, UNREAD, first_reply
from helpers.grading.marking import mark
from helpers.grading.notebook import Cell
from helpers.grading.reading import NOTHING, Written, read_answers
from helpers.grading.sheet import sheets
from helpers.questions import Practice

QUESTION: Any = QUESTIONS["E6.1"]
X = QUESTION.variable
HOME = cell_name(QUESTION.id, "answer")

READ = {
    'X = "50 to 60"': "50 to 60",
    "X = '50 to 60'": "50 to 60",
    "X = 50": 50,
    "X = -3.5": -3.5,
    'X: str = "50"': "50",
    'other = X = "50"': "50",
    'X = "4"\nX = "50"': "50",
    'X = "50" "60"': "5060",
    'X = """50\n60"""': "50\n60",
    'X = ("the words", "B1.1")': ["the words", "B1.1"],
    'X = {"a": "1", "b": ""}': {"a": "1", "b": ""},
    'X = {1: "a"}': {"1": "a"},
    'X = {"c", "a", "b"}': ["a", "b", "c"],
    'X = [{"b", "a"}]': [["a", "b"]],
    'X = "odd \\d backslash"': "odd \\d backslash",
    "X = “50 to 60”": "50 to 60",
    "X = „50 to 60“": "50 to 60",
    "X = ‘50’": "50",
    "X = «50»": "50",
    '%matplotlib inline\n!ls\nX?\nX = "50"': "50",
    '%%time\nX = "50"': "50",
    '  X = "50"\n  # indented': "50",
    'import pandas\nX = "50"\nprint(X)': "50",
    '\r\nX = "50"\r\n': "50",
}
NO_ANSWER = {
    "X = 100/3": "not a calculation",
    'X = "5" + "0"': "not a calculation",
    'X = "5" * 10 ** 9': "not a calculation",
    'X = f"{50}"': "not a calculation",
    'X = amount("5 t")': "not a calculation",
    'X = {[1]: "a"}': "not a calculation",
    "X = (n for n in 'a')": "not a calculation",
    "X = 50,000 to (60,000)": "between quotation marks",
    'X = {"a": "1", "b": 2"}': "A quotation mark is missing.",
    'X = ("the words", "B1.1"': "A bracket is missing.",
    'X = {"a": "1"': "A bracket is missing.",
    'X = ("the words", "B1.1"))': "a bracket too many",
    'X = "50"\nI am not sure': "A remark of your own begins with #.",
    '"50 to 60"': f"begins with {X} = is missing",
    "50 to 60": f"begins with {X} = is missing",
    'X "50"': f"begins with {X} = is missing",
    'if True:\n    X = "50"': f"begins with {X} = is missing",
    "X = b'8'": "neither text nor a number",
    "X = 3 + 4j": "neither text nor a number",
    'X = {"a": {"b": {"c": {"d": 1}}}}': "neither text nor a number",
    "X = " + "-" * 20_000 + "1": "too long, too deep",
    "X = " + "1 + " * 20_000 + "1": "too long, too deep",
    "X = 0x" + "f" * 9_000: "too many digits",
    "X = {0x" + "f" * 9_000 + ', "a"}': "too long, too deep",
    'X = "' + "a" * 60_000 + '"': "too long, too deep",
    'X = "50\x00"': "too long, too deep or too damaged",
    "X = " + "[" * 5_000: "A bracket is missing.",
}
NOTHING_YET = ['X = ""', "X = None", "X = ...", 'X = ("", "")', "", "# X = 50"]


def read(*cells: Cell) -> Written:
    """What is read for the question from these cells."""
    return read_answers({QUESTION.id: QUESTION}, cells)[QUESTION.id]


def code(source: str, name: str = HOME) -> Cell:
    return Cell(name, "code", source.replace("X", X))


def short(source: str) -> str:
    return source[:30]


@pytest.mark.parametrize("source", READ, ids=short)
def test_an_answer_is_the_literal_after_its_name(source: str) -> None:
    assert read(code(source)) == Written(READ[source])


@pytest.mark.parametrize("source", NO_ANSWER, ids=short)
def test_what_is_no_answer_is_quoted_with_what_is_wrong(source: str) -> None:
    written = read(code(source))
    assert written.answer is None
    assert NO_ANSWER[source] in written.problem
    assert written.typed, "The line is not quoted back."
    assert written.typed.isprintable() and len(written.typed) <= 130, written.typed


@pytest.mark.parametrize("source", NOTHING_YET)
def test_what_is_left_blank_is_no_fault(source: str) -> None:
    assert read(code(source)) == NOTHING


def test_the_cell_for_the_answer_comes_first() -> None:
    assert read(code('X = "50"'), code('X = "60"', "mine")).answer == "50"


@pytest.mark.parametrize("home", [[], [code('X = ""')], [code("# nothing")]])
def test_another_cell_counts_where_that_one_is_gone_or_empty(home: list[Cell]) -> None:
    elsewhere = [code("X = (", "early"), code('X = "60"', "mine"), code("print(X)", "late")]
    assert read(*home, *elsewhere).answer == "60"


def test_of_two_cells_for_an_answer_the_last_that_is_filled_in_counts() -> None:
    assert read(code('X = "50"'), code('X = "60"'), code('X = ""')).answer == "60"


def test_a_text_cell_is_no_answer() -> None:
    assert read(Cell(HOME, "markdown", f'{X} = "50"')) == NOTHING


PRACTICE = [id for id, one in QUESTIONS.items() if isinstance(one, Practice)]


@pytest.mark.parametrize("id", PRACTICE)
def test_every_solution_is_read_and_right(id: str) -> None:
    question: Any = QUESTIONS[id]
    if question.page != "sheet":
        return
    cell = Cell(cell_name(id, "answer"), "code", f"{question.variable} = {question.solution}")
    written = read_answers({id: question}, [cell])[id]
    assert written.problem == "", f"The solution of {id} is no literal: mend its item."
    assert first_reply(id, written.answer).verdict == RIGHT


def test_an_answer_that_cannot_be_judged_is_told_its_form() -> None:
    answer = read(code('X = "many tons"')).answer
    assert first_reply(QUESTION.id, answer).verdict == UNREAD


def test_a_text_is_read_between_its_marks_and_none_is_lost() -> None:
    sheet = sheets()["06"]
    name = cell_name("E6.9", "answer")
    wholes = {
        'does_the_plan_add_up = """One.\n\nTwo "quoted"."""': 'One.\n\nTwo "quoted".',
        'does_the_plan_add_up = """ """': "",
        "does_the_plan_add_up = “One.”": "One.",
        "One, and no marks at all.": "One, and no marks at all.",
    }
    for source, text in wholes.items():
        answers = {one.question: one for one in mark(sheet, [Cell(name, "code", source)]).answers}
        assert answers["E6.9"].said == text, source
    earlier = mark(sheet, [Cell(name, "markdown", "A text in a sheet of the first edition.")])
    assert earlier.answers[-1].said == "A text in a sheet of the first edition."
