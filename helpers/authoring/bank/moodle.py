"""The question bank as Moodle XML: one file, a category for each lesson.

How Moodle reads it: question/format/xml/format.php (import_multichoice, import_answer,
import_category) and question/type/multichoice/questiontype.php of github.com/moodle/moodle.

- A hint is the feedback to its option, the reason the general feedback, which Moodle shows once a
  question is finished, and the feedback to a right answer.
- Where several options are right, each gives its share and a wrong one takes everything. So
  "partially correct" means that nothing is wrong and something is missing, which has its own hint.
- Options keep their order: hints name their letters.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement

from helpers.authoring.bank.entries import Chapter, Entry, Option
from helpers.authoring.bank.written import written

CATEGORY = "$course$/top/One Day of a Journal/{number} {title}"
WRONG_AMONG_SEVERAL = -100.0
DECIMALS = 5  # of a share, as Moodle's own list of grades has them
PENALTY = "0.3333333"  # of a wrong try, Moodle's own


def moodle_xml(chapters: list[Chapter]) -> bytes:
    """The whole bank as a file for Moodle."""
    quiz = Element("quiz")
    for chapter in chapters:
        if chapter.entries:
            _add_category(quiz, chapter)
        for entry in chapter.entries:
            _add_question(quiz, entry)
    return written(quiz)


def _add_category(quiz: Element, chapter: Chapter) -> None:
    """What follows belongs to this lesson. A slash in a name would begin a category below."""
    question = SubElement(quiz, "question", type="category")
    title = chapter.title.replace("/", "//")
    name = CATEGORY.format(number=chapter.number, title=title)
    SubElement(SubElement(question, "category"), "text").text = name


def _add_question(quiz: Element, entry: Entry) -> None:
    question = SubElement(quiz, "question", type="multichoice")
    SubElement(SubElement(question, "name"), "text").text = entry.title
    _add_html(question, "questiontext", entry.body)
    _add_html(question, "generalfeedback", entry.reason)
    fields = {
        "defaultgrade": "1",
        "penalty": PENALTY,
        "hidden": "0",
        "idnumber": entry.id,
        "single": "false" if entry.several else "true",
        "shuffleanswers": "false",
        "answernumbering": "abc",
        "showstandardinstruction": "1",
    }
    for name, value in fields.items():
        SubElement(question, name).text = value
    _add_html(question, "correctfeedback", "")
    _add_html(question, "partiallycorrectfeedback", entry.missing)
    _add_html(question, "incorrectfeedback", "")
    for option in entry.options:
        answer = _add_html(question, "answer", option.words)
        answer.set("fraction", _share(entry, option))
        _add_html(answer, "feedback", option.hint)
    tags = SubElement(question, "tags")
    SubElement(SubElement(tags, "tag"), "text").text = entry.skill


def _add_html(parent: Element, name: str, html: str) -> Element:
    """A field that holds HTML, which the file escapes once more."""
    field = SubElement(parent, name, format="html")
    SubElement(field, "text").text = html
    return field


def _share(entry: Entry, option: Option) -> str:
    """What choosing an option gives or takes, in percent."""
    if option.right:
        share = 100 / sum(one.right for one in entry.options)
    else:
        share = WRONG_AMONG_SEVERAL if entry.several else 0.0
    return f"{share:.{DECIMALS}f}".rstrip("0").rstrip(".")
