"""`bench`: start a benchmark in tests/bench: the course, `bench grade`, `install` or `site`."""

from __future__ import annotations

from helpers.authoring.environment import run_inside
from helpers.authoring.places import INSTRUCTORS, ROOT, TESTS

BENCHMARKS = ROOT / "tests" / "bench"


def run(arguments: list[str]) -> int:
    """Returns 0 when everything was measured."""
    return run_inside(str(BENCHMARKS), *arguments, needs=(INSTRUCTORS, TESTS))
