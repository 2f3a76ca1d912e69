"""Hostile notebooks: nothing of a learner is run, no mark is won, and no other learner is harmed.

Each tries to do what it could do if a grader ran it. All leave a mark that a test would find.
"""

from __future__ import annotations

import ast
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from course import ROOT
from made_class import SHEET, Graded, cell, sheet, solved_sheet, with_code

from helpers import feedback
from helpers.grading.records import GRADED, NOT_GRADED

Together = Callable[[dict[str, Any]], Graded]

GRADING = sorted((ROOT / "helpers" / "grading").glob("*.py"))
RUNS_CODE = {"eval", "exec", "compile", "__import__"}
RUNNERS = {
    "code", "codeop", "ctypes", "dill", "importlib", "joblib", "marshal", "multiprocessing",
    "nbclient", "pickle", "pty", "runpy", "shelve", "subprocess",
}  # fmt: skip
MARKER = "COURSE_GRADING_RAN_A_CELL"

# What a first cell tries, next to right answers: {marker} is a file that must not come to be.
HOSTILE = {
    "writes_a_file": "open({marker!r}, 'w').write('here')",
    "writes_beside_the_marks": "open('marks.csv', 'w').write('here'); open({marker!r}, 'w')",
    "reads_and_keeps_keys": (
        "from helpers.questions import find_question\n"
        "open({marker!r}, 'w').write(find_question('E6.1').key)"
    ),
    "changes_the_environment": f"import os; os.environ[{MARKER!r}] = '1'",
    "endless_loop": "open({marker!r}, 'w')\nwhile True: pass",
    "sleeps": "import time\nopen({marker!r}, 'w')\ntime.sleep(1000)",
    "ignores_signals": (
        "import signal\nfor s in (2, 15):\n    signal.signal(s, lambda *_: None)\nwhile True: pass"
    ),
    "system_exit": "raise SystemExit",
    "os_exit": "import os; os._exit(0)",
    "kills_its_parent": "import os, signal; os.kill(os.getppid(), signal.SIGKILL)",
    "forks": "import os\nopen({marker!r}, 'w')\nfor _ in range(300): os.fork()",
    "leaves_a_process": (
        "import subprocess, sys\n"
        "subprocess.Popen([sys.executable, '-c', 'open({marker!r}, \"w\")'])"
    ),
    "shell_line": "!touch {marker}",
    "shell_cell": "%%bash\ntouch {marker}",
    "runs_a_script": "%run {marker}",
    "prints_for_ever": "while True: print('x' * 1_000_000)",
    "fills_the_disk": "open({marker!r}, 'wb').write(b'0' * 10 ** 12)",
    "eats_memory": "x = bytearray(10 ** 11)",
    "asks_the_network": (
        "import socket\nsocket.create_connection(('127.0.0.1', 80)); open({marker!r}, 'w')"
    ),
    "no_recursion_limit": "import sys; sys.setrecursionlimit(10 ** 9)\ndef f(): f()\nf()",
    "replaces_check": (
        "import helpers.feedback\n"
        "helpers.feedback.first_reply = helpers.feedback.check = lambda *_, **__: True"
    ),
    "replaces_builtins": "import builtins\nbuiltins.isinstance = lambda *_: True",
    "decorator": "@open({marker!r}, 'w').write\ndef f(): pass",
    "default_argument": "def f(x=open({marker!r}, 'w')): pass",
    "class_body": "class A(open({marker!r}, 'w').__class__): x = open({marker!r}, 'w')",
    "annotation": "x: open({marker!r}, 'w') = 1",
    "format_in_text": "x = f\"{{open({marker!r}, 'w')}}\"",
    "future_import": "from __future__ import annotations, barry_as_FLUFL",
    "encoding_line": "# -*- coding: utf-7 -*-\n+AG8-pen({marker!r}, 'w')",
    "parser_depth": "x = " + "(" * 40_000,
    "tree_depth": "x = " + "-" * 40_000 + "1",
    "attribute_chain": "x = a" + ".b" * 20_000,
    "huge_power": "x = 9 ** 9 ** 9 ** 9",
    "half_a_character": "x = '\ud800'",
}
# What stands as the answer to E6.1 in an empty sheet: none of them may count as right.
TAMPERED = {
    "a_call": "__import__('os').system('touch {marker}')",
    "a_key": "__import__('helpers').questions.find_question('E6.1').key",
    "a_lambda": "(lambda: open({marker!r}, 'w'))()",
    "a_comprehension": "[open({marker!r}, 'w') for _ in 'a']",
    "a_walrus": "(y := open({marker!r}, 'w'))",
    "a_liar": "type('Liar', (str,), {{'__eq__': lambda *_: True}})('a')",
    "a_reveal": "check('E6.1', reveal=True).text",
    "a_format": "f\"{{open({marker!r}, 'w')}}\"",
    "an_await": "await open({marker!r}, 'w')",
    "bytes": "b'50,000 to 150,000'",
    "a_million_parts": "['50,000 to 150,000'] * 10 ** 9",
}


@pytest.fixture(scope="module")
def marker(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that comes to be when a learner's code is run."""
    return tmp_path_factory.mktemp("marker") / "ran"


@pytest.fixture(scope="module")
def hostile(graded_together: Together, marker: Path) -> Graded:
    """All of them, graded as one class."""
    books = {}
    for name, source in HOSTILE.items():
        books[name] = with_code(filled(source, marker))
    for name, source in TAMPERED.items():
        book = sheet()
        cell(book, "E6-1-answer")["source"] = f"left_to_buy = {filled(source, marker)}"
        books[name] = book
    return graded_together(books)


def filled(source: str, marker: Path) -> str:
    """A source with the place of the marker in it, where it names one."""
    return source.format(marker=str(marker)) if "{marker" in source else source


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_cell_changes_no_mark_and_is_not_run(
    name: str, hostile: Graded, marker: Path
) -> None:
    row = hostile.row(name)
    assert row["status"] == GRADED
    assert row["practice right"] == "9", "The right answers beside a hostile cell count."
    assert not marker.exists(), "A learner's code was run."
    assert MARKER not in os.environ, "A learner's code was run."


@pytest.mark.parametrize("name", TAMPERED)
def test_no_mark_can_be_won_by_code(name: str, hostile: Graded, marker: Path) -> None:
    row = hostile.row(name)
    assert (row["practice right"], row["practice answered"]) == ("0", "0")
    assert hostile.answers(name)["E6.1"].written.problem, "The page does not say why."
    assert not marker.exists(), "A learner's code was run."


def test_nothing_is_said_of_them_and_nothing_of_ours_was_replaced(hostile: Graded) -> None:
    assert hostile.said == [], "A cell of a learner's own is no oddity."
    assert feedback.first_reply("E6.1", "").verdict == feedback.EMPTY
    assert isinstance("a", str) and not isinstance("a", int)


def test_grading_starts_no_process_and_opens_no_connection(
    graded_together: Together, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []

    def watch(event: str, _: object) -> None:
        if event in (
            "subprocess.Popen",
            "os.fork",
            "os.system",
            "socket.connect",
            "pickle.find_class",
        ):
            seen.append(event)

    sys.addaudithook(watch)
    graded_together({"mallory": with_code("import os; os.fork()")})
    assert seen == []


@pytest.mark.parametrize("path", GRADING, ids=lambda path: path.stem)
def test_no_module_of_grading_can_run_code(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Name):
            assert node.id not in RUNS_CODE, f"{path.name}, line {node.lineno}: {node.id}"
        imported: list[str] = []
        if isinstance(node, ast.Import):
            imported = [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom):
            imported = [node.module or ""]
        for module in imported:
            package = module.partition(".")[0]
            assert package not in RUNNERS, f"{path.name} imports {module}, which runs code."
            assert "Execute" not in ast.dump(node), f"{path.name} imports what runs notebooks."


def test_what_a_learner_says_of_their_own_replies_wins_nothing(graded_together: Together) -> None:
    book = sheet()
    output = {"output_type": "display_data", "data": {"text/plain": "Yes."}}
    output["metadata"] = {"course": {"verdict": "right", "seen": []}}
    for one in book["cells"]:
        if one["id"].endswith("-test"):
            one["outputs"] = [output]
    row = graded_together({"mallory": book}).row("mallory")
    assert (row["practice right"], row["practice answered"]) == ("0", "0")


def test_a_notebook_of_many_large_cells_is_refused_or_read_at_once(
    graded_together: Together,
) -> None:
    large = solved_sheet()
    filler = {
        "cell_type": "code",
        "metadata": {},
        "outputs": [],
        "source": "left_to_buy\n" * 20_000,
    }
    large["cells"] += [dict(filler, id=f"filler-{number}") for number in range(20)]
    row = graded_together({"mallory": large}).row("mallory")
    assert row["status"] == NOT_GRADED
    assert "characters" in row["note"]
    assert SHEET in row["file"]
