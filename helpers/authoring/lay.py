"""The learner's working copy, made from the course.

It mirrors the course's folders, so that links between notebooks work in both. Later starts add what
is new, bring files up to date that the learner never touched, and leave every changed file alone.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.working_copy import write_whole

LAID = ".laid.json"  # in the working copy: how each file was when it was laid there
PATTERNS = ("notebooks/*", "exercises/release/*/*")


@dataclass
class Changes:
    """What a start did to the working copy: names of files, as paths from its folder."""

    new: list[str] = field(default_factory=list)
    renewed: list[str] = field(default_factory=list)
    kept: list[str] = field(default_factory=list)

    def told(self, copy: str) -> list[str]:
        """One line for each thing that the learner should know. copy: the name of its folder."""
        lines = []
        if self.new:
            files = f"{len(self.new)} new {'file' if len(self.new) == 1 else 'files'}"
            promise = "Nothing that you change in it is ever overwritten."
            lines.append(f"Your working copy is {copy}/, with {files}. {promise}")
        if self.renewed:
            names = ", ".join(self.renewed)
            lines.append(f"Brought up to date, since you had not changed them: {names}.")
        for name in self.kept:
            lines.append(
                f"The course has a newer {name}. You have changed yours, so it stays. "
                "To get the new one, rename yours and start again."
            )
        return lines


def course_files(root: Path) -> list[str]:
    """What a learner gets, as paths from the course's folder: notebooks and released sheets."""
    names = []
    for pattern in PATTERNS:
        for path in root.glob(pattern):
            if path.is_file() and not path.name.startswith("."):
                names.append(path.relative_to(root).as_posix())
    return sorted(names)


def lay(root: Path, copy: Path) -> list[str]:
    """Bring the working copy up to date without touching a learner's work.

    Returns what to tell the learner, one line for each thing.
    Raises Problem when `copy` is there and is no folder.
    """
    if copy.exists() and not copy.is_dir():
        raise Problem(
            f"{copy.name} is a file, and your working copy needs that name. "
            "Rename it and run the command again."
        )
    laid = _read_record(copy / LAID)
    changes = Changes()
    for name in course_files(root):
        content = (root / name).read_bytes()
        _lay_file(name, content, copy / name, laid, changes)
    write_whole(copy / LAID, json.dumps(laid, indent=1, sort_keys=True))
    return changes.told(copy.name)


def _lay_file(
    name: str, content: bytes, theirs: Path, laid: dict[str, str], changes: Changes
) -> None:
    """Lay one file unless the learner changed it. Notes what was done in `laid` and `changes`."""
    ours = _digest(content)
    if not theirs.exists():
        changes.new.append(name)
        write_whole(theirs, content)
        laid[name] = ours
        return
    found = _digest(theirs.read_bytes())
    before = laid.get(name)
    if found == ours:
        laid[name] = ours
    elif found == before:
        changes.renewed.append(name)
        write_whole(theirs, content)
        laid[name] = ours
    elif before != ours:
        changes.kept.append(name)


def _read_record(path: Path) -> dict[str, str]:
    """How the files were when they were laid. Unreadable, it counts as empty: all were changed."""
    try:
        laid = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return laid if isinstance(laid, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
