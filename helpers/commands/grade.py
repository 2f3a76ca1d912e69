"""`grade`: grade what a class handed in, without a hub. For instructors.

Takes the folder or the zip that a learning platform exports (Moodle, Canvas, or folders by learner), and writes into
exercises/ the gradebook that formgrader opens, a feedback page for each notebook, and marks.csv.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from helpers.commands.environment import ROOT, Problem, in_one_line, progress, ready, without_notes

if TYPE_CHECKING:
    from helpers.grading.sandbox import Sandbox

EXERCISES = ROOT / "exercises"
NO_SANDBOX = """\
There is no sandbox here: {why}
Without one, a notebook can read and change your files and use your network while it runs, whatever is in it.
Go on only if you trust everybody who handed in."""


def run(arguments: list[str]) -> int:
    """Returns 0 when everything was read and graded or has its line."""
    command = [str(ready(instructor=True)), "-m", "helpers.commands.grade", *arguments]
    grading = subprocess.Popen(command, env=without_notes())  # where the instructor stands, so that relative paths mean what they say
    while True:
        try:
            return grading.wait()
        except KeyboardInterrupt:  # it heard that too, and ends by itself
            continue


def grade_class(arguments: list[str]) -> str | None:
    """Grade, inside the environment. Returns None when all went well, else one line."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers grade")
    parser.add_argument("handed_in", type=Path, metavar="FOLDER", help="the folder or zip that your learning platform exports")
    parser.add_argument("--into", type=Path, default=EXERCISES, help="where gradebook, feedback and marks go (default: exercises/)")
    parser.add_argument("--seconds", type=int, default=30, help="the most that one notebook may run (default: 30)")
    parser.add_argument("--without-sandbox", action="store_true", help="go on without asking where there is no sandbox")
    options = parser.parse_args(arguments)
    if not options.handed_in.exists():
        return f"{options.handed_in} is not there. Name the folder or the zip that your learning platform exports."
    try:
        from helpers.grading.sandbox import Sandbox
        from helpers.grading.submissions import Refused
        with Sandbox(options.seconds) as sandbox:
            try:
                return _graded(options, sandbox)
            except (Refused, Problem) as problem:
                return str(problem)
    except OSError as error:
        return in_one_line(error)
    except KeyboardInterrupt:
        return "\nStopped. What was marked is kept; the same command goes on from there."


def _graded(options: argparse.Namespace, sandbox: Sandbox) -> None:
    from helpers.grading.whole_class import grade
    if not sandbox.apart and not options.without_sandbox:
        _ask(sandbox.problem)
    shown = [""]

    def show(line: str) -> None:
        shown[0] = progress(line, shown[0])
    run, failed = grade(options.handed_in, options.into.absolute(), sandbox, lambda line: print(f"\r{line}", flush=True), show)
    print(f"\n{f'Ran {run} notebooks' if run else 'No new notebooks'}{' in the sandbox' * bool(run and sandbox.apart)}. "
          f"{f'{failed} files could not be graded; the reasons stand in the last column of marks.csv. ' if failed else ''}"
          f"Marks, with the points that you have given so far: {options.into / 'marks.csv'}. Feedback pages: {options.into / 'feedback'}.")
    if options.into == EXERCISES:
        print("To mark the texts: python3 -m helpers teach, then in the menu Nbgrader, Formgrader.")


def _ask(why: str) -> None:
    """Say plainly what is missing, and go on only after a yes. Raises Problem."""
    print(NO_SANDBOX.format(why=why), flush=True)
    try:
        answer = input("Go on all the same? Write yes: ") if sys.stdin and sys.stdin.isatty() else ""
    except EOFError:
        answer = ""
    if answer.strip().lower() != "yes":
        raise Problem("Nothing was graded. With --without-sandbox the command goes on without asking.")


if __name__ == "__main__":
    sys.exit(grade_class(sys.argv[1:]))
