"""Asked for what is not there, a word answers in one line that names what there is."""

from __future__ import annotations

import pytest
from course import flat

import helpers

WORDS = {word: getattr(helpers, word) for word in helpers.WORDS}
ASKED = {  # what a notebook says, and a part of what is answered
    "passage('B99')": "Nearest: B9",
    "passage('B24.9')": "Nearest: B24",
    "passage('B24', sentences='9')": "Nearest",
    "passage(12)": "in quotation marks",
    "passage('')": "in quotation marks",
    "passage(',')": "in quotation marks",
    "passage(None)": "in quotation marks",
    "passage('B1', beside='who_speaks')": "without quotation marks",
    "voice_ladder(' ; ')": "in quotation marks",
    "voice_ladder('T1')": "outside the entry",
    "quote('Only good', 'B99')": "Nearest",
    "quote('', 'B13.4')": "words and the id",
    "quote(4, 'B13.4')": "words and the id",
    "concordance('')": "quotation marks",
    "concordance('xyzzy')": "0 lines",
    "concordance('mistak')": "write mistak* with a star",
    "concordance('will', 'mistake')": "Name one word only",
    "concordance('will', beside=True)": "beside=who_speaks",
    "cues('Q1')": "Nearest",
    "acts('B12', {'B2.1': 'x'})": "Name sentences of B12",
    "acts('B12', 'promise')": "Name sentences of B12",
    "length('B99')": "Nearest",
    "table('tables')": "The tables are",
    "table('dates', 'B99')": "Nearest",
    "table('dates', nothing=1)": "has no column nothing",
    "glossary('zzz')": "The glossary has",
    "quantity('B2.4')": "No number in B2.4",
    "quantity('B30.1')": "Name one by its unit",
    "quantity('B99')": "Nearest",
    "works('zzz')": "No works are listed",
    "works(44)": "No works are listed",
    "shelf('zzz')": "No such work",
    "reveal({'B99': 'x'})": "No plan with an outcome",
    "reveal({'B24.3': ''})": "Guess first",
    "voice_figure({'B99': 'kim'})": "B99",
    "outcome_calendar()": "No dated plan",
    "series_figure('x', None, None, 0)": "There are: grain_official",
    "order_figure({'9': 'B1'})": "Name a concern",
    "order_figure({'4': 'B99'})": "Nearest",
    "order_figure(7)": "Name a concern",
    "dispersion()": "a star stands",
    "dispersion(3)": "a star stands",
    "calendar(1958, 1955)": "Name years",
    "calendar('a', None)": "Name years",
    "evidence('')": "No evidence yet.",
    "keep('a', '')": "Nothing to keep yet.",
    "kept('nothing')": "Nothing kept.",
}


@pytest.mark.usefixtures("working_copy")
@pytest.mark.parametrize("asked", ASKED)
def test_what_is_not_there_gets_one_line_and_no_traceback(asked: str) -> None:
    reply = eval(asked, dict(WORDS))
    assert ASKED[asked] in flat(reply.text), reply.text
    assert "Traceback" not in reply.text
