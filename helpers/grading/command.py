"""`grade`: grade what a class handed in. For instructors.

Takes the folder or the zip that a learning platform exports (Moodle, Canvas, or folders by
learner), and writes the gradebook that formgrader opens, a feedback page for each notebook,
marks.csv, and in hand-back/ what Moodle and Canvas take back.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from helpers.authoring.environment import run_inside
from helpers.authoring.messages import Problem, in_one_line, progress
from helpers.authoring.places import EXERCISES, INSTRUCTORS
from helpers.authoring.processes import hear_signals
from helpers.grading.whole_class import grade

WORKSHEET, GRADEBOOK = "--worksheet", "--canvas-gradebook"
STOPPED = "\nStopped. What was marked is kept; the same command goes on from there."


def run(arguments: list[str]) -> int | str:
    """Grade in the environment. Returns 0 when everything was graded or has its line."""
    options = _options(arguments)
    if not options.handed_in.exists():
        return _not_there(options)
    words = [str(options.handed_in.absolute()), "--into", str(options.into.absolute())]
    for option in (WORKSHEET, GRADEBOOK):
        for table in _tables(options, option):
            words += [option, str(table.absolute())]
    return run_inside("-m", "helpers.grading.command", *words, needs=(INSTRUCTORS,))


def grade_class(arguments: list[str]) -> str | None:
    """Grade, inside the environment. Returns None when all went well, else one line."""
    options = _options(arguments)
    if not options.handed_in.exists():
        return _not_there(options)
    try:
        tables = [*_tables(options, WORKSHEET), *_tables(options, GRADEBOOK)]
        _grade(options.handed_in, options.into.absolute(), tables)
    except Problem as problem:
        return str(problem)
    except OSError as error:
        return in_one_line(error)
    except KeyboardInterrupt:
        return STOPPED
    return None


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m helpers grade")
    parser.add_argument(
        "handed_in",
        type=Path,
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
        WORKSHEET,
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="Moodle's grading worksheet, downloaded, to be filled in (may come several times)",
    )
    parser.add_argument(
        GRADEBOOK,
        type=Path,
        action="append",
        default=[],
        metavar="FILE",
        help="Canvas's gradebook, exported, to be filled in",
    )
    return parser.parse_args(arguments)


def _tables(options: argparse.Namespace, option: str) -> list[Path]:
    """The tables that were named after an option."""
    found: list[Path] = getattr(options, option.strip("-").replace("-", "_"))
    return found


def _not_there(options: argparse.Namespace) -> str:
    advice = "Name the folder or the zip that your learning platform exports."
    return f"{options.handed_in} is not there. {advice}"


def _grade(place: Path, into: Path, tables: list[Path]) -> None:
    """Grade and say what came of it. Raises Problem, OSError."""
    shown = ""

    def show(line: str) -> None:
        nonlocal shown
        shown = progress(line, shown)

    def say(line: str) -> None:
        print(f"\r{line}", flush=True)

    summary = grade(place, into, say, show, tables)
    lines = ["No new notebooks."]
    if summary.marked:
        lines = [f"Marked {summary.marked} notebooks."]
    if summary.failed:
        reasons = "the reasons stand in the last column of marks.csv."
        lines.append(f"{summary.failed} files could not be graded; {reasons}")
    lines.append(f"Marks, with the points that you have given so far: {into / 'marks.csv'}.")
    lines.append(f"Feedback pages: {into / 'feedback'}.")
    print(f"\n{' '.join(lines)}")
    for line in summary.handed_back:
        print(line)
    if into == EXERCISES:
        print("To mark the texts: python3 -m helpers teach, then in the menu Nbgrader, Formgrader.")


if __name__ == "__main__":
    hear_signals()
    sys.exit(grade_class(sys.argv[1:]))
