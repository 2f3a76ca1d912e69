"""The class list: a CSV with a row for each learner, by which the parts of one are joined.

Moodle's and Canvas's own exports are understood by their headers, and so is a table made by hand:
a name, and an e-mail address or an id. A learner of the list is found by what a platform writes
into the names of files:

- Canvas: by its number of the user (column ID); by the name where the list has no such numbers.
- Moodle: by the name, since its participant number is another one for each assignment; by that
  number where the list has it (the column Identifier of a grading worksheet), and by it alone where
  an export holds two learners of one name.
- Folders, and names of files: by any id, the e-mail address, what stands before its @, or the name.

A name fits in any order of its words. Where two learners fit, nobody is chosen.

Sources for the headers: Moodle 4, course participants and mod/assign's grading table; Canvas,
"Gradebook CSV export", the roster of New Analytics, and users.csv of its SIS imports.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.messages import Problem
from helpers.grading.csv_files import rows_of
from helpers.grading.naming import CANVAS_EXPORT, MOODLE_EXPORT, Student, safe_id

# What a column holds, by its header in small letters.
HEADERS = {
    "name": "name;full name;fullname;student;student name;learner;full_name;user full name",
    "first": "first name;firstname;first_name;given name;forename",
    "last": "last name;lastname;last_name;surname;family name",
    "email": "email address;email;e-mail;e-mail address;mail",
    "username": "username;user name;login;login id;login_id",
    "sis_login": "sis login id",
    "number": "id number;idnumber;id;student id;student number;matriculation number;number",
    "sis_id": "sis user id;sis id;student sis id;user_id",
    "canvas_id": "canvas id;canvas user id;canvas_user_id",
    "moodle_numbers": "identifier;participant number;participant numbers;moodle number;"
    "moodle numbers",
}
OF_CANVAS = {"sis user id", "sis login id", "student sis id"}  # beside these, an ID is Canvas's
CANVAS_NUMBERS = {"id", "student id"}
# Rows of Canvas's gradebook that are nobody: the points to be had, and a teacher's trial.
NOBODY = {"points possible", "student, test", "test student"}
# What may name a learner in the gradebook; the first that everybody has, each another one.
IDS = ("username", "sis_login", "number", "email", "sis_id", "canvas_id", "name")
OF_A_LEARNER = ("name", "email", "username", "number", "canvas_id", "sis_id", "sis_login")
WORD = re.compile(r"[^\W_]+")
APOSTROPHES = re.compile(r"['’`´ʼ]")
ADVICE = (
    "Its first line names the columns: a name (or first name and last name), "
    "and an e-mail address or an ID number."
)


OURS = ["student", "name"]  # with which marks.csv, shares.csv and missing.csv begin


@dataclass(frozen=True)
class Learner:
    """One learner of a class. id: of the gradebook; it can name a folder.

    number: Moodle's ID number, or an id of your own. canvas_id: the number in Canvas's file names.
    moodle_numbers: participant numbers, each of one assignment.
    """

    id: str
    name: str
    email: str = ""
    username: str = ""
    number: str = ""
    canvas_id: str = ""
    sis_id: str = ""
    sis_login: str = ""
    moodle_numbers: tuple[str, ...] = ()


class ClassList:
    """The learners of a class, and how one of them is found. learners: in the order of the file."""

    def __init__(self, learners: Iterable[Learner]) -> None:
        self.learners = list(learners)
        self._ids = {one.id.casefold() for one in self.learners}
        self._by_id = self._index(_ids)
        self._by_mailbox = self._index(_mailbox)
        self._by_name = self._index(_name)
        self._by_run_on = self._index(_run_on_names)
        self._by_canvas = self._index(_canvas_id)
        self._by_moodle = self._index(_moodle_numbers)

    def _index(self, signs: Callable[[Learner], Iterable[str]]) -> dict[str, list[Learner]]:
        """The learners by each of their signs."""
        found: dict[str, list[Learner]] = {}
        for learner in self.learners:
            for sign in signs(learner):
                if sign:
                    found.setdefault(sign, []).append(learner)
        return found

    def find(self, student: Student) -> list[Learner]:
        """Who of the list this may be: one, nobody, or several, of whom none is to be chosen."""
        if student.platform == MOODLE_EXPORT:
            by_name = [] if student.is_namesake else self.named(student.name)
            return self._by_moodle.get(student.id) or by_name
        if student.platform == CANVAS_EXPORT:
            if self._by_canvas:
                return self._by_canvas.get(student.id, [])
            return self._by_run_on.get(student.name.casefold(), [])
        name = student.name.casefold()
        found = self._by_id.get(student.id.casefold(), []) + self._by_id.get(name, [])
        found = found or self._by_mailbox.get(name, []) or self.named(student.name)
        return list(dict.fromkeys(found))

    def has_id(self, id: str) -> bool:
        """Whether a learner of the list has this id in the gradebook."""
        return id.casefold() in self._ids

    def named(self, name: str) -> list[Learner]:
        """Who of the list bears this name, whatever the order of its words."""
        return self._by_name.get(key_of_name(name), [])


def read_class_list(file: Path) -> ClassList:
    """The class list in a CSV file. Raises Problem with one line that says what to mend."""
    rows = list(_rows(file.name, rows_of(file)))
    if not rows:
        raise Problem(f"{file.name} names no learner. {ADVICE}")
    lines = _merged(rows)
    _refuse_doubles(file.name, lines)
    column = _column_of_ids(lines)
    return ClassList(_learner(row, column) for row in lines)


def key_of_name(name: str) -> str:
    """The same for a name in any order of its words: "Müller, Anna" and "anna MÜLLER"."""
    return " ".join(sorted(_words(name)))


def _rows(name: str, table: Sequence[Sequence[str]]) -> Iterator[dict[str, str]]:
    """What stands of each learner, by what it is. Raises Problem."""
    header = [cell.strip().casefold() for cell in table[0]] if table else []
    columns = _columns(header)
    if _is_ours(header, columns):
        raise Problem(f"{name} is a table that grading wrote, and no class list. {ADVICE}")
    held = set(columns.values())
    if "name" not in held and "last" not in held:
        raise Problem(f"{name} has no column with names. {ADVICE}")
    for cells in table[1:]:
        row = dict.fromkeys(HEADERS, "")
        for place, cell in enumerate(cells[: len(header)]):
            if place in columns:
                row[columns[place]] = " ".join(cell.split())
        row["name"] = _whole_name(row)
        if row["name"] and row["name"].casefold() not in NOBODY:
            yield row


def _is_ours(header: Sequence[str], columns: Mapping[int, str]) -> bool:
    """Whether a table is one of grading's: it begins as they do, and what follows is no list's."""
    begin = len(OURS)
    follows = header[begin:]
    return header[:begin] == OURS and bool(follows) and max(columns) < begin


def _columns(header: Sequence[str]) -> dict[int, str]:
    """What each column holds, by its place. Of two that hold the same, the first."""
    known = {}
    for holds, names in HEADERS.items():
        known.update(dict.fromkeys(names.split(";"), holds))
    if OF_CANVAS & set(header):
        known.update(dict.fromkeys(CANVAS_NUMBERS, "canvas_id"))
    if "name" in header:
        known.pop("student", None)  # a column beside one with names holds something else
    columns: dict[int, str] = {}
    for place, title in enumerate(header):
        if title in known and known[title] not in columns.values():
            columns[place] = known[title]
    return columns


def _whole_name(row: Mapping[str, str]) -> str:
    """First name and last name; turned round where it stands there as "Last, First"."""
    if row["last"]:
        return f"{row['first']} {row['last']}".strip()
    last, comma, first = row["name"].partition(",")
    if comma and row["name"].casefold() not in NOBODY:
        return f"{first} {last}".strip()
    return row["name"]


def _merged(rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """Each row once, where it holds more than a name, which two people may bear."""
    merged: list[dict[str, str]] = []
    for row in rows:
        if row not in merged or not any(_signs(row)):
            merged.append(row)
    return merged


def _refuse_doubles(name: str, rows: Iterable[dict[str, str]]) -> None:
    """Raise Problem where nothing tells two learners apart."""
    seen: dict[tuple[str, ...], str] = {}
    for row in rows:
        signs = _signs(row)
        key = signs if any(signs) else ("", key_of_name(row["name"]))
        if key in seen:
            raise Problem(
                f"{name} does not tell two learners apart: {seen[key]} and {row['name']}. "
                "Give each of them an e-mail address or an ID number of their own."
            )
        seen[key] = row["name"]


def _signs(row: Mapping[str, str]) -> tuple[str, ...]:
    """All that tells a learner from others of the same name."""
    return tuple(row[column].casefold() for column in IDS[:-1])


def _column_of_ids(rows: Sequence[dict[str, str]]) -> str:
    """The first column in which everybody has something, each something else; or nothing."""
    for column in IDS:
        values = {row[column].casefold() for row in rows} - {""}
        if len(values) == len(rows):
            return column
    return ""


def _learner(row: dict[str, str], column: str) -> Learner:
    """column: the one with everybody's id; nothing where each is named by what they have."""
    first_of_own = next(filter(None, map(row.get, IDS[:-1])), "")
    id = row[column] if column else f"{first_of_own} {row['name']}".strip()
    numbers = re.findall(r"\d+", row["moodle_numbers"])
    known = {name: row[name] for name in OF_A_LEARNER}
    return Learner(safe_id(id), moodle_numbers=tuple(numbers), **known)


def _words(name: str) -> list[str]:
    plain = APOSTROPHES.sub("", unicodedata.normalize("NFKC", name))
    return WORD.findall(plain.casefold())


def _ids(learner: Learner) -> set[str]:
    """Everything by which a folder may name a learner, in small letters."""
    own = [learner.id, learner.email, learner.username, learner.number]
    own += [learner.canvas_id, learner.sis_id, learner.sis_login]
    return {one.casefold() for one in own}


def _mailbox(learner: Learner) -> list[str]:
    """What stands before the @."""
    before, _, _ = learner.email.partition("@")
    return [before.casefold()]


def _name(learner: Learner) -> list[str]:
    return [key_of_name(learner.name)]


def _run_on_names(learner: Learner) -> set[str]:
    """As Canvas writes a name: last name first, in small letters, nothing between the words.

    Where a last name begins is not known, so each place is tried.
    """
    words = _words(learner.name)
    found = set()
    for place in range(len(words)):
        turned = words[place:] + words[:place]
        found.add("".join(turned))
    return found


def _canvas_id(learner: Learner) -> list[str]:
    return [learner.canvas_id]


def _moodle_numbers(learner: Learner) -> Iterable[str]:
    return learner.moodle_numbers
