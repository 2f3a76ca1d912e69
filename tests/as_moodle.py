"""What Moodle does when it exports submissions and takes feedback back: its rules, in our words.

Each function names the file, the function and the commit of github.com/moodle/moodle that it
follows. Everybody in it is made up.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

SUSPICIOUS = re.compile(r"[\x00-\x1f\x7f]|[&<>\"`|':\\/]")
DATE = "%A, %d %B %Y, %I:%M %p"  # as userdate writes it in English
SUBMITTED, NOW = 1.65e9, 1.8e9  # in seconds since 1970
NUMERIC = re.compile(r"\s*[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?\s*")
UNIQUE_IDS = {
    "Zoë O'Brien-Müller": 700101,
    "Ng, Anna": 700102,
    "Anna Ng": 700103,
    "Kim Min-ji": 700104,
    "Kim Min-ji ": 700105,  # another one of that name
    "李小龙": 700106,
    "Владимир Ким": 700107,
    "أمينة بن يوسف": 700108,
    'Jo "Jojo" de_la_Cruz': 700109,
    "=cmd()": 700110,
    "Wolfeschlegelsteinhausenbergerdorff " * 5: 700111,
    "D. E. 1984_2001": 700112,
}


@dataclass
class Grade:
    """What Moodle holds of a learner. grade: -1 for none. modified: in seconds since 1970."""

    grade: float = -1
    modified: float = 0
    comment: str = ""
    files: dict[str, bytes] = field(default_factory=dict)


@dataclass
class Assignment:
    """One assignment in Moodle.

    participants: full names by unique id. most: the maximum grade. words: of the language, by
    Moodle's own keys. decsep: before decimals. newer: whether it knows several markers.
    """

    participants: dict[int, str] = field(
        default_factory=lambda: {number: name for name, number in UNIQUE_IDS.items()}
    )
    most: float = 13
    blind: bool = False
    folders: bool = True
    trailing: str = ""
    words: Mapping[str, str] = field(default_factory=lambda: ENGLISH)
    decsep: str = "."
    newer: bool = False
    grades: dict[int, Grade] = field(default_factory=dict)

    def export_name(self, number: int, file: str) -> str:
        """downloader.php, get_student_prefix and load_submissionplugin_filelist (b1b5f263)."""
        fullname = "Participant" if self.blind else self.participants[number]
        prefix = clean_filename(f"{fullname.replace('_', ' ')}_{number}")
        named = f"{prefix}_assignsubmission_file"
        if self.folders:
            return f"{clean_filename(named)}{self.trailing}/{file}"
        return clean_filename(f"{named}_{file}")

    def take_zip(self, content: bytes) -> None:
        """importziplib.php, import_zip_files (3769c65a).

        It makes a record where there is no grade, with the time of the submission: locallib.php of
        mod_assign, get_user_grade (020eae92).
        """
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                found = self._valid(member.filename)
                if found:
                    number, rest = found
                    held = self.grades.setdefault(number, Grade(modified=SUBMITTED))
                    held.files[rest.rpartition("/")[2]] = archive.read(member)

    def _valid(self, path: str) -> tuple[int, str] | None:
        """importziplib.php, is_valid_filename_for_import (3769c65a): whose, and the file's name."""
        if path.endswith("/") or path.rpartition("/")[2].startswith((".", "~")):
            return None
        parts = f"/import/{path}".split("/")
        while parts:
            info = parts.pop(0).split("_", 4)
            if len(info) < 4 or not NUMERIC.fullmatch(info[1]):
                continue
            number = int(float(info[1]))
            if number not in self.participants:
                continue
            if (info[2], info[3]) != ("assignsubmission", "file"):
                continue
            rest = info[4] if len(info) == 5 else ""
            return number, "/".join([rest, *parts])
        return None

    def worksheet(self, *, columns: tuple[str, ...] = ()) -> str:
        """gradingtable.php, __construct and the col_ functions (0ade5ccf), as a CSV file.

        columns: further ones, between the grade and the time of the grade.
        """
        words = self.words
        heading = [words["recordid"]]
        if not self.blind:
            heading += [words["fullname"], words["email"]]
        heading += [words["status"], words["gradenoun"], words["maxgrade"], words["canbechanged"]]
        heading += [*columns, words["lastmodifiedgrade"], words["comments"]]
        lines = [heading]
        for number, name in self.participants.items():
            held = self.grades.get(number, Grade())
            row = [f"{words['hiddenuser']}{number}"]
            if not self.blind:
                row += [name, f"{number}@example.org"]
            row += [words["submitted"], self._shown(held.grade), self._shown(self.most)]
            row += [words["yes"], *('typed, "here"\nand there' for _ in columns)]
            row += [self._date(held), held.comment]
            lines.append(row)
        return "\ufeff" + "".join(",".join(map(enclosed, line)) + "\n" for line in lines)

    def _shown(self, grade: float) -> str:
        """gradingtable.php, display_grade; moodlelib.php, format_float (02786e77)."""
        return "" if grade == -1 else f"{grade:.2f}".replace(".", self.decsep)

    def _date(self, held: Grade) -> str:
        """gradingtable.php, col_timemarked (0ade5ccf)."""
        if not held.modified:
            return "-"
        return datetime.fromtimestamp(held.modified, UTC).strftime(DATE)

    def take_worksheet(self, content: bytes, *, ignore_modified: bool = False) -> None:
        """locallib.php, process_import_grades (04975560, newer: 0bd8f1fd).

        Raises ValueError for a bad table.
        """
        heading, *rows = csv_import(content)
        words = self.words
        needed = [heading.index(words[key]) for key in ("recordid", "gradenoun")]
        id_index, grade_index = needed
        modified_index = heading.index(words["lastmodifiedgrade"])
        comment_index = heading.index(words["comments"]) if words["comments"] in heading else 0
        for row in rows:
            number = row[id_index].encode()[len(words["hiddenuser"].encode()) :].decode()
            if not number.isdecimal() or int(number) not in self.participants:
                continue
            held = self.grades.get(int(number))
            stale = held is not None and held.modified > strtotime(row[modified_index]) + 60
            may = ignore_modified or not stale
            grade = unformat_float(row[grade_index], self.decsep)
            wanted = grade is not None and 0 <= grade <= self.most
            if grade == 0 and self.newer:
                wanted = False  # there, PHP takes a 0 for nothing
            if grade is not None and wanted and may and not (held and held.grade == grade):
                held = self.grades.setdefault(int(number), Grade())
                held.grade, held.modified = grade, NOW
            if may and comment_index:
                comment = row[comment_index]
                if comment != (held.comment if held else ""):
                    self.grades.setdefault(int(number), Grade()).comment = comment


ENGLISH = {
    "recordid": "Identifier",
    "fullname": "Full name",
    "email": "Email address",
    "status": "Status",
    "gradenoun": "Grade",
    "maxgrade": "Maximum grade",
    "canbechanged": "Grade can be changed",
    "lastmodifiedgrade": "Last modified (grade)",
    "comments": "Feedback comments",
    "hiddenuser": "Participant ",
    "submitted": "Submitted for grading",
    "yes": "Yes",
}
# A made-up language with letters of two bytes, and no space after the word for a participant.
ANOTHER = {key: f"ß{word.strip()}" for key, word in ENGLISH.items()}


def clean_filename(name: str) -> str:
    """moodlelib.php, clean_filename: PARAM_FILE of public/lib/classes/param.php (0c146aa2)."""
    return re.sub(r"\.\.+", "", SUSPICIOUS.sub("", name))


def enclosed(cell: str) -> str:
    """A cell as Moodle's writer of CSV files puts it: enclosed where there is need."""
    if not re.search(r'[\s",]', cell):
        return cell
    doubled = cell.replace('"', '""')
    return f'"{doubled}"'


def csv_import(content: bytes) -> list[list[str]]:
    """csvlib.class.php, load_csv_content (0963d225). Raises ValueError: csvweirdcolumns."""
    text = content.decode("utf-8").removeprefix("\ufeff")
    text = re.sub(r"\r\n?", "\n", text).strip()
    rows = [row for row in php_rows(text) if row != [""]]
    for row in rows:
        if len(row) != len(rows[0]):
            raise ValueError("csvweirdcolumns")
    return rows


def php_rows(text: str) -> Iterator[list[str]]:
    """PHP's fgetcsv with the escape sign that Moodle gives it, a backslash."""
    row: list[str] = []
    cell = ""
    inside = False
    signs = iter(range(len(text)))
    for at in signs:
        sign, after = text[at], text[at + 1 : at + 2]
        if inside and sign == "\\" and after:
            cell += sign + after
            next(signs)
        elif inside and sign == '"' and after == '"':
            cell += sign
            next(signs)
        elif sign == '"' and (inside or not cell):
            inside = not inside
        elif sign in ",\n" and not inside:
            row.append(cell)
            cell = ""
            if sign == "\n":
                yield row
                row = []
        else:
            cell += sign
    yield [*row, cell]


def unformat_float(cell: str, decsep: str) -> float | None:
    """moodlelib.php, unformat_float (02786e77)."""
    plain = cell.strip().replace(" ", "").replace(decsep, ".")
    hit = re.match(r"[+-]?\d*\.?\d+", plain)
    if not plain:
        return None
    return float(hit[0]) if hit else 0.0


def strtotime(cell: str) -> float:
    """PHP's strtotime, for the dates that this Moodle writes; anything else counts as 0."""
    try:
        return datetime.strptime(cell, DATE).replace(tzinfo=UTC).timestamp()
    except ValueError:
        return 0
