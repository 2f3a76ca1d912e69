"""What learners do, done by keyboard in a real JupyterLab: widgets, exercises, hostile words, exported pages."""

import json

import pytest
from browser import NARROW, NOT_OURS, PANEL, UNSAFE, Window
from course import ITEMS, LESSONS, RELEASED, ROOT, flat, label

HOSTILE = json.loads((ROOT / "tests/hostile_strings.json").read_text(encoding="utf-8"))
TABLE = """([panel, place]) => [...document.querySelectorAll(panel + ' .jp-Cell')[place].querySelectorAll('tbody tr')]
    .map(row => [...row.cells].map(cell => cell.textContent))"""
WIDGETS = {  # lesson: label of its field, and what a screen must say when a row of its table is typed in
    "02": ("Sentence", lambda row, rows: [row[1]]),
    "05": ("Assumed total of people", lambda row, rows: row),
    "06": ("Harvest against the limit, in percent", lambda row, rows: row[1:]),
    "09": ("Voice, act or record", lambda row, rows: [f"{sum(row[3] in other[2:4] + other[5:] for other in rows)} statements with {row[3]}"]),
}


def lesson(number):
    return next(label(path) for path in LESSONS if path.name.startswith(number))


def sheet(number):
    return next(label(path) for path in RELEASED if path.name.startswith(number))


def tab_to(page, goal, most=40):
    """Press Tab until the goal has the focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if goal.evaluate("element => element === document.activeElement"):
            return
    pytest.fail(f"{most} Tab keys did not lead to {goal}")


@pytest.fixture
def opened(lab):
    """Opens a notebook, runs it, and shuts it when the test is over."""
    def open_and_run(path):
        lab.open(path)
        lab.run_all()
        return lab
    yield open_and_run
    lab.shut()


@pytest.mark.parametrize("path", RELEASED, ids=label)
def test_a_released_sheet_runs_without_an_error_and_bars_nobody(opened, path):
    lab = opened(label(path))
    assert lab.errors() == [] and lab.outside == []
    assert (found := lab.barriers()) == [], "\n".join(found)


@pytest.mark.parametrize("number", WIDGETS)
def test_a_widget_answers_the_keyboard_in_words(opened, number):
    lab = opened(lesson(number))
    name, said = WIDGETS[number]
    field = lab.page.get_by_label(name, exact=True)
    cell = lab.cells().filter(has=field)
    cells, place = lab.cells().count(), cell.evaluate("cell => [...cell.parentElement.children].indexOf(cell)")
    rows = lab.page.evaluate(TABLE, [PANEL, place + 1])
    cell.focus()
    tab_to(lab.page, field)
    for row in (rows[0], rows[-1]):
        typed = row[0].strip("%").replace(",", "") if number != "09" else row[3]
        lab.page.keyboard.press("Control+a")
        lab.page.keyboard.type(typed)
        lab.page.keyboard.press("Enter")
        status = cell.get_by_role("status")
        for words in said(row, rows):
            status.get_by_text(words, exact=False).first.wait_for()
    assert lab.cells().count() == cells, "A key typed into the field reached the notebook."
    assert field.input_value() != "" and not lab.errors()


def test_a_number_field_obeys_the_arrow_keys(opened):
    lab = opened(lesson("05"))
    field = lab.page.get_by_label(WIDGETS["05"][0], exact=True)
    before = int(field.input_value())
    field.focus()
    lab.page.keyboard.press("ArrowUp")
    lab.page.wait_for_function("([field, old]) => +field.value > old", arg=[field.element_handle(), before])


def test_tries_are_remembered_over_a_restart_and_go_with_the_saved_sheet(lab, served):
    item = ITEMS["E2.2"]
    lab.open(sheet("02"))
    lab.run_all()
    place, asked = lab.cell(f"{item['variable']} = "), lab.cell(f'check("{item["id"]}"')
    for answer in (item["wrong"][0]["when"], item["key"]):
        lab.write(place, f'{item["variable"]} = "{answer}"')
        lab.run()
        lab.restart()
        lab.run_all()
    assert "Yes." in asked.text_content()
    lab.shut()
    saved = json.loads((served[0] / "my-work" / sheet("02")).read_text(encoding="utf-8"))
    told = [output["metadata"]["course"] for cell in saved["cells"] if cell["id"] == "E2-2-test" for output in cell["outputs"]]
    assert told == [{"verdict": "right", "seen": [item["wrong"][0]["misreading"]] * 2}], told


def test_a_learner_sees_none_of_the_instructors_buttons(lab):
    assert lab.page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").count() == 0
    lab.open(sheet("00"))
    assert lab.page.get_by_text("Validate", exact=True).count() == 0 and lab.page.get_by_text("Formgrader", exact=False).count() == 0
    lab.shut()


def test_wrong_wrong_right_gets_three_replies_and_the_work_is_there_again(lab):
    item = ITEMS["E2.1"]
    lab.open(sheet("02"))
    lab.run_all()
    place = lab.cell(f"{item['variable']} = ")
    replies = []
    for answer in (item["wrong"][0]["when"], item["wrong"][0]["when"], item["key"]):
        lab.write(place, f'{item["variable"]} = "{answer}"')
        lab.run()
        replies.append(flat(lab.cell(f'check("{item["id"]}"').locator(".jp-OutputArea-output").inner_text()))
    assert len(set(replies)) == 3 and "A step:" in replies[1] and replies[2].startswith("Yes."), replies
    assert flat(item["wrong"][0]["hint"]) in replies[0] and item["step"] in replies[1]
    lab.shut()
    lab.open(sheet("02"))
    assert f'{item["variable"]} = "{item["key"]}"' in lab.cell(f"{item['variable']} = ").inner_text()
    assert replies[2] in flat(lab.cell(f'check("{item["id"]}"').inner_text()), "The reply is not stored with the answer."
    lab.shut()


WAYS = ["keep('hostile', w)", "kept(w)", "check('E0.1', w)", "check(w, w)", "passage(w)", "quote(w, 'B1.1')", "concordance(w)",
        "glossary(w)", "voice_ladder(w)", "evidence(f'{w} | B1.1 | {w} | shows | for')"]
TYPED = f"""from helpers import *
from json import loads; from pathlib import Path
sum((way(w) for w in loads(Path('../hostile.json').read_text()) for way in [{', '.join(f'lambda w: {way}' for way in WAYS)}]), passage('B1.1'))"""


def test_hostile_words_show_as_typed_and_nothing_of_them_runs(opened, served):
    words = [text for text in HOSTILE if text.strip() and all(sign.isprintable() or sign.isspace() for sign in text)]
    assert len(words) >= 200
    (served[0] / "my-work/hostile.json").write_text(json.dumps(words), encoding="utf-8")
    lab = opened(lesson("00"))
    lab.write(lab.page.locator(f"{PANEL} .jp-CodeCell").first, TYPED)
    assert lab.errors() == []
    output = lab.page.locator(f"{PANEL} .jp-CodeCell").first.locator(".jp-RenderedHTML")
    shown = flat(output.text_content())
    missing = [text for text in words if flat(text) not in shown]
    assert missing == [], f"Not shown as typed: {missing[:3]}"
    assert (unsafe := output.evaluate(UNSAFE)) == [], unsafe
    assert lab.dialogs == [] and lab.outside == []


def test_hostile_words_in_a_widget_stay_words(opened):
    lab = opened(lesson("09"))
    field = lab.page.get_by_label(WIDGETS["09"][0], exact=True)
    for text in [text for text in HOSTILE if text.isprintable()][::5]:
        field.fill(text)
        field.press("Enter")
    field.fill("promise")
    field.press("Enter")
    cell = lab.cells().filter(has=field)
    cell.get_by_role("status").get_by_text("statements with promise").wait_for()
    assert lab.dialogs == [] and lab.outside == [] and cell.locator(".widget-html-content").evaluate(UNSAFE) == []


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every lesson as a page, made as File > Save and Export makes it, and a page to hand in with hostile words in it."""
    from nbconvert import HTMLExporter
    folder = tmp_path_factory.mktemp("pages")
    for path in LESSONS:
        (folder / f"{path.stem}.html").write_text(HTMLExporter().from_filename(str(path))[0], encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", [path.stem for path in LESSONS])
def test_an_exported_page_bars_nobody(chromium, pages, name):
    window = Window(chromium, (pages / f"{name}.html").as_uri(), offline=True)
    found = window.barriers()
    window.page.set_viewport_size(NARROW)
    width = window.page.evaluate("document.documentElement.scrollWidth")
    window.close()
    assert found == [], "\n".join(found)
    assert width <= NARROW["width"], f"The page is {width} pixels wide in a window of {NARROW['width']}."


def test_a_page_to_hand_in_bars_nobody_and_runs_nothing(chromium, tmp_path, monkeypatch):
    from helpers import argument
    monkeypatch.setattr(argument, "FILE", tmp_path / "my-notes.json")
    argument.hand_in(HOSTILE[0], "\n\n".join(HOSTILE), "\n".join(f"{text} | B1.1 | {text} | shows | for" for text in HOSTILE[:30]))
    window = Window(chromium, (tmp_path / "my-argument.html").as_uri(), offline=True)
    found, unsafe, shown = window.barriers(), window.page.locator("body").evaluate(UNSAFE), flat(window.page.locator("body").inner_text())
    missing = [text for text in HOSTILE if text.isprintable() and flat(text) not in shown]
    dialogs, outside = window.dialogs, window.outside
    window.close()
    assert found == [] and unsafe == [] and missing == [] and dialogs == [] and outside == [], [*found, *unsafe, *missing[:3], *dialogs, *outside]


@pytest.mark.parametrize("number", ["02", "06"])
def test_the_walk_through_quotes_what_a_screen_reader_is_given(opened, number):
    part = (ROOT / "notebooks/keyboard-and-screen-reader.md").read_text(encoding="utf-8").partition(f"## Notebook {number}")[2].partition("\n## ")[0]
    quoted = [block.strip() for block in part.split("```")[1::2]]
    tree = "\n".join(line.strip() for line in opened(lesson(number)).page.locator(PANEL).aria_snapshot().splitlines())
    missing = [block for block in quoted if block not in tree]
    assert len(quoted) >= 4 and missing == [], f"Not on the page of {number} in these words:\n" + "\n\n".join(missing)


def test_every_barrier_of_others_names_its_maker_and_what_we_do():
    for barrier in NOT_OURS:
        assert set(barrier) == {"rule", "selector", "whose", "link", "workaround"} and barrier["link"].startswith("https://github.com/"), barrier["rule"]
