"""A learner's predictions and questions, kept in a plain file of their working copy for later notebooks.

The file is `my-work/my-notes.json`. Nothing is ever taken out of it: a new wording is added to the old.
"""

from __future__ import annotations

import json
from pathlib import Path

from helpers.display import View, notice
from helpers.edition import shorten

FILE = Path(__file__).resolve().parents[1] / "my-work" / "my-notes.json"


def keep(name: str, words: str) -> View:
    """Keep your words under a name, to be brought back later with kept(name)."""
    if not isinstance(words, str) or not words.strip():
        return notice("Nothing to keep yet.", "Write your words between the quotation marks, then run the cell again.")
    try:
        notes = _read()
        notes[str(name)] = [*(old for old in notes.get(str(name), []) if old != words), words]
        FILE.parent.mkdir(parents=True, exist_ok=True)
        part = FILE.with_suffix(".part")
        part.write_text(json.dumps(notes, ensure_ascii=False, indent=1), encoding="utf-8")
        part.replace(FILE)
    except (OSError, ValueError) as problem:
        return notice("Not kept.", f"{FILE.name} cannot be used ({shorten(str(problem), 80)}). Copy your words elsewhere; "
                                   "then rename that file in my-work and run the cell again.")
    return notice("Kept.", f"Under '{name}': {words}")


def kept(name: str) -> View:
    """What you kept under a name, the latest wording last."""
    try:
        versions = _read().get(str(name), [])
    except (OSError, ValueError):
        return notice("Cannot be read.", f"{FILE.name} holds something else. Your words may still be in it: open it with a text editor.")
    nothing = notice("Nothing kept.", f"There are no words of yours under '{name}' yet.")
    return notice(f"You wrote under '{name}':", *versions) if versions else nothing


def _read() -> dict[str, list[str]]:
    """All notes. Raises ValueError when the file holds anything else, so that nothing is written over it."""
    notes = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    if not isinstance(notes, dict) or not all(isinstance(part, list) and all(isinstance(w, str) for w in part) for part in notes.values()):
        raise ValueError("it holds something else than notes")
    return notes
