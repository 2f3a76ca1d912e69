"""The evidence table and the page to hand in: what is exact passes, what is not gets a line, and
nothing is lost.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from course import QUESTIONS, flat

from helpers import evidence, hand_in
from helpers.argument import ASKED
from helpers.questions.question import Text
from helpers.working_copy import NOTES

GOOD = """Only good will come from this. | B13.4 | Kim | suggests | for
The school will not be closed. | B15.4 | Kim Il Sung | allows | for
I expressed the opinion in the conversation | B19.1 | Ivanov | shows | for
a shadow had fallen on the work of all Soviet Koreans | B10.1 | the visitors | suggests | against"""
ROWS = GOOD.splitlines()

pytestmark = pytest.mark.usefixtures("working_copy")


def said(lines: str) -> str:
    return flat(evidence(lines).text)


def test_a_table_in_order_is_told_so() -> None:
    assert "Now weigh it." in said(GOOD)
    assert said(GOOD).count("Remark: In order") == len(ROWS)


REMARKS = {
    "Only good comes from this | B13.4 | Kim | suggests | for": "letter by letter",
    "Only good will come from this. | B13.5 | Kim | suggests | for": "They stand in B13.4",
    "Only good will come from this. | B13.4 | Kim": "Five parts are wanted",
    "Kim hopes that allowing Soviet Koreans to travel | W1 | Kim | shows | for": "to the web page",
    "Only good will come from this. | B13.4 | the visitors | suggests | for": (
        "The edition gives B13.4 to V. I. Ivanov or Kim Il Sung"
    ),
    "Only good will come from this. | B13.4 | Kim | proves | for": "The fourth part is one of",
    "Only good will come from this. | B13.4 | Kim | suggests | maybe": "The fifth is",
    "this is | B24.4 | Kim | suggests | for": "Quote enough words",
    "The school will not be closed. | B15.4 | Kim | shows | for": "it shows the promise",
    "this work is proceeding normally | B2.1 | Ivanov | shows | for": "it shows the evaluation",
    "this was not allowed and was corrected | B14.2 | Kim | shows | for": "it shows the report",
    "About 90 people visited | B2.3 | Ivanov | shows | for": "it shows the report",
    "the Americans are actually shouting | B29.1 | somebody not named | shows | for": (
        "The edition gives B29.1 to V. I. Ivanov or Kim Il Sung or the Americans."
    ),
    "4 - to file | T6 | Kim | shows | for": "The edition gives T6 to V. I. Ivanov",
    "7 February 1956 | H6 | Ivanov | shows | for": "The edition gives H6 to the Far East",
}


@pytest.mark.parametrize("row", REMARKS, ids=range(len(REMARKS)))
def test_a_row_gets_its_remark(row: str) -> None:
    assert REMARKS[row] in said(row)


AS_PEOPLE_WRITE = [
    "Only good will come from this. | B13.4 | the visitors | suggests | for | as quoted before",
    "| Only good will come from this. | B13.4 | Kim | Suggests | For. |",
    "«Only good will come from this.» | b13.4 | Kim, as reported by Ivanov | suggests | for",
    "a mistrust had appeared | B10 | visitors | suggests | against",
    "Four copies | T2 | Ivanov | shows | for",
    "4 - to file | T6 | the Embassy's paper | shows | against",
    "7 February 1956 | H6 | the ministry | shows | for",
    "a comment that elections have already been held | B29.1 | somebody | suggests | for",
]


@pytest.mark.parametrize("row", AS_PEOPLE_WRITE, ids=range(len(AS_PEOPLE_WRITE)))
def test_a_row_is_taken_as_people_write_it(row: str) -> None:
    assert said(row).count("Remark: In order") == 1


def test_what_the_whole_lacks_is_named() -> None:
    assert "an argument needs four or more" in said(ROWS[0])
    assert "Only one voice" in said("\n".join(ROWS[:2]))
    assert "speaks against your claim" in said("\n".join(ROWS[:3]))
    assert "1 different rows" in said("\n".join([ROWS[0]] * 3))


@pytest.mark.parametrize("nothing", ["", " \n \n", "|"])
def test_an_empty_table_gets_a_polite_line(nothing: str) -> None:
    assert evidence(nothing).text.startswith("No evidence yet.")


def test_the_page_holds_everything_and_an_earlier_one_is_kept(working_copy: Path) -> None:
    page = working_copy / "my-argument.html"
    assert hand_in("Ann", "  ", GOOD).text.startswith("Nothing to hand in yet.")
    assert not working_copy.exists(), "An empty page is written."
    written = hand_in("Ann", "One.\r\n\r\nTwo (Huff 1954).", GOOD)
    assert "my-work/my-argument.html" in written.text
    html = page.read_text(encoding="utf-8")
    today = f"{date.today().day} {date.today():%B %Y}"
    named = f"Ann, {today}"
    whole = (
        "<p>One.</p><p>Two (Huff 1954).</p>",
        "How to Lie with Statistics",
        ROWS[0][:20],
        named,
    )
    for part in whole:
        assert part in html, f"{part} is not on the page."
    for text in ("Other words.", "Other words.", "A third text."):
        hand_in("Ann", text, GOOD)
    names = sorted(path.name for path in working_copy.iterdir())
    earlier = ["my-argument-earlier-1.html", "my-argument-earlier-2.html"]
    assert names == [*earlier, "my-argument.html"], "Each other page is kept, the same one once."
    assert "A third text." in page.read_text(encoding="utf-8")


INEXACT = {
    "He says «The school is closed.» (B15.4)": "does not stand in the source letter by letter",
    "He says «The school will not be closed.» (B16.1)": "stands in B15.4, not in B16.1",
    "As B99.9 says": "There is no passage B99.9",
}


@pytest.mark.parametrize("text", INEXACT)
def test_every_quotation_of_the_argument_is_checked(working_copy: Path, text: str) -> None:
    said = flat(hand_in("Ann", text, GOOD).text)
    assert said.startswith("Written.") and INEXACT[text] in said
    html = flat((working_copy / "my-argument.html").read_text(encoding="utf-8"))
    assert "Quotations to look at" in html


def test_exact_quotations_are_told_so_on_the_page(working_copy: Path) -> None:
    said = hand_in("Ann", "He says «The school will not be closed.» (B15.4)", GOOD)
    assert "look at" not in said.text
    html = (working_copy / "my-argument.html").read_text(encoding="utf-8")
    assert "each stands in the source" in html


def test_what_a_page_lacks_is_told(working_copy: Path) -> None:
    said = flat(hand_in(" ", "Kim was kind.", "").text)
    assert "no name yet" in said and "no evidence table yet" in said
    assert "Your text has 3 words; 300 to 400 are asked for." in said
    assert "No quotation stands in this text." in said
    html = (working_copy / "my-argument.html").read_text(encoding="utf-8")
    assert "No quotation stands" in html and "each stands in the source" not in html
    rows = f"{GOOD}\nNo such words | B13.4 | Kim | shows | for"
    said = flat(hand_in("Ann", "He says «The school will not be closed.» (B15.4)", rows).text)
    assert "not in order yet: 1" in said and "No quotation" not in said


def test_as_many_words_are_asked_for_as_by_the_question() -> None:
    question = QUESTIONS["E10.3"]
    assert isinstance(question, Text) and question.words == ASKED


def test_a_page_that_cannot_be_written_is_told(working_copy: Path) -> None:
    working_copy.write_text("a file in the place of the folder")
    assert hand_in("Mine", "Words.", GOOD).text.startswith("Not written.")


def test_tests_never_read_a_learners_notes() -> None:
    set_aside = "no-notes" in str(NOTES)
    hint = "Run the tests with `python3 -m helpers test`, which leaves your notes out."
    assert set_aside or not NOTES.exists(), hint
