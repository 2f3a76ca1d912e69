"""How the site's two builders, Sphinx and JupyterLite, get their sources and are run."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from helpers.authoring.messages import Problem

# Both take the time from here, so that two builds are the same: 13 January 2026.
DATE = 1768262400
ALWAYS = {"SOURCE_DATE_EPOCH": str(DATE)}


def lay(path: Path, content: str) -> None:
    """Write a source, and the folders above it."""
    room_for(path).write_text(content, encoding="utf-8")


def room_for(path: Path) -> Path:
    """The same path, with the folders above it made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def run(words: list[str], sources: Path, failed: str) -> None:
    """Run a builder as a module, in the folder of its sources.

    failed: what to say where it fails, before its own last line. Raises Problem.
    """
    command = [sys.executable, "-m", *words]
    ran = subprocess.run(
        command, cwd=sources, env=os.environ | ALWAYS, capture_output=True, text=True
    )
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise Problem(f"{failed}: {said[-1] if said else 'no reason given.'}")
