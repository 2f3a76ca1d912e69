"""`site`: build the course as a website in one folder. For authors and instructors.

The folder can be copied to any host, or to a stick. Its pages to read open from a folder; the live
ones have to be served: `python3 -m http.server` does.
"""

from __future__ import annotations

import argparse

from helpers.authoring.environment import run_inside
from helpers.authoring.places import INSTRUCTORS, ROOT, WEBSITE


def run(arguments: list[str]) -> int:
    """Returns 0 when the site stands."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers site")
    parser.add_argument("folder", nargs="?", default=str(ROOT / "site"), help="where it is built")
    parser.add_argument("--wheels", default="", help="a folder with the compiled wheels")
    options = parser.parse_args(arguments)
    module = "helpers.authoring.website.build"
    words = ["-m", module, options.folder, options.wheels]
    return run_inside(*words, needs=(INSTRUCTORS, WEBSITE))
