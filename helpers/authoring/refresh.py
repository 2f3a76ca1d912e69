"""`refresh`: write each lesson's questions anew from the items, run it, store fresh outputs.

Its minutes are computed from what then stands there. For authors. With words after it, only the
notebooks whose path holds one of them: `refresh 02`.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from helpers.authoring.environment import run_inside
from helpers.authoring.minutes import minutes_of
from helpers.authoring.outputs import store
from helpers.authoring.places import EXERCISES, INSTRUCTORS, ROOT
from helpers.authoring.sheets import lesson_question
from helpers.authoring.usage import help_if_asked
from helpers.questions import question_sets
from helpers.working_copy import write_whole

TIME = re.compile(r"^\*\*Time\.\*\*.*$", re.M)
MAP_ROW = r"^(?P<before>\| {number} \|[^|]*\|[^|]*\| )[^|]*(?P<after> \|)"


def run(words: list[str]) -> int:
    """Returns 0 when all notebooks ran through."""
    about = "Run notebooks and store fresh outputs."
    help_if_asked("refresh", words, about, "parts of paths of notebooks; without any, all")
    chosen = [str(path) for path in notebooks() if not words or _is_named(path, words)]
    return run_inside("-m", __name__, *chosen, needs=(INSTRUCTORS,))


def notebooks() -> list[Path]:
    """Every notebook with stored outputs: lessons, solved sheets and the view of a class."""
    lessons = ROOT.glob("notebooks/*.ipynb")
    solved = EXERCISES.glob("source/*/*.ipynb")
    return sorted([*lessons, *solved, EXERCISES / "class-view.ipynb"])


def write_questions(path: Path) -> None:
    """Write the questions of a lesson anew from the items. Other notebooks have none."""
    import nbformat

    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        question = lesson_question(cell.id)
        if question is not None:
            cell.source = question
    nbformat.write(notebook, path)


def write_minutes(path: Path) -> None:
    """Write what a lesson takes at its top and into the README's map. Other notebooks say none."""
    import nbformat

    number = path.name[:2]
    if path.parent != ROOT / "notebooks" or number not in question_sets():
        return
    notebook = nbformat.read(path, as_version=4)
    minutes = minutes_of(number, notebook.cells)
    title = notebook.cells[0]
    title.source = TIME.sub(lambda _: minutes.line, title.source)
    nbformat.write(notebook, path)
    readme = ROOT / "README.md"
    text = readme.read_text(encoding="utf-8")
    row = re.compile(MAP_ROW.format(number=number), re.M)
    write_whole(readme, row.sub(rf"\g<before>{minutes.in_map}\g<after>", text))


def _is_named(path: Path, words: list[str]) -> bool:
    name = path.relative_to(ROOT).as_posix()
    return any(word in name for word in words)


def main(paths: list[str]) -> None:
    """Renew these notebooks; runs inside the environment."""
    for name in paths:
        path = Path(name)
        write_questions(path)
        store(path)
        write_minutes(path)


if __name__ == "__main__":
    main(sys.argv[1:])
