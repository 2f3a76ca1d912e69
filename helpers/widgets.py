"""Widgets. Each has a label, answers in words, works by keyboard, and has `.table()`.

All are fields to write in, since JupyterLab's own single-key shortcuts fire on a focused drop-down
list but never on a field for text or numbers. What they show is written out at once, so that a key
press is answered at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, NamedTuple, TypeVar

from helpers.amounts import Amount
from helpers.display import Column, View, folded, notice, rows_and_columns
from helpers.edition import edition
from helpers.figures.marks import Span
from helpers.figures.sketch import Sketch
from helpers.ladders import voice_ladder, voice_table
from helpers.voices import agent_name, sure_voices

Value = TypeVar("Value", str, int, float)
SHORTEST = 3  # letters of a term that are enough to look for it


@dataclass(frozen=True)
class Widget(Generic[Value]):
    """A field, and below it what belongs to its value.

    kind: a field of ipywidgets, with its settings. first: what it holds at first.
    describe: from a value to a view. content: what it can show, as a table.
    """

    label: str
    kind: str
    first: Value
    describe: Callable[[Value], View]
    content: View
    settings: dict[str, object] = field(default_factory=dict)

    def table(self) -> View:
        """What the field can show, as a table."""
        return self.content

    def _repr_mimebundle_(self, **kwargs: Any) -> dict[str, Any]:
        import ipywidgets

        make = getattr(ipywidgets, self.kind)
        style = {"description_width": "initial"}
        entry = make(value=self.first, description=self.label, style=style, **self.settings)
        shown = ipywidgets.HTML(self._said(self.first))

        def show_new(change: dict[str, Value]) -> None:
            shown.value = self._said(change["new"])

        entry.observe(show_new, "value")
        bundle: dict[str, Any] = ipywidgets.VBox([entry, shown])._repr_mimebundle_(**kwargs)
        return {**bundle, "text/plain": repr(self)}

    def _said(self, value: Value) -> str:
        """As a status, so that a screen reader says what has changed."""
        view = self.describe(value)
        return f'<div role="status">{view.html}</div>'

    def __repr__(self) -> str:
        return (
            f"[A field to write in: {self.label} {self.first}. "
            "It needs a running notebook; the table holds the same.]"
        )


def voice_picker(first: str) -> Widget[str]:
    """Choose a sentence of the body and see its words and its voices."""
    ids = [segment.id for segment in edition().in_zone("body")]

    table = folded(f"All {len(ids)} sentences with their voices, as a table", voice_table())
    return Widget("Sentence", "Combobox", first, voice_ladder, table, _choice(ids))


def _choice(options: Sequence[str]) -> dict[str, object]:
    """Settings of a field that offers options, and answers when one is entered."""
    return {"options": options, "continuous_update": False}


@dataclass(frozen=True)
class Checkable:
    """A statement with its act, how certain it is, and what could check it. Fields are columns."""

    segment: str
    words: str
    chain: str
    act: str
    certainty: str
    check: str

    @property
    def voice(self) -> str:
        """The name of the innermost voice."""
        return agent_name(sure_voices(self.chain)[-1])

    def has(self, term: str) -> bool:
        """Whether its voice, act, certainty or check holds a term, in any case."""
        terms = [self.voice, self.act, self.certainty, self.check]
        return any(term in value.casefold() for value in terms)


def statement_filter(first: str) -> Widget[str]:
    """Choose a voice, an act or a kind of record, and see the statements that have it.

    The kind of record is one that could check the statement.
    """
    statements = edition().records("statements", Checkable)
    terms: set[str] = set()
    for statement in statements:
        terms.update([statement.voice, statement.act, statement.check])
    options = sorted(terms)

    def describe(term: str) -> View:
        wanted = term.strip().casefold()
        found = [statement for statement in statements if statement.has(wanted)]
        if not found or len(wanted) < SHORTEST:
            return notice("No statement has that.", f"There are: {', '.join(options)}.")
        return _as_table(found, f"{len(found)} statements with {term}")

    every = _as_table(statements, f"{len(statements)} statements, rival readings included")
    table = folded("All statements, as a table", every)
    return Widget("Voice, act or record", "Combobox", first, describe, table, _choice(options))


def _as_table(statements: list[Checkable], caption: str) -> View:
    rows = []
    for one in statements:
        rows.append([one.segment, one.words, one.voice, one.act, one.certainty, one.check])
    words = Column("Words", of_source=True, once=True)
    columns: list[str | Column] = [
        "Segment",
        words,
        "Voice",
        "Act",
        "Certainty",
        "Could be checked in",
    ]
    return rows_and_columns(rows, columns, caption)


def unknown_total(part: Amount, totals: list[int], step: int = 10) -> Widget[int]:
    """Assume how many there were in all, and see what share a part of them is.

    No total stands in the source. totals: those in the table; the field runs from the first to the
    last in steps.
    """
    unit = part.unit

    def share(total: int) -> Amount:
        return part / Amount(total, total, "", unit)

    def describe(total: int) -> View:
        percent = share(total)
        words = f"{part} would be {percent} of {total:,}: {_against_half(percent)}."
        sketch = Sketch(Span(0, 100), Span(0, percent.high), str(percent), 50, "half")
        alt = f"A scale from 0% to 100%. A bar from 0 ends at {percent}; a line stands at 50%."
        said = notice("If there were", f"{total:,} {unit} in all: {words} You assumed the total.")
        return said + View(sketch.image(alt), "")

    rows = []
    for total in totals:
        percent = share(total)
        rows.append([f"{total:,}", percent, _against_half(percent)])
    label = f"Assumed total of {unit}"
    columns = [label, f"Share that {part} would be", "Against half"]
    table = rows_and_columns(rows, columns, "If the total were known")
    settings: dict[str, object] = {"min": totals[0], "max": totals[-1], "step": step}
    middle = totals[len(totals) // 2]
    return Widget(label, "BoundedIntText", middle, describe, table, settings)


def _against_half(percent: Amount) -> str:
    if percent.low == 50:
        return "half"
    return "more than half" if percent.low > 50 else "less than half"


class Harvest(NamedTuple):
    """A harvest, and what is then missing of the need or to spare, in words."""

    grain: Amount
    at_smaller_need: str
    at_larger_need: str


def harvest_and_gap(need: Amount, limit: Amount, lowest: int, highest: int) -> Widget[float]:
    """Let the harvest differ from the limit, and see what is missing of the need.

    lowest, highest: in percent. The field begins at the lowest; a number beyond them is told so,
    since a browser may read 3,5 as 35.
    """

    def worked(change: float) -> Harvest:
        grain = limit * Amount(100 + change, 100 + change, "", "%")
        gap = need - grain
        return Harvest(grain, _missing(gap.low, gap.unit), _missing(gap.high, gap.unit))

    def describe(change: float) -> View:
        if not lowest <= change <= highest:
            said = f"it takes numbers from {lowest} to {highest}, and a point as in 3.5."
            return notice(f"The field holds {change:g}:", said)
        harvest = worked(change)
        title = f"Harvest {harvest.grain}, {_against_limit(change)}:"
        smaller, larger = harvest.at_smaller_need, harvest.at_larger_need
        words = f"{smaller} at the smaller need, {larger} at the larger."
        return notice(title, words) + _need_and_harvest(need, harvest.grain)

    rows = []
    for change in range(lowest, highest + 1):
        sign = f"{change:+}%" if change else "0%"
        rows.append([sign, *worked(change)])
    columns = [
        "Harvest against the limit",
        "Harvest",
        f"At the smaller need, {need.low:,.0f}",
        f"At the larger need, {need.high:,.0f}",
    ]
    steps = rows_and_columns(rows, columns, f"What is missing, or to spare, of {need}")
    table = folded("Open this after your own tries: every step as a table", steps)
    label = "Harvest against the limit, in percent"
    return Widget(label, "FloatText", float(lowest), describe, table, {"step": 1})


def _missing(gap: float, unit: str) -> str:
    return f"{abs(gap):,.0f} {unit} {'missing' if gap > 0 else 'to spare'}"


def _against_limit(change: float) -> str:
    if not change:
        return "exactly at the limit"
    return f"{abs(change):g}% {'below' if change < 0 else 'above'} the limit"


def _need_and_harvest(need: Amount, grain: Amount) -> View:
    """A picture of the need as a band and of the harvest as a line."""
    scale = Span(need.low * 0.87, need.high * 1.02)
    band, line = f"need: {need}", f"harvest: {grain}"
    sketch = Sketch(scale, Span(need.low, need.high), band, grain.low, line)
    alt = f"A scale in {need.unit}. A band marks the {band}; a line marks the {line}."
    return View(sketch.image(alt), "")
