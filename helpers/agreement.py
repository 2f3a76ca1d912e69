"""Mark, then compare: a reader's own attributions beside the edition's, and how far they agree.

Agreement is told as a share and as Cohen's kappa (Cohen 1960), which takes off what two readers
would share by chance.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from helpers.display import View, notice, rows_and_columns
from helpers.edition import NotInEdition, edition, shorten
from helpers.passages import OwnReadings, own_readings, politely
from helpers.voices import Statement, agent_name, innermost, known_voices, statements, voice_named

SECOND = "second_annotator"  # the table of somebody who marked all sentences independently
SURENESS = {  # how sure a reader is; "uncertain" must be looked for before "certain"
    "uncertain": "open",
    "unsure": "open",
    "certain": "certain",
    "sure": "certain",
    "probable": "probable",
    "likely": "probable",
    "open": "open",
}
MAIN = "1"  # of the parts of a sentence, the one that is marked


class Mark(NamedTuple):
    """A reader's mark: an agent's id, and how sure the reader is, or nothing."""

    voice: str
    sureness: str


class Compared(NamedTuple):
    """A sentence, the reader's mark, and the edition's readings, the first one first."""

    segment: str
    mark: Mark
    readings: list[Statement]

    @property
    def voices(self) -> list[str]:
        """The innermost voice of each reading."""
        return [innermost(reading.chain) for reading in self.readings]

    @property
    def agrees(self) -> bool:
        """Whether the mark meets either reading."""
        return self.mark.voice in self.voices


@politely
def compare(marks: OwnReadings | None = None) -> View:
    """Your voices beside the edition's: `compare({"B2.1": "Ivanov, certain"})`.

    Each mark names a voice, and after a comma how sure you are: certain, probable or open.
    """
    own = own_readings(marks)
    still = [id for id, said in own.items() if not str(said).strip(" ,.?")]
    if not own or len(still) == len(own):
        return notice("Waiting for your marks.", f"Write {_form()}.")
    if still:
        return notice("Mark first.", f"Still without a mark: {', '.join(map(shorten, still))}.")
    compared = [_compared(id, said) for id, said in own.items()]
    return _table(compared) + _agreement(compared)


def kappa(pairs: list[tuple[str, str]]) -> float | None:
    """Cohen's kappa of two readers, from a pair of labels for each sentence.

    None where both use one label only: then nothing can be said beyond chance.
    """
    total = len(pairs)
    shared = sum(mine == theirs for mine, theirs in pairs) / total
    mine = Counter(first for first, _ in pairs)
    theirs = Counter(second for _, second in pairs)
    by_chance = sum(mine[label] * theirs[label] for label in mine) / total**2
    if by_chance == 1:
        return None
    return (shared - by_chance) / (1 - by_chance)


def _compared(id: str, said: object) -> Compared:
    readings = [one for one in statements() if one.segment == id and one.part == MAIN]
    if not readings:
        raise NotInEdition(f"There is no sentence {shorten(id)} in the body. Compare the ids.")
    return Compared(id, _mark(id, said), readings)


def _mark(id: str, said: object) -> Mark:
    """A mark from a learner's words. Raises NotInEdition for a voice that is none."""
    words = shorten(said, 60) if isinstance(said, str) else ""
    said_words = words.casefold()
    sureness = next((SURENESS[word] for word in SURENESS if word in said_words), "")
    voice = voice_named(words)
    if not voice:
        raise NotInEdition(f"{id}: {words or 'this'} names no voice. Write {_form()}.")
    return Mark(voice, sureness)


def _form() -> str:
    names = [agent_name(agent) for agent in known_voices()]
    voices = ", ".join(dict.fromkeys(names))
    return f"a voice and how sure you are, such as {names[0]}, probable. Voices are: {voices}"


def _table(compared: list[Compared]) -> View:
    rows = []
    for one in compared:
        first = one.readings[0]
        rival = next((agent_name(voice) for voice in one.voices if voice != one.voices[0]), "none")
        mine = ", ".join(filter(None, [agent_name(one.mark.voice), one.mark.sureness]))
        edition_says = f"{agent_name(one.voices[0])}, {first.certainty}"
        rows.append((one.segment, mine, edition_says, rival, _met(one), _evidence(first)))
    columns = ["Id", "Your mark", "The edition's reading", "Its rival", "The same", "What shows it"]
    plural = "" if len(rows) == 1 else "s"
    return rows_and_columns(rows, columns, f"{len(rows)} sentence{plural}, marked twice")


def _met(one: Compared) -> str:
    """Which reading a mark meets."""
    if one.mark.voice == one.voices[0]:
        return "yes"
    return "yes, its rival" if one.agrees else "no"


def _evidence(reading: Statement) -> str:
    if reading.note:
        return reading.note
    hangs = reading.frame not in ("", reading.segment)
    return f"{reading.attribution}, hangs on {reading.frame}" if hangs else reading.attribution


def _agreement(compared: list[Compared]) -> View:
    """How far reader and edition agree, in numbers and in words."""
    total = len(compared)
    differ = [one.segment for one in compared if not one.agrees]
    same = total - len(differ)
    share = f"{same / total:.0%}"
    plural = "" if total == 1 else "s"
    met = f"You and the edition name the same voice in {same} of {total} sentence{plural}"
    pairs = [(one.mark.voice, one.voices[0]) for one in compared]
    lines = [f"{met} ({share}), in either of its readings.", _kappa_in_words(kappa(pairs))]
    lines += _yardstick()
    if differ:
        lines.append(f"You differ in {', '.join(differ)}. Write why: the edition may be wrong.")
    return notice("How far you agree.", *lines)


def _kappa_in_words(found: float | None) -> str:
    if found is None:
        return "Cohen's κ cannot be computed: only one voice was named."
    return (
        f"Cohen's κ with its first readings is {found:.2f}. It takes off what two readers would "
        "share by chance: 0 is no better than chance, 1 is full agreement."
    )


def _yardstick() -> list[str]:
    """How far a second annotator agreed with the edition, where there was one."""
    if SECOND not in edition().tables:
        return []
    first = {}
    for statement in reversed(statements()):
        first[statement.segment] = innermost(statement.chain)
    pairs = []
    for row in edition().rows(SECOND):
        pairs.append((first[row["segment"]], row["voice"]))
    found = kappa(pairs)
    who = edition().resources[SECOND].get("annotator", "a second annotator")
    return [
        f"For comparison: {who} reached {found:.2f} with the edition's first readings of all "
        f"{len(pairs)} sentences."
    ]
