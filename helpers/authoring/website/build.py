"""Build the site, inside the environment: step by step, each with a line on the screen."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.authoring.website import live, reading
from helpers.authoring.website.wheels import fetch

LIVE = "live"  # the folder of the live pages, beside the pages to read


def build(folder: Path, wheels: Path | None) -> None:
    """Build the site anew in a folder. Raises Problem, and leaves what stood there."""
    part = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(part, ignore_errors=True)
    _say("1 of 3: pages to read")
    reading.build(part, LIVE)
    _say("2 of 3: what a browser needs to run Python; the first time it is fetched")
    files = fetch(wheels)
    _say("3 of 3: live pages")
    live.build(part / LIVE, files)
    shutil.rmtree(folder, ignore_errors=True)
    part.replace(folder)
    size = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
    _say(f"The site stands in {folder}: {size / 1e6:.0f} MB. Copy the folder to a host.")
    _say(f"To try it here: python3 -m http.server --bind 127.0.0.1 --directory {folder}")


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    where, from_where = sys.argv[1:]
    try:
        build(Path(where).resolve(), Path(from_where).resolve() if from_where else None)
    except Problem as problem:
        sys.exit(str(problem))
