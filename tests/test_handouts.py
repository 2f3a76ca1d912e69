"""The handouts as PDFs: made from the course as it is, whole, short enough, and tagged."""

from __future__ import annotations

import re

import pytest
from paper import FILES, FOLDER, LEARNERS, MEND, TOMORROW, children, elements, pages_of, reader
from pypdf.generic import ContentStream

from helpers.authoring.handouts import shown
from helpers.authoring.handouts.finishing import MADE_FROM
from helpers.authoring.handouts.pages import HANDOUTS, Handout, composed, digest_of
from helpers.authoring.messages import Problem

each_file = pytest.mark.parametrize("file", FILES)
MOST_PAGES = 12  # a learner
A4 = (595, 842)  # points
LETTER_CUTS = 25  # points of A4 that Letter lacks at the top, and as many at the bottom
NO_PRINTER_REACHES = 15  # points at the edge of a sheet
BODY_TYPE = 11  # points, at least
HEADING = re.compile(r"/H(\d)")
PAINTS = (b"Tj", b"TJ", b"f", b"f*", b"S", b"B", b"Do")


@pytest.mark.parametrize("handout", HANDOUTS, ids=lambda handout: handout.file)
def test_a_handout_is_what_the_course_would_give_now(handout: Handout) -> None:
    made_from = reader(handout.file).metadata.get(MADE_FROM)
    now = digest_of(composed(handout))
    assert made_from == now, f"exercises/handouts/{handout.file} is out of date: {MEND}."


def test_a_template_is_told_what_is_not_there() -> None:
    with pytest.raises(Problem, match="lesson 01 has no cell nothing"):
        shown.lesson("01", "nothing")
    with pytest.raises(Problem, match="no paragraph begins with “Nothing”"):
        shown.lesson("01", "dates", "Nothing")
    with pytest.raises(Problem, match="nothing is folded there"):
        shown.folded("01", "dates")


def test_nothing_else_lies_in_the_folder() -> None:
    there = sorted(path.name for path in FOLDER.iterdir())
    assert there == sorted(FILES), f"exercises/handouts holds {there}: a handout is a PDF of ours."


def test_a_learner_gets_few_pages() -> None:
    count = len(pages_of(LEARNERS))
    assert count <= MOST_PAGES, f"{LEARNERS} has {count} pages, at most {MOST_PAGES}: cut."


def test_teach_tomorrow_is_one_page() -> None:
    count = len(pages_of(TOMORROW))
    assert count == 1, f"exercises/teach-tomorrow.md takes {count} pages: cut it to one."


@each_file
def test_every_page_has_a_title_and_its_number(file: str) -> None:
    for place, page in enumerate(pages_of(file), start=1):
        assert page.title.startswith("One Day of a Journal · "), f"{file}, {place}: no title."
        where = (page.number, page.of)
        assert where == (place, len(pages_of(file))), f"{file}: page {place} is called {where}."


def test_every_sheet_of_the_learners_has_a_line_for_name_and_date() -> None:
    begun = set()
    for page in pages_of(LEARNERS):
        to_write_on = page.title not in begun and "The source" not in page.title
        named = not to_write_on or re.search(r"^Name\s+Date\s*$", page.words, re.M)
        assert named, f"{LEARNERS}, page {page.number}: no line for name and date."
        begun.add(page.title)


@each_file
def test_the_pages_are_a4_and_nothing_is_lost_on_letter(file: str) -> None:
    top = A4[1] - LETTER_CUTS - NO_PRINTER_REACHES
    bottom = LETTER_CUTS + NO_PRINTER_REACHES
    for number, page in enumerate(reader(file).pages, start=1):
        size = (round(page.mediabox.width), round(page.mediabox.height))
        assert size == A4, f"{file}, page {number}: {size} is not A4."
        for place, _ in placed(page):
            inside = bottom < place < top
            assert inside, f"{file}, page {number}: on Letter, a line {place:.0f} pt up is cut off."


@each_file
def test_the_letters_are_large_enough(file: str) -> None:
    sizes: dict[float, int] = {}
    for page in reader(file).pages:
        for _, size in placed(page):
            sizes[size] = sizes.get(size, 0) + 1
    usual = max(sizes, key=sizes.get)
    assert usual >= BODY_TYPE, f"{file}: most letters have {usual} pt, at least {BODY_TYPE}."


def placed(page: object) -> list[tuple[float, float]]:
    """The height on its page, and the size, of every piece of text, in points."""
    found = []

    def note(text: str, cm: list[float], tm: list[float], _: object, size: float) -> None:
        if text.strip():
            up = cm[3] * tm[5] + cm[5]
            found.append((up, round(abs(size * tm[3] * cm[3]), 1)))

    page.extract_text(visitor_text=note)
    return found


# Tags


@each_file
def test_a_handout_is_tagged_and_says_its_title_and_language(file: str) -> None:
    root = reader(file).root_object
    assert root["/MarkInfo"]["/Marked"], f"{file} is not marked as tagged."
    assert "/StructTreeRoot" in root, f"{file} has no tags."
    assert root["/Lang"] == "en", f"{file} does not say its language."
    assert reader(file).metadata.title, f"{file} has no title."
    shown = root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert shown, f"{file}: a viewer would show the name of the file and not the title."
    assert reader(file).outline, f"{file} has no bookmarks."


@each_file
def test_headings_skip_no_level(file: str) -> None:
    before = 0
    for element in elements(file):
        hit = HEADING.fullmatch(element["/S"])
        if hit:
            level = int(hit[1])
            assert level <= before + 1, f"{file}: a heading of level {level} after {before}."
            before = level
    assert before, f"{file} has no heading."


@each_file
def test_lists_and_tables_are_whole(file: str) -> None:
    for element in elements(file):
        kinds = [child["/S"] for child in children(element)]
        if element["/S"] == "/LI":
            assert kinds == ["/Lbl", "/LBody"], f"{file}: an item of a list holds {kinds}."
        if element["/S"] == "/L":
            assert set(kinds) == {"/LI"}, f"{file}: a list holds {kinds}."
        if element["/S"] == "/TR":
            assert "/TH" in kinds, f"{file}: a row of a table has no header cell."
        if element["/S"] == "/TH":
            scopes = [one.get_object().get("/Scope") for one in element["/A"]]
            assert any(scopes), f"{file}: a header cell does not say what it heads."


@each_file
def test_all_that_is_painted_is_content_or_an_artifact(file: str) -> None:
    for number, page in enumerate(reader(file).pages, start=1):
        depth = 0
        for _, sign in ContentStream(page.get_contents(), page.pdf).operations:
            depth += (sign in (b"BDC", b"BMC")) - (sign == b"EMC")
            marked = depth or sign not in PAINTS
            assert marked, f"{file}, page {number}: something stands outside of every tag."


@each_file
def test_no_date_tells_one_printing_from_the_next(file: str) -> None:
    dated = {"/CreationDate", "/ModDate"} & reader(file).metadata.keys()
    assert not dated, f"{file}: the same course gives another file each time."
