"""Rule 2: every quotation is exact, letter by letter, in the segment that is cited right after."""

from __future__ import annotations

import re

import pytest
from course import EDITION, ID, ITEMS, QUOTATION, cited, flat, segments_of, texts
from homes import CODE_OR_LINK

from helpers.edition import edition_of

TEXTS = texts()
BEFORE_THE_ID = re.compile(r"[\s,.;:!?*\"”’]*\(?\s*")  # what may stand between words and id
each_text = pytest.mark.parametrize("where", TEXTS)
THE_MARKS_THEMSELVES = "…"
OMISSION = "[…]"
OTHER_WORKS = [work for work in EDITION.works.values() if work.kind != "source"]
WITH_SEGMENT = [name for name in EDITION.tables if "segment" in EDITION.rows(name)[0]]


def home_of(block: str, hit: re.Match[str]) -> frozenset[str]:
    """The segments that are cited right after a quotation; none where no id follows."""
    gap = BEFORE_THE_ID.match(block, hit.end())
    for citation in cited(block):
        if gap and citation.start == gap.end():
            return citation.ids
    return frozenset()


def stands_in(words: str, ids: frozenset[str]) -> bool:
    """Whether whole words stand in one of these segments, line breaks aside."""
    begin = r"\b" if words[:1].isalnum() else ""
    end = r"\b" if words[-1:].isalnum() else ""
    exact = re.compile(begin + re.escape(flat(words)) + end)
    return any(exact.search(flat(edition_of(id).segments[id].text)) for id in ids)


def fault_of(block: str, hit: re.Match[str]) -> str:
    """What is wrong with a quotation, or nothing."""
    if hit[1] == THE_MARKS_THEMSELVES:
        return ""
    home = home_of(block, hit)
    if not home:
        return f"no passage is cited right after {hit[0]}: write its id in brackets behind it."
    if not stands_in(hit[1], home):
        return f"{hit[0]} does not stand in {', '.join(sorted(home))}: copy it letter by letter."
    return ""


@each_text
def test_every_quotation_stands_in_the_passage_cited_right_after_it(where: str) -> None:
    for block in TEXTS[where]:
        for hit in QUOTATION.finditer(block):
            fault = fault_of(block, hit)
            assert not fault, f"{where}: {fault}"


@each_text
def test_quotation_marks_come_in_pairs(where: str) -> None:
    for block in TEXTS[where]:
        rest = QUOTATION.sub("", block)
        assert not re.search("[«»]", rest), f"{where}: « without », or » without «: “{block[:80]}”."


@each_text
def test_every_passage_that_is_cited_exists(where: str) -> None:
    for block in TEXTS[where]:
        bare = CODE_OR_LINK.sub("", block)
        for citation in cited(bare):
            name = bare[citation.start : citation.end]
            assert citation.ids, f"{where}: there is no passage {name}."


@pytest.mark.parametrize("id", [id for id, row in ITEMS.items() if "left" in row])
def test_every_snippet_to_sort_is_exact(id: str) -> None:
    """Snippets are options, such as "Pyongyang (H10)", or "first words … last words (B4.1)"."""
    of_another_paper = any(work.short in ITEMS[id]["prompt"] for work in OTHER_WORKS)
    for snippet in ITEMS[id]["left"].values():
        if of_another_paper and not snippet.endswith(")"):
            continue  # no text of it is kept here
        words, _, name = snippet.rpartition(" (")
        home = segments_of(name.rstrip(")").replace(" to ", "-"))
        pieces = [words] if words == OMISSION else words.split(" … ")
        for piece in pieces:
            assert stands_in(piece, home), f"item {id}: “{piece}” does not stand in {name}"


@pytest.mark.parametrize("name", WITH_SEGMENT)
def test_every_quotation_in_a_table_is_exact(name: str) -> None:
    """It stands in the segment named right after it or last before it, else in the row's own."""
    for row in EDITION.rows(name):
        for words in row.values():
            for hit in QUOTATION.finditer(words):
                home = home_of(words, hit) or home_in_note(words[: hit.start()], row["segment"])
                assert stands_in(hit[1], home), (
                    f"{name}.csv, {row['segment']}: {hit[0]} does not stand in {sorted(home)}."
                )


def home_in_note(before: str, own: str) -> frozenset[str]:
    """The segment that a note names last before a quotation, else that of its row."""
    named = re.findall(ID, before)
    return frozenset([named[-1] if named else own])
