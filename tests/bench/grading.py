"""Grading a made class of 200 beside nbgrader's own autograde, one after the other, on 20 of it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import made_class
from course import ROOT

from bench.timing import Row, seconds, write_table

COLUMNS = ("what", "notebooks", "seconds", "a minute", "times nbgrader's rate")
FEW = 20
GOAL = "goal: 200 in 5 s"


def measure() -> None:
    """Measure, print, and write .state/bench-grade.md."""
    write_table("bench-grade.md", "one run", COLUMNS, _rows())


def _rows() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        handed_in = folder / "handed-in"
        learners = sorted(made_class.make(handed_in))
        slow = _with_nbgrader(folder, handed_in, learners[:FEW])
        rate = 60 * FEW / slow
        yield "nbgrader autograde, one after the other", str(FEW), f"{slow:.0f}", f"{rate:.0f}", "1"
        command = ["-m", "helpers.grading.command", str(handed_in), "--into", str(folder / "into")]
        quick = seconds(command, folder)
        ours = 60 * len(learners) / quick
        times = f"{ours / rate:.0f} ({GOAL})"
        yield "python3 -m helpers grade", str(len(learners)), f"{quick:.1f}", f"{ours:.0f}", times


def _with_nbgrader(folder: Path, handed_in: Path, learners: list[str]) -> float:
    """Seconds that nbgrader's own command takes, in a course of its own."""
    slug = made_class.SHEET
    course = folder / "nbgrader"
    exercises = ROOT / "exercises"
    shutil.copytree(exercises / "source" / slug, course / "source" / slug)
    shutil.copy(exercises / "nbgrader_config.py", course)
    for learner in learners:
        shutil.copytree(handed_in / learner, course / "submitted" / learner / slug)
    here = f"--CourseDirectory.root={course}"  # and not the folder that `teach` names
    seconds(["-m", "nbgrader", "generate_assignment", slug, here], course)
    return seconds(["-m", "nbgrader", "autograde", slug, here], course)
