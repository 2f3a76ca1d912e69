"""`release`: make anew what comes from exercises/items: sheets, page for votes, question bank.

There are solved sheets, and those that learners get. The solved ones are nbgrader's source. The
others are cut from them by nbgrader's own code with the settings of exercises/nbgrader_config.py,
so that both ways give the same. None is ever edited by hand. With words after it, only the sheets
whose name holds one of them: `release 02`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from helpers.authoring.environment import run_inside
from helpers.authoring.outputs import store
from helpers.authoring.places import INSTRUCTORS
from helpers.authoring.sheets import solved
from helpers.authoring.usage import help_if_asked
from helpers.questions import FaultyItem, QuestionSet, question_sets
from helpers.questions.items import EXERCISES


def run(words: list[str]) -> int:
    """Returns 0 when all was made."""
    about = "Make sheets, vote page and question bank anew from exercises/items."
    help_if_asked("release", words, about, "parts of names of sheets; without any, all")
    return run_inside("-m", "helpers.authoring.from_items", *words, needs=(INSTRUCTORS,))


def make(words: list[str]) -> None:
    """Write exercises/source and exercises/release, with fresh outputs in the solved sheets.

    words: parts of the names of sheets; without any, all are made.
    """
    import nbformat

    for questions in sets_or_exit().values():
        if words and not any(word in questions.slug for word in words):
            continue
        solved_sheet = _place("source", questions)
        nbformat.write(solved(questions), solved_sheet)
        store(solved_sheet)
        nbformat.write(released(questions), _place("release", questions))
        print(f"Made {questions.slug}", flush=True)


def sets_or_exit() -> dict[str, QuestionSet]:
    """Every set of questions; a fault in an item ends the command with its line."""
    try:
        return question_sets()
    except FaultyItem as fault:
        sys.exit(str(fault))


def released(questions: QuestionSet) -> Any:
    """The sheet that learners get: no solutions, hidden tests, mark schemes and outputs."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ComputeChecksums

    return through(kept_for_marking(questions), ClearHiddenTests, ClearMarkScheme, ComputeChecksums)


def kept_for_marking(questions: QuestionSet) -> Any:
    """The sheet over which a submission is laid: with mark schemes, without solutions."""
    from nbgrader.preprocessors import (
        CheckCellMetadata,
        ClearOutput,
        ClearSolutions,
        ComputeChecksums,
        LockCells,
    )

    steps = (LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums)
    return through(solved(questions), *steps)


def through(book: Any, *steps: Any, **known: str) -> Any:
    """A notebook after some of nbgrader's steps, which change it.

    known: what they ask for, such as the gradebook's address.
    """
    from traitlets.config.loader import PyFileConfigLoader

    config = PyFileConfigLoader("nbgrader_config.py", path=str(EXERCISES)).load_config()
    for step in steps:
        book, _ = step(config=config).preprocess(book, {"nbgrader": known})
    return book


def _place(folder: str, questions: QuestionSet) -> Path:
    path = EXERCISES / folder / questions.slug / f"{questions.slug}.ipynb"
    path.parent.mkdir(parents=True, exist_ok=True)
    return path
