"""`lock`: renew the two locks for all platforms from pyproject.toml: the course's and what instructors need beyond it. For authors.

uv does the work, since it can lock for all platforms at once; it is fetched into .state for the occasion.
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from helpers.commands.environment import LOCK, LOCK_FOR_INSTRUCTORS, ROOT, STATE, Problem, variables

HEADER = """\
# The exact lock: everything the course installs, on Python 3.11 and newer, on every platform.
# Made from pyproject.toml by `python3 -m helpers lock`; do not edit it by hand.
# The first line makes this folder's `helpers` importable from every notebook.
"""
HEADER_FOR_INSTRUCTORS = """\
# What instructors need beyond requirements.txt: nbgrader, JupyterHub and what these need.
# Made by `python3 -m helpers lock` too. Install it from the course's folder.
-r ../requirements.txt
"""


def run(_: list[str]) -> str | None:
    """Returns None when all went well, else one line."""
    tools = STATE / "lock-tools"
    venv.create(tools, with_pip=True)
    python = tools / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "uv"], check=True, env=variables())
    course = _compiled(python, "-e .\n", "--group", "tests", "--upgrade")
    LOCK.write_text(HEADER + course, encoding="utf-8")
    both = _compiled(python, course, "--group", "instructors")  # what the course has locked stays at its version
    extra = "".join(line for line in both.splitlines(keepends=True) if line not in course.splitlines(keepends=True))
    LOCK_FOR_INSTRUCTORS.write_text(HEADER_FOR_INSTRUCTORS + extra, encoding="utf-8")
    print(f"requirements.txt holds {course.count('==')} packages, the instructors' lock {extra.count('==')} more. "
          "Run `python3 -m helpers test` before you commit them.")
    return None


def _compiled(python: Path, wanted: str, *options: str) -> str:
    made = subprocess.run([python, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", *options,
                           "--no-header", "--no-annotate", "--quiet", "-"],
                          input=wanted, cwd=ROOT, env=variables(), capture_output=True, text=True)
    if made.returncode:
        raise Problem(f"uv could not make the lock: {(made.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    return made.stdout
