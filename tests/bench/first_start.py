"""A learner's first `lab` in a fresh copy of the course, beside plain pip with the same packages.

Both begin with nothing: no environment, and a cache of pip's that is empty.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from course import ROOT

from bench.timing import Row, write_table
from helpers.authoring.processes import child

FIVE = ("jupyterlab", "pandas", "matplotlib", "ipywidgets", "nbval")
COLUMNS = ("what", "round", "`lab`", "plain pip", "ratio", "goal")
ROUNDS = 2
GOAL = "at most 1.05"
READY = "The environment is ready."
ADDRESS = "token="
KERNEL = "import ipykernel.kernelapp, ipywidgets, matplotlib.pyplot, pandas"
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", ".state", "my-work", "__pycache__")
# What this Python was told about its own folders would lead both out of theirs.
OURS = ("COURSE_", "JUPYTER", "IPYTHON", "MPLCONFIG", "PIP_CACHE")


@dataclass(frozen=True)
class Start:
    """A first start: seconds to each of its steps, and megabytes that it takes on the disk."""

    installed: float
    opened: float
    kernel: float
    megabytes: float


def measure() -> None:
    """Measure, print, and write .state/bench-install.md."""
    how = f"one after the other, {ROUNDS} rounds, nothing cached"
    write_table("bench-install.md", how, COLUMNS, _rows())


def _rows() -> Iterator[Row]:
    for number in range(1, ROUNDS + 1):
        with tempfile.TemporaryDirectory() as place:
            ours = _first_lab(Path(place, "course"))
            plain = _plain_pip(Path(place, "plain"))
        count = str(number)
        yield _row("installed", count, ours.installed, plain.installed, "s")
        yield _row("JupyterLab is open", count, ours.opened, plain.opened, "s")
        yield _row("first imports of a kernel", count, ours.kernel, plain.kernel, "s")
        yield _row("disk after all that", count, ours.megabytes, plain.megabytes, "MB")


def _row(what: str, count: str, ours: float, plain: float, unit: str) -> Row:
    ratio = f"{ours / plain:.2f}"
    return what, count, f"{ours:.1f} {unit}", f"{plain:.1f} {unit}", ratio, GOAL


def _first_lab(folder: Path) -> Start:
    """`lab` in a fresh copy of the course, until its address is shown."""
    shutil.copytree(ROOT, folder, ignore=LEFT_OUT)
    command = [sys.executable, "-m", "helpers", "lab", "--no-browser"]
    begun = time.perf_counter()
    with _listening(command, folder, _variables(folder)) as lines:
        installed = _seconds_to(READY, lines, begun)
        opened = _seconds_to(ADDRESS, lines, begun)
    kernel = _import(folder / ".venv", folder)
    return Start(installed, opened, kernel, _megabytes(folder / ".venv", folder / ".state"))


def _plain_pip(folder: Path) -> Start:
    """A venv, pip with the five packages, and `jupyter lab`, as JupyterLab's own pages say."""
    folder.mkdir()
    environment = folder / "environment"
    python = _python(environment)
    variables = _variables(folder)
    begun = time.perf_counter()
    for command in ([sys.executable, "-m", "venv", environment], [python, *_pip(FIVE)]):
        subprocess.run(command, env=variables, check=True, capture_output=True)
    installed = time.perf_counter() - begun
    command = [python, "-m", "jupyterlab", "--no-browser", "--allow-root"]
    with _listening(command, folder, variables) as lines:
        opened = _seconds_to(ADDRESS, lines, begun)
    kernel = _import(environment, folder)
    return Start(installed, opened, kernel, _megabytes(environment))


def _pip(packages: Sequence[str]) -> list[str]:
    return ["-m", "pip", "install", *packages]


@contextmanager
def _listening(
    command: Sequence[str | Path], folder: Path, variables: dict[str, str]
) -> Iterator[Iterator[str]]:
    """The lines that a command prints, as it prints them. It ends with the block."""
    log = folder / "said.log"
    with (
        open(log, "w", encoding="utf-8") as output,
        child(command, cwd=folder, env=variables, output=output) as process,
        open(log, encoding="utf-8") as said,
    ):
        yield _lines(said, process)


def _lines(said: Iterator[str], process: subprocess.Popen[bytes]) -> Iterator[str]:
    while process.poll() is None:
        yield from said
        time.sleep(0.05)  # a log has no other way to say that it grew
    yield from said


def _seconds_to(words: str, lines: Iterator[str], begun: float) -> float:
    """Seconds from the beginning to a line with these words. Raises RuntimeError without one."""
    for line in lines:
        if words in line:
            return time.perf_counter() - begun
    raise RuntimeError(f"No line said {words!r}.")


def _import(environment: Path, folder: Path) -> float:
    """Seconds that what a kernel imports takes at the first time."""
    begun = time.perf_counter()
    command = [_python(environment), "-c", KERNEL]
    subprocess.run(command, env=_variables(folder), check=True)
    return time.perf_counter() - begun


def _python(environment: Path) -> Path:
    return environment / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def _variables(folder: Path) -> dict[str, str]:
    """Variables for a start of its own, with pip's cache in a folder that is not there yet."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OURS)}
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "IPYTHONDIR"):
        kept[name] = str(folder / "kept" / name)
    kept["PIP_CACHE_DIR"] = str(folder / "cache")
    return kept


def _megabytes(*folders: Path) -> float:
    """What files take, each counted once."""
    size = 0
    for folder in folders:
        for path in folder.rglob("*"):
            if path.is_file() and not path.is_symlink():
                size += path.stat().st_size
    return size / 1e6
