"""Ladders: the voices of a sentence from the innermost one out to us, in each reading."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from helpers.display import Column, Step, View, ordered_steps, quotations, rows_and_columns
from helpers.edition import NotInEdition, edition
from helpers.passages import politely
from helpers.voices import Statement, agent_name, statements

US = "us"  # who read, at the outer end of every ladder
UP = " ▸ "  # from a rung to the next


@politely
def voice_ladder(id: str) -> View:
    """Who speaks in a sentence, from the innermost voice out to us; in each reading.

    Of one sentence the rungs, each with what shows it; of several a table.
    """
    sentences = [segment.id for segment in edition().find(id)]
    if len(sentences) > 1:
        return voice_table(*sentences)
    first, *others = _said_of(sentences)
    shown = _words(first) + _rungs(first)
    for before, other in pairwise([first, *others]):
        if other.words != before.words:
            shown += _words(other)
        shown += _rungs(other)
    return shown


def voice_table(*ids: str) -> View:
    """The voices of these sentences, or of every sentence of the body.

    Raises NotInEdition outside the body.
    """
    wanted = _said_of(ids)
    ladders = [_ladder(statement) for statement in wanted]
    shared = _shared_end(ladders)
    rows = []
    for statement, ladder in zip(wanted, ladders, strict=True):
        own = ladder[: len(ladder) - len(shared)]
        words = f"«{statement.words}»"
        cue, evidence = _attribution(statement), _evidence(statement)
        rows.append([_name(statement), words, UP.join(own), cue, evidence])
    columns = [
        Column("Id"),
        Column("Words", of_source=True, once=True),
        Column("Voices, the innermost first"),
        Column("Attribution"),
        Column("What shows it"),
    ]
    named = f"{ids[0]} to {ids[-1]}" if ids else "every sentence"
    end = UP.join(shared)
    return rows_and_columns(rows, columns, f"Voice ladder of {named}. Each goes on:{UP}{end}")


def _said_of(ids: Sequence[str]) -> list[Statement]:
    """Every reading of these sentences; without any, of all. Raises NotInEdition."""
    wanted = [statement for statement in statements() if not ids or statement.segment in ids]
    if not wanted:
        raise NotInEdition(
            f"{', '.join(ids)} stands outside the entry; "
            "voices are told for the sentences of the body only."
        )
    return wanted


def _shared_end(ladders: list[list[str]]) -> list[str]:
    """What every ladder ends with, from us inwards; a voice is left to each."""
    backwards = [list(reversed(ladder[1:])) for ladder in ladders]
    shared: list[str] = []
    for rungs in zip(*backwards, strict=False):
        if len(set(rungs)) > 1:
            break
        shared.insert(0, rungs[0])
    return shared


def _words(statement: Statement) -> View:
    return quotations([(statement.segment, statement.words)])


def _rungs(statement: Statement) -> View:
    """The ladder of a statement, rung by rung."""
    innermost, *others = reversed(statement.chain.split(">"))
    what = f"{_attribution(statement)}; {_evidence(statement)}"
    steps = [_rung(innermost, what)]
    for agent in others:
        steps.append(_rung(agent, _named_by(agent)))
    steps.append(Step(US, "the readers of this page"))
    ladder = UP.join(_ladder(statement))
    return ordered_steps(steps, f"Voice ladder of {_name(statement)}: {ladder}")


def _rung(agent: str, what: str) -> Step:
    return Step(agent_name(agent), what, broken=agent.endswith("?"))


def _named_by(agent: str) -> str:
    """The words that name an agent, with their place; or what is known of one without a name."""
    row = edition().by_id("agents")[agent.rstrip("?")]
    return f"named as «{row['words']}» ({row['segment']})" if row["words"] else row["role"]


def _ladder(statement: Statement) -> list[str]:
    """The names of the voices of a statement, the innermost first, and us."""
    chain = statement.chain.split(">")
    return [*map(agent_name, reversed(chain)), US]


def _name(statement: Statement) -> str:
    rival = "" if statement.reading == "1" else ", rival reading"
    return f"{statement.segment}{rival}"


def _attribution(statement: Statement) -> str:
    if statement.frame in ("", statement.segment):
        return statement.attribution
    return f"{statement.attribution}, hangs on {statement.frame}"


def _evidence(statement: Statement) -> str:
    return statement.note or "nothing marks a new speaker"
