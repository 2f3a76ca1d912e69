"""What goes back to platforms after a class list, zips, several places, and codes for names."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from as_canvas import Course
from exported_class import NEXT, TEXT, Run, give_points, rows_in, with_text
from exported_class import lay_paths as lay
from made_class import SHEET, Grade, solved_sheet

from helpers.grading.codes import KEY
from helpers.grading.naming import lateness
from helpers.grading.platforms.hand_back import FOLDER
from helpers.grading.taking_out import take_out
from helpers.grading.texts.page import Around, question_page
from helpers.grading.texts.to_mark import pile, piles

ANNA, BEN = "Anna Müller", "Ben Okri"
NUMBERED = "{}_{}_assignsubmission_file"


def export(folder: Path, numbers: Mapping[str, int], **books: Any) -> Path:
    """One assignment of Moodle, unzipped: Anna's and Ben's sheets."""
    paths = {}
    for name, number in numbers.items():
        book = books.get(name.split()[0], solved_sheet())
        paths[f"{NUMBERED.format(name, number)}/{SHEET}.ipynb"] = book
    return lay(folder, paths)


def packed(books: Mapping[str, Any]) -> bytes:
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for name, book in books.items():
            archive.writestr(name, json.dumps(book))
    return memory.getvalue()


def in_zip(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def handed_back(into: Path) -> dict[str, bytes]:
    """All that lies in the folder for platforms, and in its zips."""
    found = {}
    for path in (into / FOLDER).rglob("*"):
        if path.is_file():
            found[path.relative_to(into).as_posix()] = path.read_bytes()
        if path.suffix == ".zip":
            found |= in_zip(path)
    return found


def test_who_handed_in_a_zip_in_canvas_gets_a_zip_with_their_feedback(
    graded: Grade, tmp_path: Path
) -> None:
    course = Course()
    place = tmp_path / "submissions"
    place.mkdir()
    name = course.hand_in(9001, "work.zip")
    (place / name).write_bytes(packed({"my-work/sheet.ipynb": solved_sheet(), "x.txt": {}}))
    other = course.hand_in(9002, "sheet.ipynb", late=True)
    (place / other).write_text(json.dumps(solved_sheet()), encoding="utf-8")
    graded(place)
    (file,) = (tmp_path / "into" / FOLDER).rglob("*-comments.zip")
    course.take_zip(file.read_bytes())
    assert course.ignored == [] and sorted(course.comments) == [9001, 9002]
    ((shown_as, content),) = course.comments[9001]
    assert shown_as == "work.zip"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        (inner,) = archive.namelist()
        assert json.loads(archive.read(inner))["nbformat"] == 4


def test_who_handed_in_a_zip_in_moodle_gets_their_page(graded: Grade, tmp_path: Path) -> None:
    place = tmp_path / "Sheet 06"
    place.mkdir()
    flat = place / f"{NUMBERED.format(BEN, 112)}_work.zip"
    flat.write_bytes(packed({"a/sheet.ipynb": solved_sheet()}))
    folder = place / NUMBERED.format(ANNA, 111)
    folder.mkdir()
    (folder / "work.zip").write_bytes(packed({"sheet.ipynb": solved_sheet()}))
    graded(place)
    (pages,) = (tmp_path / "into" / FOLDER).rglob("*-pages.zip")
    assert sorted(in_zip(pages)) == [
        f"{NUMBERED.format(ANNA, 111)}/{SHEET}.html",
        f"{NUMBERED.format(BEN, 112)}_{SHEET}.html",
    ]


def test_a_learner_cannot_give_their_page_to_another(graded: Grade, tmp_path: Path) -> None:
    """By a name inside their zip, or by the name of a file in their folder."""
    stolen = f"{NUMBERED.format('Zoe', 99)}_{SHEET}.ipynb"
    course = Course()
    place = tmp_path / "submissions"
    place.mkdir()
    (place / course.hand_in(9001, "w.zip")).write_bytes(packed({stolen: solved_sheet()}))
    odd = f"{NUMBERED.format('Eve', 7)}-old/{NUMBERED.format('Zoe', 99)}/{SHEET}.ipynb"
    lay(tmp_path / "folders", {f"anna/{stolen}": solved_sheet(), odd: solved_sheet()})
    graded(place)
    graded(tmp_path / "folders")
    names = handed_back(tmp_path / "into")
    assert names and not any("99_assignsubmission" in name for name in names)


def test_canvas_says_who_was_late_also_where_it_hides_names(graded: Grade, tmp_path: Path) -> None:
    course = Course(anonymous=True)
    paths = {}
    for learner, late in ((9001, True), (9002, False)):
        paths[course.hand_in(learner, "sheet.ipynb", late)] = solved_sheet()
    result = graded(lay(tmp_path / "submissions", paths))
    assert {row["student"]: row["late"] for row in result.rows.values()} == {
        "anon-aB9001": "late",
        "anon-aB9002": "on time",
    }
    assert lateness("LATE_anon_Ab3_4001_work.zip/x.ipynb") == "late"


def test_an_instructors_table_is_no_learners_file(graded: Grade, tmp_path: Path) -> None:
    """Also beside files that lie flat in a folder, where a platform named each of them."""
    paths = {}
    for name, number in ((ANNA, 111), (BEN, 112)):
        paths[f"week 2/{NUMBERED.format(name, number)}_{SHEET}.ipynb"] = solved_sheet()
    place = lay(tmp_path / "in", paths)
    for table in ("week 2/worksheet.csv", "class.csv"):
        (place / table).write_text("Identifier,Grade\nParticipant 5,\n", encoding="utf-8")
    (place / "week 2" / "readme.txt").write_text("Downloaded on Friday.", encoding="utf-8")
    (place / "week 2" / f"{NUMBERED.format(ANNA, 111)}_list.csv").write_text("a", encoding="utf-8")
    result = graded(place)
    graded_ones = [row for row in result.rows.values() if row["status"] == "graded"]
    assert {row["student"] for row in graded_ones} == {"111", "112"}
    assert not any("worksheet" in file or "class" in file for file in result.rows)
    assert any(file.endswith("list.csv") for file in result.rows), "A learner's file was lost."


def test_each_of_several_places_gets_its_own_back_under_one_class_list(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    """Two zips of one name, and other numbers of the same learners in the second."""
    places = []
    for week, number in (("monday", 110), ("friday", 210)):
        numbers = {ANNA: number + 1, BEN: number + 2}
        places.append(export(tmp_path / week / "submissions", numbers))
    last = places[-1]
    for folder in last.iterdir():
        (folder / f"{SHEET}.ipynb").write_text(json.dumps(solved_sheet(NEXT)), encoding="utf-8")
    run(*places, class_list=class_list)
    pages = [set(in_zip(file)) for file in (tmp_path / "into" / FOLDER).rglob("*-pages.zip")]
    wanted = []
    for slug, number in ((SHEET, 110), (NEXT, 210)):
        names = {NUMBERED.format(ANNA, number + 1), NUMBERED.format(BEN, number + 2)}
        wanted.append({f"{name}/{slug}.html" for name in names})
    assert sorted(map(sorted, pages)) == sorted(map(sorted, wanted))


def test_two_assignments_in_zips_of_one_name_do_not_replace_each_other(
    run: Run, tmp_path: Path
) -> None:
    monday = export(tmp_path / "monday" / "submissions", {ANNA: 111})
    friday = export(tmp_path / "friday" / "submissions", {BEN: 212})
    run(monday, friday)
    names = {name for name in handed_back(tmp_path / "into") if name.endswith(".html")}
    assert len(names) == 2, "What goes back to one assignment has replaced that of the other."


def test_without_names_everything_goes_back_under_the_real_name_and_tells_no_code(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = export(tmp_path / "Sheet 06", {ANNA: 111, BEN: 112}, Anna=with_text())
    said = run(place, class_list=class_list, without_names=True).handed_back
    into = tmp_path / "into"
    codes = {row["name"]: row["code"] for row in rows_in(into / KEY)}
    assert handed_back(into) == {}, "Whoever marks could find the names beside the texts."
    assert len(said) == 1 and codes[ANNA] in said[0] and "Müller" not in said[0]
    give_points(into, codes[ANNA], 3)
    result = run(place)
    found = handed_back(into)
    assert TEXT.encode() in found[f"{NUMBERED.format(ANNA, 111)}/{SHEET}.html"]
    assert ANNA.encode() in found[f"{NUMBERED.format(ANNA, 111)}/{SHEET}.html"]
    for name, content in found.items():
        for code in codes.values():
            assert code not in name and code.encode() not in content, f"{name} tells a code."
    (table,) = (content for name, content in found.items() if name.endswith("grades.csv"))
    rows = {
        row["Identifier"]: row for row in csv.DictReader(io.StringIO(table.decode("utf-8-sig")))
    }
    assert rows["Participant 111"]["Grade"] == "12"
    shown = "\n".join([*result.said, *result.handed_back])
    assert "Müller" not in shown and "Okri" not in shown


def test_names_that_were_shown_again_go_back_as_before(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = export(tmp_path / "Sheet 06", {ANNA: 111, BEN: 112})
    run(place, class_list=class_list)
    before = handed_back(tmp_path / "into")
    run(place, without_names=True)
    assert handed_back(tmp_path / "into") == before
    run(place, without_names=False)
    assert handed_back(tmp_path / "into") == before


def test_without_names_no_number_stands_beside_a_code(run: Run, tmp_path: Path) -> None:
    """The export's own names join a number to a name."""
    list_of_two = tmp_path / "two.csv"
    list_of_two.write_text("Name,ID\nBen Okri,s1\nOkri Ben,s2\n", encoding="utf-8")
    numbers = {ANNA: 4001, BEN: 4002, "Müller Anna": 4003}
    place = export(tmp_path / "in", numbers)
    result = run(place, without_names=True, class_list=list_of_two)
    shown = "\n".join(result.said)
    assert "L-" in shown
    for sign in ("4001", "4002", "4003", "s1", "s2"):
        assert sign not in shown, f"{sign} stands beside a code."


def test_without_names_taking_out_tells_no_name(run: Run, tmp_path: Path) -> None:
    place = export(tmp_path / "in", {ANNA: 111, BEN: 112})
    into = run(place, without_names=True).folder
    (code,) = (row["code"] for row in rows_in(into / KEY) if row["name"] == ANNA)
    said: list[str] = []
    take_out(into, code, said.append)
    (rows,) = (into / "taken-out").rglob("rows.json")
    for text in (*said, rows.read_text(encoding="utf-8")):
        assert "Müller" not in text and "111" not in text, text


def test_without_names_the_texts_page_shows_codes(
    run: Run, class_list: Path, tmp_path: Path
) -> None:
    place = export(tmp_path / "in", {ANNA: 111, BEN: 112}, Anna=with_text())
    into = run(place, class_list=class_list, without_names=True).folder
    found = pile(into, "E6.9")
    assert found is not None
    page = question_page(found, piles(into), Around("/course/texts"))
    codes = {row["name"]: row["code"] for row in rows_in(into / KEY)}
    assert codes[ANNA] in page and codes[BEN] in page
    for name in ("Anna", "Müller", "Ben", "Okri", "111", "112", "s1", "@uni"):
        assert name not in page, f"{name} is shown."
