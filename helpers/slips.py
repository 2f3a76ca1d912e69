"""Slips of the pen in a cell: what was meant, where that is clear.

A learner's kernel and the grading of a class both read a cell through this module, so that the same
text is the same answer. What was meant is clear

- for quotation marks of any shape: curly, low, angled, doubled, or typed as accents;
- for the one line of an answer: one mark missing, an apostrophe inside, or no marks at all;
- for a text that is opened and never closed, in a cell that holds nothing else;
- for numbers with commas between thousands: 50,000, which Python takes for the pair 50 and 0.

A name after = to which nobody has given a value is a word. Everything else stays as it was typed,
and whoever reads it says what is missing.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Collection, Iterator
from functools import cache
from typing import Any, TypeGuard

from helpers.questions import Practice, Text, all_questions

LONGEST_LINE = 500  # characters of a line that is looked into
MOST_LINES = 300  # of a cell that is looked into line by line
# What ast.parse raises for what is misspelt, too deep or too long.
NOT_PARSED = (SyntaxError, ValueError, RecursionError, MemoryError)
DOUBLE, SINGLE = "“”„‟«»″〝〞〟＂「」『』", "‘’‚‛‹›′´`＇"
STRAIGHT = str.maketrans(dict.fromkeys(DOUBLE, '"') | dict.fromkeys(SINGLE, "'"))
DOUBLED = re.compile(r"''|,,(?=\w)")  # two small marks for a large one, as on a typewriter
ENDS_IN_A_MARK = re.compile(r'(?<=[^"])""""(?=\s*(?:#.*)?$)', re.M)
ENDS_TOO_SOON = re.compile(r'"{0,2}\s*$')
THREE = '"""'
# IPython's own lines: %pwd, !ls, check?, files = !ls
MAGIC = re.compile(
    r"^[ \t]*(?:[%!?].*|[\w.]+\?{1,2}[ \t]*|[^\W\d]\w*[ \t]*=[ \t]*(?:!|%[^\W\d]).*)$", re.M
)
INDENT = re.compile(r"\s*?^([ \t]+)\S", re.M)
ASSIGNED = re.compile(r"(?P<before>\s*(?P<name>[^\W\d]\w*)[ \t]*=(?!=))(?P<value>.*)")
HANDED_ON = re.compile(r"\b(?:check|keep)\([^,]*,\s*(\w+)")  # a lesson's own answers
MARKS = re.compile(r"(?P<lead>[\"']*)(?P<words>.*?)(?P<trail>[\"']*)$")
APOSTROPHE = re.compile(r"(?<=\w)'(?=\w|\s|$)")
REMARK = re.compile(r"\s#.*$")
NOT_BARE = re.compile(r"[=<>+*/|&^~@\\{}\[\]()\"'#]|\s-\s")  # what calculates, boxes or quotes
THOUSANDS = r"\d{1,3}(?:,\d{3})+"
WITH_THOUSANDS = re.compile(rf"{THOUSANDS}(?:,\s+{THOUSANDS})*")
ROUND = re.compile(r",000\b")
BOXES = (ast.Tuple, ast.List, ast.Set, ast.Dict)
SENTENCES = (ast.BoolOp, ast.Compare, ast.UnaryOp, ast.IfExp)  # not sure, a or b, a in b


def as_meant(source: str, known: Collection[str] = ()) -> str | None:
    """A cell as it was meant, with the same lines; None where that is not clear.

    source: what is Python comes back unchanged, and so do IPython's own lines. known: names that
    have a value.
    """
    if parses(source):
        return _words_quoted(source, known)
    for python in dict.fromkeys([source, without_magic(source)]):
        for meant in _readings(python):
            if parses(meant):
                return _with_magic(_words_quoted(meant, known), source)
    return None


def tree_of(source: str) -> ast.Module:
    """The tree of a cell, without its whole indent. Raises one of NOT_PARSED."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of a learner's odd backslash
        return ast.parse(_without_indent(source))


def parses(source: str) -> bool:
    """Whether this is Python, as far as its grammar goes."""
    try:
        tree_of(source)
    except NOT_PARSED:
        return False
    return True


def without_magic(source: str) -> str:
    """A cell with nothing where IPython's own lines stand."""
    return MAGIC.sub("", source)


def words_for_names(value: ast.expr, known: Collection[str]) -> Any:
    """A value with words in place of unknown names, also in boxes. It may change the value."""
    return Words(known).visit(value)


def names_given(tree: ast.Module) -> set[str]:
    """The names to which a cell itself gives a value."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            found.add(node.id)
        elif isinstance(node, ast.alias):
            found.add(node.asname or node.name)
        elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
            found.add(node.name)
    return found


def is_answer(statement: ast.stmt) -> TypeGuard[ast.Assign]:
    """Whether a statement gives a value to the name of an answer."""
    if not isinstance(statement, ast.Assign):
        return False
    names = {target.id for target in statement.targets if isinstance(target, ast.Name)}
    return bool(names & variables())


def has_unknown_name(value: ast.expr, known: Collection[str]) -> bool:
    """Whether a value, or a box of them, names something that has no value."""
    if not isinstance(value, (ast.Name, *BOXES)):
        return False
    names = {node.id for node in ast.walk(value) if isinstance(node, ast.Name)}
    return not names <= set(known)


class Words(ast.NodeTransformer):
    """Puts words in place of names that have no value."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known

    def visit(self, node: ast.AST) -> Any:
        """A node with words in it; what is no box is left alone."""
        if isinstance(node, BOXES):
            return self.generic_visit(node)
        if isinstance(node, ast.Name) and node.id not in self.known:
            return ast.copy_location(ast.Constant(node.id), node)
        return node


@cache
def variables() -> frozenset[str]:
    """The names under which the sheets keep answers."""
    asked = all_questions().values()
    return frozenset(one.variable for one in asked if isinstance(one, (Practice, Text)))


def _readings(python: str) -> Iterator[str]:
    """What a cell may have meant; first what changes least."""
    yield ENDS_IN_A_MARK.sub('" """', python)
    straight = ENDS_IN_A_MARK.sub('" """', python.translate(STRAIGHT))
    if python.count("\n") > MOST_LINES:
        yield straight
        return
    yield "\n".join(_straight_line(line) for line in python.split("\n"))
    yield straight
    answers = _answers_in(python)
    if THREE not in straight:
        yield "\n".join(_answer_line(line, answers) for line in python.split("\n"))
    else:
        yield _closed(straight, answers)


def _straight_line(line: str) -> str:
    if len(line) > LONGEST_LINE or parses(line):
        return line
    return line.translate(STRAIGHT)


def _answers_in(source: str) -> set[str]:
    """The names of answers that a cell may hold: a sheet's, and those that a lesson checks."""
    found = set(variables())
    for line in source.split("\n"):
        if len(line) <= LONGEST_LINE:
            found.update(HANDED_ON.findall(line))
    return found


def _answer_line(line: str, answers: Collection[str]) -> str:
    """The line of an answer with straight marks around its words, where these are clear."""
    if len(line) > LONGEST_LINE or parses(line):
        return line
    assigned = ASSIGNED.fullmatch(line)
    if assigned is None or assigned["name"] not in answers:
        return line.translate(STRAIGHT)
    words = _words(assigned["value"])
    return line if words is None else f"{assigned['before']} {words!r}"


def _words(value: str) -> str | None:
    """The words after =, whatever marks stand around them; None where that is not clear."""
    straight = DOUBLED.sub('"', value.translate(STRAIGHT))
    marks = MARKS.match(REMARK.sub("", straight).strip())
    if marks is None or not marks["words"].isprintable():
        return None
    words = marks["words"].strip()
    is_marked = bool(marks["lead"] or marks["trail"])
    without_apostrophes = APOSTROPHE.sub("", words)
    if is_marked:
        is_clear = not re.search(r"[\"']|^[(\[{]", without_apostrophes)
    else:
        is_clear = not NOT_BARE.search(without_apostrophes)
    return words if is_clear else None


def _closed(straight: str, answers: Collection[str]) -> str:
    """The same with an end to the text that a cell opens, where all of the rest is that text."""
    before, _, text = straight.partition(THREE)
    begins = ASSIGNED.fullmatch(before.rpartition("\n")[2])
    is_all = THREE not in text and not HANDED_ON.search(text[:LONGEST_LINE])
    if begins is None or begins["name"] not in answers or begins["value"].strip() or not is_all:
        return straight
    return ENDS_TOO_SOON.sub(THREE, straight, count=1)


def _words_quoted(source: str, known: Collection[str]) -> str:
    """The same with marks around answers that Python takes for something else.

    It takes "not sure" for a condition, and "50,000" for a pair.
    """
    tree = tree_of(source)
    lines = source.split("\n")
    for statement in tree.body:
        if not is_answer(statement):
            continue
        line = lines[statement.lineno - 1]
        if isinstance(statement.value, SENTENCES):
            given = names_given(tree) | set(known)
            lines[statement.lineno - 1] = _sentence_quoted(statement, line, given)
        if isinstance(statement.value, (ast.Tuple, ast.List)):
            lines[statement.lineno - 1] = _thousands_quoted(line)
    return "\n".join(lines)


def _thousands_quoted(line: str) -> str:
    """The line of an answer with marks around numbers such as 50,000, where it is these alone.

    In brackets, a pair such as (100,150) is a pair.
    """
    assigned = ASSIGNED.fullmatch(line)
    if assigned is None:
        return line
    value = REMARK.sub("", assigned["value"]).strip()
    bare = value.strip("()[]").strip()
    is_clear = bare == value or ROUND.search(bare) is not None
    if not is_clear or not WITH_THOUSANDS.fullmatch(bare):
        return line
    return f"{assigned['before']} {bare!r}"


def _sentence_quoted(statement: ast.Assign, line: str, known: Collection[str]) -> str:
    """The line of a statement with marks around its words, where it is words alone."""
    assigned = ASSIGNED.fullmatch(line)
    is_long = statement.lineno != statement.end_lineno
    names = {node.id for node in ast.walk(statement.value) if isinstance(node, ast.Name)}
    if assigned is None or is_long or not names or names & set(known):
        return line
    words = REMARK.sub("", assigned["value"]).strip()
    if NOT_BARE.search(words):
        return line
    return f"{assigned['before']} {words!r}"


def _with_magic(meant: str, source: str) -> str:
    """With IPython's own lines where they stood."""
    lines = meant.split("\n")
    for place, line in enumerate(source.split("\n")):
        if place < len(lines) and MAGIC.fullmatch(line):
            lines[place] = line
    return "\n".join(lines)


def _without_indent(source: str) -> str:
    indent = INDENT.match(source)
    if indent is None:
        return source
    return re.sub(rf"^{indent[1]}", "", source, flags=re.M)
