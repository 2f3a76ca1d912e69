"""The order of the concerns beside the order of the answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from helpers.display import View
from helpers.edition import NotInEdition, edition, shorten
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import BESIDE_DOT, Line, Mark, Shape, Span, Words
from helpers.passages import OwnReadings, count_words, own_readings, politely

FRAME = Frame(
    before="Slope chart with {count} lines. Left, from top to bottom, the concerns in the order "
    "in which they are raised; right, the paragraphs that answer them, in the order of the text. "
    "A line joins each concern to its answer.",
    caption="Left: the order of the concerns. Right: the order of the answers",
    title="{count} concerns and their answers",
)
SPACE = "\u00a0"  # stays where it is beside another; a browser drops a plain one


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


@politely
def order_figure(changes: OwnReadings | None = None) -> View:
    """The concerns in the order in which they are raised, and in that of their answers.

    changes: your own matching, {"4": "B14"}; an empty place ("") says that a concern is not
    answered.
    """
    concerns = edition().records("replies", Concern)
    answers = _answers(concerns, own_readings(changes))
    ranks = _ranks(answers)
    marks = []
    for place, concern in enumerate(concerns, 1):
        number = concern.concern
        if number in ranks:
            marks.append(_answered(concern, place, answers[number], ranks[number]))
        else:
            marks.append(_unanswered(concern, place))
    count = len(marks)
    chart = Chart(
        FRAME,
        marks,
        Paper(8.6, 0, lane=0.62, bare=True),
        x=Axis("", Span(-1.6, 2.7)),
        y=Axis("", Span(count + 0.5, 0.5)),
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


def _ranks(answers: Mapping[str, str]) -> dict[str, int]:
    """The place of each concern's answer in the order of the text, counted from 1."""
    starts = {}
    for number, ids in answers.items():
        if ids:
            starts[number] = edition().find(ids)[0].start
    in_order = sorted(starts, key=lambda number: starts[number])
    return {number: place for place, number in enumerate(in_order, 1)}


def _answered(concern: Concern, place: int, answer: str, rank: int) -> Mark:
    """place: of the concern among the concerns. rank: of its answer among the answers."""
    line = Line(Span(0, 1), Span(place, rank), dots=True)
    right = Words(1, rank, f"{answer}{SPACE} {concern.title}", away=BESIDE_DOT)
    length = count_words(edition().find(answer))
    return Mark(
        shapes=[_left(concern, place), line, right],
        cells=_cells(concern, answer, rank, length),
        said="{0}, raised in {1}, is answered in {2}, place {3}",
    )


def _unanswered(concern: Concern, place: int) -> Mark:
    return Mark(
        shapes=[_left(concern, place)],
        cells=_cells(concern, "nowhere", "none", 0),
        said="{0}, raised in {1}, is answered {2}",
    )


def _left(concern: Concern, place: int) -> Shape:
    words = f"{concern.concern}{SPACE} {concern.title} ({concern.asked})"
    return Words(0, place, words, "left", BESIDE_DOT)


def _cells(concern: Concern, answer: str, rank: object, length: int) -> dict[str, object]:
    return {
        "Concern": concern.name,
        "Raised in": concern.asked,
        "Answered in": answer,
        "Place of the answer": rank,
        "Words of the answer": length,
    }
