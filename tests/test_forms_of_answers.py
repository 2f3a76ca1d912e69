"""Answers as people write them: numbers, units, shares, signs, pairs and quotations."""

from __future__ import annotations

import pytest
from course import QUESTIONS, flat

from helpers import check
from helpers.amounts import Amount, read_amount
from helpers.feedback import first_reply

pytestmark = pytest.mark.usefixtures("working_copy")


def shortly(part: object) -> str:
    """The id of a case: the same in every process, so a set is named by its sorted parts."""
    named = sorted(part) if isinstance(part, set) else part
    return str(named)[:40]


NUMBERS = {  # what is written, and what is read
    "2,850,000": "2,850,000",
    "2 850 000": "2,850,000",
    "2\u00a0850\u202f000": "2,850,000",
    "2.85 million": "2,850,000",
    "2,85 million": "2,850,000",
    "2.850.000": "2,850,000",
    "2.85 Mt": "2,850,000 t",
    "90.": "90",
    "about 90": "about 90",
    "~90": "about 90",
    "ca. 90 people": "about 90 people",
    "exactly 90": "exactly 90",
    "more than 45": "more than 45",
    "fewer than two hundred": "less than 200",
    "ninety": "90",
    "twenty-seven sentences": "27 sentences",
    "one hundred and eighty": "180",
    "six or seven": "6 to 7",
    "5%": "5%",
    "5 percent": "5%",
    "98.01% of all voters": "98.01%",
    "1.7% to 5.0%": "1.7% to 5%",
    "1,7 % – 5 %": "1.7% to 5%",
    "about 1.7 per cent to about 5 per cent": "about 1.7% to 5%",
    "50,000-150,000": "50,000 to 150,000",
    "50 000 to 150 000 t": "50,000 to 150,000 t",
    "0.05-0.15 million": "50,000 to 150,000",
    "between 50,000 and 150,000 tons": "50,000 to 150,000 t",
    "2.9–3.0 million t": "2,900,000 to 3,000,000 t",
    90: "90",
    0.05: "0.05",
    (150000, 50000): "50,000 to 150,000",
}
NO_NUMBERS = (
    "",
    "many",
    "B24.3",
    "12 34 56",
    "1-2-3",
    "90 and some more 12",
    True,
    None,
    [],
    [1, 2, 3],
    float("nan"),
    float("-inf"),
    10**5000,
)


@pytest.mark.parametrize("written", NUMBERS, ids=repr)
def test_numbers_are_read_as_people_write_them(written: object) -> None:
    assert str(read_amount(written)) == NUMBERS[written]


def test_what_holds_no_single_number_or_range_is_refused() -> None:
    for written in NO_NUMBERS:
        with pytest.raises(ValueError):
            read_amount(written)


def test_an_amount_shows_both_ends_its_hedge_and_its_unit() -> None:
    assert str(Amount(50000, 150000, "about", "t")) == "about 50,000 to 150,000 t"
    assert str(Amount(1.7, 5, "", "%")) == "1.7% to 5%"


VERDICTS = {  # question, what is written, the verdict and a part of what is said
    "E6.2": {
        "1.7 to 5": "right",
        "1.7% to 5.0%": "right",
        "1.724% to 5%": "right",
        "0.017-0.05": "right",
        (1.72, 5.0): "right",
        "1.7": "not yet: That is one of the ends.",
        "5": "not yet: That is one of the ends.",
        "1.73 to 5": "not yet",
        "1.71 to 5": "not yet",
        "2 to 5": "not yet",
        "17 to 50": "not yet",
    },
    "N6.1": {
        "50,000 t to 150,000 t": "right",
        "50.000 to 150.000": "unread: decimal point",
        "50,000 to 150,000 kg": "unread: is another one",
        "more than 50,000 to 150,000": "not yet",
    },
    "E1.2": {
        "25 days": "right",
        25: "right",
        "25 weeks": "unread: is another one",
        "one month": "unread: The unit month is another one",
    },
    "E0.1": {
        "90": "right",
        "at most 90": "not yet",
        "90+": "not yet: surely higher",
        "nearly 90": "unread: with the text's own word before it",
    },
    "E5.1": {
        "44": "right",
        "0-44": "unread: One number is asked for",
    },
    "E1.5": {
        "B": "right",
        " (b) ": "right",
        "b) entries for the days after the thirteenth, if he made any": "right",
        "Entries for the days after the thirteenth, if he made any.": "right",
        "e": "unread: none of the options",
        "a b": "unread: none of the options",
        "the": "unread",
    },
    "E2.3": {
        "c, e, a and b": "right",
        "ceab": "right",
        "c e a a": "unread: twice",
        "c e": "unread: still missing",
    },
    "E3.3": {
        "d b e": "right",
        "b": "not yet",
        "b c d e": "not yet",
        "a b c d e": "not yet",
    },
    "E1.1": {
        "a 2, b 4, c 5, d 1, e 3": "right",
        "2 4 5 1 3": "right",
    },
    "E0.2": {
        ("The school will not be closed.", "B15.4"): "right",
        ("B15.4", "The  school\nwill not be closed"): "right",
        "“The school will not be closed.” (B15.4)": "right",
        "«The school will not be closed.» B15.4": "right",
        ("The school will not be shut.", "B15.4"): "unread: letter by letter",
        ("the school will not be closed", "B15.4"): "unread: letter by letter",
        ("The school will not be closed.", "B15.5"): "unread: is not the sentence",
        ("The school will not be closed.", "B15"): "unread: number of the sentence",
        ("The school will not be closed.", "B99"): "unread: is not the sentence",
        "The school will not be closed.": "unread: no id",
        ("school will not be closed", "B15.4"): "unread: Copy the whole sentence.",
        ("", "B15.4"): "unread: letter by letter",
    },
    "N10.4": {
        ("I expressed the opinion in the conversation", "B19.1"): "right",
        ("I expressed the opinion in the conversation", "B19"): "right",
    },
}
MORE_VERDICTS: list[tuple[str, object, str]] = [  # of answers that are no keys of a dictionary
    ("N6.1", Amount(50000, 150000, "", "t"), "right"),
    ("N6.1", Amount(50000, 150000, "", "rubles"), "unread: is another one"),
    ("E1.5", ["b"], "right"),
    ("E2.3", ["c", "e", "a", "b"], "right"),
    ("E3.3", {"e", "b", "d"}, "right"),
    ("E1.1", {"A": 2, "b": "4", "c": "5", "d": "1", "e": "3"}, "right"),
    ("E1.1", {"a": "2", "b": "4", "c": "", "d": "1", "e": None}, "unread: Still open: c, e."),
    ("E1.1", {"a": "2", "b": "4", "c": "5", "d": "1", "e": "9"}, "unread"),
    ("E1.1", {"a": "2", "b": "1", "c": "5", "d": "5", "e": "3"}, "not yet: Look again at b."),
    ("E0.2", ["The school will not be closed", "b15.4"], "right"),
    ("E1.2", 25.0, "right"),
    ("E3.3", "c d", "not yet: a word for how many that grew"),
]
WRITTEN = [(id, one, VERDICTS[id][one]) for id in VERDICTS for one in VERDICTS[id]]


@pytest.mark.parametrize(("id", "written", "wanted"), [*WRITTEN, *MORE_VERDICTS], ids=shortly)
def test_an_answer_is_taken_as_it_is_meant(id: str, written: object, wanted: str) -> None:
    verdict, _, said = wanted.partition(": ")
    reply = first_reply(id, written)
    text = flat(reply.text)
    assert reply.verdict == verdict and said in text, f"{id}: {written!r} gets {text}"


def test_numpy_numbers_count_as_numbers() -> None:
    import numpy

    for days in (numpy.int64(25), numpy.float64(25)):
        assert check("E1.2", days).verdict == "right"


def test_the_form_that_is_wanted_names_the_signs_and_the_unit() -> None:
    wanted = {
        "E1.5": "one letter",
        "E3.2": "numbers",
        "E3.3": "from a to e",
        "E1.1": "from a to e",
        "E6.1": "tons",
        "E6.2": "percent",
        "E0.2": '("the words", "B1.1")',
    }
    for id, words in wanted.items():
        assert words in QUESTIONS[id].wanted_form, f"{id}: {QUESTIONS[id].wanted_form}"
