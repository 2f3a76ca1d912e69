"""How fast the course is, each number beside its floor in the same run.

Floors are real work, not empty programs: for Run All, a kernel that starts and imports the same
third-party packages; for `import helpers`, a bare interpreter; for a widget, `interact` that
redraws the same picture with matplotlib; for longer texts, the shorter one's time times the length.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from course import ROOT

from bench.kernels import rows_of_notebooks
from bench.longer import write_longer
from bench.timing import TIMES, Row, seconds, timed, write_table, yardstick
from bench.widgets import rows_of_widgets
from helpers.edition import Edition
from helpers.feedback import check
from helpers.questions import question_sets

COLUMNS = ("what", "measured", "floor", "ratio", "goal")
HOW = (
    f"medians; the ratio of Run All is the median of {TIMES}, "
    "each of a notebook and its floor one after the other"
)
ANSWERS = ("a", "about 90", "50,000 to 150,000", "no such thing")
QUOTATION = "Only good will come from this."
STARTS = 15
WITHOUT_BROWSER = "--ignore-glob=*_in_browser.py"


def measure() -> None:
    """Measure, print, and write .state/bench.md."""
    write_table("bench.md", HOW, COLUMNS, _rows())


def _rows() -> Iterator[Row]:
    unit = yardstick()
    what = "yardstick: a list of 10 million in a loop"
    yield what, f"{unit:.2f} s", "", "", "none: compare times of two days by it"
    yield from rows_of_notebooks()
    yield _import()
    yield _check()
    yield from _lengths()
    yield from rows_of_widgets()
    yield _tests("the whole test command, warm, with the browser", 600, unit)
    yield _tests("the same without a browser", 200, unit, WITHOUT_BROWSER)


def _import() -> Row:
    """Starting Python with `import helpers`, beside starting it with nothing."""
    ours, bare = [], []
    for _ in range(STARTS):
        ours.append(1000 * seconds(["-c", "import helpers"], ROOT))
        bare.append(1000 * seconds(["-c", "pass"], ROOT))
    mine = statistics.median(ours)
    floor = statistics.median(bare)
    ratio = f"{mine / floor:.2f}"
    return "`import helpers`", f"{mine:.0f} ms", f"{floor:.0f} ms", ratio, "at most 30 ms more"


def _check() -> Row:
    """Judging right, wrong and senseless answers to every question."""
    cases = []
    for questions in question_sets().values():
        for id in questions.practice:
            cases += [(id, answer) for answer in ANSWERS]
    taken = timed(lambda: [check(id, answer) for id, answer in cases])
    each = 1000 * taken / len(cases)
    return f"`check()`, the mean of {len(cases)}", f"{each:.2f} ms", "", "", "under 5 ms"


def _lengths() -> Iterator[Row]:
    """Loading an edition and checking a quotation, on texts several times as long as ours."""
    ours = Edition()
    before = 0.0
    for times in (1, 10, 100, 1000):
        with tempfile.TemporaryDirectory() as folder:
            write_longer(ours, times, Path(folder))
            taken = timed(lambda place=folder: list(Edition(place).where(QUOTATION)))
        what = f"load the edition and check a quotation, text {times} times as long"
        if before:
            floor = 10 * before
            goal = "in step with length: about 1, or less"
            yield what, f"{taken:.3f} s", f"{floor:.3f} s", f"{taken / floor:.2f}", goal
        else:
            yield what, f"{taken:.3f} s", "", "", ""
        before = taken


def _tests(what: str, goal: int, unit: float, *options: str) -> Row:
    """The test command. goal: yardsticks that it may take. unit: seconds of a yardstick."""
    begun = time.perf_counter()
    command = [sys.executable, "-m", "pytest", *options]
    tests = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    taken = time.perf_counter() - begun
    closing = "" if tests.returncode == 0 else tests.stdout.strip().splitlines()[-1]
    measured = f"{taken:.0f} s, {taken / unit:.0f} yardsticks"
    return what, measured, "", closing, f"at most {goal} yardsticks"
