"""`test`: make the environment and run every test. Words after it go to pytest."""

from __future__ import annotations

import subprocess

from helpers.commands.environment import ROOT, ready, without_notes


def run(arguments: list[str]) -> int:
    """Returns pytest's exit code."""
    return subprocess.run([str(ready()), "-m", "pytest", *arguments], cwd=ROOT, env=without_notes()).returncode
