"""Mark, then compare: a reader's voices beside the edition's, and how far they agree."""

from __future__ import annotations

import pytest
from course import EDITION, flat

from helpers import compare
from helpers.agreement import innermost, kappa

FIRST: dict[str, str] = {}
for row in reversed(EDITION.rows("statements")):
    FIRST[row["segment"]] = innermost(row["chain"])


def said(marks: object) -> str:
    return flat(compare(marks).text)


def test_either_reading_of_a_sentence_is_met() -> None:
    for name in ("the visitors, probable", "Ivanov, open"):
        assert "in 1 of 1 sentence " in said({"B9.1": name}), "B9.1 has two readings."
    assert "in 0 of 1 sentence " in said({"B9.1": "Kim, certain"})


def test_a_table_shows_mark_reading_rival_and_what_shows_it() -> None:
    shown = said({"B9.1": "Kim, certain"})
    for part in ("Your mark: Kim Il Sung, certain", "Its rival: V. I. Ivanov", "The same: no"):
        assert part in shown, shown
    assert "opens the fourth worry" in shown and "You differ in B9.1" in shown


@pytest.mark.parametrize(
    "words", ["Kim", "kim il sung", "Kim Il Sung, probable", "KIM; open", "probable, Kim"]
)
def test_a_voice_is_known_by_any_of_its_names(words: str) -> None:
    assert "in 1 of 1 sentence " in said({"B12.1": words}), words


def test_a_voice_is_known_by_its_office() -> None:
    assert "in 1 of 1 sentence " in said({"B19.1": "the ambassador, certain"})


@pytest.mark.parametrize(
    ("marks", "line"),
    [
        (None, "Waiting for your marks"),
        ({"B2.1": "", "B2.2": " "}, "Waiting for your marks"),
        ({"B2.1": "Ivanov", "B2.2": ""}, "Still without a mark: B2.2"),
        ({"B2.1": "the king"}, "names no voice"),
        ({"B2.1": "North Koreans, probable"}, "names no voice"),
        ({"B2.1": 7}, "names no voice"),
        ({"B99": "Kim"}, "no sentence B99"),
        ("Kim", "Waiting for your marks"),
    ],
)
def test_marks_that_cannot_be_compared_get_one_line(marks: object, line: str) -> None:
    assert line in said(marks)


def test_kappa_is_what_cohens_formula_gives() -> None:
    pairs = [("a", "a")] * 20 + [("a", "b")] * 5 + [("b", "a")] * 10 + [("b", "b")] * 15
    assert kappa(pairs) == pytest.approx(0.4), "Cohen 1960: (0.7 - 0.5) / (1 - 0.5)"
    assert kappa([("a", "a")]) is None and kappa([("a", "b"), ("b", "a")]) == pytest.approx(-1)


def test_the_second_annotator_marked_every_sentence_and_is_told_of_honestly() -> None:
    marks = {row["segment"]: row["voice"] for row in EDITION.rows("second_annotator")}
    assert set(marks) == set(FIRST), "second_annotator.csv: one row for each sentence."
    found = kappa([(FIRST[id], voice) for id, voice in marks.items()])
    shown = said({"B12.1": "Kim"})
    assert found and f"reached {found:.2f}" in shown and "a language model" in shown


def test_somebody_not_named_goes_by_many_words() -> None:
    for words in ("not stated", "nobody, open", "unknown", "somebody not named"):
        assert "in 1 of 1 sentence " in said({"B29.1": words}), words
    assert "in 0 of 1 sentence " in said({"B29.1": "Kim"}), "Only its main part is marked."
