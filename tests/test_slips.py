"""One reading of a cell: a learner's kernel and the grading of a class take the same from it."""

from __future__ import annotations

from typing import Any

import pytest
from course import QUESTIONS
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers import cells
from helpers.authoring.sheets import cell_name
from helpers.grading.notebook import Cell
from helpers.grading.reading import NOTHING, Written, as_json_holds_it, read_answers
from helpers.slips import as_meant

QUESTION: Any = QUESTIONS["E6.1"]
X = QUESTION.variable
TEXT: Any = QUESTIONS["E6.9"]
Y = TEXT.variable
MARKED = "50 to 60"
# What was typed, with X for the name of an answer and Y for that of a text, and what it means.
CLEAR: dict[str, object] = {
    'X = "50 to 60"': MARKED,
    "X = “50 to 60”": MARKED,
    "X = ”50 to 60”": MARKED,
    "X = „50 to 60“": MARKED,
    "X = „50 to 60”": MARKED,
    "X = «50 to 60»": MARKED,
    "X = »50 to 60«": MARKED,
    "X = ‹50 to 60›": MARKED,
    "X = ‘50 to 60’": MARKED,
    "X = ‚50 to 60‘": MARKED,
    "X = `50 to 60`": MARKED,
    "X = ´50 to 60´": MARKED,
    "X = ″50 to 60″": MARKED,
    "X = ＂50 to 60＂": MARKED,
    "X = 「50 to 60」": MARKED,
    "X = ''50 to 60''": MARKED,
    "X = ,,50 to 60''": MARKED,
    'X = ""50 to 60""': MARKED,
    "X = “50 to 60\"": MARKED,
    "X = \"50 to 60'": MARKED,
    'X = "50 to 60': MARKED,
    'X = 50 to 60"': MARKED,
    "X = 'about 50": "about 50",
    "X = about 50'": "about 50",
    "X = “50 to 60": MARKED,
    "X = 50 to 60”": MARKED,
    "X = 50 to 60": MARKED,
    "X=50 to 60": MARKED,
    "X = 50 to 60  # my guess": MARKED,
    "X = “50 to 60”  # my guess": MARKED,
    'X = "50 to 60  # my guess': MARKED,
    "X = b": "b",
    "X = b  # or c": "b",
    "X = B24.4": "B24.4",
    "X = Ivanov": "Ivanov",
    "X = in": "in",
    "X = all": "all",
    "X = In the south": "In the south",
    "X = 5%": "5%",
    "X = 50,000 tons": "50,000 tons",
    "X = 50,000": "50,000",
    "X = 50,500": "50,500",
    "X = 1,050,000  # tons": "1,050,000",
    "X = 100,000, 300,000": "100,000, 300,000",
    "X = (100,000, 300,000)": "100,000, 300,000",
    "X = (50,000)": "50,000",
    "X = [100,500, 200,500]": [100, 500, 200, 500],
    "X = (100,150)": [100, 150],
    "X = 50, 100": [50, 100],
    "X = 5,10": [5, 10],
    "X = 13.1.1956": "13.1.1956",
    "X = not sure": "not sure",
    "X = a or b": "a or b",
    "X = North and South": "North and South",
    "X = a, b": ["a", "b"],
    "X = [a, b]": ["a", "b"],
    'X = {a: "1", b: 2}': {"a": "1", "b": 2},
    "X = 'it's Kim's wish'": "it's Kim's wish",
    "X = ‘it’s Kim’s wish’": "it's Kim's wish",
    "X = “it’s Kim’s wish”": "it's Kim's wish",
    'X = "it\'s Kim\'s wish': "it's Kim's wish",
    "X = it's Kim's wish": "it's Kim's wish",
    "X = the visitors' wish": "the visitors' wish",
    'X = "He said “no”"': "He said “no”",
    "X = “He said ‘no’.”": "He said 'no'.",
    "  X = “50 to 60”": MARKED,
    "%pwd\nX = “50 to 60”": MARKED,
    "import math\nX = 50 to 60\nprint(math.pi)": MARKED,
    "other = “a”\nX = 50 to 60": MARKED,
    "X = Müller’s": "Müller's",
    "Y = “““One.\n\nTwo.”””": "One.\n\nTwo.",
    'Y = """One.\nTwo "quoted""""': 'One.\nTwo "quoted" ',
    'Y = """One.\nTwo.': "One.\nTwo.",
    'Y = """One.\nReally?\nTwo."': "One.\nReally?\nTwo.",
    'Y = """One.\nTwo.\n\n': "One.\nTwo.",
    "Y = “One. It’s two.”": "One. It's two.",
}  # fmt: skip
BLANK = ["X = ", "X =", 'X = "', "X = “”", "X = ''''"]
# What is not clear, and what a learner's page says of it.
NOT_CLEAR = {
    'X = {"a": "1", "b": 2"}': "quotation mark",
    'X = ("the words", "B1.1)': "mark",
    'X = "the words", "B1.1': "quotation mark",
    "X = (the words, B1.1)": "quotation marks",
    'X = "50" to "60': "mark",
    'X = "He said "no" to it"': "quotation mark",
    "X = 50 to 60 (tons)": "quotation marks",
    "X = 100 000 - 50 000": "quotation marks",
    "X = 50 to 60\nI am not sure": "quotation marks",
    'X = "50 to 60"\nI am not sure': "remark of your own",
    'Y = """One.\nX = """Two.': "mark",
}


def typed(source: str) -> str:
    """With the names of the answers, as they stand at the beginnings of lines."""
    lines = []
    for line in source.split("\n"):
        bare = line.lstrip()
        if bare[:1] in ("X", "Y") and "=" in bare[:3]:
            name = X if bare.startswith("X") else Y
            line = line.replace(bare[0], name, 1)
        lines.append(line)
    return "\n".join(lines)


def asked(source: str) -> Any:
    """The question to which a text is an answer: of two, the first."""
    return TEXT if source.lstrip().startswith("Y") else QUESTION


def graded(source: str) -> Written:
    question = asked(source)
    cell = Cell(cell_name(question.id, "answer"), "code", typed(source))
    return read_answers({question.id: question}, [cell])[question.id]


def told(shell: InteractiveShell, source: str) -> str:
    with capture_output() as said:
        shell.run_cell(source)
    return " ".join(str(output.data.get("text/plain", "")) for output in said.outputs)


@pytest.mark.parametrize("source", CLEAR)
def test_what_is_clear_is_read_and_alike_by_kernel_and_grading(
    source: str, shell: InteractiveShell
) -> None:
    assert graded(source) == Written(CLEAR[source]), f"Grading reads otherwise: {source}"
    line = told(shell, typed(source))
    value = shell.user_ns.get(asked(source).variable, "")
    assert as_json_holds_it(value) == CLEAR[source], f"A kernel reads otherwise: {source} {line}"


@pytest.mark.parametrize("source", BLANK)
def test_what_is_left_blank_is_no_fault(source: str, shell: InteractiveShell) -> None:
    assert graded(source) == NOTHING
    assert told(shell, typed(source)) == ""
    assert shell.user_ns[X] == ""


@pytest.mark.parametrize("source", NOT_CLEAR)
def test_what_is_not_clear_is_read_by_neither_and_quoted(
    source: str, shell: InteractiveShell
) -> None:
    written = graded(source)
    assert written.answer is None and NOT_CLEAR[source] in written.problem, written
    assert written.typed
    told(shell, typed(source))
    assert X not in shell.user_ns and Y not in shell.user_ns, source


def test_a_name_that_has_a_value_is_no_word(shell: InteractiveShell) -> None:
    for source in ('b = "50"\nX = b', "b = 1\nc = 2\nX = b or c"):
        assert "not a calculation" in graded(source).problem
        told(shell, typed(source))
        assert shell.user_ns[X] in ("50", 1), "The value of a name is lost."
    told(shell, "harvest = 5")
    told(shell, f"{X} = harvest")
    assert shell.user_ns[X] == 5


def test_other_names_of_a_lesson_keep_their_error(shell: InteractiveShell) -> None:
    """A misspelt name in a sum is no word."""
    with capture_output():
        shell.run_cell("total = ned")
    assert "total" not in shell.user_ns


def test_an_answer_that_a_lesson_checks_is_read_as_well(shell: InteractiveShell) -> None:
    with capture_output():
        shell.run_cell('check = dict\nmine = 50 to 60\ncheck("N6.1", mine) if False else None')
    assert shell.user_ns["mine"] == MARKED


ODD = ["'", '"', " ", "“", "check(,", "x = ", "(", "-", "\n", "(\n", "not "]


@pytest.mark.parametrize("size", [400, 40_000])
@pytest.mark.parametrize("sign", ODD)
def test_what_is_long_and_odd_breaks_nothing(sign: str, size: int) -> None:
    meant = as_meant(f"{X} = {sign * (size // len(sign))}a?")
    assert meant is None or meant.startswith(X)


@pytest.mark.parametrize("source", ["files = !echo", "where = %pwd", "%pwd", "!echo"])
def test_a_command_of_ipython_is_left_alone(source: str) -> None:
    lines = [f"{source}\n", "print(1)\n"]
    assert cells.forgive(lines) == lines
