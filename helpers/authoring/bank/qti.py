"""The question bank as QTI 1.2: a zip with a test for each lesson, as Canvas and others import it.

What elements there are: the DTD ims_qtiasiv1p2p1 of the IMS. How Canvas reads them, and why this
looks as Canvas's own exports do: github.com/instructure/qti (lib/qti/v1/models, and
spec/fixtures/items_1.2) for New Quizzes; github.com/instructure/QTIMigrationTool and
gems/plugins/qti_exporter of canvas-lms (choice_interaction.rb, assessment_item_converter.rb) for
the classic ones.

- The names of options are numbers: the classic importer finds the feedback to an option by them.
- Feedback comes before the points, since the last condition that names an option decides its worth.
- A hint is the feedback to its option, the reason the feedback to a right answer.

The zip is the same each time: no compression, which differs between computers, and no dates.
"""

from __future__ import annotations

import zipfile
from xml.etree.ElementTree import Element, SubElement

from helpers.authoring.archive import zipped
from helpers.authoring.bank.entries import Chapter, Entry, Option
from helpers.authoring.bank.written import written

QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
PACKAGE = "http://www.imsglobal.org/xsd/imscp_v1p1"
TITLE = "One Day of a Journal {number}: {title}"
ONE, SEVERAL = "multiple_choice_question", "multiple_answers_question"
RESPONSE = "response1"
FIRST_NAME = 1000  # of an option: 1000 for a, 1001 for b
CORRECT = "correct_fb"


def qti_package(chapters: list[Chapter]) -> bytes:
    """The whole bank as a zip."""
    told = [chapter for chapter in chapters if chapter.entries]
    files = {"imsmanifest.xml": _manifest(told)}
    for chapter in told:
        files[_place(chapter)] = _test(chapter)
    return zipped(files, zipfile.ZIP_STORED)


def _place(chapter: Chapter) -> str:
    return f"{_name(chapter)}/{_name(chapter)}.xml"


def _name(chapter: Chapter) -> str:
    return f"journal-{chapter.number}"


def _manifest(chapters: list[Chapter]) -> bytes:
    """What the package holds."""
    manifest = Element("manifest", xmlns=PACKAGE, identifier="one-day-of-a-journal")
    metadata = SubElement(manifest, "metadata")
    SubElement(metadata, "schema").text = "IMS Content"
    SubElement(metadata, "schemaversion").text = "1.1.3"
    SubElement(manifest, "organizations")
    resources = SubElement(manifest, "resources")
    for chapter in chapters:
        href = _place(chapter)
        resource = SubElement(
            resources, "resource", identifier=_name(chapter), type="imsqti_xmlv1p2", href=href
        )
        SubElement(resource, "file", href=href)
    return written(manifest)


def _test(chapter: Chapter) -> bytes:
    root = Element("questestinterop", xmlns=QTI)
    title = TITLE.format(number=chapter.number, title=chapter.title)
    test = SubElement(root, "assessment", ident=_name(chapter), title=title)
    section = SubElement(test, "section", ident="root_section")
    for entry in chapter.entries:
        _add_item(section, entry)
    return written(root)


def _add_item(section: Element, entry: Entry) -> None:
    ident = entry.id.replace(".", "-")
    item = SubElement(section, "item", ident=ident, title=entry.title)
    about = SubElement(SubElement(item, "itemmetadata"), "qtimetadata")
    kind = SEVERAL if entry.several else ONE
    for label, value in (("question_type", kind), ("points_possible", "1.0")):
        field = SubElement(about, "qtimetadatafield")
        SubElement(field, "fieldlabel").text = label
        SubElement(field, "fieldentry").text = value
    _add_presentation(item, entry)
    _add_judgement(item, entry)
    _add_feedback(item, CORRECT, entry.reason)
    for name, option in _named(entry):
        if option.hint:
            _add_feedback(item, f"{name}_fb", option.hint)


def _named(entry: Entry) -> list[tuple[str, Option]]:
    """The options, each after its name in the package."""
    return [(str(FIRST_NAME + place), option) for place, option in enumerate(entry.options)]


def _add_presentation(item: Element, entry: Entry) -> None:
    """What is asked, and the options."""
    presentation = SubElement(item, "presentation")
    _add_html(presentation, entry.body)
    cardinality = "Multiple" if entry.several else "Single"
    response = SubElement(presentation, "response_lid", ident=RESPONSE, rcardinality=cardinality)
    choice = SubElement(response, "render_choice")
    for name, option in _named(entry):
        _add_html(SubElement(choice, "response_label", ident=name), option.words)


def _add_judgement(item: Element, entry: Entry) -> None:
    """Which feedback an option has, then what is right."""
    judgement = SubElement(item, "resprocessing")
    outcomes = SubElement(judgement, "outcomes")
    SubElement(outcomes, "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal")
    for name, option in _named(entry):
        if option.hint:
            chosen = SubElement(judgement, "respcondition", {"continue": "Yes"})
            _add_chosen(SubElement(chosen, "conditionvar"), name)
            _add_shown(chosen, f"{name}_fb")
    right = SubElement(judgement, "respcondition", {"continue": "No"})
    _add_key(SubElement(right, "conditionvar"), entry)
    SubElement(right, "setvar", action="Set", varname="SCORE").text = "100"
    _add_shown(right, CORRECT)


def _add_key(condition: Element, entry: Entry) -> None:
    """The right option; or all right ones together, and none of the others."""
    every = SubElement(condition, "and") if entry.several else condition
    for name, option in _named(entry):
        if option.right:
            _add_chosen(every, name)
        elif entry.several:
            _add_chosen(SubElement(every, "not"), name)


def _add_chosen(condition: Element, name: str) -> None:
    SubElement(condition, "varequal", respident=RESPONSE).text = name


def _add_shown(condition: Element, feedback: str) -> None:
    SubElement(condition, "displayfeedback", feedbacktype="Response", linkrefid=feedback)


def _add_feedback(item: Element, name: str, html: str) -> None:
    feedback = SubElement(item, "itemfeedback", ident=name)
    _add_html(SubElement(feedback, "flow_mat"), html)


def _add_html(parent: Element, html: str) -> None:
    """A text of HTML, which the file escapes once more."""
    material = SubElement(parent, "material")
    SubElement(material, "mattext", texttype="text/html").text = html
