"""Remarks on texts: a fault that can be seen is named, and no careful text is blamed."""

from __future__ import annotations

import tomllib
from dataclasses import replace

import pytest
from asked import TEXTS
from course import EDITION

from helpers import check
from helpers.claims import deeds
from helpers.questions.rubrics import RUBRICS, rubric
from helpers.remarks import remarks

PLAIN = replace(TEXTS["E3.7"], words=(), weighs=False)
WORDS = "many comrades who have arrived from the Soviet Union did not join the masses"
PLANTED = {
    "Kim said that «The school will never be closed.» (B15.4)": "letter by letter",
    'He said "The school will stay." (B15.4)': "letter by letter",
    "So it says: «The school will not be closed.» (B15.5)": "stands in B15.4, not in B15.5",
    "«The school … not be shut.» (B15.4)": "letter by letter",
    "The proof stands in B99.": "There is no passage B99",
    "«I visited Kim.» (X18.1)": "letter by letter",
    "So B12.7 says.": "Nearest: B12.3, B12.2, B12.1",
    "Here the absolute majority of Soviet Koreans correctly understand it.": "Put quotation marks",
    f"Kim says that {WORDS}.": "or say it in your own words",
    "They came, 90 people in all.": "B2.3 says about 90",
    "Then ninety visitors came.": "B2.3 says about ninety",
    "The need was 2,900,000 tons of grain.": "B24.3 gives a range",
    "One needed 3,000,000 tons.": "B24.3 gives a range",
    "The gap is 150,000.": "What does 150,000 count?",
    "60 took forms (B2.4).": "60 does not stand in B2.4.",
    "Sixty took forms (B2.4).": "Sixty does not stand in B2.4.",
    "Elections reached 99%.": "What does 99% count, and of what is it a share?",
    "The VNS was elected in 1957 (B28.1).": "conditional, not done: elections to provincial bodies",
    "Local elections were held in 1957 (B27.2).": "planned, not done: elections to local bodies",
    "All Soviet Koreans were let go (B18.2).": "permitted, not done: those who insist are let go",
    "They left (B9.3).": "wished, not done: to leave for the USSR",
    "The ration cards for food were abolished in 1958.": "a target, not done",
    "The harvest of 1958 was 2,850,000 tons (B24.4).": "a target, not done",
    "95% is expected (B21.1).": "95% does not stand in B21.1.",
    "The ration cards were abolished in 1958 since grain was there (Hanguksa hakpo 2008).": (
        "You write that the cards were abolished, and cite a work."
    ),
    "Ration cards were abolished in February 1959 (Currency exchange of 1959).": "and cite a work",
    "Kim lied to Ivanov.": "You write what somebody meant.",
    "In the end he kept his promise (Lankov 2020b).": "You write what somebody meant.",
    "As others show (Smith 1999).": "Smith 1999 is not on the course's list",
    "See also Ivanov, 3 March 1956.": "is not on the course's list",
}
INNOCENT = [
    f'He says "{WORDS}" (B12.2).',
    f"He says “{WORDS}” (B12.2).",
    f"He says „{WORDS}“ (B12.2).",
    f"He says '{WORDS}' (B12.2).",
    f"He says <<{WORDS}>> (B12.2).",
    "Some “behave too arrogantly,” he says.",
    "In B 14.5 only some are meant.",
    "A 5% slip is small, and a 90% share is large.",
    "About ninety people came; of these 90 many took a form.",
    "If 85 people came, at least 43 took forms (B2.4).",
    "The majority of about 90 people took forms (B2.4).",
    "Two talks of 13 January are told in B2.1.",
    "No less than 99% is wanted (B21.1), as at the preceding elections.",
    "Elections have been held in the south twice (B29.1); local ones follow in 1957 (B27.2).",
    "Were local elections held in 1957 (B27.2)?",
    "Local elections are to be held in 1957 (B27.2).",
    "Elections to the VNS were held in August 1957 (Lankov 2020b).",
    "Kim agreed to let some of them go (B18.2) and left open who decides (B18.3).",
    "Kim was clear about the school (B15.4).",
    "The rest must be bought from friends (B24.5).",
    "50,000 to 150,000 tons are missing, by my sum (B24.5).",
    "The limit of the harvest in 1958 was 2,850,000 tons (B24.4).",
    "Assuming that the harvest was 2,850,000 tons (B24.4), some grain is missing.",
    "The target for the harvest of 1958 was 2,850,000 tons (B24.4).",
    "It was only 57.97% in 1947, which does not fit B21.1.",
    "The sale of food was banned, and rationing began (Hankook Ilbo 1993).",
    "Ration cards had been there since 1946; a first ban was lifted again (Lankov 2020b).",
    "Nothing that I read says that the ration cards were abolished (Lankov 2020b).",
    "It cannot be said that the ration cards were abolished.",
    "I may not write that Kim lied, nor that he broke his promise.",
    "That Kim deceived Ivanov is one reading.",
    "Nobody kept his promise in writing.",
    "Puzanov begins with «I visited Nam Il.» (X18.1).",
]


@pytest.mark.parametrize("id", TEXTS)
def test_a_careful_text_gets_no_remark(id: str) -> None:
    anchor = rubric(id)[0].anchor
    found = remarks(TEXTS[id], anchor)
    assert found == [], f"{id}: the example at level 4 is blamed for {found}."


@pytest.mark.parametrize("text", PLANTED)
def test_a_planted_fault_is_named(text: str) -> None:
    found = remarks(PLAIN, text)
    assert any(PLANTED[text] in line for line in found), f"{text} Said was: {found}"


@pytest.mark.parametrize("text", INNOCENT)
def test_what_is_no_fault_is_not_named(text: str) -> None:
    assert remarks(PLAIN, text) == []


def test_each_deed_is_named_by_its_example_and_only_this_one() -> None:
    rows = tomllib.loads((RUBRICS / "deeds.toml").read_text(encoding="utf-8"))["deed"]
    known = deeds()
    assert len(known) == len(rows), "A plan of deeds.toml stands in no row of plans.csv."
    for row, deed in zip(rows, known, strict=True):
        (line,) = remarks(PLAIN, row["example"])
        assert f"not done: {deed.what} ({deed.segment})" in line, f"{row['example']} {line}"


def test_one_sentence_gets_one_remark_on_plans() -> None:
    text = "The party closed the school and the provinces received instructions."
    (line,) = remarks(PLAIN, text)
    assert "(B14.4)" in line


AGAINST = {
    "Kim places it on the comrades.": False,
    "Kim places it on the comrades, but not on them alone.": True,
    "Nothing speaks against it.": False,
    "There is no doubt.": False,
    "The opposite is in B13.1.": True,
    "This fits with B13.1 badly.": True,
    "There is no doubt of that; against it speaks B13.2.": True,
}


@pytest.mark.parametrize("text", AGAINST)
def test_a_text_without_doubt_is_asked_for_what_speaks_against_it(text: str) -> None:
    found = remarks(replace(PLAIN, weighs=True), text)
    assert ("I see no passage here" in " ".join(found)) is not AGAINST[text], found


def test_too_few_questions_are_counted() -> None:
    question = TEXTS["E0.4"]
    assert remarks(question, "I like it.") == [
        "Questions asked for: 3. Question marks in your text: 0."
    ]
    assert remarks(question, "Who? Why? For whom?") == []


def test_a_text_far_from_the_length_that_is_asked_for_is_told_its_own() -> None:
    asked = replace(PLAIN, words=(100, 150))
    assert remarks(asked, "word " * 20) == ["Your text has 20 words; 100 to 150 are asked for."]
    assert remarks(asked, "word " * 90) == [] and remarks(asked, "word " * 400) != []


def test_a_text_may_hold_words_of_the_source_where_it_rewrites_them() -> None:
    question = TEXTS["E2.7"]
    sentences = [segment.text for ids in question.evidence for segment in EDITION.find(ids)]
    (line,) = remarks(question, " ".join(sentences))
    assert "no square brackets" in line
    assert remarks(question, " ".join([*sentences, "[Kim, it seems]"])) == []
    (line,) = remarks(question, " ".join([*sentences, f"[{'very ' * 26}]"]))
    assert line == "You added 26 words in brackets; at most 25 are asked for."


CHANGED = {  # what is changed in a rewriting, into what, and what is said of it
    ("correctly", "wrongly"): "you wrote “wrongly”; the source has “correctly”.",
    ("can be and ", ""): "You left out “can be and”.",
    ("Chiefs of", "Kim said that Chiefs of"): "you wrote “Kim said that”. The source does not",
}


@pytest.mark.parametrize(("old", "new"), CHANGED)
def test_a_rewriting_that_changes_words_outside_its_brackets_is_told_so(old: str, new: str) -> None:
    anchor = rubric("E2.7")[0].anchor
    assert old in anchor
    (line,) = remarks(TEXTS["E2.7"], anchor.replace(old, new))
    assert CHANGED[old, new] in line


def test_examples_can_be_opened_only_after_a_text_of_ones_own() -> None:
    short = check("E3.7", "Kim places it on many, " * 10)
    words = "I read that Kim, as Ivanov has it, speaks of many comrades and their manner first, "
    own = check("E3.7", f"{words} and of mistakes that only a few have made later on.")
    assert short.verdict == own.verdict == "open"
    assert "At level" not in short.text and "At level 4:" in own.text
    assert short.html.count("<details>") == own.html.count("<details>") == 1
