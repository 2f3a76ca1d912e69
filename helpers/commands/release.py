"""`release`: make the exercise notebooks anew from exercises/items: solved ones, and those that learners get.

The solved notebooks are nbgrader's source (its metadata, schema 3); the released ones are made from them
by the same cuts that `nbgrader generate_assignment` makes. Neither is ever edited by hand.
"""

from __future__ import annotations

import re
import textwrap
import tomllib

from helpers.commands.environment import ROOT, run_inside

EXERCISES = ROOT / "exercises"
INSIDE = "from helpers.commands.release import make_all; make_all()"
STUB = "# Write your answer between the quotation marks. Run this cell, then the next one."
TEXT_STUB = "*Write your text here, in place of this line.*"
FLAGS = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}


def run(_: list[str]) -> int:
    """Returns 0 when every set was made."""
    return run_inside("-c", INSIDE)


def make_all() -> None:
    """Write exercises/source and exercises/release, with fresh outputs in the solved notebooks."""
    import nbformat

    from helpers.commands.refresh import store
    for file in sorted((EXERCISES / "items").glob("[0-9][0-9].toml")):
        course = tomllib.loads(file.read_text(encoding="utf-8"))
        for folder, book in (("source", solved(course)), ("release", released(solved(course)))):
            path = EXERCISES / folder / course["slug"] / f"{course['slug']}.ipynb"
            path.parent.mkdir(parents=True, exist_ok=True)
            nbformat.write(book, path)
            if folder == "source":
                store(path)
        print(f"Made {course['slug']}", flush=True)


def solved(course: dict) -> dict:
    """The solved notebook of one set of items, without outputs."""
    from nbformat.v4 import new_markdown_cell, new_notebook

    from helpers.commands.refresh import KEPT
    number, slug = course["notebook"], course["slug"]
    head = (f"# Exercises {number}: {course['title']}\n\n{course['intro'].strip()}\n\n"
            f"The notebook they go with: **[{number} {course['title']}](../../../notebooks/{slug}.ipynb)**.")
    words = f"from helpers import {course.get('words', 'check, passage')}"
    cells = [new_markdown_cell(head, id="head"), _code(words, "words", {"locked": True})]
    for item in course["item"]:
        if item.get("place") != "notebook":
            cells += _cells(item)
    cells.append(new_markdown_cell("## Done\n\nSave this notebook. Your answers stay in your working copy.", id="done"))
    return new_notebook(cells=cells, metadata=KEPT)


def released(book: dict) -> dict:
    """A solved notebook with solutions, hidden tests and outputs cut away. Changes the notebook it is given."""
    for cell in book.cells:
        flags = cell.metadata.get("nbgrader", {})
        if cell.cell_type == "markdown" and flags.get("solution"):
            cell.source = TEXT_STUB
        cell.source = re.sub(r"### BEGIN SOLUTION\n.*?### END SOLUTION", STUB, cell.source, flags=re.S)
        cell.source = re.sub(r"### BEGIN HIDDEN TESTS\n.*?### END HIDDEN TESTS\n?", "", cell.source, flags=re.S)
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    return book


def blank(item: dict) -> str:
    """The empty answer that stands in a release notebook: quotation marks to write between."""
    pairs = "{" + ", ".join(f'"{sign}": ""' for sign in item.get("left", [])) + "}"
    return {"match": pairs, "quote": '("", "")'}.get(item["type"], '""')


def solution(item: dict) -> str:
    """The right answer as a learner would type it."""
    if "solution" in item:
        return item["solution"]
    if item["type"] == "match":
        return "{" + ", ".join(f'"{sign}": "{number}"' for sign, number in item["key"].items()) + "}"
    return repr(item["key"]).replace("'", '"')


def _cells(item: dict) -> list[dict]:
    from nbformat.v4 import new_markdown_cell

    from helpers.answers import form
    from helpers.feedback import rubric
    name = item["id"].replace(".", "-")
    extent = f"{item['minutes']} minutes" + ", optional" * item.get("optional", False)
    prompt = f"## {item['id']} {item['skill'].capitalize()} ({extent})\n\n{item['prompt']}"
    for part in ("left", "options"):
        if part in item:
            prompt += "\n\n" + "\n".join(f"- **{sign}**: {words}" for sign, words in item[part].items())
    look = _code(f'passage("{item.get("look", ", ".join(item["evidence"]))}")', f"{name}-passage", None)
    if item["type"] == "open":
        anchor = rubric(item["id"])[0][2].replace("\n> ", "\n")
        answer = new_markdown_cell(anchor, id=f"{name}-answer")
        answer.metadata["nbgrader"] = FLAGS | {"grade_id": f"{name}-answer", "grade": True, "solution": True, "points": item["points"]}
        levels = _code(f'check("{item["id"]}", reveal=True)  # shows the levels of the rubric', f"{name}-levels", None)
        return [new_markdown_cell(f"{prompt}\n\n{form(item)}", id=f"{name}-prompt"), look, answer, levels]
    variable = item["variable"]
    answer = f"{variable} = {blank(item)}\n### BEGIN SOLUTION\n{variable} = {solution(item)}\n### END SOLUTION"
    test = (f'### BEGIN HIDDEN TESTS\nfrom helpers.feedback import earned as _earned\nassert _earned("{item["id"]}", {variable})\n'
            f'### END HIDDEN TESTS\ncheck("{item["id"]}", {variable})')
    return [new_markdown_cell(f"{prompt}\n\n{form(item)}", id=f"{name}-prompt"), look,
            _code(answer, f"{name}-answer", {"solution": True}),
            _code(test, f"{name}-test", {"grade": True, "locked": True, "points": 1})]


def _code(source: str, name: str, flags: dict | None) -> dict:
    from nbformat.v4 import new_code_cell
    cell = new_code_cell(textwrap.dedent(source), id=name)
    if flags is not None:
        cell.metadata["nbgrader"] = FLAGS | {"grade_id": name} | flags
    return cell
