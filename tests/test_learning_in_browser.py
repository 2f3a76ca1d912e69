"""Exercise sheets in a real JupyterLab, used as learners use them; and pages that were exported or are to be handed in."""

import json
import re

import pytest
from browser import NARROW, NOT_OURS, UNSAFE, Window
from course import HOSTILE, ITEMS, LESSONS, RELEASED, flat, label

INSTRUCTORS = re.compile("^Validate$|[Ff]ormgrader")


def sheet(number):
    return next(label(path) for path in RELEASED if path.name.startswith(number))


@pytest.mark.parametrize("path", RELEASED, ids=label)
def test_a_released_sheet_runs_without_an_error_and_bars_nobody(lab, path):
    lab.open(label(path))
    lab.run_all()
    errors, found, buttons = lab.errors(), lab.barriers(), lab.page.get_by_text(INSTRUCTORS).count()
    lab.shut()
    assert errors == [] and lab.outside == []
    assert found == [], "\n".join(found)
    assert buttons == 0, "A learner sees an instructor's button."


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


def test_a_learner_sees_none_of_the_instructors_menus(lab):
    assert lab.page.locator(".lm-MenuBar-itemLabel", has_text="Nbgrader").count() == 0


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


@pytest.fixture(scope="module")
def pages(tmp_path_factory):
    """Every lesson as a page, made as File > Save and Export makes it, and a page to hand in with hostile words in it."""
    from nbconvert import HTMLExporter
    folder = tmp_path_factory.mktemp("pages")
    exporter = HTMLExporter()
    for path in LESSONS:
        (folder / f"{path.stem}.html").write_text(exporter.from_filename(str(path))[0], encoding="utf-8")
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


def test_every_barrier_of_others_names_its_maker_and_what_we_do():
    for barrier in NOT_OURS:
        assert set(barrier) == {"rule", "selector", "whose", "link", "workaround"} and barrier["link"].startswith("https://github.com/"), barrier["rule"]
