"""What goes back to a learner; and gradebooks of other editions, which are left alone."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from browser import UNSAFE, Window
from made_class import (
    SHEET,
    Grade,
    cell,
    lay,
    practice,
    sheet,
    solved_sheet,
    typed,
    write,
    write_text,
)

from helpers.grading import class_view
from helpers.grading.command import grade_class


def test_a_page_gives_a_reason_for_every_answer_and_runs_nothing(
    graded: Grade, chromium: Any, tmp_path: Path
) -> None:
    first, second, third = (practice()[id] for id in ("E6.1", "E6.2", "E6.3"))
    book = sheet()
    write(book, first, typed(first, first.wrong[0]))
    write(book, second, second.solution)
    write(book, third, repr("<img src=x onerror=alert(1)>"))
    write_text(book, "E6.9", "<script>alert(2)</script> and **words**")
    into = graded(lay(tmp_path / "in", anna=book)).folder
    path = into / "feedback" / "anna" / SHEET / f"{SHEET}.html"
    window = Window(chromium, path.as_uri(), offline=True)
    body = window.page.locator("body")
    said = body.inner_text()
    unsafe = body.evaluate(UNSAFE)
    barriers = window.barriers()
    dialogs = window.dialogs
    window.close()
    assert "You answered 2 of 9 practice questions, 1 of them rightly." in said
    assert first.wrong[0].hint in said, "The page lacks the hint to a distractor."
    assert second.explain[:40] in said, "The page lacks the reason of a right answer."
    assert "<script>alert(2)</script>" in said, "A learner's text is not shown letter by letter."
    assert unsafe == [] and dialogs == [], "The page runs what a learner wrote."
    assert barriers == []


@pytest.mark.parametrize(
    "source, wanted",
    [
        ("left_to_buy = 150_000 - 50_000", "Write the answer itself between the marks"),
        ('left_to_buy = "50,000" to "150,000', "A quotation mark is missing."),
        ("left_to_buy = 50,000 to 150,000 (tons)", "Put the answer between quotation marks."),
    ],
)
def test_a_page_quotes_what_is_no_answer_and_says_what_is_wrong(
    source: str, wanted: str, graded: Grade, tmp_path: Path
) -> None:
    book = solved_sheet()
    cell(book, "E6-1-answer")["source"] = source
    result = graded(lay(tmp_path / "in", anna=book))
    page = result.page("anna")
    assert wanted in page
    assert f"You typed: {source.replace(chr(34), '&quot;')}" in page
    assert result.row("anna")["practice answered"] == "8", "What is no answer counts for none."


def test_pages_do_not_change_from_run_to_run(graded: Grade, tmp_path: Path) -> None:
    book = sheet()
    cell(book, "E6-8-answer")["source"] = 'kind_of_number = {"b", "a", "c"}'
    place = lay(tmp_path / "in", anna=book)
    first = graded(place)
    assert "Your answer: a, b, c" in first.page("anna")
    assert graded(place).page("anna") == first.page("anna")


# Gradebooks


def test_a_gradebook_of_an_earlier_edition_is_refused_and_left_as_it_is(
    tmp_path: Path, new_gradebook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    into = tmp_path / "into"
    into.mkdir()
    file = into / "gradebook.db"
    with sqlite3.connect(file) as old:
        old.execute("CREATE TABLE course_file (file TEXT PRIMARY KEY, student TEXT)")
        old.execute("CREATE TABLE course_answer (student TEXT, told TEXT)")
    old.close()
    check_refused(file, lay(tmp_path / "in", anna=solved_sheet()), "an earlier edition")
    monkeypatch.setattr(class_view, "FILE", file)
    assert "an earlier edition" in class_view.misread("06").text


def test_a_file_that_is_no_gradebook_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    into = tmp_path / "into"
    into.mkdir()
    file = into / "gradebook.db"
    file.write_text("My marks, kept by hand. " * 100, encoding="utf-8")
    check_refused(file, lay(tmp_path / "in", anna=solved_sheet()), "is no gradebook")


def check_refused(file: Path, place: Path, why: str) -> None:
    """Grading into the folder of a file says why not, in one line, and changes nothing."""
    before = file.read_bytes()
    said = grade_class([str(place), "--into", str(file.parent)])
    assert said is not None and why in said and "--into" in said
    assert "\n" not in said
    assert file.read_bytes() == before
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_gradebook_that_nbgrader_made_is_taken(tmp_path: Path, new_gradebook: Path) -> None:
    """As formgrader makes one on a hub, before anything was graded here."""
    into = tmp_path / "into"
    into.mkdir()
    shutil.copy(new_gradebook, into)
    with sqlite3.connect(into / "gradebook.db") as book:
        for name in ("course_file", "course_answer", "course_sheet"):
            book.execute(f"DROP TABLE {name}")
        book.execute("PRAGMA user_version = 0")
    book.close()
    assert (
        grade_class([str(lay(tmp_path / "in", anna=solved_sheet())), "--into", str(into)]) is None
    )
    assert "anna" in (into / "marks.csv").read_text(encoding="utf-8-sig")


def test_a_new_gradebook_bears_the_version_that_nbgrader_would_give_it(
    new_gradebook: Path,
) -> None:
    from nbgrader.api import get_alembic_version

    with sqlite3.connect(new_gradebook) as book:
        ((version,),) = book.execute("SELECT version_num FROM alembic_version").fetchall()
    book.close()
    assert version == get_alembic_version()
