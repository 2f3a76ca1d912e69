"""The instructor guide: plans that fit their time, questions that exist, marks that add up."""

import re

import pytest
from course import COURSES, ITEMS, ROOT

GUIDE = (ROOT / "exercises/instructor-guide.md").read_text(encoding="utf-8")
ROWS = [[cell.strip() for cell in line.strip("|").split("|")] for line in GUIDE.splitlines() if line.startswith("|") and "---" not in line]
PLANNED = [row for row in ROWS if len(row) == 3 and row[0].isdigit() and re.search(r"E\d", row[2])]
SHARES = [int(row[2].rstrip("%")) for row in ROWS if row[-1].endswith("%")]


@pytest.mark.parametrize("row", PLANNED, ids=lambda row: row[1][:30])
def test_the_exercises_of_a_lesson_fit_into_its_minutes(row):
    named = re.findall(r"E\d+\.\d+b?", row[2])
    minutes = sum(ITEMS[name]["minutes"] for name in named)
    assert minutes <= int(row[0]), f"{row[1]}: {minutes} minutes of exercises in {row[0]}."


@pytest.mark.parametrize("title", ["One class of 90 minutes", "Three sessions of 90 minutes", "Two weeks"])
def test_a_plan_has_the_length_that_its_title_says(title):
    part = GUIDE.split(f"### {title}")[1].split("\n#")[0]
    minutes = sum(int(hit) for hit in re.findall(r"^\| (\d+) \|", part, re.M))
    assert minutes == {"One class of 90 minutes": 90, "Three sessions of 90 minutes": 270, "Two weeks": 400}[title], f"{title}: {minutes} minutes."


def test_every_notebook_has_a_question_to_vote_on():
    part = GUIDE.split("## Vote, discuss, vote again")[1].split("\n## ")[0]
    voted = dict(re.findall(r"^\| (\d\d) \| ([NE]\d+\.\d+b?) \|", part, re.M))
    assert sorted(voted) == sorted(COURSES), "One question for each notebook."
    for number, name in voted.items():
        assert name in ITEMS and re.match(rf"[NE]{int(number)}\.", name), f"{name} is no question of notebook {number}."


def test_marks_add_up_and_belong_to_open_questions():
    assert sum(SHARES) == 100, f"The shares add up to {sum(SHARES)}%."
    part = GUIDE.split("## Assessment")[1].split("\n## ")[0]
    for name in re.findall(r"\| (E\d+\.\d+) \|", part):
        assert ITEMS[name]["type"] == "open", f"{name} is marked by the machine, and carries marks in the plan."


def test_the_adaptation_has_twelve_steps():
    part = GUIDE.split("## Adapting the course to another source")[1]
    assert re.findall(r"^(\d+)\. ", part, re.M) == [str(n) for n in range(1, 13)]


def test_links_of_the_guide_lead_somewhere():
    for target in re.findall(r"\]\(([^)#]+)\)", GUIDE):
        assert target.startswith("https://") or (ROOT / "exercises" / target).exists(), f"The guide links to {target}, which is not there."
