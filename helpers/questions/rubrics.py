"""Rubrics: what a text shows at each level, with an anchor, from exercises/rubrics."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from helpers.questions.fields import FaultyItem
from helpers.questions.items import EXERCISES

RUBRICS = EXERCISES / "rubrics"
LEVEL = re.compile(r"^## Level (\d)\n", re.M)
QUOTED = re.compile(r"^> ?", re.M)  # how a file sets off an anchor
ROW = re.compile(r"^- ([^:]+): (.+)$", re.M)
ONE_ROW = "What the answer shows"


class Level(NamedTuple):
    """One level: its number, what a text at it shows, and an example, the anchor."""

    number: str
    shows: str
    anchor: str

    @property
    def rows(self) -> dict[str, str]:
        """What is shown, by the rows of the rubric; a rubric without rows has one."""
        return dict(ROW.findall(self.shows)) or {ONE_ROW: self.shows}


def rubric_file(id: str) -> Path:
    """The file of a text question's rubric. Raises FaultyItem."""
    for file in RUBRICS.glob(f"{id}-*.md"):
        return file
    raise FaultyItem(f"exercises/rubrics has no file whose name begins with {id}-. Write one.")


def rubric(id: str) -> list[Level]:
    """The levels of a text question, the highest first."""
    parts = LEVEL.split(rubric_file(id).read_text(encoding="utf-8"))[1:]
    levels = []
    for number, part in zip(parts[::2], parts[1::2], strict=True):
        shows, _, anchor = part.strip().partition("\n\n")
        levels.append(Level(number, shows, QUOTED.sub("", anchor)))
    return levels
