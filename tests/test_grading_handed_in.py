"""What was handed in: whose a file is, and what is said of files that cannot be read."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
from course import ROOT
from made_class import SHEET, Grade, Graded, cell, lay, sheet, solved_sheet, with_code

from helpers.authoring.messages import Problem
from helpers.grading.command import grade_class
from helpers.grading.files import LARGEST
from helpers.grading.handed_in import handed_in
from helpers.grading.naming import safe_id, whose
from helpers.grading.records import LEFT_OUT, NOT_GRADED

NAMES = {
    "Anna Müller_1234567_assignsubmission_file_/06-the-grain-sum.ipynb": ("1234567", "Anna Müller"),
    "Anna Müller_1234567_assignsubmission_file/06-the-grain-sum.ipynb": ("1234567", "Anna Müller"),
    "Anna Müller_1234567_assignsubmission_file_06-the-grain-sum.ipynb": ("1234567", "Anna Müller"),
    "export/O'Neil_van der Berg_7_assignsubmission_file_/sub/My notebook (1).ipynb": (
        "7",
        "O'Neil_van der Berg",
    ),
    "mulleranna_4711_99887_06-the-grain-sum.ipynb": ("4711", "mulleranna"),
    "mulleranna_LATE_4711_99887_06-the-grain-sum-2.ipynb": ("4711", "mulleranna"),
    "submitted/anna/06-the-grain-sum/06-the-grain-sum.ipynb": ("anna", "anna"),
    "anna/06-the-grain-sum.ipynb": ("anna", "anna"),
    "anna_06-the-grain-sum.ipynb": ("anna", "anna"),
    "anna_exercises-06-the-grain-sum.ipynb": ("anna", "anna"),  # from the website
    "anna/06-the-grain-sum/06-the-grain-sum (1).ipynb": ("anna", "anna"),
    "class/anna/my-work/exercises/release/06-the-grain-sum/06-the-grain-sum-Copy2.ipynb": (
        "anna",
        "anna",
    ),
}
ODD_NAMES = [
    "../../etc/06-the-grain-sum.ipynb",
    "a b/06-the-grain-sum.ipynb",
    "a_b/06-the-grain-sum.ipynb",
    ".../06-the-grain-sum.ipynb",
    "李/06-the-grain-sum.ipynb",
    f"Mal_{'9' * 300}_assignsubmission_file_/06-the-grain-sum.ipynb",
    f"{'x' * 300}/06-the-grain-sum.ipynb",
    "\udcff/06-the-grain-sum.ipynb",
]
SCHEMES = {
    "moodle": "{name}_{id}_assignsubmission_file_/sheet.ipynb",
    "moodle flat": "{name}_{id}_assignsubmission_file_sheet.ipynb",
    "canvas": "{name}_{id}_5550{id}_sheet.ipynb",
    "folders": "{id}/sheet.ipynb",
}
MANY_CELLS = [{"cell_type": "code", "source": "", "metadata": {}, "outputs": []}] * 3000
# What is handed in as a notebook, and what the line about it says.
BROKEN: dict[str, tuple[Any, str]] = {
    "not_json": (b"PK\x03\x04 no notebook", "cannot be read as JSON"),
    "empty": (b"", "cannot be read as JSON"),
    "half": (json.dumps(solved_sheet()).encode()[:5000], "cannot be read as JSON"),
    "deep": (b"[" * 100_000, "cannot be read as JSON"),
    "long_number": (b'{"cells": ' + b"9" * 10_000 + b"}", "cannot be read as JSON"),
    "a_list": (b"[1, 2]", "no notebook of the kind"),
    "old": (b'{"worksheets": []}', "no notebook of the kind"),
    "odd_cells": (b'{"cells": [1]}', "no notebook of the kind"),
    "odd_source": (b'{"cells": [{"cell_type": "code", "source": 7}]}', "no notebook of the kind"),
    "huge": (b" " * (LARGEST + 1), f"more than {LARGEST // 1_000_000} MB"),
    "another_course": ({"cells": [], "metadata": {}}, "None of its cells"),
    "many_cells": ({"cells": MANY_CELLS, "metadata": {}}, "3000 cells"),
}


@pytest.mark.parametrize("where", NAMES)
def test_the_learner_is_read_from_the_path(where: str) -> None:
    assert whose(PurePosixPath(where))[:2] == NAMES[where]


def test_no_path_leads_out_of_the_folder_and_no_two_learners_become_one() -> None:
    ids = [whose(PurePosixPath(where)).id for where in ODD_NAMES]
    assert len(set(ids)) == len(ids), f"Two learners have one id: {ids}"
    for id in ids:
        assert re.fullmatch(r"[\w@-][\w.@-]{0,79}", id), f"{id!r} can name no folder."
        assert ".." not in id


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_a_class_is_read_in_every_scheme_packed_or_not(
    scheme: str, packed: bool, graded: Grade, tmp_path: Path
) -> None:
    place = tmp_path / "in"
    for id in ("101", "102"):
        path = place / SCHEMES[scheme].format(name=f"zoe{id}", id=id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(solved_sheet()), encoding="utf-8")
    if packed:
        archive = tmp_path / "export.zip"
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            for path in place.rglob("*.ipynb"):
                file.write(path, path.relative_to(place))
        place = archive
    result = graded(place)
    assert result.said == []
    for id in ("101", "102"):
        assert result.row(id)["practice answered"] == "9", f"{scheme}: {id} is not read."


def test_of_several_members_of_a_zip_with_one_name_one_counts_and_stays(
    graded: Grade, tmp_path: Path
) -> None:
    place = tmp_path / "export.zip"
    name = f"Mal_13_assignsubmission_file_/{SHEET}.ipynb"
    with zipfile.ZipFile(place, "w") as archive, pytest.warns(UserWarning):
        for book in (sheet(), solved_sheet()):
            archive.writestr(name, json.dumps(book))
    for _ in range(2):
        result = graded(place)
        assert result.row("13")["practice right"] == "9"
        assert result.said == []


def test_damaged_zips_and_odd_members_stop_nobody(graded: Grade, tmp_path: Path) -> None:
    place = tmp_path / "export.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("zoe", "bad"):
            archive.writestr(f"{name}/{SHEET}.ipynb", json.dumps(solved_sheet()))
        archive.writestr("./.", b"")
    raw = bytearray(place.read_bytes())
    at = raw.index(f"bad/{SHEET}.ipynb".encode()) + 60
    raw[at : at + 40] = b"\xff" * 40
    place.write_bytes(raw)
    result = graded(place)
    assert result.row("zoe")["practice right"] == "9"
    (line,) = result.said
    assert "cannot be read" in line
    worse = tmp_path / "worse.zip"
    worse.write_bytes(bytes(raw[:200]) + bytes(raw[-22:]))
    with pytest.raises(Problem, match=r"damaged zip|neither"):
        list(handed_in(worse))


@pytest.fixture(scope="module")
def broken(graded_together: Callable[[dict[str, Any]], Graded]) -> Graded:
    """All of them, graded as one class."""
    return graded_together({name: content for name, (content, _) in BROKEN.items()})


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_gets_one_line(name: str, broken: Graded) -> None:
    (line,) = [line for line in broken.said if line.startswith(f"{name}/")]
    why = BROKEN[name][1]
    assert why in line and line.isprintable()
    assert broken.row(name)["status"] == NOT_GRADED
    assert why in broken.row(name)["note"]
    assert len(broken.said) == len(BROKEN), "A line is said of somebody else."


def test_the_kernel_of_a_notebook_does_not_matter(graded: Grade, tmp_path: Path) -> None:
    """Since nothing is run."""
    kernel = {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}
    book = solved_sheet() | {"metadata": kernel}
    assert graded(lay(tmp_path / "in", anna=book)).row("anna")["practice right"] == "9"


def test_other_files_and_links_get_a_line(graded: Grade, tmp_path: Path) -> None:
    place = lay(tmp_path / "in", zoe=solved_sheet())
    (place / "zoe" / "essay.docx").write_bytes(b"words")
    if os.name == "posix":
        (place / "mallory").mkdir()
        (place / "mallory" / f"{SHEET}.ipynb").symlink_to("/etc/passwd")
    result = graded(place)
    assert result.rows["zoe/essay.docx"]["status"] == LEFT_OUT
    assert result.rows[f"zoe/{SHEET}.ipynb"]["practice right"] == "9"
    assert len(result.said) == len(result.rows) - 1
    for row in result.rows.values():
        if row["student"] == "mallory":
            assert "link" in row["note"]


def test_a_place_that_is_neither_folder_nor_zip_is_refused_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "marks.pdf").write_bytes(b"%PDF")
    with pytest.raises(Problem, match="neither a folder nor a zip"):
        list(handed_in(tmp_path / "marks.pdf"))
    said = grade_class([str(tmp_path / "nowhere")])
    assert said is not None and "is not there" in said
    (tmp_path / "nothing").mkdir()
    assert list(handed_in(tmp_path / "nothing")) == []


def test_half_characters_and_control_signs_break_no_table_and_no_line(
    graded: Grade, tmp_path: Path
) -> None:
    book = with_code("x = '\x1b[2J\r'")
    cell(book, "E6-3-answer")["source"] = "factor_of_the_gap = 3\x1b[2J\ud800"
    cell(book, "E6-9-answer")["source"] = "half \ud800 a character"
    place = lay(tmp_path / "in", anna=book, zoe=solved_sheet())
    if os.name == "posix":
        lay(place, **{"x\r=1+1": solved_sheet()})
    result = graded(place)
    assert len(result.rows) == len(list(place.iterdir()))
    assert result.row("zoe")["practice right"] == "9"
    assert result.row("anna")["texts to be marked"] == "1"
    for line in result.said:
        assert line.isprintable(), line
    for row in result.rows.values():
        for value in row.values():
            assert value.isprintable() and not value.startswith("="), value
    assert "\x1b" not in result.page("anna")


def test_a_name_that_is_a_formula_stays_a_word_in_the_table(graded: Grade, tmp_path: Path) -> None:
    rows = graded(lay(tmp_path / "in", **{"=cmd|calc": solved_sheet()})).rows
    for row in rows.values():
        for value in row.values():
            assert not value.startswith(("=", "+", "-", "@")), f"{value!r} begins a formula."


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_sheet_of_a_mixed_notebook_is_always_the_same(seed: str) -> None:
    code = (
        "from helpers.grading.notebook import Cell, number_of_sheet\n"
        "cells = [Cell('E6-1-answer', 'code', ''), Cell('E7-1-answer', 'code', '')]\n"
        "print(number_of_sheet(cells, {'06', '07'}))"
    )
    command = [sys.executable, "-c", code]
    variables = os.environ | {"PYTHONHASHSEED": seed}
    said = subprocess.run(
        command, cwd=ROOT, env=variables, capture_output=True, text=True, check=True
    )
    assert said.stdout == "06\n"


@pytest.mark.parametrize("raw", ["con", "AUX", "nul.txt", "com1", "LPT9.ipynb", "prn"])
def test_an_id_can_name_a_folder_on_windows_too(raw: str) -> None:
    id = safe_id(raw)
    assert id.partition(".")[0].lower() not in ("con", "aux", "nul", "com1", "lpt9", "prn")
    assert id == safe_id(raw) != safe_id(raw.swapcase())
    assert safe_id(f"a{raw}") == f"a{raw}"
