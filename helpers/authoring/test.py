"""`test`: make the environment and run every test. Words after it go to pytest."""

from __future__ import annotations

from helpers.authoring.environment import run_inside
from helpers.authoring.places import INSTRUCTORS, TESTS, WEBSITE


def run(arguments: list[str]) -> int:
    """Returns pytest's exit code."""
    return run_inside("-m", "pytest", *arguments, needs=(INSTRUCTORS, WEBSITE, TESTS))
