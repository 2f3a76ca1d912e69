"""A learner's own argument: the evidence table, checked row by row, and the page to hand in.

A row is a line of text with strokes between its parts: exact words | id | voice | verb | for or
against. A sixth part, if there is one, is the reason for hearing another voice than the edition.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from html import escape

from helpers import working_copy
from helpers.display import View, notice, page, rows_and_columns
from helpers.edition import Segment, edition, fold, shorten
from helpers.questions import Unread
from helpers.questions.quotation import read_quotation
from helpers.remarks import TOLERANCE, on_quotations, quotations
from helpers.voices import Statement, agent_name, statements, sure_voices

COLUMNS = ["Words", "Id", "Voice", "Verb", "For or against"]
VERBS = ("shows", "suggests", "allows", "does not say")
SIDES = ("for", "against")
NOT_THE_SOURCE = ("web page", "editor")  # layers of writing
# Acts that claim no more than that they took place:
OBSERVED = {"request", "question", "reply", "heading"}
SHORTEST, LONGEST = 4, 25  # words of a quotation from the body
MOST_ROWS = 60
ENOUGH = 4  # rows that an argument needs
ASKED = 300, 400  # words of an argument, at least and at most
IN_ORDER = "In order"
WHOLE_WORDS = "overflow-wrap:normal;overflow-x:auto"  # a table scrolls before it breaks a word


class NotInOrder(Exception):
    """What a row of evidence still needs, in one line."""


@dataclass(frozen=True)
class Evidence:
    """A row of the evidence table, each part as it was written; one that is missing is empty."""

    words: str = ""
    id: str = ""
    voice: str = ""
    verb: str = ""
    side: str = ""
    reason: str = ""

    @property
    def cells(self) -> list[str]:
        """What the table shows of it."""
        return [self.words, self.id, self.voice, self.verb, self.side]


def evidence(lines: str) -> View:
    """An evidence table with a remark on every row, and what the whole still lacks.

    lines: one row a line, its parts with | between them.
    """
    rows = _rows_of(str(lines))
    if not rows:
        return notice("No evidence yet.", f"Write one row a line: {' | '.join(COLUMNS)}.")
    table = []
    good: dict[tuple[str, str], Evidence] = {}
    for row in rows:
        remark = _remark(row)
        table.append([*row.cells, remark])
        if remark.startswith(IN_ORDER):
            good[row.words, row.id] = row
    plural = "" if len(rows) == 1 else "s"
    caption = f"Evidence, {len(rows)} row{plural}"
    shown = rows_and_columns(table, [*COLUMNS, "Remark"], caption)
    return shown + notice("The whole:", *_verdict(list(good.values())))


def hand_in(name: str, argument: str, lines: str) -> View:
    """Write an argument, its evidence and the works cited as one page into the working copy.

    An earlier page is kept beside it. name: whose it is. lines: the evidence, as for evidence().
    """
    words = "\n".join(str(argument).splitlines()).strip()
    if not words:
        return notice(
            "Nothing to hand in yet.",
            "Write your argument between the quotation marks, then run the cell again.",
        )
    inexact = on_quotations(words)
    path = working_copy.file("my-argument.html")
    try:
        working_copy.write_beside(path, _page(str(name).strip(), words, str(lines), inexact))
    except OSError as problem:
        reason = shorten(str(problem), 80)
        return notice(
            "Not written.",
            f"{path.name} could not be written ({reason}). Your words still stand in the cell.",
        )
    written = notice(
        "Written.",
        f"Your page is {path.parent.name}/{path.name}. Open it in a browser, print it or send it.",
        *working_copy.said_in_a_browser(),
        *_missing(str(name), words, str(lines)),
    )
    if inexact:
        return written + notice("Before you send it, look at these quotations:", *inexact)
    return written


def _missing(name: str, words: str, lines: str) -> list[str]:
    """What a page that is written still lacks."""
    lacks = []
    if not name.strip():
        lacks.append("It bears no name yet. Write yours in the cell above, and run both again.")
    least, most = ASKED
    count = len(words.split())
    if not least * (1 - TOLERANCE) <= count <= most * (1 + TOLERANCE):
        lacks.append(f"Your text has {count} words; {least} to {most} are asked for.")
    if not quotations(words):
        lacks.append("No quotation stands in this text.")
    rows = _rows_of(lines)
    open_rows = [row for row in rows if not _remark(row).startswith(IN_ORDER)]
    if not rows:
        lacks.append("It has no evidence table yet: there is nothing in my_evidence.")
    if open_rows:
        not_yet = "Rows of your evidence that are not in order yet"
        lacks.append(f"{not_yet}: {len(open_rows)}. Run the evidence cell.")
    return lacks


def _page(name: str, words: str, lines: str, inexact: list[str]) -> str:
    """The page to hand in."""
    checked = "No quotation stands in this text."
    if quotations(words):
        checked = "Quotations: each stands in the source as it is quoted."
    if inexact:
        listed = "".join(f"<li>{escape(line)}</li>" for line in inexact)
        checked = f"Quotations to look at:<ul>{listed}</ul>"
    today = date.today()
    html = (
        f"<p>{escape(name or 'No name')}, {today.day} {today:%B %Y}</p>"
        f"{_as_paragraphs(words)}<p>{len(words.split())} words</p>"
        f'<h2>Evidence</h2><div style="{WHOLE_WORDS}">{evidence(lines).html}</div>'
        f"<div>{checked}</div>"
        f"<h2>Works cited</h2><ul>{_works_in(words)}</ul>"
    )
    return page("An argument", html)


def _as_paragraphs(words: str) -> str:
    html = ""
    for part in re.split(r"\n\s*\n", words):
        html += f"<p>{escape(part)}</p>"
    return html


def _works_in(words: str) -> str:
    """The source, and the works that a text names by their short titles, as items of a list."""
    html = ""
    for work in edition().works.values():
        if work.kind == "source" or work.short in words:
            html += f"<li>{escape(work.citation)}</li>"
    return html


def _rows_of(lines: str) -> list[Evidence]:
    rows = []
    for line in lines.splitlines():
        bare = line.strip(" |")
        if bare:
            parts = bare.split("|", maxsplit=len(COLUMNS))
            rows.append(Evidence(*map(str.strip, parts)))
    return rows[:MOST_ROWS]


def _verdict(good: list[Evidence]) -> list[str]:
    """What the rows in order lack as a whole; if nothing, that."""
    lacks = []
    if len(good) < ENOUGH:
        lacks.append(f"{len(good)} different rows are in order; an argument needs four or more.")
    voices = {_first_name(row.voice) for row in good}
    if len(voices) == 1:
        lacks.append("Only one voice is heard; listen for another.")
    if all(_plain(row.side) == "for" for row in good):
        lacks.append("None of them speaks against your claim. Which passage does, most strongly?")
    return lacks or ["enough rows, more than one voice, and something against. Now weigh it."]


def _remark(row: Evidence) -> str:
    """What a row still needs, or how it has to be meant, or that it is in order."""
    try:
        segment = _segment_of(row)
        spoken = _said_in(segment, row.words)
        if spoken:
            _check_length(row.words)
        _check_voice(row, segment, _voices_in(spoken) if spoken else _hands_at(segment.layer))
    except NotInOrder as problem:
        return str(problem)
    acts = [statement.act for statement in spoken]
    if _plain(row.verb) == "shows" and acts and OBSERVED.isdisjoint(acts):
        return (
            f"{IN_ORDER}, if you mean that it shows the {acts[0]} in the record, "
            "and not that it was or came so."
        )
    return IN_ORDER


def _said_in(segment: Segment, words: str) -> list[Statement]:
    """What the edition says of these words, or else of their sentence; none outside the body."""
    readings = [statement for statement in statements() if statement.segment == segment.id]
    quoted = fold(words)
    of_these = [statement for statement in readings if quoted in fold(statement.words)]
    return of_these or readings


def _segment_of(row: Evidence) -> Segment:
    """The sentence that a row quotes. Raises NotInOrder."""
    if not row.side and not row.reason:
        raise NotInOrder(f"Five parts are wanted, with | between them: {', '.join(COLUMNS)}.")
    try:
        segment = edition().segments[read_quotation([row.words, row.id])]
    except Unread as problem:
        homes = ", ".join(edition().where(row.words))
        hint = f" They stand in {homes}." if homes else ""
        raise NotInOrder(f"{problem}{hint}") from None
    if segment.layer in NOT_THE_SOURCE:
        raise NotInOrder(f"{segment.id} belongs to the {segment.layer}, not to the source itself.")
    if _plain(row.verb) not in VERBS or _plain(row.side) not in SIDES:
        verbs = ", ".join(VERBS)
        raise NotInOrder(f"The fourth part is one of: {verbs}. The fifth is for or against.")
    return segment


def _check_length(words: str) -> None:
    if not SHORTEST <= len(words.split()) <= LONGEST:
        raise NotInOrder(
            "Quote enough words to be understood, and no more than you need: "
            f"{SHORTEST} to {LONGEST}."
        )


def _voices_in(spoken: list[Statement]) -> list[str]:
    """The agents whom the edition hears, from the writer inwards."""
    heard = []
    for statement in spoken:
        heard += sure_voices(statement.chain)
    return list(dict.fromkeys(heard))


def _hands_at(layer: str) -> list[str]:
    """The agents who made a layer of writing outside the body."""
    hands = []
    for agent in edition().rows("agents"):
        home = edition().segments.get(agent["segment"])
        made_it = agent["step"] or agent["kind"] == "office"
        if made_it and home and home.zone != "body" and home.layer == layer:
            hands.append(agent["id"])
    return hands


def _check_voice(row: Evidence, segment: Segment, heard: list[str]) -> None:
    """Whether a row hears a voice that the edition hears, or gives a reason for another."""
    voices = " or ".join(map(agent_name, heard))
    known = _names(f"{voices} {' '.join(heard)} {segment.layer}")
    if not row.reason and set(known).isdisjoint(_names(row.voice)):
        raise NotInOrder(
            f"The edition gives {segment.id} to {voices}. "
            "If you hear another voice, give a reason as a sixth part."
        )


def _plain(part: str) -> str:
    """A part as it is compared: in small letters, without a full stop."""
    return part.casefold().rstrip(".")


def _names(words: str) -> list[str]:
    """The words by which a voice is known, in their order."""
    found = re.findall(r"\w+", words.casefold())
    return [name for name in found if len(name) > 2 and name not in ("the", "and", "reported")]


def _first_name(voice: str) -> str:
    """The first word by which a voice is known, or nothing."""
    return (_names(voice) or [""])[0]
