"""The frame of a lesson: its parts, headings, minutes and words; and its questions."""

from __future__ import annotations

import re
import statistics
from pathlib import Path

import pytest
from course import (
    LESSONS,
    RELEASED,
    SETS,
    SOLVED,
    cells,
    code_cells,
    in_blocks,
    label,
    number_of,
    prose,
    source,
)

from helpers.authoring.minutes import minutes_of
from helpers.authoring.sheets import cell_name, lesson_question, question_of

AFTER_THE_FIRST = LESSONS[1:]  # lesson 00 has nothing to recall, and nothing to predict yet
each_notebook = pytest.mark.parametrize("path", [*LESSONS, *SOLVED, *RELEASED], ids=label)
each_lesson = pytest.mark.parametrize("path", LESSONS, ids=label)
each_after_the_first = pytest.mark.parametrize("path", AFTER_THE_FIRST, ids=label)
PARTS = (
    "**Question of this notebook.**",
    "**When you have finished, you can**",
    "**Time.**",
    "**On this page.**",
    "*By the authors of One Day of a Journal",
    "## Try it on your own source",
    "## Key points",
    "Works used",
    "**Exercises.**",
    "**Next.**",
)
MOST_WORDS = 2500
LONGEST_BACKGROUND = 130  # words, its heading among them
BACKGROUND = re.compile(r"^## .*(?:journal was|Background|borrows a voice)")
LONGEST_CELL = 3  # lines
MEDIAN_CELL = 2
INSTALLS = re.compile(r"pip |^[!%]", re.M)
HEADING = re.compile(r"^(#+) (.+)$", re.M)
NOT_A_WORD = re.compile(r"\]\([^)]*\)|[*`#>«»|]")
WORD = re.compile(r"\w[\w’'.-]*")
QUOTED_OR_CODE = re.compile(r"«[^»]*»|`[^`]*`")
TITLE = "Journal of Soviet Ambassador to the DPRK V. I. Ivanov for 13 January 1956"
SHORT_FORMS = {  # with a word of what is written out
    "DPRK": "Democratic People's Republic of Korea",
    "MFA": "Ministry of Foreign Affairs",
    "USSR": "Soviet Union",
    "CC": "Central Committee",
    "VNS": "Supreme People's Assembly",
    "KWP": "Korean Workers' Party",
    "CSV": "comma",
    "HTML": "web",
}
NEARBY = 60  # characters within which a short form is written out
KEEPS = re.compile(r'\bkeep\("([^"]+)"')
BRINGS_BACK = re.compile(r"\bkept\(([^)]*)\)")
IN_MARKS = re.compile(r'"([^"]+)"')
ASKED_AT_THE_BEGINNING = {"00 three questions", "00 prediction"}


def all_prose(path: Path) -> str:
    """The prose of a notebook as one text."""
    return "\n".join(prose(path))


def all_code(path: Path) -> str:
    """The code of a notebook as one text."""
    return "\n".join(source(cell) for cell in code_cells(path))


def headings(path: Path) -> list[tuple[int, str]]:
    """Level and words of every heading."""
    return [(len(signs), words) for signs, words in HEADING.findall(all_prose(path))]


def line(path: Path, begin: str) -> str:
    """The paragraph of a lesson that begins with these words."""
    return next(block for block in in_blocks(prose(path)) if block.startswith(begin))


def asked(path: Path) -> dict[str, tuple[str, str]]:
    """The questions of a lesson by id: the words that ask, and the code cell that follows."""
    found = {}
    prompt = None
    for cell in cells(path):
        if cell["id"].endswith("-prompt"):
            prompt = cell
        elif cell["cell_type"] == "code" and prompt:
            found[question_of(prompt["id"])] = (source(prompt), source(cell))
            prompt = None
    return found


# Frame


@each_notebook
def test_there_is_one_title_and_no_heading_skips_a_level(path: Path) -> None:
    (first, title), *others = headings(path)
    assert first == 1, f"{label(path)}: begin with the title."
    numbered = title.removeprefix("Exercises ").startswith(number_of(path))
    assert numbered, f"{label(path)}: the title bears another number."
    before = 1
    for level, words in others:
        assert 1 < level <= before + 1, f"{label(path)}: “{words}” is a heading of level {level}."
        before = level


@each_lesson
def test_a_lesson_has_the_whole_frame_in_order(path: Path) -> None:
    rest = all_prose(path)
    for part in PARTS:
        _, found, rest = rest.partition(part)
        assert found, f"{label(path)}: “{part}” is lacking, or out of order."


@each_after_the_first
def test_a_lesson_asks_to_predict_and_says_what_to_look_at(path: Path) -> None:
    text = all_prose(path)
    assert "redict" in text, f"{label(path)}: let learners predict before they see."
    assert "*What to look at" in text, f"{label(path)}: say what to look at after a result."


@each_lesson
def test_the_contents_line_names_the_headings_in_order(path: Path) -> None:
    _, contents = line(path, "**On this page.**").split("** ")
    rest = [words for level, words in headings(path) if level == 2]
    for part in contents.split(" · "):
        assert part in rest, f"{label(path)}: no heading “{part}”, or in another order."
        rest = rest[rest.index(part) :]


@each_lesson
def test_minutes_are_computed(path: Path) -> None:
    minutes = minutes_of(number_of(path), cells(path))
    said = line(path, "**Time.**")
    assert said == minutes.line, f"{label(path)}: run `python3 -m helpers refresh`: {minutes}"


@each_lesson
def test_a_lesson_is_short_enough(path: Path) -> None:
    bare = NOT_A_WORD.sub(" ", all_prose(path))
    words = len(WORD.findall(bare))
    assert words <= MOST_WORDS, f"{label(path)} has {words} words, at most {MOST_WORDS}."


@each_lesson
def test_the_background_is_short(path: Path) -> None:
    for text in prose(path):
        if BACKGROUND.match(text):
            length = len(text.split())
            assert length <= LONGEST_BACKGROUND, f"{label(path)}: a background of {length} words."


@each_lesson
def test_code_cells_are_short_and_install_nothing(path: Path) -> None:
    lengths = [source(cell).count("\n") + 1 for cell in code_cells(path)]
    longest, median = max(lengths), statistics.median(lengths)
    assert longest <= LONGEST_CELL, f"{label(path)}: a cell of {longest} lines."
    assert median <= MEDIAN_CELL, f"{label(path)}: too many long cells."
    installs = INSTALLS.search(all_code(path))
    assert not installs, f"{label(path)}: a cell installs something, or calls the system."


@each_lesson
def test_short_forms_are_written_out_at_first_use(path: Path) -> None:
    text = QUOTED_OR_CODE.sub("", all_prose(path)).replace(TITLE, "")
    for short, full in SHORT_FORMS.items():
        first = re.search(rf"\b{short}\b", text)
        written_out = not first or full in text[: first.end() + NEARBY]
        assert written_out, f"{label(path)}: write {short} out at its first use ({full})."


# Questions


@each_after_the_first
def test_a_lesson_opens_with_two_recall_items(path: Path) -> None:
    number = int(number_of(path))
    wanted = [f"R{number}.1", f"R{number}.2"]
    recall = [id for id in asked(path) if id.startswith("R")]
    assert recall == wanted, f"{label(path)} recalls {recall}."
    first, second, *_ = asked(path)
    assert [first, second] == wanted, f"{label(path)}: the recall items come first."


@each_lesson
def test_a_lesson_asks_the_questions_of_its_items(path: Path) -> None:
    questions = SETS[number_of(path)].questions.values()
    wanted = {question.id for question in questions if question.page == "lesson"}
    differ = wanted ^ asked(path).keys()
    assert not differ, f"{label(path)}: asked and not in the items, or the reverse: {differ}."


@each_lesson
def test_a_question_has_the_words_of_its_item_and_is_checked_in_the_next_code_cell(
    path: Path,
) -> None:
    for id, (words, code) in asked(path).items():
        same = words == lesson_question(cell_name(id, "prompt"))
        assert same, f"{label(path)}: {id} differs. Run `python3 -m helpers refresh`."
        assert f'check("{id}", ' in code, f"{label(path)}: no check of {id} follows it."


def test_what_a_notebook_brings_back_was_kept_in_an_earlier_one() -> None:
    kept: set[str] = set()
    for path in LESSONS:
        for name in brought_back(path):
            assert name in kept, f"{label(path)} asks for “{name}”, which nothing earlier keeps."
        kept.update(KEEPS.findall(all_code(path)))
    lost = ASKED_AT_THE_BEGINNING - brought_back(LESSONS[-1])
    assert not lost, f"The last notebook does not bring back {lost}."


def brought_back(path: Path) -> set[str]:
    """The names under which a notebook fetches what was kept."""
    names: set[str] = set()
    for call in BRINGS_BACK.findall(all_code(path)):
        names.update(IN_MARKS.findall(call))
    return names
