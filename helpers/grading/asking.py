"""Ask whoever grades whether to go on, where a folder looks like another one than was meant."""

from __future__ import annotations

from helpers.authoring.messages import Problem
from helpers.grading.selection import Selection

EXAMPLES = 3
YES = ("y", "yes")
FOUND = (
    "{place} holds {sheets} sheets of this course, and {strangers} other files, such as {names}."
)
QUESTION = "The other files will be left out. Go on? Type yes or no: "
NOTHING_GRADED = "Nothing was graded. Name the folder or the zip with what was handed in"
NO = f"{NOTHING_GRADED}."
NOBODY_ANSWERS = f"{NOTHING_GRADED}; or add --yes, and the other files are left out."


def ask_to_go_on(place: str, selection: Selection) -> None:
    """Ask on the terminal. Raises Problem for a no, and where nobody can answer."""
    names = [record.file for record in selection.strangers[:EXAMPLES]]
    found = FOUND.format(
        place=place,
        sheets=len(selection.to_mark),
        strangers=len(selection.strangers),
        names=", ".join(names),
    )
    try:
        answer = input(f"{found}\n{QUESTION}")
    except (EOFError, OSError, RuntimeError):  # closed, or there is none
        print()
        raise Problem(NOBODY_ANSWERS) from None
    if answer.strip().lower() not in YES:
        raise Problem(NO)
