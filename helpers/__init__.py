"""The words a notebook may use. Each is fetched when it is first asked for.

Nothing else happens on import, so that it costs next to nothing; pandas, matplotlib and ipywidgets
wait until a table, a figure or a widget needs them. (Old Pythons must be able to read this file,
or `python3 -m helpers` could not tell them that they are too old.)
"""

WORDS = {
    "passage": "reading", "quote": "reading", "concordance": "reading", "table": "reading",
    "show": "reading", "layers": "reading", "brackets": "reading", "voice_ladder": "reading", "cues": "reading",
    "glossary": "reading", "acts": "reading", "quantity": "reading", "plan_tree": "reading", "works": "reading",
    "shelf": "reading", "length": "reading", "reveal": "reading",
    "amount": "amounts", "majority_of": "amounts",
    "timeline": "figures", "chain_of_hands": "figures", "voice_figure": "figures",
    "order_figure": "figures", "dispersion": "figures", "interval_figure": "figures", "gap_figure": "figures",
    "branch_figure": "figures", "calendar": "figures", "series_figure": "figures", "outcome_calendar": "figures",
    "voice_picker": "widgets", "unknown_total": "widgets", "harvest_and_gap": "widgets",
    "statement_filter": "widgets",
    "check": "feedback",
    "keep": "notes", "kept": "notes",
    "evidence": "argument", "hand_in": "argument",
}
__all__ = sorted(WORDS)


def __getattr__(name):
    if name not in WORDS:
        raise AttributeError("helpers has no %r; it has: %s" % (name, ", ".join(__all__)))
    from importlib import import_module
    return getattr(import_module("helpers." + WORDS[name]), name)
