"""Rule 5, of dossiers: a card says what its works say; and rule 9: a card waits for the learner."""

from __future__ import annotations

import re
from datetime import date
from itertools import groupby, pairwise

import pytest
from course import EDITION, Row, dates_in, flat, rows, values
from drawn import column, draw, lanes, legend, of_kind, words

from helpers import dossier, witness_figure
from helpers.edition import Work

CARDS = rows("cards")
DOSSIERS = rows("dossiers")
WORKS = EDITION.works
NAME = re.compile(r"\b[A-Z][a-z]+(?:-[a-z]+)?\b")
OFFICES = {"Soviet", "Central", "Committee", "Moscow"}
each_card = pytest.mark.parametrize("card", CARDS, ids=str)
each_dossier = pytest.mark.parametrize("row", DOSSIERS, ids=str)


def works_of(card: Row) -> list[Work]:
    return [WORKS[id] for id in card.works.split()]


def cards_of(name: str) -> list[Row]:
    return [card for card in CARDS if card.dossier == name]


def what_was_read(card: Row) -> str:
    read = []
    for work in works_of(card):
        read += [work.short, work.author, work.citation, work.note]
    return " ".join(read)


@each_card
def test_a_card_quotes_one_of_its_works(card: Row) -> None:
    assert bool(card.quoted) == bool(card.words), (
        f"{card}: words need their work, and it needs them."
    )
    ids = card.works.split()
    assert not card.quoted or card.quoted in ids, f"{card}: {card.quoted} is none of its works."


@each_card
def test_the_numbers_of_a_card_were_read(card: Row) -> None:
    read = values(what_was_read(card))
    for number in values(card.words):
        assert number in read, f"{card}: {number:g} stands in no note of its works."


@each_card
def test_those_who_speak_on_a_card_stand_in_its_works(card: Row) -> None:
    read = what_was_read(card)
    for name in NAME.findall(card.voices.replace("Kim Il Sung", "Kim")):
        known = name in read or name in OFFICES
        assert known, f"{card}: {name} stands in no note of its works."


@each_card
def test_the_date_of_a_card_is_that_of_one_of_its_works(card: Row) -> None:
    """A full date; of a year or a month the note speaks in words."""
    if not card.date:
        return
    read = what_was_read(card)
    dated = [found.iso for found in dates_in(read)]
    there = any(iso.startswith(card.date) for iso in dated) or card.date in re.findall(
        r"\b\d{4}\b", read
    )
    assert there, f"{card}: {card.date} is the date of none of its works."


@each_dossier
def test_the_cards_of_a_dossier_are_numbered_and_in_time(row: Row) -> None:
    cards = cards_of(row.key)
    numbers = [int(card.card) for card in cards]
    assert numbers == list(range(1, len(cards) + 1)), f"{row}: its cards are numbered {numbers}."
    dates = [card.date for card in cards if card.date]
    for earlier, later in pairwise(dates):
        assert earlier <= later, f"{row}: {later} stands after {earlier}."


@each_dossier
def test_a_card_opens_after_the_learners_words_and_never_before(row: Row) -> None:
    count = len(cards_of(row.key))
    mine: dict[int, str] = dict.fromkeys(range(1, count + 1), "")
    for number in range(1, count + 1):
        shown = flat(dossier(row.key, mine).text)
        open_cards = re.findall(rf"Card (\d+) of {count}", shown)
        assert open_cards == [str(card) for card in range(1, number + 1)]
        assert "may be written" not in shown.replace("what may be written", "")
        mine[number] = f"so far {number}"
    shown = flat(dossier(row.key, mine).text)
    assert all(f"You wrote: so far {number}" in shown for number in mine)
    for part in (*row.may.split(" | "), *row.may_not.split(" | ")):
        assert flat(part) in shown, f"{row}: “{part}” is not shown at the end."


@pytest.mark.parametrize("given", ["mine", {"x": "a"}, {0: "a"}, {99: "a"}, 7, [1], {None: ""}])
def test_words_behind_no_card_are_named(given: object) -> None:
    shown = flat(dossier("ration cards", given).text)
    assert "from 1 to 9" in shown and "Card" not in shown


def test_a_card_that_was_left_empty_keeps_the_later_ones_closed() -> None:
    shown = flat(dossier("ration cards", {1: "a", 2: "  ", 3: "c"}).text)
    assert "Card 2 of 9" in shown and "Card 3 of 9" not in shown


@each_dossier
def test_the_figure_shows_each_card_at_its_time_in_the_lane_of_its_tie(row: Row) -> None:
    shown = draw(lambda: witness_figure(row.key))
    cards = cards_of(row.key)
    ties = [re.split("[:;]", works_of(card)[0].tie)[0] for card in cards]
    expected_lanes = [tie for tie, _ in groupby(dict.fromkeys(ties))]
    assert lanes(shown) == expected_lanes
    points = of_kind(shown, "point")
    looks = legend(shown.axes)
    undated = 0
    for card, tie in zip(cards, ties, strict=True):
        if not card.date:
            undated += 1
            assert f"{card.card}: no date" in words(shown)
            continue
        lane = expected_lanes.index(tie)
        here = [one.look for one in points if one.y[0] == lane and one.x[0] == in_days(card.date)]
        name = "told later" if card.told == "later" else "told at that time"
        assert here == [looks[name]], f"{card} is drawn as {here}."
    assert len(points) == len(cards) - undated
    (talk,) = of_kind(shown, "line")
    assert set(talk.x) == {in_days("1956-01-13")}, "The line does not stand at the talk."
    assert column(shown, "Who speaks") == [card.voices for card in cards]


def in_days(day: str) -> int:
    """Where a date stands on an axis of days; a month or a year at its first day."""
    year, month, number, *_ = [*map(int, day.split("-")), 1, 1]
    return date(year, month, number).toordinal()
