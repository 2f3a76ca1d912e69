"""The edition's tables: with pandas, as views of terms, works and hands, as numbers."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from helpers.amounts import Amount
from helpers.display import (
    Column,
    Entry,
    Step,
    View,
    entries,
    labelled_boxes,
    ordered_steps,
    rows_and_columns,
)
from helpers.edition import NotInEdition, Work, edition, shorten
from helpers.passages import politely

if TYPE_CHECKING:
    from pandas import DataFrame

EXACT_WORDS = ("text", "words")  # columns that hold the source's own
LARGE = 10_000  # from here on a number is read more easily with commas
CODE = re.compile(r"[a-z]+(?:_[a-z]+)+")  # such as election_turnout, the name of a series


@dataclass(frozen=True)
class Quantity:
    """A number of the source. low, high: its ends; text: as it stands there; status: its kind."""

    segment: str
    text: str
    low: str
    high: str
    about: str
    unit: str
    counted: str
    kind: str
    status: str

    @property
    def is_counted(self) -> bool:
        """Whether it says how many: the number of an office mark does not."""
        return bool(self.low) and self.kind != "label"

    def goes_by(self, name: str) -> bool:
        """Whether its unit, what is counted or its kind has this name in it."""
        return name.lower() in f"{self.unit} {self.counted} {self.kind}"

    def amount(self) -> Amount:
        """The number to reckon with."""
        hedge = "about" if self.about == "yes" else ""
        home = f"{self.segment} ({self.status})"
        low, high = float(self.low), float(self.high)
        return Amount(low, high, hedge, self.unit, self.status, (home,))

    def __str__(self) -> str:
        return f"«{self.text}» ({self.segment}): {self.unit or self.counted}"


@politely
def table(name: str, ids: str = "", **only: object) -> DataFrame:
    """A table of the edition as a pandas table: segments, apparatus, dates, agents, statements, …

    ids: only the rows of this passage.
    only: a column and the value, or the values, that you want in it.
    """
    path = edition().path(name)
    import pandas

    rows = pandas.read_csv(path, keep_default_na=False)
    if "work" in rows.columns:  # readers know a work by its short title
        titles = {id: work["short"] for id, work in edition().by_id("works").items()}
        rows["work"] = rows["work"].map(titles).fillna("")
    if ids:
        only["segment"] = [segment.id for segment in edition().find(ids)]
    for column, wanted in only.items():
        _expect_column(column, list(rows.columns), name)
        values = wanted if isinstance(wanted, list) else [wanted]
        rows = rows[rows[column].isin(values)]
    return rows


def _expect_column(column: str, columns: list[str], name: str) -> None:
    if column not in columns:
        there = ", ".join(columns)
        raise NotInEdition(f"The table {name} has no column {shorten(column)}. It has: {there}.")


def show(rows: DataFrame, caption: str, *columns: str) -> View:
    """A pandas table as a page shows it: with a caption, and only these columns; without any, all.

    columns: by name, or as "low as turnout in percent" to give the column another heading.
    """
    names = []
    shown = []
    for column in columns or rows.columns:
        name, _, heading = column.partition(" as ")
        words = (heading or name).replace("_", " ").capitalize()
        names.append(name)
        shown.append(Column(words, of_source=name in EXACT_WORDS))
    cells = []
    for row in rows[names].values.tolist():
        cells.append([_in_words(cell) for cell in row])
    return rows_and_columns(cells, shown, caption)


def _in_words(cell: object) -> str:
    """A cell as a page shows it: names in words, large numbers with commas, the rest as it is."""
    if isinstance(cell, float | int) and abs(cell) >= LARGE:
        return f"{cell:,.0f}"
    written = str(cell)
    return written.replace("_", " ") if CODE.fullmatch(written) else written


@politely
def quantity(id: str, which: str = "") -> Amount:
    """A number of the source with its ends, its unit and its kind: `quantity("B24.3")`.

    which: where a sentence holds several numbers, the unit or a word of what is counted.
    """
    segments = [segment.id for segment in edition().find(id)]
    quantities = edition().records("quantities", Quantity)
    there = [number for number in quantities if number.segment in segments]
    named = [number for number in there if number.goes_by(str(which))] or there
    counted = [number for number in named if number.is_counted]
    if len(counted) == 1:
        return counted[0].amount()
    name = shorten(id)
    if counted:
        several = "; ".join(map(str, counted))
        raise NotInEdition(f"Several numbers in {name}. Name one by its unit: {several}.")
    if named:
        labels = "; ".join(map(str, named))
        raise NotInEdition(f"No number in {name}. What stands there: {labels}.")
    raise NotInEdition(f"No number in {name}. Nothing there is counted.")


@politely
def glossary(*words: str) -> View:
    """What these terms mean in the source, and on what that rests; without words, all of them."""
    terms = edition().rows("terms")
    wanted = [str(word).lower() for word in words]
    rows = []
    for term in terms:
        if not wanted or term["term"].lower() in wanted:
            rows.append([term["term"], term["sense"], term["segment"], term["basis"]])
    if not rows:
        there = ", ".join(term["term"] for term in terms)
        raise NotInEdition(f"No such word. The glossary has: {there}.")
    return rows_and_columns(rows, ["Word", "Sense here", "Stands in", "Rests on"], "Glossary")


@politely
def works(notebook: str) -> View:
    """The works that a notebook uses, as historians list them.

    With the kind of each and how far it was read. notebook: its number in quotation marks.
    """
    number = str(notebook)
    cited = [work for work in edition().works.values() if number in work.notebooks.split()]
    if not cited:
        raise NotInEdition(
            f"No works are listed for {shorten(notebook)}. "
            "Write the number of a notebook in quotation marks."
        )
    shown = []
    for work in sorted(cited, key=lambda work: work.citation):
        remark = f"Kind: {work.kind}. Part read: {work.read}. {work.copy}".strip()
        shown.append(Entry(work.short, work.citation, remark, work.url))
    return entries(shown, f"Works used in notebook {notebook}")


@politely
def shelf(*titles: str) -> View:
    """Other records and works as short cards.

    On each: who wrote, from which office, how it is tied to our entry, what stands there.
    """
    by_title = {work.short: work for work in edition().works.values()}
    wrong = [shorten(title) for title in titles if title not in by_title]
    if wrong:
        there = "; ".join(by_title)
        raise NotInEdition(f"No such work: {'; '.join(wrong)}. There are: {there}.")
    cards = [(title, _card(by_title[title])) for title in titles]
    return labelled_boxes(cards)


def _card(work: Work) -> list[str]:
    author = work.author or "not told"
    origin = f"By: {author}. Kind: {work.kind}. Part read: {work.read}."
    return [origin, f"Tie to our entry: {work.tie}.", work.note, work.url]


def chain_of_hands() -> View:
    """Who had the words in hand between those who spoke and us, in order.

    Hands that the text does not name have a broken border, and words that say so.
    """
    hands = [agent for agent in edition().rows("agents") if agent["step"]]
    hands.sort(key=lambda hand: int(hand["step"]))
    steps = []
    for hand in hands:
        named = bool(hand["words"])
        place = hand["segment"] if named else "not named in the text"
        steps.append(Step(hand["name"], hand["did"], place, broken=not named))
    return ordered_steps(steps, f"The chain of {len(steps)} hands")
