"""The help of commands that take words alone: it is there before anything is installed."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

ASKS_FOR_HELP = {"-h", "--help"}


def help_if_asked(command: str, arguments: Sequence[str], about: str, words: str) -> None:
    """Print what a command does, and end, where that is asked for.

    about: the command in a line. words: what may stand after it.
    """
    if not ASKS_FOR_HELP & set(arguments):
        return
    parser = argparse.ArgumentParser(prog=f"python3 -m helpers {command}", description=about)
    parser.add_argument("words", nargs="*", help=words)
    parser.print_help()
    sys.exit(0)
