"""Replies to answers: `check(id, answer)` replies with a reason and a passage.

The first wrong try names what the answer shows and where to reread, the second adds the step, the third
gives answer and reason. What is asked, what is right and what a wrong answer shows stand in exercises/.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from helpers.amounts import Amount
from helpers.answers import Unread, empty, form, plain, read
from helpers.display import View, notice, quotations, rows_and_columns
from helpers.edition import NotInEdition, edition, shorten
from helpers.notes import remember, remembered

EXERCISES = Path(__file__).resolve().parents[1] / "exercises"
UNNAMED = "M0"  # stands for a wrong answer that shows no misreading with a name


class Feedback(View):
    """A reply. verdict: right, not yet, unread, empty, open or unknown; tries: wrong tries so far."""

    def __init__(self, verdict: str, view: View, seen: list[str] | None = None) -> None:
        super().__init__(view.html, view.text)
        self.verdict, self.seen = verdict, seen or []

    @property
    def tries(self) -> int:
        return len(self.seen)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, str], dict]:
        # what a class view counts travels with the saved reply and shows on no page
        return super()._repr_mimebundle_(), {"course": {"verdict": self.verdict, "seen": self.seen}}


def check(id: str, answer: object = None, reveal: bool = False) -> Feedback:
    """Judge an answer and say why. Takes any object at all and never raises.

    id: of the question, such as "E1.2". reveal: give the answer and the reason at once.
    """
    return _reply(id, answer, reveal is True, remember)


def reply(id: str, answer: object) -> Feedback:
    """What `check` says at a first try. Counts nothing: for marks and for pages that go back to learners."""
    return _reply(id, answer, False, lambda _, shown: [shown])


def answered(id: str, answer: object) -> bool:
    """Whether a question was answered in its form, rightly or not: what a practice question counts for."""
    return reply(id, answer).verdict in ("right", "not yet")


def _reply(id: str, answer: object, reveal: bool, count: Callable[[str, str], list[str]]) -> Feedback:
    item = None
    try:
        item = find_item(id)
        return _reveal(item) if reveal else _judge(item, plain(answer), count)
    except NotInEdition as problem:
        return Feedback("unknown", notice("Not found.", str(problem)))
    except Unread as problem:
        return Feedback("unread", notice("Another form, please.", f"{problem} {form(item)}".strip()))
    except Exception:  # an answer may be any object, and a learner must not meet a traceback
        return Feedback("unread", notice("This could not be read.", form(item) if item else ""))


def find_item(id: str) -> dict:
    """The item of that id. Raises NotInEdition, with the nearest ids."""
    name = str.__str__(id).strip().capitalize() if isinstance(id, str) else ""
    items = _items_of(name.partition(".")[0][1:].zfill(2))  # of one notebook: a learner's page needs no other
    if name not in items:
        near = get_close_matches(name, items or all_items(), n=3, cutoff=0)
        raise NotInEdition(f"There is no question {shorten(id)}. Nearest: {', '.join(near)}.")
    return items[name]


@cache
def all_items() -> dict[str, dict]:
    """Every item of every notebook, by id."""
    return {name: item for file in sorted((EXERCISES / "items").glob("[0-9][0-9].toml")) for name, item in _items_of(file.stem).items()}


@cache
def _items_of(number: str) -> dict[str, dict]:
    file = EXERCISES / "items" / f"{number}.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8"))["item"] if number.isdecimal() and file.exists() else []
    return {item["id"]: item for item in found}


@cache
def misreadings() -> dict[str, str]:
    """The short name of every misreading, by code."""
    return tomllib.loads((EXERCISES / "items" / "misreadings.toml").read_text(encoding="utf-8"))


def rubric(id: str) -> list[tuple[str, str, str]]:
    """(level, what an answer shows, anchor answer) of an open question, the highest level first."""
    text = next((EXERCISES / "rubrics").glob(f"{id}-*.md")).read_text(encoding="utf-8")
    parts = re.split(r"^## Level (\d)\n", text, flags=re.M)[1:]
    return [(level, shows, anchor.removeprefix("> ")) for level, part in zip(parts[::2], parts[1::2], strict=True)
            for shows, _, anchor in [part.strip().partition("\n\n")]]


def key_words(item: dict) -> str:
    """The key as a person would say it."""
    key, options = read(item, plain(item["key"])) if item["type"] != "quote" else item["key"], item.get("options", {})
    if item["type"] == "match":
        return "; ".join(f"{left}: {options[key[sign]].partition(':')[0]}" for sign, left in item["left"].items())
    if item["type"] in ("choice", "multi", "order"):
        return (", then " if item["type"] == "order" else "; ").join(options[sign] for sign in ([key] if isinstance(key, str) else key))
    return f"{key}, {edition().segments[key].text}" if item["type"] == "quote" else str(key)


def _judge(item: dict, answer: object, count: Callable[[str, str], list[str]]) -> Feedback:
    if empty(answer):
        return Feedback("empty", notice(f"{item['id']} waits for your answer.", form(item)))
    value = read(item, answer)
    if item["type"] == "open":
        return Feedback("open", _levels(item))
    if item["type"] == "order" and len(value) < min(len(read(item, spec)) for spec in _keys(item)):
        raise Unread("Something is still missing from your order.")
    echo = [f"Read as: {value}."] if isinstance(value, Amount) else []
    if any(_same(item, value, spec) for spec in _keys(item)):
        return Feedback("right", notice("Yes.", item["explain"], *echo) + _evidence(item), remembered(item["id"]))
    named = next((wrong for wrong in item["wrong"] if _shows(item, value, wrong["when"])), None)
    seen = count(item["id"], named["misreading"] if named else UNNAMED)
    if len(seen) >= 3:
        return _reveal(item, *echo)
    one_end = item["type"] == "range" and value.low == value.high and any(
        _same(item, value, end) for spec in _keys(item) for end in (read(item, spec).low, read(item, spec).high))
    hint = named["hint"] if named else "That is one of the ends. The question asks for both." if one_end else item["otherwise"]
    lines = [hint, *echo, f"Reread {', '.join(item.get('reread', item['evidence']))}."]
    if item["type"] == "match":
        off = [[sign for sign in spec if value[sign] != spec[sign]] for spec in (read(item, spec) for spec in _keys(item))]
        lines.append(f"Look again at {', '.join(min(off, key=len))}.")
    lines += [f"A step: {item['step']}"] if len(seen) == 2 else []
    title = f"Not yet: {misreadings()[named['misreading']]}." if named else "Not yet."
    return Feedback("not yet", notice(title, *lines), seen)


def _reveal(item: dict, *echo: str) -> Feedback:
    if item["type"] == "open":
        return Feedback("open", _levels(item))
    said = key_words(item).rstrip(".")
    title = "The answer:" if item["explain"].casefold().startswith(said.casefold()) else f"The answer: {said}."
    return Feedback("not yet", notice(title, item["explain"], *echo) + _evidence(item), remembered(item["id"]))


def _same(item: dict, value: object, spec: object) -> bool:
    """Whether a read answer is the one that a key, an accepted form or a named wrong answer describes."""
    if item["type"] == "quote":
        return value == spec
    wanted = read(item, plain(spec))
    if not isinstance(value, Amount):
        return value == wanted
    hedges = {"": {"", "about", "exactly"}, "about": {"", "about"}}.get(wanted.hedge, {wanted.hedge})
    as_share = item.get("units", [""])[0] == "%" and not value.unit and value.high <= 1  # 0.05 for 5%
    return value.hedge in hedges and (value.same(wanted) or (as_share and value.same(wanted, 100)))


def _shows(item: dict, value: object, when: object) -> bool:
    """Whether a read answer shows a named misreading; of pairs, letters and orders the telling part is enough."""
    if item["type"] == "match":
        return all(value[sign] == option for sign, option in when.items())
    if item["type"] == "multi":
        return read(item, when) <= value
    if item["type"] == "order":
        start = read(item, when)
        return value[:len(start)] == start
    return _same(item, value, when)


def _keys(item: dict) -> list:
    """The key and every other form or reading that is accepted."""
    return [item["key"], *item.get("accept", [])]


def _evidence(item: dict) -> View:
    return quotations((s.id, s.text) for ids in item["evidence"] for s in edition().find(ids))


def _levels(item: dict) -> View:
    """For an open question: what an answer shows at each level of its rubric, for learners to judge their own."""
    levels = [(level, dict(re.findall(r"^- ([^:]+): (.+)$", shows, re.M)) or {"What the answer shows": shows})
              for level, shows, _ in rubric(item["id"])]
    return notice("This one is for a reader, not for a machine.",
                  "Read your text against the levels. Which one does it reach, and which of your words show it?") \
        + rows_and_columns([(level, *rows.values()) for level, rows in levels], ["Level", *levels[0][1]], f"Levels for {item['id']}")
