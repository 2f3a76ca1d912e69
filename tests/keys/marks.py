"""Keys on ids, dates, brackets, layers and words: from segments, dates, apparatus and terms."""

from __future__ import annotations

from datetime import date

from course import DATE, EDITION, MONTHS

from helpers.edition import edition_of
from helpers.questions import Practice
from keys.registry import key_of, option, pairs
from keys.tables import content, row_of, segment_of, sense, words_of

# Ids


@key_of("R1.1")
def what_an_id_points_to(question: Practice) -> str:
    segment = EDITION.segments["B13.4"]
    paragraph = segment.paragraph.removeprefix("B")
    words = f"paragraph {paragraph} of the {segment.zone}, sentence {segment.sentence}"
    return option(question, words)


# Dates


def day(segment: str) -> date:
    return date.fromisoformat(row_of("dates", segment)["value"])


def in_words(found: date) -> str:
    return f"{found.day} {MONTHS[found.month - 1]} {found.year}"


@key_of("E1.1")
def job_of_each_date(question: Practice) -> dict[str, str]:
    def job(snippet: str) -> str:
        row = row_of("dates", segment_of(snippet))
        assert row["text"] == words_of(snippet), f"E1.1: {snippet} is not «{row['text']}»."
        return option(question, f"{row['job']}:")

    return pairs(question, job)


@key_of("E1.2")
def days_to_the_stamp(question: Practice) -> int:
    return (day("H6") - day("B0")).days


@key_of("E1.2b")
def days_of_the_journal(question: Practice) -> int:
    """A stretch that is covered counts both its ends."""
    first, last = map(date.fromisoformat, row_of("dates", "H9")["value"].split("/"))
    return (last - first).days + 1


@key_of("R2.1")
def date_beside_the_typist(question: Practice) -> str:
    assert row_of("dates", "T10")["job"] == "drafting and typing block"
    return option(question, in_words(day("T10")))


@key_of("E1.7")
def earlier_stamp(question: Practice) -> str:
    """The memorandum was stamped before our copy: it can't have used it after the stamp."""
    hit = DATE.search(question.prompt)
    assert hit
    stamped = date(int(hit["year"]), MONTHS.index(hit["month"]) + 1, int(hit["day"]))
    assert stamped < day("H6")
    return option(question, "before this copy was stamped")


# Brackets and layers


def layer(snippet: str) -> str:
    """The layer of writing from which words come; the editor's where they are a bracket."""
    segment, words = segment_of(snippet), words_of(snippet)
    assert words in EDITION.segments[segment].text, f"{words} does not stand in {segment}."
    for row in EDITION.rows("apparatus"):
        if row["segment"] == segment and row["text"] == words:
            return "editor"
    return EDITION.segments[segment].layer


@key_of("N1.1")
def layer_of_each_snippet(question: Practice) -> dict[str, str]:
    return pairs(question, lambda snippet: option(question, layer(snippet)))


@key_of("N1.4", "N10.7")
def hand_of_each_line(question: Practice) -> dict[str, str]:
    """By the layer of the line; a word in brackets of its own is an editor's."""
    hands = {
        "office mark": "another office",
        "typescript": "the Embassy’s paper",
        "web page": "the web archive",
    }

    def hand(snippet: str) -> str:
        if snippet.startswith("["):
            return option(question, "an editor or translator")
        id = segment_of(snippet)
        segment = edition_of(id).segments[id]
        assert words_of(snippet) in segment.text, f"{question.id}: {snippet} does not stand there."
        return option(question, hands[segment.layer])

    return pairs(question, hand)


@key_of("R2.2")
def who_supplied_him(question: Practice) -> str:
    mark = row_of("apparatus", "B1.1")
    assert (mark["text"], mark["kind"], mark["hand"]) == (
        "[him]",
        "supplied",
        "editor or translator",
    )
    return option(question, "somebody later")


@key_of("R3.2")
def what_the_dots_tell(question: Practice) -> str:
    mark = row_of("apparatus", "G1")
    assert mark["kind"] == "omission" and "is not said" in mark["note"]
    return option(question, "left something out")


@key_of("E1.4")
def what_is_told_of_our_copy(question: Practice) -> str:
    """The ministry entered it, so it left the Embassy; its number is blank."""
    received = row_of("dates", "H6")
    assert (received["job"], received["set_by"]) == ("incoming stamp", "ministry")
    assert row_of("apparatus", "H5")["kind"] == "blank"
    return option(question, "left the Embassy")


@key_of("E1.5")
def what_belongs_at_the_lower_dots(question: Practice) -> str:
    """The journal goes on for days after ours, and something is left out after our entry."""
    last = date.fromisoformat(row_of("dates", "H9")["value"].split("/")[1])
    assert row_of("apparatus", "G2")["kind"] == "omission" and day("B0") < last
    return option(question, "Entries for the days after")


# Words


@key_of("N4.1", "E4.3", "E6.5")
def sense_of_a_word(question: Practice) -> str:
    """The option that shares most words with the glossary, and more than half of its own."""
    terms = {
        "N4.1": "Korean friends",
        "E4.3": "liquidation",
        "E6.5": "gross grain yield",
    }
    told = content(sense(terms[question.id]).partition(";")[0])
    shared = {sign: len(told & content(said)) for sign, said in question.options.items()}
    best = max(shared, key=shared.__getitem__)
    own = len(content(question.options[best]))
    assert 2 * shared[best] > own, f"{question.id}: no option says {sense(terms[question.id])}."
    assert list(shared.values()).count(shared[best]) == 1, f"{question.id}: {shared}"
    return best


@key_of("R4.2")
def word_of_the_opinion(question: Practice) -> str:
    """The only option that stands in the sentence."""
    text = EDITION.segments["B19.1"].text
    (sign,) = [sign for sign, word in question.options.items() if word in text]
    return sign


@key_of("E3.4")
def line_that_keeps_the_words_for_how_many(question: Practice) -> str:
    """Each line is held against the words for how many of its passage, with what they count."""
    counted = {
        "B5.1": [("B5.1", "many Soviet Koreans")],
        "B9.2": [("B9.2", "Some of them")],
        "B10.1": [("B10.1", "Many Soviet Koreans"), ("B10.1", "all Soviet Koreans")],
        "B12.2": [("B12.2", "many comrades")],
    }
    keeps = []
    for sign, said in question.options.items():
        sizes = []
        for segment, words in counted[segment_of(said)]:
            assert words in EDITION.segments[segment].text, f"E3.4: «{words}», {segment}"
            sizes.append(words.split()[0].lower())
        if set(sizes) <= set(said.lower().split()):
            keeps.append(sign)
    (sign,) = keeps
    return sign
