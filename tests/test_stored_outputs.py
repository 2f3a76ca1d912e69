"""Rules 8 and 10: every stored output is compared, says the same as a page and as plain text, and
bears no trace of a machine or a learner; and every widget is followed by a table.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from course import (
    DOOR,
    LESSONS,
    RELEASED,
    SOLVED,
    cells,
    code_cells,
    flat,
    label,
    outputs,
    page_of,
    plain_text,
    source,
)

from helpers import WORDS

RUN = [*LESSONS, DOOR, *SOLVED]
each_notebook = pytest.mark.parametrize("path", [*RUN, *RELEASED], ids=label)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=label)
each_run = pytest.mark.parametrize("path", RUN, ids=label)
REFRESH = "Run `python3 -m helpers refresh`"
METADATA = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
LEAVES_OUT = re.compile("# ?NBVAL", re.I)  # as a comment; a tag does the same
MACHINE = re.compile(r"/home/|/Users/|/work/|/tmp/|\b[A-Z]:\\|\b0x[0-9a-f]{8}")
LEARNERS_WORDS = ("You wrote under", "Kept. Under")
BARE_IMAGES = {"image/png", "image/svg+xml", "image/jpeg"}
SHORTEST_ALT = 80  # characters
WIDGETS = [word for word, module in WORDS.items() if module == "widgets"]
WIDGET_CALL = re.compile(rf"(\w+) = (?:{'|'.join(WIDGETS)})\(")
WIDGET_SHOWN = "needs a running notebook"
NOT_IN_PLAIN_TEXT = re.compile(
    r"<summary>Data table</summary>|<img[^>]*>|<figcaption>.*?</figcaption>"
)
TAG = re.compile(r"<[^>]+>")


class Images(HTMLParser):
    """The alt texts of the images on a page, and how many tables have a caption."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.alts: list[str] = []
        self.captions = 0
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Count a tag."""
        if tag == "img":
            self.alts.append(dict(attrs).get("alt") or "")
        if tag == "caption":
            self.captions += 1


def stored(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every stored output, with the words by which a message names its cell."""
    for cell in code_cells(path):
        where = f"{label(path)}, cell {cell['id']}"
        for output in cell["outputs"]:
            yield where, output


@each_notebook
def test_a_notebook_bears_no_trace_of_the_machine_it_ran_on(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    metadata = json.loads(text)["metadata"]
    assert metadata == METADATA, f"{label(path)}: other metadata. {REFRESH}."
    trace = MACHINE.search(text)
    assert not trace, f"{label(path)} holds {trace[0]}, of the machine it ran on. {REFRESH}."


@each_notebook
def test_no_two_cells_have_one_id(path: Path) -> None:
    counts = Counter(cell["id"] for cell in cells(path))
    id, count = counts.most_common(1)[0]
    assert count == 1, f"{label(path)}: {count} cells are called {id}."


@each_run
def test_every_cell_was_run_from_the_top_and_is_compared(path: Path) -> None:
    """nbval compares the outputs of cells that were run, unless a tag or a comment forbids it."""
    for count, cell in enumerate(code_cells(path), start=1):
        where = f"{label(path)}, cell {cell['id']}"
        in_order = cell["execution_count"] == count
        assert in_order, f"{where}: not run from the top. {REFRESH}."
        left_out = LEAVES_OUT.search(source(cell)) or cell["metadata"].get("tags")
        assert not left_out, f"{where} is not compared: take {left_out} away."


@each_run
def test_no_stored_output_is_an_error_or_a_warning(path: Path) -> None:
    for where, output in stored(path):
        assert output["output_type"] != "error", f"{where}: an error is stored. {REFRESH}."
        assert output.get("name") != "stderr", f"{where}: a warning is stored. {REFRESH}."


@each_run
def test_no_learners_words_stand_in_a_stored_output(path: Path) -> None:
    for words in LEARNERS_WORDS:
        assert words not in outputs(path), f"{label(path)} holds somebody's notes. {REFRESH}."


@each_run
def test_every_image_has_an_alt_text_and_its_data_as_a_table(path: Path) -> None:
    for where, output in stored(path):
        bare = BARE_IMAGES & output.get("data", {}).keys()
        assert not bare, f"{where}: a bare image has no alt text; draw it with helpers.figures."
        images = Images(page_of(output))
        said = flat(plain_text(output))
        for alt in images.alts:
            assert images.captions, f"{where}: a figure without its data as a table."
            assert len(alt) >= SHORTEST_ALT, f"{where}: the alt text is “{alt}”."
            assert flat(alt) in said, f"{where}: the plain text lacks the alt text."


@each_run
def test_a_page_says_nothing_that_its_plain_text_lacks(path: Path) -> None:
    for where, output in stored(path):
        said = flat(plain_text(output))
        page = NOT_IN_PLAIN_TEXT.sub(" ", page_of(output))
        for part in TAG.split(page):
            words = flat(unescape(part)).strip("«»")
            assert words in said, f"{where}: the plain text lacks “{words}”."


@each_lesson
def test_every_widget_is_followed_by_its_content_as_a_table(path: Path) -> None:
    widget = ""  # the name of the one in the cell before
    for cell in code_cells(path):
        where = f"{label(path)}, cell {cell['id']}"
        table = f"{widget}.table()"
        shows_it = source(cell) == table
        assert shows_it or not widget, f"{where}: after a widget comes {table}."
        made = WIDGET_CALL.match(source(cell))
        widget = made[1] if made else ""
        shown = WIDGET_SHOWN in said_by(cell)
        assert shown == bool(widget), f"{where}: make a widget, name it and show it in one cell."
    assert not widget, f"{label(path)}: no table after the last widget."


def said_by(cell: dict[str, Any]) -> str:
    """What the outputs of a cell say."""
    return "\n".join(plain_text(output) for output in cell["outputs"])
