"""The handouts as they were printed: what each page says, and by which tags it is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from typing import Any, NamedTuple

from course import GUIDE, ROOT
from pypdf import PdfReader
from pypdf.generic import DictionaryObject

from helpers.authoring.handouts.pages import HANDOUTS, composed

FOLDER = ROOT / "exercises/handouts"
FILES = [handout.file for handout in HANDOUTS]
LEARNERS, REPLIES, TOMORROW = FILES
MEND = "run `python3 -m helpers handouts`"
EXERCISE = re.compile(r"\b[EN]\d+\.\d+b?")
PLAN = "### One class of 90 minutes"
OF_THE_PAGE = ("N6.1",)  # a question of the lesson from which E6.1b goes on
FOOT = re.compile(r"(\d+) of (\d+)")
STRETCHES = ("p", "li", "th", "td", "h1", "h2")
MARKDOWN = re.compile(r"[*`]")


class Printed(NamedTuple):
    """A page as it was printed: running title, number of the page, of how many, and its words."""

    title: str
    number: int
    of: int
    words: str


class Stretch(NamedTuple):
    """A paragraph, item or cell of a handout. place: its question, "source", or nothing."""

    place: str
    words: str


@cache
def reader(file: str) -> PdfReader:
    return PdfReader(FOLDER / file)


@cache
def pages_of(file: str) -> list[Printed]:
    """The pages of a handout; title and number stand first in what is read back."""
    found = []
    for page in reader(file).pages:
        title, foot, *lines = page.extract_text().splitlines()
        number, count = FOOT.fullmatch(foot).groups()
        found.append(Printed(title, int(number), int(count), "\n".join(lines)))
    return found


@cache
def said_in(file: str) -> str:
    """All that a handout says, as `bare` has it."""
    return bare(" ".join(page.words for page in pages_of(file)))


def bare(text: str) -> str:
    """A text without white space and signs of Markdown: lines break elsewhere on paper."""
    return "".join(MARKDOWN.sub("", text).split())


def planned() -> list[str]:
    """The exercises of the class of ninety minutes, in their order."""
    _, _, after = GUIDE.read_text(encoding="utf-8").partition(PLAN)
    return EXERCISE.findall(after.partition("\n###")[0])


def asked() -> list[str]:
    """What the learners' handout has to ask, in the order of the hour."""
    found = planned()
    for id in OF_THE_PAGE:
        same_sheet = [other for other in found if other[1:].startswith(f"{id[1:].split('.')[0]}.")]
        found.insert(found.index(same_sheet[0]), id)
    return found


@cache
def stretches(file: str) -> list[Stretch]:
    """The paragraphs, items and cells of a handout's page, from top to bottom."""
    (handout,) = [one for one in HANDOUTS if one.file == file]
    parser = _Stretches()
    parser.feed(composed(handout).html)
    return parser.found


class _Stretches(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[Stretch] = []
        self._place = ""
        self._depth = 0  # of <div> below that of a question
        self._words = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        kind = dict(attrs).get("class") or ""
        self._depth += bool(self._depth) and tag == "div"
        if kind.startswith("question"):
            self._place, self._depth = "question", 1
        elif tag == "blockquote" and "source" in kind:
            self._place = "source"
        if tag in STRETCHES:
            self._words = ""

    def handle_endtag(self, tag: str) -> None:
        if tag in STRETCHES and self._words.strip():
            if tag == "h2" and self._place == "question":
                self._place = self._words.split()[0]
            self.found.append(Stretch(self._place, " ".join(self._words.split())))
            self._words = ""
        self._depth -= bool(self._depth) and tag == "div"
        left_question = self._place not in ("", "source") and not self._depth
        if left_question or (self._place == "source" and tag == "blockquote"):
            self._place = ""

    def handle_data(self, data: str) -> None:
        self._words += data


def elements(file: str) -> Iterator[DictionaryObject]:
    """The elements of a handout's tree of tags, in reading order."""
    yield from _below(reader(file).root_object["/StructTreeRoot"])


def _below(element: Any) -> Iterator[DictionaryObject]:
    for child in children(element):
        yield child
        yield from _below(child)


def children(element: Any) -> list[DictionaryObject]:
    """The elements right below one."""
    inside = element.get("/K", [])
    inside = inside if isinstance(inside, list) else [inside]
    found = [child.get_object() for child in inside]
    return [child for child in found if isinstance(child, DictionaryObject) and "/S" in child]
