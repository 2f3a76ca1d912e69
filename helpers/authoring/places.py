"""Where things lie: the course, its environment, what is kept for it, and its four locks."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
EXERCISES = ROOT / "exercises"
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
# What Jupyter, pip and matplotlib keep for themselves. Tests of `lab` name a folder of their own.
STATE = Path(os.environ.get("COURSE_STATE", ROOT / ".state"))


@dataclass(frozen=True)
class Lock:
    """A file that pins packages, and the stamp that says that they were all installed."""

    file: Path
    stamp: Path
    holds: str


LEARNERS = Lock(ROOT / "requirements.txt", VENV / "installed-from", "what a learner needs")
INSTRUCTORS = Lock(
    EXERCISES / "requirements-instructors.txt",
    VENV / "installed-for-instructors-from",
    "what instructors need",
)
WEBSITE = Lock(
    ROOT / "helpers" / "authoring" / "website" / "requirements.txt",
    VENV / "installed-for-website-from",
    "what the website needs",
)
TESTS = Lock(
    ROOT / "tests" / "requirements.txt",
    VENV / "installed-for-tests-from",
    "what the tests need",
)
