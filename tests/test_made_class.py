"""A made class of 200 with known mistakes: what comes out of grading it and what the class view shows is what went in."""

import csv
import shutil
import sqlite3
from collections import Counter, defaultdict

import made_class
import pytest
from course import ITEMS, ROOT, cells, flat, source
from made_class import LEVELS, SHEET, practice

from helpers.feedback import misreadings
from helpers.grading import class_view
from helpers.grading.gradebook import Gradebook
from helpers.grading.sandbox import Sandbox
from helpers.grading.whole_class import grade

PAGE = ROOT / "exercises/class-view.ipynb"


@pytest.fixture(scope="module")
def made(tmp_path_factory, new_gradebook):
    """A made class, graded: the folder it was graded into, what is known of it, and how it was handed in."""
    folder = tmp_path_factory.mktemp("class")
    truth = made_class.make(folder / "handed-in")
    shutil.copytree(new_gradebook.parent, folder / "into")
    with Sandbox() as sandbox:
        assert grade(folder / "handed-in", folder / "into", sandbox, lambda line: None, lambda line: None) == (200, 0) and len(truth) == 200
    return folder / "into", truth, folder / "handed-in"


def test_every_answer_of_a_made_class_is_judged_as_it_was_made(made):
    into, truth, _ = made
    with Gradebook(into) as book:
        for learner, known in truth.items():
            found = {one.question: one for one in book.answers(learner, SHEET)}
            for question, one in known.items():
                judged = found[question]
                assert (judged.verdict, judged.misreading) == (one.verdict, one.misreading), f"{learner}, {question}: {one.answer}"
                assert judged.tries == (one.seen if one.verdict != "empty" else None), f"{learner}, {question}: tries"


def test_practice_counts_for_being_answered_and_texts_wait_for_a_reader(made):
    into, truth, _ = made
    with open(into / "marks.csv", encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert len(rows) == len(truth)
    for learner, known in truth.items():
        verdicts = [one.verdict for one in known.values()]
        assert int(rows[learner]["practice answered"]) == len(verdicts) - verdicts.count("empty")
        assert int(rows[learner]["practice right"]) == verdicts.count("right")
        assert rows[learner]["points for texts"] == "0" and rows[learner]["of"] == str(ITEMS["E6.9"]["points"])


def test_a_second_run_changes_nothing(made):
    into, _, handed_in = made
    before = {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in into.rglob("*") if path.is_file()}
    with Sandbox() as sandbox:
        assert grade(handed_in, into, sandbox, lambda line: None, lambda line: None) == (0, 0)
    assert {path: (path.stat().st_mtime_ns, path.read_bytes()) for path in into.rglob("*") if path.is_file()} == before


def test_the_gradebook_is_nbgraders_own(made):
    from nbgrader.api import Gradebook as Nbgrader
    into, truth, _ = made
    with Nbgrader(f"sqlite:///{into / 'gradebook.db'}") as book:
        assert {submission.student.id for submission in book.assignment_submissions(SHEET)} == set(truth)
        for submission in book.assignment_submissions(SHEET):
            known = truth[submission.student.id]
            (notebook,) = submission.notebooks
            scores = {grade.cell.name: grade.auto_score for grade in notebook.grades if grade.cell.name.endswith("-test")}
            assert scores == {f"{id.replace('.', '-')}-test": float(one.verdict != "empty") for id, one in known.items()}
            comments = {comment.cell.name: comment.auto_comment for comment in notebook.comments}
            for id, one in known.items():
                named = f"Not yet: {misreadings()[one.misreading]}." if one.misreading else "No response." if one.verdict == "empty" else None
                assert comments[f"{id.replace('.', '-')}-answer"] == named


def test_the_class_keeps_no_other_tables_than_it_says(made):
    with sqlite3.connect(made[0] / "gradebook.db") as file:
        names = {name for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    assert {"alembic_version", "course_file", "course_answer", "course_set", "student", "grade"} <= names


# The class view

@pytest.fixture
def view(made, monkeypatch):
    monkeypatch.setattr(class_view, "FILE", made[0] / "gradebook.db")
    return class_view


def rows(shown):
    """The rows of a table in a view's plain text."""
    return [dict(part.split(": ", 1) for part in flat(line).removeprefix("- ").split("; ")) for line in shown.text.split("\n- ")[1:]]


def test_answers_by_try_are_those_of_the_class(view, made):
    for row in rows(view.answers_by_try("06")):
        known = [learner[row["Question"]] for learner in made[1].values()]
        at = Counter(min(len(one.seen), 2) for one in known if one.verdict == "right")
        assert [row["right at the first try"], row["right at the second"], row["right later"]] == [str(at[n]) for n in range(3)], row
        assert (row["not right"], row["not answered"]) == tuple(str(sum(one.verdict == verdict for one in known)) for verdict in ("not yet", "empty"))
        assert row["right, try not known"] == "0"


def test_a_figure_of_the_class_has_its_numbers_in_words_and_as_a_table(view):
    shown = view.answers_by_try("06")
    assert "Bar chart with 9 horizontal bars" in shown.text and "striped for right later" in flat(shown.text) and "<details>" in shown.html


def test_misreadings_count_each_learner_once(view, made):
    who = defaultdict(set)
    for learner, answers in made[1].items():
        for question, one in answers.items():
            for code in one.seen if one.verdict != "empty" else []:
                who[question, misreadings()[code]].add(learner)
    shown = {(row["Question"], row["What the answers showed"]): int(row["Learners"]) for row in rows(view.misread("06"))}
    assert shown == {key: len(learners) for key, learners in who.items()}
    counts = [int(row["Learners"]) for row in rows(view.misread("06"))]
    assert counts == sorted(counts, reverse=True)
    first = rows(view.first_ten_minutes("06"))
    assert [int(row["Learners"].split()[0]) for row in first] == counts[:3]
    assert all(row["The hint to such an answer"] in str(ITEMS[row["Question"].partition(",")[0]]["wrong"]) for row in first)


def test_texts_spread_over_the_levels_as_they_were_marked(view, made):
    with sqlite3.connect(made[0] / "gradebook.db") as file:
        grades = file.execute("SELECT grade.id FROM grade JOIN base_cell ON base_cell.id = grade.cell_id WHERE base_cell.name = 'E6-9-answer' "
                              "AND grade.needs_manual_grade ORDER BY grade.id LIMIT 40").fetchall()
        for number, (id,) in enumerate(grades):
            file.execute("UPDATE grade SET manual_score = ?, needs_manual_grade = 0 WHERE id = ?", (number % 4 + 1, id))
    row, = rows(view.levels("06"))
    assert [row[f"level {n}"] for n in (1, 2, 3, 4)] == ["10"] * 4
    assert int(row["written, not marked yet"]) + 40 + int(row["not written"]) == 200 and len(LEVELS) == 5


def test_no_view_of_the_class_names_a_person_unless_asked(view, made):
    shown = [view.overview(), view.answers_by_try("06"), view.misread("06"), view.first_ten_minutes("06"), view.levels("06")]
    assert not any(learner in one.text + one.html for one in shown for learner in made[1])
    assert [row["Learner"] for row in rows(view.by_person("06"))] == list(made[1])
    stored = [source(cell) for cell in cells(PAGE) if "by_person(" in source(cell)]
    assert stored == ["# by_person(number)"], "The page asks for persons only when somebody takes the sign away."


def test_without_a_gradebook_every_view_says_what_to_do(monkeypatch, tmp_path):
    monkeypatch.setattr(class_view, "FILE", tmp_path / "gradebook.db")
    for name in ("overview", "answers_by_try", "misread", "first_ten_minutes", "levels", "by_person"):
        shown = getattr(class_view, name)(*([] if name == "overview" else ["06"]))
        assert "python3 -m helpers grade" in shown.text and not (tmp_path / "gradebook.db").exists()


def test_a_small_class_comes_with_a_warning(monkeypatch, tmp_path, new_gradebook):
    made_class.make(tmp_path / "in", learners=3)
    shutil.copytree(new_gradebook.parent, tmp_path / "into")
    with Sandbox() as sandbox:
        grade(tmp_path / "in", tmp_path / "into", sandbox, lambda line: None, lambda line: None)
    monkeypatch.setattr(class_view, "FILE", tmp_path / "into/gradebook.db")
    assert "can point at a person" in class_view.misread("06").text and len(practice()) == 9


def test_the_page_runs_on_the_class_from_the_top(made, monkeypatch):
    import nbformat
    from nbclient import NotebookClient
    monkeypatch.setenv("COURSE_GRADEBOOK", str(made[0] / "gradebook.db"))
    page = nbformat.read(PAGE, as_version=4)
    NotebookClient(page, timeout=120).execute()
    said = "\n".join(output["data"]["text/plain"] for cell in page.cells if cell.cell_type == "code" for output in cell.outputs if "data" in output)
    assert "Answers by try, 200 learners" in said and "For the first ten minutes" in said and "No gradebook" not in said
