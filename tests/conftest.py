"""What is made once for many tests, when a test first asks for it: a real JupyterLab, started as `lab` starts it, a real browser,
and an empty gradebook; and the order of the tests.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import browser
import pytest

os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])  # nbgrader calls alembic by name


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser. Where there is none, the tests are left out on a user's machine and fail in CI."""
    path = browser.browser_here()
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(browser.NO_BROWSER)
    with browser.chromium(path) as running:
        yield running


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder in which a working copy was laid and is served, and the address that `lab` prints."""
    folder = tmp_path_factory.mktemp("lab")
    with browser.served(folder) as address:
        yield folder, address


@pytest.fixture(scope="module")
def lab(chromium: object, served: tuple[Path, str]) -> Iterator[browser.Lab]:
    """JupyterLab in a window of its own."""
    window = browser.Lab(chromium, served[1])
    yield window
    window.close()


@pytest.fixture(scope="session")
def new_gradebook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A gradebook that knows one sheet and no learner, alone in its folder. nbgrader takes seconds to make one, so it is made once."""
    from made_class import SHEET

    from helpers.grading.gradebook import Gradebook
    from helpers.grading.marking import exercise_sets
    folder = tmp_path_factory.mktemp("gradebook")
    with Gradebook(folder) as book:
        book.prepare([exercise_sets()[SHEET]])
    return folder / "gradebook.db"


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: those that drive a browser mostly wait for it."""
    return (os.cpu_count() or 1) + 1


LONGEST_FIRST = ("test_lessons_in_browser", "test_learning_in_browser", "test_grading", "test_made_class", "test_nbgrader", "test_hub")
RANK = {file: rank for rank, file in enumerate(LONGEST_FIRST)}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest, so that no worker is left alone with it at the end; and keep together what is tried on one lesson."""
    def place(item: pytest.Item) -> tuple[int, str]:
        lesson = str(item.callspec.params.get("lesson", "")) if hasattr(item, "callspec") else ""
        return RANK.get(item.path.stem, len(RANK)), lesson
    items.sort(key=place)
