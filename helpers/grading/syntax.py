"""A learner's cell as a tree that is read and never run; and in plain words, why there is none."""

from __future__ import annotations

import ast
import re
import warnings

LONGEST_CELL = 50_000  # characters of a cell that is parsed
# What ast.parse raises for what is misspelt, too deep or too long.
NOT_PARSED = (SyntaxError, ValueError, RecursionError, MemoryError)

STRAIGHT = str.maketrans("“”„‟«»‘’‚‛", '""""""\'\'\'\'')
MAGIC = re.compile(r"^[ \t]*(?:[%!?].*|[\w.]+\?{1,2}[ \t]*)$", re.M)  # IPython's own lines
INDENT = re.compile(r"\s*?^([ \t]+)\S", re.M)
IN_MARKS = re.compile(r"\"[^\"]*\"|'[^']*'")
BRACKETS = {"(": ")", "[": "]", "{": "}"}

TOO_MUCH = "It is too long, too deep or too damaged to be read."
MARK_MISSING = "A quotation mark is missing."
MARKS_MISSING = "Put the answer between quotation marks."
BRACKET_MISSING = "A bracket is missing."
BRACKET_TOO_MANY = "There is a bracket too many."


class NotParsed(ValueError):
    """A cell of which no tree can be made. The message says why; line: from 0, or None."""

    def __init__(self, why: str, line: int | None = None) -> None:
        super().__init__(why)
        self.line = line


def parse(source: str) -> ast.Module:
    """The tree of a cell, where need be read as IPython reads it, or with straight quotation marks.

    Line numbers stay those of the cell. Raises NotParsed.
    """
    if len(source) > LONGEST_CELL:
        raise NotParsed(TOO_MUCH)
    python = _as_ipython_reads_it(source)
    for attempt in (source, python, python.translate(STRAIGHT)):
        try:
            return _tree(attempt)
        except NOT_PARSED as error:
            problem: Exception = error
    raise _in_plain_words(problem, source)


def _as_ipython_reads_it(source: str) -> str:
    """Python alone: no lines that are IPython's own, and no indent of the whole cell."""
    python = MAGIC.sub("", source)
    indent = INDENT.match(python)
    if indent is None:
        return python
    return re.sub(rf"^{indent[1]}", "", python, flags=re.M)


def _tree(source: str) -> ast.Module:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a learner's odd backslash
        return ast.parse(source)


def _in_plain_words(problem: Exception, source: str) -> NotParsed:
    lines = source.split("\n")
    if not isinstance(problem, SyntaxError) or problem.lineno is None:
        return NotParsed(TOO_MUCH)
    number = min(problem.lineno, len(lines)) - 1
    return NotParsed(what_is_wrong(lines[number]), number)


def what_is_wrong(line: str) -> str:
    """Why a line cannot be parsed: by its marks and brackets, in the words of a learner.

    Python's own messages differ from version to version.
    """
    outside = IN_MARKS.sub("", line.translate(STRAIGHT))
    if '"' in outside or "'" in outside:
        return MARK_MISSING
    for opens, closes in BRACKETS.items():
        if outside.count(opens) > outside.count(closes):
            return BRACKET_MISSING
        if outside.count(opens) < outside.count(closes):
            return BRACKET_TOO_MANY
    return MARKS_MISSING
