"""The question bank: whole, the same each time, and read back by other people's parsers."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import qti2latex
from course import EDITION, HOSTILE, QUESTIONS, ROOT, cited_ids
from moodle_xml_parser.parser import parse_bytes
from read_back import QTI, Read, hrefs, paragraphs, plain, read_moodle, read_qti, right_options

from helpers.authoring.bank import entries as bank
from helpers.authoring.bank import write
from helpers.authoring.bank.moodle import moodle_xml
from helpers.authoring.bank.qti import qti_package
from helpers.authoring.bank.write import write_bank
from helpers.edition import edition_of
from helpers.questions import FaultyItem
from helpers.questions.letters import Choice, Multi

FOLDER = ROOT / "exercises/bank"
CHAPTERS = bank.chapters()
ENTRIES = {entry.id: entry for chapter in CHAPTERS for entry in chapter.entries}
LEFT_OUT: dict[str, str] = {}
for chapter in CHAPTERS:
    LEFT_OUT |= chapter.left_out
WITH_OPTIONS = {id: one for id, one in QUESTIONS.items() if isinstance(one, (Choice, Multi))}
QUOTED = re.compile(r"^(?P<id>[A-Z]\d+(?:\.\d+)?) «(?P<words>.*)»$", re.S)
LEANS = re.compile(r"\bnotebook \d|\bcards? \d|\bthe (page|table|figure|card)\b|\w\(|`|\(N\d", re.I)
COMMAND = re.compile(r"\w\(\"|`|\w\(\)")
# Shares that Moodle takes without a word: lib/questionlib.php, question_bank::fraction_options_full
SHARES = {100.0, 50.0, 33.33333, 25.0, 20.0, 0.0, -100.0}
each_entry = pytest.mark.parametrize("id", ENTRIES)


@cache
def moodle() -> dict[str, Read]:
    return read_moodle((FOLDER / "moodle.xml").read_bytes())


@cache
def qti() -> dict[str, Read]:
    return read_qti((FOLDER / "qti-1.2.zip").read_bytes())


each_format = pytest.mark.parametrize("read", [moodle, qti], ids=["moodle", "qti"])


# What is in it


def test_the_bank_is_what_the_items_make_and_the_same_each_time(tmp_path: Path) -> None:
    for place in [*write_bank(tmp_path), *write_bank(tmp_path)]:
        assert place.read_bytes() == (FOLDER / place.name).read_bytes(), (
            f"exercises/bank/{place.name} is not what the items say. "
            "Run `python3 -m helpers release`."
        )


def test_a_question_with_options_is_in_the_bank_or_left_out_with_why() -> None:
    assert ENTRIES.keys() | LEFT_OUT.keys() == WITH_OPTIONS.keys()
    assert not ENTRIES.keys() & LEFT_OUT.keys()
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for id, why in LEFT_OUT.items():
        assert f"| {id} | {why} |" in readme


def test_what_a_question_leans_on_is_told_where_a_bank_could_hold_it() -> None:
    for id, question in QUESTIONS.items():
        assert not question.leans or id in LEFT_OUT, f"{id}: take leans out, no bank would hold it."


@each_entry
def test_what_is_asked_leans_on_no_page(id: str) -> None:
    question = QUESTIONS[id]
    for text in (question.prompt, *question.options.values()):
        assert not LEANS.search(text), f"{id} leans on its page: say on what, in a field leans."
    for text in (question.explain, *(one.hint for one in question.wrong)):
        assert not COMMAND.search(text), f"{id}: no command can be run in a question bank: “{text}”"


@each_format
def test_a_parser_finds_each_entry_once(read: Any) -> None:
    assert list(read()) == list(ENTRIES)


@each_format
@each_entry
def test_a_question_comes_back_equal(read: Any, id: str) -> None:
    question, found = QUESTIONS[id], read()[id]
    assert found.several == isinstance(question, Multi)
    assert paragraphs(found.body)[-1] == plain(question.prompt)
    words = ["".join(paragraphs(option)) for option in found.options]
    assert words == [plain(option) for option in question.options.values()]
    signs = [sign for sign, right in zip(question.options, found.right, strict=True) if right]
    assert set(signs) == set(question.keys[0])
    assert paragraphs(found.reason)[0] == plain(question.explain)


@each_format
@each_entry
def test_a_hint_belongs_to_its_option(read: Any, id: str) -> None:
    question, found = QUESTIONS[id], read()[id]
    for sign, right, hint in zip(question.options, found.right, found.hints, strict=True):
        expected = [one.hint for one in question.wrong if one.when == sign]
        if not right:
            expected = expected or [question.otherwise]
        assert paragraphs(hint)[:1] == [plain(one) for one in expected], f"{id}, {sign}"


@each_format
@each_entry
def test_each_passage_that_is_named_stands_there_exactly(read: Any, id: str) -> None:
    question, found = QUESTIONS[id], read()[id]
    asked = quoted(found.body)
    needed = {
        segment.id for segment in edition_of(question.shown_passages).find(question.shown_passages)
    }
    for text in (question.prompt, *question.options.values()):
        needed |= cited_ids(text)
    assert not needed - asked, f"{id} asks of {sorted(needed - asked)} and does not quote it."
    for text in (*found.hints, found.reason):
        said = " ".join(one for one in paragraphs(text) if not QUOTED.match(one))
        missing = cited_ids(said) - asked - quoted(text)
        assert not missing, f"{id}: “{said}” speaks of {sorted(missing)}, which is not quoted."


@each_format
@each_entry
def test_each_work_that_is_named_is_cited(read: Any, id: str) -> None:
    found = read()[id]
    for text in (found.body, *found.hints, found.reason):
        for work in EDITION.works.values():
            cited = f"{work.short}: {work.citation}"
            if work.short in text:
                assert cited in found.body + text, f"{id} names {work.short} and does not cite it."


def quoted(html: str) -> set[str]:
    """The ids of the passages on a page; each has to be word for word that of the edition."""
    found = set()
    for line in paragraphs(html):
        hit = QUOTED.match(line)
        if hit:
            (segment,) = edition_of(hit["id"]).find(hit["id"])
            assert hit["words"] == segment.text, f"{segment.id} is not quoted exactly."
            found.add(segment.id)
    return found


def test_a_hint_to_options_that_are_too_few_waits_until_nothing_is_wrong() -> None:
    """Moodle shows it where the points are between nothing and all."""
    for id, found in moodle().items():
        expected = [plain(QUESTIONS[id].otherwise)] if found.several else []
        assert paragraphs(found.missing) == expected
    for one in parse_bytes((FOLDER / "moodle.xml").read_bytes())["multichoice"]:
        shares = [option.score_fraction for option in one.options]
        gained = [share for share in shares if share > 0]
        assert round(sum(gained), 2) == 100, f"{one.name}: Moodle wants 100% in all."
        assert set(shares) <= SHARES
        assert one.single or all(share in (*gained, -100.0) for share in shares)


# How it is written


@pytest.mark.parametrize("hostile", HOSTILE[:40])
def test_markup_in_an_item_stays_words(hostile: str) -> None:
    text = "".join(sign for sign in hostile if sign.isprintable() and sign != "*").strip() or "x"
    question = WITH_OPTIONS["E2.1"]
    wrong = tuple(replace(one, hint=text) for one in question.wrong)
    options = dict.fromkeys(question.options, text)
    bad = replace(question, prompt=text, explain=text, options=options, wrong=wrong)
    chapter = replace(CHAPTERS[2], entries=(bank._entry(bad),))
    files = {"qti": qti_package([chapter]), "moodle": moodle_xml([chapter])}
    assert b"<script" not in files["qti"] + files["moodle"]
    found = read_qti(files["qti"])["E2.1"]
    assert paragraphs(found.body)[-1].strip() == text
    assert ["".join(paragraphs(option)) for option in found.options] == list(options.values())
    assert paragraphs(found.reason)[0].strip() == text
    assert len(read_moodle(files["moodle"])["E2.1"].options) == len(options)


def test_a_package_holds_what_its_manifest_names_and_no_date() -> None:
    package = zipfile.ZipFile(FOLDER / "qti-1.2.zip")
    assert ["imsmanifest.xml", *hrefs(package)] == package.namelist()
    assert {entry.date_time for entry in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_an_options_name_is_a_number() -> None:
    """Canvas's classic importer finds the feedback to an option by it."""
    package = zipfile.ZipFile(FOLDER / "qti-1.2.zip")
    for href in hrefs(package):
        test = ElementTree.fromstring(package.read(href))
        for label in test.iter(f"{QTI}response_label"):
            assert label.get("ident", "").isdigit()


def test_whoever_chooses_every_option_is_not_right() -> None:
    package = zipfile.ZipFile(FOLDER / "qti-1.2.zip")
    for href in hrefs(package):
        for item in ElementTree.fromstring(package.read(href)).iter(f"{QTI}item"):
            names = {name for name, _ in qti2latex.get_choices(item)}
            excluded = {one.text for one in item.iterfind(f".//{QTI}not/{QTI}varequal")}
            several = item.find(f".//{QTI}and") is not None
            assert excluded == (names - right_options(item) if several else set())


def test_moodle_gets_a_category_for_each_lesson() -> None:
    quiz = ElementTree.fromstring((FOLDER / "moodle.xml").read_bytes())
    names = [one.text or "" for one in quiz.iterfind("question/category/text")]
    assert len(names) == len([chapter for chapter in CHAPTERS if chapter.entries])
    assert all(name.startswith("$course$/top/One Day of a Journal/") for name in names)


def test_a_faulty_item_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def faulty() -> None:
        raise FaultyItem("exercises/items/02.toml, E2.1: key is missing.")

    monkeypatch.setattr(write, "chapters", faulty)
    with pytest.raises(FaultyItem, match="key is missing"):
        write_bank(tmp_path)
    assert not list(tmp_path.iterdir())
