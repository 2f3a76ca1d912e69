"""The page for votes: made from the items and the guide's table, whole, never a copy of its own.

What it does in a browser is looked at in test_votes_in_browser.py.
"""

from __future__ import annotations

from dataclasses import replace
from html import escape, unescape
from pathlib import Path

import pytest
from course import EDITION, GUIDE, QUESTIONS, ROOT, cited_ids, label
from test_guide import rows, section

from helpers.authoring.messages import Problem
from helpers.authoring.votes import page, table
from helpers.authoring.votes.ballots import Ballot, ballots
from helpers.questions import find_question

PAGE = ROOT / "exercises/votes.html"
VOTED = [row[1] for row in rows(section(table.HEADING))]
BALLOTS: dict[str, Ballot] = {}
for id in VOTED:
    BALLOTS.update((ballot.id, ballot) for ballot in ballots(QUESTIONS[id]))
TEXT_QUESTION = "E1.8"

each_ballot = pytest.mark.parametrize("ballot", BALLOTS.values(), ids=BALLOTS)


def test_the_page_is_what_the_items_make(tmp_path: Path) -> None:
    made = page.write_votes(tmp_path)
    assert made.read_bytes() == PAGE.read_bytes(), (
        f"{label(PAGE)} is not what the items say: run python3 -m helpers release."
    )


def test_the_page_holds_each_vote_of_the_guides_table() -> None:
    asked = [question.id for _, question in table.voted()]
    assert asked == VOTED and len(VOTED) > 1, "The table of votes in the guide is read otherwise."
    html = PAGE.read_text(encoding="utf-8")
    for id in BALLOTS:
        assert f'<section class="ballot" id="{id}"' in html, f"{id} is not on the page for votes."


@each_ballot
def test_a_ballot_has_its_words_and_passages_on_the_page(ballot: Ballot) -> None:
    html = PAGE.read_text(encoding="utf-8")
    _, _, after = html.partition(f'id="{ballot.id}"')
    shown = after.partition("</section>")[0]
    for extract in ballot.passages:
        for segment in extract.segments:
            exact = EDITION.segments[segment.id].text
            line = f"<p><b>{segment.id}</b> «{escape(exact, quote=True)}»</p>"
            assert unescape(line) in unescape(shown), f"{ballot.id}: {segment.id} is not quoted."
    for option in ballot.options:
        assert option.words.replace("*", "") in plain(shown), f"{ballot.id}: {option.sign}"


def plain(html: str) -> str:
    return unescape(html.replace("<em>", "").replace("</em>", ""))


@each_ballot
def test_a_ballot_has_a_right_option_and_a_wrong_one(ballot: Ballot) -> None:
    assert 0 < len(ballot.right) < len(ballot.options)
    assert ballot.several or len(ballot.right) == 1
    assert not [option.sign for option in ballot.hints if option.right]


@each_ballot
def test_the_answer_stands_in_a_template_and_nowhere_else(ballot: Ballot) -> None:
    """A browser neither shows nor reads aloud what is in a template."""
    html = PAGE.read_text(encoding="utf-8")
    outside = ""
    for part in html.split('<template class="answer">'):
        outside += part.partition("</template>")[2] or part
    first = plain(page._paragraphs(ballot.reason)).partition("</p>")[0]
    assert first in plain(html) and first not in plain(outside), f"{ballot.id} gives its reason."


@each_ballot
def test_what_the_reason_speaks_of_is_quoted_with_it_or_above(ballot: Ballot) -> None:
    quoted = set()
    for extract in (*ballot.passages, *ballot.more):
        quoted |= {segment.id for segment in extract.segments}
    missing = cited_ids(ballot.reason) - quoted
    assert not missing, f"{ballot.id}: {sorted(missing)} is not quoted."


def test_of_a_match_each_line_is_voted_on() -> None:
    match = QUESTIONS["E5.6"]
    lines = ballots(match)
    assert [one.line_sign for one in lines] == list(match.left)
    for one in lines:
        (right,) = one.right
        assert right.sign == match.key[one.line_sign]


def test_where_each_of_several_options_will_do_the_page_says_so() -> None:
    (ballot,) = ballots(QUESTIONS["E8.4"])
    assert [option.sign for option in ballot.right] == ["a", "b"] and ballot.note


def test_a_question_that_hands_cannot_answer_is_named() -> None:
    with pytest.raises(Problem, match=f"{TEXT_QUESTION} cannot be voted on"):
        ballots(find_question(TEXT_QUESTION))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (table.HEADING, "## Votes", "has no table of votes"),
        ("| 00 | N0.1 |", "| 00 | N0.11 |", "There is no question N0.11"),
    ],
)
def test_a_guide_without_that_table_or_question_is_one_line(
    before: str, after: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    guide = tmp_path / "guide.md"
    guide.write_text(GUIDE.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    monkeypatch.setattr(table, "GUIDE", guide)
    with pytest.raises(Problem, match=said) as caught:
        table.voted()
    assert "\n" not in str(caught.value)


def test_markup_in_an_item_stays_words(monkeypatch: pytest.MonkeyPatch) -> None:
    hostile = '<script>alert(1)</script>" onclick="x'
    bad = replace(QUESTIONS["N0.1"], prompt=hostile, explain=hostile)
    monkeypatch.setattr(page, "voted", lambda: [("00", bad)])
    html = page.page()
    assert "<script>alert" not in html and 'onclick="x' not in unescape(html).partition(hostile)[0]
    assert html.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
