"""Which lesson a notebook is, for whoever hands one in in place of a sheet."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from functools import cache

from helpers.authoring.places import ROOT

ENOUGH = 3  # cells of one lesson and of no other

A_LESSON = (
    "This is the lesson {name} and no sheet. Nothing of it was graded. "
    "Ask for the file from my-work/exercises/release{folder}."
)


def line_on_lesson(cells: Iterable[tuple[str, str]]) -> str:
    """A line that names the lesson, or nothing where these are the cells of none.

    cells: the name and the source of each. Learners change sources and tools change names, so that
    either is enough.
    """
    known = _lesson_of_sign()
    found: Counter[str] = Counter()
    for name, source in cells:
        lesson = known.get(name) or known.get(source.strip())
        if lesson:
            found[lesson] += 1
    if not found:
        return ""
    lesson, count = found.most_common(1)[0]
    if count < ENOUGH:
        return ""
    has_sheet = (ROOT / "exercises" / "release" / lesson).is_dir()
    return A_LESSON.format(name=lesson, folder=f"/{lesson}" if has_sheet else "")


@cache
def _lesson_of_sign() -> dict[str, str]:
    """The lesson by each name and each source of a cell that only one lesson has."""
    lessons: dict[str, set[str]] = {}
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for sign in (cell["id"], "".join(cell["source"]).strip()):
                lessons.setdefault(sign, set()).add(path.stem)
    return {sign: min(names) for sign, names in lessons.items() if sign and len(names) == 1}
