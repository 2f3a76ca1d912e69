"""`lock`: renew requirements.txt, the exact lock for all platforms, from pyproject.toml. For authors.

uv does the work, since it can lock for all platforms at once; it is fetched into .state for the occasion.
"""

from __future__ import annotations

import subprocess
import sys
import venv

from helpers.commands.environment import LOCK, ROOT, STATE, Problem, variables

HEADER = """\
# The exact lock: everything the course installs, on Python 3.11 and newer, on every platform.
# Made from pyproject.toml by `python3 -m helpers lock`; do not edit it by hand.
# The first line makes this folder's `helpers` importable from every notebook.
"""


def run(_: list[str]) -> str | None:
    """Returns None when all went well, else one line."""
    tools = STATE / "lock-tools"
    venv.create(tools, with_pip=True)
    python = tools / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    subprocess.run([python, "-m", "pip", "install", "-q", "uv"], check=True, env=variables())
    made = subprocess.run([python, "-m", "uv", "pip", "compile", "--universal", "--python-version", "3.11", "--group", "tests",
                           "--upgrade", "--no-header", "--no-annotate", "--quiet", "-"],
                          input="-e .\n", cwd=ROOT, env=variables(), capture_output=True, text=True)
    if made.returncode:
        raise Problem(f"uv could not make the lock: {(made.stderr.strip().splitlines() or ['no reason given'])[-1]}")
    LOCK.write_text(HEADER + made.stdout, encoding="utf-8")
    print(f"requirements.txt holds {made.stdout.count('==')} packages. Run `python3 -m helpers test` before you commit it.")
    return None
