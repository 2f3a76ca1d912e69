"""What a class understood, from its gradebook: by class and by question, never by person unless one asks for it.

Reads the file `gradebook.db` that `python3 -m helpers grade` fills, and changes nothing in it.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

from helpers.commands.release import question_of
from helpers.display import View, notice, rows_and_columns
from helpers.feedback import UNNAMED, all_items, misreadings
from helpers.figures import DARK, PALE, canvas, with_its_data
from helpers.grading.marking import ANSWERED, WRITTEN

FILE = Path(os.environ.get("COURSE_GRADEBOOK") or Path(__file__).resolve().parents[2] / "exercises" / "gradebook.db")
FEW = 5  # in a class of fewer, a count can point at a person
STYLES = [{"facecolor": DARK, "edgecolor": DARK}, {"facecolor": PALE, "edgecolor": DARK}, {"facecolor": "white", "edgecolor": DARK, "hatch": "//"},
          {"facecolor": "white", "edgecolor": DARK, "hatch": ".."}, {"facecolor": "white", "edgecolor": DARK, "hatch": "xx"},
          {"facecolor": "white", "edgecolor": DARK}]
LOOKS = ["dark", "pale", "striped", "dotted", "crossed", "white"]
OUTCOMES = ["right at the first try", "right at the second", "right later", "right, try not known", "not right", "not answered"]
NOBODY = notice("Nothing to show yet.", "No gradebook has notebooks of that set. Grade a class first: python3 -m helpers grade FOLDER.")


class Result(NamedTuple):
    """One answer in the gradebook. tries: the codes of the wrong tries before it, or None where they are not known."""

    learner: str
    question: str
    verdict: str
    misreading: str
    tries: list[str] | None


def overview() -> View:
    """How many notebooks of each set were handed in, and how they ended."""
    rows = _ask("SELECT exercises, status, COUNT(*) FROM course_file GROUP BY exercises, status")
    sets = sorted({slug for slug, _, _ in rows})
    counts = {(slug, status): n for slug, status, n in rows}
    table = [(slug or "not known", *(counts.get((slug, status), 0) for status in ("graded", "not graded", "left out"))) for slug in sets]
    return rows_and_columns(table, ["Set", "Graded", "Not graded", "Left out"], "What was handed in") if table else NOBODY


def answers_by_try(number: str) -> View:
    """For each practice question of a set ("06"): how many found the answer at which try."""
    results, learners = _results(number)
    if not results:
        return NOBODY
    questions = list(dict.fromkeys(one.question for one in results))
    counted = Counter((one.question, _outcome(one)) for one in results)
    table = [(question, *(counted[question, outcome] for outcome in OUTCOMES)) for question in questions]
    return _stacked(table, ["Question", *OUTCOMES], f"Answers by try, {learners} learners", "Learners") + _few(learners)


def misread(number: str) -> View:
    """Which misreadings turned up in a set, by question: how many learners showed each, at the end or on the way."""
    results, learners = _results(number)
    shown = _shown(results)
    if not results:
        return NOBODY
    rows = [(question, misreadings().get(code, "wrong in another way"), len(who)) for (question, code), who in shown]
    return rows_and_columns(rows, ["Question", "What the answers showed", "Learners"],
                            f"Misreadings in set {number}, of {learners} learners") + _few(learners)


def first_ten_minutes(number: str, most: int = 3) -> View:
    """Where the next lesson's first ten minutes are best spent: the misreadings that most learners showed, with what to reread."""
    results, learners = _results(number)
    shown = [(key, who) for key, who in _shown(results) if key[1] != UNNAMED]
    if not shown:
        return notice("Nothing to reread together.", f"No misreading with a name turned up in set {number}.") if results else NOBODY
    rows = []
    for (question, code), who in shown[:most]:
        item = all_items()[question]
        hint = next((wrong["hint"] for wrong in item["wrong"] if wrong["misreading"] == code), item["otherwise"])
        rows.append((f"{question}, {item['skill']}", misreadings()[code], f"{len(who)} of {learners}", hint, ", ".join(item["evidence"])))
    return rows_and_columns(rows, ["Question", "What the answers showed", "Learners", "The hint to such an answer", "Reread together"],
                            "For the first ten minutes")


def levels(number: str) -> View:
    """How the texts of a set spread over the levels of their rubrics, as far as they are marked."""
    rows = _ask("SELECT base_cell.name, grade.manual_score, grade.needs_manual_grade FROM grade JOIN base_cell ON base_cell.id = grade.cell_id "
                "WHERE base_cell.name LIKE ? AND base_cell.name NOT LIKE '%-test'", (f"E{int(number)}-%",))
    written = {(question, learner) for learner, question, verdict in
               _ask("SELECT student, question, verdict FROM course_answer") if verdict == WRITTEN}
    places = ["level 1", "level 2", "level 3", "level 4", "written, not marked yet", "not written"]
    counted: dict[str, Counter[str]] = defaultdict(Counter)
    for cell, score, waits in rows:
        question = question_of(cell)
        if score is not None and not waits:
            counted[question][f"level {min(4, max(1, round(4 * score / all_items()[question]['points'])))}"] += 1
    if not rows:
        return NOBODY
    table = []
    for question in sorted({question_of(cell) for cell, _, _ in rows}):
        graded = sum(question_of(cell) == question for cell, _, _ in rows)
        texts = sum(one == question for one, _ in written)
        marked = counted[question].total()
        table.append((question, *(counted[question][place] for place in places[:4]), texts - marked, graded - texts))
    return _stacked(table, ["Question", *places], "Texts by level of the rubric", "Texts")


def by_person(number: str) -> View:
    """Only for whoever asks: for each learner of a set, how many practice questions are answered, and how many rightly."""
    results, _ = _results(number)
    people: dict[str, list[str]] = defaultdict(list)
    for one in results:
        people[one.learner].append(one.verdict)
    rows = [(learner, sum(map(verdicts.count, ANSWERED)), verdicts.count("right"), len(verdicts)) for learner, verdicts in sorted(people.items())]
    return rows_and_columns(rows, ["Learner", "Answered", "Right", "Questions"], f"Set {number}, by learner") if rows else NOBODY


def _ask(question: str, values: tuple = ()) -> list[tuple]:
    if not FILE.exists():
        return []
    file = sqlite3.connect(f"{FILE.resolve().as_uri()}?mode=ro", uri=True)
    try:
        return file.execute(question, values).fetchall()
    except sqlite3.OperationalError:  # a gradebook that was never graded into
        return []
    finally:
        file.close()


def _results(number: str) -> tuple[list[Result], int]:
    """Every practice answer of a set, and of how many learners."""
    rows = _ask("SELECT student, question, verdict, misreading, tries FROM course_answer WHERE exercises LIKE ? ORDER BY rowid",
                (f"{str(number).zfill(2)}-%",))
    results = [Result(*row[:4], json.loads(row[4])) for row in rows if row[1] in all_items() and all_items()[row[1]]["type"] != "open"]
    return results, len({one.learner for one in results})


def _outcome(one: Result) -> str:
    if one.verdict == "right":
        return OUTCOMES[3] if one.tries is None else OUTCOMES[min(len(one.tries), 2)]
    return OUTCOMES[4] if one.verdict in ANSWERED else OUTCOMES[5]


def _shown(results: list[Result]) -> list[tuple[tuple[str, str], set[str]]]:
    """The learners who showed a misreading, by question and code, the most first; each counts once, however often it came."""
    shown: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in results:
        for code in [*(one.tries or []), *([one.misreading or UNNAMED] if one.verdict == "not yet" else [])]:
            shown[one.question, code].add(one.learner)
    return sorted(shown.items(), key=lambda pair: (-len(pair[1]), pair[0]))


def _few(learners: int) -> View:
    return notice("A small class.", f"With {learners} learners, these counts can point at a person. Think before you show them.") \
        if learners < FEW else View("", "")


def _stacked(table: list[tuple], columns: list[str], caption: str, axis: str) -> View:
    """One bar for each row, in parts that differ by pattern as well as by shade; its numbers as a table."""
    figure, axes = canvas(8, 0.5 * len(table) + 1.4, top=0.8)
    for place, (_, *counts) in enumerate(table):
        start = 0
        for part, count in enumerate(counts):
            if count:
                axes.barh(-place, count, left=start, height=0.7, **STYLES[part])
                if part not in (2, 3, 4):
                    axes.text(start + count / 2, -place, str(count), ha="center", va="center", color="white" if part == 0 else "black")
            start += count
    axes.set_yticks([-place for place in range(len(table))], [row[0] for row in table])
    axes.set_xlabel(axis)
    handles = [axes.barh(0, 0, **style) for style in STYLES]
    axes.legend(handles, columns[1:], loc="lower center", bbox_to_anchor=(0.5, 1), ncols=3, frameon=False, fontsize=9)
    said = "; ".join(f"{row[0]}: {', '.join(f'{count} {name}' for name, count in zip(columns[1:], row[1:], strict=True) if count)}" for row in table)
    looks = ", ".join(f"{look} for {name}" for look, name in zip(LOOKS, columns[1:], strict=True))
    alt = (f"Bar chart with {len(table)} horizontal bars, one for each question; the axis counts {axis.lower()} from 0. "
           f"Each bar has parts: {looks}. {said}.")
    return with_its_data(figure, alt, caption, rows_and_columns(table, columns, caption))
