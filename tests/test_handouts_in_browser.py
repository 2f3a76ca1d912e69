"""Printing the handouts, with a real browser and without one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import browser
import pytest
from course import ROOT
from paper import FILES, FOLDER, MEND, bare
from promised import absent
from pypdf import PdfReader


def print_into(folder: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """Print all handouts into a folder, as the command does inside the environment."""
    command = [sys.executable, "-m", "helpers.authoring.handouts.build", str(folder)]
    known = {**os.environ, **variables}
    return subprocess.run(command, cwd=ROOT, env=known, capture_output=True, text=True)


@pytest.fixture(scope="module")
def printings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two folders with all handouts, printed one after the other."""
    if not browser.browser_here():
        absent("browser", browser.NO_BROWSER)
    folders = [tmp_path_factory.mktemp(name) for name in ("first", "second")]
    for folder in folders:
        printing = print_into(folder)
        assert printing.returncode == 0, printing.stderr
    return folders


@pytest.mark.parametrize("file", FILES)
def test_the_same_course_gives_the_same_file(printings: list[Path], file: str) -> None:
    first, second = [(folder / file).read_bytes() for folder in printings]
    assert first == second, f"{file} differs from one printing to the next."


@pytest.mark.parametrize("file", FILES)
def test_a_stored_handout_says_what_is_printed_now(printings: list[Path], file: str) -> None:
    now = words_of(printings[0] / file)
    assert now == words_of(FOLDER / file), f"exercises/handouts/{file} says something else: {MEND}."


def words_of(path: Path) -> str:
    """All that a PDF says below its running titles; another browser may break lines elsewhere."""
    lines = []
    for page in PdfReader(path).pages:
        lines += page.extract_text().splitlines()[2:]
    return bare(" ".join(lines))


def test_without_a_browser_one_line_says_so_and_nothing_is_written(tmp_path: Path) -> None:
    printing = print_into(tmp_path, PATH=str(tmp_path / "nowhere"))
    assert printing.returncode == 1
    (line,) = printing.stderr.splitlines()
    assert "Chromium" in line and "run the command again" in line
    assert not list(tmp_path.iterdir())
