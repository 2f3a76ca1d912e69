"""The words a notebook may use. Each is fetched when it is first asked for.

Nothing else happens on import, so that it costs next to nothing; pandas, matplotlib and ipywidgets
wait until a table, a figure or a widget needs them. (Old Pythons must be able to read this file,
or `python3 -m helpers` could not tell them that they are too old.)
"""

WORDS = {
    "passage": "passages",
    "quote": "passages",
    "concordance": "passages",
    "layers": "passages",
    "brackets": "passages",
    "length": "passages",
    "voice_ladder": "ladders",
    "cues": "voices",
    "acts": "voices",
    "who_speaks": "voices",
    "plan_tree": "plans",
    "reveal": "plans",
    "dossier": "dossiers",
    "table": "tables",
    "show": "tables",
    "quantity": "tables",
    "glossary": "tables",
    "works": "tables",
    "shelf": "tables",
    "chain_of_hands": "tables",
    "amount": "amounts",
    "majority_of": "amounts",
    "timeline": "figures.timeline",
    "voice_figure": "voice_shares",
    "order_figure": "figures.order",
    "dispersion": "figures.dispersion",
    "interval_figure": "figures.intervals",
    "gap_figure": "figures.gap",
    "series_figure": "figures.series",
    "calendar": "figures.calendars",
    "outcome_calendar": "figures.calendars",
    "witness_figure": "figures.witnesses",
    "voice_picker": "widgets",
    "unknown_total": "widgets",
    "harvest_and_gap": "widgets",
    "statement_filter": "widgets",
    "afterwards": "display",
    "compare": "agreement",
    "check": "feedback",
    "gained": "gains",
    "keep": "notes",
    "kept": "notes",
    "evidence": "argument",
    "hand_in": "argument",
}
__all__ = sorted(WORDS)


def __getattr__(name):
    if name not in WORDS:
        raise AttributeError("helpers has no %r; it has: %s" % (name, ", ".join(__all__)))
    from importlib import import_module

    _prepare_the_kernel()
    return getattr(import_module("helpers." + WORDS[name]), name)


def _prepare_the_kernel():
    """Make its cells forgiving, and in a browser let it fetch what they need."""
    import sys

    if "IPython" in sys.modules:
        from helpers.cells import forgive_this_kernel

        forgive_this_kernel()
    if sys.platform == "emscripten":
        from helpers.in_browser import fetch_when_needed

        fetch_when_needed()


def __dir__():
    return sorted(set(globals()) | set(WORDS))
