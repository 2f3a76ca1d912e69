"""Forgiving cells: a slip is read as it was meant, or becomes one plain line.

Curly quotation marks are read as straight ones, and a text may end in a quotation mark of its own.
Missing marks, or a first cell that was not run, give a line that says what to do, and no traceback.
It works in every kernel of IPython; `lab` loads it as each kernel starts, elsewhere the first word
that a page fetches does.
"""

from __future__ import annotations

import ast
import re
import traceback
from difflib import get_close_matches
from types import TracebackType
from typing import Any

from helpers import WORDS
from helpers.display import notice
from helpers.edition import shorten

CURLY = str.maketrans(dict.fromkeys("“”„‟«»", '"') | dict.fromkeys("‘’‚‛", "'"))
ENDS_IN_A_MARK = re.compile(r'(?<=[^"])""""(?=\s*(?:#.*)?$)', re.M)
ASSIGNED = re.compile(r"^\s*(?P<name>[A-Za-z_]\w*)\s*=\s*(?P<words>[^=].*)$")
BARE_ID = re.compile(r"\bcheck\(\s*(?P<id>[RNE]\d+\.\d+[a-z]?)\b")
NO_COMMA = re.compile(r"[\"'\d]\s*[\"'][^\"'\s]+[\"']\s*:")  # "a": "1" "b": "2"
TELL = "from helpers.cells import tell; tell({line!r})"
SPECIAL = ("%", "!", "?")  # how IPython's own commands begin


def forgive_this_kernel() -> None:
    """Make the cells of the kernel that runs this forgiving, if one does."""
    from IPython.core.getipython import get_ipython

    shell = get_ipython()
    if shell is not None:
        load_ipython_extension(shell)


def load_ipython_extension(shell: Any) -> None:
    """Make the cells of a kernel forgiving. Doing it twice does no harm."""
    steps = shell.input_transformers_cleanup
    if forgive in steps:
        return
    steps.insert(0, forgive)
    shell.set_custom_exc((NameError,), _name_not_known)


def forgive(lines: list[str]) -> list[str]:
    """The lines of a cell as they were meant; where that cannot be told, a line that says so."""
    written = "".join(lines)
    if _is_python(written) or _has_commands(lines):
        return lines
    for meant in (ENDS_IN_A_MARK.sub('" """', written), _straight(written)):
        if _is_python(meant):
            return meant.splitlines(keepends=True)
    problem = _what_is_missing(lines)
    return [TELL.format(line=problem)] if problem else lines


def tell(line: str) -> None:
    """Show what is wrong with a cell, in one line."""
    from IPython.display import display

    display(notice("This cell could not be read.", line))


def _is_python(source: str) -> bool:
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _has_commands(lines: list[str]) -> bool:
    return any(line.lstrip().startswith(SPECIAL) or line.rstrip().endswith("?") for line in lines)


def _straight(source: str) -> str:
    return ENDS_IN_A_MARK.sub('" """', source.translate(CURLY))


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
    if source.count('"""') % 2 or source.translate(CURLY).count('"') % 2:
        odd = next((line for line in lines if line.translate(CURLY).count('"') % 2), lines[0])
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
