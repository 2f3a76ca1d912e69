"""A learner's predictions and questions, kept in a plain file of their working copy for later notebooks; and their tries.

The file is `my-work/my-notes.json`, or the one that COURSE_NOTES names: tests and `refresh` name one that is not
there, so that no learner's words get into stored outputs. Nothing is ever taken out of it: a new wording is added.
"""

from __future__ import annotations

import json
import os
from functools import reduce
from operator import add
from pathlib import Path

from helpers.display import View, notice
from helpers.edition import shorten

MOST_TRIES = 99
_tries: dict[str, list[str]] = {}
FILE = Path(os.environ.get("COURSE_NOTES") or Path(__file__).resolve().parents[1] / "my-work" / "my-notes.json")


def keep(name: str, words: str) -> View:
    """Keep your words under a name, to be brought back later with kept(name)."""
    if not isinstance(words, str) or not words.strip():
        return notice("Nothing to keep yet.", "Write your words between the quotation marks, then run the cell again.")
    try:
        notes = _read()
        notes[str(name)] = [*(old for old in notes.get(str(name), []) if old != words), words]
        _write(FILE, json.dumps(notes, ensure_ascii=False, indent=1))
    except (OSError, ValueError) as problem:
        return notice("Not kept.", f"{FILE.name} cannot be used ({shorten(str(problem), 80)}). Copy your words elsewhere; "
                                   "then rename that file in my-work and run the cell again.")
    return notice("Kept.", f"Under '{name}': {words}")


def kept(name: str, *more: str) -> View:
    """What you kept under one or more names, the latest wording last."""
    try:
        notes = _read()
    except (OSError, ValueError):
        return notice("Cannot be read.", f"{FILE.name} holds something else. Your words may still be in it: open it with a text editor.")
    return reduce(add, (_kept(one, notes.get(one, [])) for one in map(str, (name, *more))))


def _kept(name: str, versions: list[str]) -> View:
    if not versions:
        return notice("Nothing kept.", f"There are no words of yours under '{name}' yet.")
    return notice(f"You wrote under '{name}':", *versions)


def replace_beside(path: Path, text: str) -> View:
    """Write a page into the working copy; another page that stands there is kept beside it, under the next free number."""
    try:
        if path.exists() and path.read_text(encoding="utf-8", errors="replace") != text:
            path.replace(next(place for number in range(1, 10000) if not (place := path.with_stem(f"{path.stem}-earlier-{number}")).exists()))
        _write(path, text)
    except OSError as problem:
        return notice("Not written.", f"{path.name} could not be written ({shorten(str(problem), 80)}). Your words still stand in the cell.")
    return notice("Written.", f"Your page is {path.parent.name}/{path.name}. Open it in a browser, print it or send it.")


def remembered(id: str) -> list[str]:
    """What the wrong tries at a question showed so far, in their order, also before the last start."""
    if id not in _tries:
        try:
            seen = json.loads(_file_of_tries().read_text(encoding="utf-8"))[id]
            _tries[id] = [str(code) for code in seen[:MOST_TRIES]]
        except (OSError, ValueError, LookupError, TypeError):
            _tries[id] = []
    return list(_tries[id])


def remember(id: str, shown: str) -> list[str]:
    """Add what a wrong try showed; kept in a working copy, where there is one. Returns all of them."""
    _tries[id] = [*remembered(id), shown][:MOST_TRIES]
    try:
        known = json.loads(_file_of_tries().read_text(encoding="utf-8")) if _file_of_tries().exists() else {}
        if FILE.parent.exists():
            _write(_file_of_tries(), json.dumps(known | {id: _tries[id]}, indent=1))
    except (OSError, ValueError, TypeError):
        pass  # a reply matters more than the count
    return list(_tries[id])


def _file_of_tries() -> Path:
    return FILE.with_name("my-tries.json")


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(text, encoding="utf-8", errors="backslashreplace")
    part.replace(path)


def _read() -> dict[str, list[str]]:
    """All notes. Raises ValueError when the file holds anything else, so that nothing is written over it."""
    notes = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {}
    if not isinstance(notes, dict) or not all(isinstance(part, list) and all(isinstance(w, str) for w in part) for part in notes.values()):
        raise ValueError("it holds something else than notes")
    return notes
