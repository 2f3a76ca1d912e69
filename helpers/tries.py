"""What the wrong tries at each question showed, in their order, remembered over a restart.

They are kept in the working copy, in `my-tries.json`, where there is a working copy.
"""

from __future__ import annotations

import json
from pathlib import Path

from helpers import working_copy

MOST = 99
_seen: dict[str, list[str]] = {}


def remembered(id: str) -> list[str]:
    """The codes of the wrong tries at a question so far, also those before the last start."""
    if id not in _seen:
        _seen[id] = _kept(id)
    return list(_seen[id])


def remember(id: str, shown: str) -> list[str]:
    """Add the code of what a wrong try showed. Returns all of them."""
    _seen[id] = [*remembered(id), shown][:MOST]
    file = _file()
    try:
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        if file.parent.exists():
            working_copy.write_whole(file, json.dumps(known | {id: _seen[id]}, indent=1))
    except (OSError, ValueError, TypeError):
        pass  # a reply matters more than the count
    return list(_seen[id])


def _kept(id: str) -> list[str]:
    """What the file says of a question; whatever else it holds counts for nothing."""
    try:
        known = json.loads(_file().read_text(encoding="utf-8"))
        return [str(code) for code in known[id][:MOST]]
    except (OSError, ValueError, LookupError, TypeError):
        return []


def _file() -> Path:
    return working_copy.NOTES.with_name("my-tries.json")
