"""`bench`: start a benchmark in tests/bench: the course, `bench grade`, `install` or `site`."""

from __future__ import annotations

from helpers.authoring.environment import run_inside
from helpers.authoring.places import INSTRUCTORS, ROOT, TESTS
from helpers.authoring.usage import help_if_asked

BENCHMARKS = ROOT / "tests" / "bench"


def run(arguments: list[str]) -> int:
    """Returns 0 when everything was measured."""
    about = "Measure how fast the course is, beside a floor for each number."
    help_if_asked("bench", arguments, about, "grade, install or site; without any, the course")
    return run_inside(str(BENCHMARKS), *arguments, needs=(INSTRUCTORS, TESTS))
