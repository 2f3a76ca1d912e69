"""An item is checked as it loads: a fault is told to its author with file, id and field, and to a
learner as no fault of theirs; the other questions of the same file still answer.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from helpers import check
from helpers.questions import FaultyItem, all_questions, items
from helpers.questions.fields import checked

NUMBER = "01"
FAULTY, SOUND = "E1.2", "E1.5"
LINE = 'variable = "days_to_the_stamp"\n'  # of the faulty question, as it stands in its file
Write = Callable[[str, str], None]

pytestmark = pytest.mark.usefixtures("working_copy")


def forget() -> None:
    """What was read of the items is read anew."""
    for read in (items.question_sets, items.question_set, items.misreadings, items._rows):
        read.cache_clear()
    items._found.cache_clear()


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Puts one text in the place of another, in a copy of an items file that is then in use."""
    folder = tmp_path / "items"
    shutil.copytree(items.ITEMS, folder)
    monkeypatch.setattr(items, "ITEMS", folder)
    file = folder / f"{NUMBER}.toml"

    def write_instead(old: str, new: str) -> None:
        text = file.read_text(encoding="utf-8")
        assert old in text, f"{old!r} stands no more in {file.name}: choose another place."
        file.write_text(text.replace(old, new, 1), encoding="utf-8")
        forget()

    yield write_instead
    forget()


FAULTS = {  # what is changed, into what, and what the message must name besides file and id
    "a misspelt field": (LINE, LINE + "unts = []\n", "units"),
    "a field of another form": (LINE, LINE + 'options = { a = "x" }\n', "options"),
    "a missing field": ('otherwise = "That is another stretch of time. From', 'x = "', "x"),
    "no key": ('key = "25"\n', "", "key"),
    "no prompt": ('prompt = "How many days after', 'step_ = "', "step"),
    "an empty text": (
        'skill = "elapsed time"\nminutes = 2\ntype',
        'skill = " "\nminutes = 2\ntype',
        "skill",
    ),
    "minutes in words": (
        'minutes = 2\ntype = "number"',
        'minutes = "two"\ntype = "number"',
        "minutes",
    ),
    "minutes as true": (
        'minutes = 2\ntype = "number"',
        'minutes = true\ntype = "number"',
        "minutes",
    ),
    "a text for a list": ('evidence = ["B0", "H6"]', 'evidence = "B0"', "evidence"),
    "a number in a list of texts": ('units = ["days", "day"]', "units = [1]", "units"),
    "optional in words": (LINE, LINE + 'optional = "yes"\n', "optional"),
    "an unknown form": ('type = "number"', 'type = "nubmer"', "type"),
    "an unknown page": (LINE, LINE + 'page = "notebook"\n', "page"),
    "a key that is no number": ('key = "25"', 'key = "some days"', "key"),
    "a key in another unit": ('key = "25"', 'key = "25 weeks"', "key"),
    "an accepted form that is no number": (LINE, LINE + 'accept = ["many"]\n', "accept"),
    "a distractor that is no number": ('when = "26"', 'when = "a few days"', "when"),
    "an unknown misreading": ('misreading = "M25"', 'misreading = "M99"', "M99"),
    "evidence that is not there": (
        'evidence = ["B0", "H6"]',
        'evidence = ["B0", "T11"]',
        "evidence",
    ),
    "a passage to look at that is not there": (LINE, LINE + 'look = "B99"\n', "look"),
    "a passage to reread that is not there": (LINE, LINE + 'reread = ["Q1"]\n', "reread"),
    "a passage for a distractor that is not there": (
        'look = "H6, T10"',
        'look = "H6, T11"',
        "look",
    ),
    "a misspelt field of a distractor": (
        'when = "26"\nmisreading',
        'wehn = "9"\nmisreading',
        "when",
    ),
    "a distractor without a hint": (
        'hint = "You counted the first day as well. How many nights lie between?"\n',
        "",
        "hint",
    ),
    "no name for the answer": (LINE, "", "variable"),
    "a name that is none": (LINE, 'variable = "days to the foot"\n', "variable"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_in_an_item_is_told_with_file_id_and_field(fault: str, write: Write) -> None:
    old, new, field = FAULTS[fault]
    write(old, new)
    with pytest.raises(FaultyItem) as problem:
        all_questions()
    for part in (f"exercises/items/{NUMBER}.toml", FAULTY, field):
        assert part in str(problem.value), f"{fault}: {part} is missing in: {problem.value}"
    assert "\n" not in str(problem.value) and str(problem.value).endswith(".")


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_to_a_learner_as_no_fault_of_theirs(fault: str, write: Write) -> None:
    write(*FAULTS[fault][:2])
    for answer in ("8", "", None, object()):
        reply = check(FAULTY, answer)
        assert reply.verdict == "faulty" and reply.tries == 0, f"{fault}: {reply.text}"
        assert "It is not in your answer." in reply.text and FAULTY in reply.text
    assert check(FAULTY, reveal=True).verdict == "faulty"
    assert check(SOUND, "b").verdict == "right", f"{fault}: another question answers no more."


SHAPES = {  # question, what is changed there, into what, and what the message must name
    "a choice whose key is no option": (
        "E1.5",
        'key = "b"\nevidence = ["G2',
        'key = "e"\nevidence = ["G2',
        "key",
    ),
    "a choice whose distractor is no option": (
        "E1.4",
        'when = "c"\nmisreading = "M29"',
        'when = "x"\nmisreading = "M29"',
        "when",
    ),
    "a match with a pair too few": (
        "E1.1",
        'key = { a = "2", b = "4", c = "5", d = "1", e = "3" }',
        'key = { a = "2", b = "4", c = "5", d = "1" }',
        "key",
    ),
    "a match with a number that is none": (
        "E1.1",
        'd = "1", e = "3" }',
        'd = "1", e = "9" }',
        "key",
    ),
    "a match whose distractor is no pair": (
        "E1.1",
        'when = { d = "5" }',
        'when = { z = "5" }',
        "when",
    ),
    "a match whose distractor is empty": ("E1.1", 'when = { d = "5" }', "when = { }", "when"),
    "a text without points": ("E1.8", "points = 4\n", "", "points"),
    "a text with an unknown comment": (
        "E1.8",
        '"M2", "M3", "M4", "M5", "M6", "M29"',
        '"M2", "M98"',
        "M98",
    ),
}


@pytest.mark.parametrize("fault", SHAPES)
def test_a_fault_of_a_form_is_told_with_file_id_and_field(fault: str, write: Write) -> None:
    id, old, new, field = SHAPES[fault]
    write(old, new)
    with pytest.raises(FaultyItem) as problem:
        all_questions()
    for part in (f"exercises/items/{NUMBER}.toml", id, field):
        assert part in str(problem.value), f"{fault}: {part} is missing in: {problem.value}"
    assert check(id, "b").verdict == "faulty"


FILES = {  # what is changed, into what, and what the message must name
    "a misspelt header": ('slug = "', 'slgu = "', "slug"),
    "a missing header": ('title = "What is this thing?"\n', "", "title"),
    "a header of another type": ("title = ", "title = 7 #", "title"),
    "another lesson's number": ('notebook = "01"', 'notebook = "02"', "notebook"),
    "an id that stands there twice": (f'id = "{FAULTY}b"', f'id = "{FAULTY}"', "twice"),
    "a file that is no TOML": (
        'prompt = "How many days',
        'prompt = How many "days',
        "cannot be read",
    ),
    "a misspelt list of items": ("[[item]]", "[[itme]]", "item"),
    "an item without an id": (f'id = "{FAULTY}"\n', "", "id"),
}


@pytest.mark.parametrize("fault", FILES)
def test_a_fault_of_a_file_is_told_with_file_and_field(fault: str, write: Write) -> None:
    old, new, field = FILES[fault]
    write(old, new)
    with pytest.raises(FaultyItem) as problem:
        all_questions()
    for part in (f"exercises/items/{NUMBER}.toml", field):
        assert part in str(problem.value), f"{fault}: {part} is missing in: {problem.value}"
    assert check("E2.1", "b").verdict == "right", "A fault in one file is felt in another."


def test_a_file_that_cannot_be_read_is_no_fault_of_a_learner(write: Write) -> None:
    write("[[item]]", "[[item]")
    for id in (FAULTY, SOUND, "E1.99"):
        assert check(id, "8").verdict == "faulty", id


@pytest.mark.parametrize(
    "items", ["item = 7", "item = [1]", '[item]\nid = "E1.2"', "[[itme]]\nid = 7"]
)
def test_a_file_with_something_else_for_its_items_is_no_fault_of_a_learner(
    items: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write: Write
) -> None:
    write("[[item]]", f"{items}\n\n[[item_]]")
    for id in (FAULTY, "E1.99"):
        assert check(id, "8").verdict == "faulty", id


def test_a_field_with_a_default_may_be_left_out() -> None:
    @dataclass
    class Form:
        prompt: str
        optional: bool = False
        options: dict[str, str] = field(default_factory=dict)

    assert checked(Form, {"prompt": "Who speaks?"}) == {"prompt": "Who speaks?"}
    with pytest.raises(FaultyItem, match="prompt is missing"):
        checked(Form, {})
