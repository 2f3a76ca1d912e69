"""What is made once for many tests, when a test first asks for it; and the order of the tests.

Made are a real JupyterLab, started as `lab` starts it, a real browser, the website, and an empty
gradebook.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import browser
import exported_class
import pytest
import started
import website
from made_class import SHEET, Grade, Graded, grade_into, lay, solved_sheet
from promised import absent
from reader import COMMENT, FIRST, Reader, with_text

from helpers.grading.people import People

# nbgrader calls alembic by name.
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])


@pytest.fixture
def working_copy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A learner's folder that is not there yet, and no tries at any question."""
    from helpers import tries, working_copy

    folder = tmp_path / "my-work"
    monkeypatch.setattr(working_copy, "NOTES", folder / "my-notes.json")
    monkeypatch.setattr(tries, "_known", {})
    return folder


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser. Where there is none, its tests are left out, or fail where one was promised."""
    path = browser.browser_here()
    if not path:
        absent("browser", browser.NO_BROWSER)
    with browser.chromium(path) as running:
        yield running


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder in which a working copy was laid and is served, and its address."""
    folder = tmp_path_factory.mktemp("lab")
    with started.lab(folder) as address:
        yield folder, address


@pytest.fixture(scope="module")
def lab(chromium: object, served: tuple[Path, str]) -> Iterator[browser.Lab]:
    """JupyterLab in a window of its own."""
    window = browser.Lab(chromium, served[1])
    yield window
    window.close()


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the website, below a path of its host."""
    with website.served(tmp_path_factory.mktemp("host")) as address:
        yield address


@pytest.fixture(scope="session")
def running_shell() -> Any:
    """A kernel's shell whose cells are forgiving; to make them so twice does no harm."""
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    from helpers import cells

    made = InteractiveShell(config=Config({"HistoryManager": {"enabled": False}}))
    for _ in range(2):
        cells.load_ipython_extension(made)
    return made


@pytest.fixture
def shell(running_shell: Any) -> Iterator[Any]:
    """The same shell, with no name of a test before."""
    before = dict(running_shell.user_ns)
    yield running_shell
    running_shell.user_ns.clear()
    running_shell.user_ns.update(before)


@pytest.fixture(scope="session")
def new_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook that knows one sheet and no learner, alone in its folder.

    nbgrader takes seconds to make one, so it is made once.
    """
    from helpers.grading.gradebook import Gradebook
    from helpers.grading.sheet import sheets

    folder = tmp_path_factory.mktemp("gradebook")
    with Gradebook(folder) as book:
        book.prepare([sheets()[SHEET[:2]]])
    return folder / "gradebook.db"


@pytest.fixture
def graded(tmp_path: Path, new_gradebook: Path) -> Grade:
    """Grades a folder or a zip, each time into the same gradebook, in tmp_path / "into"."""
    return lambda place: grade_into(tmp_path / "into", place, new_gradebook)


@pytest.fixture
def marked(graded: Grade, tmp_path: Path) -> Graded:
    """anna's sheet, whose text a reader has marked with 3 points and a comment."""
    result = graded(lay(tmp_path / "in", anna=with_text(FIRST)))
    Reader(result.folder, "anna").type("E6.9", "3", COMMENT)
    return result


@pytest.fixture
def run(tmp_path: Path, new_gradebook: Path) -> exported_class.Run:
    """Grades places into one gradebook, as one run of the command does."""

    def grade(*places: Path, **people: Any) -> Graded:
        return grade_into(tmp_path / "into", places, new_gradebook, People(**people))

    return grade


@pytest.fixture
def class_list(tmp_path: Path) -> Path:
    file = tmp_path / "class.csv"
    file.write_text(exported_class.LIST, encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def graded_together(
    tmp_path_factory: pytest.TempPathFactory, new_gradebook: Path
) -> Callable[[dict[str, Any]], Graded]:
    """Grades notebooks, by learner, as one class next to zoe, who does no wrong."""

    def grade(books: dict[str, Any]) -> Graded:
        folder = tmp_path_factory.mktemp("together")
        place = lay(folder / "in", zoe=solved_sheet(), **books)
        graded = grade_into(folder / "into", place, new_gradebook)
        assert graded.row("zoe")["practice right"] == "9", "zoe was harmed by another's notebook."
        return graded

    return grade


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: those that drive a browser mostly wait for it."""
    return (os.cpu_count() or 1) + 1


LONGEST_FIRST = (
    "test_live_in_browser",
    "test_lessons_in_browser",
    "test_learning_in_browser",
    "test_exported_pages_in_browser",
    "test_teach_in_browser",
    "test_hub",
    "test_any_answer",
    "test_made_class",
    "test_nbgrader",
    "test_lab",
    "test_teach_server",
    "test_hostile",
    "test_grading",
    "test_wrong_answers",
    "test_replies",
)
RANK = {file: rank for rank, file in enumerate(LONGEST_FIRST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end.

    What is tried on one lesson is kept together.
    """

    def place(item: pytest.Item) -> tuple[int, str]:
        lesson = str(item.callspec.params.get("lesson", "")) if hasattr(item, "callspec") else ""
        return RANK.get(item.path.stem, len(RANK)), lesson

    items.sort(key=place)
