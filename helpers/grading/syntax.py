"""A learner's cell as a tree that is read and never run; and in plain words, why there is none."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection

from helpers.slips import NOT_PARSED, STRAIGHT, as_meant, parses, tree_of, without_magic

LONGEST_CELL = 50_000  # characters of a cell that is parsed
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


def parse(source: str, known: Collection[str] = ()) -> ast.Module:
    """The tree of a cell as it was meant, by the same reading as in a learner's kernel.

    known: names that have a value. Line numbers stay those of the cell. Raises NotParsed.
    """
    if len(source) > LONGEST_CELL:
        raise NotParsed(TOO_MUCH)
    meant = as_meant(source, known)
    python = source.translate(STRAIGHT) if meant is None else meant
    try:
        return tree_of(python if parses(python) else without_magic(python))
    except NOT_PARSED as error:
        raise _in_plain_words(error, source) from None


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
