"""Marking texts on one page: what is shown, what is entered, and that nothing is lost."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from html.parser import HTMLParser
from itertools import count
from pathlib import Path

import pytest
from made_class import SHEET, rows_of_marks
from markupsafe import escape
from taught import NOT_WRITTEN, QUESTION, TEXTS, a_class

from helpers.authoring.messages import Problem
from helpers.authoring.sheets import comments_to_copy
from helpers.grading.giving import give
from helpers.grading.kept_marks import Points
from helpers.grading.records import Records
from helpers.grading.texts import form
from helpers.grading.texts.form import Typed, enter, read_points
from helpers.grading.texts.page import LONGEST_SHOWN, Around, Refused, list_page, question_page
from helpers.grading.texts.to_mark import Pile, Written, pile, piles
from helpers.questions import Text, question_sets
from helpers.questions.rubrics import rubric

AROUND = Around("/course/texts")
ALL_TEXTS = [text for questions in question_sets().values() for text in questions.texts.values()]
NewClass = Callable[..., Path]


@pytest.fixture
def new_class(tmp_path: Path, new_gradebook: Path) -> NewClass:
    """Grades a class that wrote these texts, each time into the same folder, which it returns."""
    times = count()

    def grade(**texts: str) -> Path:
        place = tmp_path / f"handed-in-{next(times)}"
        return a_class(place, tmp_path / "exercises", new_gradebook, **texts)

    return grade


def the_pile(folder: Path) -> Pile:
    found = pile(folder, QUESTION)
    assert found is not None
    return found


def text_of(folder: Path, student: str) -> Written:
    found = the_pile(folder).of(student)
    assert found is not None
    return found


def typed(folder: Path, student: str, points: str, comment: str = "", confirmed: bool = False):
    """What somebody types who sees the page as it is now."""
    return Typed(student, points, comment, text_of(folder, student).seen, confirmed)


def kept(folder: Path, student: str) -> Points:
    """What `grade` and the learner's page know of the mark."""
    with closing(Records(folder / "gradebook.db")) as records:
        return records.points(student, SHEET)[QUESTION]


def the_page(folder: Path, **how: object) -> str:
    return question_page(the_pile(folder), piles(folder), AROUND, **how)


def test_a_mark_counts_in_the_table_of_marks_and_in_formgrader(new_class: NewClass) -> None:
    from nbgrader.api import Gradebook

    folder = new_class(**TEXTS)
    assert enter(folder, QUESTION, typed(folder, "anna", "3", "Both ends.")).why == ""
    assert kept(folder, "anna") == Points(3.0, False, "Both ends.")
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        grade = book.find_grade("E6-9-answer", SHEET, SHEET, "anna")
        comment = book.find_comment("E6-9-answer", SHEET, SHEET, "anna").comment
        assert (grade.score, grade.needs_manual_grade, comment) == (3.0, False, "Both ends.")


def test_what_formgrader_enters_stands_on_the_page(new_class: NewClass) -> None:
    from nbgrader.api import Gradebook

    folder = new_class(**TEXTS)
    with Gradebook(f"sqlite:///{folder / 'gradebook.db'}") as book:
        grade = book.find_grade("E6-9-answer", SHEET, SHEET, "chae")
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        book.find_comment("E6-9-answer", SHEET, SHEET, "chae").manual_comment = "Whose limit?"
        book.db.commit()
    found = the_pile(folder)
    assert (found.marked, found.waiting) == (1, len(TEXTS) - 1)
    assert text_of(folder, "chae").is_marked
    assert "Whose limit?" in the_page(folder)


@pytest.mark.parametrize(
    ("written", "points"),
    [("3", 3.0), (" 2,5 ", 2.5), ("0", 0.0), ("1+0.5+2", 3.5), ("", None), ("  ", None)],
)
def test_points_are_read_as_people_write_them(written: str, points: float | None) -> None:
    assert read_points(written, most=4) == points


@pytest.mark.parametrize("written", ["5", "-1", "three", "nan", "inf", "1e9", "3/4", "+", "2+3"])
def test_points_that_cannot_be_are_refused_and_nothing_is_entered(
    new_class: NewClass, written: str
) -> None:
    folder = new_class(anna=TEXTS["anna"])
    with pytest.raises(Problem, match=r"0 (to|and) 4"):
        read_points(written, most=4)
    said = enter(folder, QUESTION, typed(folder, "anna", written, "A comment."))
    assert not said.saved and kept(folder, "anna").comment == ""


def test_of_two_windows_the_second_is_told_and_overwrites_nothing(new_class: NewClass) -> None:
    folder = new_class(**TEXTS)
    late = typed(folder, "anna", "1", "My long comment.", confirmed=True)
    enter(folder, QUESTION, typed(folder, "anna", "3", "Good."))
    said = enter(folder, QUESTION, late)
    assert "3 points and the comment “Good.”" in said.why
    assert kept(folder, "anna") == Points(3.0, False, "Good."), "A mark was overwritten."
    shown = the_page(folder, refused=Refused(late, said.why))
    assert "My long comment." in shown and "Not saved." in shown, "Typed words are lost."
    meant = typed(folder, "anna", late.points, late.comment, confirmed=True)
    assert enter(folder, QUESTION, meant).saved, "Whoever saves again means it."
    assert kept(folder, "anna").points == 1.0


def test_a_mark_for_a_text_that_was_replaced_meanwhile_is_refused(new_class: NewClass) -> None:
    folder = new_class(anna="An old text.")
    late = typed(folder, "anna", "4", confirmed=True)
    new_class(anna="Another text.")
    said = enter(folder, QUESTION, late)
    assert "another text" in said.why and said.text is None
    assert kept(folder, "anna").points is None


def test_a_mark_of_an_earlier_text_counts_once_it_is_confirmed(new_class: NewClass) -> None:
    folder = new_class(anna="An old text.")
    enter(folder, QUESTION, typed(folder, "anna", "3", "Good."))
    new_class(anna="Another text.")
    assert text_of(folder, "anna").of_earlier_text
    assert "Confirm 3 points" in the_page(folder)
    enter(folder, QUESTION, typed(folder, "anna", "3", "Better."))
    assert text_of(folder, "anna").of_earlier_text, "A comment alone has confirmed points."
    assert kept(folder, "anna").comment == "Better."
    enter(folder, QUESTION, typed(folder, "anna", "3", "Better.", confirmed=True))
    assert text_of(folder, "anna").is_marked
    assert "Confirm" not in the_page(folder)


def test_points_can_be_taken_back_and_the_text_waits_again(new_class: NewClass) -> None:
    folder = new_class(anna=TEXTS["anna"])
    enter(folder, QUESTION, typed(folder, "anna", "3", "Good."))
    enter(folder, QUESTION, typed(folder, "anna", "", "Good."))
    assert the_pile(folder).waiting == 1
    assert kept(folder, "anna").comment == "Good."


def test_a_gradebook_in_use_is_told_and_nothing_is_raised(
    new_class: NewClass, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object) -> None:
        raise sqlite3.OperationalError("database is locked")

    folder = new_class(anna=TEXTS["anna"])
    monkeypatch.setattr(form, "give", busy)
    assert "try again" in enter(folder, QUESTION, typed(folder, "anna", "3")).why


def test_somebody_who_is_not_in_the_gradebook_gets_no_mark(new_class: NewClass) -> None:
    folder = new_class(anna=TEXTS["anna"])
    stranger = Typed("zoe", "3", "", "", True)
    assert "does not have this text" in enter(folder, QUESTION, stranger).why
    with pytest.raises(Problem, match="Grade the file first"):
        give(folder, "zoe", SHEET, QUESTION, 3.0, "")


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, and the texts of learners."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.words: list[str] = []
        self._within = False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self._within = dict(attrs).get("dir") == "auto" and tag == "div"
        if self._within:
            self.words.append("")

    def handle_endtag(self, tag: str) -> None:
        self._within = False

    def handle_data(self, data: str) -> None:
        if self._within:
            self.words[-1] += data


HOSTILE = [
    *TEXTS.values(),
    "</div></article></form></textarea><img src=x onerror=alert(1)>",
    "{{ 7 * 7 }} {% for x in y %} &amp; &lt;b&gt;",
    "\\(x\\) $$\\sqrt{2}$$ \\href{javascript:alert(1)}{x}",
    "a line\n\n   another",
]


def test_texts_stand_letter_by_letter_whatever_they_hold(new_class: NewClass) -> None:
    names = {f"learner{number}": text for number, text in enumerate(HOSTILE)}
    folder = new_class(**names)
    enter(folder, QUESTION, typed(folder, "learner0", "1", HOSTILE[4]))
    seen = Seen(the_page(folder))
    assert seen.words == HOSTILE
    assert seen.tags.count("script") == 1, "A text has brought a script of its own."
    assert seen.tags.count("form") == len(HOSTILE) and "img" not in seen.tags


def test_a_text_that_no_page_could_bear_is_cut_and_said_to_be(new_class: NewClass) -> None:
    folder = new_class(anna="word " * LONGEST_SHOWN)
    shown = the_page(folder)
    assert "characters more" in shown and len(shown) < 5 * LONGEST_SHOWN


def test_the_page_has_all_to_mark_by(new_class: NewClass) -> None:
    folder = new_class(**TEXTS, **{NOT_WRITTEN: ""})
    shown = the_page(folder)
    found = the_pile(folder)
    for level in rubric(QUESTION):
        assert f"An example at level {level.number}" in shown
        assert escape(level.anchor) in shown
    for _, words in comments_to_copy(found.question):
        assert escape(words) in shown
    assert "words; 80 to 100 are asked for" in shown, "The remarks are missing."
    assert "0 of 4 texts marked, 4 waiting" in shown
    assert "Handed in without this text: 1" in shown and NOT_WRITTEN in shown


def test_the_filter_leaves_only_what_waits(new_class: NewClass) -> None:
    folder = new_class(**TEXTS)
    enter(folder, QUESTION, typed(folder, "anna", "3"))
    waiting = Seen(the_page(folder, only_waiting=True)).words
    everything = Seen(the_page(folder)).words
    assert TEXTS["anna"] not in waiting and len(waiting) == len(TEXTS) - 1
    assert TEXTS["anna"] in everything and len(everything) == len(TEXTS)


@pytest.mark.parametrize("asked", ALL_TEXTS, ids=lambda asked: asked.id)
def test_every_text_has_a_page_that_goes_on_to_the_next(asked: Text) -> None:
    text = Written("anna", "anna", "A text.", Points(None, True))
    found = [Pile(one, "slug", [text], []) for one in ALL_TEXTS]
    place = ALL_TEXTS.index(asked)
    shown = question_page(found[place], found, AROUND)
    for level in rubric(asked.id):
        assert escape(level.anchor) in shown, f"The example at level {level.number} is missing."
    neighbours = [one.id for one in ALL_TEXTS[max(0, place - 1) : place + 2] if one is not asked]
    assert re.findall(r'rel="(?:prev|next)" href="/course/texts/(.*?)"', shown) == neighbours


def test_without_a_class_the_list_says_how_to_grade_one(tmp_path: Path) -> None:
    assert piles(tmp_path) == [] and pile(tmp_path, QUESTION) is None
    assert "python3 -m helpers grade" in list_page([], AROUND)


def test_points_given_on_the_page_reach_the_table_at_the_next_run(new_class: NewClass) -> None:
    folder = new_class(anna=TEXTS["anna"])
    enter(folder, QUESTION, typed(folder, "anna", "2.5", "See B24.4."))
    new_class(anna=TEXTS["anna"])
    (row,) = rows_of_marks(folder).values()
    assert "E6.9: 2.5 of 4" in row["points by text"]
    page = folder / "feedback" / "anna" / SHEET / f"{SHEET}.html"
    assert "See B24.4." in page.read_text(encoding="utf-8")
