"""What a sheet is: its cells, their names and their flags, made from a set of questions.

Release and grading share this model. The flags are nbgrader's (its metadata, schema 3).
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from helpers.edition import NotInEdition
from helpers.questions import (
    Practice,
    Question,
    QuestionSet,
    Text,
    find_question,
    misreadings,
)
from helpers.questions.rubrics import RUBRICS, rubric, rubric_file

Cell = Any  # of nbformat: a dictionary with attributes

FOR_YOU = (
    "How far does your text reach? Run the next cell: it says what can be seen at a glance. "
    "The levels of the rubric, with examples, are folded below it."
)
TRIES = (
    "The first wrong try leads you back to a passage, the second adds a step, "
    "the third shows the answer."
)
DONE = """## Done

Save this notebook. Your answers stay in your working copy.

Do you hand it in? Whoever collects the sheets can see your answers, how many tries you needed, \
and what your wrong tries showed.
They look at the tries for the class as a whole, and no mark depends on them.
To take the tries out: menu *Edit*, *Clear Outputs of All Cells*, then save and run nothing more."""
HIDDEN_TEST = """### BEGIN HIDDEN TESTS
from helpers.feedback import answered as _answered
assert _answered("{id}", {variable})
### END HIDDEN TESTS
check("{id}", {variable})"""
ANSWER = """{variable} = {blank}
### BEGIN SOLUTION
{variable} = {solution}
### END SOLUTION"""
MARK_SCHEME = """=== BEGIN MARK SCHEME ===

**For whoever marks this.** {how} \
Learners do not see this in their sheet; nbgrader's own feedback shows it to them after marking.

{levels}

**Comments to copy, by what a text shows**

{comments}

=== END MARK SCHEME ==="""
BLANK_TEXT = '""" """'
ONE_SCALE = "Each level gives as many points as its number; no text gives none."
ROWS_ADD_UP = (
    "Each row gives up to four points, as many as the number of its level. "
    "Their sum, at most {most}, goes into the box."
)
KERNEL = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}
FLAGS = {
    "schema_version": 3,
    "grade": False,
    "solution": False,
    "locked": False,
    "task": False,
}


def cell_name(id: str, part: str) -> str:
    """The name of a cell of a question: E6-1-answer for the answer to E6.1."""
    return f"{id.replace('.', '-')}-{part}"


def question_of(cell: str) -> str:
    """The question to which a cell of that name belongs: E6.1 for E6-1-answer."""
    return cell.rpartition("-")[0].replace("-", ".")


def lesson_question(cell: str) -> str | None:
    """The text of a lesson's cell of that name when it asks a question: N2.1 for N2-1-prompt."""
    if not cell.endswith("-prompt"):
        return None
    try:
        question = find_question(question_of(cell))
    except NotInEdition:
        return None
    return f"**{question.id}.** {question.text}" if question.page == "lesson" else None


def solved(questions: QuestionSet) -> Any:
    """The solved sheet of a set of questions, without outputs: a notebook of nbformat."""
    from nbformat.v4 import new_notebook

    cells = [*_head(questions)]
    for question in questions.in_sheet.values():
        cells += _cells(question)
    cells.append(_markdown(DONE, "done"))
    return new_notebook(cells=cells, metadata=KERNEL)


def _head(questions: QuestionSet) -> Iterator[Cell]:
    number, title, slug = questions.notebook, questions.title, questions.slug
    link = f"[{number} {title}](../../../notebooks/{slug}.ipynb)"
    paragraphs = [
        f"# Exercises {number}: {title}",
        f"{questions.intro.strip()} {TRIES}",
        _core(questions),
        f"The notebook they go with: **{link}**.",
    ]
    yield _markdown("\n\n".join(filter(None, paragraphs)), "head")
    yield _code(f"from helpers import {questions.words}", "words", locked=True)


def _core(questions: QuestionSet) -> str:
    """Which questions of a sheet are its core, unless all are."""
    core = [one.id for one in questions.in_sheet.values() if not one.optional]
    if not core or len(core) == len(questions.in_sheet):
        return ""
    *before, last = core
    names = f"{', '.join(before)} and {last}" if before else last
    return f"**The core** of this sheet: {names}. The others are optional."


def _cells(question: Question) -> list[Cell]:
    if isinstance(question, Practice):
        return _practice_cells(question)
    if isinstance(question, Text):
        return _text_cells(question)
    raise TypeError(f"{question.id}: a sheet asks practice questions and texts")


def _practice_cells(question: Practice[Any]) -> list[Cell]:
    """What is asked, the answer, and the test of a question that is judged at once."""
    id, variable = question.id, question.variable
    answer = ANSWER.format(variable=variable, blank=question.blank, solution=question.solution)
    test = HIDDEN_TEST.format(id=id, variable=variable)
    return [
        *_asked(question),
        _code(answer, cell_name(id, "answer"), solution=True),
        _code(test, cell_name(id, "test"), grade=True, locked=True, points=1),
    ]


def _text_cells(question: Text) -> list[Cell]:
    """What is asked, the text with points, the mark scheme, and the remarks."""
    id, variable = question.id, question.variable
    anchor = rubric(id)[0].anchor
    answer = ANSWER.format(variable=variable, blank=BLANK_TEXT, solution=f'"""{anchor}"""')
    marking = f"{FOR_YOU}\n\n{mark_scheme(question)}"
    flags = {"grade": True, "solution": True, "points": question.points}
    return [
        *_asked(question),
        _code(answer, cell_name(id, "answer"), **flags),
        _markdown(marking, cell_name(id, "marking"), locked=True),
        _code(f'check("{id}", {variable})', cell_name(id, "remarks")),
    ]


def _asked(question: Question) -> list[Cell]:
    """Heading, passage, and what is asked about it."""
    id = question.id
    optional = ", optional" if question.optional else ""
    extent = f"{question.minutes} minutes{optional}"
    heading = f"## {id} {question.skill.capitalize()} ({extent})"
    return [
        _markdown(heading, cell_name(id, "heading")),
        _code(f'passage("{question.shown_passages}")', cell_name(id, "passage")),
        _markdown(question.text, cell_name(id, "prompt")),
    ]


def mark_scheme(question: Text) -> str:
    """The rubric with its anchors, and comments to copy: for whoever marks."""
    text = rubric_file(question.id).read_text(encoding="utf-8")
    _, _, _, *parts = re.split(r"^#+ (.+)\n", text, flags=re.M)
    levels = []
    for name, shows in zip(parts[::2], parts[1::2], strict=True):
        levels.append(f"**{name}.**\n\n{shows.strip()}")
    comments = [f"- *{shown}*: {words}" for shown, words in comments_to_copy(question)]
    return MARK_SCHEME.format(
        how=how_to_mark(question),
        levels="\n\n".join(levels),
        comments="\n".join(comments),
    )


def how_to_mark(question: Text) -> str:
    """What a rubric says before its levels, and how its levels become points."""
    text = rubric_file(question.id).read_text(encoding="utf-8")
    _, how, *_ = re.split(r"^#+ .+\n", text, flags=re.M)
    one_scale = question.points == len(rubric(question.id))
    points = ONE_SCALE if one_scale else ROWS_ADD_UP.format(most=question.points)
    return f"{how.strip()} {points}"


def comments_to_copy(question: Text) -> Iterator[tuple[str, str]]:
    """What may be said of a text: a misreading that it may show, and the comment."""
    written = tomllib.loads((RUBRICS / "comments.toml").read_text(encoding="utf-8"))
    for code in question.comments:
        yield misreadings()[code], written[code]


def _markdown(source: str, name: str, **flags: Any) -> Cell:
    from nbformat.v4 import new_markdown_cell

    return _flagged(new_markdown_cell(source, id=name), flags)


def _code(source: str, name: str, **flags: Any) -> Cell:
    from nbformat.v4 import new_code_cell

    return _flagged(new_code_cell(source, id=name), flags)


def _flagged(cell: Cell, flags: dict[str, Any]) -> Cell:
    """The cell with nbgrader's flags, where it has any."""
    if flags:
        cell.metadata["nbgrader"] = FLAGS | {"grade_id": cell.id} | flags
    return cell
