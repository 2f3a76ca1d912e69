"""Forgiving cells: a slip is read as it was meant, or becomes one plain line."""

from __future__ import annotations

import subprocess
import sys

import pytest
from course import ROOT, flat
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from helpers import cells


def told(shell: InteractiveShell, source: str) -> str:
    with capture_output() as said:
        shell.run_cell(source)
    shown = " ".join(str(output.data.get("text/plain", "")) for output in said.outputs)
    return flat(f"{shown} {said.stdout}")


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("x = “a”", "a"),
        ("x = ‘a’", "a"),
        ("x = „a“", "a"),
        ("x = “““my text”””", "my text"),
        ('x = """He said "yes""""', 'He said "yes" '),
        ('x = """one\ntwo "three""""   # a remark', 'one\ntwo "three" '),
        ('x = """a “curly” text"""', "a “curly” text"),
        ('x = "He said “no”"', "He said “no”"),
        ("x = 'it'", "it"),
    ],
)
def test_marks_are_read_as_they_were_meant(
    shell: InteractiveShell, source: str, value: str
) -> None:
    told(shell, source)
    assert shell.user_ns.get("x") == value, source


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("x = an answer of mine", 'x = "an answer of mine"'),
        ("x = a", 'Put quotation marks around your answer: x = "a"'),
        ('x = "abc', 'A quotation mark is missing, it seems, in this line: x = "abc'),
        ('x = """my text', "A quotation mark is missing"),
        ('passage("B1")', "Run the first cell of this page, and then this one"),
        ('keep("00", “word”)', "it fetches the word keep"),
        ('check(E3.3, "b")', 'Put quotation marks around the id: check("E3.3", …)'),
        ('x = {"a": "1" "b": "2"}', "A comma is missing, it seems, in this line"),
        ('x = {"a": "1"\n     "b": "2"}', "A comma is missing, it seems, in this line"),
        ("x = (1 2)", "A comma is missing, it seems, in this line: x = (1 2)"),
        ('chekc("E3.3", "b")', "There is no chekc here. Did you mean check?"),
        ("my_answer = 1\nmy_anwser", "Did you mean my_answer?"),
    ],
)
def test_a_slip_gets_one_plain_line(shell: InteractiveShell, source: str, line: str) -> None:
    said = told(shell, source)
    assert line in said and "Traceback" not in said and "Error" not in said, said


@pytest.mark.parametrize("source", ["y = foo(1)", "1 +", "import no_such_module"])
def test_what_a_learner_cannot_mend_keeps_its_error(shell: InteractiveShell, source: str) -> None:
    assert "Error" in told(shell, source), source


@pytest.mark.parametrize("source", ["%time 1", "x = 1", "!true", "print?"])
def test_a_cell_that_can_be_read_is_left_as_it_is(source: str) -> None:
    lines = source.splitlines(keepends=True)
    assert cells.forgive(lines) is lines


def test_the_first_word_of_a_page_makes_a_kernel_forgiving() -> None:
    code = (
        "from IPython.core.interactiveshell import InteractiveShell as S; s = S.instance()\n"
        "s.run_cell('from helpers import check'); s.run_cell('x = “a”'); print(s.user_ns['x'])"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert run.stdout.strip() == "a", run.stderr[-500:]
