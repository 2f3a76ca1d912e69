"""Canvas's zip of submissions, to be uploaded again: what is in it becomes a comment with a file.

Canvas names what it exports "lastfirst_LATE_123_456_sheet.ipynb": the name without anything but
letters and digits, the learner's number, the file's number, and the file's own name; or
"anon_Ab3dE_456_sheet.ipynb" where names are hidden (content_zipper.rb, get_filename and
add_upload_submission). What is uploaded again is known by these two numbers
(abstract_assignment.rb, infer_comment_context_from_filename).

Whatever the file is, the learner gets it under the name of the file that they handed in
(`display_name`, and issue 2406 of Canvas: a PDF came back as a damaged zip). A page that came back
as "sheet.ipynb" could not be opened. So what goes back is a notebook that shows the page.
Each upload adds a comment, and none replaces an earlier one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from helpers.authoring.archive import zipped
from helpers.grading.naming import CANVAS_EXPORT, CANVAS_HIDDEN, named_in
from helpers.grading.platforms.returned import Returned

PAGE_IN_ZIP = "feedback.ipynb"
QUESTION = re.compile(r"(?=<h2>)")  # each begins with a heading
EMPTY_LINES = re.compile(r"\n\s*\n")
# Markdown would read letters between two of these as a formula.
DOLLAR = "<span>&#36;</span>"
NOTE = "This notebook shows the feedback on your sheet. The sheet that you handed in is unchanged."
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class Place:
    """Where Canvas keeps what a learner handed in.

    assignment: the folders above it in the export. learner: their number in Canvas; empty where
    names are hidden. file: the name that Canvas gave to the file. id: of the learner, as the
    names of files are read.
    """

    assignment: PurePosixPath
    learner: str
    file: str
    id: str = ""


def place_of(where: str, id: str = "") -> Place | None:
    """The place of a file by its path in an export; None where Canvas did not name it.

    A zip that was handed in is a file, too, whatever lies in it. id: the learner's, where that is
    known.
    """
    path = PurePosixPath(where)
    for depth, part in enumerate(path.parts):
        named = named_in(part)
        is_file = part == path.parts[-1] or part.lower().endswith(".zip")
        if named and is_file and named.platform == CANVAS_EXPORT and id in ("", named.id):
            number = "" if CANVAS_HIDDEN.match(part) else named.id
            return Place(PurePosixPath(*path.parts[:depth]), number, part, named.id)
    return None


def comments_zip(pages: Iterable[tuple[Place, Returned]]) -> bytes:
    """The zip for "Re-Upload Submissions", with a notebook of feedback for each learner.

    Who handed in a zip gets their notebook in a zip, since Canvas will call it one.
    """
    files = {}
    for place, one in pages:
        content = as_notebook(one.page)
        if place.file.lower().endswith(".zip"):
            content = zipped({PAGE_IN_ZIP: content})
        files[place.file] = content
    return zipped(files)


def as_notebook(page: str) -> bytes:
    """A feedback page as a notebook of nbformat 4.5, with a cell for each question."""
    body = page.partition("<main>")[2].rpartition("</main>")[0]
    plain = EMPTY_LINES.sub("\n", body).replace("$", DOLLAR)
    cells = []
    for number, part in enumerate([NOTE, *QUESTION.split(plain)]):
        cells.append(_cell(f"feedback-{number}", part))
    metadata = {"kernelspec": KERNEL}
    book = {"cells": cells, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(book, ensure_ascii=False, indent=1).encode("utf-8", "replace")


def _cell(id: str, html: str) -> dict[str, object]:
    return {"cell_type": "markdown", "id": id, "metadata": {}, "source": html}
