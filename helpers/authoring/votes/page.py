"""The page for votes: one file with all ballots, its styles and its scripts, for any browser.

It asks no host for anything. The answers are in the file, in templates that a browser neither shows
nor reads aloud until the second vote is counted.
"""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from helpers.authoring import quoted
from helpers.authoring.places import EXERCISES
from helpers.authoring.votes.ballots import Ballot, ballots
from helpers.authoring.votes.table import voted
from helpers.questions import question_sets
from helpers.working_copy import write_whole

HERE = Path(__file__).parent
NAME = "votes.html"
SCRIPTS = ("counts.js", "steps.js", "drawing.js")  # in their order: one scope holds all


def write_votes(folder: Path = EXERCISES) -> Path:
    """Write the page into a folder and return its place. Raises Problem."""
    place = folder / NAME
    write_whole(place, page())
    return place


def page() -> str:
    """The page. Raises Problem."""
    environment = Environment(
        loader=FileSystemLoader(HERE, encoding="utf-8"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["marked"] = _marked
    environment.filters["paragraphs"] = _paragraphs
    return environment.get_template("page.html").render(
        lessons=_lessons(), css=_inlined("page.css"), scripts=[_inlined(name) for name in SCRIPTS]
    )


def _lessons() -> list[tuple[str, list[Ballot]]]:
    """The name of each lesson, with the ballots of its vote."""
    found = []
    for number, question in voted():
        name = f"{number} {question_sets()[number].title}"
        found.append((name, ballots(question)))
    return found


def _marked(text: str) -> Markup:
    return Markup(quoted.marked(text))


def _paragraphs(text: str) -> Markup:
    return Markup(quoted.paragraphs(text))


def _inlined(name: str) -> Markup:
    """A file of this folder, as it is: it is ours, and nothing of an item gets into it."""
    return Markup((HERE / name).read_text(encoding="utf-8"))
