"""`teach`: open the course itself, not a working copy. For authors and instructors."""

from __future__ import annotations

from helpers.authoring.environment import ready
from helpers.authoring.lab import free_port, open_lab, options_of
from helpers.authoring.places import INSTRUCTORS, ROOT

# The instructors' part of the server: Jupyter loads it by name, and nbgrader through it.
OURS = "helpers.grading.extension"
NBGRADERS = ("formgrader", "validate_assignment", "assignment_list", "course_list")
EXTENSIONS = {OURS: True} | {f"nbgrader.server_extensions.{name}": False for name in NBGRADERS}
TEACHING = [f"--ServerApp.jpserver_extensions={EXTENSIONS}"]
WHERE_TEXTS_ARE = "To mark texts: in the menu Marking, or http://localhost:{port}/course/texts"


def run(arguments: list[str]) -> str | None:
    """Returns None when all went well, else one line."""
    options = options_of("teach", arguments)
    python = ready(INSTRUCTORS)
    options.port = free_port(options.port)
    print(WHERE_TEXTS_ARE.format(port=options.port))
    return open_lab(python, ROOT, options, instructor=True, more=TEACHING)
