"""Codes in place of names, for marking without knowing whose a text is.

A code is drawn by lot and so cannot be computed from a name. The key joins codes to names: a file
beside the gradebook, which only the instructor has. It is added to and never made anew, so that a
learner has one code for all sheets and for good, also when names are shown for a while.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.moving import Who
from helpers.grading.spreadsheet import BEGIN_A_FORMULA, as_csv, read_table
from helpers.working_copy import write_whole

KEY = "key-to-codes.csv"
COLUMNS = ["code", "id", "name"]
SIGNS = "23456789BCDFGHJKMNPQRSTVWXZ"  # none that looks like another, no vowels and so no words
LENGTH = 5
BEGIN = "L-"
KEY_MISSING = (
    "{file} has no line for {code}, though this gradebook holds codes in place of names. "
    "Put the key back where it was, then run the command again."
)


class Codes:
    """The key in a folder. Nothing is written before `save`."""

    def __init__(self, folder: Path) -> None:
        self.file = folder / KEY
        self._rows = dict(_read(self.file))

    def code_of(self, who: Who) -> Who:
        """A learner as they are shown: a code, drawn now if they have none. Of several, the first.

        The name in the key follows the class list.
        """
        for code, known in self._rows.items():
            if known.id == who.id:
                self._rows[code] = who
                return Who(code, code)
        code = _drawn()
        while code in self._rows:
            code = _drawn()
        self._rows[code] = who
        return Who(code, code)

    def behind(self, code: str) -> Who:
        """Who has a code. Raises Problem when the key does not say."""
        if code not in self._rows:
            raise Problem(KEY_MISSING.format(file=self.file.name, code=code))
        return self._rows[code]

    def join(self, id: str, who: Who) -> None:
        """From now on the codes of one id are those of another, too."""
        for code, known in self._rows.items():
            if known.id == id:
                self._rows[code] = who

    def save(self) -> None:
        """Write the key, where it has something to say."""
        if not self._rows:
            return
        rows = [[code, who.id, who.name] for code, who in self._rows.items()]
        content = as_csv([COLUMNS, *rows]).encode("utf-8-sig", "replace")
        if not self.file.exists() or self.file.read_bytes() != content:
            write_whole(self.file, content)


def _read(file: Path) -> Iterator[tuple[str, Who]]:
    """Raises Problem for a file that is no key."""
    if not file.exists():
        return
    for row in read_table(file, COLUMNS).rows:
        yield row["code"], Who(_unharmed(row["id"]), _unharmed(row["name"]))


def _unharmed(cell: str) -> str:
    """What was there before the table was made harmless."""
    bare = cell.removeprefix("'")
    return bare if bare.startswith(BEGIN_A_FORMULA) else cell


def _drawn() -> str:
    return BEGIN + "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
