"""What an instructor says of who is who, what is kept of it, and what is to be said back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from helpers.grading.class_list import ClassList, read_class_list
from helpers.grading.csv_files import text_of
from helpers.grading.identities import Identities
from helpers.grading.missing import Missing, find_missing, lines_on_missing, table_of_missing
from helpers.grading.open_questions import open_questions
from helpers.grading.records import Records
from helpers.grading.selection import Selection
from helpers.working_copy import write_beside, write_whole

KEPT = "class-list.csv"
MISSING = "missing.csv"
KEY_IS_YOURS = "Without names: {file} joins codes to names. Keep it to yourself, and keep it."


@dataclass(frozen=True)
class People:
    """What stands on the command line. without_names: None where nothing is said of it."""

    class_list: Path | None = None
    without_names: bool | None = None


NOTHING_SAID = People()


def class_list_for(folder: Path, people: People) -> ClassList | None:
    """The list that is given now, else the one that was kept, if any. Raises Problem."""
    file = people.class_list or folder / KEPT
    if people.class_list is None and not file.exists():
        return None
    return read_class_list(file)


def keep_class_list(folder: Path, people: People) -> None:
    """Keep the list for the next run. Another one that was kept before stays beside it.

    Raises Problem.
    """
    if people.class_list is not None:
        content = text_of(people.class_list)
        write_beside(folder / KEPT, content)


def write_missing(folder: Path, records: Records, identities: Identities) -> None:
    """Write who has handed in nothing, where there is a class list."""
    if identities.listed is None:
        return
    missing = _missing(records, identities, identities.listed)
    table = table_of_missing(missing).encode("utf-8-sig", "replace")
    write_whole(folder / MISSING, table)


def _missing(records: Records, identities: Identities, listed: ClassList) -> list[Missing]:
    unsettled = identities.unsettled()
    return find_missing(records.files(), listed, identities.shown, unsettled)


def lines_on_people(
    records: Records, identities: Identities, selection: Selection
) -> Iterator[str]:
    """What an instructor should know of people after a run."""
    yield from open_questions(identities.unsettled(), identities.listed, records.students())
    if identities.listed is not None:
        missing = _missing(records, identities, identities.listed)
        sheets = {one.sheet.slug for one in selection.to_mark}
        yield from lines_on_missing(missing, sheets, identities.listed)
    if identities.without_names:
        yield KEY_IS_YOURS.format(file=identities.key)
