"""`handouts`: make the PDFs of exercises/handouts anew. For authors.

It needs Chromium or Chrome, which prints them. The same course gives the same files on the same
machine, byte for byte.
"""

from __future__ import annotations

import argparse

from helpers.authoring.environment import run_inside
from helpers.authoring.places import EXERCISES, TESTS

FOLDER = EXERCISES / "handouts"


def run(arguments: list[str]) -> int:
    """Returns 0 when all handouts were made."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers handouts")
    parser.parse_args(arguments)
    return run_inside("-m", "helpers.authoring.handouts.build", str(FOLDER), needs=(TESTS,))
