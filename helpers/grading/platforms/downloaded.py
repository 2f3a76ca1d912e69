"""The tables that an instructor downloaded: those they name, and those laid beside the files."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.platforms import canvas, canvas_gradebook, moodle, moodle_worksheet
from helpers.grading.platforms.tables import Table, read_table

NOT_USED = "{name} was not used: it lists none of these learners, or a newer table does."
NEITHER = (
    "{name} was not used: it is no grading worksheet of Moodle's and no gradebook of Canvas's."
)


class Downloaded:
    """Worksheets and gradebooks, found by whom they list; of several, the first.

    named: by the instructor. beside: what else lies with the files, and may be other tables.
    problems: a line for each that cannot be read.
    """

    def __init__(self, named: Iterable[Path], beside: Iterable[Path] = ()) -> None:
        self.worksheets: dict[str, Table] = {}
        self.gradebooks: dict[str, Table] = {}
        self.problems: list[str] = []
        self._used: set[str] = set()
        for path in named:
            self._add(path, is_named=True)
        for path in beside:
            self._add(path, is_named=False)

    def worksheet_for(self, participants: Collection[str]) -> Table | None:
        """Moodle's worksheet for these numbers, which are others in each assignment."""
        listed = {
            name: set(moodle_worksheet.rows_by_participant(table))
            for name, table in self.worksheets.items()
        }
        return self.worksheets.get(self._best(listed, participants))

    def gradebook_for(self, learners: Collection[str]) -> Table | None:
        """Canvas's gradebook for these numbers."""
        listed = {
            name: set(canvas_gradebook.learners_in(table))
            for name, table in self.gradebooks.items()
        }
        return self.gradebooks.get(self._best(listed, learners))

    def unused(self) -> list[str]:
        """A line for each table that was of no use."""
        names = {*self.worksheets, *self.gradebooks} - self._used
        return [NOT_USED.format(name=name) for name in sorted(names)]

    def _add(self, path: Path, is_named: bool) -> None:
        try:
            table = read_table(path)
        except Problem as problem:
            self.problems.append(str(problem))
            return
        kind = self.worksheets
        if canvas_gradebook.is_gradebook(table):
            kind = self.gradebooks
        elif not moodle_worksheet.rows_by_participant(table):
            if is_named:
                self.problems.append(NEITHER.format(name=path))
            return
        kind[str(path)] = table

    def _best(self, listed: dict[str, set[str]], wanted: Collection[str]) -> str:
        """The table that lists most of these people; nothing where none lists any."""
        best, most = "", 0
        for name, people in listed.items():
            shared = len(people.intersection(wanted))
            if shared > most:
                best, most = name, shared
        self._used.add(best)
        return best


def laid_beside(folders: Iterable[Path]) -> list[Path]:
    """Tables in the folders in which a platform's names stand, newest first.

    A file that a learner handed in is none.
    """
    found: set[Path] = set()
    for folder in folders:
        found.update(folder.glob("*.csv"))
    tables = [path for path in found if not _is_learners(path)]
    return sorted(tables, key=_age, reverse=True)


def _is_learners(path: Path) -> bool:
    named = moodle.place_of(path.name) or canvas.place_of(path.name)
    return bool(named) or path.is_symlink()


def _age(path: Path) -> tuple[float, str]:
    """When a file was downloaded, and its name where that is the same."""
    return path.stat().st_mtime, path.name
