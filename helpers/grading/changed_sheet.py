"""A sheet that asks other questions than when it was graded first.

nbgrader adds no cells to a sheet that was graded, and takes none away. Here it is done for it: what
was entered for other cells stays as it is, and marks lie in a table of ours (`kept_marks`).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from helpers.authoring.sheets import question_of
from helpers.grading.sheet import Json, Sheet, nbgrader_flags

CHANGED = "{sheet} asks other questions than when it was graded first.{gone}{added}"
GONE = (
    " Not asked any more: {ids}. Points for a text among them are kept and do not count; "
    "they count again when the question is back in exercises/items."
)
ADDED = (
    " New: {ids}. Who handed in the sheet before has no answer there; grade their files again if "
    "they have answered since."
)


def change_cells(nbgrader: Any, sheet: Sheet) -> str:
    """Let nbgrader's gradebook have the cells of a sheet, for everybody who handed it in.

    nbgrader: its Gradebook, in which the sheet was graded. Returns the line for the instructor.
    """
    notebook = nbgrader.find_notebook(sheet.slug, sheet.slug)
    wanted = [cell for cell in sheet.cells.values() if nbgrader_flags(cell)]
    before = {cell.name for cell in notebook.source_cells}
    _take_away(nbgrader.db, notebook, {cell["id"] for cell in wanted})
    for cell in wanted:
        if cell["id"] not in before:
            _add(nbgrader, notebook, cell)
    nbgrader.db.commit()
    after = {cell["id"] for cell in wanted}
    gone, added = _questions(before - after), _questions(after - before)
    return CHANGED.format(
        sheet=sheet.slug,
        gone=GONE.format(ids=gone) if gone else "",
        added=ADDED.format(ids=added) if added else "",
    )


def _take_away(session: Any, notebook: Any, wanted: set[str]) -> None:
    for cell in (*notebook.grade_cells, *notebook.solution_cells):
        if cell.name not in wanted:
            for entered in (*cell.grades, *cell.comments):
                session.delete(entered)
            session.delete(cell)
    for cell in notebook.source_cells:
        if cell.name not in wanted:
            session.delete(cell)


def _add(nbgrader: Any, notebook: Any, cell: Json) -> None:
    """Add a cell, and for everybody who handed in the sheet what an empty answer would get."""
    from nbgrader.api import Comment, Grade

    flags = nbgrader_flags(cell)
    name, kind = cell["id"], cell["cell_type"]
    place = (name, notebook.name, notebook.name)
    nbgrader.add_source_cell(*place, cell_type=kind)
    if flags["grade"]:
        points = float(flags["points"])
        graded = nbgrader.add_grade_cell(*place, max_score=points, cell_type=kind)
        for one in notebook.submissions:
            empty = {"auto_score": 0.0, "needs_manual_grade": False}
            nbgrader.db.add(Grade(cell_id=graded.id, notebook=one, **empty))
    if flags["solution"]:
        solved = nbgrader.add_solution_cell(*place)
        for one in notebook.submissions:
            nbgrader.db.add(Comment(cell_id=solved.id, notebook=one))


def _questions(names: Iterable[str]) -> str:
    ids = {question_of(name) for name in names if name.endswith("-answer")}
    return ", ".join(sorted(ids))
