"""Grading a class: marks that are known come out, once, and stay."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import made_class
import pytest
from course import SETS
from made_class import (
    SHEET,
    Grade,
    cell,
    lay,
    practice,
    save_reply,
    sheet,
    solved_sheet,
    with_code,
    write_text,
)

from helpers.feedback import NOT_YET, RIGHT
from helpers.grading import whole_class
from helpers.grading.notebook import read_cells
from helpers.grading.records import GRADED, LEFT_OUT, NOT_GRADED
from helpers.grading.whole_class import Summary, grade


def silent(line: str) -> None:
    """Takes a line and says nothing."""


@pytest.mark.parametrize("number", SETS)
def test_a_solved_sheet_is_marked_in_full_and_an_empty_one_not_at_all(
    number: str, graded: Grade, tmp_path: Path
) -> None:
    slug = SETS[number].slug
    books = {"full": solved_sheet(slug), "empty": sheet(slug)}
    result = graded(lay(tmp_path / "in", **books))
    full = result.row("full")
    empty = result.row("empty")
    whole = str(len(practice(slug)))
    assert result.said == [], f"{slug}: nothing is odd about these sheets."
    assert full["practice questions"] == whole, f"{slug}: a question has no mark."
    assert full["practice right"] == whole, f"{slug}: a solution of items/{number}.toml is wrong."
    assert empty["practice answered"] == "0", f"{slug}: the released sheet holds an answer."
    assert empty["texts to be marked"] == "0", f"{slug}: the released sheet holds a text."


def test_the_sheet_is_known_by_its_cells_and_not_by_its_name(graded: Grade, tmp_path: Path) -> None:
    folder = tmp_path / "in" / "anna"
    folder.mkdir(parents=True)
    right = {}
    for number in ("00", "10"):
        slug = SETS[number].slug
        right[slug] = str(len(practice(slug)))
        book = json.dumps(solved_sheet(slug))
        (folder / f"copy of {number}.ipynb").write_text(book, encoding="utf-8")
    rows = graded(tmp_path / "in").rows.values()
    assert {row["exercises"]: row["practice right"] for row in rows} == right


def test_a_notebook_handed_in_anew_is_marked_anew(graded: Grade, tmp_path: Path) -> None:
    place = lay(tmp_path / "in", anna=sheet())
    assert graded(place).row("anna")["practice answered"] == "0"
    (place / "anna" / f"{SHEET}.ipynb").write_text(json.dumps(solved_sheet()), encoding="utf-8")
    assert graded(place).row("anna")["practice answered"] == "9"


def test_of_several_versions_the_newest_counts_and_the_others_are_named(
    graded: Grade, tmp_path: Path
) -> None:
    place = tmp_path / "in"
    place.mkdir()
    (place / "zoe_5_1_sheet.ipynb").write_text(json.dumps(sheet()), encoding="utf-8")
    (place / "zoe_5_2_sheet-1.ipynb").write_text(json.dumps(solved_sheet()), encoding="utf-8")
    result = graded(place)
    assert result.rows["zoe_5_2_sheet-1.ipynb"]["practice answered"] == "9"
    assert result.rows["zoe_5_1_sheet.ipynb"]["status"] == LEFT_OUT
    (line,) = result.said
    assert "zoe_5_2_sheet-1.ipynb counts, as the newer one" in line


def test_a_file_name_takes_no_other_learners_mark(graded: Grade, tmp_path: Path) -> None:
    place = lay(tmp_path / "in", **{"123": solved_sheet()})
    (place / "mallory").mkdir()
    for number in (1, 2):
        name = f"x_{122 + number}_1_{SHEET}-99.ipynb"
        (place / "mallory" / name).write_text(json.dumps(sheet()), encoding="utf-8")
    row = graded(place).rows[f"123/{SHEET}.ipynb"]
    assert row["practice right"] == "9", "The name of a file has taken a mark."


def test_an_interrupted_run_goes_on_where_it_stopped(
    new_gradebook: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(whole_class, "BATCH", 3)
    into = tmp_path / "into"
    into.mkdir()
    shutil.copy(new_gradebook, into)
    made_class.make(tmp_path / "in", learners=8)

    def stop(line: str) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade(tmp_path / "in", into, silent, stop)
    assert grade(tmp_path / "in", into, silent, silent) == Summary(marked=8 - 3, failed=0)
    assert grade(tmp_path / "in", into, silent, silent) == Summary(marked=0, failed=0)
    assert len(scores(into)) == 8


def scores(into: Path) -> dict[str, float]:
    """The points that nbgrader has for each student."""
    from nbgrader.api import Gradebook as Nbgrader

    with Nbgrader(f"sqlite:///{into / 'gradebook.db'}") as book:
        return {one.student.id: one.score for one in book.assignment_submissions(SHEET)}


def test_a_notebook_that_cannot_be_entered_harms_no_other(
    graded: Grade, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail_for_ben(*known: object) -> dict[str, object]:
        if any("ben's" in one.source for one in known[1]):
            raise KeyError("a fault of ours")
        return {}

    monkeypatch.setattr(whole_class, "laid_over", fail_for_ben)
    books = {"anna": solved_sheet(), "ben": with_code("ben's = 1"), "carl": solved_sheet()}
    result = graded(lay(tmp_path / "in", **books))
    assert result.row("ben")["status"] == NOT_GRADED
    assert result.said == [
        f"ben/{SHEET}.ipynb: not graded. It could not be entered (KeyError). Look at it by hand."
    ]
    for name in ("anna", "carl"):
        assert result.row(name)["practice right"] == "9", f"{name} lost marks by another's fault."
    assert scores(result.folder) == {"anna": 9.0, "carl": 9.0}


def test_cells_that_are_gone_doubled_or_changed_are_named_and_win_nothing(
    graded: Grade, tmp_path: Path
) -> None:
    book = solved_sheet()
    book["cells"].remove(cell(book, "E6-1-answer"))
    second = dict(cell(book, "E6-2-answer"), source='share_of_need = "9% to 10%"')
    book["cells"].insert(9, second)
    cell(book, "E6-4-test")["source"] = "pass"
    book["cells"].remove(cell(book, "E6-5-test"))
    result = graded(lay(tmp_path / "in", mallory=book))
    row = result.row("mallory")
    assert (row["practice right"], row["practice answered"]) == ("8", "8")
    (line,) = result.said
    assert "in another cell: E6-1-answer" in line, "A cell is gone, and nobody is told."
    assert "more than once (the last that is filled in counts): E6-2-answer" in line
    assert "changed (ours were used): E6-4-test" in line


def test_a_notebook_without_nbgraders_flags_is_graded_all_the_same(
    graded: Grade, tmp_path: Path
) -> None:
    book = solved_sheet()
    for one in book["cells"]:
        one["metadata"] = {}
    result = graded(lay(tmp_path / "in", anna=book))
    assert result.said == []
    assert result.row("anna")["practice right"] == "9"


def test_tries_that_a_learner_made_up_are_not_believed(graded: Grade, tmp_path: Path) -> None:
    book = solved_sheet()
    save_reply(book, "E6.1", RIGHT, ["<b>", 7, "M13", None])
    save_reply(book, "E6.2", RIGHT, "M13")
    save_reply(book, "E6.3", NOT_YET, ["M14"])
    save_reply(book, "E6.4", None, {})
    answers = graded(lay(tmp_path / "in", mallory=book)).answers("mallory")
    tries = [answers[f"E6.{number}"].tries for number in (1, 2, 3, 4)]
    assert tries == [["M13"], None, None, None]


def test_points_from_formgrader_reach_marks_and_page(graded: Grade, tmp_path: Path) -> None:
    from nbgrader.api import Gradebook as Nbgrader

    book = solved_sheet()
    write_text(book, "E6.9", "Between 50,000 and 150,000 tons.")
    place = lay(tmp_path / "in", anna=book)
    assert graded(place).row("anna")["texts to be marked"] == "1"
    where = ("E6-9-answer", SHEET, SHEET, "anna")
    with Nbgrader(f"sqlite:///{tmp_path / 'into' / 'gradebook.db'}") as gradebook:
        given = gradebook.find_grade(*where)
        given.manual_score = 3
        given.needs_manual_grade = False
        gradebook.find_comment(*where).manual_comment = "Which harvest does it rest on?"
        gradebook.db.commit()
    result = graded(place)
    row = result.row("anna")
    assert (row["points for texts"], row["texts to be marked"]) == ("3.0", "0")
    assert row["points by text"] == "E6.9: 3 of 4"
    page = result.page("anna")
    assert "3 of 4 points." in page
    assert "Which harvest does it rest on?" in page


def test_what_formgrader_shows_holds_the_rubric_and_nothing_that_runs(
    graded: Grade, tmp_path: Path
) -> None:
    from nbconvert.filters import markdown2html

    book = with_code("'<b>mine</b>'")
    written = (
        "Up to 5% <script>alert(1)</script>\n\n"
        "[x](javascript:alert(2)) ![y](http://127.0.0.1/z) $$x$$"
    )
    write_text(book, "E6.9", "A text between its marks.")
    after = book["cells"].index(cell(book, "E6-9-answer")) + 1
    own = {"cell_type": "markdown", "id": "own", "metadata": {}, "source": written}
    book["cells"].insert(after, own)
    into = graded(lay(tmp_path / "in", anna=book)).folder
    file = into / "autograded" / "anna" / SHEET / f"{SHEET}.ipynb"
    text = {one.name: one.source for one in read_cells(file.read_bytes())}
    assert "BEGIN MARK SCHEME" in text["E6-9-marking"], "Formgrader shows no rubric."
    assert "'<b>mine</b>'" in text.values(), "Formgrader shows no cells of a learner's own."
    assert "A text between its marks." in text["E6-9-answer"]
    shown = markdown2html(next(part for part in text.values() if "alert(1)" in part))
    assert "&lt;script&gt;alert(1)" in shown
    assert "[x](javascript:alert(2))" in shown
    assert "<a" not in shown and "<img" not in shown, "A learner's link or image came alive."
    assert "mathjax_ignore" in shown and "$$x$$" in shown, "A learner's dollar signs are a formula."


def test_every_graded_file_has_a_row(graded: Grade, tmp_path: Path) -> None:
    rows = graded(lay(tmp_path / "in", anna=sheet(), ben=solved_sheet())).rows
    assert {row["status"] for row in rows.values()} == {GRADED}
