"""The edition: one text, the segments that tile it, and the tables that stand off from it.

Knows neither how things are shown nor what is asked about them, and holds no fact of its own: point
`use` at another folder with a `datapackage.json` and the same tables, and it serves another source.
"""

from __future__ import annotations

import csv
import json
import re
from dataclasses import dataclass, fields
from difflib import get_close_matches
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
OTHERS = SEEDS / "transfer"  # other documents, to try what was learned on
QUOTE_MARKS = str.maketrans(dict.fromkeys('"“”„‘’‚`´', "'") | {"«": "", "»": ""})
DASHES = "-–—"
LONGEST = 200  # characters of what somebody wrote for a passage that are read

Row = dict[str, str]  # of a table, by column

Record = TypeVar("Record", bound="DataclassInstance")


class NotInEdition(LookupError):
    """What was asked for is not there. The message is one line, with the nearest that is."""


class Segment(NamedTuple):
    """A stretch of the text: for the body a sentence, elsewhere a line.

    start, end: characters from the beginning of the text.
    """

    id: str
    zone: str
    layer: str
    line: int
    start: int
    end: int
    text: str

    @property
    def paragraph(self) -> str:
        """The id of the paragraph: B24 for B24.3; a segment without sentences is its own."""
        return self.id.partition(".")[0]

    @property
    def sentence(self) -> str:
        """The number of the sentence in its paragraph: 3 for B24.3; elsewhere nothing."""
        return self.id.partition(".")[2]


@dataclass(frozen=True)
class Work:
    """A work that is cited.

    read: how much of it was read; copy: which copy, if not the one at the address; tie: how it is
    tied to the source; notebooks: their numbers.
    """

    id: str
    kind: str
    author: str
    short: str
    citation: str
    url: str
    read: str
    note: str
    copy: str
    tie: str
    notebooks: str


class Edition:
    """Everything in one folder: `text`, `segments` in reading order, `rows(name)` of each table."""

    def __init__(self, folder: Path | str = SEEDS) -> None:
        self.folder = Path(folder)
        descriptor = (self.folder / "datapackage.json").read_text(encoding="utf-8")
        self.resources: dict[str, dict[str, Any]] = {}
        for resource in json.loads(descriptor)["resources"]:
            self.resources[resource["name"]] = resource
        self._rows: dict[str, list[Row]] = {}

    @cached_property
    def text(self) -> str:
        """The source, character by character."""
        path: str = self.resources["source"]["path"]
        return (self.folder / path).read_bytes().decode("utf-8")

    @property
    def tables(self) -> list[str]:
        """The names of all tables."""
        return [name for name, file in self.resources.items() if file.get("format") == "csv"]

    def path(self, name: str) -> Path:
        """The file of a table. Raises NotInEdition for a name that is no table."""
        if name not in self.tables:
            there = ", ".join(self.tables)
            raise NotInEdition(f"There is no table {shorten(name)}. The tables are: {there}.")
        path: str = self.resources[name]["path"]
        return self.folder / path

    def rows(self, name: str) -> list[Row]:
        """The rows of a table. Raises NotInEdition for a name that is no table."""
        if name not in self._rows:
            with open(self.path(name), encoding="utf-8", newline="") as file:
                self._rows[name] = list(csv.DictReader(file))
        return self._rows[name]

    def records(self, name: str, kind: type[Record]) -> list[Record]:
        """The rows of a table as objects of a dataclass, each of whose fields is a column."""
        columns = [field.name for field in fields(kind)]
        found = []
        for row in self.rows(name):
            values = [row[column] for column in columns]
            found.append(kind(*values))
        return found

    def by_id(self, name: str) -> dict[str, Row]:
        """The rows of a table by their column `id`: works, plans, agents, …"""
        return {row["id"]: row for row in self.rows(name)}

    @cached_property
    def segments(self) -> dict[str, Segment]:
        """All segments by id, in reading order."""
        return {row["id"]: _segment(row) for row in self.rows("segments")}

    @property
    def works(self) -> dict[str, Work]:
        """All works by id."""
        return {work.id: work for work in self.records("works", Work)}

    def in_zone(self, zone: str) -> list[Segment]:
        """The segments of one part of the page, such as "body", in reading order."""
        return [segment for segment in self.segments.values() if segment.zone == zone]

    def find(self, ids: str) -> list[Segment]:
        """The segments that one or several ids name, with commas between them.

        An id names a sentence ("B24.3"), a paragraph ("B24"), a part of the page ("H") or a
        stretch ("B24.3-B24.5", "B24.3-5", "B4-B11").
        Raises NotInEdition, with the nearest ids, for anything else.
        """
        parts = _parts_of(ids)
        if not parts:
            raise NotInEdition(
                'Write the id of a passage in quotation marks, for example "B24.3" or "B24".'
            )
        found: dict[str, Segment] = {}
        for part in parts:
            for segment in self._stretch(part):
                found[segment.id] = segment
        return list(found.values())

    def where(self, words: str) -> list[str]:
        """Ids of the segments that hold these words, whole.

        White space and the shape of quote marks do not count.
        """
        wanted = fold(words)
        if not wanted:
            return []
        whole = re.compile(rf"(?<!\w){re.escape(wanted)}(?!\w)")
        near = [id for id, folded in self._folded.items() if wanted in folded]
        return [id for id in near if whole.search(self._folded[id])]

    def _stretch(self, part: str) -> list[Segment]:
        """The segments from the first end that `part` names to the last."""
        ends = [end.strip().upper() for end in re.split(f"[{DASHES}]", part) if end.strip()]
        if len(ends) == 2 and ends[1].isdigit() and "." in ends[0]:  # B24.3-5
            paragraph = ends[0].partition(".")[0]
            ends[1] = f"{paragraph}.{ends[1]}"
        places: list[int] = []
        for end in ends or [part.strip()]:
            places += self._places_of(end)
        in_order = list(self.segments.values())
        return in_order[min(places) : max(places) + 1]

    def _places_of(self, name: str) -> list[int]:
        if name not in self._places:
            raise NotInEdition(
                f"There is no passage {shorten(name)}. Nearest: {', '.join(self._near(name))}."
            )
        return self._places[name]

    def _near(self, name: str) -> list[str]:
        """The three nearest names of passages, those of the same paragraph first."""
        paragraph = name.partition(".")[0]
        near = get_close_matches(name, self._places, n=len(self._places), cutoff=0)
        near.sort(key=lambda other: other.partition(".")[0] != paragraph)
        return near[:3]

    @cached_property
    def _places(self) -> dict[str, list[int]]:
        """Where in the reading order each name of a passage stands: B24.3, B24, B."""
        places: dict[str, list[int]] = {}
        for place, segment in enumerate(self.segments.values()):
            for name in {segment.id, segment.paragraph, segment.id[0]}:
                places.setdefault(name, []).append(place)
        return places

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {segment.id: fold(segment.text) for segment in self.segments.values()}


def _segment(row: Row) -> Segment:
    line, start, end = int(row["line"]), int(row["start"]), int(row["end"])
    return Segment(row["id"], row["zone"], row["layer"], line, start, end, row["text"])


def _parts_of(ids: object) -> list[str]:
    """What stands between the commas, or before the next id."""
    if not isinstance(ids, str):
        return []
    parts = re.split(r"[,;]|\s+(?=[A-Za-z]\d)", ids[:LONGEST])
    return [part for part in parts if part.strip()]


def fold(words: str) -> str:
    """Words with single spaces, one kind of quote mark and none around them.

    So quotations are compared.
    """
    return " ".join(words.translate(QUOTE_MARKS).split()).strip("' ")


def shorten(value: object, length: int = 40) -> str:
    """What somebody wrote, fit to be repeated in one line of at most `length` characters."""
    if not isinstance(value, str):
        return shorten(f"of type {type(value).__name__}", length)
    encodable = value.encode("utf-8", "replace").decode()
    text = " ".join(encodable.split())
    return text if len(text) <= length else text[: length - 1] + "…"


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


def edition_of(ids: object) -> Edition:
    """The edition that holds a passage: another document's, by its letter, or the one in use."""
    letter = str(ids).strip()[:1].upper()
    return _other_documents().get(letter) or edition()


def documents() -> list[Edition]:
    """The edition in use, and the small ones of other documents."""
    return [edition(), *_other_documents().values()]


@cache
def _other_documents() -> dict[str, Edition]:
    """The small editions of other documents, each by the letter with which its ids begin."""
    found = {}
    for folder in sorted(OTHERS.iterdir()):
        other = _read(folder)
        first = next(iter(other.segments))
        found[first[0]] = other
    return found
