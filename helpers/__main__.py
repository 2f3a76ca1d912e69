"""`python3 -m helpers COMMAND`: the list of commands, nothing more.

It starts before anything is installed, on any Python, so that an old one can be told so.
"""

import sys

COMMANDS = {
    "lab": "open the course in JupyterLab, in your own working copy",
    "test": "run every test",
    "teach": "open the course itself, for authors and instructors",
    "refresh": "run all notebooks and store fresh outputs",
    "release": "make the exercise notebooks anew from exercises/items",
    "grade": "grade what a class handed in: a folder or a zip from your learning platform",
    "lock": "renew requirements.txt from pyproject.toml",
    "bench": "measure how fast the course is, beside a floor for each number",
}


def main(arguments):
    if sys.version_info < (3, 11):
        return "This is Python %d.%d. The course needs Python 3.11 or newer: install it from python.org." % sys.version_info[:2]
    if not arguments or arguments[0] not in COMMANDS:
        lines = ["  python3 -m helpers %-9s %s" % pair for pair in sorted(COMMANDS.items())]
        return "\n".join(["Say what to do:"] + lines)
    from importlib import import_module

    from helpers.commands.environment import Problem, in_one_line
    try:
        return import_module("helpers.commands." + arguments[0]).run(arguments[1:])
    except Problem as problem:
        return str(problem)
    except OSError as error:
        return in_one_line(error)
    except KeyboardInterrupt:
        return "Stopped."


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
