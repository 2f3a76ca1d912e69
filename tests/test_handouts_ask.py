"""The learners' handout asks all that the class of ninety minutes asks, and answers none of it."""

from __future__ import annotations

import re

import pytest
from course import (
    EDITION,
    LESSONS,
    QUESTIONS,
    SETS,
    blocks,
    cells,
    cited_ids,
    flat,
    number_of,
    segments_of,
    source,
    strings,
)
from homes import counted
from paper import LEARNERS, REPLIES, asked, bare, pages_of, planned, said_in, stretches
from printed import (
    FOLDED,
    Stretch,
    content,
    parts_of_key,
    prints,
    rivals,
    without_source,
)

from helpers.questions import Practice, Text
from helpers.questions.numbers import Number, Range
from helpers.questions.rubrics import rubric

ASKED = {id: QUESTIONS[id] for id in asked()}
PRACTICE = [question for question in ASKED.values() if isinstance(question, Practice)]
TEXTS = [question for question in ASKED.values() if isinstance(question, Text)]
LESSONS_CUT = ("01", "02", "06")  # to what ninety minutes need
ON_PAPER = ("00", *LESSONS_CUT)  # the lessons whose prose the handout prints
SENTENCE = re.compile(r"(?<=[.?!])\s+")
SHORTEST = 5  # words of a sentence that tells something
TELLS = {"E1.1": ("E1.2", "E1.2b")}  # what the words of another question presuppose
each_question = pytest.mark.parametrize("id", ASKED)
each_practice = pytest.mark.parametrize("question", PRACTICE, ids=lambda question: question.id)


def page_of(id: str) -> int:
    """The page on which a question begins."""
    begins = re.compile(rf"^{re.escape(id)} \d+ minutes", re.M)
    return next(page.number for page in pages_of(LEARNERS) if begins.search(page.words))


# All is there


@each_question
def test_a_question_stands_there_in_its_own_words(id: str) -> None:
    question = ASKED[id]
    parts = [question.prompt]
    for choices in question.choices:
        parts += choices.values()
    for part in parts:
        assert bare(part) in said_in(LEARNERS), f"{id}: “{part}” is not in {LEARNERS}."


@each_question
def test_the_passages_of_a_question_stand_there_with_their_ids(id: str) -> None:
    question = ASKED[id]
    for segment in segments_of_all(question.shown_passages):
        words = bare(f"{segment} {EDITION.segments[segment].text}")
        assert words in said_in(LEARNERS), f"{id}: {segment} is not in {LEARNERS}."


def segments_of_all(ids: str) -> list[str]:
    """The segments of a list of passages."""
    return [segment.id for segment in EDITION.find(ids)]


def test_the_whole_source_stands_there_in_order() -> None:
    place = 0
    source_pages = [page.words for page in pages_of(LEARNERS) if page.title.endswith("The source")]
    said = bare(" ".join(source_pages))
    for segment in EDITION.segments.values():
        words = bare(f"{segment.id} {segment.text}")
        place = said.find(words, place) + 1
        assert place, f"{LEARNERS}: {segment.id} is missing in the source, or out of order."


def test_the_questions_come_in_the_order_of_the_hour() -> None:
    pages = [page_of(id) for id in asked()]
    assert pages == sorted(pages), f"{LEARNERS}: the questions {asked()} stand on pages {pages}."


def test_a_sheet_bears_the_title_of_its_lesson() -> None:
    titles = {page.title.removeprefix("One Day of a Journal · ") for page in pages_of(LEARNERS)}
    for number in LESSONS_CUT:
        title = f"{number} · {SETS[number].title}"
        assert title in titles, f"{LEARNERS}: no sheet is called “{title}”."


def test_citation_and_rights_stand_there() -> None:
    for words in ("The source text is not relicensed", "Wilson Center Digital Archive"):
        assert bare(words) in said_in(LEARNERS), f"{LEARNERS}: “{words}” is missing."


def test_there_is_an_exit_ticket_on_the_last_page() -> None:
    last = pages_of(LEARNERS)[-1].words
    assert re.search(r"^Exit$", last, re.M), f"{LEARNERS}: the exit ticket is not on the last page."


# Nothing decides before the learner


def told_by(question: object) -> list[str]:
    """What a reply to a question may say: reason, hints, steps, levels and examples."""
    if isinstance(question, Text):
        found = []
        for level in rubric(question.id):
            found += [level.shows, level.anchor]
        return found
    hints = [wrong.hint for wrong in question.wrong]
    return [question.explain, question.otherwise, question.step, *hints]


def sentences(text: str) -> list[str]:
    """The sentences of a text that tell something."""
    return [one for one in SENTENCE.split(flat(text)) if len(one.split()) >= SHORTEST]


@each_question
def test_no_reply_to_a_question_stands_there(id: str) -> None:
    for reply in told_by(ASKED[id]):
        for sentence in sentences(reply):
            there = bare(sentence) in said_in(LEARNERS)
            assert not there, f"{LEARNERS} prints a reply to {id}: “{sentence}”."


@pytest.mark.parametrize("number", ON_PAPER)
def test_nothing_that_a_lesson_folds_stands_there(number: str) -> None:
    (path,) = [path for path in LESSONS if number_of(path) == number]
    for cell in cells(path):
        for fold in FOLDED.findall(source(cell)):
            for sentence in sentences(fold.partition("</summary>")[2]):
                there = bare(sentence) in said_in(LEARNERS)
                assert not there, f"{LEARNERS}: lesson {number} folds “{sentence}”."


def others(id: str) -> list[Stretch]:
    """What the handout says, except the source and the question itself."""
    found = []
    for place, words in stretches(LEARNERS):
        if place not in (id, "source"):
            said = content(without_source(words))
            found.append(Stretch(words, said, cited_ids(words)))
    return found


@each_practice
def test_no_key_stands_there(question: Practice) -> None:
    """As in the lessons (tests/printed.py): a sentence with the words of a key at its place."""
    parts = parts_of_key(question)
    printed = []
    for part in parts:
        hits = [one.cell for one in others(question.id) if prints(one, part, rivals(question))]
        printed += hits[:1]
    assert 2 * len(printed) < len(parts), f"{LEARNERS} prints the key of {question.id}: {printed}."


@pytest.mark.parametrize("question", [one for one in PRACTICE if isinstance(one, Number)])
def test_no_number_that_is_asked_for_stands_there(question: Number) -> None:
    for stretch in others(question.id):
        for key in question.keys:
            found = {one.number for one in counted(stretch.cell) if is_one_of(one, question)}
            there = {key.low, key.high} <= found
            assert not there, f"{LEARNERS} prints the key of {question.id}: “{stretch.cell}”."


def is_one_of(found: object, question: Number) -> bool:
    """Whether a number may be meant for the answer: any in a range, else one before its unit."""
    return isinstance(question, Range) or found.word in question.units


@pytest.mark.parametrize("id", TELLS)
def test_what_tells_an_answer_stands_overleaf(id: str) -> None:
    """Both sides printed, an odd page and the next are two sides of one leaf."""
    page = page_of(id)
    assert page % 2, f"{LEARNERS}: {id} has to stand on an odd page; it is on {page}."
    for later in TELLS[id]:
        assert page_of(later) > page, f"{LEARNERS}: {later} tells what {id} asks: turn it over."


# The reply sheet


@each_practice
def test_the_reply_sheet_has_key_reason_hints_and_accepted_forms(question: Practice) -> None:
    wanted = [question.key_in_words, *told_by(question), *strings(list(question.accept))]
    for words in wanted:
        assert bare(words) in said_in(REPLIES), f"{REPLIES}: {question.id} lacks “{words}”."


@pytest.mark.parametrize("question", TEXTS, ids=lambda question: question.id)
def test_the_reply_sheet_has_the_levels_of_a_text(question: Text) -> None:
    for words in told_by(question):
        assert bare(words) in said_in(REPLIES), f"{REPLIES}: {question.id} lacks “{words}”."


def test_the_reply_sheet_keeps_the_order_of_the_hour() -> None:
    heads = []
    for page in pages_of(REPLIES):
        heads += re.findall(r"^([EN]\d+\.\d+b?) (?!\d+ minutes)", page.words, re.M)
    after_the_list = heads[len(PRACTICE) :]
    wanted = [question.id for question in PRACTICE]
    assert heads[: len(PRACTICE)] == wanted, f"{REPLIES}: the list of answers has {heads}."
    assert after_the_list == wanted, f"{REPLIES}: the replies come as {after_the_list}."


def test_the_plan_is_the_guides() -> None:
    assert set(planned()) < set(asked()), "The guide's class of ninety minutes names no exercise."


def test_every_passage_that_the_handout_cites_exists() -> None:
    for _, words in stretches(LEARNERS):
        for block in blocks(words):
            for id in re.findall(r"\b[AHGBTW]\d+(?:\.\d+)?\b", block):
                assert segments_of(id), f"{LEARNERS}: there is no passage {id}."
