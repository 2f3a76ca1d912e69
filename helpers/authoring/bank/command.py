"""`bank`: make the question bank, exercises/bank, from the items: for Moodle, Canvas and others.

For authors, after a change in a question or its passages. Standard library only: it needs no
environment. A second run makes the same files, byte for byte.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from helpers.authoring.bank.contents import contents
from helpers.authoring.bank.entries import chapters
from helpers.authoring.bank.moodle import moodle_xml
from helpers.authoring.bank.qti import qti_package
from helpers.authoring.messages import Problem
from helpers.authoring.places import EXERCISES
from helpers.questions import FaultyItem
from helpers.working_copy import write_whole

FOLDER = EXERCISES / "bank"


def run(arguments: list[str]) -> int:
    """Returns 0 when the bank stands. Raises Problem."""
    parser = argparse.ArgumentParser(
        prog="python3 -m helpers bank", description="Make exercises/bank anew."
    )
    parser.parse_args(arguments)
    for place in write_bank(FOLDER):
        print(f"Made {place}")
    return 0


def write_bank(folder: Path) -> list[Path]:
    """Write the bank into a folder and return the places of its files. Raises Problem."""
    try:
        found = chapters()
    except FaultyItem as fault:
        raise Problem(str(fault)) from None
    files = {
        "moodle.xml": moodle_xml(found),
        "qti-1.2.zip": qti_package(found),
        "README.md": contents(found).encode("utf-8"),
    }
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]
