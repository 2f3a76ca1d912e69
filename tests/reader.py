"""A reader who marks texts in formgrader: what its page sends to its server, and no more.

The requests go through formgrader's own handlers. What its page does before is told here, by its
file formgrade_models.js: a box shows `manual_score`, or in grey `auto_score`; and a browser sends
its event `change` only when something else stands in the box than before.
"""

from __future__ import annotations

import inspect
import json
from pathlib import Path
from typing import Any

from made_class import SHEET, Book, Graded, solved_sheet, write_text

from helpers.authoring.sheets import cell_name

FIRST = "Between 50,000 and 150,000 tons are missing, by B22.3."
SECOND = "I can't say. The limit is not a need."
COMMENT = "Which harvest does it rest on?"


class Reader:
    """Formgrader, opened on one learner's sheet in the folder of a class."""

    def __init__(self, folder: Path, student: str, slug: str = SHEET) -> None:
        self.database = f"sqlite:///{folder / 'gradebook.db'}"
        self.student = student
        self.slug = slug

    def box(self, id: str) -> dict[str, Any]:
        """What the page knows of the box of a text."""
        return self._shown("GradeCollectionHandler", id)

    def type(self, id: str, points: str, comment: str | None = None) -> None:
        """Type over what stands in the box of a text, and leave it."""
        model = self.box(id)
        before = "" if model["manual_score"] is None else f"{model['manual_score']:g}"
        if points != before:
            changed = model | {"manual_score": points or None}
            self._ask("GradeHandler", "put", changed, model["id"])
        if comment is not None:
            self.comment(id, comment)

    def give_extra(self, id: str, points: str) -> None:
        """Type points into the box for extra credit."""
        model = self.box(id)
        self._ask("GradeHandler", "put", model | {"extra_credit": points}, model["id"])

    def go_on(self, id: str) -> None:
        """Press Ctrl and . in a box: formgrader saves it as it stands, and shows the next one."""
        model = self.box(id)
        self._ask("GradeHandler", "put", model, model["id"])

    def comment(self, id: str, comment: str) -> None:
        """Type a comment below a text."""
        model = self._shown("CommentCollectionHandler", id)
        self._ask("CommentHandler", "put", model | {"manual_comment": comment}, model["id"])

    def commented(self, id: str) -> str | None:
        """The comment that stands below a text."""
        found: str | None = self._shown("CommentCollectionHandler", id)["manual_comment"]
        return found

    def _shown(self, handler: str, id: str) -> dict[str, Any]:
        models = json.loads(self._ask(handler, "get", {}))
        (found,) = [one for one in models if one["name"] == cell_name(id, "answer")]
        return found

    def _ask(self, handler: str, method: str, body: dict[str, Any], *ids: str) -> str:
        from nbgrader.api import Gradebook
        from nbgrader.server_extensions.formgrader import apihandlers

        with Gradebook(self.database) as gradebook:
            notebook = gradebook.find_submission_notebook(self.slug, self.slug, self.student)
            page = _Request(gradebook, body, notebook.id)
            # Without its decorators, which ask who is logged in.
            inspect.unwrap(getattr(getattr(apihandlers, handler), method))(page, *ids)
        return page.answer


class _Request:
    """As much of a request as formgrader's handlers use."""

    def __init__(self, gradebook: Any, body: dict[str, Any], submission: str) -> None:
        self.gradebook = gradebook
        self.body = body
        self.submission = submission
        self.answer = ""

    def get_argument(self, _: str) -> str:
        return self.submission

    def get_json_body(self) -> dict[str, Any]:
        return self.body

    def write(self, answer: str) -> None:
        self.answer = answer


def with_text(text: str, id: str = "E6.9") -> Book:
    """A solved sheet with a text in it."""
    book = solved_sheet()
    write_text(book, id, text)
    return book


def counts(result: Graded, student: str = "anna", points: str = "3.0") -> bool:
    """Whether a learner's mark stands in the table and on the page as it was given."""
    row = result.row(student)
    in_table = (row["points for texts"], row["texts to be marked"]) == (points, "0")
    page = result.page(student)
    return in_table and row["note"] == "" and "3 of 4 points." in page and COMMENT in page


def hand_in(place: Path, book: Book, student: str = "anna") -> Path:
    """Write a sheet in place of the one that a learner handed in before."""
    (place / student / f"{SHEET}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    return place
