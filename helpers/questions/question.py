"""What every question has, and how an item becomes one: its fields are checked as it loads.

A form of question is one class. It says how an answer is read, what form it wants, when two answers
are the same, what a wrong one shows, its blank and its solution. Nothing here knows how a reply is
worded or how tries are counted.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Generic, NamedTuple, Self, TypeVar

from helpers.questions.fields import FaultyItem, checked
from helpers.questions.plain import Unread, plain

Value = TypeVar("Value")  # an answer as its form reads it
WORDS_A_MINUTE = 5  # that a learner writes: 25 minutes for 100 to 150 words
PAGES = ("sheet", "lesson")  # where a question is asked
MOST_REREAD = 2  # passages of the evidence, where an item names none to reread
UNNAMED = "M0"  # stands for a wrong answer that shows no misreading with a name
FORMS: dict[str, type[Question]] = {}  # by the word that an item writes after `type`


@dataclass(frozen=True, kw_only=True)
class Distractor:
    """A wrong answer that shows something.

    when: the answer, or the part of it that tells. label: whether the name of the misreading says
    something of this very answer, so that a reply may begin with it. look: ids to look at again,
    where they are not those of the question.
    """

    when: object
    misreading: str
    hint: str
    label: bool = True
    look: str = ""


class Diagnosis(NamedTuple):
    """What a wrong answer shows: the code of a misreading, its label, if any, and hints.

    look: ids of the passages of which the hints speak.
    """

    misreading: str
    labelled: bool
    hints: list[str]
    look: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is asked, where, and from which passages it can be answered.

    evidence: ids of passages; none, where cards of a dossier answer it: its hints name them.
    look: ids shown in the sheet, where they are not the evidence. leans: what of its page it cannot
    be answered without, so that a question bank leaves it out.
    """

    form: ClassVar[str] = ""

    id: str
    prompt: str
    skill: str
    minutes: int
    evidence: tuple[str, ...]
    page: str = "sheet"
    look: str = ""
    leans: str = ""
    optional: bool = False

    def __init_subclass__(cls) -> None:
        super().__init_subclass__()
        if "form" in vars(cls):
            FORMS[cls.form] = cls

    @classmethod
    def load(cls, row: Mapping[str, Any]) -> Self:
        """Make a question from an item. Raises FaultyItem for the first fault of its fields."""
        return cls(**checked(cls, row))

    def check_values(self) -> None:
        """Raise FaultyItem where values do not fit together: called once, as the item loads."""
        if self.page not in PAGES:
            raise FaultyItem(f"page = {self.page!r}: write one of {', '.join(PAGES)}")

    @property
    def choices(self) -> list[dict[str, str]]:
        """Lists of signs and words that stand below the prompt."""
        return []

    @property
    def wanted_form(self) -> str:
        """The form in which the answer is to be written, in one line."""
        raise NotImplementedError

    @property
    def shown_passages(self) -> str:
        """Ids of the passages that stand above the question in its sheet."""
        return self.look or ", ".join(self.evidence)

    @property
    def text(self) -> str:
        """The question as a page shows it: prompt, what to choose from, form of the answer."""
        lists = []
        for choices in self.choices:
            lines = [f"- **{sign}**: {words}" for sign, words in choices.items()]
            lists.append("\n".join(lines))
        parts = [self.prompt, "\n\nChoose from:\n\n".join(lists), self.wanted_form]
        return "\n\n".join(filter(None, parts))


@dataclass(frozen=True, kw_only=True)
class Text(Question):
    """A question whose answer is a text: for a reader with a rubric, not for a machine.

    points: the most that its rubric gives. comments: codes of misreadings that a text often shows.
    variable: the name under which a sheet keeps the text. words: how many are asked for, at least
    and at most; from them its minutes are computed. weighs: something that speaks against the
    claim is asked for. additions: where the text is to be words of the source, the most that may be
    added to them in brackets. questions: how many it is to ask.
    """

    form = "text"

    points: int
    comments: tuple[str, ...]
    variable: str
    words: tuple[int, ...] = ()
    weighs: bool = False
    additions: int = 0
    questions: int = 0
    minutes: int = 0

    def __post_init__(self) -> None:
        if self.words:
            mean = sum(self.words) / len(self.words)
            object.__setattr__(self, "minutes", round(mean / WORDS_A_MINUTE))

    def check_values(self) -> None:
        """Raise FaultyItem where the minutes are neither told nor computed."""
        super().check_values()
        if self.minutes <= 0:
            raise FaultyItem("minutes or words are missing")

    @property
    def wanted_form(self) -> str:
        """Where the text is to be written."""
        return (
            "Write your text between the quotation marks; "
            "you may press Enter in it as often as you like."
        )


@dataclass(frozen=True, kw_only=True)
class Practice(Question, Generic[Value]):
    """A question that is judged at once.

    key: the right answer; accept: other forms or readings of it that are right too. wrong:
    distractors, the first that fits names the answer. otherwise: the hint to any other. step: what
    the second hint adds. explain: the reason, shown with the answer. variable: the name under which
    a sheet keeps the answer. reread: ids to look at again, where they are not the evidence.
    """

    key: Any
    explain: str
    otherwise: str
    step: str
    wrong: tuple[Distractor, ...]
    accept: tuple[object, ...] = ()
    reread: tuple[str, ...] = ()
    variable: str = ""

    # What each form says for itself

    def read(self, answer: object) -> Value:
        """A plain answer as this question means it. Raises Unread."""
        raise NotImplementedError

    @property
    def key_in_words(self) -> str:
        """The key as a person would say it."""
        raise NotImplementedError

    def gives_away(self, text: str) -> bool:
        """Whether a text holds the key, so that its reader need not think."""
        raise NotImplementedError

    # What most forms have in common

    def read_key(self, key: object) -> Value:
        """The value of a key, or of another answer that an item writes. Raises Unread."""
        return self.read(plain(key))

    def same(self, value: Value, key: Value) -> bool:
        """Whether an answer is the one that a key stands for."""
        return value == key

    def shows(self, value: Value, when: object) -> bool:
        """Whether an answer is a distractor, or holds the part of it that tells."""
        return self.same(value, self.read_key(when))

    def check_distractor(self, when: object) -> None:
        """Raise Unread when no answer could ever be this distractor."""
        self.read_key(when)

    def unnamed_hint(self, value: Value) -> str:
        """The first hint to a wrong answer that is none of the distractors."""
        return self.otherwise

    def diagnose(self, value: Value) -> Diagnosis:
        """What a wrong answer shows, and the hints to it."""
        distractor = self.distractor_shown(value)
        if distractor is None:
            return Diagnosis(UNNAMED, False, [self.unnamed_hint(value)], self.helping)
        look = self.helping_with(distractor)
        return Diagnosis(distractor.misreading, distractor.label, [distractor.hint], look)

    def written(self, value: Value) -> str:
        """An answer as it was read, the same for answers that are the same."""
        return str(value)

    def echo(self, value: Value) -> str:
        """How the answer was read, where that is not plain to see, or nothing."""
        return ""

    @property
    def blank(self) -> str:
        """The empty answer of a sheet: quotation marks to write between."""
        return '""'

    @property
    def solution(self) -> str:
        """The right answer as a learner would type it."""
        return f'"{self.key}"'

    def answer_showing(self, distractor: Distractor) -> object:
        """An answer that shows a distractor and is wrong in nothing else."""
        return distractor.when

    # What follows from that

    @property
    def helping(self) -> tuple[str, ...]:
        """Ids of the one or two passages that help after any wrong answer."""
        return self.reread or self.evidence[:MOST_REREAD]

    def helping_with(self, distractor: Distractor) -> tuple[str, ...]:
        """Ids of the passages of which the hint to a distractor speaks."""
        return (distractor.look,) if distractor.look else self.helping

    @cached_property
    def keys(self) -> tuple[Value, ...]:
        """The value of the key and of everything else that is accepted."""
        return tuple(map(self.read_key, (self.key, *self.accept)))

    def is_right(self, value: Value) -> bool:
        """Whether an answer is the key, or one of the other forms that are accepted."""
        return any(self.same(value, key) for key in self.keys)

    def distractor_shown(self, value: Value) -> Distractor | None:
        """The first distractor that a wrong answer shows."""
        for distractor in self.wrong:
            if self.shows(value, distractor.when):
                return distractor
        return None

    def check_values(self) -> None:
        """Raise FaultyItem when key, accepted forms or distractors are no answers of this form."""
        super().check_values()
        for field, written in (("key", self.key), *(("accept", other) for other in self.accept)):
            try:
                self.read_key(written)
            except Unread as problem:
                raise FaultyItem(f"{field} = {written!r} is no answer here. {problem}") from None
        for distractor in self.wrong:
            try:
                self.check_distractor(distractor.when)
            except Unread as problem:
                line = f"when = {distractor.when!r} is no answer here. {problem}"
                raise FaultyItem(line) from None
