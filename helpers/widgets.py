"""Widgets. Each has a label, answers in words, works by keyboard, and has `.table()`: the same without it.

All are fields to write in, since JupyterLab's own single-key shortcuts fire on a focused drop-down list but
never on a field for text or numbers. What they show is written out at once, so that a key press is answered at once.
"""

from __future__ import annotations

from collections.abc import Callable

from helpers.amounts import Amount
from helpers.display import View, folded, notice, rows_and_columns
from helpers.edition import edition
from helpers.figures import sketch
from helpers.reading import agent_name, passage, sure_voices, voice_ladder, voice_table


class Widget:
    """A field, and below it what belongs to its value.

    kind: a field of ipywidgets with its settings. describe: from a value to a View. table: the same as a table.
    """

    def __init__(self, label: str, kind: str, first: object, describe: Callable[[object], View], table: View, **settings: object) -> None:
        self.label, self.kind, self.first, self.describe, self._table, self.settings = label, kind, first, describe, table, settings

    def table(self) -> View:
        """What the field can show, as a table."""
        return self._table

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        import ipywidgets
        field = getattr(ipywidgets, self.kind)(value=self.first, description=self.label, style={"description_width": "initial"}, **self.settings)
        shown = ipywidgets.HTML(self._said(self.first))
        field.observe(lambda change: setattr(shown, "value", self._said(change["new"])), "value")
        return ipywidgets.VBox([field, shown])._repr_mimebundle_(**kwargs) | {"text/plain": repr(self)}

    def _said(self, value: object) -> str:
        return f'<div role="status">{self.describe(value).html}</div>'  # so that a screen reader says what has changed

    def __repr__(self) -> str:
        return f"[A field to write in: {self.label} {self.first}. It needs a running notebook; the table holds the same.]"


def voice_picker(first: str) -> Widget:
    """Choose a sentence of the body and see its words and its voices."""
    ids = [segment.id for segment in edition().in_zone("body")]
    return Widget("Sentence", "Combobox", first, lambda id: passage(id) + voice_ladder(id) if id in ids else voice_ladder(id),
                  folded(f"All {len(ids)} sentences with their voices, as a table", voice_table()), options=ids, continuous_update=False)


def statement_filter(first: str) -> Widget:
    """Choose a voice, an act or a kind of record that could check a statement, and see the statements that have it."""
    rows = [row | {"voice": agent_name(sure_voices(row["chain"])[-1])} for row in edition().rows("statements")]
    shown = ["segment", "words", "voice", "act", "certainty", "check"]
    options = sorted({row[column] for row in rows for column in ("voice", "act", "check")})

    def listed(found: list[dict[str, str]], caption: str) -> View:
        return rows_and_columns([[row[column] for column in shown] for row in found],
                                [*map(str.capitalize, shown[:5]), "Could be checked in"], caption)

    def describe(term: str) -> View:
        hits = [row for row in rows if any(str(term).strip().casefold() in row[c].casefold() for c in shown[2:])]
        if not hits or len(str(term).strip()) < 3:
            return notice("No statement has that.", f"There are: {', '.join(options)}.")
        return listed(hits, f"{len(hits)} statements with {term}")

    table = folded("All statements, as a table", listed(rows, f"{len(rows)} statements, rival readings included"))
    return Widget("Voice, act or record", "Combobox", first, describe, table, options=options, continuous_update=False)


def unknown_total(part: Amount, totals: list[int], step: int = 10) -> Widget:
    """Assume how many there were in all, and see what share a part of them is. No total stands in the source.

    totals: those in the table; the field runs from the first to the last in steps.
    """
    unit = part.unit

    def share(total: int) -> tuple[str, str]:
        found = part / Amount(total, total, "", unit)
        return str(found), "more than half" if found.low > 50 else "half" if found.low == 50 else "less than half"

    def describe(total: int) -> View:
        percent, place = share(total)
        words = f"{part} would be {percent} of {total:,}: {place}. You assumed the total."
        picture = sketch((0, 100), (0, 100 * part.high / total, percent), (50, "half"),
                         f"A scale from 0% to 100%. A bar from 0 ends at {percent}; a line stands at 50%.")
        return notice("If there were", f"{total:,} {unit} in all: {words}") + View(picture, "")

    rows = [(f"{total:,}", *share(total)) for total in totals]
    table = rows_and_columns(rows, [f"Assumed total of {unit}", f"Share that {part} would be", "Against half"], "If the total were known")
    return Widget(f"Assumed total of {unit}", "BoundedIntText", totals[len(totals) // 2], describe, table,
                  min=totals[0], max=totals[-1], step=step)


def harvest_and_gap(need: Amount, limit: Amount, lowest: int, highest: int) -> Widget:
    """Let the harvest differ from the limit, and see what is missing of the need. lowest, highest: in percent."""
    def worked(change: float) -> tuple[Amount, str, str]:
        harvest = limit * Amount(100 + change, 100 + change, "", "%")
        gap = need - harvest
        return harvest, *(f"{abs(end):,.0f} {gap.unit} {'missing' if end > 0 else 'to spare'}" for end in (gap.low, gap.high))

    def describe(change: float) -> View:
        harvest, smaller, larger = worked(change)
        against = f"{abs(change):g}% {'below' if change < 0 else 'above'} the limit" if change else "exactly at the limit"
        band, line = (need.low, need.high, f"need: {need}"), (harvest.low, f"harvest: {harvest}")
        picture = sketch((need.low * 0.87, need.high * 1.02), band, line,
                         f"A scale in {need.unit}. A band marks the {band[2]}; a line marks the {line[1]}.")
        return notice(f"Harvest {harvest}, {against}:", f"{smaller} at the smaller need, {larger} at the larger.") + View(picture, "")

    rows = [(f"{change:+}%" if change else "0%", *map(str, worked(change))) for change in range(lowest, highest + 1)]
    columns = ["Harvest against the limit", "Harvest", f"At the smaller need, {need.low:,.0f}", f"At the larger need, {need.high:,.0f}"]
    table = rows_and_columns(rows, columns, f"What is missing, or to spare, of {need}")
    return Widget("Harvest against the limit, in percent", "BoundedFloatText", 0.0, describe, table,
                  min=lowest, max=highest, step=1)
