"""`test`: make the environment and run every test. Words after it go to pytest."""

from __future__ import annotations

from helpers.commands.environment import run_inside


def run(arguments: list[str]) -> int:
    """Returns pytest's exit code."""
    return run_inside("-m", "pytest", *arguments, instructor=True)
