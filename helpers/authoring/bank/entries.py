"""Entries of the question bank: each question whole, with its passages, hints and reason.

A question that leans on its page, or that the platforms cannot say, is left out, with why.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from helpers.authoring.quoted import (
    Extract,
    cited,
    extracts,
    marked,
    named_by,
    paragraphs,
    works_named,
)
from helpers.questions import QuestionSet, question_sets
from helpers.questions.letters import Choice, Multi

RECALL = "recall"  # the skill of the questions that open a lesson
ASKS_BACK = "It asks back what an earlier notebook taught."
SEVERAL_KEYS = "More than one set of options is right, which the platforms cannot say."
SOURCE = "<p><small>From: {title}. Wilson Center Digital Archive.</small></p>"
WORK = "<p><small>{short}: {citation}</small></p>"


@dataclass(frozen=True)
class Option:
    """An option of an entry, its words and the hint to whoever chose it as safe HTML."""

    sign: str
    words: str
    right: bool
    hint: str


@dataclass(frozen=True)
class Entry:
    """A question of the bank; texts are safe HTML.

    body: passages and prompt. several: whether more than one option may be chosen. reason: why the
    right answer is right. missing: the hint to right options that are too few, for several only.
    """

    id: str
    skill: str
    body: str
    options: tuple[Option, ...]
    several: bool
    reason: str
    missing: str

    @property
    def title(self) -> str:
        """What lists of questions show."""
        return f"{self.id} {self.skill.capitalize()}"


@dataclass(frozen=True)
class Chapter:
    """The entries of one lesson, and the ids of what was left out of it, each with why."""

    number: str
    title: str
    entries: tuple[Entry, ...]
    left_out: dict[str, str]


def chapters() -> list[Chapter]:
    """The whole bank. Raises FaultyItem."""
    return [_chapter(questions) for questions in question_sets().values()]


def why_left_out(question: Choice | Multi) -> str:
    """Why a question with options has no entry; nothing where it has one."""
    if question.leans:
        return f"It needs {question.leans}."
    if question.skill == RECALL:
        return ASKS_BACK
    return SEVERAL_KEYS if len(question.keys) > 1 else ""


def _chapter(questions: QuestionSet) -> Chapter:
    entries = []
    left_out = {}
    for id, question in questions.questions.items():
        if not isinstance(question, (Choice, Multi)):
            continue
        why = why_left_out(question)
        if why:
            left_out[id] = why
        else:
            entries.append(_entry(question))
    return Chapter(questions.notebook, questions.title, tuple(entries), left_out)


def _entry(question: Choice | Multi) -> Entry:
    several = isinstance(question, Multi)
    asked = " ".join([question.prompt, *question.options.values()])
    above = extracts(named_by(question))
    body = _quoted(above) + _cited(asked) + paragraphs(question.prompt)
    return Entry(
        id=question.id,
        skill=question.skill,
        body=body,
        options=tuple(_options(question, above, body)),
        several=several,
        reason=_whole(question.explain, question.evidence, above, body),
        missing=paragraphs(question.otherwise) if several else "",
    )


def _options(question: Choice | Multi, above: list[Extract], body: str) -> list[Option]:
    """The options, each wrong one with its own hint, or the hint to any other answer."""
    hints = {distractor.when: distractor for distractor in question.wrong}
    made = []
    for sign, words in question.options.items():
        right = sign in question.keys[0]
        hint = ""
        if sign in hints:
            named = question.helping_with(hints[sign])
            hint = _whole(hints[sign].hint, named, above, body)
        elif not right:
            hint = paragraphs(question.otherwise)
        made.append(Option(sign, marked(words), right, hint))
    return made


def _whole(text: str, names: Iterable[str], above: list[Extract], body: str) -> str:
    """A text with the passages and works of which it speaks, but for those that stand above."""
    passages = _quoted(extracts([*names, *cited(text)], but=above))
    return paragraphs(text) + passages + _cited(text, but=body)


def _cited(text: str, but: str = "") -> str:
    """The works that a text names, in full, but for those that other text cites."""
    html = ""
    for work in works_named(text):
        line = WORK.format(short=escape(work.short), citation=escape(work.citation, quote=False))
        html += line if line not in but else ""
    return html


def _quoted(found: list[Extract]) -> str:
    """Passages with their ids, and from which document they are."""
    html = ""
    for extract in found:
        lines = ""
        for segment in extract.segments:
            words = escape(segment.text, quote=False)
            lines += f"<p><strong>{segment.id}</strong> «{words}»</p>"
        html += f"<blockquote>{lines}</blockquote>" + SOURCE.format(title=escape(extract.title))
    return html
