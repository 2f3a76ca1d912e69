"""The learner's working copy, and how files get into it: whole or not at all, and none lost.

The environment variable COURSE_NOTES names another file of notes, and its folder is then the
working copy: tests and `refresh` name one that is not there, so that no learner's words get into
stored outputs.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "my-work"
NOTES = Path(os.environ.get("COURSE_NOTES") or FOLDER / "my-notes.json")
IN_BROWSER = "emscripten"  # the platform's name where Python runs in a browser
BROWSERS_FOLDER = Path("/drive/my-work")  # what a browser keeps, if it keeps anything
KEPT_NOWHERE = (
    "This browser keeps no files, as in a private window. It is lost when you close this page: "
    "copy your words elsewhere, or open the course in an ordinary window."
)
KEPT_HERE_ALONE = (
    "It is in this browser alone, and a private window forgets it when it is closed. The page "
    "“Your work in this browser” of this site lets you download it."
)
MOST_KEPT = 10_000  # earlier versions of one page


def keeps_nothing() -> bool:
    """Whether this is a browser that keeps no files, as some private windows."""
    return sys.platform == IN_BROWSER and not BROWSERS_FOLDER.is_dir()


def said_in_a_browser() -> list[str]:
    """Where Python runs in a browser: what a learner must know of a file just written."""
    if keeps_nothing():
        return [KEPT_NOWHERE]
    return [KEPT_HERE_ALONE] if sys.platform == IN_BROWSER else []


def file(name: str) -> Path:
    """Where a file of the learner's has its place: beside their notes."""
    return NOTES.with_name(name)


def tries_file() -> Path:
    """What the wrong tries at each question showed."""
    return file("my-tries.json")


def write_whole(path: Path, content: bytes | str) -> None:
    """Write a file, and its folder if need be; or, if that fails, leave what was there.

    Text is written as UTF-8. Raises OSError.
    """
    if isinstance(content, str):
        content = content.encode("utf-8", "backslashreplace")
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content)
    part.replace(path)


def write_beside(path: Path, content: str) -> None:
    """Write a page. Another one that stands there is kept beside it, under the next free number.

    Raises OSError.
    """
    if path.exists() and path.read_text(encoding="utf-8", errors="replace") != content:
        path.replace(_free_place_beside(path))
    write_whole(path, content)


def _free_place_beside(path: Path) -> Path:
    for number in range(1, MOST_KEPT):
        place = path.with_stem(f"{path.stem}-earlier-{number}")
        if not place.exists():
            return place
    raise FileExistsError(f"there are {MOST_KEPT} earlier pages already")
