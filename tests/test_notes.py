"""What a learner keeps comes back with every wording, and a damaged file is left alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from helpers import notes, working_copy


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file of notes, in a working copy that is not there yet."""
    path = tmp_path / "my-work" / "my-notes.json"
    monkeypatch.setattr(working_copy, "NOTES", path)
    return path


def test_notes_are_kept_and_come_back_with_every_wording(file: Path) -> None:
    assert "Kept." in notes.keep("00 guess", "one went").text
    assert "Kept." in notes.keep("00 guess", "<b>nobody</b> went").text
    said = notes.kept("00 guess")
    assert "one went" in said.text
    assert "&lt;b&gt;nobody" in said.html
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert kept == {"00 guess": ["one went", "<b>nobody</b> went"]}


def test_nothing_is_kept_of_nothing(file: Path) -> None:
    assert "Nothing to keep" in notes.keep("00 guess", "").text
    assert not file.exists()
    assert "Nothing kept" in notes.kept("00 guess").text


@pytest.mark.parametrize("damaged", ["not json", "[]", '{"00 guess": 3}'])
def test_a_damaged_file_of_notes_is_left_alone(file: Path, damaged: str) -> None:
    file.parent.mkdir()
    file.write_text(damaged, encoding="utf-8")
    assert "Not kept" in notes.keep("00 guess", "words").text
    assert file.read_text(encoding="utf-8") == damaged
    assert notes.kept("00 guess").text
