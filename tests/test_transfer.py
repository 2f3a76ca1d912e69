"""Rule 1, of the other documents: each is one untouched file, its segments tile it, its rights stay
with it. And what was gained is told from a learner's first answers.
"""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

import pytest
from course import QUESTIONS, ROOT, flat, strings
from frictionless import validate
from tiling import assert_its_segments_tile_it

from helpers import check, gained, passage
from helpers.edition import Edition, edition_of
from helpers.gains import UNSEEN
from helpers.questions import Practice
from helpers.remarks import on_quotations

FOLDERS = sorted((ROOT / "seeds/transfer").iterdir())
UNSEEN_QUESTIONS = {
    id: question for id, question in QUESTIONS.items() if question.skill.startswith(UNSEEN)
}
QUOTED = re.compile(r"“([^”]+)” \(([XYZ]\d+(?:\.\d+)?)\)")
SNIPPET = re.compile(r"^(?P<words>[^“”]+) \((?P<id>[XYZ]\d+(?:\.\d+)?)\)$")
WHOSE_HAND = ("N1.4", "N10.7")  # their choices are words of the document
BEFORE, AFTER = "01", "10"

each_document = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


@each_document
def test_the_tables_of_another_document_are_valid(folder: Path) -> None:
    report = validate(str(folder / "datapackage.json"))
    problems = report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert report.valid, problems[:5]


@each_document
def test_another_document_is_one_untouched_file(folder: Path) -> None:
    source = Edition(folder).resources["source"]
    content = (folder / source["path"]).read_bytes()
    pinned = source["hash"].removeprefix("sha256:")
    assert hashlib.sha256(content).hexdigest() == pinned, f"{folder.name}: its text was changed."
    for part in ("rights", "provenance"):
        assert source[part], f"{folder.name}: datapackage.json gives no {part}."


@each_document
def test_its_segments_tile_it(folder: Path) -> None:
    assert_its_segments_tile_it(Edition(folder))


@each_document
def test_its_ids_lead_to_it_and_to_no_other(folder: Path) -> None:
    other = Edition(folder)
    first = next(iter(other.segments))
    assert edition_of(first).segments == other.segments
    shown = flat(passage(first[0]).text)
    for segment in other.segments.values():
        words, *_ = segment.text.split(" [")
        assert flat(words)[:40] in shown, f"passage('{first[0]}') leaves out {segment.id}."


@pytest.mark.parametrize("id", UNSEEN_QUESTIONS)
def test_a_question_on_another_document_quotes_it_letter_by_letter(id: str) -> None:
    question = UNSEEN_QUESTIONS[id]
    assert isinstance(question, Practice)
    found = [QUOTED.findall(text) for text in strings(question)]
    pairs = [pair for several in found for pair in several]
    hits = [SNIPPET.match(words) for words in question.choices[0].values()]
    pairs += [(hit["words"], hit["id"]) for hit in hits if hit and id in WHOSE_HAND]
    for words, segment in pairs:
        text = edition_of(segment).segments[segment].text
        assert words in text, f"{id}: “{words}” does not stand in {segment}."
    for ids in question.evidence:
        assert ids[0] in "XYZ", f"{id}: {ids} is no passage of another document."


EXACT = ("(«June 1956», Y6)", "(«“13” June 1956», Y6)", "«June 1956» (Y6)", "«June 1956»")
INEXACT = ("(«June 1956», Z6)", "«June 1957»")


def test_exact_words_of_another_document_get_no_remark() -> None:
    for text in EXACT:
        assert not on_quotations(text), f"{text} is exact."
    for text in INEXACT:
        assert on_quotations(text), f"{text} is not exact."


def test_the_same_skills_are_tried_before_and_after() -> None:
    skills: dict[str, list[str]] = {BEFORE: [], AFTER: []}
    for id, question in UNSEEN_QUESTIONS.items():
        number = id.partition(".")[0][1:].zfill(2)
        skills[number].append(question.skill)
    assert skills[BEFORE] == skills[AFTER], "Each skill once in 01 and once in 10, in one order."


@pytest.mark.usefixtures("working_copy")
def test_the_first_answers_stand_side_by_side() -> None:
    nothing = flat(gained().text)
    assert nothing.count("not tried") == len(UNSEEN_QUESTIONS)
    right, wrong, mended = "N1.7", "N1.6", "N10.10"
    check(right, QUESTIONS[right].key)
    check(right, "a")  # a slip later on takes nothing away
    check(wrong, "a")
    check(wrong, QUESTIONS[wrong].key)  # nor does it count as right at once
    check(mended, QUESTIONS[mended].key)
    said = flat(gained().text)
    assert "asked and granted; In notebook 01: not at once; In notebook 10: not tried" in said
    assert "dates and their jobs; In notebook 01: right at once; In notebook 10: right at" in said
    assert "1 of 5 in notebook 01, 1 of 5 in notebook 10" in said
