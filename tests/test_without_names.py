"""Marking without names: a code for each learner, for good, and no mark lost on the way."""

from __future__ import annotations

from pathlib import Path

import pytest
from exported_class import (
    ANNA,
    NEXT,
    Run,
    give_points,
    points_of,
    rows_in,
    sheets_by_student,
    two_assignments,
    with_text,
)
from exported_class import lay_paths as lay
from made_class import SHEET, sheet

from helpers.authoring.messages import Problem
from helpers.grading.codes import KEY
from helpers.grading.shares import BEGIN, SHARES
from helpers.grading.spreadsheet import as_csv, read_table


def texts_of(folder: Path) -> str:
    """All that is shown of a class: tables, pages, and the names of files and folders."""
    parts = [(folder / "marks.csv").read_text(encoding="utf-8-sig")]
    parts += [(folder / "missing.csv").read_text(encoding="utf-8-sig")]
    for stage in ("submitted", "autograded", "feedback"):
        parts += [str(path) for path in (folder / stage).rglob("*")]
    for page in (folder / "feedback").rglob("*.html"):
        parts.append(page.read_text(encoding="utf-8"))
    return "\n".join(parts)


def shown_by_nbgrader(folder: Path) -> str:
    from nbgrader.api import Gradebook as Nbgrader

    with Nbgrader(f"sqlite:///{folder / 'gradebook.db'}") as book:
        return " ".join(f"{one.id} {one.first_name} {one.last_name}" for one in book.students)


def test_without_names_nothing_that_is_shown_bears_a_name(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    paths = {
        f"{ANNA}/x.ipynb": with_text(),
        f"{ANNA}/x-1.ipynb": with_text(),
        f"okriben_4712_99888_{SHEET}.ipynb": sheet(),
        "ben/broken.ipynb": {"cells": []},
        "Zoe van der Berg/essay.docx": {},
    }
    place = lay(tmp_path / "in", paths)
    result = run(place, class_list=class_list, without_names=True)
    shown = texts_of(result.folder) + shown_by_nbgrader(result.folder) + "\n".join(result.said)
    for name in ("Anna", "Müller", "Ben", "okri", "Zoe", "Berg", "111", "4712", "s1", "ben/"):
        assert name not in shown, f"{name} is shown."
    key = rows_in(result.folder / KEY)
    assert {row["name"] for row in key} == {"Anna Müller", "Ben Okri", "Zoe van der Berg"}


def test_who_has_handed_in_nothing_has_a_code_for_good(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in", {f"s1/{SHEET}.ipynb": sheet()})
    shown = []
    for _ in range(2):
        into = run(place, class_list=class_list, without_names=True).folder
        names = {row["code"]: row["name"] for row in rows_in(into / KEY)}
        missing = [row["student"] for row in rows_in(into / "missing.csv")]
        assert [names[code] for code in missing] == ["Ben Okri", "Zoe van der Berg"]
        shown.append(missing)
    assert shown[0] == shown[1]


def test_codes_stay_over_sheets_and_runs_and_no_mark_is_lost_on_the_way(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    first, second = two_assignments(tmp_path, "Moodle")
    lay(first, {f"{ANNA}/{SHEET}.ipynb": with_text()})
    into = run(first, class_list=class_list).folder
    give_points(into, "s1", 3)
    key: list[list[dict[str, str]]] = []
    for switch in (True, None, False, None, True):
        result = run(first, second, without_names=switch)
        key.append(rows_in(into / KEY))
        codes = {row["id"]: row["code"] for row in key[0]}
        anna = codes["s1"] if switch is not False and len(key) != 4 else "s1"
        assert points_of(result, anna) == "3.0", f"Run {len(key)} lost a mark."
        assert sheets_by_student(result)[anna] == [SHEET, NEXT]
        assert not any(line.startswith("Joined") for line in result.said)
    assert all(one == key[0] for one in key), "A code has changed."


def fill_in_shares(file: Path, student: str, typed: str) -> None:
    """As an instructor does in a spreadsheet program."""
    table = read_table(file, BEGIN)
    (column,) = [name for name in table.columns if name.startswith("fill in")]
    for row in table.rows:
        if row["student"] == student:
            row[column] = typed
    lines = [[row[name] for name in table.columns] for row in table.rows]
    file.write_text(as_csv([table.columns, *lines]), encoding="utf-8")


def test_what_was_filled_in_by_hand_goes_along(run: Run, class_list: Path, tmp_path: Path) -> None:
    first, second = two_assignments(tmp_path, "Moodle")
    into = run(first).folder
    fill_in_shares(into / SHARES, "111", "7")
    for people, id in (
        ({"class_list": class_list}, "s1"),
        ({"without_names": True}, ""),
        ({}, ""),
        ({"without_names": False}, "s1"),
    ):
        run(second, **people)
        rows = [row for row in rows_in(into / SHARES) if "7" in row.values()]
        assert len(rows) == 1, f"{people}: what was filled in is lost, or stands there twice."
        codes = {row["id"]: row["code"] for row in rows_in(into / KEY)} if not id else {}
        assert rows[0]["student"] == (id or codes["s1"])
        assert id or "Müller" not in (into / SHARES).read_text(encoding="utf-8-sig")


def test_a_code_cannot_be_computed_from_a_name(run: Run, tmp_path: Path) -> None:
    place = lay(tmp_path / "in", {f"anna/{SHEET}.ipynb": sheet()})
    codes = []
    for _ in range(2):
        into = run(place, without_names=True).folder
        codes += [row["code"] for row in rows_in(into / KEY)]
        into.rename(tmp_path / f"elsewhere {len(codes)}")
    assert codes[0] != codes[1]


def test_codes_are_not_written_where_a_hub_keeps_names(run: Run, tmp_path: Path) -> None:
    place = lay(tmp_path / "into" / "submitted", {f"anna/{SHEET}/{SHEET}.ipynb": sheet()})
    with pytest.raises(Problem, match="--into"):
        run(place, without_names=True)
    assert [one.name for one in place.iterdir()] == ["anna"]
    assert run(place).row("anna")["name"] == "anna"


def test_a_lost_key_is_asked_for_and_nothing_is_made_up(run: Run, tmp_path: Path) -> None:
    place = lay(tmp_path / "in", {f"anna/{SHEET}.ipynb": sheet()})
    into = run(place, without_names=True).folder
    key = (into / KEY).rename(tmp_path / "safe.csv")
    with pytest.raises(Problem, match=r"Put the key back"):
        run(place)
    key.rename(into / KEY)
    assert len(run(place).rows) == 1


def test_a_list_that_comes_later_joins_two_codes(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    first, second = two_assignments(tmp_path, "Moodle")
    lay(first, {f"{ANNA}/{SHEET}.ipynb": with_text()})
    into = run(first, without_names=True).folder
    codes = {row["id"]: row["code"] for row in rows_in(into / KEY)}
    give_points(into, codes["111"], 3)
    run(second)
    result = run(second, class_list=class_list)
    assert points_of(result, codes["111"]) == "3.0"
    assert sheets_by_student(result)[codes["111"]] == [SHEET, NEXT]
    shown = "\n".join(result.said)
    assert "Müller" not in shown and "211" not in shown
    assert points_of(run(first, second, without_names=False), "s1") == "3.0"
