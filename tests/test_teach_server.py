"""The server that `teach` starts: who may mark, and that nothing on it runs what was handed in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from urllib.request import Request

import pytest
from made_class import SHEET, solved_sheet, with_code
from taught import QUESTION, TEXTS, TOKEN, Teach, Visitor, a_class, teaching

from helpers.authoring import teach as teaching_command
from helpers.grading import formgrader
from helpers.grading.texts.to_mark import pile

PAGE = f"/course/texts/{QUESTION}"
STUDENT = "mallory"
EXTENSIONS = ("formgrader.apihandlers", "formgrader.handlers", "validate_assignment.handlers")
OTHERS = ("assignment_list.handlers", "course_list.handlers")
# What else nbgrader does when it is asked to. None of it runs a notebook that somebody handed in.
READ_ONLY = {
    "AssignHandler": "makes a sheet from exercises/source, which is ours",
    "UnReleaseHandler": "deletes a copy",
    "ReleaseHandler": "copies",
    "CollectHandler": "copies",
    "ReleaseAllFeedbackHandler": "copies",
    "ReleaseFeedbackHandler": "copies",
    "FlagSubmissionHandler": "writes into the gradebook",
    "AssignmentActionHandler": "copies",
}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory, new_gradebook: Path) -> Path:
    """A course with a class, and a notebook that leaves a trace when it is run."""
    root = tmp_path_factory.mktemp("teach")
    folder = a_class(root / "handed-in", root / "exercises", new_gradebook, **TEXTS)
    trace = json.dumps(str(root / "was-run"))
    hostile = json.dumps(with_code(f"open({trace}, 'w').close()", solved_sheet()))
    for stage in formgrader.HANDED_IN:
        place = folder / stage / STUDENT / SHEET
        place.mkdir(parents=True)
        (place / f"{SHEET}.ipynb").write_text(hostile, encoding="utf-8")
    return root


@pytest.fixture(scope="module")
def teach(root: Path) -> Iterator[Teach]:
    with teaching(root) as running:
        yield running


def fields(root: Path, student: str, points: str, comment: str = "") -> dict[str, str]:
    """What a form holds that was made now."""
    found = pile(root / "exercises", QUESTION)
    text = found.of(student) if found else None
    assert text is not None
    return {"student": student, "points": points, "comment": comment, "seen": text.seen}


def nothing_ran(root: Path, visitor: Visitor) -> bool:
    return visitor.ask("/api/kernels").data == [] and not (root / "was-run").exists()


@pytest.mark.parametrize(
    ("address", "asked"),
    [
        (f"/formgrader/api/submission/{SHEET}/{STUDENT}/autograde", {}),
        ("/assignments/validate", {"path": f"exercises/submitted/{STUDENT}/{SHEET}/{SHEET}.ipynb"}),
        ("/assignments/validate", {"path": f"exercises/release/{SHEET}/{SHEET}.ipynb"}),
    ],
)
def test_nbgrader_is_refused_to_run_a_notebook(
    teach: Teach, root: Path, address: str, asked: dict[str, str]
) -> None:
    instructor = teach.instructor()
    said = instructor.ask(address, json.dumps(asked).encode())
    assert said.status == 403
    assert said.data["message"] == formgrader.NOT_RUN
    assert nothing_ran(root, instructor), "A learner's code was run."


@pytest.mark.parametrize(
    "address",
    [
        f"/formgrader/api/assignment/{SHEET}/generate_feedback",
        f"/formgrader/api/assignment/{SHEET}/anna/generate_feedback",
    ],
)
def test_nbgrader_is_refused_to_write_over_our_pages(
    teach: Teach, root: Path, address: str
) -> None:
    page = root / "exercises" / "feedback" / "anna" / SHEET / f"{SHEET}.html"
    before = page.read_bytes()
    said = teach.instructor().ask(address, b"{}")
    assert page.read_bytes() == before, "nbgrader's page took the place of ours."
    assert said.status == 403 and said.data["message"] == formgrader.PAGES_ARE_OURS


@pytest.mark.parametrize(
    "path",
    [
        f"exercises/submitted/{STUDENT}/{SHEET}/{SHEET}.ipynb",
        f"exercises/autograded/{STUDENT}/{SHEET}/{SHEET}.ipynb",
        f"/exercises/release/../submitted/{STUDENT}/{SHEET}/{SHEET}.ipynb",
        f"Exercises/Submitted/{STUDENT}/{SHEET}/{SHEET}.ipynb",
    ],
)
def test_a_notebook_that_was_handed_in_gets_no_kernel(teach: Teach, root: Path, path: str) -> None:
    instructor = teach.instructor()
    said = instructor.ask("/api/sessions", session(path))
    assert said.status == 403 and formgrader.NOT_RUN in said.text
    assert nothing_ran(root, instructor)


def test_a_notebook_of_ours_gets_one(teach: Teach) -> None:
    instructor = teach.instructor()
    started = instructor.ask("/api/sessions", session("exercises/class-view.ipynb"))
    assert started.status == 201
    stop = Request(
        f"{teach.address}/api/sessions/{started.data['id']}",
        headers=instructor.headers,
        method="DELETE",
    )
    instructor.opener.open(stop, timeout=60).close()


def session(path: str) -> bytes:
    """What JupyterLab asks for when a notebook is opened."""
    asked = {"path": path, "type": "notebook", "name": "", "kernel": {"name": "python3"}}
    return json.dumps(asked).encode()


def test_every_other_request_that_nbgrader_acts_on_is_known_to_run_nothing() -> None:
    for name in (*EXTENSIONS, *OTHERS):
        module = import_module(f"nbgrader.server_extensions.{name}")
        for pattern, handler, *_ in module.default_handlers:
            if "post" in vars(handler) and pattern not in formgrader.REFUSED:
                why = f"{pattern}: look whether it runs notebooks, and refuse it if it does."
                assert handler.__name__ in READ_ONLY, why


def test_formgrader_shows_no_autograde_and_says_why(teach: Teach) -> None:
    page = teach.instructor().ask(f"/formgrader/manage_submissions/{SHEET}").text
    assert "There is no Autograde here." in page
    assert "nbgrader autograde" not in page, "The page advises to run learners' notebooks."
    assert "td.autograde, th:nth-child(6) { display: none }" in page


def test_a_text_is_shown_and_marked_only_with_the_token(teach: Teach, root: Path) -> None:
    stranger = teach.stranger()
    shown = stranger.ask(PAGE)
    assert "/login" in shown.address and TEXTS["anna"] not in shown.text
    assert stranger.send(PAGE, fields(root, "anna", "4")).status == 403
    assert fields(root, "anna", "") == fields(root, "anna", ""), "A stranger gave a mark."


def log_in(visitor: Visitor) -> str:
    """Come as a browser does that was opened by `teach`: what proves a form to be of our page."""
    page = visitor.ask(f"{PAGE}?token={TOKEN}").text
    proof = re.search(r'name="_xsrf" value="([^"]+)"', page)
    assert proof, "The form does not say from which page it comes."
    return proof[1]


def test_a_form_of_another_site_is_refused_and_a_plain_form_of_ours_saves(
    teach: Teach, root: Path
) -> None:
    browser = teach.stranger()
    proof = log_in(browser)
    filled = fields(root, "ben", "2", "A plain form.")
    assert browser.send(PAGE, filled).status == 403, "Another site could give marks."
    said = browser.send(PAGE, filled | {"_xsrf": proof, "confirmed": "yes"})
    assert said.status == 200 and "Saved: 2 of 4 points." in said.text
    late = browser.send(PAGE, filled | {"_xsrf": proof, "comment": "Too late."})
    assert late.status == 409 and "Too late." in late.text and "Not saved." in late.text


def test_a_script_is_told_what_came_of_it(teach: Teach, root: Path) -> None:
    instructor = teach.instructor()
    filled = fields(root, "chae", "3")
    said = instructor.send(PAGE, filled, Accept="application/json")
    assert said.data["saved"] is True
    assert said.data["state"] == "Saved: 3 of 4 points."
    assert said.data["seen"] == fields(root, "chae", "")["seen"]
    again = instructor.send(PAGE, filled, Accept="application/json")
    assert again.status == 409 and "in another window" in str(again.data["why"]).lower()


def test_the_page_and_formgrader_see_each_others_marks_at_once(teach: Teach, root: Path) -> None:
    instructor = teach.instructor()
    listed = json.loads(instructor.ask(f"/formgrader/api/submitted_notebooks/{SHEET}/{SHEET}").text)
    (notebook,) = [one["id"] for one in listed if one["student"] == "dina"]
    grades = f"/formgrader/api/grades?submission_id={notebook}"
    before = text_grade(instructor, grades)
    assert before["manual_score"] is None
    instructor.send(PAGE, fields(root, "dina", "3"), Accept="application/json")
    assert text_grade(instructor, grades)["manual_score"] == 3.0, "Formgrader shows an old mark."
    put(instructor, f"/formgrader/api/grade/{before['id']}", {"manual_score": 1})
    assert 'value="1"' in instructor.ask(PAGE).text


def text_grade(visitor: Visitor, address: str) -> dict[str, object]:
    (found,) = [
        one for one in json.loads(visitor.ask(address).text) if one["name"] == "E6-9-answer"
    ]
    return found


def put(visitor: Visitor, address: str, data: object) -> None:
    body = json.dumps(data).encode()
    request = Request(visitor.address + address, body, visitor.headers, method="PUT")
    visitor.opener.open(request, timeout=60).close()


def test_the_page_takes_nothing_from_elsewhere(teach: Teach) -> None:
    page = teach.instructor().ask(PAGE)
    addresses = re.findall(r'(?:src|href|action)="([^"]+)"', page.text)
    assert addresses
    for address in addresses:
        assert address.startswith(("/course/texts", "#")), address
    for name in ("marking.css", "marking.js"):
        assert teach.instructor().ask(f"/course/texts/static/{name}").status == 200


def test_teach_starts_that_server_and_says_where_the_texts_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told: dict[str, object] = {}
    monkeypatch.setattr(teaching_command, "ready", lambda lock: Path("python"))
    monkeypatch.setattr(teaching_command, "open_lab", lambda *_, **how: told.update(how))
    assert teaching_command.run([]) is None
    assert told == {"instructor": True, "more": teaching_command.TEACHING}
    assert re.search(r"http://localhost:\d+/course/texts", capsys.readouterr().out)


def test_a_question_that_is_none_is_not_found(teach: Teach) -> None:
    assert teach.instructor().ask("/course/texts/E99.9").status == 404
