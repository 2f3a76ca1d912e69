"""A slip in the course's own questions stops grading with one line, and not with a traceback."""

from __future__ import annotations

from pathlib import Path

import pytest
from made_class import lay, solved_sheet

from helpers.grading import whole_class
from helpers.grading.command import grade_class
from helpers.questions import items, rubrics
from helpers.questions.fields import FaultyItem


def test_a_hint_without_its_closing_mark_stops_grading_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "06.toml").write_text('hint = "unclosed\n', encoding="utf-8")
    monkeypatch.setattr(items, "ITEMS", tmp_path)
    monkeypatch.setattr(items, "_rows", items._rows.__wrapped__)
    read_anew = items.question_set.__wrapped__
    monkeypatch.setattr(whole_class, "sheets", lambda: read_anew("06"))
    place = lay(tmp_path / "in", anna=solved_sheet())
    said = grade_class([str(place), "--into", str(tmp_path / "into")])
    assert said is not None and said.count("exercises/items/06.toml") == 1, said
    assert "\n" not in said and not said.endswith(".."), said


def test_a_text_without_a_rubric_is_a_faulty_item() -> None:
    with pytest.raises(FaultyItem, match=r"exercises/rubrics has no file .* E99\.9-"):
        rubrics.rubric_file("E99.9")
