"""What goes back to a learner: a page with every question, the answer given, and the reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from helpers.display import folded, notice, page
from helpers.feedback import ANSWERED, RIGHT, check
from helpers.grading.kept_marks import Points
from helpers.grading.marking import Answer, reply_to
from helpers.grading.sheet import Sheet
from helpers.questions import Question, Text

NOT_KNOWN = Points()
OF_AN_EARLIER_TEXT = "An earlier text of yours got {points:g} of {most} points."
ANOTHER_TEXT = "The text here is another one, and a reader has not looked at it yet."
NO_TEXT = "There is no text of yours here."


def feedback_page(
    sheet: Sheet, name: str, answers: Sequence[Answer], points: Mapping[str, Points]
) -> str:
    """The page for one learner. points: what a reader gave for the texts, by question.

    Answers to questions that the sheet does not ask any more are left out.
    """
    questions = sheet.questions
    answers = [one for one in answers if one.question in questions.in_sheet]
    parts = [
        _greeting(name),
        _summary([one for one in answers if one.question in questions.practice]),
    ]
    for answer in answers:
        question = questions.in_sheet[answer.question]
        parts.append(_asked(question))
        if isinstance(question, Text):
            parts.append(_text(question, answer, points.get(question.id, NOT_KNOWN)))
        else:
            parts.append(_practice(answer))
    title = f"Feedback on exercises {questions.notebook}: {questions.title}"
    return page(title, "".join(parts))


def _greeting(name: str) -> str:
    return f"<p>{escape(name)}</p>" if name else ""


def _summary(practice: Sequence[Answer]) -> str:
    verdicts = [answer.verdict for answer in practice]
    done = sum(verdict in ANSWERED for verdict in verdicts)
    right = verdicts.count(RIGHT)
    return (
        f"<p>You answered {done} of {len(verdicts)} practice questions, {right} of them rightly. "
        "Practice counts for being done; every answer below comes with a reason.</p>"
    )


def _asked(question: Question) -> str:
    """Heading, prompt, and what there was to choose from."""
    title = f"{question.id} {question.skill.capitalize()}"
    html = f"<h2>{escape(title)}</h2><p>{escape(question.prompt)}</p>"
    for choices in question.choices:
        items = ""
        for sign, words in choices.items():
            items += f"<li>{escape(sign)}: {escape(words)}</li>"
        html += f"<ul>{items}</ul>"
    return html


def _practice(answer: Answer) -> str:
    """The answer and our reply; unless it is right, the right one too, folded."""
    reply = reply_to(answer.question, answer.written)
    html = f"<p>Your answer: {escape(answer.said)}</p>{reply.html}"
    if answer.verdict == RIGHT:
        return html
    solution = check(answer.question, None, reveal=True)
    return html + folded("The answer, with the reason", solution).html


def _text(question: Text, answer: Answer, given: Points) -> str:
    """The text, with a reader's points and comment."""
    html = ""
    for part in answer.said.split("\n\n"):
        if part.strip():
            html += f"<p>{escape(part)}</p>"
    if given.counted is not None:
        marked = f"{given.counted:g} of {question.points} points."
    elif given.earlier:
        earlier = OF_AN_EARLIER_TEXT.format(points=given.points, most=question.points)
        marked = f"{earlier} {ANOTHER_TEXT if answer.said else NO_TEXT}"
    elif answer.said:
        marked = "Not marked yet."
    else:
        marked = NO_TEXT
    comments = [given.comment] if given.comment else []
    return html + notice("A reader's marks:", marked, *comments).html
