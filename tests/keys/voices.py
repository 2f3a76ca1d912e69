"""Keys on who speaks and what a sentence does: from statements.csv and agents.csv."""

from __future__ import annotations

from course import EDITION

from helpers.edition import Row
from helpers.questions import Practice
from keys.registry import key_of, option, pairs
from keys.tables import act, agent, chain, readings, segment_of, statement

NAMES = {  # a word by which options name the agents of a chain
    "ivanov": "Ivanov",
    "kim": "Kim",
    "korean_friends": "the Korean friends",
    "americans": "the Americans",
    "interpreter?": "an interpreter",
    "translator?": "a translator",
}
ACTS = {"evaluation": "a verdict", "wish": "a strong wish"}  # as options call what is done


# Whose words


def voice(question: Practice, segment: str) -> str:
    """The option that names the innermost voice of a sentence."""
    return option(question, NAMES[chain(segment)[0]])


@key_of("E2.1")
def who_says_normally(question: Practice) -> str:
    return voice(question, "B2.1")


@key_of("E2.2")
def whose_party(question: Practice) -> str:
    return voice(question, "B12.1")


@key_of("R5.2")
def who_counts_the_visitors(question: Practice) -> str:
    return voice(question, "B2.3")


@key_of("R6.2", "N5.1")
def views_passed_on(question: Practice) -> str:
    """The Korean friends hold them, and everybody who passes them on is named, too."""
    segment = {"R6.2": "B24.3", "N5.1": "B21.1"}[question.id]
    stated = [agent for agent in chain(segment) if not agent.endswith("?")]
    return option(question, *(NAMES[agent].removeprefix("the ") for agent in stated))


@key_of("E2.5")
def who_commented(question: Practice) -> str:
    """The first reading names nobody, a rival names Ivanov."""
    first, rival = readings("B29.1")
    assert first["chain"].endswith("commenter") and rival["chain"].endswith("ivanov")
    return option(question, "not stated", "probably Ivanov")


@key_of("N0.1", "R1.2")
def wish_without_a_speaker(question: Practice) -> str:
    """Nothing in B9.3 names a speaker, and its readings hear different voices in it."""
    found = readings("B9.3")
    voices = {row["chain"].rpartition(">")[2] for row in found}
    cues = [row for row in found if row["attribution"] == "explicit"]
    assert len(voices) > 1 and not cues
    if question.id == "R1.2":
        return option(question, f"visitors {act('B9.3')}", "not shown")
    return option(question, "cannot be told")


@key_of("E2.6")
def two_groups_of_they(question: Practice) -> str:
    """Those who report came to the Embassy; those who intend have no name in either reading."""
    came = agent(chain("B5.2")[0])["role"].partition(" with")[0]
    assert came == "came to the Embassy" and "intend" in agent("unnamed_announcers")["words"]
    assert agent("unnamed_announcers")["role"].startswith("not named")
    return option(question, f"the people who {came}", "does not name")


@key_of("R9.2")
def who_stands_between(question: Practice) -> str:
    """Who passes B10.1 on, without those whom the text does not state."""
    between = [agent for agent in chain("B10.1")[1:] if not agent.endswith("?")]
    assert between == ["ivanov"]
    return option(question, NAMES[between[0]])


@key_of("E4.2")
def correctly_by_whom(question: Practice) -> str:
    """A verdict in the voice of the one who reports."""
    assert act("B2.2") == "evaluation" and chain("B2.2")[0] == chain("B2.1")[0] == "ivanov"
    return option(question, "those who report")


@key_of("N10.6")
def how_many_witnesses(question: Practice) -> str:
    """As many as there are authors of the days of this journal."""
    authors = {work.author for work in EDITION.works.values() if "same journal" in work.tie}
    return option(question, {1: "one"}[len(authors)])


@key_of("E9.6")
def does_another_day_corroborate(question: Practice) -> str:
    ties = {work.short: work.tie for work in EDITION.works.values()}
    assert ties["Ivanov, 24 December 1955"] == "same author, same journal: not independent"
    return option(question, "not independent")


# Chains


def spelled(question: Practice, agents: list[str]) -> str:
    """The signs of the options that name these agents, in this order."""
    return " ".join(option(question, NAMES[agent]) for agent in agents)


@key_of("E2.3")
def voices_of_the_shouting(question: Practice) -> str:
    """Those that are stated, and the translator."""
    return spelled(
        question, [agent for agent in chain("B29.1", part="3") if agent != "interpreter?"]
    )


@key_of("N10.2")
def voices_of_the_view(question: Practice) -> str:
    return spelled(question, [agent for agent in chain("B21.1") if agent != "interpreter?"])


@key_of("N2.2")
def missing_rungs(question: Practice) -> str:
    """Who stands between Kim and us, without the interpreter."""
    kim, interpreter, *others = chain("B12.1")
    assert (kim, interpreter) == ("kim", "interpreter?")
    return spelled(question, others)


@key_of("N2.1")
def last_rung(question: Practice) -> str:
    """The last hand, which no word of the text names."""
    last = chain("B10.1")[-1]
    assert last.endswith("?") and not agent("translator")["words"]
    return option(question, NAMES[last], "not named", "inferred")


# Cues


def in_stretch(ids: str) -> list[Row]:
    """The sentences of a stretch, by the first reading."""
    return [statement(segment.id) for segment in EDITION.find(ids)]


@key_of("E2.4")
def sentences_with_a_cue(question: Practice) -> str:
    rows = in_stretch(question.evidence[0])
    assert f"{len(rows)} sentences" in question.prompt, f"There are {len(rows)} sentences."
    return str(sum(row["attribution"] == "explicit" for row in rows))


@key_of("R3.1")
def no_cue_of_its_own(question: Practice) -> str:
    row = statement("B15.4")
    assert row["attribution"] == "continued"
    return option(question, "nothing in the sentence", f"({row['frame']})")


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
    """Who stands in a sentence that permits dual citizenship."""
    permitted = [row["words"].lower() for row in in_stretch("B16") if row["act"] == "permission"]
    dual = " ".join(words for words in permitted if "dual" in words)
    named = ("the families", "young people who have recently arrived to work")
    return [option(question, words) for words in named if words in dual]


@key_of("E10.1")
def verb_for_each_claim(question: Practice) -> dict[str, str]:
    """A claim that an act was recorded is shown by the act; a rival reading only suggests."""
    rival = statement("B29.1", reading="2")
    assert rival["certainty"] == "open" and rival["chain"].endswith(">ivanov")
    assert act("B24.4") in ("plan", "target", "forecast"), "No result."
    assert act("B32.1") == act("B15.5") == "promise"
    found = {"B32.1": "shows", "B15.5": "shows", "B29.1": "suggests", "B24.4": "does not say"}
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
