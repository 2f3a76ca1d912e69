"""What the question bank holds and what not, for whoever imports it: the README beside it."""

from __future__ import annotations

from helpers.authoring.bank.entries import Chapter

README = """# Question bank

Made by `python3 -m helpers release` from [the items](../items). Edit those, not these files.

Questions of the course that can be answered without it: each has its passages in full, a hint to \
each wrong answer, and the reason for the right one.

- [moodle.xml](moodle.xml) for Moodle: *Question bank*, *Import*, *Moodle XML format*.
- [qti-1.2.zip](qti-1.2.zip) for Canvas and other platforms that read QTI 1.2. In Canvas: \
*Settings*, *Import Course Content*, *QTI .zip file*. Each lesson becomes a quiz of its own.

The keys stand in both files: they are for instructors. Neither was imported into a running Moodle \
or Canvas yet; they were checked against the platforms' own code.

The passages are the source's. It keeps its own rights (W7, W8) and is not relicensed. \
The questions: CC BY 4.0.

## What is in it

| Lesson | Questions |
|---|---|
{held}

## What is left out, and why

Questions of another form than one or several options (a number, an order, a match, a quotation, \
a text) are not in it. Of those with options:

| Question | Why |
|---|---|
{left_out}
"""


def contents(chapters: list[Chapter]) -> str:
    """The README of the bank, as Markdown."""
    held = []
    left_out = []
    for chapter in chapters:
        ids = ", ".join(entry.id for entry in chapter.entries)
        held.append(f"| {chapter.number} {chapter.title} | {ids or 'none'} |")
        for id, why in chapter.left_out.items():
            left_out.append(f"| {id} | {why} |")
    return README.format(held="\n".join(held), left_out="\n".join(left_out))
