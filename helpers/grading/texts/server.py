"""The pages for marking texts, served by Jupyter: for whoever has its token, and nobody else."""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jupyter_server.base.handlers import JupyterHandler
from jupyter_server.utils import url_path_join
from tornado import web

from helpers.authoring.messages import Problem
from helpers.grading.formgrader import read_anew
from helpers.grading.texts.form import Outcome, Typed, enter, state_of
from helpers.grading.texts.page import (
    HERE,
    Around,
    Card,
    Refused,
    counts_in_words,
    list_page,
    notice_page,
    question_page,
)
from helpers.grading.texts.to_mark import pile, piles

PLACE = "course/texts"
# A page takes nothing from anywhere else, and runs no script but ours.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'self'"
)
NOT_HERE = "Nobody has handed in a sheet with that question."


class _Page(JupyterHandler):  # type: ignore[misc]  # untyped
    """What both kinds of pages share."""

    @property
    def folder(self) -> Path:
        """Where the class is graded."""
        folder: Path = self.settings["course_class"]
        return folder

    def prepare(self) -> Any:
        self.set_header("Cache-Control", "no-store")  # an old page would show old marks
        return super().prepare()

    @property
    def content_security_policy(self) -> str:
        return POLICY

    @property
    def around(self) -> Around:
        base = url_path_join(self.base_url, PLACE)
        return Around(base, self.xsrf_form_html())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Say why in one line, where it is a line for a person."""
        _, error, _ = kwargs.get("exc_info", (None, None, None))
        if isinstance(error, Problem):
            self.set_status(HTTPStatus.CONFLICT)
            self.finish(notice_page(str(error), self.around))
        else:
            super().write_error(status_code, **kwargs)


class ListOfQuestions(_Page):
    """All questions with texts."""

    @web.authenticated
    def get(self) -> None:
        self.finish(list_page(piles(self.folder), self.around))


class TextsToOneQuestion(_Page):
    """All texts to one question, and the forms beside them."""

    @web.authenticated
    async def get(self, question: str) -> None:
        await self._show(question)

    @web.authenticated
    async def post(self, question: str) -> None:
        """Save one form. A script is told what came of it as data, a plain form as a page."""
        typed = Typed(
            student=self.get_body_argument("student"),
            points=self.get_body_argument("points", ""),
            comment=self.get_body_argument("comment", "", strip=False),
            seen=self.get_body_argument("seen", ""),
            confirmed=self.get_body_argument("confirmed", "") == "yes",
        )
        outcome = enter(self.folder, question, typed)
        read_anew(self.settings)
        if not outcome.saved:
            self.set_status(HTTPStatus.CONFLICT)
        if "application/json" in self.request.headers.get("Accept", ""):
            self.finish(_as_data(outcome))
        elif outcome.saved:
            self.redirect(self.request.uri, status=HTTPStatus.SEE_OTHER)
        else:
            await self._show(question, Refused(typed, outcome.why))

    async def _show(self, question: str, refused: Refused | None = None) -> None:
        """Make the page beside all else: the remarks on many long texts take seconds."""
        only_waiting = self.get_query_argument("only", "") == "waiting"
        wanted = (self.folder, question, self.around, only_waiting, refused)
        self.finish(await asyncio.to_thread(_page_of, *wanted))


def _page_of(
    folder: Path, question: str, around: Around, only_waiting: bool, refused: Refused | None
) -> str:
    found = pile(folder, question)
    if found is None:
        raise web.HTTPError(HTTPStatus.NOT_FOUND, NOT_HERE)
    return question_page(found, piles(folder), around, only_waiting, refused)


def _as_data(outcome: Outcome) -> dict[str, Any]:
    """What the page's script shows beside the text."""
    if outcome.pile is None or outcome.text is None:
        return {"saved": False, "why": f"Not saved. {outcome.why}"}
    text, question = outcome.text, outcome.pile.question
    card = Card(question, text)
    return {
        "saved": outcome.saved,
        "why": f"Not saved. {outcome.why}",
        "seen": text.seen,
        "standing": card.standing,
        "verb": card.verb,
        "state": state_of(text, question.points),
        "counts": counts_in_words(outcome.pile),
    }


def routes(base_url: str) -> list[Any]:
    """Where the pages are, for tornado."""
    place = url_path_join(base_url, PLACE)
    static = {"path": HERE / "static"}
    return [
        (f"{place}/?", ListOfQuestions),
        (f"{place}/static/(marking\\.(?:css|js))", web.StaticFileHandler, static),
        (f"{place}/([A-Z0-9.]+)", TextsToOneQuestion),
    ]
