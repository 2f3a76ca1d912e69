"""What Moodle takes back, by Moodle's own rules: every page and every mark, and nothing lost."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from io import BytesIO

import pytest
from as_moodle import ANOTHER, UNIQUE_IDS, Assignment, Grade

from helpers.grading.kept_marks import Points
from helpers.grading.platforms import moodle, moodle_worksheet
from helpers.grading.platforms.returned import Filled, Returned, comment_on
from helpers.grading.platforms.returned import Grade as Given
from helpers.grading.platforms.tables import table_from
from helpers.grading.sheet import sheets

SHEET = sheets()["06"]
WAITS = 700107  # the learner whose text waits for its marks
Given_to = Callable[[int], float | None]


def earned(number: int) -> float | None:
    """Made-up points: another number for each learner, none for one."""
    return None if number == WAITS else (number - 700100) + 0.5


def returned(assignment: Assignment, points: Given_to = earned) -> dict[str, Returned]:
    """What goes back to each learner, by participant's number."""
    found = {}
    for number, name in assignment.participants.items():
        grade = Given(points(number), 13, int(points(number) is None))
        where = f"Sheet 06/{assignment.export_name(number, 'my sheet_1.ipynb')}"
        comment = f'E6.9, 3 of 4: Which harvest, {number}? <see "B24.5">'
        found[str(number)] = Returned(
            where, assignment.folders, name, SHEET, grade, comment, f"<p>{number}</p>"
        )
    return found


def sent_back(assignment: Assignment) -> bytes:
    """The feedback zip for everybody in an assignment."""
    pages = []
    for one in returned(assignment).values():
        place = moodle.place_of(one.where)
        assert place, f"{one.where} was not known for a name that Moodle gives."
        pages.append((place, one))
    return moodle.feedback_zip(pages)


def filled(assignment: Assignment, sheet: str, given: Mapping[str, Returned]) -> Filled:
    """A downloaded worksheet after it was filled in."""
    result = moodle_worksheet.filled_worksheet(table_from("w.csv", sheet.lstrip("\ufeff")), given)
    assert isinstance(result, Filled), result
    return result


FORMS = {
    "folders": Assignment(),
    "folders as before 4.1": Assignment(trailing="_"),
    "one folder of files": Assignment(folders=False),
    "names hidden": Assignment(blind=True),
    "names hidden, one folder of files": Assignment(blind=True, folders=False),
}


@pytest.mark.parametrize("form", FORMS)
def test_moodle_finds_the_page_of_every_learner_in_the_zip(form: str) -> None:
    assignment = Assignment(**{**vars(FORMS[form]), "grades": {}})
    assignment.take_zip(sent_back(assignment))
    for number in UNIQUE_IDS.values():
        held = assignment.grades.get(number, Grade())
        page = {"06-the-grain-sum.html": f"<p>{number}</p>".encode()}
        assert held.files == page, f"{number} got {held.files} and not their own page."


def test_a_learners_own_folders_do_not_send_a_page_to_another() -> None:
    assignment = Assignment()
    theirs = "Eve_700102_assignsubmission_file/x_700103_assignsubmission_file_y.ipynb"
    for folders in (True, False):
        assignment.folders = folders
        place = moodle.place_of(assignment.export_name(700101, theirs))
        assert place and place.participant == "700101"


@pytest.mark.parametrize(
    "where",
    ["anna/06-the-grain-sum.ipynb", "sheet_1_assignsubmission.ipynb", "lee_9001_4001_sheet.ipynb"],
)
def test_what_moodle_did_not_name_is_not_taken_for_its_own(where: str) -> None:
    assert moodle.place_of(where) is None


def test_the_same_pages_make_the_same_zip_byte_for_byte() -> None:
    once, again = sent_back(Assignment()), sent_back(Assignment())
    assert once == again
    with zipfile.ZipFile(BytesIO(once)) as archive:
        assert archive.testzip() is None


@pytest.mark.parametrize("columns", [(), ("Online text",), ("Marker 1 comment",)])
@pytest.mark.parametrize("words", ["English", "another language"])
@pytest.mark.parametrize("blind", [False, True])
def test_moodle_finds_every_grade_and_comment_in_a_filled_worksheet(
    blind: bool, words: str, columns: tuple[str, ...]
) -> None:
    assignment = Assignment(blind=blind)
    if words != "English":
        assignment.words, assignment.decsep = ANOTHER, ","
    given = returned(assignment)
    sheet = filled(assignment, assignment.worksheet(columns=columns), given)
    assignment.take_worksheet(sheet.content.encode("utf-8-sig"))
    for number in UNIQUE_IDS.values():
        held = assignment.grades.get(number, Grade())
        points = earned(number)
        assert held.grade == (-1 if points is None else points), f"{number} got another grade."
        if words == "English" and points is not None:
            assert f"Which harvest, {number}? &lt;see" in held.comment
    assert sheet.lines == []


def test_all_other_cells_of_a_worksheet_stay_as_they_were() -> None:
    assignment = Assignment(grades={700101: Grade(3, 1.7e9, "Seen in class.")})
    before = assignment.worksheet(columns=("Online text",)).lstrip("\ufeff")
    after = filled(assignment, before, returned(assignment)).content
    old, new = table_from("old", before), table_from("new", after)
    assert old.heading == new.heading
    for row_before, row_after in zip(old.rows, new.rows, strict=True):
        changed = set()
        for name, one, other in zip(old.heading, row_before, row_after, strict=True):
            if one != other:
                changed.add(name)
        assert changed <= {"Grade", "Feedback comments"}, f"{changed} of {row_before} changed."
    assert "Seen in class.<br>" in after, "An instructor's comment is gone."


def test_filling_in_a_worksheet_twice_adds_nothing() -> None:
    assignment = Assignment(grades={700101: Grade(3, 1.7e9, "Seen in class.")})
    once = filled(assignment, assignment.worksheet(), returned(assignment)).content
    assert filled(assignment, once, returned(assignment)).content == once


def test_a_text_that_waits_is_an_empty_cell_and_changes_nothing_in_moodle() -> None:
    assignment = Assignment()
    given = returned(assignment)
    row = moodle_worksheet.rows_by_participant(
        table_from("new", moodle_worksheet.new_worksheet(given).content)
    )[str(WAITS)]
    assert row[2] == "", "Who waits for marks must have an empty cell, and no 0."
    assignment.grades[WAITS] = Grade(9, 1.7e9, "From last week.")
    sheet = filled(assignment, assignment.worksheet(), given)
    assignment.take_worksheet(sheet.content.encode())
    assert assignment.grades[WAITS] == Grade(9, 1.7e9, "From last week.")


def test_moodle_finds_every_grade_in_a_worksheet_that_was_made_from_names() -> None:
    assignment = Assignment()
    sheet = moodle_worksheet.new_worksheet(returned(assignment))
    assignment.take_worksheet(sheet.content.encode("utf-8-sig"))
    for number in UNIQUE_IDS.values():
        points = earned(number)
        held = assignment.grades.get(number, Grade())
        assert held.grade == (-1 if points is None else points)
    assert "counts to 13" in sheet.lines[0]


def test_a_worksheet_made_from_names_replaces_no_grade_and_no_comment_unasked() -> None:
    theirs = Grade(2, 1.7e9, "Marked in Moodle.")
    assignment = Assignment(grades={700101: Grade(**vars(theirs))})
    content = moodle_worksheet.new_worksheet(returned(assignment)).content.encode()
    assignment.take_worksheet(content)
    assert assignment.grades[700101] == theirs
    assignment.take_worksheet(content, ignore_modified=True)
    assert assignment.grades[700101].comment == theirs.comment, "The comment in Moodle is gone."


def test_a_grade_that_was_given_in_moodle_after_the_download_stays() -> None:
    assignment = Assignment(grades={700101: Grade(2, 1.7e9)})
    sheet = filled(assignment, assignment.worksheet(), returned(assignment))
    assignment.grades[700101] = Grade(5, 1.7e9 + 3600)
    assignment.take_worksheet(sheet.content.encode())
    assert assignment.grades[700101].grade == 5


def test_grades_go_before_pages_since_moodle_passes_over_them_the_other_way_round() -> None:
    assignment = Assignment()
    content = filled(assignment, assignment.worksheet(), returned(assignment)).content.encode()
    assignment.take_zip(sent_back(assignment))
    assignment.take_worksheet(content)
    assert {held.grade for held in assignment.grades.values()} == {-1}
    fresh = filled(assignment, assignment.worksheet(), returned(assignment)).content.encode()
    assignment.take_worksheet(fresh)
    assert assignment.grades[700101].grade == earned(700101)
    assert "Upload the grades first" in moodle_worksheet.ORDER


def test_grades_are_a_share_of_the_worksheets_maximum_and_a_line_says_so() -> None:
    assignment = Assignment(most=100)
    sheet = filled(assignment, assignment.worksheet(), returned(assignment, lambda number: 6.5))
    assignment.take_worksheet(sheet.content.encode())
    assert {held.grade for held in assignment.grades.values()} == {50}
    assert sheet.lines == [
        "The sheet gives 13 points at most; Moodle counts to 100, so grades are scaled."
    ]


def test_lines_name_whose_grade_was_another_and_who_has_no_row() -> None:
    assignment = Assignment(grades={700101: Grade(2, 1.7e9)})
    given = returned(assignment)
    del assignment.participants[700102]
    sheet = filled(assignment, assignment.worksheet(), given)
    others, missing = sheet.lines
    assert "another grade for Zoë O'Brien-Müller" in others
    assert "no row for Ng, Anna" in missing


def test_a_worksheet_without_points_is_left_alone_and_a_line_says_so() -> None:
    assignment = Assignment()
    scale = assignment.worksheet().lstrip("\ufeff").replace("13.00", '"Good\nFair"')
    result = moodle_worksheet.filled_worksheet(table_from("w.csv", scale), returned(assignment))
    assert isinstance(result, str) and "type the grades in yourself" in result


@pytest.mark.parametrize("comment", ["a\\", '\\"', 'C:\\"x', "=1+1", "a\r\nb\n\nc", '","'])
def test_no_comment_breaks_the_table(comment: str) -> None:
    assignment = Assignment()
    given = {}
    for number, one in returned(assignment).items():
        given[number] = Returned(**{**vars(one), "comment": f"E6.9, 3 of 4: {comment}"})
    sheet = filled(assignment, assignment.worksheet(), given)
    assignment.take_worksheet(sheet.content.encode())
    for number in UNIQUE_IDS.values():
        held = assignment.grades.get(number, Grade())
        assert (held.grade == -1) == (earned(number) is None), f"{number} lost their grade."


def test_a_zero_is_named_since_some_versions_of_moodle_pass_over_it() -> None:
    assignment = Assignment(newer=True)
    given = returned(assignment, lambda number: 0.0 if number == 700106 else 1.0)
    (_, line) = moodle_worksheet.new_worksheet(given).lines
    assignment.take_worksheet(filled(assignment, assignment.worksheet(), given).content.encode())
    passed_over = {number for number, held in assignment.grades.items() if held.grade == -1}
    assert passed_over == {700106}
    assert line.startswith("李小龙 got 0 points.")


@pytest.mark.parametrize("name", ["Jo _Jojo_ Cruz", "~zoe", "a\\x0ab"])
@pytest.mark.parametrize("rest", ["/my_sheet.ipynb", "_my_sheet.ipynb"])
def test_a_name_that_was_changed_on_the_way_leads_to_its_learner_all_the_same(
    rest: str, name: str
) -> None:
    """Some programs put _ for a sign of a name as they unpack; Moodle reads numbers after a _."""
    assignment = Assignment(participants={700109: "Jo"})
    one = returned(assignment)["700109"]
    place = moodle.place_of(f"{name}_700109_assignsubmission_file{rest}")
    assert place
    assignment.take_zip(moodle.feedback_zip([(place, one)]))
    assert list(assignment.grades) == [700109]


def test_there_is_no_comment_while_a_text_waits() -> None:
    given = {"E6.9": Points(3.0, False, "First.\nSecond.")}
    assert comment_on(SHEET, given) == "E6.9, 3 of 4: First. Second."
    assert comment_on(SHEET, {"E6.9": Points(3.0, True, "Of an earlier text.")}) == ""


def test_a_comment_stands_in_place_of_our_earlier_one_and_after_an_instructors() -> None:
    assignment = Assignment(participants={1: "Anna"}, grades={1: Grade(3, 1.7e9, "Seen.<br>Good.")})
    ten = sheets()["10"]
    for points in (3.5, 4.0):
        texts = {"E10.3": Points(points, False, "Why?"), "E10.4": Points(1.0, False, "How?")}
        one = returned(assignment, lambda number: 1.0)["1"]
        new = Returned(**{**vars(one), "comment": comment_on(ten, texts)})
        sheet = filled(assignment, assignment.worksheet(), {"1": new})
        assignment.take_worksheet(sheet.content.encode())
    wanted = "Seen.<br>Good.<br>E10.3, 4 of 20: Why?<br>E10.4, 1 of 4: How?"
    assert assignment.grades[1].comment == wanted
