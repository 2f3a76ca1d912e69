"""`teach`: open the course itself, not a working copy. For authors and instructors."""

from __future__ import annotations

from helpers.authoring.environment import ready
from helpers.authoring.lab import open_lab, options_of
from helpers.authoring.places import INSTRUCTORS, ROOT


def run(arguments: list[str]) -> str | None:
    """Returns None when all went well, else one line."""
    options = options_of("teach", arguments)
    python = ready(INSTRUCTORS)
    return open_lab(python, ROOT, options, instructor=True)
