"""`teach`: open the course itself, not a working copy. For authors and instructors."""

from __future__ import annotations

from helpers.commands.environment import ROOT, ready
from helpers.commands.lab import FIRST, open_lab, options_of


def run(arguments: list[str]) -> str | None:
    """Returns None when all went well, else one line."""
    return open_lab(ready(instructor=True), ROOT, FIRST, options_of(arguments), instructor=True)
