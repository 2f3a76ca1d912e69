"""The website: every page is there, asks nothing of other hosts, and is the same each time."""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from course import DOOR, LESSONS, RELEASED, ROOT, code_cells, label, source
from website import built

from helpers import in_browser
from helpers.authoring.messages import Problem
from helpers.authoring.website import build, builders, course_wheel, pyodide, wheels
from helpers.authoring.website.pages import lessons, sheets

ASKED_OF_OTHERS = re.compile(r"""<(?:script|link|img|iframe)\b[^>]*(?:src|href)=["']https?://""")
COURSE_WHEEL = f"{pyodide.PLACE}/{course_wheel.FILE}"
LIVE_LINK = re.compile(r'href="([^"]*)/live/notebooks/index\.html\?path=([^"]+)"')


@pytest.fixture(scope="module")
def pages() -> Path:
    """The folder of the site."""
    return built()


def page_of(pages: Path, file: Path) -> Path:
    """The page to read of a notebook of the course."""
    (place,) = [one.place for one in [*lessons(), *sheets()] if one.file == file]
    return pages / Path(place).with_suffix(".html")


@pytest.mark.parametrize("path", [*LESSONS, *RELEASED], ids=label)
def test_every_lesson_and_sheet_is_a_page_that_leads_to_its_live_twin(
    pages: Path, path: Path
) -> None:
    page = page_of(pages, path)
    html = page.read_text(encoding="utf-8")
    (link,) = LIVE_LINK.findall(html)
    up, place = link
    assert (page.parent / up).resolve() == pages, f"{label(path)}: the link leads elsewhere."
    assert place in [one.place for one in [*lessons(), *sheets()]]
    assert not ASKED_OF_OTHERS.search(html), f"{label(path)} asks something of another host."


def test_lessons_and_sheets_have_names_of_their_own() -> None:
    names = [Path(one.place).name for one in [*lessons(), *sheets()]]
    assert len(names) == len(set(names)), "JupyterLite keeps one session for each name."


def read_pages(pages: Path) -> list[Path]:
    """The pages to read."""
    return [page for page in pages.rglob("*.html") if "live" not in page.parts]


def test_links_between_pages_hold(pages: Path) -> None:
    for page in read_pages(pages):
        for link in re.findall(r'href="([^"#?]+\.html)[#"]', page.read_text(encoding="utf-8")):
            if "://" not in link and "/live/" not in link:
                assert (page.parent / link).exists(), f"{page.relative_to(pages)} leads to {link}."


def test_the_pages_can_be_searched(pages: Path) -> None:
    index = (pages / "searchindex.js").read_text(encoding="utf-8")
    assert "ration" in index and "06-the-grain-sum" in index


def test_a_second_build_is_the_same(pages: Path, tmp_path: Path) -> None:
    build.build(tmp_path / "again", None)
    assert contents(tmp_path / "again") == contents(pages)
    left = [path.name for path in tmp_path.iterdir() if path.name != "again"]
    assert left == [], f"The build leaves {left} beside the site."


@pytest.mark.parametrize(
    "place",
    ["files/notebooks/06-the-grain-sum.ipynb", COURSE_WHEEL, f"{pyodide.PLACE}/{wheels.LOCK}"],
)
def test_what_changes_under_its_name_has_a_new_date_so_that_browsers_ask_for_it(
    pages: Path, place: str
) -> None:
    wasm = pages / "live" / pyodide.PLACE / "pyodide.asm.wasm"  # its folder says its version
    assert wasm.stat().st_mtime == builders.DATE
    assert (pages / "live" / place).stat().st_mtime > builders.DATE


def test_ipython_is_the_same_live_as_in_lab() -> None:
    (live_one,) = [wheel.version for wheel in wheels.pure_wheels() if wheel.name == "ipython"]
    locked = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    assert f"\nipython=={live_one}\n" in locked, "helpers/authoring/website/wheels.txt"


def contents(folder: Path) -> dict[str, str]:
    """The hash of every file in a folder."""
    found = {}
    for file in sorted(folder.rglob("*")):
        if file.is_file():
            digest = hashlib.sha256(file.read_bytes()).hexdigest()
            found[file.relative_to(folder).as_posix()] = digest
    return found


def test_the_courses_wheel_holds_what_a_page_may_say_and_no_more(tmp_path: Path) -> None:
    wheel = course_wheel.write(tmp_path)
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "in")
    assert not [name for name in names if "authoring" in name or "grading" in name]
    say = "from helpers import check, passage; print(passage('B13.4'), check('N0.1', 'a'))"
    command = [sys.executable, "-c", say]
    ran = subprocess.run(command, cwd=tmp_path / "in", capture_output=True, text=True, check=True)
    assert "Only good will come from this." in ran.stdout and "Not yet" in ran.stdout
    (tmp_path / "again").mkdir()
    assert course_wheel.write(tmp_path / "again").read_bytes() == wheel.read_bytes()


def test_a_wheel_with_another_hash_is_not_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wheels, "KEPT", tmp_path)
    right = {"file_name": "a.whl", "sha256": hashlib.sha256(b"right").hexdigest()}
    other = {"file_name": "b.whl", "sha256": hashlib.sha256(b"right").hexdigest()}
    shelf = {"a.whl": b"right", "b.whl": b"changed"}
    left = wheels._still_missing(shelf.__getitem__, [right, other])
    assert left == [other] and [file.name for file in tmp_path.iterdir()] == ["a.whl"]


def test_a_place_that_nobody_answers_is_asked_once() -> None:
    asked = []

    def nobody(name: str) -> bytes:
        asked.append(name)
        raise Problem("no network")

    wanted = [{"file_name": name, "sha256": ""} for name in ("a.whl", "b.whl")]
    assert wheels._still_missing(nobody, wanted) == wanted and asked == ["a.whl"]


@pytest.mark.parametrize("path", [*LESSONS, DOOR, *RELEASED], ids=label)
def test_the_first_cell_of_a_page_waits_for_no_package(path: Path) -> None:
    first = source(code_cells(path)[0])
    assert in_browser.packages_for(first) == [], f"{label(path)}: its first cell is slow live."


def test_a_package_is_fetched_with_the_first_cell_that_needs_it() -> None:
    packages = in_browser.packages_for
    assert packages("series_figure('P1')") == ["matplotlib"]
    assert packages("picker = voice_picker()\npicker") == ["ipywidgets"]
    assert packages('show(table("works"))') == ["pandas"]
    assert packages("picker.table()") == packages("from helpers import show, table") == []


def test_the_live_pages_are_built_of_what_is_pinned(pages: Path) -> None:
    folder = pages / "live" / pyodide.PLACE
    lock = json.loads((folder / wheels.LOCK).read_bytes())
    for name, package in lock["packages"].items():
        content = (folder / package["file_name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == package["sha256"], name
        needs = [pyodide.as_named(need) for need in package["depends"]]
        missing = [need for need in needs if need not in lock["packages"]]
        assert missing == [], f"{name} needs {missing}, which the site does not have."


def test_the_live_pages_have_the_settings_of_lab_and_no_instructors_buttons(pages: Path) -> None:
    settings = (pages / "live/overrides.json").read_text(encoding="utf-8")
    assert "lineWrap" in settings and '"disabled": true' in settings
    assert ROOT.as_posix() not in settings
    assert "course.css" in (pages / "live/notebooks/index.html").read_text(encoding="utf-8")
    extensions = [path.parent.name for path in (pages / "live/extensions").rglob("package.json")]
    assert "nbgrader" not in extensions and "jupyterlab-manager" in extensions


def test_another_pyodide_than_the_one_it_was_written_for_is_told(tmp_path: Path) -> None:
    (tmp_path / "pyodide.mjs").write_text("another", encoding="utf-8")
    with pytest.raises(Problem, match="another one"):
        pyodide._look_for_no_module_in_the_drive(tmp_path / "pyodide.mjs")
