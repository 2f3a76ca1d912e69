"""A class of three as platforms export it: two assignments, with other numbers in the second."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from made_class import SHEET, Graded, solved_sheet, write_text

NEXT = "07-plans-ifs-and-calendars"
LIST = (
    "First name,Last name,ID number,Email address,Canvas ID\n"
    "Anna,Müller,s1,anna@uni.example,4711\n"
    "Ben,Okri,s2,ben@uni.example,4712\n"
    "Zoe,van der Berg,s3,zoe@uni.example,4713\n"
)
# How two assignments of the same learners are exported: each learner's paths, by sheet.
SCHEMES = {
    "Moodle": {
        "s1": [
            "Anna Müller_111_assignsubmission_file_/{}.ipynb",
            "Müller Anna_211_assignsubmission_file_/{}.ipynb",
        ],
        "s2": [
            "Ben Okri_112_assignsubmission_file_{}.ipynb",
            "Ben Okri_212_assignsubmission_file_{}.ipynb",
        ],
    },
    "Canvas": {
        "s1": ["mülleranna_LATE_4711_99887_{}.ipynb", "mülleranna_4711_99990_{}-1.ipynb"],
        "s2": ["okriben_4712_99888_{}.ipynb", "okriben_4712_99991_{}.ipynb"],
    },
    "folders": {
        "s1": ["anna/{0}/{0}.ipynb", "anna@uni.example/{0}.ipynb"],
        "s2": ["s2/{0}/{0}.ipynb", "Ben Okri/{0}.ipynb"],
    },
}
ANNA, OTHER_ANNA = (f"Anna Müller_{number}_assignsubmission_file_" for number in (111, 211))
TEXT = "Between 50,000 and 150,000 tons, if the limit is kept."

Run = Callable[..., Graded]


def lay_paths(folder: Path, paths: Mapping[str, Any]) -> Path:
    for where, book in paths.items():
        file = folder / where
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(book), encoding="utf-8")
    return folder


def with_text(slug: str = SHEET) -> Any:
    book = solved_sheet(slug)
    write_text(book, "E6.9", TEXT)
    return book


def give_points(into: Path, student: str, points: float, slug: str = SHEET) -> None:
    """As formgrader does."""
    from nbgrader.api import Gradebook as Nbgrader

    where = ("E6-9-answer", slug, slug, student)
    with Nbgrader(f"sqlite:///{into / 'gradebook.db'}") as book:
        given = book.find_grade(*where)
        given.manual_score = points
        given.needs_manual_grade = False
        book.find_comment(*where).manual_comment = "Which harvest?"
        book.db.commit()


def points_of(result: Graded, student: str, slug: str = SHEET) -> str:
    rows = [row for row in result.rows.values() if row["exercises"] == slug]
    (row,) = [row for row in rows if row["student"] == student]
    return row["points for texts"]


def sheets_by_student(result: Graded) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for row in result.rows.values():
        if row["status"] == "graded":
            found.setdefault(row["student"], []).append(row["exercises"])
    return {student: sorted(sheets) for student, sheets in found.items()}


def rows_in(file: Path) -> list[dict[str, str]]:
    with open(file, encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def two_assignments(folder: Path, scheme: str) -> list[Path]:
    places = []
    for number, slug in enumerate((SHEET, NEXT)):
        paths = {}
        for exported in SCHEMES[scheme].values():
            paths[exported[number].format(slug)] = solved_sheet(slug)
        places.append(lay_paths(folder / f"{scheme} {number}", paths))
    return places
