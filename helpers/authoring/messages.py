"""What a command says to whoever started it: one line with what happened and what to do.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import errno
import re
import sys
import textwrap
from collections.abc import Iterable

MOST_NAMED = 5  # in one line
# What pip prints, and what to tell the reader; the first that fits.
WHY_PIP_FAILED = {
    r"No space left on device|Errno 28|not enough space": (
        "The disk is full. Free about 1 GB and run the command again."
    ),
    r"NewConnectionError|NameResolution|Temporary failure|getaddrinfo|timed? ?out"
    r"|Connection (refused|reset|aborted)|ConnectionError|Network is unreachable|ProxyError": (
        "The packages could not be fetched: there is no connection to the package index. "
        "Connect to the internet and run the command again; afterwards the course works offline."
    ),
    r"ResolutionImpossible|conflicting dependencies|No matching distribution"
    r"|Could not find a version|requires a different Python": (
        "The lock does not fit this computer: {line} "
        "Renew it with `python3 -m helpers lock`, or tell the course's authors."
    ),
    r"Permission denied|Errno 13": (
        "A file in .venv cannot be written. "
        "Close JupyterLab if it is running, then run the command again."
    ),
}
UNKNOWN = "pip could not install the packages: {line}"
LONGEST_LINE = 200


class Problem(Exception):
    """Something a person can mend; the message is the one line that they read."""


def in_one_line(error: OSError) -> str:
    """What an error of the operating system means for the person who reads it."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return "The disk is full. Free some space and run the command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        what = error.filename or "A file"
        advice = "Put the course into a folder of your own and run the command again."
        return f"{what} cannot be written. {advice}"
    return f"{error.filename or 'The operating system'}: {error.strerror or error}."


def why_pip_failed(said: str) -> str:
    """From all that pip printed, the one line that a person needs."""
    errors = re.findall(r"^ERROR:\s*(.*)", said, re.M)
    last = errors[-1] if errors else "no reason given."
    message = UNKNOWN
    for pattern, meaning in WHY_PIP_FAILED.items():
        if re.search(pattern, said, re.I):
            message = meaning
            break
    line = textwrap.shorten(last, LONGEST_LINE, placeholder="…")
    return f"{message.format(line=line)} All that pip said stands in .state/install.log."


def first_few(names: Iterable[str]) -> str:
    """Some names in a line: the first few, and how many more there are."""
    everybody = list(names)
    said = ", ".join(everybody[:MOST_NAMED])
    more = len(everybody) - MOST_NAMED
    return f"{said} and {more} more" if more > 0 else said


def progress(line: str, shown: str) -> str:
    """Print a line of progress unless it is shown already: over that on a terminal, else below.

    Returns the line that is shown now.
    """
    if line == shown:
        return shown
    if sys.stdout.isatty():
        print(f"\r{line}", end="", flush=True)
    else:
        print(line, flush=True)
    return line
