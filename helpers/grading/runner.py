"""Runs the cells of one notebook, in a process of its own, and says which answers it ends with. Judges nothing.

Started as a script with a job on standard input; writes lines of JSON to standard output: the number of each cell
before it runs, then the answers. Whatever a notebook does to this process, it can only give another answer:
keys are out of its reach, and who judges is another process.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
from pathlib import Path

MEMORY, FILES, OPEN = 3 * 2**30, 20 * 2**20, 256  # bytes, bytes of one file, files
PROCESSES = 64
MOST_SAID = 200  # characters of an error that are kept


class Printed:
    """Takes what a notebook prints, and lets it go."""

    encoding, errors, closed = "utf-8", "replace", False

    def __init__(self) -> None:
        self.size = 0

    def write(self, text: str) -> int:
        self.size += len(text)
        return len(text)

    def flush(self) -> None:
        pass

    def isatty(self) -> bool:
        return False


def main() -> None:
    """Read the job, keep within its limits, run the cells, say the answers."""
    job = json.load(sys.stdin)
    channel = os.dup(1)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):  # what a notebook's own processes print goes nowhere
        os.dup2(nothing, stream)
    _limit(job["seconds"], job["user"])
    sys.stdout = sys.stderr = printed = Printed()

    def say(**what: object) -> None:
        os.write(channel, json.dumps(what).encode() + b"\n")

    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    from helpers.amounts import Amount
    from helpers.answers import Unread, plain

    def told(answer: object) -> object:
        """An answer as JSON can carry it."""
        if isinstance(answer, Amount):
            return {"amount": [answer.low, answer.high, answer.hedge, answer.unit]}
        if isinstance(answer, list):
            return [told(part) for part in answer]
        if isinstance(answer, dict):
            return {"pairs": [[told(k), told(v)] for k, v in answer.items()]}
        return None if answer is Ellipsis else answer

    say(ready=True)
    names = {"__name__": "__main__", "display": lambda *_, **__: None}
    errors = []
    for number, source in job["cells"]:
        say(cell=number)
        try:
            _run(source, names)
        except BaseException as error:  # SystemExit and KeyboardInterrupt end a cell, not the notebook
            errors.append([number, type(error).__name__[:60]])
    answers = {}
    for id, variable in job["variables"].items():
        try:
            answers[id] = told(plain(names.get(variable)))
            json.dumps(answers[id])
        except (Unread, ValueError, TypeError, RecursionError, OverflowError):
            answers[id] = {"odd": type(names[variable]).__name__[:60]}
    say(answers=answers, errors=errors[:20], printed=printed.size)
    os._exit(0)  # nothing that a notebook left behind runs after its answers


def _run(source: str, names: dict) -> None:
    try:
        code = compile(source, "<cell>", "exec")
    except SyntaxError:
        if not any(line.lstrip().startswith(("%", "!", "?")) or line.rstrip().endswith("?") for line in source.splitlines()):
            raise
        from IPython.core.interactiveshell import InteractiveShell  # slow to load, and few notebooks need it
        InteractiveShell.enable_gui = lambda *_: None  # for %matplotlib: there is no screen
        InteractiveShell.instance(user_ns=names).run_cell(source).raise_error()
        return
    exec(code, names)


def _limit(seconds: int, user: int | None) -> None:
    """Bound memory, time and files; give up root for a user of its own. On Windows there is nothing to set."""
    if os.name != "posix":
        return
    import resource
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")  # where memory runs out, the system ends this one first
    for what, most in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, FILES),
                       (resource.RLIMIT_NOFILE, OPEN), (resource.RLIMIT_CORE, 0)):
        try:
            resource.setrlimit(what, (most, most))
        except (ValueError, OSError):  # a system that knows no such limit, or has a lower one
            continue
    if user is not None:
        resource.setrlimit(resource.RLIMIT_NPROC, (PROCESSES, PROCESSES))
        if user:
            os.setgroups([])
            os.setgid(user)
            os.setuid(user)


if __name__ == "__main__":
    main()
