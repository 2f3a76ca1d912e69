"""Teach tomorrow: the class of ninety minutes on one page, exact as the guide is."""

from __future__ import annotations

import re

import pytest
from course import QUESTIONS, ROOT, TOMORROW
from paper import EXERCISE, FOLDER, LEARNERS, OF_THE_PAGE, REPLIES, pages_of, planned
from test_guide import plan, rows

TEXT = TOMORROW.read_text(encoding="utf-8")
TO_PRINT, HOUR = [rows(part) for part in TEXT.split("\n## ")[1:3]]
MINUTES = re.compile(r"(\d+)–(\d+)")
VOTE = re.compile(r"^- \*\*(E\d+\.\d+b?) is (\w)\.\*\*", re.M)
WORDS = (450, 600)
CLASS = "One class of 90 minutes"


def pages_in(cell: str) -> list[int]:
    """The pages that a cell names: 6, 7 and 8 for 6–8."""
    first, _, last = cell.partition("–")
    return list(range(int(first), int(last or first) + 1))


def on_paper(id: str) -> int:
    """The page of the learners' handout on which a question begins."""
    begins = re.compile(rf"^{re.escape(id)} \d+ minutes", re.M)
    return next(page.number for page in pages_of(LEARNERS) if begins.search(page.words))


def test_it_is_short() -> None:
    count = len(TEXT.split())
    least, most = WORDS
    assert least <= count <= most, f"teach-tomorrow.md has {count} words, not {least} to {most}."


@pytest.mark.parametrize("row", TO_PRINT, ids=lambda row: row[0])
def test_what_is_to_be_printed_has_so_many_pages(row: list[str]) -> None:
    name = re.search(r"handouts/([\w-]+\.pdf)\)", row[0])[1]
    assert name in (LEARNERS, REPLIES), f"teach-tomorrow.md: {name} is no handout."
    count = len(pages_of(name))
    assert int(row[1]) == count, f"teach-tomorrow.md: {name} has {count} pages, not {row[1]}."


def test_both_handouts_are_to_be_printed() -> None:
    named = {path.name for path in FOLDER.glob("*.pdf") if path.name in TEXT}
    assert named == {LEARNERS, REPLIES}, f"teach-tomorrow.md has {named} printed."


def test_the_minutes_are_those_of_the_guide() -> None:
    told = [MINUTES.fullmatch(row[0]) for row in HOUR]
    spans = [(int(hit[1]), int(hit[2])) for hit in told if hit]
    lengths = [end - begin for begin, end in spans]
    wanted = [row.minutes for row in plan(CLASS)]
    assert lengths == wanted, f"teach-tomorrow.md: minutes {lengths}; the guide has {wanted}."
    starts = [begin for begin, _ in spans]
    ends = [0, *(end for _, end in spans)]
    assert starts == ends[:-1], "teach-tomorrow.md: the minutes leave a gap, or overlap."


def test_the_exercises_are_those_of_the_guide() -> None:
    named = [id for row in HOUR for id in EXERCISE.findall(row[2]) if id not in OF_THE_PAGE]
    assert named == planned(), f"teach-tomorrow.md has {named}; the guide has {planned()}."


def test_an_exercise_is_on_the_page_that_is_named() -> None:
    for _, pages, what, _ in HOUR:
        for id in EXERCISE.findall(what):
            there = on_paper(id)
            assert there in pages_in(pages), f"teach-tomorrow.md: {id} is on page {there}."


def test_the_source_is_on_the_pages_that_are_named() -> None:
    (before,) = [row for row in HOUR if row[0] == "before"]
    there = [page.number for page in pages_of(LEARNERS) if page.title.endswith("The source")]
    assert pages_in(before[1]) == there, f"teach-tomorrow.md: the source is on pages {there}."


def test_the_answers_to_the_votes_are_the_keys() -> None:
    told = dict(VOTE.findall(TEXT))
    voted = [EXERCISE.search(row[2].partition("Vote on")[2]) for row in HOUR]
    assert list(told) == [hit[0] for hit in voted if hit], (
        "teach-tomorrow.md: a vote lacks its key."
    )
    for id, answer in told.items():
        key = QUESTIONS[id].key
        assert answer == key, f"teach-tomorrow.md: the key of {id} is {key}, not {answer}."


def test_a_page_that_is_read_with_the_class_is_of_that_sheet() -> None:
    for hit in re.finditer(r"Read page (\d+)", TEXT):
        title = pages_of(LEARNERS)[int(hit[1]) - 1].title
        assert "01" in title, f"teach-tomorrow.md: page {hit[1]} is “{title}”."


def test_the_readme_leads_here() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "(exercises/teach-tomorrow.md)" in readme, "README: the door of ninety minutes."
