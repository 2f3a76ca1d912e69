"""A learner's predictions and questions, kept in a plain file of their working copy for later.

Nothing is ever taken out of the file: a new wording is added.
"""

from __future__ import annotations

import json

from helpers import working_copy
from helpers.display import View, notice
from helpers.edition import shorten

Notes = dict[str, list[str]]  # every wording, the latest last, by the name it was kept under


def keep(name: str, words: str) -> View:
    """Keep your words under a name, to be brought back later with kept(name)."""
    if not isinstance(words, str) or not words.strip():
        return notice(
            "Nothing to keep yet.",
            "Write your words between the quotation marks, then run the cell again.",
        )
    try:
        _add(str(name), words)
    except (OSError, ValueError) as problem:
        file, reason = working_copy.NOTES.name, shorten(str(problem), 80)
        return notice(
            "Not kept.",
            f"{file} cannot be used ({reason}). Copy your words elsewhere; "
            "then rename that file in my-work and run the cell again.",
        )
    title = "Not kept for long." if working_copy.keeps_nothing() else "Kept."
    return notice(title, f"Under '{name}': {words}", *working_copy.said_in_a_browser())


def kept(name: str, *more: str) -> View:
    """What you kept under one or more names, the latest wording last."""
    try:
        notes = _read()
    except (OSError, ValueError):
        return notice(
            "Cannot be read.",
            f"{working_copy.NOTES.name} holds something else. "
            "Your words may still be in it: open it with a text editor.",
        )
    shown = _kept(str(name), notes)
    for other in more:
        shown += _kept(str(other), notes)
    return shown


def _kept(name: str, notes: Notes) -> View:
    wordings = notes.get(name, [])
    if not wordings:
        return notice("Nothing kept.", f"There are no words of yours under '{name}' yet.")
    return notice(f"You wrote under '{name}':", *wordings)


def _add(name: str, words: str) -> None:
    """Add a wording; one that was kept before moves to the end. Raises OSError or ValueError."""
    notes = _read()
    earlier = [wording for wording in notes.get(name, []) if wording != words]
    notes[name] = [*earlier, words]
    content = json.dumps(notes, ensure_ascii=False, indent=1)
    working_copy.write_whole(working_copy.NOTES, content)


def _read() -> Notes:
    """All notes.

    Raises ValueError when the file holds anything else, so that nothing is written over it.
    """
    if not working_copy.NOTES.exists():
        return {}
    notes = json.loads(working_copy.NOTES.read_text(encoding="utf-8"))
    if not isinstance(notes, dict) or not all(map(_are_wordings, notes.values())):
        raise ValueError("it holds something else than notes")
    return notes


def _are_wordings(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(wording, str) for wording in value)
