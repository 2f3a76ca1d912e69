"""The evidence table and the page to hand in: what is exact passes, what is not gets a line, nothing is lost."""

import pytest

from helpers import argument, notes
from helpers.argument import evidence, hand_in

GOOD = """Only good will come from this. | B13.4 | Kim | suggests | for
The school will not be closed. | B15.4 | Kim Il Sung | allows | for
I expressed the opinion in the conversation | B19.1 | Ivanov | shows | for
a shadow had fallen on the work of all Soviet Koreans | B10.1 | the visitors | suggests | against"""


@pytest.fixture
def working_copy(tmp_path, monkeypatch):
    monkeypatch.setattr(argument, "FILE", tmp_path / "my-work" / "my-notes.json")
    return tmp_path / "my-work"


def said(lines):
    return " ".join(evidence(lines).text.split())


def test_a_table_in_order_is_told_so():
    assert "Now weigh it." in said(GOOD) and said(GOOD).count("Remark: In order") == 4


@pytest.mark.parametrize(("line", "remark"), [
    ("Only good comes from this | B13.4 | Kim | suggests | for", "letter by letter"),
    ("Only good will come from this. | B13.5 | Kim | suggests | for", "They stand in B13.4"),
    ("Only good will come from this. | B13.4 | Kim", "Five parts are wanted"),
    ("Kim hopes that allowing Soviet Koreans to travel | W1 | Kim | shows | for", "belongs to the web page"),
    ("Only good will come from this. | B13.4 | the visitors | suggests | for", "The edition hears V. I. Ivanov or Kim Il Sung"),
    ("Only good will come from this. | B13.4 | Kim | proves | for", "The fourth part is one of"), ("Only good will come from this. | B13.4 | Kim | suggests | maybe", "The fifth is"),
    ("this is | B24.4 | Kim | suggests | for", "Quote enough words"), ("The school will not be closed. | B15.4 | Kim | shows | for", "In order, if you mean that it shows the promise"),
    ("this work is proceeding normally | B2.1 | Ivanov | shows | for", "In order, if you mean that it shows the evaluation"),
], ids=range(10))
def test_every_row_gets_its_remark(line, remark):
    assert remark in said(line)


@pytest.mark.parametrize("line", [
    "Only good will come from this. | B13.4 | the visitors | suggests | for | they are quoted before", "| Only good will come from this. | B13.4 | Kim | Suggests | For. |",
    "«Only good will come from this.» | b13.4 | Kim, as reported by Ivanov | suggests | for", "a mistrust had appeared | B10 | visitors | suggests | against",
    "Four copies | T2 | Ivanov | shows | for",
], ids=range(5))
def test_rows_are_taken_as_people_write_them(line):
    assert "Remark: In order" in said(line)


def test_what_the_whole_lacks_is_named():
    assert "an argument needs four or more" in said(GOOD.splitlines()[0]) and "Only one voice" in said("\n".join(GOOD.splitlines()[:2]))
    assert "speaks against your claim" in said("\n".join(GOOD.splitlines()[:3])) and "1 different rows" in said("\n".join([GOOD.splitlines()[0]] * 3))


@pytest.mark.parametrize("nothing", ["", " \n \n", "|"])
def test_an_empty_table_gets_a_polite_line(nothing):
    assert evidence(nothing).text.startswith("No evidence yet.")


def test_the_page_holds_everything_and_an_earlier_one_is_kept(working_copy):
    assert hand_in("Mine", "  ", GOOD).text.startswith("Nothing to hand in yet.")
    assert "my-work/my-argument.html" in hand_in("Mine", "One.\r\n\r\nTwo (Huff 1954).", GOOD).text
    page = (working_copy / "my-argument.html").read_text(encoding="utf-8")
    assert "<p>One.</p><p>Two (Huff 1954).</p>" in page and "How to Lie with Statistics" in page and "Only good will come" in page
    for text in ("Other words.", "Other words.", "A third text."):
        hand_in("Mine", text, GOOD)
    assert sorted(path.name for path in working_copy.iterdir()) == ["my-argument-earlier-1.html", "my-argument-earlier-2.html", "my-argument.html"]
    assert "A third text." in (working_copy / "my-argument.html").read_text(encoding="utf-8")


def test_a_page_that_cannot_be_written_is_told(working_copy):
    working_copy.write_text("a file in the place of the folder")
    assert hand_in("Mine", "Words.", GOOD).text.startswith("Not written.")


def test_tests_never_read_a_learners_notes():
    assert "no-notes" in str(notes.FILE) or not notes.FILE.exists(), "Run the tests with `python3 -m helpers test`, which leaves your notes out."
