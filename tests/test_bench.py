"""The benchmarks measure what they say they measure."""

from __future__ import annotations

import re
from pathlib import Path

from bench import course_speed
from bench.longer import write_longer
from course import EDITION, SETS

from helpers.edition import Edition

QUOTATION = "Only good will come from this."


def test_the_bench_makes_a_longer_edition_that_is_one(tmp_path: Path) -> None:
    write_longer(EDITION, 3, tmp_path)
    longer = Edition(tmp_path)
    assert len(longer.text) == 3 * len(EDITION.text)
    assert len(longer.segments) == 3 * len(EDITION.segments)
    for segment in longer.segments.values():
        assert longer.text[segment.start : segment.end] == segment.text
    assert len(list(longer.where(QUOTATION))) == 3


def test_the_bench_judges_answers_to_every_practice_question() -> None:
    (count,) = re.findall(r"\d+", course_speed._check()[0])
    asked = sum(len(questions.practice) for questions in SETS.values())
    assert int(count) == asked * len(course_speed.ANSWERS)
