"""Forgiving cells: a slip is read as it was meant, or becomes one plain line.

What is meant is told by `slips`, for kernels as for the grading of a class. Where that is not
clear, or where the first cell was not run, a line says what to do, in place of a traceback.
It works in every kernel of IPython; `lab` loads it as each kernel starts, elsewhere the first word
that a page fetches does.
"""

from __future__ import annotations

import ast
import re
import traceback
from collections.abc import Collection
from difflib import get_close_matches
from types import TracebackType
from typing import Any

from helpers import WORDS
from helpers.display import notice
from helpers.edition import shorten
from helpers.slips import (
    MAGIC,
    STRAIGHT,
    as_meant,
    has_unknown_name,
    is_answer,
    names_given,
    words_for_names,
)

ASSIGNED = re.compile(r"^\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<words>[^=].*)$")
BARE_ID = re.compile(r"\bcheck\(\s*(?P<id>[RNE]\d+\.\d+[a-z]?)\b")
NO_COMMA = re.compile(r"[\"'\d]\s*[\"'][^\"'\s]+[\"']\s*:")  # "a": "1" "b": "2"
TELL = "from helpers.cells import tell; tell({line!r})"


def forgive_this_kernel() -> None:
    """Make the cells of the kernel that runs this forgiving, if one does."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None:
        load_ipython_extension(shell)


def load_ipython_extension(shell: Any) -> None:
    """Make the cells of a kernel forgiving. Doing it twice does no harm."""
    if any(isinstance(step, Forgiving) for step in shell.ast_transformers):
        return
    forgiving = Forgiving(shell)
    shell.input_transformers_cleanup.insert(0, forgiving.forgive)
    shell.ast_transformers.append(forgiving)
    shell.set_custom_exc((NameError,), _name_not_known)


class Forgiving(ast.NodeTransformer):
    """What reads the cells of one kernel before they run, as text and then as a tree."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell

    def forgive(self, lines: list[str]) -> list[str]:
        """The lines of a cell as they were meant, where names have the values that they have."""
        return forgive(lines, self._known())

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """A cell with words in place of the names in its answers that have no value."""
        known = self._known() | names_given(node)
        for statement in node.body:
            if is_answer(statement) and has_unknown_name(statement.value, known):
                statement.value = words_for_names(statement.value, known)
        return node

    def _known(self) -> set[str]:
        """The names that have a value, but for those that IPython itself has brought."""
        return set(self._shell.user_ns) - set(self._shell.user_ns_hidden)


def forgive(lines: list[str], known: Collection[str] = ()) -> list[str]:
    """The lines of a cell as they were meant; where that cannot be told, a line that says so.

    known: names that have a value.
    """
    written = "".join(lines)
    meant = as_meant(written, known)
    if meant == written:
        return lines
    if meant is not None:
        return meant.splitlines(keepends=True)
    problem = "" if _has_commands(lines) else _what_is_missing(lines)
    return [TELL.format(line=problem)] if problem else lines


def tell(line: str) -> None:
    """Show what is wrong with a cell, in one line."""
    from IPython.display import display

    display(notice("This cell could not be read.", line))


def _has_commands(lines: list[str]) -> bool:
    """Whether there are lines of IPython's own."""
    return any(MAGIC.fullmatch(line.rstrip()) or line.rstrip().endswith("?") for line in lines)


def _what_is_missing(lines: list[str]) -> str:
    """What a learner forgot, as far as it can be told: the marks around words, or one of them."""
    for line in lines:
        assigned = ASSIGNED.match(line)
        if assigned and not re.search(r"[\"'“”‘’{(\[]", assigned["words"]):
            name, words = assigned["name"], shorten(assigned["words"].strip(), 60)
            return f'Put quotation marks around your words: {name} = "{words}"'
    source = "".join(lines)
    bare_id = BARE_ID.search(source)
    if bare_id:
        return f'Put quotation marks around the id: check("{bare_id["id"]}", …)'
    if source.count('"""') % 2 or source.translate(STRAIGHT).count('"') % 2:
        odd = next((line for line in lines if line.translate(STRAIGHT).count('"') % 2), lines[0])
        where = shorten(odd.strip(), 60)
        return f"A quotation mark is missing, it seems, in this line: {where}"
    return _where_a_comma_is_missing(source)


def _where_a_comma_is_missing(source: str) -> str:
    """A line on a comma that Python itself misses, or that pairs need; or nothing."""
    try:
        ast.parse(source)
    except (SyntaxError, ValueError) as problem:
        said, line = str(problem), getattr(problem, "text", "") or ""
        if "forgot a comma" in said or NO_COMMA.search(source):
            return f"A comma is missing, it seems, in this line: {shorten(line.strip(), 60)}"
    return ""


def _name_not_known(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType, **_: Any
) -> None:
    """One line for a name that is not there, where a learner can mend it; else a traceback."""
    name = getattr(error, "name", "") or ""
    near = get_close_matches(name, [*WORDS, *shell.user_ns], n=1, cutoff=0.75)
    frames = traceback.extract_tb(trace)
    line = (frames[-1].line or "").strip() if frames else ""
    if name in WORDS:
        tell(f"Run the first cell of this page, and then this one: it fetches the word {name}.")
    elif re.fullmatch(rf"\w+\s*=\s*{re.escape(name)}", line):
        tell(f'Put quotation marks around your answer: {line.partition("=")[0].strip()} = "{name}"')
    elif near:
        tell(f"There is no {name} here. Did you mean {near[0]}?")
    else:
        shell.showtraceback((kind, error, trace))
