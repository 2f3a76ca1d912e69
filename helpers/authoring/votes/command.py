"""`votes`: make the page for votes with raised hands, exercises/votes.html, from the items.

For authors: after a change in a question, its passages, or the guide's table of votes.
"""

from __future__ import annotations

import argparse

from helpers.authoring.environment import run_inside


def run(arguments: list[str]) -> int:
    """Returns 0 when the page stands."""
    parser = argparse.ArgumentParser(
        prog="python3 -m helpers votes", description="Make exercises/votes.html anew."
    )
    parser.parse_args(arguments)
    return run_inside("-m", "helpers.authoring.votes.page")
