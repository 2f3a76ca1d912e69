"""`lock`: renew the four locks from pyproject.toml, each beyond the former. For authors.

What is locked keeps its version while it fits; `lock --upgrade` takes the newest of everything.
uv does the work, since it can lock for all platforms at once; it is fetched into .state for it.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import venv
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.environment import variables
from helpers.authoring.install import pinned
from helpers.authoring.messages import Problem
from helpers.authoring.places import INSTRUCTORS, LEARNERS, ROOT, STATE, TESTS, WEBSITE, Lock

TOOLS = STATE / "lock-tools"
COMPILE = "-m uv pip compile --universal --python-version 3.11 --no-header --no-annotate --quiet"
FOR_LEARNERS = """\
# The exact lock: what a learner needs, on Python 3.11 and newer, on every platform.
# Made from pyproject.toml by `python3 -m helpers lock`; do not edit it by hand.
# The first line makes this folder's `helpers` importable from every notebook.
-e .
"""
FOR_INSTRUCTORS = """\
# What instructors need beyond requirements.txt: nbgrader, JupyterHub and what these need.
# Made by `python3 -m helpers lock` too. Install it from the course's folder.
-r ../requirements.txt
"""
FOR_THE_WEBSITE = """\
# What `python3 -m helpers site` needs, beyond what instructors need.
# Made by `python3 -m helpers lock` too. Install it from the course's folder.
-r ../../../exercises/requirements-instructors.txt
"""
FOR_TESTS = """\
# What only the tests need, beyond what instructors need.
# Made by `python3 -m helpers lock` too. Install it from the course's folder.
-r ../helpers/authoring/website/requirements.txt
"""


@dataclass(frozen=True)
class Step:
    """One of the locks: its first lines, and the groups of pyproject.toml that it must hold."""

    lock: Lock
    header: str
    groups: tuple[str, ...]


STEPS = (
    Step(LEARNERS, FOR_LEARNERS, ()),
    Step(INSTRUCTORS, FOR_INSTRUCTORS, ("instructors",)),
    Step(WEBSITE, FOR_THE_WEBSITE, ("instructors", "website")),
    Step(TESTS, FOR_TESTS, ("instructors", "website", "tests")),
)


def run(arguments: list[str]) -> str | None:
    """Returns None when all went well, else one line."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers lock")
    parser.add_argument("--upgrade", action="store_true", help="take the newest of everything")
    options = parser.parse_args(arguments)
    python = _fetch_uv()
    preferred = [] if options.upgrade else locked()
    below: list[str] = []
    for step in STEPS:
        lines = _compile(python, below, preferred, step.groups)
        new = [line for line in lines if line not in below]
        step.lock.file.write_text(step.header + "\n".join(new) + "\n", encoding="utf-8")
        print(f"{step.lock.file.relative_to(ROOT)} holds {len(new)} packages.", flush=True)
        below += new
    print("Run `python3 -m helpers test` before you commit them.")
    return None


def locked() -> list[str]:
    """What the locks that are there pin, one package a line."""
    lines = []
    for step in STEPS:
        if step.lock.file.exists():
            lines += pinned(step.lock)
    return lines


def _fetch_uv() -> Path:
    """The Python of an environment that has uv. Raises Problem."""
    venv.create(TOOLS, with_pip=True)
    python = TOOLS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    _run([python, "-m", "pip", "install", "--quiet", "uv"], "uv could not be fetched")
    return python


def _compile(
    python: Path, below: list[str], preferred: list[str], groups: tuple[str, ...]
) -> list[str]:
    """All that these groups need, one package a line, with what is below at its version."""
    wanted = STATE / "wanted.in"
    wanted.write_text("\n".join(["-e .", *below]), encoding="utf-8")
    made = STATE / "wanted.txt"
    made.write_text("\n".join(preferred), encoding="utf-8")  # uv prefers what stands in its output
    command: list[str | Path] = [python, *COMPILE.split(), wanted, "--output-file", made]
    for group in groups:
        command += ["--group", group]
    _run(command, "uv could not make the lock")
    lines = made.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if not line.startswith("-e")]


def _run(command: list[str | Path], failure: str) -> None:
    ran = subprocess.run(command, cwd=ROOT, env=variables(), capture_output=True, text=True)
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise Problem(f"{failure}: {said[-1] if said else 'no reason given.'}")
