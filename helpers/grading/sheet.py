"""A sheet as whoever marks sees it: its questions, and its cells with mark schemes, unsolved."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from helpers.authoring.release import kept_for_marking
from helpers.questions import QuestionSet, question_sets

Json = dict[str, Any]
HIDDEN_TESTS_END = "### END HIDDEN TESTS\n"


@dataclass(frozen=True)
class Sheet:
    """The sheet of one set of questions."""

    questions: QuestionSet

    @property
    def slug(self) -> str:
        """Its name in folders and in the gradebook."""
        return self.questions.slug

    @cached_property
    def digest(self) -> str:
        """Another one for each change of its questions."""
        rows = json.dumps(self.questions.item, sort_keys=True)
        return hashlib.sha256(rows.encode()).hexdigest()

    @cached_property
    def book(self) -> Json:
        """The whole notebook, as nbformat 4 has it."""
        book: Json = json.loads(json.dumps(kept_for_marking(self.questions)))
        return book

    @cached_property
    def cells(self) -> dict[str, Json]:
        """Its cells by name."""
        return {cell["id"]: cell for cell in self.book["cells"]}

    @cached_property
    def locked(self) -> set[str]:
        """The names of the cells in which a learner writes nothing."""
        return {name for name, cell in self.cells.items() if _is_locked(cell)}

    @cached_property
    def tests(self) -> dict[str, str]:
        """The cells that show the reply to an answer, by name: their code as a learner sees it."""
        found = {}
        for name, cell in self.cells.items():
            flags = nbgrader_flags(cell)
            if flags.get("grade") and not flags.get("solution"):
                found[name] = cell["source"].partition(HIDDEN_TESTS_END)[2].strip()
        return found


@cache
def sheets() -> dict[str, Sheet]:
    """Every sheet of the course, by the number of its lesson."""
    return {number: Sheet(questions) for number, questions in question_sets().items()}


def sheets_by_slug() -> dict[str, Sheet]:
    """The same by their names in folders and in the gradebook."""
    return {sheet.slug: sheet for sheet in sheets().values()}


def nbgrader_flags(cell: Json) -> Json:
    """What nbgrader knows of a cell."""
    flags: Json = cell["metadata"].get("nbgrader", {})
    return flags


def _is_locked(cell: Json) -> bool:
    flags = nbgrader_flags(cell)
    return bool(flags.get("locked")) and not flags.get("solution")
