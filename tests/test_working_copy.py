"""The working copy is the learner's: what they changed is never overwritten."""

from __future__ import annotations

from pathlib import Path

import pytest
from course import LESSONS, ROOT

from helpers.authoring.lay import LAID, course_files, lay
from helpers.authoring.messages import Problem

LESSON = "notebooks/00-start-here.ipynb"
SHEET = "exercises/release/00-start-here/00-start-here.ipynb"


class Course:
    """A small course with a lesson and a sheet, and a working copy that was laid from it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.copy = root / "my-work"
        self.write(LESSON, "first")
        self.write(SHEET, "first")

    def write(self, name: str, words: str) -> None:
        """Change a file of the course."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(words, encoding="utf-8")

    def lay(self) -> str:
        """Start once more. Returns what the learner is told."""
        return "\n".join(lay(self.root, self.copy))

    def read(self) -> str:
        """The lesson in the working copy."""
        return (self.copy / LESSON).read_text(encoding="utf-8")


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course(tmp_path)


def test_the_first_start_lays_a_working_copy_that_mirrors_the_course(course: Course) -> None:
    assert "2 new files" in course.lay()
    missing = [name for name in course_files(course.root) if not (course.copy / name).exists()]
    assert missing == []


def test_a_second_start_changes_and_says_nothing(course: Course) -> None:
    course.lay()
    assert course.lay() == ""


def test_what_a_learner_changed_is_never_overwritten(course: Course) -> None:
    course.lay()
    (course.copy / LESSON).write_text("my answers", encoding="utf-8")
    assert course.lay() == "", "Nothing is new in the course."
    course.write(LESSON, "second")
    said = course.lay()
    assert course.read() == "my answers"
    assert "yours, so it stays" in said
    assert "rename yours" in said


def test_what_a_learner_never_touched_is_brought_up_to_date(course: Course) -> None:
    course.lay()
    course.write(LESSON, "second")
    course.write("notebooks/01-new.ipynb", "new")
    said = course.lay()
    assert course.read() == "second"
    assert "1 new file." in said
    assert "Brought up to date" in said


@pytest.mark.parametrize("record", ["not json", "[]", None])
def test_without_a_readable_record_every_file_counts_as_the_learners(
    course: Course, record: str | None
) -> None:
    course.lay()
    if record is None:
        (course.copy / LAID).unlink()
    else:
        (course.copy / LAID).write_text(record, encoding="utf-8")
    course.write(LESSON, "second")
    course.lay()
    assert course.read() == "first"


def test_a_deleted_notebook_comes_back_fresh(course: Course) -> None:
    course.lay()
    (course.copy / LESSON).unlink()
    course.lay()
    assert course.read() == "first"


def test_a_file_in_the_place_of_the_working_copy_is_named(course: Course) -> None:
    course.copy.write_text("x", encoding="utf-8")
    with pytest.raises(Problem, match="Rename it"):
        course.lay()


def test_the_working_copy_holds_neither_solutions_nor_keys() -> None:
    names = course_files(ROOT)
    lessons = {f"notebooks/{path.name}" for path in LESSONS}
    assert lessons <= set(names)
    for name in names:
        folders = set(Path(name).parts)
        assert not folders & {"source", "items", "rubrics"}, f"Learners would get {name}."
