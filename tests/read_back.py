"""Reads a question bank back, by other people's parsers.

Moodle XML is read by moodle-xml-parser. Of QTI 1.2 qti2latex reads what is asked and the options;
key and feedback, which it mixes or leaves out, are read by Canvas's own rules: base_interaction.rb
and choice_interaction.rb of github.com/instructure/qti, lib/qti/v1/models/interactions.
"""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import qti2latex
from moodle_xml_parser.parser import parse_bytes

QTI = "{http://www.imsglobal.org/xsd/ims_qtiasiv1p2}"


@dataclass
class Read:
    """A question as a parser found it; texts are HTML."""

    title: str
    several: bool
    body: str
    options: list[str]
    right: list[bool]
    hints: list[str]
    reason: str
    missing: str = ""


class Paragraphs(HTMLParser):
    """The paragraphs of a page, as plain text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found = [""]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "p":
            self.found.append("")

    def handle_data(self, data: str) -> None:
        self.found[-1] += data


def paragraphs(html: str) -> list[str]:
    return [one for one in Paragraphs(html).found if one.strip()]


def plain(text: str) -> str:
    """A text of an item, without the stars of what it stresses."""
    return re.sub(r"\*([^*\s](?:[^*]*[^*\s])?)\*", r"\1", text)


# Two readers


def read_moodle(content: bytes) -> dict[str, Read]:
    found = {}
    for one in parse_bytes(content)["multichoice"]:
        found[one.name.split()[0]] = Read(
            one.name,
            not one.single,
            one.text_pre_parse,
            [option.answer for option in one.options],
            [option.score_fraction > 0 for option in one.options],
            [option.feedback or "" for option in one.options],
            one.general_feedback,
            one.partially_correct_feedback,
        )
    return found


def read_qti(content: bytes) -> dict[str, Read]:
    found = {}
    package = zipfile.ZipFile(io.BytesIO(content))
    for href in hrefs(package):
        test = ElementTree.fromstring(package.read(href))
        for item in test.iter(f"{QTI}item"):
            read = read_item(item)
            found[read.title.split()[0]] = read
    return found


def hrefs(package: zipfile.ZipFile) -> list[str]:
    """The tests that the manifest of a package names."""
    manifest = ElementTree.fromstring(package.read("imsmanifest.xml"))
    resources = [one for one in manifest.iter() if one.tag.endswith("}resource")]
    assert {one.get("type") for one in resources} == {"imsqti_xmlv1p2"}
    return [one.get("href", "") for one in resources]


def read_item(item: Any) -> Read:
    """By qti2latex; feedback by Canvas's rules."""
    kind = qti2latex.guess_type(qti2latex.get_qti_metadata(item), item)
    choices = qti2latex.get_choices(item)
    shown = feedback_of_options(item)
    right = right_options(item)
    return Read(
        item.get("title", ""),
        kind == "multiple_answers_question",
        qti2latex.get_item_stem(item),
        [words for _, words in choices],
        [name in right for name, _ in choices],
        [shown.get(name, "") for name, _ in choices],
        feedback(item, "correct_fb"),
    )


def right_options(item: Any) -> set[str]:
    """The options of the condition that sets points: those in its `and`, or its only one."""
    for condition in item.iter(f"{QTI}respcondition"):
        if condition.find(f"{QTI}setvar") is not None:
            of = condition.find(f"{QTI}conditionvar")
            every = of.find(f"{QTI}and")
            named = (of if every is None else every).findall(f"{QTI}varequal")
            return {one.text for one in named}
    return set()


def feedback_of_options(item: Any) -> dict[str, str]:
    """The feedback to each option: of the conditions that show one and set no points."""
    found = {}
    for condition in item.iter(f"{QTI}respcondition"):
        shown = condition.find(f"{QTI}displayfeedback").get("linkrefid")
        chosen = condition.find(f"{QTI}conditionvar/{QTI}varequal")
        if chosen is not None and shown != "correct_fb":
            found[chosen.text] = feedback(item, shown)
    return found


def feedback(item: Any, name: str) -> str:
    text = item.find(f"{QTI}itemfeedback[@ident='{name}']/*/*/{QTI}mattext")
    return "" if text is None else text.text
