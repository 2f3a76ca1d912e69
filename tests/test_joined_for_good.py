"""Whoever a class list has joined once stays one learner, with all marks, whatever list comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from exported_class import ANNA, OTHER_ANNA, Run, give_points, lay_paths, with_text
from made_class import SHEET, practice, write

from helpers.grading.people import KEPT

NUMBERED = (
    "Name,ID number,Moodle numbers\nAnna Müller,s1,111\nAnna Müller,s2,211\nZoe van der Berg,s3,\n"
)
WITHOUT_NUMBERS = "Name,ID number\nAnna Müller,s1\nAnna Müller,s2\nZoe van der Berg,s3\n"


def lay(folder: Path, answer: str) -> Path:
    """Two learners of one name in one assignment, with the same texts and another answer."""
    books = {}
    for number, whose in enumerate((ANNA, OTHER_ANNA)):
        book = with_text()
        write(book, next(iter(practice().values())), f'"{answer} {number}"')
        books[f"{whose}/x.ipynb"] = book
    return lay_paths(folder, books)


@pytest.mark.parametrize("without_names", [False, True])
@pytest.mark.parametrize("later", ["", WITHOUT_NUMBERS], ids=["no list", "no numbers"])
@pytest.mark.parametrize("moved", [False, True])
def test_a_mark_stays_when_the_list_goes_or_comes_without_numbers(
    moved: bool, later: str, without_names: bool, run: Run, tmp_path: Path
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(NUMBERED, encoding="utf-8")
    into = run(lay(tmp_path / "in", "1"), class_list=listed).folder
    give_points(into, "s1", 3)
    run(tmp_path / "in")
    place = lay(tmp_path / ("moved" if moved else "in"), "2")
    (into / KEPT).unlink()
    listed.write_text(later, encoding="utf-8")
    if without_names:
        run(place, without_names=True)
    result = run(place, class_list=listed if later else None, without_names=False)
    graded = [row for row in result.rows.values() if row["exercises"] == SHEET]
    points = {row["student"]: row["points for texts"] for row in graded}
    assert points == {"s1": "3.0", "s2": "0"}, f"The mark of s1 is gone from marks.csv: {points}"
