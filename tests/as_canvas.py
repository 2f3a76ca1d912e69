"""What Canvas does when it exports and takes back: its rules, in our words.

Each function names the file, the function and the commit of github.com/instructure/canvas-lms that
it follows. Everybody in it is made up.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import dataclass, field

COMPUTED = [
    "Current Score", "Current Points", "Current Grade", "Final Score", "Final Points",
    "Final Grade", "Override Score", "Override Grade", "Override Status",
]  # fmt: skip
READ_ONLY = "(read only)"
STUDENTS = {
    9001: "O'Brien-Müller, Zoë",
    9002: "Ng, Anna",
    9003: "Anna Ng",
    9004: "Kim, Min-ji",
    9005: "Kim, Min-ji",
    9006: "李小龙",
    9007: "Ким, Владимир",
    9008: "بن يوسف, أمينة",
    9009: 'de la Cruz, Jo "Jojo"',
    9010: "=cmd()",
    9011: "Wolfeschlegelsteinhausenbergerdorff " * 5,
}


@dataclass
class Attachment:
    """A file that a learner handed in."""

    learner: int
    name: str
    late: bool = False


@dataclass
class Course:
    """A course in Canvas.

    students: sortable names by id. points: of each assignment, by id. scores: by learner and
    assignment. attachments: by id. comments: files that came back, by learner: name and content.
    """

    students: dict[int, str] = field(default_factory=lambda: dict(STUDENTS))
    titles: dict[int, str] = field(default_factory=lambda: {501: "Sheet 05", 506: "Sheet 06"})
    points: dict[int, float] = field(default_factory=lambda: {501: 10, 506: 13})
    scores: dict[tuple[int, int], str] = field(default_factory=dict)
    attachments: dict[int, Attachment] = field(default_factory=dict)
    comments: dict[int, list[tuple[str, bytes]]] = field(default_factory=dict)
    anonymous: bool = False
    ignored: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def hand_in(self, learner: int, name: str, late: bool = False) -> str:
        """content_zipper.rb, get_filename and add_upload_submission (05e9653c)."""
        number = 40000 + len(self.attachments)
        self.attachments[number] = Attachment(learner, name, late)
        user = re.sub(r"_(\d+)_", r"\1", self.students[learner]).lower()
        parts = [user, "LATE" if late else "", str(learner)]
        if self.anonymous:
            parts = ["", parts[1], f"anon_{self.anonymous_id(learner)}"]
        begin = re.sub(r"\W", "", "_".join(part for part in parts if part))
        safe = re.sub(r'[\x00/\\:*?"<>|]+', "_", name)
        return f"{begin}_{number}_{safe}"

    def anonymous_id(self, learner: int) -> str:
        """A made-up code of letters and digits."""
        return f"aB{learner}"

    def take_zip(self, content: bytes) -> None:
        """abstract_assignment.rb, generate_comments_from_files (028f76bb)."""
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for member in archive.infolist():
                found = self._infer(member.filename.rpartition("/")[2])
                if found:
                    learner, name = found
                    held = self.comments.setdefault(learner, [])
                    held.append((name, archive.read(member)))
                else:
                    self.ignored.append(member.filename)

    def _infer(self, filename: str) -> tuple[int, str] | None:
        """abstract_assignment.rb, infer_comment_context_from_filename (028f76bb)."""
        parts = [part for part in filename.split("_") if part != "LATE"]
        if parts[0] == "anon":
            codes = {self.anonymous_id(learner): learner for learner in self.students}
            learner, number = codes.get(parts[1], 0), parts[2]
        else:
            digits = [part for part in parts if re.fullmatch(r"\d+", part)]
            learner, number = int(digits[0]), digits[1]
        attachment = self.attachments.get(int(number))
        if attachment is None or attachment.learner != learner:
            return None
        return learner, attachment.name

    def export(self, *, sis: bool = True, semicolons: bool = False, hidden: bool = False) -> str:
        """gradebook_exporter.rb, csv_data (0140a2ef).

        With a column of notes, and the totals of a grading period that is named "6".
        """
        info = ["SIS User ID"] if sis else []
        heading = ["Student", "ID", *info, "SIS Login ID", "Section", "Notes"]
        heading += [f"{title} ({number})" for number, title in self.titles.items()]
        heading += ["Grain Current Score (6)", "Current Score (6)", "Unposted Final Score (6)"]
        empty = [""] * (len(info) + 4)
        lines = [heading]
        if hidden:
            lines.append(["", *empty, *("Manual Posting" for _ in self.titles), "", "", ""])
        possible = [self._number(self.points[number], semicolons) for number in self.titles]
        lines.append(["    Points Possible", *empty, *possible, *[READ_ONLY] * 3])
        for learner, name in self.students.items():
            shown = f'="{name}"' if name.startswith("=") else name
            row = [shown, str(learner), *(f"S{learner}" for _ in info), f"l{learner}", "A and B"]
            scores = [self.scores.get((learner, number), "") for number in self.titles]
            lines.append([*row, "a note", *scores, "1", "2", "3"])
        text = io.StringIO()
        csv.writer(text, delimiter=";" if semicolons else ",").writerows(lines)
        return text.getvalue()

    def _number(self, number: float, comma: bool) -> str:
        shown = f"{number:.2f}"
        return shown.replace(".", ",") if comma else shown

    def take_gradebook(self, content: bytes) -> None:
        """gradebook_importer.rb, parse! (00b222d7). Raises ValueError: InvalidHeaderRow."""
        heading, *rows = _rows(content.decode("utf-8"))
        info = student_columns(heading)
        columns = {}
        for index, name in enumerate(heading[info:], info):
            if not re.search("|".join(COMPUTED), name):
                columns[index] = self._assignment(name)
        for row in rows:
            if "Points Possible" in row[0]:
                for index, number in columns.items():
                    self.points[number] = float(row[index])
            elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell) for cell in row):
                self._scores(row, columns)

    def _scores(self, row: list[str], columns: dict[int, int]) -> None:
        """gradebook_importer.rb, process_student, process_submissions and no_change_to_value?."""
        learner = int(row[1]) if row[1].isdecimal() else 0
        if learner not in self.students:
            self.unknown.append(row[0])
            return
        for index, number in columns.items():
            self.scores[learner, number] = row[index].strip()

    def _assignment(self, name: str) -> int:
        """gradebook_importer.rb, parse_assignments; Assignment.title_and_id."""
        hit = re.fullmatch(r"(.*)\s\((\d+)\)", name, re.S)
        if hit and int(hit[2]) in self.titles:
            return int(hit[2])
        for number, title in self.titles.items():
            if title == name:
                return number
        self.unknown.append(name)
        return -1


def student_columns(heading: list[str]) -> int:
    """gradebook_importer.rb, header? and update_column_count (00b222d7)."""
    if not ("Student" in heading[0] and "ID" in heading[1] and len(heading) > 3):
        raise ValueError("InvalidHeaderRow")
    count = 3
    if re.search(r"SIS\s+Login\s+ID", heading[2]):
        count += 1
    elif re.search(r"SIS\s+User\s+ID", heading[2]) and re.search(r"SIS\s+Login\s+ID", heading[3]):
        count += 2 + bool(re.search(r"Integration\s+ID", heading[4]))
    count += "Notes" in heading  # a column of the course's own
    if "Section" not in heading[count - 1 - ("Notes" in heading)]:
        raise ValueError("InvalidHeaderRow")
    return count


def _rows(text: str) -> list[list[str]]:
    """gradebook_importer.rb, identify_delimiter and csv_stream (00b222d7)."""
    counts = {}
    for delimiter in ";,":
        lengths = {len(row) for row in csv.reader(text.splitlines()[:3], delimiter=delimiter)}
        counts[delimiter] = lengths.pop() if len(lengths) == 1 else 0
    delimiter = ";" if counts[";"] > counts[","] else ","
    rows = []
    for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
        if row and not re.fullmatch("[;, ]*", delimiter.join(row)):
            rows.append([_point(cell) for cell in row])
    return rows


def _point(cell: str) -> str:
    """gradebook_importer.rb, decimal_comma_to_period (00b222d7)."""
    if not re.fullmatch(r"-?[0-9.,]+%?", cell):
        return cell
    *whole, last = re.split("[,.]", cell)
    return f"{''.join(whole)}.{last}" if whole else last
