"""What is made of the items: the sheets, the page for votes, the question bank.

Runs inside the environment, for `release`.
"""

from __future__ import annotations

import sys

from helpers.authoring.bank.write import write_bank
from helpers.authoring.messages import Problem
from helpers.authoring.release import make
from helpers.authoring.votes.page import write_votes


def main(words: list[str]) -> str | None:
    """Make all of it anew. words: as for `release`. Returns None, or one line on what is wrong."""
    make(words)
    try:
        places = [write_votes(), *write_bank()]
    except Problem as problem:
        return str(problem)
    for place in places:
        print(f"Made {place.name}", flush=True)
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
