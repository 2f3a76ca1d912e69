"""Remarks on texts: a fault that can be seen is named, and no careful text is blamed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from asked import TEXTS
from course import EDITION

from helpers import check
from helpers.questions.rubrics import rubric
from helpers.remarks import remarks

PLAIN = replace(TEXTS["E3.7"], words=(), weighs=False)
PLANTED = {
    "Kim said that «The school will never be closed.» (B15.4)": "letter by letter",
    'He said "The school will stay." (B15.4)': "letter by letter",
    "So it says: «The school will not be closed.» (B15.5)": "stands in B15.4, not in B15.5",
    "«The school … not be shut.» (B15.4)": "letter by letter",
    "The proof stands in B99.": "There is no passage B99",
    "Here the absolute majority of Soviet Koreans correctly understand it.": "have no marks here",
    "They came, 90 people in all.": "B2.3 says about 90",
    "The need was 2,900,000 tons of grain.": "B24.3 gives a range",
    "One needed 3,000,000 tons.": "B24.3 gives a range",
    "The gap is 150,000.": "What does 150,000 count?",
    "The ration cards for food were abolished in 1958.": "target, not done",
    "The school stayed open.": "promised, not done",
    "A harvest of 2,850,000 tons was reached.": "target, not done",
    "Six specialists arrived: the Soviet specialists came true.": "requested, not done",
    "As others show (Smith 1999).": "Smith 1999 is not on the course's list",
    "See also Ivanov, 3 March 1956.": "is not on the course's list",
}


@pytest.mark.parametrize("id", TEXTS)
def test_a_careful_text_gets_no_remark(id: str) -> None:
    anchor = rubric(id)[0].anchor.replace("\n>", "\n")
    found = remarks(TEXTS[id], anchor)
    assert found == [], f"{id}: the example at level 4 is blamed for {found}."


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_fault_is_named(text: str) -> None:
    found = remarks(PLAIN, text)
    assert any(PLANTED[text] in line for line in found), f"{text} Said was: {found}"


def test_a_text_without_doubt_is_asked_for_what_speaks_against_it() -> None:
    weighing = replace(PLAIN, weighs=True)
    assert remarks(weighing, "Kim places it on the comrades.") != []
    assert remarks(weighing, "Kim places it on the comrades, but not on them alone.") == []


def test_a_text_far_from_the_length_that_is_asked_for_is_told_its_own() -> None:
    asked = replace(PLAIN, words=(100, 150))
    assert remarks(asked, "word " * 20) == ["Your text has 20 words; 100 to 150 are asked for."]
    assert remarks(asked, "word " * 90) == [] and remarks(asked, "word " * 400) != []


def test_a_text_may_hold_words_of_the_source_where_it_rewrites_them() -> None:
    question = replace(TEXTS["E2.7"], words=())
    sentences = [segment.text for ids in question.evidence for segment in EDITION.find(ids)]
    assert remarks(question, " ".join(sentences)) == []


def test_a_rewriting_that_changes_words_outside_its_brackets_is_told_so() -> None:
    question = TEXTS["E2.7"]
    anchor = rubric("E2.7")[0].anchor
    changed = anchor.replace("correctly", "wrongly")
    (line,) = remarks(replace(question, words=()), changed)
    assert "wrongly stands for correctly" in line


def test_examples_can_be_opened_only_after_a_text_of_ones_own() -> None:
    short = check("E3.7", "Some words of my own.")
    own = check("E3.7", "Kim places it on many, " * 10)
    assert short.verdict == own.verdict == "open"
    assert "An example at level" not in short.text
    assert own.html.count("<details>") == 4 and "An example at level 4" in own.text
