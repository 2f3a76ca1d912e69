"""Moodle's feedback zip: each learner's page under the name that Moodle gave to what came.

Moodle exports a folder for each learner, "Full Name_123456_assignsubmission_file" (an older one
ends with an underscore), or with another setting one folder of files that begin so (downloader.php,
get_student_prefix and load_submissionplugin_filelist). It takes a zip back in either form: of a
name, it reads the number between the first two underscores and the two words of the plugin
(importziplib.php, is_valid_filename_for_import). The number is another one for each assignment.
Where names are hidden, "Participant" stands in place of the full name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePosixPath

from helpers.authoring.archive import zipped
from helpers.grading.naming import MOODLE
from helpers.grading.platforms.returned import Returned

# Moodle reads no number after a name with one of these, and passes over what begins with the rest.
NOT_IN_A_NAME = re.compile(r"[_\\/]")
HIDDEN = "~. "


@dataclass(frozen=True)
class Place:
    """Where Moodle keeps what a learner handed in.

    assignment: the folders above it in the export. participant: the learner's number in this
    assignment. begin: of the path of whatever goes back to them.
    """

    assignment: PurePosixPath
    participant: str
    begin: str


def place_of(where: str) -> Place | None:
    """The place of a file by its path in an export; None where Moodle did not name it.

    A zip that was handed in is a file, too, whatever lies in it.
    """
    path = PurePosixPath(where)
    for depth, part in enumerate(path.parts):
        hit = MOODLE.match(part)
        rest = part[hit.end() :] if hit else ""
        if hit is None or rest[:1] not in ("", "_"):
            continue
        above = PurePosixPath(*path.parts[:depth])
        is_file = part == path.parts[-1] or part.lower().endswith(".zip")
        if not is_file:
            return Place(above, hit["id"], f"{_start(hit)}{rest}/")
        if rest:
            return Place(above, hit["id"], f"{_start(hit)}_")
    return None


def feedback_zip(pages: Iterable[tuple[Place, Returned]]) -> bytes:
    """The zip for "Upload multiple feedback files in a zip", with a page for each learner."""
    files = {}
    for place, one in pages:
        path = f"{place.begin}{one.sheet.slug}.html"
        files[path] = one.page.encode("utf-8", "replace")
    return zipped(files)


def _start(hit: re.Match[str]) -> str:
    """The name, the number and the plugin, as Moodle finds them again."""
    name = NOT_IN_A_NAME.sub(" ", hit["name"]).lstrip(HIDDEN) or "Learner"
    return f"{name}_{hit['id']}_{hit['plugin']}"
