"""The module: its walls, its size, its manners when asked for what is not there."""

import ast
import html
import re
import subprocess
import sys

import pytest
from course import EDITION, ROOT
from frictionless import validate

import helpers
from helpers import reading
from helpers.edition import Edition, NotInEdition, use

MODULES = sorted((ROOT / "helpers").glob("[a-z]*.py"))
COMMANDS = sorted((ROOT / "helpers/commands").glob("[a-z]*.py"))
GRADING = sorted((ROOT / "helpers/grading").glob("[a-z]*.py"))
STOREYS = ["display", "amounts", "edition", "answers", "reading", "notes", "figures", "widgets", "feedback", "argument"]  # each may use those before it
SMALL = 1200  # logical lines of what notebooks import, now that the course is whole


def imports(path):
    """The modules of helpers that a file imports, anywhere in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("helpers."):
            found.add(node.module.removeprefix("helpers."))
    return found


def docstrings(tree):
    for node in ast.walk(tree):
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and ast.get_docstring(node):
            yield node.body[0]


def lines_of_code(path):
    """Logical lines: statements, however they are wrapped; blank lines, comments and docstrings do not count."""
    return sum(isinstance(node, ast.stmt) and not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant))
               for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))))


def test_no_module_imports_one_that_stands_above_it():
    for path in MODULES:
        if path.stem in STOREYS:
            above = STOREYS[STOREYS.index(path.stem):]
            assert not imports(path) & set(above), f"{path.name} imports {imports(path) & set(above)}."
            assert not any(name.startswith(("commands", "grading")) for name in imports(path)), f"{path.name} imports a command, or what grades."


def test_every_module_has_its_storey():
    assert {path.stem for path in MODULES} == set(STOREYS), "A new module needs its place in STOREYS."


def test_the_module_holds_no_fact_about_the_source():
    names = ("Ivanov", "Kim ", "Korea", "Soviet", "Molotov", "1956", "grain", "embassy")
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        said = {node.value for node in docstrings(tree)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in said:
                assert not any(name in node.value for name in names), f"{path.name}, line {node.lineno}: “{node.value[:50]}” belongs into a table."


def test_the_module_stays_small():
    sizes = {path.name: lines_of_code(path) for path in [*MODULES, ROOT / "helpers/__init__.py"]}
    assert sum(sizes.values()) < SMALL, f"helpers/ has {sum(sizes.values())} logical lines: {sizes}"


def test_importing_helpers_loads_nothing_heavy():
    code = "import helpers, sys; print([m for m in ('pandas', 'numpy', 'matplotlib', 'ipywidgets', 'csv', 'json') if m in sys.modules])"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]", f"import helpers loads {said}"


def test_checking_an_answer_loads_no_third_party_package():
    code = ("from helpers import check, passage; check('E0.1', 'about 90'); passage('B2'); import sys; "
            "print([m for m in ('pandas', 'numpy', 'matplotlib', 'ipywidgets') if m in sys.modules])")
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert said.strip() == "[]", f"check() loads {said}"


def test_every_word_for_notebooks_exists_and_is_explained():
    for word in helpers.__all__:
        assert (getattr(helpers, word).__doc__ or "").strip(), f"{word} has no docstring."
    with pytest.raises(AttributeError, match="it has: acts"):
        _ = helpers.no_such_word


@pytest.mark.parametrize("path", MODULES + COMMANDS + GRADING, ids=lambda path: path.stem)
def test_every_public_function_has_types_and_a_docstring(path):
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{path.name} does not say what its job is."
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring."
            named = [arg for arg in [*node.args.args, *node.args.kwonlyargs] if arg.arg != "self"]
            assert node.returns is not None and all(arg.annotation for arg in named), f"{path.name}: {node.name} lacks types."


@pytest.mark.parametrize(("view", "said"), [
    (lambda: reading.passage("B99"), "Nearest: B9"), (lambda: reading.passage("B24.9"), "Nearest: B24"), (lambda: reading.passage(12), "in quotation marks"),
    (lambda: reading.passage(""), "in quotation marks"), (lambda: reading.passage(","), "in quotation marks"),
    (lambda: reading.voice_ladder(" ; "), "in quotation marks"), (lambda: reading.passage(None), "in quotation marks"), (lambda: reading.passage("B24", sentences="9"), "Nearest"),
    (lambda: reading.quote("Only good", "B99"), "Nearest"), (lambda: reading.quote("", "B13.4"), "words and the id"), (lambda: reading.quote(4, "B13.4"), "words and the id"),
    (lambda: reading.concordance(""), "quotation marks"), (lambda: reading.concordance("xyzzy"), "0 lines"), (lambda: reading.table("tables"), "The tables are"),
    (lambda: reading.voice_ladder("T1"), "outside the entry"), (lambda: reading.cues("Q1"), "Nearest"), (lambda: reading.glossary("zzz"), "The glossary has"),
    (lambda: reading.quantity("B2.4"), "No number in B2.4"), (lambda: reading.quantity("B30.1"), "Name one by its unit"), (lambda: reading.quantity("B99"), "Nearest"),
    (lambda: reading.acts("B12", {"B2.1": "x"}), "Name sentences of B12"), (lambda: reading.works("zzz"), "No works are listed"), (lambda: reading.works(44), "No works are listed"), (lambda: reading.shelf("zzz"), "No such work"),
    (lambda: reading.reveal({"B99": "x"}), "No plan with an outcome"), (lambda: reading.reveal({"B24.3": ""}), "Guess first"),
    (lambda: helpers.outcome_calendar(), "No dated plan"), (lambda: helpers.series_figure("x", None, None, 0), "There are: grain_official"),
    (lambda: reading.table("dates", "B99"), "Nearest"), (lambda: reading.table("dates", nothing=1), "has no column nothing"),
    (lambda: helpers.order_figure({"9": "B1"}), "Name a concern"), (lambda: helpers.order_figure({"4": "B99"}), "Nearest"), (lambda: helpers.order_figure(7), "Name a concern"),
    (lambda: helpers.dispersion(), "a star stands"), (lambda: helpers.dispersion(3), "a star stands"), (lambda: helpers.calendar(1958, 1955), "Name years"),
    (lambda: helpers.calendar("a", None), "Name years"),
], ids=range(37))
def test_what_is_not_there_gets_one_line_and_no_traceback(view, said):
    reply = view()
    assert said in " ".join(reply.text.split()) and "Traceback" not in reply.text


@pytest.mark.parametrize(("ids", "found"), [
    ("B24.3", ["B24.3"]), ("b24.3", ["B24.3"]), ("B18", ["B18.1", "B18.2", "B18.3"]), ("B24.3-B24.5", ["B24.3", "B24.4", "B24.5"]),
    ("B24.3-5", ["B24.3", "B24.4", "B24.5"]), ("B6–B7", ["B6.1", "B7.1", "B7.2"]), ("B0, T9; W1", ["B0", "T9", "W1"]), ("G", ["G1", "B0"]),
])
def test_passages_go_by_id_by_paragraph_and_by_range(ids, found):
    assert [segment.id for segment in EDITION.find(ids)][:len(found)] == found


def test_a_passage_shows_exactly_the_words_of_the_source():
    page = html.unescape(reading.passage("B27.1").html)
    assert EDITION.segments["B27.1"].text in page and EDITION.text.count(EDITION.segments["B27.1"].text) == 1


def test_a_concordance_cuts_no_word():
    for line in html.unescape(reading.concordance("w*").html).split("<tr>")[2:]:
        id, left, _, right = re.findall(r"<t[hd] [^>]*>(.*?)</t[hd]>", line)
        assert {*left.split()[:-1], *right.split()[1:]} <= set(EDITION.segments[id].text.split()), line


def test_a_concordance_counts_every_occurrence_in_the_body():
    body = " ".join(segment.text for segment in EDITION.segments.values() if segment.zone == "body")
    assert reading.concordance("mistake*").text.startswith(f"{len(re.findall('mistake', body))} lines")
    assert reading.concordance("will").text.startswith(f"{len(re.findall(r'(?i)(?<!w)will(?!w)', body))} lines")


def test_words_by_voice_add_up_and_follow_the_readers_changes():
    total = sum(len(segment.text.split()) for segment in EDITION.segments.values() if segment.zone == "body")
    counts, _ = reading.count_words_by_voice()
    assert sum(low for _, low, _ in counts) <= total <= sum(high for _, _, high in counts)
    changed, problem = reading.count_words_by_voice({row["segment"]: "kim" for row in EDITION.rows("statements")})
    assert changed == [("kim", total, total)] and not problem
    assert "B99" in reading.count_words_by_voice({"B99": "kim"})[1]


ANOTHER = ROOT / "tests/another-source"  # an invented document, with its tables made by the twelve steps of the instructor guide


@pytest.fixture
def another_source():
    yield use(ANOTHER)
    use()


def test_another_source_keeps_the_same_rules():
    report = validate(str(ANOTHER / "datapackage.json"))
    assert report.valid, report.flatten(["title", "rowNumber", "fieldName", "message"])[:5]
    found, end = Edition(ANOTHER), 0
    for segment in found.segments.values():
        assert found.text[segment.start:segment.end] == segment.text and not found.text[end:segment.start].strip(), segment.id
        end = segment.end
    for name in ("apparatus", "dates", "quantities"):
        for row in found.rows(name):
            assert found.text[int(row["start"]):int(row["end"])] == row["text"], f"{name}: {row['id']}"


def test_the_module_serves_another_source(another_source):
    need, limit = helpers.quantity("B4.2"), helpers.quantity("B4.3")
    views = {
        "the miller, as reported by the clerk Ida Moor": helpers.passage("B4.1", voices=True), "Exact.": helpers.quote("The roof will be mended", "B5.2"),
        "2 lines with bridge in": helpers.concordance("bridge"), "explicit": helpers.cues("B2-B6"),
        "conditional plan": helpers.acts("B6"), "the miller ▸ the clerk Ida Moor ▸ us": helpers.voice_ladder("B4.1"), "of flour, it seems": helpers.glossary("sacks"),
        "2 layers of writing": helpers.layers(), "1 pairs of brackets": helpers.brackets(kinds=True), "Timeline in 1 lanes": helpers.timeline(),
        "an editor, broken line": helpers.chain_of_hands(), "Bar chart of 3": helpers.voice_figure(), "2. the road, raised in B3, is answered in B5.1, place 1": helpers.order_figure(),
        "sack* stands 3 times": helpers.dispersion("sack*"), "5 to 15 sacks": helpers.gap_figure(need, limit), "if rain comes": helpers.plan_tree() + helpers.branch_figure(),
        "June 1921 (promised)": helpers.calendar(1921, 1922), "outcome mended in July 1921 (later)": helpers.outcome_calendar("roof"),
        "1921: 43 sacks": helpers.series_figure("sacks", need, limit, 1921), "Parish book of Aldora": helpers.works("01"), "another office": helpers.shelf("Parish book"),
        "mended in July 1921": helpers.reveal({"B5.2": "as planned"}), "2 statements with promise": helpers.statement_filter("promise").describe("promise"),
        "in order": helpers.evidence("The roof will be mended in June. | B5.2 | miller | suggests | for"),
        "5 sacks missing": helpers.harvest_and_gap(need, limit, -1, 1).describe(0), "about 40%": helpers.unknown_total(helpers.quantity("B4.1"), [40, 100]).describe(100),
    }
    for said, view in views.items():
        text = " ".join(view.text.split())
        assert said in text and "Not found" not in text, f"{said}: {text[:200]}"
        assert not re.search("Ivanov|Korea|1956", text), f"A fact about the course's own source in: {text[:200]}"


def test_a_damaged_source_is_noticed(tmp_path):
    with pytest.raises(FileNotFoundError):
        Edition(tmp_path)
    with pytest.raises(NotInEdition):
        Edition().find("Z1")
