"""What `check` replies: to the key, to distractors, at each try, to nothing and to odd things."""

from __future__ import annotations

import re
from ast import literal_eval
from dataclasses import replace
from pathlib import Path

import pytest
from asked import JUDGED, MISREADING, TEXTS
from course import QUESTIONS, flat

from helpers import check, tries
from helpers.edition import edition_of
from helpers.questions import Distractor, Practice, misreadings

NOTHING = (None, "", "  ", ..., [], {}, {"a": "", "b": None}, "...")
ODD = (object(), "?!%", [[[[]]], 1, 2, 3], b"bytes", 3 + 4j, float("nan"), float("inf"))

pytestmark = pytest.mark.usefixtures("working_copy")
each_question = pytest.mark.parametrize("question", JUDGED.values(), ids=JUDGED)


def said(id: str, answer: object) -> str:
    """What is replied, in one line."""
    return flat(check(id, answer).text)


def forget() -> None:
    """Begin with the first try again."""
    tries._known.clear()


@each_question
def test_the_key_is_right_with_its_reason_and_its_passages(question: Practice) -> None:
    reply = check(question.id, literal_eval(question.solution))
    assert reply.verdict == "right", f"{question.id}: its own key is not accepted: {reply.text}"
    assert flat(question.explain) in flat(reply.text), f"{question.id}: the reason is missing."
    for ids in question.evidence:
        for segment in edition_of(ids).find(ids):
            words = f"{segment.id} «{flat(segment.text)}»"
            assert words in flat(reply.text), f"{question.id}: {segment.id} is not quoted."


@each_question
def test_a_yes_is_not_followed_by_a_no(question: Practice) -> None:
    """The reply to a right answer begins with Yes, and the reason follows at once."""
    begins = re.match(r"(?:yes|no|not at all)\b\W", question.explain, re.I)
    assert begins is None, f"{question.id} replies: Yes. {question.explain[:30]}"


@each_question
def test_every_accepted_form_is_right(question: Practice) -> None:
    for form in question.accept:
        assert check(question.id, form).verdict == "right", f"{question.id} accepts {form!r}."


@each_question
def test_a_distractor_gets_its_own_hint_and_no_other(question: Practice) -> None:
    for distractor in question.wrong:
        forget()
        reply = check(question.id, question.answer_showing(distractor))
        name = f"{question.id}, when = {distractor.when!r}"
        assert reply.verdict == "not yet", f"{name}: it is taken for right."
        own = flat(distractor.hint)
        others = hints_of(question) - {own}
        heard = [hint for hint in others if hint in flat(reply.text) and hint not in own]
        assert own in flat(reply.text) and not heard, f"{name}: the reply is {reply.text}"
        assert flat(reply.text).startswith(leads(distractor)), f"{name}: {reply.text}"
        assert reply.seen == [distractor.misreading], f"{name}: counted as {reply.seen}."
        assert not MISREADING.search(reply.html), (
            f"{name}: a learner sees the code of a misreading."
        )


def leads(distractor: Distractor) -> tuple[str, ...]:
    """How a reply may begin: with the misreading, where its name says something of the answer."""
    labelled = f"◐ Not yet: {misreadings()[distractor.misreading]}."
    pairs = distractor.when if isinstance(distractor.when, dict) else {}
    if not distractor.label:
        return ("◐ Not yet. ",)
    return (labelled, "◐ Not yet. ") if len(pairs) > 1 else (labelled,)


def hints_of(question: Practice) -> set[str]:
    """Every first hint that a question can give."""
    return {flat(distractor.hint) for distractor in question.wrong} | {flat(question.otherwise)}


@each_question
def test_three_wrong_tries_get_where_then_how_then_the_answer(question: Practice) -> None:
    one, other = (question.answer_showing(distractor) for distractor in question.wrong[:2])
    reread = ", ".join(question.helping_with(question.wrong[0]))
    first, second, third = (said(question.id, wrong) for wrong in (one, other, one))
    assert f"Reread {reread}" in first, f"{question.id}: the first reply says what to reread."
    assert "A step:" not in first, f"{question.id}: the first reply gives no step."
    assert f"A step: {flat(question.step)}" in second, f"{question.id}: the second gives the step."
    assert flat(question.explain) in third, f"{question.id}: the third gives the reason."
    assert third.startswith("The answer:"), f"{question.id}: the third gives the answer."


def test_each_wrong_answer_has_its_own_passages_to_reread() -> None:
    question = JUDGED["E3.4"]
    first, second = question.wrong[0], replace(question.wrong[1], look="")
    assert first.look and question.helping_with(first) == (first.look,)
    assert question.helping_with(second) == question.reread
    assert f"Reread {first.look} " in said("E3.4", first.when)


def test_wrong_pairs_are_told_in_their_order_with_the_passages_of_all() -> None:
    slips = {"f": "3", "a": "3", "b": "5"}
    reply = said("E4.5", {**JUDGED["E4.5"].key, **slips})
    places = [reply.index(f" {sign}: ") for sign in sorted(slips)]
    assert places == sorted(places), reply
    assert "Reread B13.3-B13.5, B14.3-B14.5, B24.3-B24.6" in reply
    overlapping = said("E3.1", {**JUDGED["E3.1"].key, "c": "4", "d": "4"})
    assert overlapping.count("B9.1 «") == 1, "A passage is shown twice."


@each_question
def test_the_answer_is_shown_in_words_when_it_is_asked_for(question: Practice) -> None:
    reply = check(question.id, reveal=True)
    said = flat(reply.text).casefold()
    assert said.startswith("the answer:") and reply.tries == 0, f"{question.id}: {reply.text}"
    for words in right_options(question):
        assert words.casefold() in said, f"{question.id}: “{words}” is missing in {reply.text}"


def right_options(question: Practice) -> list[str]:
    """The words of the options whose signs stand in the key, up to a colon."""
    options = question.choices[-1] if question.choices else {}
    signs = re.findall(r"\w+", str(question.key))
    return [options[sign].partition(":")[0].rstrip(".") for sign in signs if sign in options]


@each_question
def test_the_key_shows_in_nothing_before_the_third_try(question: Practice) -> None:
    early = [question.wanted_form, question.otherwise, question.step]
    early += [distractor.hint for distractor in question.wrong]
    for text in early:
        assert not question.gives_away(text), f"{question.id}: the key shows in “{text}”."
    wrong = [question.answer_showing(distractor) for distractor in question.wrong]
    for first, second in zip(wrong, [*wrong[1:], wrong[0]], strict=True):
        forget()
        for answer in (first, second):
            reply = own_words(said(question.id, answer))
            assert not question.gives_away(reply), f"{question.id}: the key shows in “{reply}”."


def own_words(reply: str) -> str:
    """A reply without the learner's own answer, and without the passages, which are folded."""
    words = reply.partition(" Reread ")[0]
    return re.sub(r"Read as: .*?(?= A step:|$)", "", words)


@pytest.mark.parametrize("id", QUESTIONS)
def test_nothing_gets_a_polite_line_and_costs_no_try(id: str) -> None:
    for nothing in NOTHING:
        reply = check(id, nothing)
        assert reply.verdict == "empty" and not tries.remembered(id), f"{id}: {nothing!r}"
        assert flat(reply.text) == f"○ {id} waits for your answer.", f"{id}: {nothing!r}"


@each_question
def test_another_form_is_told_which_form_is_wanted_and_costs_no_try(question: Practice) -> None:
    for odd in ODD:
        reply = check(question.id, odd)
        assert reply.verdict == "unread", f"{question.id}: {odd!r} gets {reply.text}"
        assert flat(question.wanted_form) in flat(reply.text), f"{question.id}: {odd!r}"
    wrong, _ = first_distractor(question)
    assert check(question.id, wrong).tries == 1, f"{question.id}: what is unread costs a try."


@pytest.mark.parametrize("id", TEXTS)
def test_a_text_gets_the_levels_and_no_verdict(id: str) -> None:
    for reply in (check(id, "Some words of my own."), check(id, reveal=True)):
        levels = re.findall(r"Level: (\d)", reply.text)
        assert reply.verdict == "open" and levels == list("4321"), f"{id}: {reply.text[:200]}"
    assert check(id, 7).verdict == "unread", f"{id}: a number is no text."


def test_an_id_that_is_none_gets_the_nearest_ones() -> None:
    for id in ("E1.99", "E77.1", "", "?", None, 7, ["E1.1"]):
        reply = check(id, "a")
        assert reply.verdict == "unknown" and "Nearest: " in reply.text, f"{id!r}: {reply.text}"
    assert "Nearest: E1." in check("E1.99", "a").text
    assert check(" e1.2 ", "25").verdict == "right", "An id may be written in small letters."


# Tries


def first_distractor(question: Practice) -> tuple[object, Distractor]:
    distractor = question.wrong[0]
    return question.answer_showing(distractor), distractor


def test_tries_are_remembered_over_a_restart(working_copy: Path) -> None:
    working_copy.mkdir()
    question = JUDGED["E2.2"]
    wrong, distractor = first_distractor(question)
    other = question.answer_showing(question.wrong[1])
    check(question.id, wrong)
    forget()  # as a restart does
    assert check(question.id, wrong).tries == 1, "The same answer after a restart is no new try."
    forget()
    assert "A step:" in said(question.id, other), "The second try, after a restart, is a first one."
    forget()
    reply = check(question.id, literal_eval(question.solution))
    shown = [distractor.misreading, question.wrong[1].misreading]
    assert reply.verdict == "right" and reply.seen == shown
    assert check("E2.1", wrong).tries == 1, "Tries at one question count for another."


def test_after_a_right_answer_the_count_begins_anew_and_nothing_is_forgotten(
    working_copy: Path,
) -> None:
    working_copy.mkdir()
    question = JUDGED["E3.4"]
    key = literal_eval(question.solution)
    slips = [distractor.when for distractor in question.wrong]
    for slip in slips:
        last = check(question.id, slip)
    assert flat(last.text).startswith("The answer:") and check(question.id, key).tries == 3
    forget()
    again = check(question.id, slips[0])
    assert "A step:" not in again.text and flat(again.text).startswith("◐"), again.text
    assert again.tries == 4, "What the earlier tries showed is kept for whoever teaches."


@each_question
def test_the_same_answer_twice_is_one_try(question: Practice) -> None:
    wrong, _ = first_distractor(question)
    assert [check(question.id, wrong).tries for _ in range(3)] == [1, 1, 1]
    assert check("E2.2", "a").tries == check("E2.2", "A").tries == check("E2.2", " a) ").tries


def test_tries_can_be_set_back_for_revision() -> None:
    wrong, _ = first_distractor(JUDGED["E2.2"])
    check("E2.2", wrong)
    assert check("E2.2", wrong, again=True).tries == 1
    assert check("E2.2", again=True).verdict == "empty" and tries.remembered("E2.2") == []


def test_an_order_the_other_way_round_is_told_so() -> None:
    backwards = " ".join(reversed(JUDGED["E3.2"].key.split()))
    assert "the other way round" in said("E3.2", backwards)


def test_a_set_is_no_order_and_may_be_a_choice_of_several() -> None:
    order, several = JUDGED["E3.2"], JUDGED["E3.3"]
    assert check("E3.2", set(order.key.split())).verdict == "unread"
    assert "A set has no order" in said("E3.2", set(order.key.split()))
    assert check("E3.3", set(several.key.split())).verdict == "right"


def test_each_wrong_pair_has_its_line() -> None:
    question = JUDGED["E1.1"]
    first, second = question.wrong[:2]
    reply = said("E1.1", {**question.key, **first.when, **second.when})
    for distractor in (first, second):
        (sign,) = distractor.when
        assert f"{sign}: {flat(distractor.hint)}" in reply, reply


def test_what_the_first_edition_kept_of_tries_still_counts(working_copy: Path) -> None:
    working_copy.mkdir()
    (working_copy / "my-tries.json").write_text('{"E2.2": ["M8"]}', encoding="utf-8")
    wrong, _ = first_distractor(JUDGED["E2.2"])
    assert check("E2.2", wrong).tries == 2


@pytest.mark.parametrize("rubbish", ["", "[]", "{", '{"E2.2": 7}', '{"E2.2": null}', "\x00", "{}"])
def test_a_file_of_tries_that_holds_something_else_counts_for_nothing(
    working_copy: Path, rubbish: str
) -> None:
    working_copy.mkdir()
    (working_copy / "my-tries.json").write_text(rubbish, encoding="utf-8")
    wrong = [JUDGED["E2.2"].answer_showing(distractor) for distractor in JUDGED["E2.2"].wrong[:2]]
    assert [check("E2.2", answer).tries for answer in wrong] == [1, 2]


def test_where_there_is_no_working_copy_none_is_made(working_copy: Path) -> None:
    wrong, _ = first_distractor(JUDGED["E2.2"])
    assert check("E2.2", wrong).tries == 1 and not working_copy.exists()


def test_verdict_and_misreadings_travel_with_the_saved_reply() -> None:
    wrong, distractor = first_distractor(JUDGED["E2.2"])
    bundle, metadata = check("E2.2", wrong)._repr_mimebundle_()
    assert set(bundle) == {"text/html", "text/plain"}
    assert metadata == {"course": {"verdict": "not yet", "seen": [distractor.misreading]}}
