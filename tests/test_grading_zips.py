"""Several places at once, and zips in folders and zips: whose they are, and what they may cost."""

from __future__ import annotations

import io
import json
import random
import tracemalloc
import warnings
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from course import ROOT
from exported_class import Run, lay_paths, sheets_by_student
from made_class import SHEET, sheet, solved_sheet

from helpers.grading import files
from helpers.grading.command import grade_class
from helpers.grading.handed_in import handed_in

NEXT = "07-plans-ifs-and-calendars"
BOOK = json.dumps(solved_sheet()).encode()
NEXT_BOOK = json.dumps(solved_sheet(NEXT)).encode()
MAL = "Mal_13_assignsubmission_file_"


def zipped(members: Mapping[str, bytes], packing: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return made.getvalue()


def lay_bytes(folder: Path, members: Mapping[str, bytes]) -> Path:
    for name, content in members.items():
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return folder


def test_several_places_are_graded_at_once(run: Run, tmp_path: Path) -> None:
    first = lay_bytes(tmp_path, {"A.zip": zipped({"anna/x.ipynb": BOOK})}) / "A.zip"
    second = lay_bytes(tmp_path, {"B.zip": zipped({"anna/x.ipynb": NEXT_BOOK})}) / "B.zip"
    folder = lay_paths(tmp_path / "C", {f"ben/{SHEET}.ipynb": sheet()})
    result = run(first, second, folder, first)
    assert sheets_by_student(result) == {"anna": [SHEET, NEXT], "ben": [SHEET]}
    assert result.said == []
    assert run(first, second, folder).said == [], "A second run finds something to do."


def test_the_command_takes_several_places_and_names_the_one_that_is_not_there(
    tmp_path: Path,
) -> None:
    place = lay_paths(tmp_path / "in", {f"ben/{SHEET}.ipynb": sheet()})
    said = grade_class([str(place), str(tmp_path / "no.zip"), "--into", str(tmp_path / "into")])
    assert said is not None and "no.zip is not there" in said
    said = grade_class([str(place), "--class-list", str(tmp_path / "no.csv")])
    assert said is not None and "no.csv is not there" in said
    assert not (tmp_path / "into").exists()


# Whose a zip is, by where it lies, and what lies in it.
OWNERS = {
    f"{MAL}/my work.zip": ({f"anna/{SHEET}.ipynb": BOOK}, {"13": [SHEET]}),
    f"mal_4711_99_{SHEET}.zip": ({"sub/x.ipynb": BOOK}, {"4711": [SHEET]}),
    "mal/work.zip": ({"my-work/exercises/release/x.ipynb": BOOK}, {"mal": [SHEET]}),
    "mal.zip": (
        {f"{SHEET}/{SHEET}.ipynb": BOOK, f"{NEXT}.ipynb": NEXT_BOOK},
        {"mal": [SHEET, NEXT]},
    ),
    f"mal_{SHEET}.zip": ({"sub\\x.ipynb": BOOK}, {"sub": [SHEET]}),
    "Sheet 06.zip": (
        {f"{MAL}/x.ipynb": BOOK, "Zoe_14_assignsubmission_file_x.ipynb": BOOK},
        {"13": [SHEET], "14": [SHEET]},
    ),
    "export.zip": (
        {"anna/x.ipynb": BOOK, "ben/x.ipynb": NEXT_BOOK},
        {"anna": [SHEET], "ben": [NEXT]},
    ),
    "all.zip": ({f"{MAL}/work.zip": zipped({"anna/x.ipynb": BOOK})}, {"13": [SHEET]}),
}


@pytest.mark.parametrize("where", OWNERS)
@pytest.mark.parametrize("packed", [False, True], ids=["in a folder", "in a zip"])
def test_what_lies_in_a_zip_is_whose_the_zip_is(
    where: str, packed: bool, run: Run, tmp_path: Path
) -> None:
    members, owners = OWNERS[where]
    if packed:
        place = tmp_path / "export.zip"
        place.write_bytes(zipped({where: zipped(members)}))
    else:
        place = lay_bytes(tmp_path / "in", {where: zipped(members)})
    assert sheets_by_student(run(place)) == owners


def test_a_learners_zip_takes_nobody_elses_place(run: Run, tmp_path: Path) -> None:
    forged = zipped(
        {f"Zoe_14_assignsubmission_file_/{SHEET}-9.ipynb": json.dumps(sheet()).encode()}
    )
    place = lay_bytes(
        tmp_path / "in",
        {f"{MAL}/x.zip": forged, "Zoe_14_assignsubmission_file_/x.ipynb": BOOK},
    )
    result = run(place)
    assert result.row("14")["practice right"] == "9"
    assert result.row("13")["practice right"] == "0"


@pytest.fixture(scope="module")
def bomb() -> bytes:
    return zipped({f"{number}.ipynb": b" " * 9_900_000 for number in range(11)})


def costly(name: str, bomb: bytes) -> tuple[bytes, str]:
    many = {f"{number}.ipynb": b"" for number in range(files.MOST_MEMBERS + 1)}
    some = {f"{number}.ipynb": b"" for number in range(101)}
    deep = zipped({"a.zip": zipped({"b.zip": zipped({"x.ipynb": BOOK})})})
    several = {f"{MAL}/x.ipynb": BOOK, "Zoe_14_assignsubmission_file_/x.ipynb": BOOK}
    made = {
        "bomb": (bomb, "MB come out of this zip"),
        "many members": (zipped(many), "files"),
        "many notebooks": (zipped(some), "more than 100 notebooks"),
        "deep": (deep, "too deep"),
        "no notebook": (zipped({"essay.docx": b"words"}), "no notebook (.ipynb) in this zip"),
        "empty": (zipped({}), "no notebook (.ipynb) in this zip"),
        "no zip": (b"PK and no more", "cannot be read"),
        "half": (zipped({"x.ipynb": BOOK})[:-30], "cannot be read"),
        "odd packing": (zipped({"x.ipynb": BOOK}, zipfile.ZIP_LZMA), "a way that is not read here"),
        "of several": (zipped(several), "several learners"),
        "large": (b"PK" * (files.LARGEST_ZIP // 2 + 1), "more than 50 MB"),
    }
    return made[name]


COSTLY = (
    "bomb;many members;many notebooks;deep;no notebook;empty;no zip;half;odd packing;of several;"
    "large"
).split(";")


@pytest.mark.parametrize("name", COSTLY)
def test_a_zip_that_cannot_serve_is_one_line_and_stops_nobody(
    name: str, bomb: bytes, run: Run, tmp_path: Path
) -> None:
    content, why = costly(name, bomb)
    place = lay_bytes(tmp_path / "in", {"mal/work.zip": content, "zoe/x.ipynb": BOOK})
    result = run(place)
    told = [line for line in result.said if why in line]
    assert told == result.said, f"{name} is more than one line, or another."
    assert len(told) == 1
    assert told[0].isprintable()
    assert result.row("zoe")["practice right"] == "9"


def test_what_comes_out_of_zips_is_bounded_and_not_held_together(tmp_path: Path) -> None:
    some = zipped({f"{number}.ipynb": b" " * 9_900_000 for number in range(9)})
    place = lay_bytes(
        tmp_path / "in", {"mal/work.zip": zipped({"a.zip": some, "b.zip": some, "c.zip": some})}
    )
    tracemalloc.start()
    problems = [one.problem for one in handed_in(place) if one.problem]
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(problems) == 2, "More came out of one zip than is read."
    assert most < 7 * files.LARGEST


def test_what_else_lies_in_a_learners_zip_is_one_line(run: Run, tmp_path: Path) -> None:
    work = zipped({"x.ipynb": BOOK, "a.html": b"", "notes.json": b"", ".DS_Store": b""})
    result = run(lay_bytes(tmp_path / "in", {"anna/work.zip": work}))
    (line,) = result.said
    assert "no notebooks, and so were left alone: 2." in line
    assert result.rows["anna/work.zip/x.ipynb"]["practice right"] == "9"


def test_of_a_whole_working_copy_in_a_zip_what_was_begun_counts(run: Run, tmp_path: Path) -> None:
    members = {f"my-work/exercises/release/{SHEET}/{SHEET}.ipynb": BOOK}
    for name in (NEXT, "08-what-happened-next"):
        members[f"my-work/exercises/release/{name}/{name}.ipynb"] = json.dumps(sheet(name)).encode()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        members[f"my-work/notebooks/{path.name}"] = path.read_bytes()
    lessons = len(members) - 3
    result = run(lay_bytes(tmp_path / "in", {"anna/work.zip": zipped(members)}))
    assert sheets_by_student(result) == {"anna": [SHEET]}
    (line,) = result.said
    assert f"was left alone: {lessons + 2} notebooks." in line
    assert run(tmp_path / "in").said == []


@pytest.mark.parametrize("seed", range(20))
def test_no_damage_to_a_zip_is_a_crash(seed: int, tmp_path: Path) -> None:
    dice = random.Random(seed)
    raw = bytearray(zipped({"a/x.ipynb": BOOK[:500], "b.zip": zipped({"y.ipynb": b"{}"})}))
    for _ in range(dice.randint(1, 12)):
        raw[dice.randrange(len(raw))] = dice.randrange(256)
    place = lay_bytes(tmp_path / "in", {"mal/work.zip": bytes(raw)})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for one in handed_in(place):
            assert one.where.isprintable()


@pytest.mark.parametrize("name", ["Anna Bo", "Zoe Bo", "李小龙"])
def test_of_two_downloads_the_later_counts_for_everybody(
    name: str, run: Run, tmp_path: Path
) -> None:
    where = f"{name}_41_assignsubmission_file/{SHEET}.ipynb"
    old = {"Sheet.zip": zipped({where: json.dumps(sheet()).encode()})}
    new = {"Sheet (1).zip": zipped({where: BOOK})}
    first, again = (
        lay_bytes(tmp_path, old) / "Sheet.zip",
        lay_bytes(tmp_path, new) / "Sheet (1).zip",
    )
    result = run(again, first)
    (row,) = [row for row in result.rows.values() if row["status"] == "graded"]
    assert int(row["practice answered"]) > 0, "The zip that was downloaded first counts."
    assert "(1).zip" in row["file"] or "as the newer one by its name" in result.said[0]


def test_of_two_places_the_one_named_last_counts_and_the_line_says_so(
    run: Run, tmp_path: Path
) -> None:
    for name in ("Anna", "Zoe"):
        path = f"{name}/{SHEET}.ipynb"
        lay_bytes(tmp_path, {f"P/{path}": BOOK, f"N/{path}": json.dumps(sheet()).encode()})
    result = run(tmp_path / "P", tmp_path / "N")
    graded = [row for row in result.rows.values() if row["status"] == "graded"]
    assert {row["practice answered"] for row in graded} == {"0"}
    assert all("as the one that you named last" in line for line in result.said), result.said


def test_the_same_notebook_twice_is_told_as_the_same(run: Run, tmp_path: Path) -> None:
    path = f"Zoe/{SHEET}.ipynb"
    lay_bytes(tmp_path, {f"P/{path}": BOOK, f"N/{path}": BOOK})
    (line,) = run(tmp_path / "P", tmp_path / "N").said
    assert "holds the same" in line, line


def test_a_lesson_in_a_class_zip_inside_a_folder_is_named_with_its_learner(
    run: Run, tmp_path: Path
) -> None:
    lesson = next((ROOT / "notebooks").glob("05*.ipynb")).read_bytes()
    members = {f"Lea_8_assignsubmission_file/{SHEET}.ipynb": lesson, f"{MAL}x.ipynb": BOOK}
    result = run(lay_bytes(tmp_path / "all", {"Sheet.zip": zipped(members)}))
    assert any("Lea_8" in line and "This is the lesson" in line for line in result.said), (
        f"Lea's lesson is not told as one: {result.said}"
    )
