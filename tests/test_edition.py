"""Rules 1 and 3: the source is one file, and everything in it is accounted for."""

import hashlib
import re
from datetime import date

import pytest
from course import DATE, EDITION, ID, MONTHS, QUOTATION, ROOT, flat
from frictionless import validate

from helpers.amounts import WORDS, read_amount

PINNED = "233a3d32e9c7f7bd948388a0e0ada7d58a61611cc698b0e3e1d9a5bbe8e99487"
SPANS = [(name, row) for name in ("apparatus", "dates", "quantities") for row in EDITION.rows(name)]
NUMERALS = re.compile(rf"\d[\d,.\-]*\d|\d|\b(?:{'|'.join(WORDS)}|once|twice|thrice|dual|half|dozen|hundred|thousand|million)\b", re.I)


def test_the_source_is_byte_for_byte_the_one_that_was_pinned():
    path = EDITION.folder / EDITION.resources["source"]["path"]
    assert hashlib.sha256(path.read_bytes()).hexdigest() == PINNED, f"{path} has changed. Restore it with git; the source is never edited."


def test_the_data_package_is_valid():
    report = validate(str(ROOT / "seeds/datapackage.json"))
    assert report.valid, f"seeds/datapackage.json: {report.flatten(['title', 'rowNumber', 'fieldName', 'message'])[:5]}"


def test_the_segments_tile_the_text():
    end = 0
    for segment in EDITION.segments.values():
        assert EDITION.text[segment.start:segment.end] == segment.text, f"{segment.id} does not stand at {segment.start} in the source."
        assert not EDITION.text[end:segment.start].strip(), f"Text before {segment.id} lies in no segment."
        assert segment.start >= end, f"{segment.id} overlaps the segment before it."
        assert EDITION.text.count("\n", 0, segment.start) + 1 == segment.line, f"{segment.id} is not on line {segment.line}."
        end = segment.end
    assert not EDITION.text[end:].strip(), "Text after the last segment lies in no segment."


@pytest.mark.parametrize(("name", "row"), SPANS, ids=[f"{name}-{row['id']}" for name, row in SPANS])
def test_every_span_holds_the_words_that_its_row_gives(name, row):
    start, end = int(row["start"]), int(row["end"])
    assert EDITION.text[start:end] == row["text"], f"{name} {row['id']}: the source has other words at {start}."
    segment = EDITION.segments[row["segment"]]
    assert segment.start <= start < segment.end, f"{name} {row['id']} does not begin in {segment.id}."


def test_every_number_of_the_source_lies_in_a_row():
    covered = [(int(row["start"]), int(row["end"])) for _, row in SPANS]
    homeless = [f"{hit[0]!r} at {hit.start()}" for hit in NUMERALS.finditer(EDITION.text)
                if not any(start <= hit.start() and hit.end() <= end for start, end in covered)]
    assert not homeless, f"No row of quantities, dates or apparatus holds: {', '.join(homeless)}."


def test_every_bracket_and_blank_stands_in_the_apparatus():
    marks = {(hit.start(), hit.end()) for kind in (r"\[[^\[\]]*\]", "_{2,}") for hit in re.finditer(kind, EDITION.text)}
    rows = {(int(row["start"]), int(row["end"])) for row in EDITION.rows("apparatus")}
    assert marks == rows, f"Brackets in the text and rows of apparatus.csv differ: {sorted(marks ^ rows)}."


def test_every_month_and_year_of_the_source_lies_in_a_date():
    covered = [(int(row["start"]), int(row["end"])) for row in EDITION.rows("dates")]
    found = re.finditer(rf"\b(?:{'|'.join(MONTHS)})\b|\b19\d\d\b", EDITION.text)
    homeless = [hit[0] for hit in found if not any(start <= hit.start() and hit.end() <= end for start, end in covered)]
    assert not homeless, f"No row of dates.csv holds: {', '.join(homeless)}."


@pytest.mark.parametrize("row", EDITION.rows("dates"), ids=lambda row: row["id"])
def test_every_date_has_the_value_that_its_words_give(row):
    words = re.sub(r"(\w+) (\d+), (\d+)", r"\2 \1 \3", row["text"])
    seasons = {"spring": "21", "autumn": "23"}
    if row["precision"] == "day":
        days = [date(int(hit["year"] or 1956), MONTHS.index(hit["month"]) + 1, int(hit["day"])).isoformat() for hit in DATE.finditer(words)]
        assert row["value"] == "/".join(days), f"{row['id']}: «{row['text']}» is not {row['value']}."
    elif row["precision"] == "month":
        assert row["value"] == "/".join(f"1956-{MONTHS.index(hit['month']) + 1:02}" for hit in DATE.finditer(words)), row["id"]
    elif row["precision"] == "season":
        season = next(code for name, code in seasons.items() if name in words)
        assert row["value"] in (f"1956-{season}", *(f"{year}-{season}" for year in re.findall(r"\d{4}", words))), row["id"]
    elif row["precision"] == "year":
        assert row["value"] == row["text"], row["id"]
    else:
        assert (row["value"] == "") == (row["precision"] == "undated"), f"{row['id']}: an undated expression has no value, a relative one has."


@pytest.mark.parametrize("row", [row for row in EDITION.rows("quantities") if row["low"]], ids=lambda row: row["id"])
def test_every_quantity_has_the_ends_that_its_words_give(row):
    said = {"dual": "2", "twice": "2", "3rd": "3"}.get(row["text"], row["text"])
    amount = read_amount(said)
    assert (amount.low, amount.high) == (float(row["low"]), float(row["high"])), f"{row['id']}: «{row['text']}» is not {row['low']} to {row['high']}."
    assert (amount.hedge == "about") == (row["about"] == "yes"), f"{row['id']}: is «{row['text']}» hedged or not?"


def test_every_sentence_of_the_body_has_a_statement_and_its_parts_tile_it():
    body = [segment for segment in EDITION.segments.values() if segment.zone == "body"]
    first = [row for row in EDITION.rows("statements") if row["reading"] == "1"]
    for segment in body:
        parts = sorted((row for row in first if row["segment"] == segment.id), key=lambda row: int(row["part"]))
        assert flat(" ".join(row["words"] for row in parts)) == flat(segment.text), f"statements.csv does not cover {segment.id} word for word."
    assert {row["segment"] for row in first} == {segment.id for segment in body}


def test_rival_readings_stand_beside_a_first_one():
    parts = {(row["segment"], row["part"], row["words"]) for row in EDITION.rows("statements") if row["reading"] == "1"}
    for row in EDITION.rows("statements"):
        assert (row["segment"], row["part"], row["words"]) in parts, f"{row['segment']} has a rival reading of words that have no first one."


def test_every_chain_of_voices_is_made_of_agents():
    agents = {row["id"] for row in EDITION.rows("agents")}
    for row in EDITION.rows("statements"):
        assert {agent.rstrip("?") for agent in row["chain"].split(">")} <= agents, f"{row['segment']}: {row['chain']} names no agent."


def test_every_explicit_attribution_is_its_own_frame_and_every_continued_one_has_another():
    for row in EDITION.rows("statements"):
        own = row["frame"] == row["segment"]
        fits = {"explicit": own, "unattributed": own, "continued": row["frame"] and not own, "narration": not row["frame"]}
        assert fits[row["attribution"]], f"{row['segment']}: {row['attribution']} does not fit the frame {row['frame']!r}."


def test_every_agent_that_is_named_is_named_in_its_segment():
    for row in EDITION.rows("agents"):
        assert bool(row["words"]) == bool(row["segment"]), f"{row['id']}: words and segment go together."
        assert not row["words"] or row["words"] in EDITION.segments[row["segment"]].text, f"{row['id']}: not in {row['segment']}."


def test_every_term_stands_in_its_segment():
    for row in EDITION.rows("terms"):
        assert row["term"] in EDITION.segments[row["segment"]].text, f"terms.csv: {row['term']} does not stand in {row['segment']}."


def test_every_quotation_in_a_note_is_exact():
    for row in EDITION.rows("statements"):
        for hit in QUOTATION.finditer(row["note"]):
            before = re.findall(ID, row["note"][:hit.start()])
            home = EDITION.segments[before[-1] if before else row["segment"]]
            assert hit[1] in flat(home.text), f"statements.csv, {row['segment']}: «{hit[1]}» does not stand in {home.id}."


@pytest.mark.parametrize("row", EDITION.rows("plans"), ids=lambda row: row["id"])
def test_every_plan_stands_in_the_time_that_its_segment_names(row):
    assert bool(row["start"]) == bool(row["end"]) == (row["known"] not in ("not given", "no plan")), f"{row['id']}: a time, or not given."
    if row["start"]:
        spans = {span for date_row in EDITION.rows("dates") if date_row["segment"] == row["segment"] for span in months(date_row["value"])}
        fits = (row["start"], row["end"]) in spans or (row["known"] == "open" and any(last <= row["start"] for _, last in spans))
        assert fits, f"{row['id']}: {row['start']} to {row['end']} is not what {row['segment']} names."


def months(value):
    """The first and the last month of a value in dates.csv; spring is drawn as March to May, autumn as September to November."""
    if value:
        first, _, last = value.partition("/")
        ends = [{"": ("-01", "-12"), "-21": ("-03", "-05"), "-23": ("-09", "-11")}.get(end[4:], (end[4:], end[4:])) for end in (first, last or first)]
        yield first[:4] + ends[0][0], (last or first)[:4] + ends[1][1]


def test_every_conditional_plan_hangs_on_another():
    plans = {row["id"]: row for row in EDITION.rows("plans")}
    for row in plans.values():
        assert bool(row["after"]) == bool(row["condition"]) == (row["status"] in ("conditional", "not told")), f"{row['id']}: condition and status differ."
        assert not row["after"] or row["after"] in plans, f"{row['id']} hangs on {row['after']}, which is not there."


def test_every_concern_and_every_reply_stands_in_the_text():
    asked = [EDITION.find(row["asked"])[0].start for row in EDITION.rows("replies")]
    assert asked == sorted(asked), "replies.csv: the concerns are not in the order of the text."
    for row in EDITION.rows("replies"):
        assert EDITION.find(row["asked"])[0].text.startswith(f"{row['concern']}. "), f"Concern {row['concern']} does not begin in {row['asked']}."
        assert EDITION.find(row["answered"]), f"Concern {row['concern']}: no reply."


@pytest.mark.parametrize("row", EDITION.rows("plans"), ids=lambda row: row["id"])
def test_nothing_that_lies_ahead_is_called_done(row):
    talk = next(date_row["value"] for date_row in EDITION.rows("dates") if date_row["job"] == "conversation")
    assert row["status"] != "done" or row["end"] < talk[:7], f"{row['id']} is called done and lies after the talk."
    future = any(word in EDITION.segments[row["segment"]].text for word in (" will be ", "is planned", "is being set"))
    assert not (row["status"] == "done" and future), f"{row['id']} is called done, and {row['segment']} speaks of the future."
