"""What the rules look at: notebooks, exercises, rubrics and items as blocks of prose, ids, quotations and numbers."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from helpers.amounts import WORDS
from helpers.edition import Edition, NotInEdition

ROOT = Path(__file__).resolve().parents[1]
EDITION = Edition()
LESSONS = sorted(ROOT.glob("notebooks/[0-9][0-9]-*.ipynb"))
SOLVED = sorted(ROOT.glob("exercises/source/*/*.ipynb"))
RELEASED = sorted(ROOT.glob("exercises/release/*/*.ipynb"))
COURSES = {file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
           for file in sorted(ROOT.glob("exercises/items/[0-9][0-9].toml"))}
ITEMS = {item["id"]: item for course in COURSES.values() for item in course["item"]}
JUDGED = {name: item for name, item in ITEMS.items() if item["type"] != "open"}
RUBRICS = sorted(ROOT.glob("exercises/rubrics/*.md"))
HOSTILE = json.loads((ROOT / "tests/hostile_strings.json").read_text(encoding="utf-8"))
EXEMPT = tomllib.loads((ROOT / "tests/numbers_without_a_home.toml").read_text(encoding="utf-8"))

ID = r"[AHGBTW]\d+(?:\.\d+)?"
RANGE = re.compile(rf"\b(?P<first>{ID})(?:(?:\s+to\s+|[-–])(?P<last>{ID}|\d+)\b)?")
QUOTATION = re.compile(r"«([^«»]*)»")
MONTHS = "January February March April May June July August September October November December".split()
DATE = re.compile(rf"\b(?:(?P<day>\d{{1,2}}) )?(?P<month>{'|'.join(MONTHS)})(?: (?P<year>\d{{4}}))?\b")
NUMBER = re.compile(r"(?<![\w.,])(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\w])|\b(?:"
                    + "|".join(sorted((word for word in WORDS if word not in ("one", "zero", "none")), key=len, reverse=True)) + r")\b", re.I)


def label(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def cells(path: Path) -> list[dict]:
    return json.loads(path.read_text(encoding="utf-8"))["cells"]


def source(cell: dict) -> str:
    return "".join(cell["source"])


def prose(path: Path) -> list[str]:
    """The markdown cells of a notebook; of a lesson without its questions, whose words are looked at where they stand, in the items."""
    return [source(cell) for cell in cells(path) if cell["cell_type"] == "markdown" and not (path in LESSONS and cell["id"].endswith("-prompt"))]


@cache
def outputs(path: Path) -> str:
    """All that the stored outputs of a notebook say, as plain text."""
    said = []
    for cell in cells(path):
        for output in cell.get("outputs", []):
            said.append("".join(output.get("text", "")) + "".join(output.get("data", {}).get("text/plain", "")))
    return re.sub(r"\s+", " ", "\n".join(said))


def blocks(text: str) -> list[str]:
    """Paragraphs and list items: the stretches within which a quotation or a number is cited."""
    return [" ".join(block.split()) for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*>]|\d+\.)\s)", text) if block.strip()]


def strings(value: object) -> Iterator[str]:
    """Every text in an item: prompt, options, hints, …"""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, list):
        for part in value:
            yield from strings(part)


def texts_with_quotations() -> dict[str, list[str]]:
    """The blocks of everything in which «…» may stand, by where they stand."""
    texts = {label(path): prose(path) for path in LESSONS + SOLVED} | {f"item {name}": strings(item) for name, item in ITEMS.items()}
    pages = [*RUBRICS, ROOT / "README.md", *ROOT.glob("notebooks/*.md"), *ROOT.glob("exercises/*.md")]
    texts |= {label(page): [page.read_text(encoding="utf-8")] for page in pages}
    return {where: [block for text in found for block in blocks(text)] for where, found in texts.items()}


def cited(block: str) -> list[tuple[int, int, set[str]]]:
    """Ids in a block outside quotations: (start, end, ids of the segments meant)."""
    bare = QUOTATION.sub(lambda hit: "·" * len(hit[0]), block)
    found = []
    for hit in RANGE.finditer(bare):
        try:
            segments = EDITION.find(f"{hit['first']}-{hit['last']}" if hit["last"] else hit["first"])
        except NotInEdition:
            segments = []
        found.append((hit.start(), hit.end(), {segment.id for segment in segments}))
    return found


def flat(text: str) -> str:
    return " ".join(text.split())


def value(token: str) -> float:
    """The number that a token of prose stands for."""
    return float(WORDS[token.lower()]) if token.lower() in WORDS else float(token.replace(",", ""))


def values(text: str) -> set[float]:
    """Every number in a text, in figures or words."""
    return {value(hit[0]) for hit in NUMBER.finditer(re.sub(r"(?<=\d)[-–](?=\d)", " ", text))}


@cache
def numbers_with_words(text: str) -> set[tuple[float, str]]:
    """Each number with the word that follows it: "11 pairs" gives (11, "pairs"), "5%" gives (5, "%")."""
    return {(value(hit[0]), following(text, hit.end())) for hit in NUMBER.finditer(text)}


def following(text: str, place: int) -> str:
    """The word, or the percent sign, that follows a place in a text."""
    hit = re.match(r"\s*(%|[A-Za-z]+)", text[place:])
    return hit[1].lower() if hit else ""
