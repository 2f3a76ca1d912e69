"""`grade`: grade what a class handed in. For instructors.

Takes the folders or zips that a learning platform exports (Moodle, Canvas, or folders by learner),
and writes the gradebook that formgrader opens, a feedback page for each notebook, marks.csv, and in
hand-back/ what Moodle and Canvas take back; with a class list, also who has handed in nothing.
With --take-out it takes a learner or a file out of all that again.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from helpers.authoring.environment import run_inside
from helpers.authoring.messages import Problem, in_one_line, progress
from helpers.authoring.places import EXERCISES, INSTRUCTORS
from helpers.authoring.processes import hear_signals
from helpers.grading.asking import ask_to_go_on
from helpers.grading.people import People
from helpers.grading.schema import IN_USE, is_in_use
from helpers.grading.shares import SHARES
from helpers.grading.taking_out import take_out
from helpers.grading.whole_class import Consent, go_on, grade
from helpers.questions.fields import FaultyItem

WORKSHEET, GRADEBOOK = "--worksheet", "--canvas-gradebook"
STOPPED = "\nStopped. What was marked is kept; the same command goes on from there."


def run(arguments: list[str]) -> int | str:
    """Grade in the environment. Returns 0 when everything was graded or has its line."""
    options = _options(arguments)
    missing = _not_there(options)
    if missing:
        return missing
    words = _in_words(options)
    return run_inside("-m", "helpers.grading.command", *words, needs=(INSTRUCTORS,))


def _in_words(options: argparse.Namespace) -> list[str]:
    """The same options for the command inside the environment, which starts in another folder."""
    words = [str(place.absolute()) for place in options.handed_in]
    words += ["--into", str(options.into.absolute())]
    if options.yes:
        words.append("--yes")
    if options.take_out is not None:
        words.append(f"--take-out={options.take_out}")
    if options.class_list is not None:
        words += ["--class-list", str(options.class_list.absolute())]
    for option in (WORKSHEET, GRADEBOOK):
        for table in _tables(options, option):
            words += [option, str(table.absolute())]
    if options.without_names is not None:
        words.append("--without-names" if options.without_names else "--with-names")
    return words


def grade_class(arguments: list[str]) -> str | None:
    """Grade, inside the environment. Returns None when all went well, else one line."""
    options = _options(arguments)
    missing = _not_there(options)
    if missing:
        return missing
    try:
        _do(options)
    except (Problem, FaultyItem) as problem:
        return str(problem)
    except OSError as error:
        return in_one_line(error)
    except KeyboardInterrupt:
        return STOPPED
    except Exception as error:  # of SQLite or of nbgrader's way to it
        if is_in_use(error):
            return IN_USE
        raise
    return None


def _do(options: argparse.Namespace) -> None:
    """Raises Problem, OSError."""
    into = options.into.absolute()
    if options.take_out is not None:
        take_out(into, options.take_out, _say)
        return
    named = ", ".join(str(place) for place in options.handed_in)
    may_go_on = go_on if options.yes else partial(ask_to_go_on, named)
    people = People(options.class_list, options.without_names)
    tables = [*_tables(options, WORKSHEET), *_tables(options, GRADEBOOK)]
    _grade(options.handed_in, into, may_go_on, people, tables)


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 -m helpers grade")
    parser.add_argument(
        "handed_in",
        type=Path,
        nargs="*",
        metavar="FOLDER",
        help="the folders or zips that your learning platform exports",
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
    _add_tables(parser)
    _add_people(parser)
    options = parser.parse_args(arguments)
    if bool(options.handed_in) == (options.take_out is not None):
        parser.error("name the FOLDER or the zip that your platform exports, or --take-out NAME")
    return options


def _add_tables(parser: argparse.ArgumentParser) -> None:
    """The tables of a platform, to be filled in."""
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


def _add_people(parser: argparse.ArgumentParser) -> None:
    """Who is who, and as whom they are shown."""
    parser.add_argument(
        "--class-list",
        type=Path,
        metavar="FILE",
        help="a CSV with everybody's name and e-mail or id, as Moodle or Canvas exports it; "
        "joins what one learner handed in, and is kept for the next time",
    )
    names = parser.add_mutually_exclusive_group()
    names.add_argument(
        "--without-names",
        action="store_true",
        default=None,
        help="from now on show codes in place of names, to mark without knowing whose a text is",
    )
    names.add_argument(
        "--with-names",
        action="store_false",
        dest="without_names",
        default=None,
        help="show names again",
    )


def _say(line: str) -> None:
    print(f"\r{line}", flush=True)


def _tables(options: argparse.Namespace, option: str) -> list[Path]:
    """The tables that were named after an option."""
    found: list[Path] = getattr(options, option.strip("-").replace("-", "_"))
    return found


def _not_there(options: argparse.Namespace) -> str:
    """What to say of a file that is named and is not there; or nothing."""
    for place in options.handed_in:
        if not place.exists():
            advice = "Name the folder or the zip that your learning platform exports."
            return f"{place} is not there. {advice}"
    if options.class_list is not None and not options.class_list.is_file():
        return f"The class list {options.class_list} is not there. Name a CSV file."
    return ""


def _grade(
    places: Sequence[Path],
    into: Path,
    may_go_on: Consent,
    people: People,
    tables: Sequence[Path],
) -> None:
    """Grade and say what came of it. Raises Problem, OSError."""
    shown = ""

    def show(line: str) -> None:
        nonlocal shown
        shown = progress(line, shown)

    summary = grade(places, into, _say, show, may_go_on, people, tables)
    lines = ["No new notebooks."]
    if summary.marked:
        lines = [f"Notebooks marked: {summary.marked}."]
    if summary.failed:
        reasons = "the reasons stand in the last column of marks.csv."
        lines.append(f"Files that could not be graded: {summary.failed}; {reasons}")
    lines.append(f"Marks, with the points that you have given so far: {into / 'marks.csv'}.")
    lines.append(f"Shares of the assessment: {into / SHARES}.")
    lines.append(f"Feedback pages: {into / 'feedback'}.")
    print(f"\n{' '.join(lines)}")
    for line in summary.handed_back:
        print(line)
    if into == EXERCISES:
        print("To mark the texts: python3 -m helpers teach, then menu Marking, Texts of a Class.")


if __name__ == "__main__":
    hear_signals()
    sys.exit(grade_class(sys.argv[1:]))
