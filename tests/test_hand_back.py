"""A class from what a platform exports to what it takes back, through `grade` itself."""

from __future__ import annotations

import json
import os
import sqlite3
import zipfile
from pathlib import Path

import pytest
from as_canvas import Course
from as_moodle import UNIQUE_IDS, Assignment
from as_moodle import Grade as InMoodle
from made_class import SHEET, Grade, lay, sheet, solved_sheet, write_text

from helpers.grading import command
from helpers.grading.command import grade_class
from helpers.grading.kept_marks import Points
from helpers.grading.platforms.hand_back import FOLDER
from helpers.grading.platforms.returned import grade_of
from helpers.grading.platforms.tables import LARGEST, Problem, read_table
from helpers.grading.sheet import sheets
from helpers.grading.whole_class import grade

TEXT = "Between 50,000 and 150,000 tons."
FEW = (700101, 700102, 700104, 700106, 700109)  # of the made learners
WRITER = 700102  # who wrote a text


def book_of(number: int) -> bytes:
    """What a made learner hands in: one writes a text, one nothing, the others solve the sheet."""
    book = sheet() if number == 700106 else solved_sheet()
    if number == WRITER:
        write_text(book, "E6.9", TEXT)
    return json.dumps(book).encode()


def exported(assignment: Assignment, folder: Path) -> Path:
    """What these learners handed in, as Moodle exports it."""
    for number in FEW:
        path = folder / assignment.export_name(number, f"{SHEET}.ipynb")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(book_of(number))
    return folder


def zipped_from(folder: Path, file: Path) -> Path:
    """A folder as a zip."""
    with zipfile.ZipFile(file, "w") as archive:
        for path in sorted(folder.rglob("*.ipynb")):
            archive.write(path, path.relative_to(folder).as_posix())
    return file


def mark_the_text(into: Path, points: float) -> None:
    """Give points for the one text, as formgrader does."""
    database = sqlite3.connect(into / "gradebook.db")
    with database:
        database.execute(
            "UPDATE grade SET manual_score = ?, needs_manual_grade = 0 WHERE needs_manual_grade",
            (points,),
        )
    database.close()


def file_back(into: Path, platform: str, end: str) -> Path:
    """The one file of that kind."""
    (found,) = (into / FOLDER / platform).rglob(f"*{end}")
    return found


@pytest.mark.parametrize("folders", [True, False])
def test_a_class_goes_from_moodle_to_moodle_and_no_mark_is_lost(
    folders: bool, graded: Grade, tmp_path: Path
) -> None:
    assignment = Assignment(folders=folders)
    place = exported(assignment, tmp_path / "Sheet 06")
    (place / "worksheet.csv").write_text(assignment.worksheet(), encoding="utf-8")
    said = graded(place).handed_back
    into = tmp_path / "into"
    waits = "  No grade yet, since a text waits for its marks: Ng, Anna."
    assert waits in said, "Nobody is told that a text waits."
    assignment.take_worksheet(file_back(into, "moodle", "-grades.csv").read_bytes())
    assert WRITER not in assignment.grades, "A text that waits for its marks became a grade."
    mark_the_text(into, 3)
    graded(place)
    assignment.take_worksheet(file_back(into, "moodle", "-grades.csv").read_bytes())
    assignment.take_zip(file_back(into, "moodle", "-pages.zip").read_bytes())
    found = {number: assignment.grades.get(number, InMoodle()).grade for number in FEW}
    assert found == {700101: 9, WRITER: 12, 700104: 9, 700106: 0, 700109: 9}
    for number in FEW:
        (page,) = assignment.grades[number].files.values()
        assert (TEXT.encode() in page) == (number == WRITER), f"{number} got another's page."
    assert len(UNIQUE_IDS) > len(FEW) == len(assignment.grades), "Others got something, too."


def test_a_zip_is_handed_back_as_its_folder_is(graded: Grade, tmp_path: Path) -> None:
    place = exported(Assignment(blind=True), tmp_path / "Sheet 06")
    graded(zipped_from(place, tmp_path / "Sheet 06.zip"))
    pages = file_back(tmp_path / "into", "moodle", "-pages.zip")
    before = pages.read_bytes()
    graded(place)
    assert pages.read_bytes() == before
    assert pages.parent.name == "Sheet 06"


def test_files_of_an_earlier_run_are_told(graded: Grade, tmp_path: Path) -> None:
    place = tmp_path / "in" / "Anna_1_assignsubmission_file_" / "sheet.ipynb"
    place.parent.mkdir(parents=True)
    place.write_bytes(book_of(1))
    first = zipped_from(tmp_path / "in", tmp_path / "Monday.zip")
    assert not [line for line in graded(first).handed_back if "an earlier run" in line]
    second = first.rename(tmp_path / "Friday.zip")
    (told,) = [line for line in graded(second).handed_back if "an earlier run" in line]
    assert "Monday was written" in told


def test_each_assignment_of_a_run_has_files_of_its_own(graded: Grade, tmp_path: Path) -> None:
    first = Assignment(participants={1: "Anna"})
    second = Assignment(participants={2: "Zoe"})
    for name, assignment in (("Monday: a", first), ("Friday", second)):
        for number in assignment.participants:
            path = tmp_path / "in" / name / assignment.export_name(number, "sheet.ipynb")
            path.parent.mkdir(parents=True)
            path.write_bytes(book_of(number))
    graded(tmp_path / "in")
    for assignment in (first, second):
        for file in (tmp_path / "into" / FOLDER).rglob("*-grades.csv"):
            assignment.take_worksheet(file.read_bytes())
        assert {held.grade for held in assignment.grades.values()} == {9}
    names = {file.parent.name for file in (tmp_path / "into" / FOLDER).rglob("*.zip")}
    assert len(names) == 2 and "in - Friday" in names


def test_a_class_goes_from_canvas_to_canvas_and_no_mark_is_lost(
    graded: Grade, tmp_path: Path
) -> None:
    course = Course()
    place = tmp_path / "submissions"
    place.mkdir()
    for learner, number in zip(course.students, FEW, strict=False):
        (place / course.hand_in(learner, "my sheet.ipynb", True)).write_bytes(book_of(number))
    (place / "grades.csv").write_text(course.export(), encoding="utf-8", newline="")
    graded(place)
    mark_the_text(tmp_path / "into", 4)
    said = graded(place).handed_back
    course.take_gradebook(file_back(tmp_path / "into", "canvas", "-grades.csv").read_bytes())
    course.take_zip(file_back(tmp_path / "into", "canvas", "-comments.zip").read_bytes())
    found = [course.scores[learner, 506] for learner in course.students]
    assert found[:6] == ["9", "13", "9", "0", "9", ""]
    assert sorted(course.comments) == [9001, 9002, 9003, 9004, 9005]
    assert said[0].startswith("For Canvas: ") and "(pages: 5, grades: 5)" in said[0]


def test_scores_of_a_zip_without_names_wait_until_canvas_shows_them(
    graded: Grade, tmp_path: Path
) -> None:
    course = Course(anonymous=True)
    place = tmp_path / "submissions"
    place.mkdir()
    for learner in (9001, 9002):
        (place / course.hand_in(learner, "sheet.ipynb")).write_bytes(book_of(1))
    said = graded(place).handed_back
    course.take_zip(file_back(tmp_path / "into", "canvas", "-comments.zip").read_bytes())
    assert sorted(course.comments) == [9001, 9002]
    assert any("names were hidden" in line for line in said)
    assert not list((tmp_path / "into").rglob("*-grades.csv"))


def test_nothing_goes_back_to_a_platform_that_nothing_came_from(
    graded: Grade, tmp_path: Path
) -> None:
    place = lay(tmp_path / "in", anna=solved_sheet())
    (place / "anna" / "zoe_1_2_sheet.ipynb").write_bytes(book_of(1))
    assert graded(place).handed_back == ()
    assert not (tmp_path / "into" / FOLDER).exists()
    summary = grade(place, tmp_path / "into", print, print, downloaded=[tmp_path / "worksheet.csv"])
    assert "no table was filled in" in summary.handed_back[0]


def test_several_sheets_in_one_assignment_have_a_line(graded: Grade, tmp_path: Path) -> None:
    assignment = Assignment(participants={1: "Anna", 2: "Zoe"})
    books = {1: solved_sheet(), 2: solved_sheet("05-counting-people")}
    for number, book in books.items():
        path = tmp_path / "in" / assignment.export_name(number, "sheet.ipynb")
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(book), encoding="utf-8")
    assert "handed in 2 different sheets" in graded(tmp_path / "in").handed_back[-1]
    tables = sorted(path.name for path in (tmp_path / "into" / FOLDER).rglob("*.csv"))
    assert tables == ["05-counting-people-grades.csv", "06-the-grain-sum-grades.csv"]


def test_a_table_that_a_learner_handed_in_is_not_filled_in(graded: Grade, tmp_path: Path) -> None:
    assignment = Assignment(folders=False)
    place = exported(assignment, tmp_path / "Sheet 06")
    theirs = place / assignment.export_name(WRITER, "worksheet.csv")
    theirs.write_text(assignment.worksheet(), encoding="utf-8")
    said = graded(place).handed_back
    assert any("made without Moodle's own" in line for line in said)


def test_the_table_of_another_assignment_is_not_filled_in(graded: Grade, tmp_path: Path) -> None:
    place = exported(Assignment(), tmp_path / "Sheet 06")
    other = Assignment(participants={5: "Eve"}).worksheet()
    (place / "worksheet.csv").write_text(other, encoding="utf-8")
    said = graded(place).handed_back
    assert any("made without Moodle's own" in line for line in said)
    assert said[-1].endswith(
        "worksheet.csv was not used: it lists none of these learners, or a newer table does."
    )


def test_a_table_of_another_kind_is_told_as_such(tmp_path: Path) -> None:
    place = exported(Assignment(), tmp_path / "Sheet 06")
    participants = tmp_path / "participants.csv"
    participants.write_text("First name,Last name,Email address\nAnna,Bo,a@uni.example\n")
    said = grade(place, tmp_path / "into", print, print, downloaded=[participants]).handed_back
    assert any("is no grading worksheet" in line for line in said), said


def test_of_two_tables_the_one_that_was_downloaded_last_is_filled_in(
    graded: Grade, tmp_path: Path
) -> None:
    place = exported(Assignment(), tmp_path / "Sheet 06")
    for name, most, when in (("a.csv", 26, 2_000), ("b.csv", 130, 1_000)):
        table = place / name
        table.write_text(Assignment(most=most).worksheet(), encoding="utf-8")
        os.utime(table, (when, when))
    lines = graded(place).handed_back
    assert any("Moodle counts to 26" in line for line in lines)
    assert f"{place / 'b.csv'} was not used" in lines[-1]


def test_tables_that_are_named_are_passed_on_into_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    passed: list[str] = []

    def inside(*words: str, needs: object) -> int:
        passed.extend(words)
        return 0

    monkeypatch.setattr(command, "run_inside", inside)
    options = ["--worksheet", "a.csv", "--worksheet", "b.csv", "--canvas-gradebook", "c.csv"]
    assert command.run([str(tmp_path), *options]) == 0
    tables = [str(Path(name).absolute()) for name in ("a.csv", "b.csv", "c.csv")]
    assert [word for word in passed if word.endswith(".csv")] == tables


def test_a_table_can_be_named_and_one_of_others_is_left_with_a_line(
    new_gradebook: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assignment = Assignment(most=100)
    place = exported(assignment, tmp_path / "Sheet 06")
    ours, others, none = (tmp_path / name for name in ("ours.csv", "others.csv", "none.csv"))
    ours.write_text(assignment.worksheet(), encoding="utf-8")
    others.write_text(Assignment(participants={5: "Eve"}).worksheet(), encoding="utf-8")
    words = [str(place), "--into", str(tmp_path / "into")]
    for table in (others, ours, none):
        words += ["--worksheet", str(table)]
    assert grade_class(words) is None
    said = capsys.readouterr().out
    assert "Moodle counts to 100, so grades are scaled." in said
    assert f"{others} was not used" in said
    assert f"{none} cannot be read." in said


@pytest.mark.parametrize(
    "content, said",
    [
        ("Identifier,Grade\nOlé,3\n".encode("cp1252"), "not in UTF-8"),
        (b"", "is empty"),
        (b"a,b\n1,2,3\n", "longer than its heading"),
        (b"x" * (LARGEST + 1), "too large"),
        (b'a,"' + b"x" * 2_000_000, "no table"),
    ],
    ids=["another encoding", "empty", "a long row", "too large", "a cell without end"],
)
def test_a_table_that_cannot_be_read_is_one_line(content: bytes, said: str, tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_bytes(content)
    with pytest.raises(Problem, match=said):
        read_table(path)


def test_a_grade_counts_what_was_answered_and_the_points_of_the_texts() -> None:
    ten = sheets()["10"]
    points = {"E10.3": Points(15.5), "E10.4": Points(0.0)}
    marked = grade_of(ten, [], points)
    assert (marked.earned, marked.most) == (15.5, 26)
    assert grade_of(ten, [], {**points, "E10.4": Points(waits=True)}).earned is None
    assert grade_of(ten, [], {"E10.3": Points(15.5)}).earned is None, "A text went missing."
