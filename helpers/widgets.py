"""Widgets. Each has a label, answers in words, works by keyboard, and has `.table()`: the same without it."""

from __future__ import annotations

from collections.abc import Callable

from helpers.display import View, folded
from helpers.edition import edition
from helpers.reading import passage, voice_ladder, voice_table


class Picker:
    """A field in which to choose an id, and what belongs to it below.

    describe: from an id to a View. The field is one for text with suggestions, since JupyterLab's own
    single-key shortcuts fire on a focused drop-down list but never on a field for text.
    """

    def __init__(self, label: str, ids: list[str], first: str, describe: Callable[[str], View], table: View) -> None:
        self.label, self.ids, self.first, self.describe, self._table = label, ids, first, describe, table

    def table(self) -> View:
        """Everything that the field can show, as a table."""
        return self._table

    def _repr_mimebundle_(self, **kwargs: object) -> dict:
        import ipywidgets
        field = ipywidgets.Combobox(value=self.first, options=self.ids, description=self.label,
                                    continuous_update=False, style={"description_width": "initial"})
        shown = ipywidgets.HTML(self.describe(self.first).html)
        field.observe(lambda change: setattr(shown, "value", self.describe(change["new"]).html), "value")
        return ipywidgets.VBox([field, shown])._repr_mimebundle_(**kwargs) | {"text/plain": repr(self)}

    def __repr__(self) -> str:
        return f"[A field to choose from: {self.label} {self.first}. It needs a running notebook; the table holds the same.]"


def voice_picker(first: str) -> Picker:
    """Choose a sentence of the body and see its words and its voices."""
    ids = [segment.id for segment in edition().in_zone("body")]
    table = folded(f"All {len(ids)} sentences with their voices, as a table", voice_table())
    return Picker("Sentence", ids, first, lambda id: passage(id) + voice_ladder(id) if id in ids else voice_ladder(id), table)
