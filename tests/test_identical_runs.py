"""The same class gives the same files, byte for byte, in whatever order Python holds its sets."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import made_class
from course import ROOT
from made_class import cell, lay, practice, sheet, solved_sheet

LEARNERS = 8
SEEDS = ("1", "2")
OURS = ("course_file", "course_answer", "course_mark", "course_sheet")


def hand_in(place: Path) -> None:
    """A class, and answers that are sets, in boxes and right or wrong."""
    made_class.make(place, LEARNERS)
    sets = sheet()
    for question in practice().values():
        answer = '[{"a", "b", "c"}, {"d": {"x", "y", "z"}}]'
        cell(sets, f"{question.id.replace('.', '-')}-answer")["source"] = (
            f"{question.variable} = {answer}"
        )
    some = sheet()
    cell(some, "E6-8-answer")["source"] = 'kind_of_number = {"b", "a", "c"}'
    lay(place, sets=sets, some=some, whole=solved_sheet(), broken=b"{")


def grade_in_another_process(place: Path, into: Path, seed: str) -> None:
    """Grade with this seed for the order of sets."""
    command = [sys.executable, "-m", "helpers.grading.command", str(place), "--into", str(into)]
    variables = os.environ | {"PYTHONHASHSEED": seed}
    done = subprocess.run(command, cwd=ROOT, env=variables, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def written(into: Path) -> dict[str, bytes]:
    """Every file that grading wrote; of nbgrader's gradebook, what our tables hold.

    (nbgrader gives each of its own rows a random id.)
    """
    found = {}
    for path in into.rglob("*"):
        if path.is_file() and path.name != "gradebook.db":
            found[path.relative_to(into).as_posix()] = path.read_bytes()
    book = sqlite3.connect(into / "gradebook.db")
    for table in OURS:
        rows = book.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
        found[table] = json.dumps(rows).encode()
    book.close()
    return found


def test_identical_runs_write_identical_files(tmp_path: Path, new_gradebook: Path) -> None:
    hand_in(tmp_path / "in")
    runs = []
    for seed in SEEDS:
        (tmp_path / seed).mkdir()
        shutil.copy(new_gradebook, tmp_path / seed)
        grade_in_another_process(tmp_path / "in", tmp_path / seed, seed)
        runs.append(written(tmp_path / seed))
    first, second = runs
    assert len(first) > 3 * LEARNERS
    assert second.keys() == first.keys()
    differ = [name for name, content in first.items() if second[name] != content]
    assert not differ, f"These files change from run to run: {', '.join(sorted(differ))}"
