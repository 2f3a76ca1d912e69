"""`python3 -m helpers COMMAND`: the list of commands, nothing more.

It starts before anything is installed, on any Python, so that an old one can be told so.
"""

import sys

# Each command, the module that runs it, and what it is for.
COMMANDS = {
    "lab": ("authoring.lab", "open the course in JupyterLab, in your own working copy"),
    "test": ("authoring.test", "run every test"),
    "teach": ("authoring.teach", "open the course itself, for authors and instructors"),
    "refresh": ("authoring.refresh", "run all notebooks and store fresh outputs"),
    "release": (
        "authoring.release",
        "make sheets, vote page and question bank anew from exercises/items",
    ),
    "handouts": ("authoring.handouts.command", "print the PDFs of a class without screens"),
    "site": ("authoring.website.command", "build the course as a website in one folder"),
    "grade": ("grading.command", "grade what a class handed in: folders or zips"),
    "lock": ("authoring.lock", "renew the four locks from pyproject.toml"),
    "bench": ("authoring.bench", "measure how fast the course is, beside a floor for each number"),
}
TOO_OLD = "This is Python %d.%d. The course needs Python 3.11 or newer: get it from python.org."


def main(arguments):
    """Run a command. Returns what `sys.exit` takes: an exit code, or one line for the reader."""
    if sys.version_info < (3, 11):
        return TOO_OLD % sys.version_info[:2]
    if not arguments or arguments[0] not in COMMANDS:
        return list_of_commands()
    from importlib import import_module

    from helpers.authoring.messages import Problem, in_one_line
    from helpers.authoring.processes import hear_signals

    hear_signals()
    module, _ = COMMANDS[arguments[0]]
    try:
        return import_module("helpers." + module).run(arguments[1:])
    except Problem as problem:
        return str(problem)
    except OSError as error:
        return in_one_line(error)
    except KeyboardInterrupt:
        return "Stopped."


def list_of_commands():
    """What to say when no known command was given."""
    lines = ["Say what to do:"]
    for name, (_, purpose) in sorted(COMMANDS.items()):
        lines.append("  python3 -m helpers %-9s %s" % (name, purpose))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
