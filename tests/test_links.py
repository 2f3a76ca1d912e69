"""Rule 11: a link's words match the title of its target, and every target is there."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

import pytest
from course import LESSONS, PAGES, ROOT, SETS, SOLVED, cells, label, source

FILES = [*LESSONS, *SOLVED, *PAGES]
LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\s]+)\)")
IMAGE = re.compile(r"!\[(?P<words>[^\[\]]*)\]\((?P<target>[^()\s]+)\)")
HEADING = re.compile(r"^#+ (.+)$", re.M)
FENCED = re.compile(r"^ *```.*?^ *```", re.M | re.S)
PLACE = re.compile(r"\S+[/.]\w+")
ELSEWHERE = "https://"


class Link(NamedTuple):
    """A link in a file of ours."""

    file: Path
    words: str
    target: str

    @property
    def path(self) -> Path:
        """The file to which it leads."""
        return (self.file.parent / self.target.partition("#")[0]).resolve()

    @property
    def anchor(self) -> str:
        """The heading to which it leads, or nothing."""
        return self.target.partition("#")[2]

    @property
    def where(self) -> str:
        """The link as a message names it."""
        return f"{label(self.file)}: [{self.words}]({self.target})"


def text_of(path: Path) -> str:
    """What a page says: its markdown, without its blocks of code."""
    if path.suffix != ".ipynb":
        return FENCED.sub("", path.read_text(encoding="utf-8"))
    markdown = [source(cell) for cell in cells(path) if cell["cell_type"] == "markdown"]
    return "\n\n".join(markdown)


def links_in(path: Path) -> list[Link]:
    """The links of a page, except those that lead out of the course."""
    found = []
    for pattern in (LINK, IMAGE):
        for hit in pattern.finditer(text_of(path)):
            if not hit["target"].startswith(ELSEWHERE):
                found.append(Link(path, hit["words"], hit["target"]))
    return found


LINKS = [link for path in FILES for link in links_in(path)]


def title_of(path: Path) -> str:
    """The first heading of a page, in small letters, with single spaces for its signs."""
    heading = HEADING.search(text_of(path))
    assert heading, f"{label(path)} has no title."
    return bare(heading[1])


def bare(words: str) -> str:
    """Words as they are compared."""
    return " ".join(re.findall(r"[\w?]+", words.lower()))


def names_for(path: Path) -> set[str]:
    """The names by which words may call a page: title, number and title, or number of a sheet."""
    title = title_of(path)
    main = bare(HEADING.search(text_of(path))[1].split(": ")[0])
    names = {title, main}
    for name in (title, main):
        names.add(re.sub(r"^\d\d ", "", name))
    return names


def names_path(words: str, path: Path) -> bool:
    """Whether words are the place of a file, or of the folder of a README."""
    place = path.parent if path.name == "README.md" else path
    return f"/{label(place)}".endswith(f"/{words}")


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.where)
def test_a_link_leads_somewhere(link: Link) -> None:
    assert link.path.exists(), f"{link.where}: there is no such file."
    headings = HEADING.findall(text_of(link.path)) if link.anchor else []
    anchors = [re.sub(r"[^\w -]", "", words.lower()).replace(" ", "-") for words in headings]
    there = not link.anchor or link.anchor in anchors
    assert there, f"{link.where}: {link.path.name} has no such heading."


PAGE_LINKS = [link for link in LINKS if link.path.suffix in (".ipynb", ".md")]


@pytest.mark.parametrize("link", PAGE_LINKS, ids=lambda link: link.where)
def test_the_words_of_a_link_are_the_title_of_its_target(link: Link) -> None:
    called = bare(link.words) in names_for(link.path)
    assert called or names_path(link.words, link.path), (
        f"{link.where}: the title there is “{title_of(link.path)}”."
    )


@pytest.mark.parametrize("link", LINKS, ids=lambda link: link.where)
def test_words_that_look_like_a_place_are_that_of_the_target(link: Link) -> None:
    looks_like_one = PLACE.fullmatch(link.words)
    fits = not looks_like_one or names_path(link.words, link.path)
    assert fits, f"{link.where}: the words name another place."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_a_lesson_leads_to_its_own_sheet_and_to_the_next_lesson(path: Path) -> None:
    places = [link.path for link in links_in(path)]
    sheet = ROOT / "exercises/release" / path.stem / path.name
    assert sheet in places, f"{label(path)}: no link to its exercises."
    following = LESSONS[LESSONS.index(path) + 1 :][:1]
    for lesson in following:
        assert lesson in places, f"{label(path)}: no link to {lesson.name}."


@pytest.mark.parametrize("number", SETS)
def test_lesson_and_sheet_bear_the_title_of_their_items(number: str) -> None:
    questions = SETS[number]
    lesson = ROOT / "notebooks" / f"{questions.slug}.ipynb"
    title = bare(f"{number} {questions.title}")
    assert title in names_for(lesson), f"{label(lesson)}: the items call it {questions.title}."
