"""What tells a reader at a glance who speaks, what a reply says, and where a number ends."""

from __future__ import annotations

import re
from ast import literal_eval

import pytest
from course import EDITION, QUESTIONS

from helpers import check, concordance, passage, show, table, voice_ladder
from helpers.display import rows_and_columns
from helpers.questions import Practice
from helpers.questions.letters import Match

SERIF = "font-family:Georgia"
RULE = "border-left:4px solid"
BORDER = re.compile(r'<div style="border:([^;]+);')
CELL = re.compile(r'<t[hd][^>]* style="text-align:(\w+)[^>]*>(.*?)</t[hd]>')
MATCHES = [id for id, question in QUESTIONS.items() if isinstance(question, Match)]
LONGEST_LINE = 88
TRIED = "E2.1"

pytestmark = pytest.mark.usefixtures("working_copy")


def test_replies_differ_in_sign_word_and_border() -> None:
    question = QUESTIONS[TRIED]
    assert isinstance(question, Practice)
    right = literal_eval(question.solution)
    wrong = question.wrong[0].when
    begins = {"": "○", right: "✓ Yes", wrong: "◐ Not yet", "no option": "↺ Another form"}
    borders = set()
    for answer, begin in begins.items():
        reply = check(TRIED, answer)
        assert reply.text.startswith(begin), reply.text
        borders.update(BORDER.findall(reply.html)[:1])
    assert len(borders) == len(begins), f"Two replies have one border: {borders}"


def test_a_passage_looks_unlike_what_the_course_says_of_it() -> None:
    question = QUESTIONS[TRIED]
    assert isinstance(question, Practice)
    reply = check(TRIED, question.wrong[0].when).html
    notice, _, folded = reply.partition("<details>")
    assert SERIF not in notice and RULE not in notice
    assert SERIF in folded and RULE in folded, "The passage to reread looks like a notice."
    assert reply.endswith("</details></div>"), "It is folded in the reply."


def test_no_line_ends_between_a_number_and_its_sentence() -> None:
    for view in (passage("B13.4"), passage("B12-B14")):
        for hit in re.finditer(r"</(?:strong|small)>(.)", view.html):
            assert hit[1] in "\u00a0<", view.html[hit.start() : hit.end() + 20]
    text = passage("B12-B14").text
    for segment in EDITION.find("B12-B14"):
        first, _, _ = segment.text.partition(" ")
        assert f".{segment.sentence}\u00a0{first}" in text, segment.id


def test_numbers_stand_at_the_right_and_words_at_the_left() -> None:
    rows = [["a", "5%", "5 t", "12"], ["b", "12.5%", "none", "about 3"]]
    view = rows_and_columns(rows, ["A", "B", "C", "D"], "Sides")
    sides = [side for side, _ in CELL.findall(view.html)]
    assert sides == ["left", "right", "right", "left"] * 3


def test_the_word_of_a_concordance_stands_between_its_contexts() -> None:
    rows = re.findall(r"<tr>(.*?)</tr>", concordance("mistake*").html)[1:]
    for row in rows:
        (_, _), (left, _), (_, word), (right, _) = CELL.findall(row)
        assert (left, right) == ("right", "left") and word.startswith("<strong>mistake")


def test_a_page_shows_no_name_of_a_column_or_of_a_series() -> None:
    votes = table("figures", series=["election_turnout", "election_yes"])
    shown = show(votes, "Votes")
    assert "election turnout" in shown.text and "election yes" in shown.text
    assert not re.search(r"[a-z]_[a-z]", shown.text)


def test_a_ladder_has_a_rung_for_each_voice_and_for_us() -> None:
    shown = voice_ladder("B24.5")
    said = shown.text.splitlines()[2:]
    ladder = " ".join(said[:2]).partition(": ")[2].partition(" 1. ")[0].split(" ▸ ")
    steps = [line.partition(". ")[2].partition(":")[0] for line in said if re.match(r"\d\. ", line)]
    assert steps[: len(ladder)] == ladder and ladder[-1] == "us"
    assert shown.html.count("dashed") == shown.html.count("(not stated)</strong>")


@pytest.mark.parametrize("id", MATCHES)
def test_the_blank_of_a_match_says_what_each_letter_stands_for(id: str) -> None:
    question = QUESTIONS[id]
    assert isinstance(question, Match)
    first, *lines, last = question.blank.splitlines()
    assert literal_eval(question.blank) == dict.fromkeys(question.left, "")
    assert (first, last) == ("{", "}") and len(lines) == len(question.left)
    for line, words in zip(lines, question.left.values(), strict=True):
        _, _, comment = line.partition(",  # ")
        begin = comment.partition(" …")[0]
        assert len(line) <= LONGEST_LINE and begin.split()[0] in words, line
        if len(words) < LONGEST_LINE // 2:
            assert comment == words
