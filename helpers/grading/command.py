"""`grade`: grade what a class handed in. For instructors.

Takes the folder or the zip that a learning platform exports (Moodle, Canvas, or folders by
learner), and writes the gradebook that formgrader opens, a feedback page for each notebook, and
marks.csv. With --take-out it takes a learner or a file out of all that again.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from helpers.authoring.environment import run_inside
from helpers.authoring.messages import Problem, in_one_line, progress
from helpers.authoring.places import EXERCISES, INSTRUCTORS
from helpers.authoring.processes import hear_signals
from helpers.grading.asking import ask_to_go_on
from helpers.grading.taking_out import take_out
from helpers.grading.whole_class import SHARES, Consent, go_on, grade

STOPPED = "\nStopped. What was marked is kept; the same command goes on from there."


def run(arguments: list[str]) -> int | str:
    """Grade in the environment. Returns 0 when everything was graded or has its line."""
    options = _options(arguments)
    if options.take_out is None and not options.handed_in.exists():
        return _not_there(options)
    words = ["--into", str(options.into.absolute())]
    if options.yes:
        words.append("--yes")
    if options.take_out is None:
        words.append(str(options.handed_in.absolute()))
    else:
        words.append(f"--take-out={options.take_out}")
    return run_inside("-m", "helpers.grading.command", *words, needs=(INSTRUCTORS,))


def grade_class(arguments: list[str]) -> str | None:
    """Grade, inside the environment. Returns None when all went well, else one line."""
    options = _options(arguments)
    if options.take_out is None and not options.handed_in.exists():
        return _not_there(options)
    try:
        _do(options)
    except Problem as problem:
        return str(problem)
    except OSError as error:
        return in_one_line(error)
    except KeyboardInterrupt:
        return STOPPED
    return None


def _do(options: argparse.Namespace) -> None:
    """Raises Problem, OSError."""
    into = options.into.absolute()
    if options.take_out is not None:
        take_out(into, options.take_out, _say)
        return
    may_go_on = go_on if options.yes else partial(ask_to_go_on, options.handed_in)
    _grade(options.handed_in, into, may_go_on)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m helpers grade")
    parser.add_argument(
        "handed_in",
        type=Path,
        nargs="?",
        metavar="FOLDER",
        help="the folder or zip that your learning platform exports",
    )
    parser.add_argument(
        "--into",
        type=Path,
        default=EXERCISES,
        metavar="DIR",
        help="where gradebook, feedback and marks go (default: exercises/)",
    )
    parser.add_argument(
        "--yes",
        action="store_true",
        help="don't ask where many files are no sheets of this course: leave them out",
    )
    parser.add_argument(
        "--take-out",
        metavar="NAME",
        help="grade nothing; take a learner or a file out of marks.csv, and keep a copy",
    )
    options = parser.parse_args(arguments)
    if (options.handed_in is None) == (options.take_out is None):
        parser.error("name the FOLDER or the zip that your platform exports, or --take-out NAME")
    return options


def _say(line: str) -> None:
    print(f"\r{line}", flush=True)


def _not_there(options: argparse.Namespace) -> str:
    advice = "Name the folder or the zip that your learning platform exports."
    return f"{options.handed_in} is not there. {advice}"


def _grade(place: Path, into: Path, may_go_on: Consent) -> None:
    """Grade and say what came of it. Raises Problem, OSError."""
    shown = ""

    def show(line: str) -> None:
        nonlocal shown
        shown = progress(line, shown)

    summary = grade(place, into, _say, show, may_go_on)
    lines = ["No new notebooks."]
    if summary.marked:
        lines = [f"Marked {summary.marked} notebooks."]
    if summary.failed:
        reasons = "the reasons stand in the last column of marks.csv."
        lines.append(f"{summary.failed} files could not be graded; {reasons}")
    lines.append(f"Marks, with the points that you have given so far: {into / 'marks.csv'}.")
    lines.append(f"Shares of the assessment: {into / SHARES}.")
    lines.append(f"Feedback pages: {into / 'feedback'}.")
    print(f"\n{' '.join(lines)}")
    if into == EXERCISES:
        print("To mark the texts: python3 -m helpers teach, then menu Marking, Texts of a Class.")


if __name__ == "__main__":
    hear_signals()
    sys.exit(grade_class(sys.argv[1:]))
