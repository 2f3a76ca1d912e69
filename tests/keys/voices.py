"""Keys on who speaks and what a sentence does: from statements.csv and agents.csv."""

from __future__ import annotations

import re

from course import EDITION

from helpers.edition import Row
from helpers.questions import Practice
from keys.registry import key_of, option, pairs
from keys.tables import act, chain, readings, segment_of, statement

NAMES = {  # a word by which options name the agents of a chain
    "ivanov": "Ivanov",
    "kim": "Kim",
    "korean_friends": "the Korean friends",
    "americans": "the Americans",
    "interpreter?": "an interpreter",
    "translator?": "a translator",
    "soviet_koreans": "the people who came",
    "embassy_officials?": "officials",
    "unnamed_announcers": "those who intend",
}
ACTS = {"evaluation": "a verdict", "wish": "a strong wish"}  # as options call what is done


# Whose words


def voice(question: Practice, segment: str) -> str:
    """The option that names the innermost voice of a sentence."""
    return option(question, NAMES[chain(segment)[0]])


@key_of("E2.1")
def whose_question(question: Practice) -> str:
    """The visitors', by a cue of the sentence itself; no reading gives it to anybody else."""
    assert {row["chain"].rpartition(">")[2] for row in readings("B11.1")} == {"soviet_koreans"}
    assert statement("B11.1")["attribution"] == "explicit"
    return option(question, "the visitors'", "a verb of asking")


@key_of("E2.2")
def whose_readiness(question: Practice) -> str:
    """The Korean side's in every reading; its two readings differ in who says so."""
    found = readings("B28.2")
    assert "the Korean side" in found[0]["note"]
    assert {row["chain"].rpartition(">")[2] for row in found} == {"kim", "korean_friends"}
    return option(question, "the Korean side's", "Kim says it", "the Korean friends")


@key_of("R5.2")
def who_counts_the_visitors(question: Practice) -> str:
    return voice(question, "B2.3")


@key_of("R6.2")
def views_passed_on(question: Practice) -> str:
    """The Korean friends hold them, and everybody who passes them on is named, too."""
    stated = [agent for agent in chain("B24.3") if not agent.endswith("?")]
    return option(question, *(NAMES[agent].removeprefix("the ") for agent in stated))


@key_of("E2.5")
def who_heard_kim(question: Practice) -> str:
    """No reading names another hearer than Ivanov; the neighbouring entry does name some."""
    chains = [row["chain"] for row in EDITION.rows("statements") if ">kim" in row["chain"]]
    links = [link for chain in chains for link in chain.partition(">kim")[0].split(">")]
    hearers = {link for link in links if not link.endswith("?")}
    assert hearers == {"ivanov"}
    assert "were present" in EDITION.works["O4"].note
    return option(question, "our entry names one", NAMES["ivanov"])


@key_of("N0.1")
def wish_without_a_speaker(question: Practice) -> str:
    """Nothing in B9.3 names a speaker, and its readings hear different voices in it."""
    found = readings("B9.3")
    voices = {row["chain"].rpartition(">")[2] for row in found}
    cues = [row for row in found if row["attribution"] == "explicit"]
    assert len(voices) > 1 and not cues
    return option(question, "cannot be told")


@key_of("E2.6")
def two_groups_of_they(question: Practice) -> str:
    """Who discusses is not said: the table says so beside the words."""
    assert "who discusses is not said" in statement("B10.1")["note"]
    return option(question, "the first are Soviet Koreans", "other people")


@key_of("R9.2")
def who_stands_between(question: Practice) -> str:
    """Who passes B10.1 on, without those whom the text does not state."""
    between = [agent for agent in chain("B10.1")[1:] if not agent.endswith("?")]
    assert between == ["ivanov"]
    return option(question, NAMES[between[0]])


@key_of("E4.2")
def slander_by_whom(question: Practice) -> str:
    return voice(question, "B14.1")


@key_of("N9.2")
def what_another_day_adds(question: Practice) -> str:
    """A promise of Nam Il's, by the same pen; its note says of the call no more than that."""
    works = {work.short: work for work in EDITION.works.values()}
    other = works["Ivanov, 24 December 1955"]
    assert other.tie == "same author, same journal: not independent"
    assert "Nam Il promises to organise a call" in other.note
    return option(question, "a promise", "from another voice")


# Chains


def spelled(question: Practice, agents: list[str]) -> str:
    """The signs of the options that name these agents, in this order."""
    return " ".join(option(question, NAMES[agent]) for agent in agents)


@key_of("E2.3")
def voices_of_the_closing(question: Practice) -> str:
    """Those that are stated, and the translator."""
    voices = chain("B5.2", reading="2")
    return spelled(question, [agent for agent in voices if agent != "embassy_officials?"])


@key_of("N10.2")
def voices_of_the_view(question: Practice) -> str:
    return spelled(question, [agent for agent in chain("B21.1") if agent != "interpreter?"])


@key_of("N2.2")
def missing_rungs(question: Practice) -> str:
    """Whose view it is by the first reading, and who passes it on."""
    return spelled(question, chain("B22.1")[:2])


@key_of("N2.1")
def second_rung(question: Practice) -> str:
    """Those between the visitors and Ivanov, who are not stated."""
    second = chain("B10.1")[1]
    assert second == "embassy_officials?"
    return option(question, "people of the Embassy", "who talk with Soviet Koreans")


# Cues


def in_stretch(ids: str) -> list[Row]:
    """The sentences of a stretch, by the first reading."""
    return [statement(segment.id) for segment in EDITION.find(ids)]


@key_of("E2.4")
def sentences_with_a_we(question: Practice) -> str:
    """Read off the words; counting the words, or the cues, is wrong."""
    texts = [segment.text for segment in EDITION.find(question.evidence[0])]
    words = [re.findall(r"\b(?:we|us|our)\b", text, re.I) for text in texts]
    rows = in_stretch(question.evidence[0])
    cues = sum(row["attribution"] == "explicit" for row in rows)
    wrong = [wrong.when for wrong in question.wrong]
    assert {str(sum(map(len, words))), str(cues)} <= set(wrong)
    return str(sum(map(bool, words)))


@key_of("R3.1")
def no_cue_of_its_own(question: Practice) -> str:
    row = statement("B15.4")
    assert row["attribution"] == "continued"
    return option(question, "«Kim Il Sung said»", f"({row['frame']})")


@key_of("N10.4")
def sentence_with_an_opinion(question: Practice) -> str:
    found = []
    for row in EDITION.rows("statements"):
        if row["act"] == "opinion" and row["chain"].endswith(">ivanov"):
            found.append(row["segment"])
    (segment,) = found
    return segment


# Acts


@key_of("N3.1", "R5.1")
def what_it_does(question: Practice) -> str:
    segment = {"N3.1": "B16.3", "R5.1": "B2.2"}[question.id]
    return option(question, ACTS[act(segment)])


@key_of("E4.5")
def what_each_does(question: Practice) -> dict[str, str]:
    return pairs(question, lambda snippet: option(question, f"{act(segment_of(snippet))}:"))


@key_of("E0.2")
def shortest_promise_about_the_school(question: Practice) -> str:
    (answer,) = {row["answered"] for row in EDITION.rows("replies") if row["title"] == "the school"}
    promises = [row for row in in_stretch(answer) if row["act"] == "promise"]
    return min(promises, key=lambda row: len(row["words"].split()))["segment"]


@key_of("E3.3")
def who_is_permitted(question: Practice) -> list[str]:
    """Whose case stands in a sentence that permits; no permission names the other two."""
    cases = {
        "husband": ("B16.1", "families"),
        "came to the country to work last month": ("B16.2", "recently arrived to work"),
        "see his mother": ("B17.1", "relatives"),
    }
    for segment, words in cases.values():
        assert act(segment) == "permission" and words in statement(segment)["words"], segment
    assert act("B16.3") == "wish" and "made mistakes" in statement("B18.1")["words"]
    return [option(question, case) for case in cases]


@key_of("E10.1")
def verb_for_each_claim(question: Practice) -> dict[str, str]:
    """A claim that an act was recorded is shown by the act; a rival reading only suggests."""
    rival = statement("B29.1", reading="2")
    assert rival["certainty"] == "open" and rival["chain"].endswith(">ivanov")
    assert act("B24.4") in ("plan", "target", "forecast"), "No result."
    assert act("B19.1") == "opinion" and act("B15.5") == "promise"
    found = {"B19.1": "shows", "B15.5": "shows", "B29.1": "suggests", "B24.4": "does not say"}
    return pairs(question, lambda snippet: option(question, found[segment_of(snippet)]))


@key_of("E10.2")
def wish_against_a_wish(question: Practice) -> str:
    """The one passage that answers the wish of B9.3 neither with a promise nor a permission."""
    assert act("B9.3") == "wish"
    wishes = []
    for sign, said in question.options.items():
        if act(said.partition(":")[0]) == "wish":
            wishes.append(sign)
    (sign,) = wishes
    return sign
