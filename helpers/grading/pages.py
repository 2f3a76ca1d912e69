"""What goes back: a feedback page for each notebook, and a table of marks for the learning platform."""

from __future__ import annotations

import csv
import io
from html import escape

from helpers.display import folded, notice, page
from helpers.feedback import check
from helpers.grading.gradebook import GRADED, Gradebook, Points
from helpers.grading.marking import ANSWERED, Answer, ExerciseSet, reply_to
from helpers.grading.submissions import printable

COLUMNS = ["student", "name", "exercises", "status", "practice answered", "practice questions", "practice right",
           "points for texts", "of", "points by text", "texts to be marked", "file", "note"]


def feedback(exercises: ExerciseSet, name: str, answers: list[Answer], points: dict[str, Points]) -> str:
    """The page for one learner: every question, the answer given, and the reason; for a text, a reader's points and comment."""
    practice = [answer for answer in answers if answer.question in exercises.practice]
    done, right = sum(one.verdict in ANSWERED for one in practice), sum(one.verdict == "right" for one in practice)
    parts = [f"<p>{escape(name)}</p>" * bool(name),
             f"<p>You answered {done} of {len(practice)} practice questions, {right} of them rightly. "
             "Practice counts for being done; every answer below comes with a reason.</p>"]
    for one in answers:
        item = exercises.practice.get(one.question) or exercises.open[one.question]
        parts.append(f"<h2>{escape(one.question)} {escape(item['skill'].capitalize())}</h2><p>{escape(item['prompt'])}</p>")
        for choices in (item.get("left"), item.get("options")):
            if choices:
                parts.append(f"<ul>{''.join(f'<li>{escape(sign)}: {escape(words)}</li>' for sign, words in choices.items())}</ul>")
        if one.question in exercises.practice:
            parts.append(f"<p>Your answer: {escape(one.said)}</p>{reply_to(one).html}")
            if one.verdict != "right":
                parts.append(folded("The answer, with the reason", check(one.question, None, reveal=True)).html)
        else:
            given = points.get(one.question, Points(None, False, ""))
            marked = f"{given.points:g} of {item['points']} points." if given.points is not None and not given.waits else \
                "Not marked yet." if one.said else "There is no text of yours here."
            parts.append("".join(f"<p>{escape(part)}</p>" for part in one.said.split("\n\n") if part.strip())
                         + notice("A reader's marks:", marked, *filter(None, [given.comment])).html)
    return page(f"Feedback on exercises {exercises.number}: {exercises.title}", "".join(parts))


def marks(book: Gradebook, sets: dict[str, ExerciseSet]) -> str:
    """The table of marks as CSV, a row for each file that was handed in."""
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow(COLUMNS)
    for file, student, name, slug, status, note in book.files():
        row = [student, name, slug, status]
        if status == GRADED and slug in sets:
            verdicts = [one.verdict for one in book.answers(student, slug) if one.question in sets[slug].practice]
            given = book.points(student, slug)
            by_text = [f"{name}: {'not marked' if one.waits or one.points is None else f'{one.points:g}'} of {sets[slug].open[name]['points']}"
                       for name, one in given.items() if name in sets[slug].open]
            row += [sum(map(verdicts.count, ANSWERED)), len(verdicts), verdicts.count("right"),
                    sum(one.points or 0 for one in given.values() if not one.waits), sum(item["points"] for item in sets[slug].open.values()),
                    "; ".join(by_text), sum(one.waits for one in given.values())]
        else:
            row += [""] * 7
        writer.writerow([_harmless(cell) for cell in (*row, file, note)])
    return table.getvalue()


def _harmless(cell: object) -> object:
    """A cell that a spreadsheet takes for text: names of files come from learners, and = begins a formula."""
    if not isinstance(cell, str):
        return cell
    line = printable(cell)
    return f"'{line}" if line.startswith(("=", "+", "-", "@")) else line
