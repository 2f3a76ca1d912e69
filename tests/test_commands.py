"""`python3 -m helpers`: the list of commands, on any Python, and what the README says of them."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest
from course import ROOT

import helpers.__main__ as main


def test_an_unknown_command_lists_the_commands() -> None:
    said = main.main(["fly"])
    for name, (module, purpose) in main.COMMANDS.items():
        assert name in said
        assert purpose in said
        assert find_spec(f"helpers.{module}"), f"`{name}` is run by a module that is not there."


def test_an_old_python_is_told_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main.sys, "version_info", (3, 8, 1))
    assert "needs Python 3.11" in main.main(["lab"])


@pytest.mark.parametrize("name", ["__init__", "__main__"])
def test_old_pythons_can_read_the_files_that_tell_them(name: str) -> None:
    text = (ROOT / f"helpers/{name}.py").read_text(encoding="ascii")
    ast.parse(text, feature_version=(3, 4))
    for node in ast.walk(ast.parse(text)):
        assert not isinstance(node, (ast.JoinedStr, ast.AnnAssign, ast.NamedExpr)), (
            f"helpers/{name}.py, line {node.lineno}: old Pythons cannot read this."
        )
        if isinstance(node, ast.FunctionDef):
            assert node.returns is None, f"helpers/{name}.py: {node.name} has annotations."


@pytest.mark.parametrize("command", main.COMMANDS)
def test_help_answers_without_installing_anything(command: str, tmp_path: Path) -> None:
    """In a copy of the module alone: there is no environment, and no lock to make one from."""
    shutil.copytree(ROOT / "helpers", tmp_path / "helpers")
    answer = subprocess.run(
        [sys.executable, "-S", "-m", "helpers", command, "--help"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=30,
    )
    assert answer.returncode == 0, answer.stderr
    assert f"python3 -m helpers {command}" in answer.stdout
    assert answer.stdout.startswith("usage: ")
    assert [path.name for path in tmp_path.iterdir()] == ["helpers"], "Something was made."


def test_the_readme_names_the_commands_at_its_top() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    lab = readme.index("python3 -m helpers lab")
    test = readme.index("python3 -m helpers test")
    assert lab < test < 2500, "The two commands stand at the top."


def test_git_ignores_what_learners_make() -> None:
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {".venv/", ".state/", "my-work/"} <= set(ignored)
