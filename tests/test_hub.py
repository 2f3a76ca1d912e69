"""A real hub: two learners and an instructor take one sheet from release to feedback."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from hub import ACCOUNTS, Hub, as_teacher, running, why_not
from promised import absent

from helpers.questions import find_question

SHEET = "06-the-grain-sum"
COURSE = "one-day-of-a-journal"
QUESTION = "E6.1"
ANSWER = "E6-1-answer"  # the name of its cell
TEACHER = "/user/teacher/formgrader/api"
HOME = "/srv/home/teacher/grading"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What the hub keeps, in a folder that other accounts may enter."""
    return tmp_path_factory.mktemp("hub")


def do_sheet(hub: Hub, name: str, answer: str) -> None:
    """Fetch the sheet, answer one question and submit it, as a learner does in JupyterLab."""
    sheet = {"assignment_id": SHEET, "course_id": COURSE}
    hub.ask(f"/user/{name}/assignments/fetch", sheet)
    page = f"/user/{name}/api/contents/{COURSE}/{SHEET}/{SHEET}.ipynb"
    book = hub.ask(page)["content"]
    whole = json.dumps(book)
    assert "SOLUTION" not in whole, "The fetched sheet holds solutions."
    assert "MARK SCHEME" not in whole, "The fetched sheet holds rubrics."
    (cell,) = [cell for cell in book["cells"] if cell["id"] == ANSWER]
    cell["source"] = answer
    hub.ask(page, {"type": "notebook", "format": "json", "content": book}, "PUT")
    hub.ask(f"/user/{name}/assignments/submit", sheet)


def feedback(hub: Hub, folder: Path, name: str) -> str:
    """The page of feedback that a learner fetches."""
    sheet = {"assignment_id": SHEET, "course_id": COURSE}
    hub.ask(f"/user/{name}/assignments/fetch_feedback", sheet)
    (page,) = (folder / "srv/home" / name / COURSE / SHEET).rglob("*.html")
    return page.read_text(encoding="utf-8")


def check_walls(hub: Hub, folder: Path) -> None:
    """Nobody listens to another's kernel, and learners have no button of an instructor's."""
    kernel = hub.ask("/user/anna/api/kernels", {})["id"]
    (file,) = (folder / "srv/home/anna").rglob(f"kernel-{kernel}.json")
    connection = json.loads(file.read_text(encoding="utf-8"))
    assert "curve_publickey" in connection, "Others could listen to a learner's kernel."
    learners = hub.switched_off("anna")
    assert "@jupyter/nbgrader:formgrader" in learners, "A learner has formgrader."
    assert "@jupyter/nbgrader:assignment-list" not in learners, "A learner has no assignments."
    teachers = hub.switched_off("teacher")
    assert "@jupyter/nbgrader:formgrader" not in teachers, "The teacher has no formgrader."


def succeed(hub: Hub, step: str) -> None:
    """One of formgrader's buttons."""
    said: Any = hub.ask(f"{TEACHER}/{step}", {})
    assert said["success"], f"{step}: {said}"


def test_a_sheet_goes_from_release_to_feedback(folder: Path) -> None:
    problem = why_not()
    if problem:
        absent("hub", problem)
    question: Any = find_question(QUESTION)
    wrong = question.answer_showing(question.wrong[0])
    answers = {
        "anna": f"{question.variable} = {question.solution}",
        "ben": f"{question.variable} = {wrong!r}",
    }
    with running(folder) as hub:
        with ThreadPoolExecutor() as pool:
            list(pool.map(hub.start, ACCOUNTS))
        succeed(hub, f"assignment/{SHEET}/assign")
        succeed(hub, f"assignment/{SHEET}/release")
        for name, answer in answers.items():
            do_sheet(hub, name, answer)
        succeed(hub, f"assignment/{SHEET}/collect")
        grade = ["-m", "helpers.grading.command", f"{HOME}/submitted", "--into", HOME]
        said = as_teacher(folder, sys.executable, *grade)
        submissions = hub.ask(f"{TEACHER}/submissions/{SHEET}")
        scores = {one["student"]: one["score"] for one in submissions}
        assert scores == {"anna": 1.0, "ben": 1.0}, said
        succeed(hub, f"assignment/{SHEET}/release_feedback")
        for name in answers:
            page = feedback(hub, folder, name)
            is_annas = "Yes." in page and question.explain[:30] in page
            assert is_annas == (name == "anna"), f"The feedback of {name} is another's."
        for step in (f"submission/{SHEET}/ben/autograde", f"assignment/{SHEET}/generate_feedback"):
            with pytest.raises(HTTPError, match="403"):
                hub.ask(f"{TEACHER}/{step}", {})
        assert "E6.9" in hub.page("/user/teacher/course/texts"), "There are no texts to mark."
        check_walls(hub, folder)
