"""`test`: make the environment and run every test. Words after it go to pytest."""

from __future__ import annotations

from helpers.authoring.environment import run_inside
from helpers.authoring.places import INSTRUCTORS, TESTS, WEBSITE
from helpers.authoring.usage import help_if_asked


def run(arguments: list[str]) -> int:
    """Returns pytest's exit code."""
    help_if_asked("test", arguments, "Run every test.", "they go to pytest, such as: -k sheets")
    return run_inside("-m", "pytest", *arguments, needs=(INSTRUCTORS, WEBSITE, TESTS))
