"""Canvas's gradebook as it takes it back: the one that was exported, filled in; or a new one.

What Canvas does with it (gradebook_importer.rb):

- It finds a learner by ID, and an assignment by the number in brackets at the end of a column's
  name, "Sheet 06 (12345)" (parse_assignments, process_student). It asks about what it can't find.
- The columns from Student to Section come first and stay as they are (update_column_count). Columns
  that are left out stay as they are in Canvas, and so do learners who are left out.
- An empty cell deletes a score that Canvas has (no_change_to_value?). So a cell without a grade
  stays as it was exported, and a new gradebook leaves out who has no grade.
- The row "Points Possible" sets the points of an assignment (process_pp). So it stays as it is, and
  a new gradebook has none.
- "N/A" stands where an assignment is not a learner's or is marked without names; such scores are
  not imported. "EX" excuses a learner.
- Commas before decimals are understood (decimal_comma_to_period); a byte order mark is not, in
  some of its forms (`row[0] == "LastName"`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from helpers.grading.platforms.returned import Filled, Noticed, Returned, scaled, written
from helpers.grading.platforms.tables import Table, as_csv, number_in
from helpers.grading.spreadsheet import harmless
from helpers.questions import QuestionSet

LAST_INFO = "Section"
HEADING = ["Student", "ID", "SIS User ID", "SIS Login ID", LAST_INFO]
ASSIGNMENT = re.compile(r"(?P<title>.*)\s\(\d+\)", re.S)
# Columns that Canvas computes may end so, too, with a period's name (NON_ASSIGNMENT_COLUMN_HEADERS)
COMPUTED = re.compile(r"(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")
POINTS_POSSIBLE = "Points Possible"
NOT_OURS = ("n/a", "ex")

WHICH_COLUMN = (
    "{name}: it is not clear which column is for exercises {sheet}, so no grades were filled in. "
    'Give the assignment in Canvas a name with "{sheet}" in it and export again, '
    "or delete the columns of all other assignments from the file."
)
COLUMN = 'Grades stand in the column "{column}".'
MADE = (
    "This table was made without Canvas's own and counts to {most}; Canvas will ask for which "
    "assignment it is. Better: export the gradebook from Canvas, name it after --canvas-gradebook, "
    "and run the command again."
)
WITHOUT_NAMES = (
    "The names were hidden when Canvas exported, so there is no table of grades. "
    "Post the assignment in Canvas, export again, and run the command again."
)
REFUSED = "{name} takes no grade for {who}: excused, not assigned, or marked without names."


def is_gradebook(table: Table) -> bool:
    """Whether a table is Canvas's gradebook (row_has_student_headers?)."""
    first = table.heading[:2]
    named_so = len(first) > 1 and "Student" in first[0] and "ID" in first[1]
    known = named_so or first == ["LastName", "FirstName"]
    return known and {"ID", LAST_INFO} <= set(table.heading)


def learners_in(table: Table) -> list[str]:
    """The numbers of the learners in a gradebook."""
    return [cell.strip() for cell in table.column(table.heading.index("ID")) if cell.strip()]


def new_gradebook(questions: QuestionSet, returned: Mapping[str, Returned]) -> Filled:
    """A gradebook made from what was handed in. returned: by the learner's number."""
    rows = []
    most = ""
    for learner, one in returned.items():
        most = written(one.grade.most)
        if one.grade.earned is not None:
            rows.append([harmless(one.name), learner, "", "", "", one.grade.out_of(None)])
    heading = [*HEADING, f"{questions.notebook} {questions.title}"]
    return Filled(as_csv(heading, rows), [MADE.format(most=most)])


def filled_gradebook(
    table: Table, questions: QuestionSet, returned: Mapping[str, Returned]
) -> Filled | str:
    """The gradebook that was exported, with one assignment's column, filled in.

    returned: by the learner's number. Returns a line instead when it is not clear which column.
    """
    column = _column(table, questions)
    if column is None:
        return WHICH_COLUMN.format(name=table.name, sheet=questions.notebook)
    last = table.heading.index(LAST_INFO)
    id_column = table.heading.index("ID")
    whole = _points_possible(table, column)
    noticed = Noticed()
    waiting = dict(returned)
    rows = []
    for row in table.rows:
        one = waiting.pop(row[id_column].strip(), None)
        grade = row[column]
        if one:
            grade = _grade(grade, whole, one, noticed)
        rows.append([*row[: last + 1], grade])
    noticed.missing.extend(one.called for one in waiting.values())
    heading = [*table.heading[: last + 1], table.heading[column]]
    lines = [COLUMN.format(column=table.heading[column])]
    lines += scaled("Canvas", whole, returned.values())
    lines += noticed.lines(table.name, refused=REFUSED)
    return Filled(as_csv(heading, rows), lines)


def _column(table: Table, questions: QuestionSet) -> int | None:
    """The column of a sheet: by its title, by its number, or since there is no other."""
    titles = {}
    first = table.heading.index(LAST_INFO) + 1
    for index, name in enumerate(table.heading[first:], first):
        hit = ASSIGNMENT.fullmatch(name)
        if hit and not COMPUTED.search(name):
            titles[index] = hit["title"].casefold()
    wanted = questions.title.casefold().rstrip("?")
    number = int(questions.notebook)
    by_title = [index for index, title in titles.items() if wanted in title]
    by_number = [index for index, title in titles.items() if number in _numbers(title)]
    for found in (by_title, by_number, list(titles)):
        if len(found) == 1:
            return found[0]
    return None


def _numbers(title: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", title)]


def _points_possible(table: Table, column: int) -> float | None:
    for row in table.rows:
        if POINTS_POSSIBLE in row[0]:
            return number_in(row[column])
    return None


def _grade(before: str, whole: float | None, one: Returned, noticed: Noticed) -> str:
    """The cell of a learner, as it goes back."""
    grade = one.grade.out_of(whole)
    if not grade:
        return before
    if before.strip().casefold() in NOT_OURS:
        noticed.refused.append(one.called)
        return before
    known = number_in(before)
    if known == float(grade):
        return before
    if before.strip():
        noticed.others.append(one.called)
    return grade
