"""Rules 2, 4 and 5: quotations are exact, numbers have a home, outside facts carry a work."""

import re

import pytest
from course import (
    COURSES,
    DATE,
    EDITION,
    EXEMPT,
    ITEMS,
    LESSONS,
    MONTHS,
    NUMBER,
    QUOTATION,
    RANGE,
    RUBRICS,
    SOLVED,
    blocks,
    cells,
    cited,
    flat,
    following,
    label,
    numbers_with_words,
    outputs,
    prose,
    source,
    strings,
    texts_with_quotations,
    value,
    values,
)

TEXTS = texts_with_quotations()
WORKS = EDITION.rows("works")
CODE_OR_LINK = re.compile(r"`[^`]*`|\]\([^)]*\)|https?://\S+")
POINTERS = re.compile(r"^\d+\. |^# \d\d ·|^# Exercises \d\d|\[(?:Exercises )?\d\d\b|\b[Nn]otebooks? \d\d\b|\b[ENR]\d+\.\d+\w?\b")


def misquoted(block: str) -> str:
    """What is wrong with the first quotation of a block that stands in no passage cited beside it, or nothing."""
    homes = cited(block)
    for hit in QUOTATION.finditer(block):
        if hit[1] == "…":
            continue  # the marks themselves are spoken of
        after = [ids for start, _, ids in homes if start >= hit.end()][:1]
        before = [ids for _, end, ids in homes if end <= hit.start()][-1:]
        near = set().union(*after, *before)
        if not after and not before:
            return f"no passage is cited beside «{hit[1]}»."
        if not any(flat(hit[1]) in flat(EDITION.segments[i].text) for i in near):
            return f"«{hit[1]}» does not stand in {', '.join(sorted(near)) or 'the id beside it, which is none of ours'}. Copy it letter by letter."
    return ""


@pytest.mark.parametrize("where", TEXTS)
def test_every_quotation_stands_in_the_passage_cited_beside_it(where):
    problems = list(filter(None, map(misquoted, TEXTS[where])))
    assert not problems, f"{where}: {' '.join(problems)}"


@pytest.mark.parametrize("where", TEXTS)
def test_every_passage_that_is_cited_exists(where):
    for block in TEXTS[where]:
        bare = CODE_OR_LINK.sub("", block)
        lost = [bare[start:end] for start, end, ids in cited(bare) if not ids]
        assert not lost, f"{where}: there is no passage {', '.join(lost)}."


@pytest.mark.parametrize("name", [name for name, item in ITEMS.items() if "left" in item])
def test_every_snippet_to_sort_is_exact(name):
    for left in ITEMS[name]["left"].values():
        words, _, ids = left.rpartition(" (")
        text = flat(" ".join(segment.text for segment in EDITION.find(ids.rstrip(")").replace(" to ", "-"))))
        for piece in [words] if words == "[…]" else words.split(" … "):
            assert piece in text, f"item {name}: {piece} does not stand in {ids}"


def homeless_numbers(block: str, ids: set[str], own: set[float], said: set[tuple[float, str]]) -> list[str]:
    """Dates and numbers of a block that neither a passage it cites, nor an output, nor the list of exemptions bears."""
    works = [work for work in WORKS if work["short"] in block]
    for work in works:
        block = block.replace(work["short"], "").replace(work["citation"], "")
    block = QUOTATION.sub("", block)
    for exempt in EXEMPT["phrases"]:
        block = re.sub(rf"(?<!\w){re.escape(exempt['words'])}(?!\w)", "", block)
    bare = RANGE.sub("", POINTERS.sub("", CODE_OR_LINK.sub("", block)))
    rows = [row for row in EDITION.rows("dates") if row["segment"] in ids or row["job"] == "conversation"]
    days = {day for row in rows for day in row["value"].split("/")}
    days |= {f"{hit['year']}-{MONTHS.index(hit['month']) + 1:02}" + (f"-{int(hit['day']):02}" if hit["day"] else "")
             for work in works for hit in DATE.finditer(f"{work['note']} {work['short']}") if hit["year"]}
    homeless = [hit[0] for hit in DATE.finditer(bare) if not any(same_date(hit, day) for day in days)]
    bare = DATE.sub("", bare)
    borne = own.union(*(values(EDITION.segments[i].text) for i in ids), *(values(work["note"]) for work in works))
    return homeless + [f"{hit[0]} {following(bare, hit.end())}" for hit in NUMBER.finditer(bare)
                       if value(hit[0]) not in borne and (value(hit[0]), following(bare, hit.end())) not in said]


def same_date(said: re.Match, day: str) -> bool:
    """Whether "13 January", "January 1956" or the like agrees with an ISO date, as far as it goes."""
    parts = [said["year"], f"{MONTHS.index(said['month']) + 1:02}", said["day"] and f"{int(said['day']):02}"]
    return all(mine in (None, theirs) for mine, theirs in zip(parts, [*day.split("-"), None, None], strict=False))


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_every_number_in_a_notebook_has_a_home(path):
    said = numbers_with_words(outputs(path))
    for text in prose(path):
        for block in blocks(text):
            if block.startswith("**Time.**"):
                continue  # compared with the course's own table by test_notebooks.py
            ids = set().union(*(found for _, _, found in cited(block)))
            homeless = homeless_numbers(block, ids, set(), said)
            assert not homeless, f"{label(path)}: no home for {homeless} in “{block[:90]}…”. Cite its passage, show it in an output, or give a reason in tests/numbers_without_a_home.toml."


def keys_of_the_set(name: str) -> set[float]:
    """The numbers that are keys in the same set of exercises; test_exercises.py works them out from the edition."""
    course = next(course for course in COURSES.values() if any(item["id"] == name for item in course["item"]))
    items = [item for item in course["item"] if item["type"] in ("number", "range")]
    return set().union(*(values(part) for item in items for part in [item["key"], *item.get("accept", [])]))


@pytest.mark.parametrize("name", ITEMS)
def test_every_number_in_an_item_has_a_home(name):
    item = ITEMS[name]
    lesson = next(path for path in LESSONS if path.name.startswith(f"{int(re.search(r'[0-9]+', name)[0]):02}-"))
    said = numbers_with_words(outputs(lesson))
    own = keys_of_the_set(name)
    if item["type"] in ("number", "range"):
        own = own.union(*(values(wrong["when"]) for wrong in item["wrong"]))
    own |= {round(value, 1) for value in own}
    evidence = {segment.id for ids in item["evidence"] for segment in EDITION.find(ids)}
    for part, text in item.items():
        for block in strings(text if part != "wrong" else [wrong["hint"] for wrong in text]) if part not in ("id", "key", "accept", "evidence", "look", "type", "variable", "points", "minutes", "when") else ():
            ids = set().union(evidence, *(found for _, _, found in cited(block)))
            homeless = homeless_numbers(block, ids, own, said)
            assert not homeless, f"item {name}, {part}: no home for {homeless} in “{block[:90]}”."


@pytest.mark.parametrize("path", RUBRICS, ids=label)
def test_every_number_in_a_rubric_has_a_home(path):
    item = ITEMS[path.name.partition("-")[0]]
    evidence = {segment.id for ids in item["evidence"] for segment in EDITION.find(ids)}
    own = values(item["prompt"]) | keys_of_the_set(item["id"])
    for block in blocks(path.read_text(encoding="utf-8")):
        block = re.sub(r"^## Level \d", "", block)
        homeless = homeless_numbers(block, evidence | set().union(*(found for _, _, found in cited(block))), own, set())
        assert not homeless, f"{label(path)}: no home for {homeless} in “{block[:90]}”."


def test_every_exemption_has_a_reason_and_is_used():
    everything = "\n".join([*(text for path in LESSONS + SOLVED for text in prose(path)), *strings(list(ITEMS.values())),
                            *(path.read_text(encoding="utf-8") for path in RUBRICS)])
    for exempt in EXEMPT["phrases"]:
        assert exempt["reason"].strip(), f"No reason for “{exempt['words']}”."
        assert exempt["words"] in flat(everything), f"“{exempt['words']}” stands nowhere any more: take it off the list."


def test_every_work_is_used_or_says_why_it_is_kept():
    everything = "\n".join([*(text for path in LESSONS for text in prose(path)), *strings(list(ITEMS.values()))])
    everything += "".join(row["work"] for row in EDITION.rows("terms"))
    everything += "".join(row["work"] for name in ("figures", "outcomes") for row in EDITION.rows(name))
    for work in WORKS:
        used = work["short"] in everything or work["id"] in everything or work["kind"] == "source"
        assert used and work["notebooks"], f"works.csv: {work['id']} is used nowhere."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_the_works_that_a_notebook_lists_are_those_it_uses(path):
    number = path.name[:2]
    text = "\n".join([*prose(path), *strings(COURSES[number]["item"]), outputs(path), *(page.read_text(encoding="utf-8") for page in RUBRICS
                     if page.name.startswith(f"E{int(number)}."))])
    rest = re.sub(r"Works used in notebook .*", "", flat(text))
    behind = {row["work"] for row in EDITION.rows("figures") if f"{row['series'].replace('_', ' ')}" in rest or row["series"] in rest}
    for work in WORKS:
        listed = number in work["notebooks"].split()
        if work["short"] in "\n".join(prose(path)):
            assert listed, f"works.csv: {work['id']} is cited in {label(path)} and not listed for it."
        assert not listed or work["kind"] == "source" or work["short"] in rest or work["id"] in behind, f"works.csv: {work['id']} is listed for {label(path)}, and not used there."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_a_notebook_that_cites_an_outside_work_lists_it(path):
    text = "\n".join(prose(path))
    cites = [work["short"] for work in WORKS if work["short"] in text]
    listed = outputs(path) if any("works" in source(cell) for cell in cells(path) if cell["cell_type"] == "code") else ""
    for short in cites:
        assert short in listed, f"{label(path)} cites {short} and does not show it in its list of works."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_outside_works_go_by_their_short_titles(path):
    for text in prose(path):
        assert not re.search(r"\b[OFPM]\d{1,2}\b", text), f"{label(path)} shows an author's code: “{text[:60]}…”."


@pytest.mark.parametrize("row", EDITION.rows("figures"), ids=lambda row: row["id"])
def test_every_outside_figure_stands_in_the_note_of_its_work(row):
    note = next(work["note"] for work in WORKS if work["id"] == row["work"])
    for end in {float(row["low"]), float(row["high"])}:
        found = {round(end / scale, 6) for scale in (1, 1e3, 1e4)} & values(note)
        assert found or row["grade"] == "derived", f"figures.csv, {row['id']}: {end:g} {row['unit']} does not stand in the note of {row['work']}."
    assert row["grade"] == "read" or "our" in row["note"], f"figures.csv, {row['id']}: derived, and the note does not say that it is our arithmetic."


@pytest.mark.parametrize("row", EDITION.rows("outcomes"), ids=lambda row: row["plan"])
def test_every_outcome_names_a_work_or_is_not_known(row):
    assert row["work"] or row["verdict"] == "not known", f"outcomes.csv, {row['plan']}: no work, and yet a verdict."
    assert bool(row["work"]) == bool(row["grade"]), f"outcomes.csv, {row['plan']}: work and grade go together."


def test_no_learners_words_stand_in_a_stored_output():
    for path in LESSONS:
        assert "You wrote under" not in outputs(path) and "Kept. Under" not in outputs(path), f"{label(path)} holds somebody's notes: run `python3 -m helpers refresh`."


@pytest.mark.parametrize("row", EDITION.rows("outcomes"), ids=lambda row: row["plan"])
def test_every_number_of_an_outcome_stands_in_the_note_of_its_work(row):
    said = f"{row['outcome']} {row['note']}"
    works = [work for work in WORKS if work["id"] == row["work"] or work["short"] in said]
    for work in works:
        said = said.replace(work["short"], "")
    said = re.sub(r"\b[BQ]\d+\.\d+", "", said).replace("25th", "25")
    borne = set().union(*(values(work["note"]) for work in works), *({1000 * n for n in values(work["note"])} | {10000 * n for n in values(work["note"])} for work in works))
    plan = next(plan for plan in EDITION.rows("plans") if plan["id"] == row["plan"])
    borne |= {float(year) for year in re.findall(r"\d{4}", plan["start"])} | values(EDITION.segments[plan["segment"]].text) | values(plan["note"])
    borne |= set().union(*(values(work["short"]) for work in works))
    homeless = {number for number in values(said) if number not in borne}
    assert not homeless, f"outcomes.csv, {row['plan']}: {homeless} stand in no note of {[work['id'] for work in works]}."
