"""What only an instructor can say about who is who: one line for each question that stays open."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from helpers.authoring.messages import first_few
from helpers.grading.class_list import ClassList, Learner, key_of_name
from helpers.grading.moving import Who
from helpers.grading.naming import CANVAS_EXPORT, MOODLE_EXPORT, Student

SEVERAL = "{who} may be {candidates} of the class list. Nothing was joined. {advice}"
ADVICE = {
    MOODLE_EXPORT: 'Give the list a column "Moodle numbers", and write {id} into the right row.',
    CANVAS_EXPORT: 'Give the list a column "Canvas ID", and write {id} into the right row.',
    "": "Call the folder by an id of the list that nobody else has.",
}
SOME_OF_LIST = "one of several"
NUMBER_IN_KEY = "the number that the key to the codes has"
NOT_LISTED = "Not on the class list, and so graded as learners of their own: {}."
NAMESAKES = (
    "Several learners bear one name in one assignment: {who}. They stay apart. To join each with "
    'their other sheets, give a class list with a column "Moodle numbers": add --class-list FILE.'
)
MAY_BE_ONE = (
    "Under one name Moodle has several numbers, as one learner has for several assignments: {who}. "
    "Nothing was joined, since two learners may bear one name. "
    "Give the class list: add --class-list FILE."
)


def open_questions(
    people: Mapping[Who, Student], listed: ClassList | None, graded: Collection[str]
) -> Iterator[str]:
    """Lines about those who are not on the class list. people: by how they are shown.

    graded: the ids of learners of whom a sheet was graded; other files may be nobody's.
    Beside a code stands no number and no id: the key to the codes has them.
    """
    unlisted = []
    for shown, student in people.items():
        found = listed.find(student) if listed else []
        if len(found) > 1:
            yield _several(shown, student, found)
        elif listed and shown.id in graded and not student.is_namesake:
            unlisted.append(_called(shown, student))
    if unlisted:
        yield NOT_LISTED.format(first_few(sorted(unlisted)))
    yield from _numbers_of_moodle(people, listed)


def _several(shown: Who, student: Student, found: Sequence[Learner]) -> str:
    candidates = SOME_OF_LIST
    number = NUMBER_IN_KEY
    if not _is_hidden(shown, student):
        candidates = " or ".join(one.id for one in found)
        number = student.id
    advice = ADVICE[student.platform].format(id=number)
    return SEVERAL.format(who=_called(shown, student), candidates=candidates, advice=advice)


def _numbers_of_moodle(people: Mapping[Who, Student], listed: ClassList | None) -> Iterator[str]:
    """A line on the names to which Moodle gave several numbers: certain and possible namesakes."""
    by_name: dict[str, dict[Who, Student]] = {}
    for shown, student in people.items():
        is_asked_already = listed is not None and not student.is_namesake
        if student.platform == MOODLE_EXPORT and not is_asked_already:
            by_name.setdefault(key_of_name(student.name), {})[shown] = student
    several = [same for same in by_name.values() if len(same) > 1]
    certain = [same for same in several if any(one.is_namesake for one in same.values())]
    possible = [same for same in several if same not in certain]
    for line, groups in ((NAMESAKES, certain), (MAY_BE_ONE, possible)):
        if groups:
            yield line.format(who=first_few(sorted(map(_with_numbers, groups))))


def _with_numbers(same: Mapping[Who, Student]) -> str:
    """Those of one name, or their codes, with their numbers."""
    names = sorted({shown.name for shown in same})
    if any(_is_hidden(shown, student) for shown, student in same.items()):
        return " and ".join(names)
    numbers = sorted(student.id for student in same.values())
    return f"{', '.join(names)} ({', '.join(numbers)})"


def _called(shown: Who, student: Student) -> str:
    """By name, or by code, with the platform's number."""
    if student.platform and not _is_hidden(shown, student):
        return f"{shown.name} ({student.platform}'s number {student.id})"
    return shown.name


def _is_hidden(shown: Who, student: Student) -> bool:
    """Whether a code stands for the learner."""
    return shown.name != student.name
