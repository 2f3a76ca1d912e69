"""The files beside a gradebook: where formgrader looks for them, and how they are written."""

from __future__ import annotations

from pathlib import Path

from helpers.working_copy import write_whole


def place_of_sheet(folder: Path, stage: str, student: str, slug: str) -> Path:
    """Where nbgrader keeps a learner's sheet at a stage."""
    return folder / stage / student / slug


def write_new(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only when it says something new."""
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
