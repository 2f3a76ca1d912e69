"""Which questions are voted on: the table in the instructor guide, the one list of them."""

from __future__ import annotations

import re

from helpers.authoring.messages import Problem
from helpers.authoring.places import EXERCISES
from helpers.edition import NotInEdition
from helpers.questions import Question, find_question

GUIDE = EXERCISES / "instructor-guide.md"
HEADING = "## Vote, discuss, vote again"
ROW = re.compile(r"^\|\s*(?P<lesson>\d\d)\s*\|\s*(?P<id>[A-Z]\d+\.\d+[a-z]?)\s*\|", re.M)


def voted() -> list[tuple[str, Question]]:
    """Each question of the guide's table, after the number of its lesson. Raises Problem."""
    _, heading, after = GUIDE.read_text(encoding="utf-8").partition(HEADING)
    part = after.partition("\n## ")[0]
    rows = ROW.findall(part)
    if not heading or not rows:
        raise Problem(f"The guide has no table of votes: put it below “{HEADING}”.")
    return [(lesson, _question(id)) for lesson, id in rows]


def _question(id: str) -> Question:
    try:
        return find_question(id)
    except NotInEdition as problem:
        raise Problem(f"The guide's table of votes: {problem}") from None
