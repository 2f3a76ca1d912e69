"""What `teach` adds to Jupyter: the pages for marking texts, and nbgrader's as we have them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbgrader import _load_jupyter_server_extension as load_nbgrader

from helpers.grading import formgrader
from helpers.grading.texts import server


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(app: Any) -> None:
    """Called by Jupyter as the server starts.

    Of two handlers for one address the first counts: so nbgrader, which Jupyter is told to leave
    alone, is loaded after ours.
    """
    web_app = app.web_app
    base_url = web_app.settings["base_url"]
    web_app.add_handlers(".*$", [*formgrader.routes(base_url), *server.routes(base_url)])
    load_nbgrader(app)
    formgrader.keep_to_ourselves(web_app.settings)
    folder = web_app.settings["nbgrader_formgrader"].coursedir.root
    web_app.settings["course_class"] = Path(folder)
