"""The pages to read, below a path of their host and from a folder: they bar nobody, fit a narrow
window and ask nothing of another host. The live pages have a file of their own.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from browser import (
    LOOKS,
    NARROW_LOOK,
    WIDE_LOOK,
    WITH_EVERY_KIND_OF_OUTPUT,
    Look,
    Window,
)
from website import built

from helpers.authoring.website.pages import all_pages

PLACES = [str(Path(one.place).with_suffix("")) for one in all_pages()]
READ = ["index", "your-work", "exercises/teach-tomorrow", *PLACES]
# Colours are the theme's and the display's: what shows every kind of output stands for the others.
STANDING_FOR_ALL = [f"notebooks/{path.stem}" for path in WITH_EVERY_KIND_OF_OUTPUT]
STORE = """files => new Promise((resolve, reject) => {
    const asked = indexedDB.open('One Day of a Journal', 7);
    asked.onupgradeneeded = () => {
        const names = asked.result.objectStoreNames;
        if (!names.contains('files')) asked.result.createObjectStore('files');
    };
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
        const change = asked.result.transaction('files', 'readwrite');
        for (const file of files) change.objectStore('files').put(file, file.path);
        change.oncomplete = () => { asked.result.close(); resolve(); };
    };
})"""


@pytest.fixture(scope="module")
def window(chromium: object, site: str) -> Iterator[Window]:
    opened = Window(chromium, f"{site}/index.html")
    yield opened
    opened.close()


def looks_at(page: str) -> tuple[Look, ...]:
    """All looks, or those in which a page can differ from the pages that stand for it."""
    if page.startswith("exercises/release"):
        return (NARROW_LOOK,)
    if page.startswith("notebooks") and page not in STANDING_FOR_ALL:
        return WIDE_LOOK, NARROW_LOOK
    return LOOKS


@pytest.mark.parametrize("page", READ)
def test_a_page_to_read_bars_nobody_and_fits_a_narrow_window(
    window: Window, site: str, page: str
) -> None:
    window.page.goto(f"{site}/{page}.html")
    found = []
    for theme, size, asked in looks_at(page):
        window.page.evaluate("theme => document.body.dataset.theme = theme", theme)
        window.page.set_viewport_size(size)
        width = window.page.evaluate("document.documentElement.scrollWidth")
        if width > size["width"]:
            found.append(f"It is {width} pixels wide, of {size['width']}.")
        barriers = window.barriers(asked)
        found += [f"{theme}, {size['width']} pixels: {barrier}" for barrier in barriers]
    assert found == [], f"{page}:\n" + "\n".join(found)
    assert window.outside == [], f"{page} asks something of another host."


def test_from_a_folder_a_page_says_how_to_work_on_it(chromium: object) -> None:
    opened = Window(chromium, (built() / f"{READ[-1]}.html").as_uri(), offline=True)
    said = opened.page.get_by_text("You have opened this page from a folder.").inner_text()
    links = opened.page.locator("a[data-live]").count()
    opened.close()
    assert "python3 -m http.server" in said and links == 0


# A learner's work in one file


def kept(path: str, content: str) -> dict[str, object]:
    """A file as the live pages keep it."""
    name = path.rpartition("/")[2]
    changed = "2026-01-13T10:00:00.000Z"
    return {
        "name": name,
        "path": path,
        "type": "file",
        "format": "text",
        "content": content,
        "last_modified": changed,
    }


MINE = [kept("my-work/my-notes.json", '{"00 guess": ["one went"]}'), kept("notebooks/a.txt", "a")]


def work_page(chromium: object, site: str, files: list[dict[str, object]]) -> Window:
    """The page of a learner's work, in a browser that keeps these files."""
    opened = Window(chromium, f"{site}/index.html")
    if files:
        opened.page.evaluate(STORE, files)
    opened.page.goto(f"{site}/your-work.html")
    opened.page.locator("#bring:enabled").wait_for()
    return opened


def test_all_work_goes_into_one_file_and_comes_back_beside_what_is_there(
    chromium: object, site: str, tmp_path: Path
) -> None:
    mine = work_page(chromium, site, MINE)
    with mine.page.expect_download() as download:
        mine.page.get_by_role("button", name="Download all of it").click()
    download.value.save_as(tmp_path / "work.json")
    with mine.page.expect_download() as single:
        mine.page.get_by_role("button", name="Download notebooks/a.txt").click()
    assert Path(single.value.path()).read_text(encoding="utf-8") == "a"
    mine.close()
    other = work_page(chromium, site, [kept("notebooks/a.txt", "another wording")])
    other.page.set_input_files("#bring", tmp_path / "work.json")
    said = other.page.get_by_text("Brought back: 2.").inner_text()
    assert "notebooks/a-1.txt" in said, said
    files = other.page.locator("#files").inner_text()
    other.page.set_input_files("#bring", tmp_path / "work.json")
    other.page.get_by_text("Brought back: 0. Already here, the same: 2.").wait_for()
    other.close()
    for path in ("my-work/my-notes.json", "notebooks/a.txt", "notebooks/a-1.txt"):
        assert path in files


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "{}",
        json.dumps({"kind": "one-day-of-a-journal/work", "files": [{"path": "a"}]}),
        json.dumps({"kind": "one-day-of-a-journal/work", "files": [kept("my-work/../x", "")]}),
        json.dumps({"kind": "one-day-of-a-journal/work", "files": [kept("live/<b>x", "")]}),
    ],
)
def test_a_file_that_is_no_learners_work_is_refused_in_one_line(
    chromium: object, site: str, tmp_path: Path, content: str
) -> None:
    (tmp_path / "work.json").write_text(content, encoding="utf-8")
    page = work_page(chromium, site, MINE)
    page.page.set_input_files("#bring", tmp_path / "work.json")
    said = page.page.get_by_text("This file cannot be brought back").inner_text()
    page.close()
    assert said.endswith("Nothing was changed.")
