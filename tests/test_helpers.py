"""The module's manners: what importing it costs, and what each of its words says of itself."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from course import ROOT, label

import helpers

HELPERS = sorted((ROOT / "helpers").rglob("*.py"))
LEARNERS = [path for path in HELPERS if not {"authoring", "grading", "commands"} & set(path.parts)]
HEAVY = ("pandas", "numpy", "matplotlib", "ipywidgets")
OF_THE_SOURCE = ("Ivanov", "Kim ", "Korea", "Soviet", "Molotov", "1956", "grain", "embassy")
LATE = {  # what a word loads besides, by what a notebook writes
    "import helpers": (*HEAVY, "csv", "json"),
    "from helpers import check, passage; check('E0.1', 'about 90'); passage('B2')": HEAVY,
    "from helpers import table": HEAVY,
    "from helpers import timeline, voice_figure, gap_figure": HEAVY,
    "from helpers import voice_picker": HEAVY,
}


@pytest.mark.parametrize("code", LATE)
def test_a_word_loads_nothing_heavy_before_it_is_needed(code: str) -> None:
    look = f"{code}; import sys; print([name for name in {LATE[code]} if name in sys.modules])"
    ran = subprocess.run(
        [sys.executable, "-c", look], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert ran.stdout.strip() == "[]", f"{code} loads {ran.stdout}"


def test_every_word_for_notebooks_is_there_and_is_explained() -> None:
    for word in helpers.__all__:
        said = (getattr(helpers, word).__doc__ or "").strip()
        assert said, f"{word} has no docstring: learners read it with {word}?"
    assert set(helpers.WORDS) <= set(dir(helpers)), "Tab completes the words."
    with pytest.raises(AttributeError, match="it has: acts"):
        _ = helpers.no_such_word


def docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(
            node
        ):
            yield node.body[0].value


@pytest.mark.parametrize("path", LEARNERS, ids=label)
def test_the_module_holds_no_fact_about_the_source(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explained = list(docstrings(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in explained:
            told = [name for name in OF_THE_SOURCE if name in node.value]
            place = f"{label(path)}, line {node.lineno}"
            assert not told, f"{place}: “{node.value[:50]}” belongs into a table."


@pytest.mark.parametrize("path", HELPERS, ids=label)
def test_a_module_and_its_public_functions_say_what_they_do(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = [node.name for node in public(tree) if not ast.get_docstring(node)]
    assert ast.get_docstring(tree), f"{label(path)} does not say what its job is."
    assert not silent, f"{label(path)}: no docstring for {', '.join(silent)}."


def public(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.ClassDef]:
    """The functions and classes that other modules may use."""
    for node in tree.body:
        named = isinstance(node, (ast.FunctionDef, ast.ClassDef))
        if named and not node.name.startswith("_"):
            yield node
