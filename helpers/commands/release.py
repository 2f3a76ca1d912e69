"""`release`: make the exercise notebooks anew from exercises/items: solved ones, and those that learners get.

The solved notebooks are nbgrader's source (its metadata, schema 3). The released ones are cut from them by nbgrader's
own code with the settings of exercises/nbgrader_config.py, so that both ways give the same. Neither is ever edited by hand.
"""

from __future__ import annotations

import re
import textwrap
import tomllib

from helpers.answers import form
from helpers.commands.environment import ROOT, run_inside
from helpers.feedback import all_items, misreadings, rubric

EXERCISES = ROOT / "exercises"
INSIDE = "from helpers.commands.release import make_all; make_all()"
TEXT_STUB = "*Write your text here, in place of this line.*"
FOR_YOU = "How far does your text reach? Run the next cell: it shows the levels of the rubric."
DONE = """## Done

Save this notebook. Your answers stay in your working copy.

Do you hand it in? Whoever collects the sheets can see your answers, how many tries you needed, and what your wrong tries showed.
They look at the tries for the class as a whole, and no mark depends on them.
To take the tries out: menu *Edit*, *Clear Outputs of All Cells*, then save and run nothing more."""
FLAGS = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}


def run(_: list[str]) -> int:
    """Returns 0 when every set was made."""
    return run_inside("-c", INSIDE, instructor=True)


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
    from nbformat.v4 import new_notebook

    from helpers.commands.refresh import KEPT
    number, slug = course["notebook"], course["slug"]
    head = (f"# Exercises {number}: {course['title']}\n\n{course['intro'].strip()}\n\n"
            f"The notebook they go with: **[{number} {course['title']}](../../../notebooks/{slug}.ipynb)**.")
    words = f"from helpers import {course.get('words', 'check, passage')}"
    cells = [_markdown(head, "head", None), _code(words, "words", {"locked": True})]
    for item in course["item"]:
        if item.get("place") != "notebook":
            cells += _cells(item)
    cells.append(_markdown(DONE, "done", None))
    return new_notebook(cells=cells, metadata=KEPT)


def released(book: dict) -> dict:
    """A solved notebook with solutions, hidden tests, mark schemes and outputs cut away. Changes the notebook it is given."""
    from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, ComputeChecksums
    return through(kept_for_marking(book), ClearHiddenTests, ClearMarkScheme, ComputeChecksums)


def kept_for_marking(book: dict) -> dict:
    """A solved notebook with solutions and outputs cut away: what a submission is laid over. Changes the notebook it is given."""
    from nbgrader.preprocessors import CheckCellMetadata, ClearOutput, ClearSolutions, ComputeChecksums, LockCells
    return through(book, LockCells, ClearSolutions, ClearOutput, CheckCellMetadata, ComputeChecksums)


def through(book: dict, *steps: type, **known: str) -> dict:
    """A notebook after some of nbgrader's steps. known: what they ask for, such as the gradebook's address."""
    from traitlets.config.loader import PyFileConfigLoader
    config = PyFileConfigLoader("nbgrader_config.py", path=str(EXERCISES)).load_config()
    for step in steps:
        book, _ = step(config=config).preprocess(book, {"nbgrader": known})
    return book


def cell_name(id: str, part: str) -> str:
    """The name of a cell of a question: E6-1-answer for the answer to E6.1."""
    return f"{id.replace('.', '-')}-{part}"


def question_of(cell: str) -> str:
    """The question to which a cell of that name belongs: E6.1 for E6-1-answer."""
    return cell.rpartition("-")[0].replace("-", ".")


def question(item: dict) -> str:
    """A question as text: what is asked, the parts to sort and the options, and the form of the answer."""
    lists = ["\n".join(f"- **{sign}**: {words}" for sign, words in item[part].items()) for part in ("left", "options") if part in item]
    return "\n\n".join(filter(None, [item["prompt"], "\n\nChoose from:\n\n".join(lists), form(item)]))


def lesson_question(cell: str) -> str | None:
    """The text of the cell of that name when it is a question that stands in a lesson: N2.1 for N2-1-prompt. Else None."""
    item = all_items().get(question_of(cell)) if cell.endswith("-prompt") else None
    return f"**{item['id']}.** {question(item)}" if item and item.get("place") == "notebook" else None


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
    id = item["id"]
    extent = f"{item['minutes']} minutes" + ", optional" * item.get("optional", False)
    prompt = f"## {id} {item['skill'].capitalize()} ({extent})\n\n{question(item)}"
    look = _code(f'passage("{item.get("look", ", ".join(item["evidence"]))}")', cell_name(id, "passage"), None)
    if item["type"] == "open":
        return [*_to_be_marked(item, prompt, look),
                _code(f'check("{id}", reveal=True)  # shows the levels of the rubric', cell_name(id, "levels"), None)]
    variable = item["variable"]
    answer = f"{variable} = {blank(item)}\n### BEGIN SOLUTION\n{variable} = {solution(item)}\n### END SOLUTION"
    test = (f'### BEGIN HIDDEN TESTS\nfrom helpers.feedback import answered as _answered\nassert _answered("{id}", {variable})\n'
            f'### END HIDDEN TESTS\ncheck("{id}", {variable})')
    return [_markdown(prompt, cell_name(id, "prompt"), None), look,
            _code(answer, cell_name(id, "answer"), {"solution": True}),
            _code(test, cell_name(id, "test"), {"grade": True, "locked": True, "points": 1})]


def _to_be_marked(item: dict, prompt: str, look: dict) -> list[dict]:
    """The cells of an open question: a text with points, or a task with points where a learner may need several cells."""
    id, points = item["id"], {"points": item["points"]}
    if item.get("task"):
        return [_markdown(prompt + _mark_scheme(item), cell_name(id, "prompt"), points | {"task": True, "locked": True}), look,
                _markdown(TEXT_STUB, cell_name(id, "answer"), None)]
    anchor = rubric(id)[0][2].replace("\n> ", "\n")
    return [_markdown(prompt, cell_name(id, "prompt"), None), look,
            _markdown(anchor, cell_name(id, "answer"), points | {"grade": True, "solution": True}),
            _markdown(FOR_YOU + _mark_scheme(item), cell_name(id, "marking"), {"locked": True})]


def _mark_scheme(item: dict) -> str:
    """The rubric with its anchors, and comments to copy: seen by whoever marks, cut from what learners get."""
    text = next((EXERCISES / "rubrics").glob(f"{item['id']}-*.md")).read_text(encoding="utf-8")
    _, _, how, *parts = re.split(r"^#+ (.+)\n", text, flags=re.M)
    levels = "\n\n".join(f"**{level}.**\n\n{shows.strip()}" for level, shows in zip(parts[::2], parts[1::2], strict=True))
    points = "Each level gives as many points as its number; no text gives none." if item["points"] == 4 else \
        f"Each row gives up to four points, as many as the number of its level. Their sum, at most {item['points']}, goes into the box."
    comments = tomllib.loads((EXERCISES / "rubrics" / "comments.toml").read_text(encoding="utf-8"))
    chosen = "\n".join(f"- *{misreadings()[code]}*: {comments[code]}" for code in item["comments"])
    return (f"\n\n=== BEGIN MARK SCHEME ===\n\n**For whoever marks this.** {how.strip()} {points} "
            f"Learners do not see this in their sheet; nbgrader's own feedback shows it to them after marking.\n\n{levels}\n\n"
            f"**Comments to copy, by what a text shows**\n\n{chosen}\n\n=== END MARK SCHEME ===")


def _markdown(source: str, name: str, flags: dict | None) -> dict:
    from nbformat.v4 import new_markdown_cell
    return _flagged(new_markdown_cell(source, id=name), flags)


def _code(source: str, name: str, flags: dict | None) -> dict:
    from nbformat.v4 import new_code_cell
    return _flagged(new_code_cell(textwrap.dedent(source), id=name), flags)


def _flagged(cell: dict, flags: dict | None) -> dict:
    if flags is not None:
        cell.metadata["nbgrader"] = FLAGS | {"grade_id": cell.id} | flags
    return cell
