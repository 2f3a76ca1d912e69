"""A gradebook that another program keeps to itself is told as such, and nothing is lost."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from exported_class import with_text
from made_class import Grade, lay, solved_sheet

from helpers.authoring.messages import Problem
from helpers.grading import schema
from helpers.grading.command import grade_class
from helpers.grading.giving import give
from helpers.grading.gradebook import Gradebook


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "PATIENCE", 0)


@pytest.fixture
def into(graded: Grade, tmp_path: Path) -> Path:
    return graded(lay(tmp_path / "in", anna=with_text())).folder


@pytest.fixture
def locked(into: Path) -> Iterator[Path]:
    with closing(sqlite3.connect(into / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield into


def test_a_gradebook_in_use_is_no_damaged_one(locked: Path, tmp_path: Path) -> None:
    said = grade_class([str(tmp_path / "in"), "--into", str(locked)])
    assert said == schema.IN_USE
    with pytest.raises(Problem, match="in use by another program"):
        give(locked, "anna", "06-the-grain-sum", "E6.9", 3, "")


def test_a_gradebook_that_is_being_written_stops_nothing_from_being_graded_later(
    into: Path, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in2", ben=solved_sheet())
    words = [str(place), "--into", str(into)]
    with closing(sqlite3.connect(into / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        assert grade_class(words) == schema.IN_USE
    assert grade_class(words) is None
    assert "ben" in (into / "marks.csv").read_text(encoding="utf-8-sig")


def test_what_is_no_gradebook_is_told_as_such(tmp_path: Path) -> None:
    (tmp_path / "gradebook.db").write_text("no database at all, whatever it is called")
    with pytest.raises(Problem, match="is no gradebook"):
        schema.refuse_another_edition(tmp_path / "gradebook.db")


@pytest.mark.parametrize("missing", ["submitted_notebook", "grade", "comment"])
def test_a_run_that_was_stopped_while_tables_were_made_goes_on(
    missing: str, tmp_path: Path
) -> None:
    begun = tmp_path / "begun"
    begun.mkdir()
    with Gradebook(begun) as book:
        book.prepare([])
    with closing(sqlite3.connect(begun / "gradebook.db")) as database:
        database.execute(f"DROP TABLE {missing}")
    place = lay(tmp_path / "in", anna=with_text())
    assert grade_class([str(place), "--into", str(begun)]) is None, (
        f"A run that was stopped before nbgrader had made its table {missing} cannot go on."
    )
