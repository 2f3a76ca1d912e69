"""The environment: an install that was cut short never counts, and every failure is one line."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from course import ROOT

from helpers.authoring import install
from helpers.authoring.messages import Problem, in_one_line, why_pip_failed
from helpers.authoring.places import INSTRUCTORS, LEARNERS, TESTS, Lock

NOT_FOUND = (
    "ERROR: Could not find a version that satisfies the requirement {name}\n"
    "ERROR: No matching distribution found for {name}"
)
OFFLINE = "WARNING: Retrying after connection broken by 'NewConnectionError': Failed to establish\n"
OS_ERROR = "ERROR: Could not install packages due to an OSError: "
PIP_SAID = {
    "offline": (OFFLINE + NOT_FOUND.format(name="anyio==4.16.0"), "Connect to the internet"),
    "full": (OS_ERROR + "[Errno 28] No space left on device", "disk is full"),
    "gone": (NOT_FOUND.format(name="pandas==99"), "helpers lock"),
    "conflict": ("ERROR: ResolutionImpossible: for help visit the docs", "helpers lock"),
    "denied": (OS_ERROR + "[Errno 13] Permission denied: 'x'", "Close JupyterLab"),
    "unknown": ("something nobody has seen before", "install.log"),
}
SYSTEM = {
    errno.ENOSPC: "disk is full",
    errno.EACCES: "a folder of your own",
    errno.EIO: "somewhere",
}
# Installs a made-up lock with a pip that never ends, and a child of that pip.
ENDLESS = """
import sys
from pathlib import Path
from helpers.authoring import install, places, processes
install.PYTHON = Path(sys.executable)
install.PIP = ["-c", "import subprocess, sys; subprocess.run([sys.executable, '-c', "
               "'print(1, flush=True); import time; time.sleep(600)'])"]
processes.hear_signals()
folder = Path(sys.argv[1])
install.add(places.Lock(folder / "lock.txt", folder / "stamp", "nothing"), processes.os.environ)
"""


@pytest.fixture
def lock(tmp_path: Path) -> Lock:
    """A made-up lock that was not installed."""
    file = tmp_path / "lock.txt"
    file.write_text("# a comment\n-e .\none==1.0\n", encoding="utf-8")
    return Lock(file, tmp_path / "stamp", "nothing")


@pytest.mark.parametrize("case", PIP_SAID)
def test_what_pip_says_becomes_one_line_that_says_what_to_do(case: str) -> None:
    said, wanted = PIP_SAID[case]
    line = why_pip_failed(said)
    assert wanted in line
    assert "\n" not in line


@pytest.mark.parametrize("number", SYSTEM)
def test_an_error_of_the_system_becomes_one_line(number: int) -> None:
    line = in_one_line(OSError(number, os.strerror(number), "somewhere"))
    assert SYSTEM[number] in line
    assert "\n" not in line


def test_without_venv_the_package_to_install_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(Problem, match=r"sudo apt install python3\.\d+-venv"):
        install.make({})


def test_a_disk_without_room_is_told_before_anything_is_made(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(install, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(install.shutil, "disk_usage", lambda path: SimpleNamespace(free=3 * 10**8))
    with pytest.raises(Problem, match=r"0\.3 GB are free"):
        install.make({})
    assert not (tmp_path / ".venv").exists()


def test_an_environment_without_its_stamp_is_not_trusted(
    monkeypatch: pytest.MonkeyPatch, lock: Lock
) -> None:
    monkeypatch.setattr(install, "PYTHON", Path(sys.executable))
    assert not install.is_whole(lock)
    lock.stamp.write_text("another lock", encoding="utf-8")
    assert not install.is_whole(lock)
    lock.stamp.write_text(install.stamp_of(lock), encoding="utf-8")
    assert install.is_whole(lock)


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signal.")
def test_a_stopped_install_ends_pip_and_does_not_count(tmp_path: Path, lock: Lock) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", ENDLESS, str(tmp_path)],
        cwd=ROOT,
        env=os.environ | {"COURSE_STATE": str(tmp_path)},
        stderr=subprocess.DEVNULL,
    )
    log = tmp_path / "install.log"
    install_runs = psutil.Process(process.pid)
    while not (log.exists() and log.read_text(encoding="utf-8")):
        assert process.poll() is None, "The install ended before it was stopped."
    family = install_runs.children(recursive=True)
    assert len(family) == 2, "There should be a pip and its child to stop."
    process.send_signal(signal.SIGTERM)
    process.wait(timeout=20)
    _, alive = psutil.wait_procs(family, timeout=5)
    assert alive == [], f"SIGTERM left {[one.cmdline() for one in alive]}."
    assert not lock.stamp.exists(), "An install that was stopped counts as whole."


def test_an_install_that_was_cut_short_can_be_done_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lock: Lock
) -> None:
    site = tmp_path / ".venv" / install.PACKAGES.replace("*", "3")
    site.mkdir(parents=True)
    (tmp_path / "pip").mkdir()
    for name, value in {
        "VENV": tmp_path / ".venv",
        "STATE": tmp_path,
        "PYTHON": Path(sys.executable),
        "PIP": ["-c", "raise SystemExit(1)"],
    }.items():
        monkeypatch.setattr(install, name, value)
    with pytest.raises(Problem, match=r"install\.log"):
        install.add(lock, dict(os.environ))
    assert not install.is_whole(lock)
    assert (tmp_path / "pip").exists(), "What pip fetched is kept for the second try."
    monkeypatch.setattr(install, "PIP", ["-c", ""])
    install.add(lock, dict(os.environ))
    assert install.is_whole(lock)
    assert not (tmp_path / "pip").exists(), "What pip fetched lies on the disk twice."


def test_each_lock_pins_what_the_one_below_does_not() -> None:
    seen: set[str] = set()
    for lock in (LEARNERS, INSTRUCTORS, TESTS):
        lines = install.pinned(lock)
        for line in lines:
            assert re.match(r"[\w.-]+==[\w.]+( ;|$)", line), f"{lock.file.name}: {line}"
        assert not seen & set(lines), f"{lock.file.name} repeats {seen & set(lines)}."
        seen |= set(lines)
    learners = " ".join(install.pinned(LEARNERS))
    for name in ("ruff", "mypy", "playwright", "hypothesis", "nbgrader", "jupyterhub"):
        assert f"{name}==" not in learners, f"A learner needs no {name}."
