"""Any object at all may be handed to `check`: the reply is safe, and only the key passes."""

from __future__ import annotations

import pytest
from course import EDITION, QUESTIONS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markup import strange_markup

from helpers import check
from helpers.amounts import Amount, read_amount
from helpers.feedback import first_reply
from helpers.questions import Practice, Unread, plain

VERDICTS = ("right", "not yet", "unread", "empty", "open")


class Liar:
    """Says yes to everything and breaks when looked at."""

    def __eq__(self, other: object) -> bool:
        return True

    def __hash__(self) -> int:
        return 0

    def __repr__(self) -> str:
        raise RuntimeError("no")

    __str__ = __len__ = __iter__ = __bool__ = __float__ = __repr__


class WithoutAClass:
    """Breaks when asked what it is."""

    @property
    def __class__(self) -> type:
        raise RuntimeError("no")


class Pretender:
    """Says that it is a text."""

    __class__ = str


class LyingText(str):
    def __eq__(self, other: object) -> bool:
        return True

    def strip(self, *_: object) -> str:
        raise RuntimeError("no")

    __hash__ = str.__hash__
    casefold = split = __str__ = strip


class LyingNumber(float):
    def __eq__(self, other: object) -> bool:
        return True

    __hash__ = float.__hash__


class LyingList(list):
    def __iter__(self) -> object:
        raise RuntimeError("no")

    __len__ = __iter__


class LyingPairs(dict):
    def items(self) -> object:
        raise RuntimeError("no")

    __iter__ = keys = values = items


def around_itself() -> list[object]:
    box: list[object] = []
    box.append(box)
    return box


ODD = [
    Liar(),
    WithoutAClass(),
    Pretender(),
    LyingText("<img src=x onerror=alert(1)>"),
    LyingNumber(12345.678),
    LyingList(["<i>"]),
    LyingPairs(x="<i>"),
    [Liar()],
    [WithoutAClass()],
    {"a": Liar()},
    {Liar(): "a"},
    {"x", "y"},
    frozenset({7}),
    around_itself(),
    Amount(12345.678, 12345.678),
    Amount(Liar(), Liar()),
    Amount(float("nan"), 1),
    range(10**9),
    iter([1]),
    print,
    type,
    10**5000,
    "9" * 10**6,
    "a" * 10**6,
    "\ud800",
    "\x00",
    (lambda: None),
]


@pytest.fixture(autouse=True)
def nothing_is_kept(working_copy: object) -> None:
    """Tries are counted for one test only."""


@pytest.mark.parametrize("id", QUESTIONS)
def test_no_object_raises_or_is_taken_for_right(id: str) -> None:
    for odd in ODD:
        reply = check(id, odd)
        kind = type(odd).__name__
        assert reply.verdict in ("unread", "not yet", "open"), f"{id}: {kind} is {reply.verdict}"
        assert repr(reply) and not strange_markup(reply.html), f"{id}: {kind}"
        assert first_reply(id, odd).verdict == reply.verdict, f"{id}: {kind}"


def test_no_object_for_an_id_raises() -> None:
    for odd in (*ODD, None, "", 7):
        for reply in (check(odd, odd), check(odd, "a", reveal=True)):
            assert reply.verdict == "unknown" and not strange_markup(reply.html)
    assert check("E1.5", "b", reveal=Liar()).verdict == "right", "Only True reveals."


def test_an_answer_is_made_plain_without_running_its_code() -> None:
    assert type(plain(LyingText("a"))) is str
    assert type(plain(LyingNumber(1))) is float
    assert plain(LyingList(["a"])) == ["a"] and plain(LyingPairs(a="1")) == {"a": "1"}
    for odd in (Liar(), WithoutAClass(), Pretender()):
        with pytest.raises(Unread):
            plain(odd)


SNIPPETS = st.sampled_from(
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "a<svg onload=alert(1)>",
        '"><b>',
        "</p><iframe>",
        "${7*7}",
        "{{7*7}}",
        "B15.4 <script>",
        "javascript:alert(1)",
        "&lt;script&gt;",
        "\x00",
        "\u202e90",
    ]
)
NEAR = st.sampled_from(
    ["a", "b", "c", "d", "e", "about 90", "8", "25", "c e a b", "1", "27 sentences", "B15.4"]
)
WORDS = st.one_of(st.text(max_size=40), SNIPPETS, NEAR)
SIMPLE = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.binary(max_size=8)
)
PARTS = st.one_of(SIMPLE, st.lists(WORDS, max_size=4), st.sets(WORDS, max_size=4))
ANSWERS = st.one_of(
    PARTS,
    st.lists(PARTS, max_size=4),
    st.tuples(WORDS, WORDS),
    st.dictionaries(st.one_of(WORDS, st.integers()), PARTS, max_size=5),
)
FEW = settings(
    max_examples=100, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@FEW
@given(ANSWERS)
def test_any_answer_to_any_question_gets_a_safe_reply_and_only_the_key_passes(
    answer: object,
) -> None:
    for id, question in list(QUESTIONS.items())[::3]:  # an answer is slow to make, quick to judge
        reply = first_reply(id, answer)
        assert reply.verdict in VERDICTS and reply.text.strip(), f"{id}: {answer!r}"
        assert not strange_markup(reply.html), f"{id}: markup of {answer!r} reached the page."
        if reply.verdict == "right" and isinstance(question, Practice):
            value = question.read(plain(answer))
            right = [question.read_key(form) for form in (question.key, *question.accept)]
            assert any(question.same(value, key) for key in right), f"{id}: {answer!r}"


@FEW
@given(st.text(max_size=200))
def test_reading_an_amount_ends_in_an_amount_or_a_refusal(text: str) -> None:
    try:
        amount = read_amount(text)
    except ValueError:
        return
    assert amount.low <= amount.high


def test_what_learners_do_changes_no_table() -> None:
    before = [dict(row) for row in EDITION.rows("statements")]
    check("E2.3", "c e a b")
    assert before == EDITION.rows("statements")
