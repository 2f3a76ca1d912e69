"""The house: its walls, how its code is written, and the words that it gives to notebooks."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from course import LESSONS, RELEASED, ROOT, SOLVED, cells, label, source

import helpers

HELPERS = sorted((ROOT / "helpers").rglob("*.py"))
OURS = [
    *HELPERS,
    *sorted((ROOT / "tests").rglob("*.py")),
    *sorted((ROOT / "exercises").rglob("*.py")),
]
STOREYS = ("authoring", "grading")  # above the learners'
DISPATCH = ("__init__.py", "__main__.py")
MOST_LINES = 300
DENSEST = 1.8  # compound expressions a statement
# What Pyodide brings, where Python runs in a browser.
IN_A_BROWSER_ALONE = ("pyodide", "pyodide_js")
# Imported inside functions, since they take long to load…
LATE = {"IPython", "ipywidgets", "matplotlib", "pandas", *IN_A_BROWSER_ALONE}
# … or since a command that needs them starts before they are installed.
INSTALLED_LATER = {
    "alembic",
    "nbclient",
    "nbconvert",
    "nbformat",
    "nbgrader",
    "sqlalchemy",
    "traitlets",
}

COMMANDS = {
    "import-linter": ["-c", "from importlinter.cli import *; exit(lint_imports(no_cache=True))"],
    "ruff": ["-m", "ruff", "check", "--output-format=concise"],
    "ruff format": ["-m", "ruff", "format", "--check"],
    "mypy": ["-m", "mypy"],
}
FOLDERS = ["helpers", "tests", "exercises"]


@pytest.mark.parametrize("tool", COMMANDS)
def test_a_tool_finds_nothing(tool: str) -> None:
    """import-linter keeps the walls, mypy the types, ruff the rest; pyproject.toml says what."""
    folders = FOLDERS if tool.startswith("ruff") else []
    command = [sys.executable, *COMMANDS[tool], *folders]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout + said.stderr


def test_the_wall_before_the_tests_names_each_of_their_modules() -> None:
    pyproject = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = pyproject["tool"]["importlinter"]["contracts"]
    (wall,) = [one for one in contracts if one["name"] == "Nothing imports the tests"]
    named = set(wall["forbidden_modules"])
    for path in (ROOT / "tests").glob("*"):
        is_module = path.suffix == ".py" or (path / "__init__.py").exists()
        if is_module and not path.name.startswith("test_"):
            assert path.stem in named, f"pyproject.toml: name {path.stem} in that contract, too."


def test_no_import_is_hidden_in_a_function() -> None:
    for path in HELPERS:
        if path.name in DISPATCH and path.parent.name == "helpers":
            continue
        allowed = set(LATE)
        if path.parent.name in STOREYS:
            allowed |= INSTALLED_LATER
        for line, module in imports_in_functions(path):
            package = module.partition(".")[0]
            may = package in allowed or package.startswith("jupyter_")
            assert may, f"{label(path)}, line {line}: import {module} at the top of the file."


def imports_in_functions(path: Path) -> Iterator[tuple[int, str]]:
    """Each import inside a function: its line and its module."""
    for function in ast.walk(parsed(path)):
        if not isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        for node in ast.walk(function):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield node.lineno, alias.name
            elif isinstance(node, ast.ImportFrom):
                yield node.lineno, node.module or "."


def test_code_is_written_to_be_skimmed() -> None:
    for path in [*HELPERS, *sorted((ROOT / "tests" / "bench").glob("*.py"))]:
        found = density(path)
        assert found <= DENSEST, (
            f"{label(path)} has {found:.2f} compound expressions a statement, "
            f"at most {DENSEST}: name the steps."
        )


def density(path: Path) -> float:
    """Expressions that are more than a constant, a name or an attribute, for each statement."""
    statements = compound = 0
    for node in ast.walk(parsed(path)):
        if isinstance(node, ast.stmt):
            statements += 1
        elif isinstance(node, ast.expr):
            compound += not isinstance(node, (ast.Constant, ast.Name, ast.Attribute))
    return compound / statements if statements else 0.0


def test_no_file_is_long() -> None:
    for path in OURS:
        lines = len(path.read_text(encoding="utf-8").splitlines())
        assert lines <= MOST_LINES, f"{label(path)} has {lines} lines: give a job to a new file."


def test_nothing_switches_on_the_form_of_a_question() -> None:
    """A new form is one new class. What differs between forms is a method of it."""
    for path in OURS:
        for node in ast.walk(parsed(path)):
            assert not is_switch(node), (
                f"{label(path)}, line {node.lineno}: ask the question itself, not its type."
            )


def is_switch(node: ast.AST) -> bool:
    """Whether a comparison, a `match` or a table of cases looks at a `type` or a `form`."""
    if isinstance(node, ast.Compare):
        return any(is_type(side) for side in (node.left, *node.comparators))
    if isinstance(node, ast.Match):
        return is_type(node.subject)
    if isinstance(node, ast.Subscript):
        return isinstance(node.value, ast.Dict) and is_type(node.slice)
    return False


def is_type(node: ast.expr) -> bool:
    """Whether an expression is `x["type"]`, `x.get("type")`, `x.type` or `x.form`."""
    if isinstance(node, ast.Attribute):
        return node.attr in ("type", "form")
    if isinstance(node, ast.Subscript):
        return isinstance(node.slice, ast.Constant) and node.slice.value == "type"
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        is_get = node.func.attr == "get" and bool(node.args)
        return is_get and isinstance(node.args[0], ast.Constant) and node.args[0].value == "type"
    return False


def test_tab_completes_the_words() -> None:
    missing = set(helpers.WORDS) - set(dir(helpers))
    assert not missing, f"dir(helpers) does not list {missing}."


@pytest.mark.parametrize("word", sorted(helpers.WORDS))
def test_every_word_is_there_and_a_notebook_uses_it(word: str) -> None:
    assert callable(getattr(helpers, word)) or word == "who_speaks"
    books = [*LESSONS, *SOLVED, *RELEASED, ROOT / "exercises" / "class-view.ipynb"]
    assert any(re.search(rf"\b{word}\b", code_of(path)) for path in books), (
        f"No notebook says {word}: delete it."
    )


def code_of(path: Path) -> str:
    """The code of a notebook, without its imports."""
    lines = []
    for cell in cells(path):
        if cell["cell_type"] == "code":
            lines += source(cell).splitlines()
    return "\n".join(line for line in lines if not line.startswith(("from ", "import ")))


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))
