"""The edition: one text, the segments that tile it, and the tables that stand off from it.

Knows neither how things are shown nor what is asked about them, and holds no fact of its own: point
`use` at another folder with a `datapackage.json` and the same tables, and it serves another source.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
QUOTE_MARKS = str.maketrans(dict.fromkeys('"“”„‘’‚`´', "'") | {"«": "", "»": ""})
DASHES = "-–—"


class NotInEdition(LookupError):
    """What was asked for is not there. The message is one line for a reader, with the nearest that is."""


class Segment(NamedTuple):
    """A stretch of the text: for the body a sentence, elsewhere a line. `start` and `end` count characters."""

    id: str
    zone: str
    layer: str
    line: int
    start: int
    end: int
    text: str

    @property
    def paragraph(self) -> str:
        return self.id.partition(".")[0]


class Edition:
    """Everything in one folder: `text`, `segments` in reading order, `rows(name)` of each table."""

    def __init__(self, folder: Path | str = SEEDS) -> None:
        self.folder = Path(folder)
        package = json.loads((self.folder / "datapackage.json").read_text(encoding="utf-8"))
        self.resources: dict[str, dict] = {resource["name"]: resource for resource in package["resources"]}
        self._rows: dict[str, list[dict[str, str]]] = {}

    @cached_property
    def text(self) -> str:
        return (self.folder / self.resources["source"]["path"]).read_bytes().decode("utf-8")

    @property
    def tables(self) -> list[str]:
        return [name for name, resource in self.resources.items() if resource.get("format") == "csv"]

    def path(self, name: str) -> Path:
        """The file of a table. Raises NotInEdition for a name that is no table."""
        if name not in self.tables:
            raise NotInEdition(f"There is no table {shorten(name)}. The tables are: {', '.join(self.tables)}.")
        return self.folder / self.resources[name]["path"]

    def rows(self, name: str) -> list[dict[str, str]]:
        """The rows of a table as dictionaries of text."""
        if name not in self._rows:
            with open(self.path(name), encoding="utf-8", newline="") as file:
                self._rows[name] = list(csv.DictReader(file))
        return self._rows[name]

    def by_id(self, name: str) -> dict[str, dict[str, str]]:
        """The rows of a table by their column `id`: works, plans, agents, …"""
        return {row["id"]: row for row in self.rows(name)}

    @cached_property
    def segments(self) -> dict[str, Segment]:
        found = [Segment(r["id"], r["zone"], r["layer"], int(r["line"]), int(r["start"]), int(r["end"]), r["text"])
                 for r in self.rows("segments")]
        return {segment.id: segment for segment in found}

    def in_zone(self, zone: str) -> list[Segment]:
        """The segments of one part of the page, such as "body", in reading order."""
        return [segment for segment in self.segments.values() if segment.zone == zone]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Every name a passage can be called by (B24.3, B24, B) and where in the reading order it stands."""
        places: dict[str, list[int]] = {}
        for place, segment in enumerate(self.segments.values()):
            for name in {segment.id, segment.paragraph, segment.id[0]}:
                places.setdefault(name, []).append(place)
        return places

    def find(self, ids: str) -> list[Segment]:
        """The segments of "B24.3", "B24", "B24.3-B24.5", "B24.3-5", "B4-B11", "H", or several with commas.

        Raises NotInEdition, with the nearest ids, for anything else.
        """
        parts = list(filter(str.strip, re.split(r"[,;]|\s+(?=[A-Za-z]\d)", ids[:200]))) if isinstance(ids, str) else []
        if not parts:
            raise NotInEdition('Write the id of a passage in quotation marks, for example "B24.3" or "B24".')
        found: dict[str, Segment] = {}
        for part in parts:
            ends = [end.strip().upper() for end in re.split(f"[{DASHES}]", part) if end.strip()] or [part.strip()]
            if len(ends) == 2 and ends[1].isdigit() and "." in ends[0]:
                ends[1] = f"{ends[0].partition('.')[0]}.{ends[1]}"  # B24.3-5
            places = [place for end in ends for place in self._place(end)]
            for segment in list(self.segments.values())[min(places):max(places) + 1]:
                found[segment.id] = segment
        return list(found.values())

    def _place(self, name: str) -> list[int]:
        if name not in self._places:
            near = get_close_matches(name, self._places, n=3, cutoff=0)
            raise NotInEdition(f"There is no passage {shorten(name)}. Nearest: {', '.join(near)}.")
        return self._places[name]

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {segment.id: fold(segment.text) for segment in self.segments.values()}

    def where(self, words: str) -> Iterator[str]:
        """Ids of the segments that hold these words, whole; white space and the shape of quote marks do not count."""
        wanted = fold(words)
        whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        return (name for name, folded in self._folded.items() if wanted and wanted in folded and whole.search(folded))


def fold(words: str) -> str:
    """Words with single spaces, one kind of quote mark and none around them: how quotations are compared."""
    return " ".join(words.translate(QUOTE_MARKS).split()).strip("' ")


def shorten(value: object, length: int = 40) -> str:
    """What somebody wrote, fit to be repeated in one line."""
    text = " ".join(str(value).encode("utf-8", "replace").decode().split()) if isinstance(value, str) else f"of type {type(value).__name__}"
    return text if len(text) <= length else text[:length - 1] + "…"


_folder = SEEDS
_read = cache(Edition)


def use(folder: Path | str = SEEDS) -> Edition:
    """Read from another folder from now on; without a folder, from the course's own again."""
    global _folder
    _folder = Path(folder)
    return edition()


def edition() -> Edition:
    """The edition in use, read once."""
    return _read(_folder)
