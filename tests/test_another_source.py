"""The module serves another source: an invented document, its tables made as the guide says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from course import ROOT, flat
from frictionless import validate
from tiling import assert_its_segments_tile_it

import helpers
from helpers.edition import Edition, use

WORDS = {word: getattr(helpers, word) for word in helpers.WORDS}
ANOTHER = ROOT / "tests/another-source"
OURS = re.compile("Ivanov|Korea|1956")  # of the course's own source
MARKED = ("apparatus", "dates", "quantities")  # tables whose rows have a place in the text


@pytest.fixture
def another_source() -> Iterator[Edition]:
    yield use(ANOTHER)
    use()


def test_another_source_keeps_the_same_rules() -> None:
    report = validate(str(ANOTHER / "datapackage.json"))
    problems = report.flatten(["title", "rowNumber", "fieldName", "message"])
    assert report.valid, problems[:5]
    found = Edition(ANOTHER)
    assert_its_segments_tile_it(found)
    for name in MARKED:
        for row in found.rows(name):
            marked = found.text[int(row["start"]) : int(row["end"])]
            assert marked == row["text"], f"{name}: {row['id']}"


SERVED = {  # what a notebook says, and a part of what it is shown
    "passage('B4.1', beside=who_speaks)": "the miller, as reported by the clerk Ida Moor",
    "quote('The roof will be mended', 'B5.2')": "Exact.",
    "concordance('bridge')": "2 lines with bridge in",
    "cues('B2-B6')": "explicit",
    "acts('B6')": "conditional plan",
    "voice_ladder('B4.1')": "the miller ▸ the clerk Ida Moor ▸ us",
    "glossary('sacks')": "of flour, it seems",
    "layers()": "2 layers of writing",
    "brackets(kinds=True)": "1 pairs of brackets",
    "timeline()": "Timeline in 1 lanes",
    "chain_of_hands()": "an editor",
    "voice_figure()": "Bar chart of 3",
    "order_figure()": "2. the road, raised in B3, is answered in B5.1, place 1",
    "dispersion('sack*')": "sack* stands 3 times",
    "gap_figure(quantity('B4.2'), quantity('B4.3'))": "5 to 15 sacks",
    "plan_tree()": "if rain comes",
    "calendar(1921, 1922)": "June 1921 (promised)",
    "outcome_calendar('roof')": "outcome mended in July 1921 (later)",
    "series_figure('sacks', quantity('B4.2'), quantity('B4.3'), 1921)": "1921: 43 sacks",
    "works('01')": "Parish book of Aldora",
    "shelf('Parish book')": "another office",
    "reveal({'B5.2': 'as planned'})": "mended in July 1921",
    "dossier('roof', {1: 'mended'})": "Card 2 of 2",
    "witness_figure('roof')": "told later: another office",
    "evidence('The roof will be mended in June. | B5.2 | miller | suggests | for')": "in order",
    "statement_filter('promise').describe('promise')": "2 statements with promise",
    "harvest_and_gap(quantity('B4.2'), quantity('B4.3'), -1, 1).describe(0)": "5 sacks missing",
    "unknown_total(quantity('B4.1'), [40, 100]).describe(100)": "about 40%",
}


@pytest.mark.parametrize("asked", SERVED)
def test_the_module_serves_another_source(another_source: Edition, asked: str) -> None:
    view = eval(asked, dict(WORDS))
    text = flat(view.text)
    assert SERVED[asked] in text and "Not found" not in text, text[:200]
    assert not OURS.search(text), f"A fact about the course's own source in: {text[:200]}"
