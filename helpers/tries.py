"""What the wrong tries at each question showed, in their order, remembered over a restart.

They are kept in the working copy, in `my-tries.json`, where there is a working copy. A right answer
takes none of them away, but the count of tries begins anew after it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from helpers import working_copy

MOST = 99


class Tries(NamedTuple):
    """The codes of what the wrong tries showed, and the last wrong answer as it was read.

    wrong: how many there were since the last right answer. at_once: whether the first answer of all
    was right; None before there is one.
    """

    seen: list[str]
    last: str = ""
    wrong: int = 0
    at_once: bool | None = None


_known: dict[str, Tries] = {}


def remembered(id: str) -> list[str]:
    """The codes of the wrong tries at a question so far, also those before the last start."""
    return list(_tries(id).seen)


def remember(id: str, shown: str, answer: str) -> Tries:
    """Add the code of what a wrong try showed. Returns all of them.

    answer: as it was read. The same answer a second time is no second try.
    """
    before = _tries(id)
    if before.last != answer or not before.wrong:
        seen = [*before.seen, shown][:MOST]
        at_once = bool(before.at_once)
        _keep(id, Tries(seen, answer, before.wrong + 1, at_once))
    return _tries(id)


def count_anew(id: str) -> None:
    """After a right answer: the next wrong try is a first one again."""
    before = _tries(id)
    if before.wrong or before.at_once is None:
        at_once = not before.seen if before.at_once is None else before.at_once
        _keep(id, Tries(before.seen, at_once=at_once))


def right_at_once(id: str) -> bool | None:
    """Whether the first answer to a question was right; None before there is one."""
    return _tries(id).at_once


def start_again(id: str) -> None:
    """Forget the wrong tries at a question."""
    _keep(id, Tries([]))


def _tries(id: str) -> Tries:
    if id not in _known:
        _known[id] = _kept(id)
    return _known[id]


def _keep(id: str, tries: Tries) -> None:
    """Keep the tries of a question. Where that fails, a reply matters more than the count."""
    _known[id] = tries
    file = _file()
    try:
        known = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        known[id] = tries._asdict()
        if file.parent.exists():
            working_copy.write_whole(file, json.dumps(known, indent=1))
    except (OSError, ValueError, TypeError):
        pass


def _kept(id: str) -> Tries:
    """What the file says of a question; whatever else it holds counts for nothing."""
    try:
        kept: Any = json.loads(_file().read_text(encoding="utf-8"))[id]
        if isinstance(kept, list):  # as the first edition of the course kept them
            kept = {"seen": kept, "last": ""}
        seen = [str(code) for code in kept["seen"]][:MOST]
        wrong = int(kept.get("wrong", len(seen)))
        at_once = kept.get("at_once")
        return Tries(seen, str(kept["last"]), wrong, None if at_once is None else bool(at_once))
    except (OSError, ValueError, LookupError, TypeError):
        return Tries([])


def _file() -> Path:
    return working_copy.tries_file()
