"""The pages of the site: which notebooks it holds, and under which names.

JupyterLite keeps one session for each file *name*, so a lesson and its sheet must not share one: in
the site a sheet is called exercises-00-start-here.ipynb.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from helpers.authoring.places import ROOT

SHEET = re.compile(r"(exercises/release/[^/\s)]+/)(\d\d-[^/\s)]+\.ipynb)")
RENAMED = r"\1exercises-\2"


@dataclass(frozen=True)
class Page:
    """A file of the course. place: its path in the site, from the top."""

    file: Path
    place: str

    @property
    def text(self) -> str:
        """What it holds, with the sheets' names as the site has them."""
        return SHEET.sub(RENAMED, self.file.read_text(encoding="utf-8"))


def all_pages() -> list[Page]:
    """Lessons, then sheets."""
    return [*lessons(), *sheets()]


def lessons() -> list[Page]:
    """The fifteen minutes, the lessons, and the page on keyboard and screen reader."""
    numbered = sorted(ROOT.glob("notebooks/[0-9]*.ipynb"))
    first = sorted(ROOT.glob("notebooks/[a-z]*.ipynb"))
    others = sorted(ROOT.glob("notebooks/*.md"))
    return [_page(file) for file in [*first, *numbered, *others]]


def sheets() -> list[Page]:
    """The sheets for learners, in their order."""
    return [_page(file) for file in sorted(ROOT.glob("exercises/release/*/*.ipynb"))]


def _page(file: Path) -> Page:
    place = file.relative_to(ROOT).as_posix()
    return Page(file, SHEET.sub(RENAMED, place))
