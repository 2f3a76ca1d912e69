"""The question bank, exercises/bank, made from the items: for Moodle, Canvas and others.

A second run makes the same files, byte for byte.
"""

from __future__ import annotations

from pathlib import Path

from helpers.authoring.bank.contents import contents
from helpers.authoring.bank.entries import chapters
from helpers.authoring.bank.moodle import moodle_xml
from helpers.authoring.bank.qti import qti_package
from helpers.authoring.places import EXERCISES
from helpers.working_copy import write_whole

FOLDER = EXERCISES / "bank"


def write_bank(folder: Path = FOLDER) -> list[Path]:
    """Write the bank into a folder and return the places of its files. Raises FaultyItem."""
    found = chapters()
    files = {
        "moodle.xml": moodle_xml(found),
        "qti-1.2.zip": qti_package(found),
        "README.md": contents(found).encode("utf-8"),
    }
    for name, content in files.items():
        write_whole(folder / name, content)
    return [folder / name for name in files]
