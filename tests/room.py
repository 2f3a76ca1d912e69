"""Run a command in a room with accounts of its own: `unshare --mount python room.py FOLDER …`.

What is mounted here is seen by the command alone; nothing of the machine is changed. FOLDER holds
`passwd` and `group`, the list of accounts, and `srv`, where the hub and the homes are.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ENTER = 0o001  # others may enter a folder
COURSE = Path(__file__).resolve().parents[1]


def mount(*words: str | Path) -> None:
    """Mount something in this room. Raises CalledProcessError."""
    subprocess.run(["mount", *words], check=True)


def open_to_all(paths: list[Path], stage: Path) -> None:
    """Let every account reach these folders, though they may lie in a home that is closed.

    Such a home is covered by an empty folder, in which only the way to these paths is open.
    stage: a folder where they wait meanwhile.
    """
    stage.mkdir(exist_ok=True)
    staged = []
    for number, path in enumerate(paths):
        place = stage / str(number)
        place.mkdir(exist_ok=True)
        mount("--bind", path, place)
        staged.append((place, path))
    for home in closed_homes(paths):
        mount("-t", "tmpfs", "-o", "mode=0755", "tmpfs", home)
    for place, path in staged:
        path.mkdir(parents=True, exist_ok=True)
        mount("--bind", place, path)


def closed_homes(paths: list[Path]) -> set[Path]:
    """The outermost folders on the way to these paths that others may not enter."""
    homes = set()
    for path in paths:
        for parent in reversed(path.parents):
            if not parent.stat().st_mode & ENTER:
                homes.add(parent)
                break
    return homes


def main(folder: Path, command: list[str]) -> None:
    """Furnish the room and become the command."""
    mount("--bind", folder / "srv", "/srv")
    for name in ("passwd", "group"):
        mount("--bind", folder / name, f"/etc/{name}")
    os.chdir("/srv")
    open_to_all([Path(sys.base_prefix), Path(sys.prefix), COURSE], folder / "stage")
    os.execv(command[0], command)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
