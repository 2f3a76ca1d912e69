"""A made class of sixty with known mistakes: grading and the class view show what went in."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any, NamedTuple

import made_class
import pytest
from course import QUESTIONS, ROOT, cells, flat, source
from made_class import LEVELS, SHEET, Graded, Known

from helpers.authoring.sheets import cell_name
from helpers.display import View
from helpers.feedback import EMPTY, NOT_YET, RIGHT
from helpers.grading import class_view
from helpers.grading.whole_class import Summary, grade
from helpers.questions import misreadings

PAGE = ROOT / "exercises/class-view.ipynb"
VIEWS = ("answers_by_try", "misread", "first_ten_minutes", "levels", "by_person")
LEARNERS = 60

Files = dict[Path, tuple[int, bytes]]


class Made(NamedTuple):
    """A made class: how it was handed in, where it was graded, and what is known of it."""

    handed_in: Path
    into: Path
    truth: dict[str, dict[str, Known]]

    def known(self, question: str) -> list[Known]:
        """What all did with one question."""
        return [answers[question] for answers in self.truth.values()]


def silent(line: str) -> None:
    """Takes a line and says nothing."""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory, new_gradebook: Path) -> Made:
    folder = tmp_path_factory.mktemp("class")
    truth = made_class.make(folder / "handed-in", LEARNERS)
    into = folder / "into"
    into.mkdir()
    shutil.copy(new_gradebook, into)
    done = grade(folder / "handed-in", into, silent, silent)
    assert done == Summary(marked=LEARNERS, failed=0)
    return Made(folder / "handed-in", into, truth)


def test_every_answer_is_judged_as_it_was_made(made: Made) -> None:
    graded = Graded({}, [], made.into)
    for learner, known in made.truth.items():
        found = graded.answers(learner)
        for question, one in known.items():
            judged = found[question]
            where = f"{learner}, {question}: {one.answer}"
            assert (judged.verdict, judged.misreading) == (one.verdict, one.misreading), where
            tries = None if one.verdict == EMPTY else list(one.seen)
            assert judged.tries == tries, f"{where}: tries"


def test_practice_counts_for_being_answered_and_texts_wait_for_a_reader(made: Made) -> None:
    with open(made.into / "marks.csv", encoding="utf-8-sig", newline="") as file:
        found = {row["student"]: row for row in csv.DictReader(file)}
    assert len(found) == len(made.truth)
    most = sum(text.points for text in made_class.questions().texts.values())
    for learner, known in made.truth.items():
        verdicts = [one.verdict for one in known.values()]
        row = found[learner]
        assert int(row["practice answered"]) == len(verdicts) - verdicts.count(EMPTY)
        assert int(row["practice right"]) == verdicts.count(RIGHT)
        assert (row["points for texts"], row["of"]) == ("0", str(most))


def test_a_second_run_changes_nothing(made: Made) -> None:
    before = files(made.into)
    assert grade(made.handed_in, made.into, silent, silent) == Summary(marked=0, failed=0)
    assert files(made.into) == before


def files(folder: Path) -> Files:
    """Time and content of every file below a folder."""
    found = {}
    for path in folder.rglob("*"):
        if path.is_file():
            found[path] = (path.stat().st_mtime_ns, path.read_bytes())
    return found


def test_the_gradebook_is_nbgraders_own(made: Made) -> None:
    from nbgrader.api import Gradebook as Nbgrader

    with Nbgrader(f"sqlite:///{made.into / 'gradebook.db'}") as book:
        submissions = book.assignment_submissions(SHEET)
        assert {one.student.id for one in submissions} == set(made.truth)
        for submission in submissions:
            check_submission(submission, made.truth[submission.student.id])


def check_submission(submission: Any, known: dict[str, Known]) -> None:
    """What nbgrader holds of a learner is what the learner did."""
    (notebook,) = submission.notebooks
    scores = {grade.cell.name: grade.auto_score for grade in notebook.grades}
    comments = {comment.cell.name: comment.auto_comment for comment in notebook.comments}
    for id, one in known.items():
        assert scores[cell_name(id, "test")] == float(one.verdict != EMPTY)
        said = None
        if one.misreading:
            said = f"Not yet: {misreadings()[one.misreading]}."
        if one.verdict == EMPTY:
            said = "No response."
        assert comments[cell_name(id, "answer")] == said


# The class view


@pytest.fixture
def view(made: Made, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(class_view, "FILE", made.into / "gradebook.db")
    return class_view


def rows(shown: View) -> list[dict[str, str]]:
    """The rows of a table in a view's plain text."""
    found = []
    for line in shown.text.split("\n- ")[1:]:
        parts = flat(line).removeprefix("- ").split("; ")
        found.append(dict(part.split(": ", 1) for part in parts))
    return found


def test_answers_by_try_are_those_of_the_class(view: ModuleType, made: Made) -> None:
    for row in rows(view.answers_by_try("06")):
        known = made.known(row["Question"])
        tries = Counter(min(len(one.seen), 2) for one in known if one.verdict == RIGHT)
        verdicts = Counter(one.verdict for one in known)
        assert row["right at the first try"] == str(tries[0])
        assert row["right at the second"] == str(tries[1])
        assert row["right later"] == str(tries[2])
        assert row["right, try not known"] == "0"
        assert row["not right"] == str(verdicts[NOT_YET])
        assert row["not answered"] == str(verdicts[EMPTY])


def test_a_figure_of_the_class_has_its_numbers_in_words_and_as_a_table(view: ModuleType) -> None:
    shown = view.answers_by_try("06")
    assert "Bar chart with 9 horizontal bars" in shown.text
    assert "striped for right later" in flat(shown.text)
    assert "<details>" in shown.html


def test_misreadings_count_each_learner_once(view: ModuleType, made: Made) -> None:
    learners: dict[tuple[str, str], set[str]] = {}
    for learner, answers in made.truth.items():
        for question, one in answers.items():
            for code in one.seen:
                learners.setdefault((question, misreadings()[code]), set()).add(learner)
    shown = {}
    for row in rows(view.misread("06")):
        shown[row["Question"], row["What the answers showed"]] = int(row["Learners"])
    assert shown == {key: len(who) for key, who in learners.items()}
    assert list(shown.values()) == sorted(shown.values(), reverse=True)


def test_the_first_ten_minutes_are_for_what_most_misread(view: ModuleType) -> None:
    most = [int(row["Learners"]) for row in rows(view.misread("06"))]
    first = rows(view.first_ten_minutes("06"))
    assert [int(row["Learners"].split()[0]) for row in first] == most[:3]
    for row in first:
        question: Any = QUESTIONS[row["Question"].partition(",")[0]]
        hints = [distractor.hint for distractor in question.wrong]
        assert row["The hint to such an answer"] in hints


def test_texts_spread_over_the_levels_as_they_were_marked(
    view: ModuleType, made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "gradebook.db"
    shutil.copy(made.into / "gradebook.db", file)
    monkeypatch.setattr(class_view, "FILE", file)
    with sqlite3.connect(file) as book:
        grades = book.execute(
            "SELECT grade.id FROM grade JOIN base_cell ON base_cell.id = grade.cell_id "
            "WHERE base_cell.name = 'E6-9-answer' AND grade.needs_manual_grade LIMIT 40"
        ).fetchall()
        for number, (id,) in enumerate(grades):
            level = number % 4 + 1
            book.execute(
                "UPDATE grade SET manual_score = ?, needs_manual_grade = 0 WHERE id = ?",
                (level, id),
            )
    book.close()
    (row,) = rows(view.levels("06"))
    assert [row[f"level {level}"] for level in (1, 2, 3, 4)] == ["10"] * 4
    others = int(row["written, not marked yet"]) + int(row["not written"])
    assert others == LEARNERS - 40
    assert len(LEVELS) == 5


def test_no_view_of_the_class_names_a_person_unless_asked(view: ModuleType, made: Made) -> None:
    shown = [view.overview()]
    for name in VIEWS[:-1]:
        shown.append(getattr(view, name)("06"))
    for one in shown:
        assert not any(learner in one.text + one.html for learner in made.truth)
    assert [row["Learner"] for row in rows(view.by_person("06"))] == list(made.truth)
    stored = [source(cell) for cell in cells(PAGE) if "by_person(" in source(cell)]
    assert stored == ["# by_person(number)"], "Persons are shown when somebody takes the sign away."


def test_without_a_gradebook_every_view_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "gradebook.db"
    monkeypatch.setattr(class_view, "FILE", file)
    shown = [class_view.overview()]
    for name in VIEWS:
        shown.append(getattr(class_view, name)("06"))
    for one in shown:
        assert "python3 -m helpers grade" in one.text
    assert not file.exists(), "Looking made a gradebook."


def test_a_small_class_comes_with_a_warning(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, new_gradebook: Path
) -> None:
    made_class.make(tmp_path / "in", learners=3)
    into = made_class.grade_into(tmp_path / "into", tmp_path / "in", new_gradebook).folder
    monkeypatch.setattr(class_view, "FILE", into / "gradebook.db")
    assert "can point at a person" in class_view.misread("06").text


def test_the_page_runs_on_the_class_from_the_top(
    made: Made, monkeypatch: pytest.MonkeyPatch
) -> None:
    import nbformat
    from nbclient import NotebookClient

    monkeypatch.setenv("COURSE_GRADEBOOK", str(made.into / "gradebook.db"))
    page = nbformat.read(PAGE, as_version=4)
    NotebookClient(page, timeout=120).execute()
    said = ""
    for cell in page.cells:
        for output in cell.get("outputs", []):
            said += output.get("data", {}).get("text/plain", "")
    assert f"Answers by try, {LEARNERS} learners" in said
    assert "For the first ten minutes" in said
    assert "No gradebook" not in said
