"""The order of the concerns beside the order of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby

from helpers.display import View
from helpers.edition import NotInEdition, Segment, edition, shorten
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import BESIDE_DOT, DARK, GREY, Line, Mark, Point, Shape, Span, Words
from helpers.passages import OwnReadings, count_words, own_readings, politely

FRAME = Frame(
    before="Slope chart. Left, from top to bottom, the {asked} concerns in the order in which they "
    "are raised; right, the paragraphs of the reply, in the order of the text. A line joins each "
    "concern to its answer; the line that crosses most others is dark.{hollow}",
    caption="Left: the order of the concerns. Right: the order of the answers.{hollow}",
    title="{asked} concerns and their answers",
)
SPACE = "\u00a0"  # stays where it is beside another; a browser drops a plain one
HOLLOW = " A hollow circle stands for what answers no concern."
NOBODY = "nobody asked"


@dataclass(frozen=True)
class Concern:
    """What the visitors ask, and where; and where the edition finds it answered."""

    concern: str
    title: str
    asked: str
    answered: str

    @property
    def name(self) -> str:
        return f"{self.concern}. {self.title}"


@dataclass(frozen=True)
class Joined:
    """A line of the figure: the place of a concern at the left, and of its answer at the right."""

    left: int
    right: int

    def crosses(self, other: Joined) -> bool:
        return (self.left - other.left) * (self.right - other.right) < 0


@politely
def order_figure(changes: OwnReadings | None = None) -> View:
    """The concerns in the order in which they are raised, and in that of their answers.

    changes: your own matching, {"4": "B14"}; an empty place ("") says that a concern is not
    answered.
    """
    concerns = edition().records("replies", Concern)
    answers = _answers(concerns, own_readings(changes))
    unasked = _unasked(concerns, answers)
    places = _places([*answers.values(), *unasked])
    lines = _lines(concerns, answers, places)
    marks = []
    for left, concern in enumerate(concerns, 1):
        if concern.concern in lines:
            marks.append(_answered(concern, answers[concern.concern], lines))
        else:
            marks.append(_unanswered(concern, left))
    marks += [_nobody_asked(ids, places[ids]) for ids in unasked]
    lowest = max(len(concerns), len(places))
    chart = Chart(
        FRAME,
        marks,
        Paper(9.4, 0, lane=0.62, bare=True),
        x=Axis("", Span(-1.6, 3.1)),
        y=Axis("", Span(lowest + 0.5, 0.5)),
        facts={"asked": len(concerns), "hollow": HOLLOW if unasked else ""},
    )
    return chart.view()


def _answers(concerns: list[Concern], own: OwnReadings) -> dict[str, str]:
    """Where each concern is answered, by its number. Raises NotInEdition for another number."""
    answers = {concern.concern: concern.answered for concern in concerns}
    wrong = [shorten(number) for number in own if number not in answers]
    if wrong:
        first, *_, last = answers
        named = ", ".join(wrong)
        raise NotInEdition(f"Name a concern, from {first} to {last}, not {named}.")
    return {**answers, **own}


def _unasked(concerns: list[Concern], answers: Mapping[str, str]) -> list[str]:
    """What the edition reads as an answer and this matching does not, in runs of paragraphs."""
    used = {segment.id for ids in answers.values() if ids for segment in edition().find(ids)}
    reply: dict[str, Segment] = {}
    for concern in concerns:
        if concern.answered:
            reply |= {segment.id: segment for segment in edition().find(concern.answered)}
    in_order = sorted(reply.values(), key=lambda segment: segment.start)
    runs = []
    for is_used, group in groupby(in_order, key=lambda segment: segment.id in used):
        if not is_used:
            run = list(group)
            runs.append(_ids_of(run))
    return runs


def _ids_of(run: list[Segment]) -> str:
    """B12-B13 for whole paragraphs; otherwise the first and the last sentence."""
    first, last = run[0], run[-1]
    paragraphs = f"{first.paragraph}-{last.paragraph}"
    if edition().find(paragraphs) == run:
        return first.paragraph if first.paragraph == last.paragraph else paragraphs
    return first.id if first == last else f"{first.id}-{last.id}"


def _places(answers: list[str]) -> dict[str, int]:
    """The place of each answer, and of what answers nobody, in the order of the text, from 1."""
    starts = {ids: edition().find(ids)[0].start for ids in answers if ids}
    in_order = sorted(starts, key=lambda ids: starts[ids])
    return {ids: place for place, ids in enumerate(in_order, 1)}


def _lines(
    concerns: list[Concern], answers: Mapping[str, str], places: Mapping[str, int]
) -> dict[str, Joined]:
    """The line of each concern that is answered, by its number."""
    lines = {}
    for left, concern in enumerate(concerns, 1):
        answer = answers[concern.concern]
        if answer:
            lines[concern.concern] = Joined(left, places[answer])
    return lines


def _answered(concern: Concern, answer: str, lines: Mapping[str, Joined]) -> Mark:
    own = lines[concern.concern]
    crossed = {number: _crossings(line, lines) for number, line in lines.items()}
    most = max(crossed.values())
    stands_out = crossed[concern.concern] == most > 1
    line = Line(
        Span(0, 1),
        Span(own.left, own.right),
        width=3 if stands_out else 1.5,
        dots=True,
        shade=DARK if stands_out else GREY,
    )
    length = count_words(edition().find(answer))
    right = _right(own.right, answer, concern.title, length)
    cells = _cells(concern, answer, own.right, length)
    return Mark(
        shapes=[_left(concern, own.left), line, right],
        cells={**cells, "Lines that it crosses": crossed[concern.concern]},
        said="{0}, raised in {1}, is answered in {2}, place {3}, {4} words, and crosses {5}",
    )


def _crossings(line: Joined, lines: Mapping[str, Joined]) -> int:
    return sum(line.crosses(other) for other in lines.values())


def _unanswered(concern: Concern, place: int) -> Mark:
    return Mark(
        shapes=[_left(concern, place)],
        cells={**_cells(concern, "nowhere", "none", 0), "Lines that it crosses": "none"},
        said="{0}, raised in {1}, is answered {2}",
    )


def _nobody_asked(ids: str, place: int) -> Mark:
    length = count_words(edition().find(ids))
    hollow = Point(1, place, "o", filled=False)
    return Mark(
        shapes=[hollow, _right(place, ids, NOBODY, length)],
        cells={
            "Concern": NOBODY,
            "Raised in": "nowhere",
            "Answered in": ids,
            "Place of the answer": place,
            "Words of the answer": length,
            "Lines that it crosses": "none",
        },
        said="{0} for {2}, place {3}, {4} words",
    )


def _left(concern: Concern, place: int) -> Shape:
    words = f"{concern.concern}{SPACE} {concern.title} ({concern.asked})"
    return Words(0, place, words, "left", BESIDE_DOT)


def _right(place: int, ids: str, title: str, length: int) -> Shape:
    words = f"{ids}{SPACE} {title}, {length} words"
    return Words(1, place, words, away=BESIDE_DOT)


def _cells(concern: Concern, answer: str, place: object, length: int) -> dict[str, object]:
    return {
        "Concern": concern.name,
        "Raised in": concern.asked,
        "Answered in": answer,
        "Place of the answer": place,
        "Words of the answer": length,
    }
