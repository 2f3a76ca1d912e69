"""Passages and words: found by id and range, shown as they stand, counted once each."""

from __future__ import annotations

import html
import re

import pytest
from course import EDITION, flat

from helpers import concordance, length, passage, quote, who_speaks
from helpers.edition import Edition, NotInEdition
from helpers.voices import count_words_by_voice

STRETCHES = {
    "B24.3": ["B24.3"],
    "b24.3": ["B24.3"],
    "B18": ["B18.1", "B18.2", "B18.3"],
    "B24.3-B24.5": ["B24.3", "B24.4", "B24.5"],
    "B24.3-5": ["B24.3", "B24.4", "B24.5"],
    "B6–B7": ["B6.1", "B7.1", "B7.2"],
    "B0, T9; W1": ["B0", "T9", "W1"],
    "B0 T9": ["B0", "T9"],
    "G": ["G1", "B0"],
}
CELL = re.compile(r"<t[hd] [^>]*>(.*?)</t[hd]>")


def body() -> str:
    return " ".join(segment.text for segment in EDITION.in_zone("body"))


@pytest.mark.parametrize("ids", STRETCHES)
def test_passages_go_by_id_by_paragraph_and_by_range(ids: str) -> None:
    wanted = STRETCHES[ids]
    found = [segment.id for segment in EDITION.find(ids)]
    assert found[: len(wanted)] == wanted and (ids == "G" or len(found) == len(wanted))


def test_a_passage_shows_exactly_the_words_of_the_source() -> None:
    words = EDITION.segments["B27.1"].text
    assert words in html.unescape(passage("B27.1").html) and EDITION.text.count(words) == 1
    for segment in EDITION.find("B24"):
        assert segment.text in html.unescape(passage("B24").html), segment.id
    assert flat(passage("B24", sentences="3-4").text) == flat(passage("B24.3-4").text)


QUOTED = {
    ("The school will not be closed.", "B15.4"): "Exact.",
    ("June 1956", "Y6"): "Exact.",
    ("June 1956", "Z6"): "Not exact.",
    ("Starting in 1961", "Z18.1"): "Another place. These words stand in Z18.2",
    ("The school will not be closed.", "X99"): "Not found.",
}


@pytest.mark.parametrize("words_and_id", QUOTED, ids=lambda pair: pair[1])
def test_words_are_looked_for_in_the_document_of_their_id(words_and_id: tuple[str, str]) -> None:
    assert flat(quote(*words_and_id).text).startswith(QUOTED[words_and_id])


def test_beside_a_passage_stands_who_speaks() -> None:
    said = flat(passage("B15.4", beside=who_speaks).text)
    assert said.endswith("Voice: Kim Il Sung, as reported by V. I. Ivanov.")
    said = flat(passage("B18-B19", beside=who_speaks).text)
    assert "B18.1–B18.3: Kim Il Sung, as reported by V. I. Ivanov; B19.1: V. I. Ivanov." in said
    assert flat(passage("T1", beside=who_speaks).text).endswith("Voice: outside the entry.")


def test_a_concordance_cuts_no_word() -> None:
    rows = html.unescape(concordance("w*").html).split("<tr>")[2:]
    for row in rows:
        id, left, _, right = CELL.findall(row)
        words = {*left.split()[:-1], *right.split()[1:]}
        assert words <= set(EDITION.segments[id].text.split()), row


def test_a_concordance_counts_every_occurrence_in_the_body() -> None:
    for word, pattern in (("mistake*", r"\bmistake\w*"), ("will", r"(?i)\bwill\b")):
        count = len(re.findall(pattern, body()))
        assert concordance(word).text.startswith(f"{count} lines with {word}"), word
    assert "Voice: Kim Il Sung" in flat(concordance("lack", beside=who_speaks).text)


def test_a_length_counts_words_between_spaces() -> None:
    assert length("B15.4").low == 6 and length("B15.4").unit == "words"
    whole = length("B1-B32")
    assert whole.low == len(body().split())


def test_words_by_voice_add_up_and_follow_the_readers_changes() -> None:
    total = len(body().split())
    counts, problem = count_words_by_voice()
    assert (
        sum(count.at_least for count in counts) <= total <= sum(count.at_most for count in counts)
    )
    assert not problem
    own = {row["segment"]: "kim" for row in EDITION.rows("statements")}
    changed, problem = count_words_by_voice(own)
    assert changed == [("kim", total, total)] and not problem
    assert "B99" in count_words_by_voice({"B99": "kim"})[1]


def test_a_damaged_source_is_noticed(tmp_path: object) -> None:
    with pytest.raises(FileNotFoundError):
        Edition(str(tmp_path))
    with pytest.raises(NotInEdition, match="Nearest"):
        Edition().find("Z1")
