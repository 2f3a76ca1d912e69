"""Rule 8: every exercise judges as it says, and gives its key away to nobody before the third try."""

import re
from datetime import date

import pytest
from course import COURSES, EDITION, ITEMS, JUDGED, RUBRICS, strings, values

from helpers import feedback, notes
from helpers.amounts import Amount, read_amount
from helpers.answers import form, plain, read

OPEN = [name for name, item in ITEMS.items() if item["type"] == "open"]


@pytest.fixture(autouse=True)
def first_try(monkeypatch):
    monkeypatch.setattr(notes, "_tries", {})


def right_answer(item):
    return (EDITION.segments[item["key"]].text, item["key"]) if item["type"] == "quote" else item["key"]


def named_answer(item, wrong):
    """The answer that a named wrong answer describes: for pairs, the key with the telling pair put in."""
    if item["type"] == "quote":
        return EDITION.segments[wrong["when"]].text, wrong["when"]
    if item["type"] == "order":
        start = read(item, wrong["when"])
        return start + [sign for sign in read(item, item["key"]) if sign not in start]
    return item["key"] | wrong["when"] if item["type"] == "match" else wrong["when"]


@pytest.mark.parametrize("name", JUDGED)
def test_the_key_is_accepted_with_a_reason_and_a_passage(name):
    reply = feedback.check(name, right_answer(JUDGED[name]))
    assert reply.verdict == "right", f"{name}: its own key is not accepted: {reply.text}"
    assert JUDGED[name]["explain"][:30] in " ".join(reply.text.split()) and "«" in reply.text, f"{name}: no reason or no passage."


@pytest.mark.parametrize("name", JUDGED)
def test_every_accepted_form_is_accepted(name):
    for answer in JUDGED[name].get("accept", []):
        assert feedback.check(name, answer).verdict == "right", f"{name}: {answer!r} is on the list of accepted forms."


@pytest.mark.parametrize("name", JUDGED)
def test_a_named_wrong_answer_gets_its_own_hint_and_no_other(name, monkeypatch):
    item = JUDGED[name]
    for k, wrong in enumerate(item["wrong"]):
        monkeypatch.setattr(notes, "_tries", {})
        reply = feedback.check(name, named_answer(item, wrong))
        said = " ".join(reply.text.split())
        assert reply.verdict == "not yet", f"{name}: wrong answer {k} is accepted."
        heard = [j for j, other in enumerate(item["wrong"]) if other["hint"] in said]
        assert heard in ([k], [j for j, other in enumerate(item["wrong"]) if other["hint"] == wrong["hint"]]), \
            f"{name}: wrong answer {k} gets the hints {heard}."
        assert feedback.misreadings()[wrong["misreading"]] in said, f"{name}: the reply does not name the misreading."


@pytest.mark.parametrize("name", JUDGED)
def test_three_wrong_tries_get_three_different_replies(name):
    item = JUDGED[name]
    wrong = named_answer(item, item["wrong"][0])
    first, second, third = (" ".join(feedback.check(name, wrong).text.split()) for _ in range(3))
    assert "Reread" in first and "A step:" not in first, f"{name}: the first reply says where to reread, and no step."
    assert " ".join(item["step"].split()) in second, f"{name}: the second reply adds the step."
    assert " ".join(item["explain"].split()) in third and "The answer:" in third, f"{name}: the third reply gives answer and reason."


@pytest.mark.parametrize("name", JUDGED)
def test_reveal_gives_the_answer_at_once(name):
    assert "The answer:" in feedback.check(name, None, reveal=True).text


@pytest.mark.parametrize("name", JUDGED)
def test_the_key_shows_in_nothing_before_the_third_try(name):
    item = JUDGED[name]
    early = [item["step"], item["otherwise"], form(item), *(wrong["hint"] for wrong in item["wrong"])]
    for text in early:
        assert not gives_away(item, text), f"{name}: the key shows in “{text}”."


def gives_away(item, text):
    """Whether a text holds the key, so that a reader need not think."""
    key = item["key"]
    if item["type"] in ("number", "range"):
        amount = read(item, plain(key))
        return amount.low != 1 and {amount.low, amount.high} <= values(re.sub(r"[AHGBTW]\d+(\.\d+)?", "", text))
    if item["type"] == "match":
        return any(f"{sign} {number}" in text for sign, number in key.items())
    if item["type"] == "quote":
        return key in text or EDITION.segments[key].text.rstrip(".") in text
    letters = re.escape(" ".join(read(item, plain(key)))) if item["type"] != "choice" else key
    whole = item["options"].get(key, "\0") if item["type"] == "choice" else "\0"
    return bool(re.search(rf"(?<!\w)[\"'(]{letters}[\"')](?!\w)", text)) or (len(whole.split()) > 1 and whole.lower() in text.lower())


@pytest.mark.parametrize("name", ITEMS)
def test_an_empty_answer_gets_a_polite_line_and_costs_no_try(name):
    for nothing in (None, "", "  ", ..., [], {}, {"a": "", "b": None}, "..."):
        reply = feedback.check(name, nothing)
        assert reply.verdict == "empty" and "waits for your answer" in reply.text and reply.tries == 0, f"{name}: {nothing!r}"


@pytest.mark.parametrize("name", JUDGED)
def test_an_answer_in_another_form_is_told_which_form_is_expected(name):
    for odd in (object(), "?!%", [[[[]]], 1, 2, 3], b"bytes", 3 + 4j, float("nan"), float("inf")):
        reply = feedback.check(name, odd)
        assert reply.verdict == "unread" and "Write" in reply.text, f"{name}: {odd!r} is answered with {reply.text}"
        assert reply.tries == 0, f"{name}: an answer that cannot be read costs no try."


@pytest.mark.parametrize("name", OPEN)
def test_an_open_question_shows_the_levels_and_gives_no_verdict(name):
    reply = feedback.check(name, "Some words of my own.")
    assert reply.verdict == "open" and all(f"Level: {level}" in reply.text for level in "4321")


@pytest.mark.parametrize("path", RUBRICS, ids=lambda path: path.stem)
def test_every_rubric_belongs_to_an_open_question_and_has_an_anchor_at_every_level(path):
    name = path.name.partition("-")[0]
    assert name in OPEN, f"{path.name}: there is no open question {name}."
    levels = feedback.rubric(name)
    assert [level for level, _, _ in levels] == list("4321"), f"{path.name}: four levels, the highest first."
    assert all(shows and len(anchor.split()) > 5 for _, shows, anchor in levels), f"{path.name}: a level lacks its description or its anchor."


def test_every_open_question_has_a_rubric():
    assert sorted(OPEN) == sorted(path.name.partition("-")[0] for path in RUBRICS)


@pytest.mark.parametrize("name", JUDGED)
def test_every_item_is_whole(name):
    item = JUDGED[name]
    assert len(item["wrong"]) >= 2, f"{name}: name at least two wrong answers that tell something."
    assert {wrong["misreading"] for wrong in item["wrong"]} <= set(feedback.misreadings()), f"{name}: an unknown misreading."
    assert all(EDITION.find(ids) for ids in item["evidence"]), f"{name}: evidence that is not in the edition."
    assert all(item[part].strip() for part in ("prompt", "otherwise", "step", "explain", "skill")), f"{name}: something is empty."
    assert "variable" in item or item.get("place") == "notebook", f"{name}: no name for the learner's answer."


def test_learners_never_see_a_code_of_a_misreading():
    for name, item in ITEMS.items():
        for text in strings({part: value for part, value in item.items() if part not in ("wrong", "comments")} | {"h": [w["hint"] for w in item.get("wrong", [])]}):
            assert not re.search(r"\bM\d{1,2}\b", text), f"{name}: “{text[:60]}”."


def test_no_variable_is_used_twice_in_a_set():
    for course in COURSES.values():
        names = [item["variable"] for item in course["item"] if "variable" in item]
        assert len(names) == len(set(names)), f"items/{course['notebook']}.toml: {names}"


def test_a_wrong_id_of_a_question_gets_the_nearest_ones():
    reply = feedback.check("E1.99", "a")
    assert reply.verdict == "unknown" and "Nearest: E1." in reply.text


# Keys are not typed from memory: here they are worked out again from the edition.

def day(segment):
    return date.fromisoformat(next(row["value"] for row in EDITION.rows("dates") if row["segment"] == segment))


def test_key_of_E0_1_is_the_count_of_visitors():
    row = next(row for row in EDITION.rows("quantities") if row["segment"] == "B2.3")
    assert read(ITEMS["E0.1"], ITEMS["E0.1"]["key"]) == Amount(float(row["low"]), float(row["high"]), "about")


def test_key_of_E0_2_is_the_shortest_promise_about_the_school():
    promises = [row for row in EDITION.rows("statements") if row["segment"].startswith("B15.") and row["act"] == "promise"]
    assert ITEMS["E0.2"]["key"] == min(promises, key=lambda row: len(row["words"].split()))["segment"]


def test_key_of_E1_1_gives_each_date_the_job_in_the_table():
    item = ITEMS["E1.1"]
    for sign, left in item["left"].items():
        segment = re.search(r"\((\w+)\)", left)[1]
        row = next(row for row in EDITION.rows("dates") if row["segment"] == segment)
        assert item["options"][item["key"][sign]].startswith(row["job"]), f"E1.1 {sign}: {row['job']}"


def test_keys_of_E1_2_are_the_days_between_the_dates():
    assert float(ITEMS["E1.2"]["key"]) == (day("T10") - day("B0")).days
    assert float(ITEMS["E1.2b"]["key"]) == (day("H6") - day("B0")).days


def test_key_of_E1_3_gives_each_bracket_the_kind_in_the_table():
    item = ITEMS["E1.3"]
    rows = [row for row in EDITION.rows("apparatus") if row["kind"] != "blank"]
    assert len(rows) == len(item["left"]) and len({row["kind"] for row in rows}) == len(item["options"])
    for (sign, left), row in zip(item["left"].items(), rows, strict=True):
        assert left.startswith(row["text"].partition("\n")[0]), f"E1.3 {sign} is another bracket than {row['id']}."
        assert item["options"][item["key"][sign]].startswith(row["kind"]), f"E1.3 {sign}: {row['kind']}"


def test_key_of_N1_1_gives_each_snippet_the_layer_in_the_tables():
    item = ITEMS["N1.1"]
    whole = {row["text"]: "editor" for row in EDITION.rows("apparatus") if row["kind"] != "stamp"}
    for sign, left in item["left"].items():
        words, _, segment = left.rpartition(" (")
        layer = whole.get(words, EDITION.segments[segment.rstrip(")")].layer)
        assert item["options"][item["key"][sign]] == layer, f"N1.1 {sign}: {words} is {layer}."


def test_key_of_E2_3_follows_the_chain_of_the_statement():
    item = ITEMS["E2.3"]
    chain = next(row["chain"] for row in EDITION.rows("statements") if "shouting" in row["words"])
    names = {row["id"]: row["name"] for row in EDITION.rows("agents")} | {"ivanov": "Ivanov", "interpreter": "an interpreter, not stated"}
    inside_out = [names[agent.rstrip("?")] for agent in reversed(chain.split(">"))]
    spelled = [item["options"][sign] for sign in read(item, item["accept"][-1])]
    assert spelled == inside_out


def test_key_of_E2_4_is_the_number_of_explicit_cues():
    ids = {segment.id for segment in EDITION.find("B12-B18")}
    first = [row for row in EDITION.rows("statements") if row["segment"] in ids and row["reading"] == "1"]
    assert float(ITEMS["E2.4"]["key"]) == sum(row["attribution"] == "explicit" for row in first)
    assert f"{len(ids)} sentences" in ITEMS["E2.4"]["prompt"]


def test_keys_of_E2_1_E2_2_and_E2_5_follow_the_statements():
    voice = {row["segment"]: row["chain"].split(">")[-1] for row in EDITION.rows("statements") if row["reading"] == "1" and row["part"] == "1"}
    names = {"ivanov": "Ivanov", "kim": "Kim Il Sung", "commenter": "not stated"}
    for name, segment in (("E2.1", "B2.1"), ("E2.2", "B12.1"), ("E2.5", "B29.1")):
        assert names[voice[segment]] in ITEMS[name]["options"][ITEMS[name]["key"]], f"{name}: {voice[segment]}"


def quantity(segment, unit=""):
    row = next(row for row in EDITION.rows("quantities") if row["segment"] == segment and unit in row["unit"] and row["low"])
    return float(row["low"]), float(row["high"])


def key(name):
    """Both ends of the key of a number or a range."""
    amount = read_amount(ITEMS[name]["key"])
    return amount.low, amount.high


def test_keys_of_E3_1_and_E3_2_follow_the_table_of_replies():
    item, order = ITEMS["E3.1"], ITEMS["E3.2"]
    rows = EDITION.rows("replies")
    for (sign, left), row in zip(item["left"].items(), rows, strict=True):
        assert re.search(r"\((\w+)\.", left)[1] in row["asked"], f"E3.1 {sign} is another concern than {row['title']}."
        assert item["options"][item["key"][sign]] == row["answered"].replace("-", " to "), f"E3.1 {sign}"
    by_answer = sorted(rows, key=lambda row: EDITION.find(row["answered"])[0].start)
    assert [order["options"][sign].split()[-1] for sign in read(order, order["key"])] == [row["title"].split()[-1] for row in by_answer]


def test_key_of_E3_3_names_those_who_are_given_a_permission():
    item = ITEMS["E3.3"]
    permitted = [row for row in EDITION.rows("statements") if row["segment"].startswith("B16.") and row["act"] == "permission"]
    for sign, option in item["options"].items():
        named = any(option.removeprefix("the ").split(" who ")[0].lower() in row["words"].lower() and "dual" in row["words"] for row in permitted)
        assert named == (sign in read(item, item["key"])), f"E3.3 {sign}: {option}"


def test_key_of_E3_4_fills_the_gaps_as_the_text_does():
    item = ITEMS["E3.4"]
    for sign, left in item["left"].items():
        words, _, segment = left.rpartition(" (")
        whole = words.replace("…", item["options"][item["key"][sign]])
        assert whole in EDITION.segments[segment.rstrip(")")].text, f"E3.4 {sign}: {whole}"


def test_E4_1_counts_the_lines_that_there_are():
    lines = [segment.id for segment in EDITION.in_zone("body") for _ in re.findall(r"\bmistakes?\b", segment.text)]
    assert f"all {len(lines)} lines" in ITEMS["E4.1"]["prompt"] and ITEMS["E4.1"]["evidence"] == list(dict.fromkeys(lines))


def test_key_of_E4_5_gives_each_sentence_its_act_in_the_table():
    item = ITEMS["E4.5"]
    for sign, left in item["left"].items():
        act = next(row["act"] for row in EDITION.rows("statements") if row["segment"] == re.search(r"\((B[\d.]+)\)$", left)[1])
        assert item["options"][item["key"][sign]].partition(":")[0] == act, f"E4.5 {sign}: {act}"


def test_keys_of_notebook_05_follow_the_number_of_visitors_and_the_rate():
    came, rate = quantity("B2.3")[0], quantity("B21.1")[0]
    assert key("E5.1")[0] == min(n for n in range(int(came) + 1) if n > came / 2)
    assert key("E5.3")[0] == min(n for n in range(2000) if came <= n / 2)
    assert key("E5.5")[0] == pytest.approx(rate * rate / 100)


def test_keys_of_notebook_06_follow_the_need_and_the_limit():
    need, limit = quantity("B24.3"), quantity("B24.4")[0]
    assert key("E6.1") == tuple(end - limit for end in need)
    assert key("N6.1") == pytest.approx(tuple(end - 0.9 * limit for end in need))
    assert key("E6.4") == pytest.approx(tuple(end - 0.95 * limit for end in need))
    assert key("E6.2") == pytest.approx(tuple(100 * (end - limit) / end for end in need), rel=0.02)
    assert key("E6.3")[0] == (need[1] - limit) / (need[0] - limit)
    assert f"{100 * (need[1] - need[0]) / need[0]:.1f}%" in ITEMS["E6.3"]["prompt"]


def test_key_of_E6_8_gives_each_number_the_status_in_the_table():
    item = ITEMS["E6.8"]
    words = {"need": "need", "limit": "limit", "forecast": "forecast: it is expected", "target": "target: a level to be reached"}
    for sign, left in item["left"].items():
        status = [row["status"] for row in EDITION.rows("quantities") if row["segment"] == re.search(r"\((B[\d.]+)\)$", left)[1]]
        said = item["options"][item["key"][sign]]
        assert said == words[status[0]] if status else said.startswith("what is left over"), f"E6.8 {sign}: {status}"


def test_keys_of_E7_1_and_E7_2_follow_the_table_of_dates():
    assert ITEMS["E7.1"]["options"][ITEMS["E7.1"]["key"]] == next(row["value"] for row in EDITION.rows("dates") if row["text"] == "next year")
    item, plans = ITEMS["E7.2"], {row["what"]: row for row in EDITION.rows("plans")}
    said = [item["options"][sign] for sign in read(item, item["key"])]
    full = {option: next(row for what, row in plans.items() if option.replace("agricultural ", "") == what) for option in said}
    assert said == sorted(said, key=lambda option: (full[option]["start"], full[option]["end"]))


def test_key_of_E7_4_follows_the_conditions_in_the_table_of_plans():
    item = ITEMS["E7.4"]
    for sign, left in item["left"].items():
        said = item["options"][item["key"][sign]]
        segment = re.search(r"\((B[\d.]+)\)$", left)[1]
        conditions = {row["condition"] for row in EDITION.rows("plans") if row["segment"] == segment and row["status"] != "not told"}
        assert said == (conditions.pop() or "no if stands before it"), f"E7.4 {sign}"


def test_key_of_E7_5_multiplies_both_ends():
    people, months = quantity("B30.1", "people"), quantity("B30.1", "months")
    assert key("E7.5") == (people[0] * months[0], people[1] * months[1])


def test_key_of_E7_6_gives_each_its_status_in_the_table_of_plans():
    item = ITEMS["E7.6"]
    for sign, left in item["left"].items():
        segment = re.search(r"\((B[\d.]+)\)$", left)[1]
        statuses = {row["status"] for row in EDITION.rows("plans") if row["segment"] == segment}
        assert item["options"][item["key"][sign]] in statuses, f"E7.6 {sign}: {statuses}"


def test_key_of_E7_7_compares_the_dates_of_the_measures_with_that_of_the_vote():
    item = ITEMS["E7.7"]
    dated = {row["segment"]: row for row in EDITION.rows("plans") if row["start"]}
    vote = dated["B28.1"]
    due = {sign for sign, option in item["options"].items()
           if dated[re.search(r"B[\d.]+\d", option)[0]]["start"] <= vote["end"]}
    assert read(item, item["key"]) == due


def outside(series):
    return {row["year"]: (float(row["low"]), float(row["high"])) for row in EDITION.rows("figures") if row["series"] == series}


def verdict(segment):
    plans = {row["id"]: row["segment"] for row in EDITION.rows("plans")}
    return next(row["verdict"] for row in EDITION.rows("outcomes") if plans[row["plan"]] == segment)


def chosen(name):
    return ITEMS[name]["options"][ITEMS[name]["key"]]


def test_keys_of_E8_1_and_E8_2_are_the_first_years_above_the_limit_and_in_the_need():
    official = sorted((year, low) for year, (low, _) in outside("grain_official").items())
    assert chosen("E8.1") == next(year for year, low in official if low > quantity("B24.4")[0])
    assert chosen("E8.2") == next(year for year, low in official if low >= quantity("B24.3")[0])


def test_keys_of_E8_3_E8_6_and_E8_8_follow_the_table_of_outcomes():
    assert verdict("B24.3") == "otherwise" and "rationing was widened" in chosen("E8.3")
    assert chosen("E8.6") == verdict("B27.2")
    places = {"a": "B15.4", "b": "B24.6", "c": "B30.1", "d": "B28.1", "e": "B24.4", "f": "B24.2"}
    assert read(ITEMS["E8.8"], ITEMS["E8.8"]["key"]) == {sign for sign, segment in places.items() if verdict(segment) == "not known"}


def test_key_of_E8_5_follows_the_votes_before_the_talk():
    before = {series: [low for year, (low, _) in outside(f"election_{series}").items() if year < "1956"] for series in ("turnout", "yes")}
    assert min(before["turnout"]) >= 99 > min(before["yes"]) and chosen("E8.5").startswith("for turnout it was")
    assert f"{min(before['yes'])}%" in ITEMS["E8.5"]["explain"]


def test_key_of_E8_7_follows_the_output_of_the_prewar_year():
    assert outside("fertilizer_output")["1949"][0] > quantity("B24.2")[0] and chosen("E8.7").startswith("it depends")


def test_key_of_E9_4_counts_the_votes_from_both_beginnings():
    votes = sorted(outside("election_south_turnout"))
    assert (sum(vote > "1953-07-27" for vote in votes), sum(vote > "1950-06-25" for vote in votes)) == (1, 2)
    assert chosen("E9.4") == "it depends: once if one counts from the armistice, twice from the outbreak of war"


def test_key_of_E9_7_divides_each_rise_by_its_own_base():
    limit = quantity("B24.4")[0]
    rises = [100 * (limit - end) / end for end in outside("grain_target")["1956"]]
    assert key("E9.7") == pytest.approx((min(rises), max(rises)))


def test_keys_of_the_mixed_questions_follow_the_tables():
    assert key("R10.2") == key("E6.1")
    item = ITEMS["R10.1"]
    by_answer = sorted(EDITION.rows("replies"), key=lambda row: EDITION.find(row["answered"])[0].start)
    for sign, row in zip(read(item, item["key"]), by_answer, strict=True):
        assert item["options"][sign].split()[0] in f"{row['title']} visits those the" and item["options"][sign].split()[-1].rstrip("s") in row["title"]
    opinion = [row["segment"] for row in EDITION.rows("statements") if row["act"] == "opinion" and row["chain"] == "translator?>ivanov"]
    assert ITEMS["N10.4"]["key"] == opinion[0] and len(opinion) == 1
    chain = next(row["chain"] for row in EDITION.rows("statements") if row["segment"] == "B21.1").split(">")
    names = {"translator?": "a translator, inferred", "ivanov": "Ivanov", "kim": "Kim Il Sung", "korean_friends": "the Korean friends"}
    spelled = [ITEMS["N10.2"]["options"][sign] for sign in read(ITEMS["N10.2"], ITEMS["N10.2"]["key"])]
    assert spelled == [names[agent] for agent in reversed(chain) if agent in names]
