"""What Canvas takes back, by Canvas's own rules: every notebook and every mark, nothing lost."""

from __future__ import annotations

import json
from collections.abc import Callable

import nbformat
import pytest
from as_canvas import STUDENTS, Course, student_columns

from helpers.grading.platforms import canvas, canvas_gradebook
from helpers.grading.platforms.returned import Filled, Grade, Returned
from helpers.grading.platforms.tables import table_from
from helpers.grading.sheet import sheets

SHEET = sheets()["06"]
OURS = 506  # the assignment of that sheet in the made course
WAITS = 9007  # the learner whose text waits for its marks
PAGE = "<!doctype html><html><body><main><h1>Feedback</h1>{}</main></body></html>"
Given_to = Callable[[int], float | None]


def earned(learner: int) -> float | None:
    """Made-up points: another number for each learner, none for one."""
    return None if learner == WAITS else (learner - 9000) + 0.25


def returned(
    course: Course, points: Given_to = earned, html: str = "<h2>E6.1</h2><p>{}</p>"
) -> list[tuple[canvas.Place, Returned]]:
    """What goes back to each learner, with where Canvas keeps it."""
    found = []
    for learner, name in course.students.items():
        where = f"Sheet 06/{course.hand_in(learner, '06_7 my-sheet-1.ipynb', learner % 2 == 0)}"
        place = canvas.place_of(where)
        assert place, f"{where} was not known for a name that Canvas gives."
        grade = Grade(points(learner), 13, int(points(learner) is None))
        page = PAGE.format(html.format(learner))
        found.append((place, Returned(where, False, name, SHEET, grade, "", page)))
    return found


def by_learner(pages: list[tuple[canvas.Place, Returned]]) -> dict[str, Returned]:
    """What goes back, by the learner's number."""
    return {place.learner: one for place, one in pages}


def filled(course: Course, exported: str, points: Given_to = earned) -> Filled:
    """An exported gradebook after it was filled in."""
    table = table_from("g.csv", exported)
    given = by_learner(returned(course, points))
    result = canvas_gradebook.filled_gradebook(table, SHEET.questions, given)
    assert isinstance(result, Filled), result
    return result


@pytest.mark.parametrize("anonymous", [False, True])
def test_canvas_finds_a_notebook_of_feedback_for_every_learner_in_the_zip(anonymous: bool) -> None:
    course = Course(anonymous=anonymous)
    course.take_zip(canvas.comments_zip(returned(course)))
    assert course.ignored == [], "Canvas passes over these files."
    for learner in STUDENTS:
        ((name, content),) = course.comments[learner]
        book = nbformat.reads(content.decode(), as_version=4)
        nbformat.validate(book)
        assert name.endswith(".ipynb"), "Canvas shows it under this name, so it must be a notebook."
        assert f"<p>{learner}</p>" in book.cells[-1].source, f"{learner} got another's page."


def test_the_notebook_of_a_page_shows_letters_as_they_are() -> None:
    html = "<h2>E6.9</h2><p>From $5 to $6,\n \n\n    and *not* more.</p><h2>E6.10</h2>"
    cells = json.loads(canvas.as_notebook(PAGE.format(html)))["cells"]
    assert [cell["cell_type"] for cell in cells] == ["markdown"] * 4
    text = cells[2]["source"]
    assert "$" not in text, "Between two of these, JupyterLab would show a formula."
    assert "\n\n" not in text and "\n \n" not in text, "After an empty line, Markdown begins."
    assert text.startswith("<h2>E6.9</h2>")


@pytest.mark.parametrize(
    "where",
    [
        "anna/06-the-grain-sum.ipynb",
        "06-the-grain-sum.ipynb",
        "Zoe_7_assignsubmission_file_x.ipynb",
    ],
)
def test_what_canvas_did_not_name_is_not_taken_for_its_own(where: str) -> None:
    assert canvas.place_of(where) is None


@pytest.mark.parametrize("sis", [True, False])
@pytest.mark.parametrize("semicolons", [True, False])
@pytest.mark.parametrize("hidden", [True, False])
def test_canvas_finds_every_grade_in_a_filled_gradebook(
    hidden: bool, semicolons: bool, sis: bool
) -> None:
    course = Course(scores={(9001, 501): "7"})
    result = filled(course, course.export(sis=sis, semicolons=semicolons, hidden=hidden))
    course.take_gradebook(result.content.encode())
    assert course.unknown == [], "Canvas would ask about these."
    for learner in STUDENTS:
        points = earned(learner)
        assert course.scores[learner, OURS] == ("" if points is None else f"{points:g}")
    assert course.scores[9001, 501] == "7", "The score of another assignment is gone."
    assert course.points == {501: 10, 506: 13}, "An assignment counts to another maximum now."
    assert result.lines == ['Grades stand in the column "Sheet 06 (506)".']


def test_a_filled_gradebook_has_the_columns_of_learners_and_one_assignment() -> None:
    course = Course()
    heading = table_from("g.csv", filled(course, course.export()).content).heading
    assert heading[-1] == "Sheet 06 (506)"
    assert len(heading) == student_columns(heading) + 1, "A score that changed since would be lost."


def test_a_text_that_waits_leaves_the_score_in_canvas_as_it_is() -> None:
    course = Course(scores={(WAITS, OURS): "9", (9001, OURS): ""})
    course.take_gradebook(filled(course, course.export()).content.encode())
    assert course.scores[WAITS, OURS] == "9"
    made = canvas_gradebook.new_gradebook(SHEET.questions, by_learner(returned(course)))
    learners = table_from("n.csv", made.content).column(1)
    assert str(WAITS) not in learners, "An empty cell would delete the score in Canvas."
    assert len(learners) == len(STUDENTS) - 1


def test_canvas_finds_every_learner_in_a_gradebook_that_was_made_from_names() -> None:
    course = Course(titles={OURS: "06 The grain sum of 1958"})
    made = canvas_gradebook.new_gradebook(SHEET.questions, by_learner(returned(course)))
    course.take_gradebook(made.content.encode())
    assert course.unknown == []
    for learner in STUDENTS:
        points = earned(learner)
        assert course.scores.get((learner, OURS)) == (None if points is None else f"{points:g}")
    assert course.points[OURS] == 13, "A table without Canvas's own must not set the maximum."


def test_grades_are_a_share_of_the_points_possible_and_a_line_says_so() -> None:
    course = Course(points={501: 10, OURS: 26})
    result = filled(course, course.export(semicolons=True), lambda learner: 6.25)
    course.take_gradebook(result.content.encode())
    assert {course.scores[learner, OURS] for learner in STUDENTS} == {"12.5"}
    assert result.lines[1:] == [
        "The sheet gives 13 points at most; Canvas counts to 26, so grades are scaled."
    ]


def test_lines_name_whom_canvas_excused_who_had_another_score_and_who_has_no_row() -> None:
    course = Course(scores={(9001, OURS): "EX", (9002, OURS): "N/A", (9003, OURS): "3.25"})
    course.scores[9004, OURS] = "12"
    exported = course.export().replace("9005", "9999")
    result = filled(course, exported)
    _, others, missing, refused = result.lines
    assert "another grade for Kim, Min-ji." in others
    assert "no row for Kim, Min-ji:" in missing
    assert "no grade for O'Brien-Müller, Zoë, Ng, Anna:" in refused
    course.take_gradebook(result.content.encode())
    assert course.scores[9001, OURS] == "EX"


@pytest.mark.parametrize(
    "titles, column",
    [
        ({1: "Week 3", 2: "The Grain Sum of 1958"}, "The Grain Sum of 1958 (2)"),
        ({1: "Exercises 6", 2: "Exercises 16"}, "Exercises 6 (1)"),
        ({1: "Grain"}, "Grain (1)"),
        ({1: "Exercises 6", 2: "Exercises 06 again"}, None),
        ({1: "Grain", 2: "Rice"}, None),
    ],
)
def test_the_column_of_a_sheet_is_found_by_title_or_number_or_else_asked_for(
    titles: dict[int, str], column: str | None
) -> None:
    course = Course(titles=titles, points=dict.fromkeys(titles, 13.0))
    table = table_from("g.csv", course.export())
    given = by_learner(returned(course))
    result = canvas_gradebook.filled_gradebook(table, SHEET.questions, given)
    if column is None:
        assert isinstance(result, str) and "export again" in result
    else:
        assert isinstance(result, Filled) and f'"{column}"' in result.lines[0]
