"""How things are shown: accessible HTML, and a plain-text twin that says the same.

Knows nothing of what it shows. Relies only on what JupyterLab's sanitizer keeps in a notebook that
was not yet trusted: no scripts, style sheets or ids. Every text is escaped here.
"""

from helpers.display.lists import (
    Bar,
    Entry,
    Point,
    Step,
    bars,
    entries,
    ordered_steps,
    outline,
)
from helpers.display.notices import BOLD, BROKEN, DOTTED, notice
from helpers.display.quoting import (
    framed_passages,
    labelled_boxes,
    paragraphs,
    quotations,
)
from helpers.display.tabular import Column, rows_and_columns
from helpers.display.view import View, afterwards, fill, folded, page, scrollable

__all__ = [
    "BOLD",
    "BROKEN",
    "DOTTED",
    "Bar",
    "Column",
    "Entry",
    "Point",
    "Step",
    "View",
    "afterwards",
    "bars",
    "entries",
    "fill",
    "folded",
    "framed_passages",
    "labelled_boxes",
    "notice",
    "ordered_steps",
    "outline",
    "page",
    "paragraphs",
    "quotations",
    "rows_and_columns",
    "scrollable",
]
