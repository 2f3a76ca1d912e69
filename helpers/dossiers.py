"""Dossiers: what others say of a plan, opened card by card, each after the learner's own words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date as Day

from helpers.display import DOTTED, Point, View, folded, notice, outline
from helpers.edition import NotInEdition, Work, edition, shorten
from helpers.passages import politely

PART = " | "  # between the sentences of a cell
WRITTEN = {4: "%Y", 7: "%B %Y", 10: "%d %B %Y"}  # how a date of this many signs is written out


@dataclass(frozen=True)
class Dossier:
    """A plan and the question what became of it.

    may, may_not: what a careful reader may write on its cards, and what nobody may.
    """

    id: str
    plan: str
    title: str
    passages: str
    may: str
    may_not: str


@dataclass(frozen=True)
class Card:
    """What somebody says, at one time, through these voices.

    date: a year, a month or a day in ISO form, or nothing. told: then, or later. works: their ids.
    quoted: the id of the work that has these words. ask: a question before the next card.
    """

    dossier: str
    card: str
    date: str
    told: str
    works: str
    voices: str
    quoted: str
    words: str
    ask: str

    @property
    def day(self) -> Day | None:
        """The first day of its date, if it has one."""
        if not self.date:
            return None
        missing = "-01" * (3 - len(self.date.split("-")))
        return Day.fromisoformat(self.date + missing)

    @property
    def when(self) -> str:
        """Its date in words, no more exact than it is."""
        if not self.day:
            return "no date"
        return f"{self.day:{WRITTEN[len(self.date)]}}".lstrip("0")

    @property
    def sources(self) -> list[Work]:
        """The works that it rests on."""
        return [edition().works[id] for id in self.works.split()]


def cards_of(name: str) -> tuple[Dossier, list[Card]]:
    """A dossier and its cards, in the order in which they are opened. Raises NotInEdition."""
    dossiers = {one.id: one for one in edition().records("dossiers", Dossier)}
    if name not in dossiers:
        there = ", ".join(dossiers)
        raise NotInEdition(f"There is no dossier {shorten(name)}. There are: {there}.")
    cards = [card for card in edition().records("cards", Card) if card.dossier == name]
    cards.sort(key=lambda card: int(card.card))
    return dossiers[name], cards


@politely
def dossier(name: str, my_words: Mapping[int, str] | None = None) -> View:
    """The cards of a dossier, each opened by what you wrote after the one before.

    my_words: by the number of the card, what became of the plan so far, and how you know. Without
    it, all cards at once.
    """
    chosen, cards = cards_of(str(name))
    afterwards = folded("What a careful reader may write, and what not", _verdict(chosen))
    if my_words is None:
        shown = _card_box(cards[0], len(cards))
        for card in cards[1:]:
            shown += _card_box(card, len(cards))
        return shown + afterwards
    return _opened(cards, _by_number(my_words, len(cards)), afterwards)


def _by_number(my_words: object, count: int) -> dict[int, str]:
    """A learner's words by the number of the card. Raises NotInEdition for anything else."""
    if not isinstance(my_words, Mapping):
        raise _no_card(my_words, count)
    found: dict[int, str] = {}
    for number, words in my_words.items():
        written = str(number).strip()
        if not written.isdecimal() or not 1 <= int(written) <= count:
            raise _no_card(number, count)
        found[int(written)] = str(words).strip()
    return found


def _no_card(given: object, count: int) -> NotInEdition:
    return NotInEdition(
        f"Your words stand behind the numbers of the cards, from 1 to {count}, as in "
        f'{{1: "", 2: ""}}; {shorten(str(given))} is no such number.'
    )


def _opened(cards: list[Card], words: Mapping[int, str], afterwards: View) -> View:
    """The cards with words of the learner's, folded under them, and the first without, open."""
    shown = View("", "")
    for number, card in enumerate(cards, 1):
        box = _card_box(card, len(cards))
        mine = words.get(number, "")
        if not mine:
            return shown + box + _wait(number, len(cards))
        shown += folded(f"Card {number}. You wrote: {mine}", box)
    return shown + afterwards


def _wait(number: int, count: int) -> View:
    then = f"card {number + 1} opens" if number < count else "you see what may be written"
    return notice(
        "○ Now you.",
        f"What became of it so far, and how do you know? Write it behind "
        f"{number}, run that cell, and then this one. Then {then}.",
        border=DOTTED,
    )


def _card_box(card: Card, count: int) -> View:
    time = f"{card.when}. " if card.date else ""
    lines = [f"{time}Who speaks: {card.voices}."]
    if card.words:
        title = edition().works[card.quoted].short
        lines.append(f"“{card.words}” ({title})")
    for work in card.sources:
        lines.append(f"{work.short} ({work.kind}; part read: {work.read}; {work.tie}). {work.note}")
    lines.append(f"Ask yourself: {card.ask}")
    return notice(f"Card {card.card} of {count}.", *lines)


def _verdict(chosen: Dossier) -> View:
    may = [Point(words) for words in chosen.may.split(PART)]
    may_not = [Point(words) for words in chosen.may_not.split(PART)]
    return outline([Point("It may be written:", may), Point("It may not be written:", may_not)])
