"""The frame of a lesson, and rules 6, 7, 9 and 10: figures, widgets, release notebooks, stored outputs."""

import html
import html.parser
import json
import re
import statistics
from itertools import pairwise

import pytest
from course import COURSES, ITEMS, LESSONS, RELEASED, ROOT, SOLVED, blocks, cells, label, outputs, prose, source

from helpers import WORDS, figures
from helpers.commands import release
from helpers.feedback import rubric

BOOKS = LESSONS + SOLVED + RELEASED
WIDGETS = [word for word, module in WORDS.items() if module == "widgets"]
TITLE = "Journal of Soviet Ambassador to the DPRK V. I. Ivanov for 13 January 1956"
SHORT_FORMS = {"DPRK": "Democratic People's Republic of Korea", "MFA": "Ministry of Foreign Affairs", "USSR": "Soviet Union",
               "CC": "Central Committee", "VNS": "Supreme People's Assembly", "KWP": "Korean Workers' Party", "CSV": "comma", "HTML": "web"}


def course_of(path):
    return COURSES[path.name[:2]]


def code(path):
    return [cell for cell in cells(path) if cell["cell_type"] == "code"]


def run(path):
    """The names that a notebook leaves behind when it is run as it stands, with every answer left empty."""
    names = {}
    for cell in code(path):
        exec(source(cell), names)
    return names


def questions(path):
    """The questions of a lesson, by id: what is asked, and the code cell that follows."""
    found, open_question = {}, None
    for cell in cells(path):
        if cell["id"].endswith("-prompt"):
            open_question = cell
        elif cell["cell_type"] == "code" and open_question:
            found[release.question_of(open_question["id"])] = source(open_question), source(cell)
            open_question = None
    return found


def headings(path):
    return [(len(hit[1]), hit[2]) for text in prose(path) for hit in re.finditer(r"^(#+) (.+)$", text, re.M)]


def words(path):
    text = re.sub(r"\]\([^)]*\)|[*`#>«»|]", " ", " ".join(prose(path)))
    return len(re.findall(r"\w[\w’'.-]*", text))


@pytest.mark.parametrize("path", BOOKS, ids=label)
def test_one_title_and_headings_in_order(path):
    levels = [level for level, _ in headings(path)]
    assert levels[0] == 1 and levels.count(1) == 1, f"{label(path)}: one title, at the top."
    assert re.match(rf"# (Exercises )?{path.name[:2]}\b", prose(path)[0]), f"{label(path)}: the title bears another number."
    assert all(after - before <= 1 for before, after in pairwise(levels)), f"{label(path)}: a heading skips a level."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_a_lesson_has_the_whole_frame(path):
    text = "\n".join(prose(path))
    for part in ("**Question of this notebook.**", "**When you have finished, you can**", "**Time.**", "**On this page.**", "*By the authors",
                 "## Try it on your own source", "## Key points", "**Exercises.**", "**Next.**"):
        assert part in text, f"{label(path)} lacks {part}"
    assert "Works used" in text, f"{label(path)} does not say which works it used."
    assert path.name.startswith("00") or ("redict" in text and "*What to look at" in text), f"{label(path)}: predict before, look at what after."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_the_contents_line_names_the_headings(path):
    line = next(block for text in prose(path) for block in blocks(text) if block.startswith("**On this page.**"))
    named = [part.strip() for part in line.removeprefix("**On this page.**").split("·")]
    second = [text for level, text in headings(path) if level == 2]
    assert [text for text in second if text in named] == named, f"{label(path)}: contents and headings differ: {set(named) - set(second)}"


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_minutes_are_those_of_the_course(path):
    course = course_of(path)
    line = next(block for text in prose(path) for block in blocks(text) if block.startswith("**Time.**"))
    assert [int(n) for n in re.findall(r"\d+", line)] == [course["teach"] + course["do"], course["teach"], course["do"]], f"{label(path)}: {line}"
    core = [item for item in course["item"] if item.get("place") != "notebook" and not item.get("optional")]
    assert sum(item["minutes"] for item in core) <= course["do"], f"{label(path)}: exercises take longer than promised."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_a_lesson_is_short_enough(path):
    assert words(path) <= min(2500, 100 * course_of(path)["teach"]), f"{label(path)} has {words(path)} words."
    background = [text for text in prose(path) if re.search(r"^## .*(journal was|Background|borrows a voice)", text)]
    assert all(len(text.split()) <= 130 for text in background), f"{label(path)}: the background is longer than 120 words."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_code_cells_are_short_and_install_nothing(path):
    lengths = [len(source(cell).splitlines()) for cell in code(path)]
    assert max(lengths) <= 3 and statistics.median(lengths) <= 2, f"{label(path)}: a cell of {max(lengths)} lines."
    assert not any(re.search(r"pip |^[!%]", source(cell), re.M) for cell in code(path)), f"{label(path)}: a cell installs something."


@pytest.mark.parametrize("path", [path for path in LESSONS if not path.name.startswith("00")], ids=label)
def test_a_lesson_opens_with_two_recall_items(path):
    number = int(path.name[:2])
    asked = [name for name in questions(path) if name.startswith("R")]
    assert asked == [f"R{number}.1", f"R{number}.2"], f"{label(path)} asks {asked}"


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_every_question_of_a_lesson_is_the_one_of_its_items_and_is_checked_in_the_next_code_cell(path):
    asked = questions(path)
    assert sorted(asked) == sorted(name for name, item in ITEMS.items() if item.get("place") == "notebook" and item in course_of(path)["item"])
    for name, (text, answer) in asked.items():
        assert text == release.lesson_question(release.cell_name(name, "prompt")), f"{label(path)}: {name} differs from its item. Run `python3 -m helpers refresh`."
        assert f'check("{name}", ' in answer, f"{label(path)}: no check of {name} follows."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_short_forms_are_written_out_at_first_use(path):
    text = re.sub(r"«[^»]*»|`[^`]*`", "", "\n".join(prose(path))).replace(TITLE, "")
    for short, full in SHORT_FORMS.items():
        if hit := re.search(rf"\b{short}\b", text):
            assert full in text[:hit.end() + 60], f"{label(path)}: {short} is not written out at its first use."


@pytest.mark.parametrize("path", BOOKS, ids=label)
def test_links_lead_somewhere(path):
    for text in prose(path):
        for target in re.findall(r"\]\(([^)#]+)\)", text):
            assert target.startswith("https://") or (path.parent / target).exists(), f"{label(path)}: nothing at {target}"


@pytest.mark.parametrize("path", BOOKS, ids=label)
def test_a_notebook_bears_no_trace_of_the_machine_it_ran_on(path):
    book = json.loads(path.read_text(encoding="utf-8"))
    assert book["metadata"] == {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}
    assert not re.search(r"/home/|/Users/|/work/|/tmp/|0x[0-9a-f]{8}", path.read_text(encoding="utf-8")), label(path)
    ids = [cell["id"] for cell in book["cells"]]
    assert len(ids) == len(set(ids)), f"{label(path)}: cell ids repeat."


@pytest.mark.parametrize("path", LESSONS + SOLVED, ids=label)
def test_every_cell_was_run_from_the_top_without_errors(path):
    counts = [cell["execution_count"] for cell in code(path)]
    assert counts == list(range(1, len(counts) + 1)), f"{label(path)}: run `python3 -m helpers refresh`; nbval compares only cells that were run."
    for cell in code(path):
        kinds = {output["output_type"] for output in cell["outputs"]}
        assert "error" not in kinds, f"{label(path)}, cell {cell['id']}: a stored output is an error."
        assert not any(output.get("name") == "stderr" for output in cell["outputs"]), f"{label(path)}, cell {cell['id']}: a warning is stored."
        tags = cell["metadata"].get("tags", [])
        assert not any("ignore" in tag.lower() or "NBVAL" in source(cell) for tag in [*tags, ""]), f"{label(path)}, cell {cell['id']} is not compared."


class Figures(html.parser.HTMLParser):
    """Collects the alt texts of images and counts the tables with captions."""

    def __init__(self):
        super().__init__()
        self.alts, self.captions = [], 0

    def handle_starttag(self, tag, attrs):
        if tag == "img":
            self.alts.append(dict(attrs).get("alt", ""))
        self.captions += tag == "caption"


@pytest.mark.parametrize("path", LESSONS + SOLVED, ids=label)
def test_every_figure_has_an_alt_text_and_its_data_as_a_table(path):
    for cell in code(path):
        for output in cell["outputs"]:
            data = output.get("data", {})
            assert not {"image/png", "image/svg+xml", "image/jpeg"} & set(data), f"{label(path)}, {cell['id']}: a bare image has no alt text."
            page = "".join(data.get("text/html", ""))
            if "<img" in page:
                found = Figures()
                found.feed(page)
                assert found.captions >= 1, f"{label(path)}, {cell['id']}: a figure without its data as a table."
                for alt in found.alts:
                    said = " ".join("".join(data["text/plain"]).split())
                    assert len(alt) > 80 and " ".join(alt.split()) in said, f"{label(path)}, {cell['id']}: the alt text is missing or not in the plain text."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_nothing_on_a_figure_is_cut_off(path, monkeypatch):
    drawn, show = [], figures.with_its_data
    monkeypatch.setattr(figures, "with_its_data", lambda figure, *rest: drawn.append(figure) or show(figure, *rest))
    run(path)
    for figure in drawn:
        box, (width, height) = figure.get_tightbbox(), figure.get_size_inches()
        assert 0 <= box.x0 < box.x1 <= width and 0 <= box.y0 < box.y1 <= height, \
            f"{label(path)}: a figure of {width} by {height} inches holds what runs from {box.min} to {box.max}. Give its canvas more room."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_every_widget_is_followed_by_its_content_as_a_table(path):
    for cell, after in pairwise([*code(path), {"source": ""}]):
        made = re.match(rf"(\w+) = (?:{'|'.join(WIDGETS)})\(", source(cell))
        shown = any("needs a running notebook" in "".join(output.get("data", {}).get("text/plain", "")) for output in cell["outputs"])
        assert bool(made) == shown, f"{label(path)}, {cell['id']}: make a widget, give it a name and show it in one cell."
        assert not made or source(after) == f"{made[1]}.table()", f"{label(path)}, {cell['id']}: no table after the widget."


@pytest.mark.parametrize("path", LESSONS, ids=label)
def test_every_output_has_html_and_a_plain_text_that_says_the_same(path):
    for cell in code(path):
        for output in cell["outputs"]:
            data = output.get("data", {})
            if "text/html" in data:
                page = re.sub(r"<summary>Data table</summary>|<img[^>]*>|<figcaption>.*?</figcaption>", " ", "".join(data["text/html"]))
                plain = " ".join("".join(data["text/plain"]).split())
                cells_of_page = [part.strip() for part in re.sub(r"<[^>]+>", "\n", page).split("\n") if part.strip()]
                missing = [part for part in cells_of_page if " ".join(html.unescape(part).strip("«»").split()) not in plain]
                assert not missing, f"{label(path)}, {cell['id']}: the plain text lacks {missing[:3]}"


@pytest.mark.parametrize("number", COURSES)
def test_exercise_notebooks_are_made_from_their_items(number):
    course = COURSES[number]
    solved = release.solved(course)
    for folder, made in (("source", solved), ("release", release.released(release.solved(course)))):
        path = ROOT / "exercises" / folder / course["slug"] / f"{course['slug']}.ipynb"
        stored = cells(path)
        assert [(c["id"], source(c), c["metadata"]) for c in stored] == [(c["id"], c["source"], dict(c["metadata"])) for c in made.cells], \
            f"{label(path)} is not what its items make. Edit exercises/items/{number}.toml, then run `python3 -m helpers release`."


@pytest.mark.parametrize("path", SOLVED, ids=label)
def test_a_solved_notebook_earns_full_marks(path):
    said = outputs(path)
    ids = [name for name, item in ITEMS.items() if name.startswith(f"E{int(path.name[:2])}.") and item["type"] != "open" and item.get("place") != "notebook"]
    tests = [cell for cell in code(path) if cell["metadata"].get("nbgrader", {}).get("grade")]
    assert len(tests) == len(ids), f"{label(path)}: one test cell for each exercise."
    assert sum(said.count(f"Yes. {ITEMS[name]['explain'][:25]}") for name in ids) == len(ids), f"{label(path)}: a solution is not accepted."
    assert all("assert _answered(" in source(cell) for cell in tests)


@pytest.mark.parametrize("path", RELEASED, ids=label)
def test_a_release_notebook_holds_no_solution_and_earns_nothing(path, monkeypatch):
    text = path.read_text(encoding="utf-8")
    assert "SOLUTION" not in text and "HIDDEN" not in text and "_answered" not in text and "MARK SCHEME" not in text, f"{label(path)}: a solution, a hidden test or a mark scheme is left."
    for cell in code(path):
        assert cell["outputs"] == [] and cell["execution_count"] is None, f"{label(path)}, {cell['id']}: stored outputs give answers away."
    names = run(path)
    from helpers.feedback import answered
    course = COURSES[path.name[:2]]
    for item in course["item"]:
        if "variable" in item:
            assert not answered(item["id"], names[item["variable"]]), f"{item['id']} is earned by an empty answer."
            assert names["check"](item["id"], names[item["variable"]]).verdict == "empty"


@pytest.mark.parametrize("path", SOLVED, ids=label)
def test_nbgrader_finds_its_metadata(path):
    marked = [(cell, cell["metadata"]["nbgrader"]) for cell in cells(path) if "nbgrader" in cell["metadata"]]
    ids = [flags["grade_id"] for _, flags in marked]
    assert len(ids) == len(set(ids)), f"{label(path)}: grade ids repeat."
    for cell, flags in marked:
        assert flags["schema_version"] == 3 and {"grade", "solution", "locked", "task"} <= set(flags), f"{label(path)}, {cell['id']}"
        assert ("points" in flags) == (flags["grade"] or flags["task"]), f"{label(path)}, {cell['id']}: points belong to graded cells and tasks only."
        if flags["solution"] and not flags["grade"]:
            assert "### BEGIN SOLUTION" in source(cell), f"{label(path)}, {cell['id']}"
        if flags["grade"] and not flags["solution"]:
            assert "### BEGIN HIDDEN TESTS" in source(cell), f"{label(path)}, {cell['id']}"


@pytest.mark.parametrize("name", [name for name, item in ITEMS.items() if item["type"] == "open"])
def test_whoever_marks_sees_rubric_anchors_and_comments_beside_the_answer(name):
    course = COURSES[f"{int(name[1:].partition('.')[0]):02}"]
    path = ROOT / "exercises/source" / course["slug"] / f"{course['slug']}.ipynb"
    scheme, = [source(cell) for cell in cells(path) if cell["id"].startswith(name.replace(".", "-") + "-") and "BEGIN MARK SCHEME" in source(cell)]
    for level, shows, anchor in rubric(name):
        assert f"**Level {level}.**\n\n{shows}" in scheme and anchor[:40] in scheme, f"{name}: level {level} is missing where the answer is marked."
    assert scheme.count("\n- *") >= 3, f"{name}: name at least three comments."


def brought_back(text):
    """The names under which words are fetched with kept(…)."""
    return [name for call in re.findall(r"\bkept\(([^)]*)\)", text) for name in re.findall(r'"([^"]+)"', call)]


def test_what_a_notebook_brings_back_was_kept_in_an_earlier_one():
    kept_so_far = set()
    for path in LESSONS:
        text = "\n".join(source(cell) for cell in code(path))
        for name in brought_back(text):
            assert name in kept_so_far, f"{label(path)} asks for “{name}”, which no earlier notebook keeps."
        kept_so_far |= set(re.findall(r'\bkeep\("([^"]+)"', text))
    last = brought_back("\n".join(source(cell) for cell in code(LESSONS[-1])))
    assert "00 three questions" in last and "00 prediction" in last, "Notebook 10 brings back what notebook 00 asked."
