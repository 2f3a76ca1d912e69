"""Any answer at all: numbers as people write them, quotations, and thousands of odd things handed to check()."""

import html.parser

import pytest
from course import EDITION, ITEMS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from helpers import check, feedback
from helpers.amounts import Amount, read_amount
from helpers.answers import Unread, plain, read

WRITTEN = {
    "2,850,000": (2850000, 2850000, "", ""), "2 850 000": (2850000, 2850000, "", ""), "2\u00a0850\u202f000": (2850000, 2850000, "", ""),
    "2.85 million": (2850000, 2850000, "", ""), "2,85 million": (2850000, 2850000, "", ""), "2.850.000": (2850000, 2850000, "", ""),
    "about 90": (90, 90, "about", ""), "~90": (90, 90, "about", ""), "ca. 90 people": (90, 90, "about", "people"), "exactly 90": (90, 90, "exactly", ""),
    "ninety": (90, 90, "", ""), "twenty-seven sentences": (27, 27, "", "sentences"), "more than 45": (45, 45, "more than", ""), "90.": (90, 90, "", ""),
    "5%": (5, 5, "", "%"), "5 percent": (5, 5, "", "%"), "1.7% to 5.0%": (1.7, 5, "", "%"), "1,7 % – 5 %": (1.7, 5, "", "%"),
    "50,000-150,000": (50000, 150000, "", ""), "50 000 to 150 000 t": (50000, 150000, "", "t"), "0.05-0.15 million": (50000, 150000, "", ""),
    "between 50,000 and 150,000 tons": (50000, 150000, "", "t"), "six or seven": (6, 7, "", ""), "2.9–3.0 million t": (2900000, 3000000, "", "t"),
    "one hundred and eighty": (180, 180, "", ""), "fewer than two hundred": (200, 200, "less than", ""), "98.01% of all voters": (98.01, 98.01, "", "%"),
    "about 1.7 per cent to about 5 per cent": (1.7, 5, "about", "%"), "2.85 Mt": (2850000, 2850000, "", "t"), 90: (90, 90, "", ""), 0.05: (0.05, 0.05, "", ""), (150000, 50000): (50000, 150000, "", ""),
}
SHARE = {"type": "range", "units": ["%"], "key": "1.724138% to 5%", "accept": [], "id": "X", "evidence": []}


def accepted(value):
    return any(feedback._same(SHARE, value, spec) for spec in feedback._keys(SHARE))



@pytest.mark.parametrize("written", WRITTEN, ids=repr)
def test_numbers_are_read_as_people_write_them(written):
    assert read_amount(written) == Amount(*WRITTEN[written])


@pytest.mark.parametrize("written", ["", "many", "B24.3", "12 34 56", "1-2-3", "90 and some more 12", True, None, [], [1, 2, 3], float("nan"), float("-inf")], ids=repr)
def test_what_holds_no_single_number_or_range_is_refused(written):
    with pytest.raises(ValueError):
        read_amount(written)


@pytest.mark.parametrize("written", ["1.7 to 5", "1.7% to 5.0%", "0.017-0.05", (1.72, 5.0), "1.724% to 5%"], ids=repr)
def test_a_share_may_come_as_percent_or_as_fraction(written):
    assert accepted(read(SHARE, plain(written)))


@pytest.mark.parametrize("written", ["1.7", "5", "1.75 to 5.26", "17 to 50", "1.73 to 5", "1.71 to 5", "2 to 5"], ids=repr)
def test_another_share_is_not_the_same(written):
    assert not accepted(read(SHARE, plain(written)))


def test_an_amount_shows_both_ends_its_hedge_and_its_unit():
    assert str(Amount(50000, 150000, "about", "t")) == "about 50,000 to 150,000 t"
    assert str(Amount(1.7, 5, "", "%")) == "1.7% to 5%"


@pytest.mark.parametrize("written", [
    ("The school will not be closed.", "B15.4"), ("B15.4", "The  school\nwill not be closed"), "“The school will not be closed.” (B15.4)",
    "«The school will not be closed.» B15.4", ["the school will not be closed".replace("the", "The"), "b15.4"],
], ids=repr)
def test_a_quotation_may_differ_in_white_space_and_quote_marks(written):
    assert check("E0.2", written).verdict == "right"


@pytest.mark.parametrize(("written", "said"), [
    (("The school will not be shut.", "B15.4"), "letter by letter"), (("The school will not be closed.", "B15.5"), "is not the sentence"),
    (("The school will not be closed.", "B99"), "is not the sentence"), ("The school will not be closed.", "no id"),
    (("", "B15.4"), "letter by letter"),
], ids=repr)
def test_a_quotation_that_is_not_exact_or_has_another_id_is_told_so(written, said):
    reply = check("E0.2", written)
    assert reply.verdict == "unread" and said in reply.text


def test_the_units_of_a_number_are_read_too():
    assert check("E1.2", "8 days").verdict == "right"
    assert "another one" in check("E1.2", "8 weeks").text


class Liar:
    """Says yes to everything and breaks when looked at."""

    def __eq__(self, other):
        return True

    def __hash__(self):
        return 0

    def __repr__(self):
        raise RuntimeError("no")

    __str__ = __len__ = __iter__ = __bool__ = __float__ = __repr__


class LyingText(str):
    def __eq__(self, other):
        return True

    def strip(self, *_):
        raise RuntimeError("no")

    __hash__, casefold, split = str.__hash__, strip, strip


class LyingNumber(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__


ODD = [Liar(), LyingText("<img src=x onerror=alert(1)>"), LyingNumber(12345.678), [Liar()], {"a": Liar()}, {Liar(): "a"},
       range(10**9), iter([1]), print, type, 10**5000, "9" * 10**6, "\ud800", (lambda: None)]


@pytest.mark.parametrize("name", ITEMS)
def test_no_object_raises_or_is_taken_for_right(name):
    for odd in ODD:
        reply = check(name, odd)
        assert reply.verdict in ("unread", "not yet", "open") and repr(reply) and reply._repr_mimebundle_(), f"{name}: {type(odd).__name__}"
        assert feedback.reply(name, odd).verdict == reply.verdict, f"{name}: {type(odd).__name__}"


def test_numpy_numbers_count_as_numbers():
    import numpy
    assert check("E1.2", numpy.int64(8)).verdict == check("E1.2", numpy.float64(8)).verdict == "right"


class Tags(html.parser.HTMLParser):
    """Collects the names of the elements and the attributes that a page really has."""

    def __init__(self):
        super().__init__()
        self.found = set()

    def handle_starttag(self, tag, attrs):
        self.found |= {tag, *(name for name, _ in attrs)}


def elements(page):
    tags = Tags()
    tags.feed(page)
    return tags.found


ALLOWED = {"div", "p", "strong", "em", "blockquote", "table", "caption", "thead", "tbody", "tr", "th", "td", "scope", "style", "br", "small",
           "tabindex", "role", "aria-label"}
HOSTILE = st.sampled_from(["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "a<svg onload=alert(1)>", "\"><b>", "</p><iframe>", "${7*7}", "{{7*7}}",
                           "B15.4 <script>", "javascript:alert(1)", "&lt;script&gt;", "\x00", "\u202e90", "a b <i>c</i>"])
WORDS = st.one_of(st.text(max_size=60), HOSTILE, st.sampled_from(["a", "b", "c", "d", "e", "about 90", "8", "25", "c e a b", "1", "27 sentences", "B15.4"]))
SIMPLE = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), WORDS, st.binary(max_size=8), st.complex_numbers())
ANSWERS = st.recursive(SIMPLE, lambda inner: st.one_of(st.lists(inner, max_size=5), st.tuples(inner, inner), st.sets(WORDS, max_size=4),
                                                       st.dictionaries(st.one_of(WORDS, st.integers()), inner, max_size=5)), max_leaves=8)


@settings(max_examples=500, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(names=st.lists(st.sampled_from(sorted(ITEMS)), min_size=5, max_size=5, unique=True), answer=ANSWERS)
def test_any_answer_to_any_question_gets_a_safe_reply_and_only_the_key_passes(names, answer):
    for name in names:  # to make up an answer takes longer than to judge it
        item = ITEMS[name]
        reply = check(name, answer)
        assert elements(reply.html) <= ALLOWED, f"{name}: markup of an answer reached the page."
        assert reply.text.strip() and reply.verdict in ("right", "not yet", "unread", "empty", "open")
        assert feedback.reply(name, answer).verdict == reply.verdict
        if reply.verdict == "right":
            value = read(item, plain(answer))
            assert any(feedback._same(item, value, spec) for spec in [item["key"], *item.get("accept", [])])


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(name=st.one_of(WORDS, SIMPLE), answer=SIMPLE)
def test_any_id_gets_a_line(name, answer):
    assert elements(check(name, answer).html) <= ALLOWED


@settings(max_examples=300, deadline=None, derandomize=True)
@given(st.text(max_size=200))
def test_reading_an_amount_never_ends_in_anything_but_an_amount_or_a_refusal(text):
    try:
        amount = read_amount(text)
    except ValueError:
        return
    assert amount.low <= amount.high


def test_an_answer_is_made_plain_without_running_its_code():
    assert type(plain(LyingText("a"))) is str and type(plain(LyingNumber(1))) is float
    with pytest.raises(Unread):
        plain(Liar())


def test_the_edition_is_not_changed_by_what_learners_do():
    before = [dict(row) for row in EDITION.rows("statements")]
    check("E2.3", "c e a b")
    assert before == EDITION.rows("statements")
