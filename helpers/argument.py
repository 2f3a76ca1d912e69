"""A learner's own argument: the evidence table, checked row by row, and the page to hand in.

A row is a line of text with strokes between its parts: exact words | id | voice | verb | for or against.
A sixth part, if there is one, is the reason for hearing another voice than the edition does.
"""

from __future__ import annotations

import re
from html import escape

from helpers.answers import Unread, read
from helpers.display import View, notice, page, rows_and_columns
from helpers.edition import edition
from helpers.notes import FILE, replace_beside
from helpers.reading import agent_name, sure_voices

COLUMNS = ["Words", "Id", "Voice", "Verb", "For or against"]
VERBS = ("shows", "suggests", "allows", "does not say")
OBSERVED = {"description", "report", "request", "question", "reply", "heading"}  # acts that claim no more than that they took place


def evidence(lines: str) -> View:
    """An evidence table with a remark on every row, and what the whole still lacks."""
    rows = [[part.strip() for part in line.strip(" |").split("|")] for line in str(lines).splitlines() if line.strip(" |")][:60]
    if not rows:
        return notice("No evidence yet.", f"Write one row a line: {' | '.join(COLUMNS)}.")
    remarks = [_remark(row) or "In order" for row in rows]
    good = {tuple(row[:2]): row for row, remark in zip(rows, remarks, strict=True) if remark.startswith("In order")}
    lacks = [f"{len(good)} different rows are in order; an argument needs four or more."] * (len(good) < 4)
    lacks += ["Only one voice is heard; listen for another."] * (len({tuple(_names(row[2])[:1]) for row in good.values()}) == 1)
    lacks += ["None of them speaks against your claim. Which passage does, most strongly?"] * all(row[4][:3] == "for" for row in good.values())
    table = [(*(row + [""] * 5)[:5], remark) for row, remark in zip(rows, remarks, strict=True)]
    return rows_and_columns(table, [*COLUMNS, "Remark"], f"Evidence, {len(rows)} row{'s' * (len(rows) > 1)}") \
        + notice("The whole:", *(lacks or ["enough rows, more than one voice, and something against. Now weigh it."]))


def hand_in(title: str, argument: str, lines: str) -> View:
    """Write title, argument, evidence and the works cited as one page into the working copy; an earlier page is kept beside it."""
    words = "\n".join(str(argument).splitlines()).strip()
    if not words:
        return notice("Nothing to hand in yet.", "Write your argument between the quotation marks, then run the cell again.")
    paragraphs = "".join(f"<p>{escape(part)}</p>" for part in re.split(r"\n\s*\n", words))
    cited = [row["citation"] for row in edition().rows("works") if row["kind"] == "source" or row["short"] in words]
    return replace_beside(FILE.with_name("my-argument.html"), page(str(title), (
        f"{paragraphs}<p>{len(words.split())} words</p><h2>Evidence</h2>{evidence(lines).html}<h2>Works cited</h2>"
        f"<ul>{''.join(f'<li>{escape(work)}</li>' for work in cited)}</ul>")))


def _remark(row: list[str]) -> str:
    """What a row still needs, or how it has to be meant; nothing when it is plainly in order."""
    if len(row) < 5:
        return f"Five parts are wanted, with | between them: {', '.join(COLUMNS)}."
    words, name, voice, *_ = row
    verb, side = (part.casefold().rstrip(".") for part in row[3:5])
    try:
        segment = edition().segments[read({"type": "quote"}, [words, name])]
    except Unread as problem:
        homes = list(edition().where(words))
        return f"{problem} They stand in {', '.join(homes)}." if homes else str(problem)
    if segment.layer in ("web page", "editor"):
        return f"{segment.id} belongs to the {segment.layer}, not to the source itself."
    if verb not in VERBS or side not in ("for", "against"):
        return f"The fourth part is one of: {', '.join(VERBS)}. The fifth is for or against."
    statements = [r for r in edition().rows("statements") if r["segment"] == segment.id]
    if statements and not 4 <= len(words.split()) <= 25:
        return "Quote enough words to be understood, and no more than you need: 4 to 25."
    heard = dict.fromkeys(agent_name(agent) for r in statements for agent in sure_voices(r["chain"]))
    if statements and len(row) == 5 and not set(_names(voice)) & set(_names(" ".join(heard))):
        return f"The edition hears {' or '.join(heard)}. If you hear another voice, give a reason as a sixth part."
    if verb == "shows" and statements and not {r["act"] for r in statements} & OBSERVED:
        return f"In order, if you mean that it shows the {statements[0]['act']} in the record, and not that it was or came so."
    return ""


def _names(words: str) -> list[str]:
    """The words by which a voice is known, in their order."""
    return [word for word in re.findall(r"\w+", words.casefold()) if len(word) > 2 and word not in ("the", "and", "reported")]
