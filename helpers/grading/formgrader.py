"""nbgrader's pages as `teach` has them: no button runs a learner's notebook, none writes over our
pages of feedback, and no page asks the internet for anything.

nbgrader's own Autograde and Validate run a notebook with all that its writer put into it. Here both
are refused by the server; grading reads and never runs. Generate Feedback would put nbgrader's
pages, without our replies, in the place of ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jinja2 import ChoiceLoader, DictLoader, PrefixLoader
from jupyter_server.base.handlers import APIHandler
from jupyter_server.services.sessions.handlers import SessionRootHandler
from jupyter_server.utils import url_path_join
from nbconvert.exporters import HTMLExporter
from tornado import web

NOT_RUN = "Learners' notebooks are read, never run. To grade them: python3 -m helpers grade FOLDER"
PAGES_ARE_OURS = (
    "The feedback pages are made by grading, and nbgrader's would take their place. "
    "To make them anew: python3 -m helpers grade FOLDER"
)
# nbgrader's own addresses for that, and what is said there.
REFUSED = {
    r"/formgrader/api/submission/([^/]+)/([^/]+)/autograde": NOT_RUN,
    r"/assignments/validate": NOT_RUN,
    r"/formgrader/api/assignment/([^/]+)/generate_feedback": PAGES_ARE_OURS,
    r"/formgrader/api/assignment/([^/]+)/([^/]+)/generate_feedback": PAGES_ARE_OURS,
}
HANDED_IN = ("submitted", "autograded")  # folders in which learners' notebooks lie
SUBMISSIONS = "manage_submissions.tpl"
# Above the table, in place of nbgrader's advice to autograde; the column with the buttons is gone.
WITHOUT_BUTTONS = f"""\
{{%- extends "nbgrader/{SUBMISSIONS}" -%}}
{{%- block head -%}}
{{{{ super() }}}}
<style>td.autograde, th:nth-child(6) {{ display: none }}</style>
{{%- endblock -%}}
{{%- block messages -%}}
<p>There is no Autograde here. {NOT_RUN}</p>
{{%- endblock -%}}
"""
# Formgrader waits for MathJax before it shows the first text. No formula stands in our sheets.
WITHOUT_MATHJAX = """\
{%- macro mathjax() -%}
<script>
var MathJax = {Hub: {Startup: {signal: {Interest: function (tell) { tell("End"); }}}}};
</script>
{%- endmacro -%}
"""


class Refusal(APIHandler):  # type: ignore[misc]  # untyped
    """Stands where nbgrader would run a notebook, or write over a page. why: what is said."""

    def initialize(self, why: str) -> None:
        self.why = why

    @web.authenticated
    def post(self, *_: str) -> None:
        self.set_status(HTTPStatus.FORBIDDEN)
        where_pages_look = dict.fromkeys(("message", "value", "error"), self.why)
        self.finish(json.dumps({"success": False, "log": "", **where_pages_look}))


class Sessions(SessionRootHandler):  # type: ignore[misc]  # untyped
    """Gives a kernel to a notebook that is opened, unless a learner handed it in."""

    @web.authenticated
    async def post(self) -> None:
        asked = self.get_json_body() or {}
        if self._is_handed_in(str(asked.get("path", ""))):
            raise web.HTTPError(HTTPStatus.FORBIDDEN, NOT_RUN)
        await super().post()

    def _is_handed_in(self, path: str) -> bool:
        """Whether a file lies where learners' notebooks are kept; some systems fold the case."""
        file = Path(self.settings["server_root_dir"]).expanduser() / path.lstrip("/")
        wanted = _folded(file)
        folder = self.settings["course_class"]
        return any(_folded(folder / name) in wanted.parents for name in HANDED_IN)


def _folded(path: Path) -> Path:
    return Path(str(path.resolve()).casefold())


def routes(base_url: str) -> list[Any]:
    """What stands before nbgrader's handlers and Jupyter's, for tornado."""
    refused: list[Any] = []
    for path, why in REFUSED.items():
        refused.append((url_path_join(base_url, path), Refusal, {"why": why}))
    return [*refused, (url_path_join(base_url, "/api/sessions"), Sessions)]


def keep_to_ourselves(settings: dict[str, Any]) -> None:
    """Change nbgrader's pages: no buttons that run a notebook, and nothing from the internet.

    settings: of the server, once nbgrader has written its own.
    """
    environment = settings["nbgrader_jinja2_env"]
    theirs = environment.loader
    ours = DictLoader({SUBMISSIONS: WITHOUT_BUTTONS})
    environment.loader = ChoiceLoader([ours, theirs, PrefixLoader({"nbgrader": theirs})])
    settings["nbgrader_exporter"] = HTMLExporter(
        config=settings["nbgrader_formgrader"].config,
        extra_loaders=[DictLoader({"mathjax.html.j2": WITHOUT_MATHJAX})],
    )


def read_anew(settings: Mapping[str, Any]) -> None:
    """Let formgrader forget what it has read of the gradebook, since we have written there."""
    gradebook = settings["nbgrader_gradebook"]
    if gradebook is not None:
        gradebook.db.expire_all()
