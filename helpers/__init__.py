"""The words a notebook may use. Each is fetched when it is first asked for.

Nothing else happens on import, so that it costs next to nothing; pandas, matplotlib and ipywidgets
wait until a table, a figure or a widget needs them. (Old Pythons must be able to read this file,
or `python3 -m helpers` could not tell them that they are too old.)
"""

WORDS = {
    "passage": "reading", "quote": "reading", "concordance": "reading", "table": "reading",
    "show": "reading", "layers": "reading", "brackets": "reading", "voice_ladder": "reading", "cues": "reading",
    "glossary": "reading",
    "timeline": "figures", "chain_of_hands": "figures", "voice_figure": "figures",
    "voice_picker": "widgets",
    "ask": "feedback", "check": "feedback",
    "keep": "notes", "kept": "notes",
}
__all__ = sorted(WORDS)


def __getattr__(name):
    if name not in WORDS:
        raise AttributeError("helpers has no %r; it has: %s" % (name, ", ".join(__all__)))
    from importlib import import_module
    return getattr(import_module("helpers." + WORDS[name]), name)
