"""A made class: submissions with mistakes that are known, from a seed. Nobody in it is real."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import NamedTuple

from course import COURSES, ROOT

from helpers.commands.release import blank, solution

SHEET = "06-the-grain-sum"
LEVELS = ("", "A verdict.", "One number and a verdict.", "A range, and one reason.", "A range that rests on the limit, and what is left out.")


class Known(NamedTuple):
    """What a made learner did with one question. seen: the codes of the wrong tries before the last answer."""

    answer: str
    verdict: str
    misreading: str
    seen: list[str]


def sheet(slug: str = SHEET) -> dict:
    """A released sheet, as a learner begins with it."""
    return json.loads((ROOT / "exercises/release" / slug / f"{slug}.ipynb").read_text(encoding="utf-8"))


def cell(book: dict, name: str) -> dict:
    """The cell of that name."""
    return next(cell for cell in book["cells"] if cell["id"] == name)


def practice(slug: str = SHEET) -> dict[str, dict]:
    """The practice questions of a sheet."""
    return {item["id"]: item for item in COURSES[slug[:2]]["item"] if item.get("place") != "notebook" and item["type"] != "open"}


def write(book: dict, item: dict, answer: str) -> None:
    """Write an answer into its cell, as a learner does."""
    cell(book, f"{item['id'].replace('.', '-')}-answer")["source"] = f"{item['variable']} = {answer}"


def wrong(item: dict, k: int) -> str:
    """A named wrong answer as a learner would type it; of pairs and orders, the whole that holds the telling part."""
    when = item["wrong"][k]["when"]
    if item["type"] == "match":
        return repr(item["key"] | when)
    if item["type"] == "order":
        start = str(when).split()
        return repr(" ".join([*start, *(sign for sign in str(item["key"]).split() if sign not in start)]))
    return repr(when)


def solved_sheet(slug: str = SHEET) -> dict:
    """A sheet with every practice question answered rightly, and no text written."""
    book = sheet(slug)
    for item in practice(slug).values():
        write(book, item, solution(item))
    return book


def make(folder: Path, learners: int = 200, seed: int = 1956, slug: str = SHEET) -> dict[str, dict[str, Known]]:
    """Write a class into a folder, one folder a learner. Returns what each did, by learner and question."""
    dice, truth = random.Random(seed), {}
    for number in range(learners):
        name, book = f"learner{number:03}", sheet(slug)
        truth[name] = {id: _one(dice, book, item) for id, item in practice(slug).items()}
        for item in COURSES[slug[:2]]["item"]:
            if item["type"] == "open" and (text := dice.choice(LEVELS)):
                cell(book, f"{item['id'].replace('.', '-')}-answer")["source"] = text
        path = folder / name / f"{slug}.ipynb"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(book), encoding="utf-8")
    return truth


def _one(dice: random.Random, book: dict, item: dict) -> Known:
    """Let a learner try a question: some wrong answers, then right, wrong or nothing. The last reply is saved, as JupyterLab saves it."""
    seen = [item["wrong"][k]["misreading"] for k in dice.choices(range(len(item["wrong"])), k=dice.choice((0, 0, 0, 1, 1, 2, 3)))]
    kind = dice.choice(("right", "right", "right", "right", "named", "empty"))
    if kind == "empty":
        return Known(blank(item), "empty", "", [])
    k = dice.randrange(len(item["wrong"]))
    known = Known(solution(item), "right", "", seen) if kind == "right" else \
        Known(wrong(item, k), "not yet", item["wrong"][k]["misreading"], [*seen, item["wrong"][k]["misreading"]])
    write(book, item, known.answer)
    cell(book, f"{item['id'].replace('.', '-')}-test")["outputs"] = [
        {"output_type": "display_data", "data": {}, "metadata": {"course": {"verdict": known.verdict, "seen": known.seen}}}]
    return known
