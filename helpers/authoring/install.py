"""Making `.venv` and installing a lock into it. An install counts when its stamp is written, last.

A lock names every package with its version, so pip finds nothing out: it fetches and unpacks.
Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from helpers.authoring.messages import Problem, progress, why_pip_failed
from helpers.authoring.places import LEARNERS, PYTHON, ROOT, STATE, VENV, Lock
from helpers.authoring.processes import child

NEEDED = 900_000_000  # bytes: the environment, and what pip downloads for it
PACKAGES = "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
PIP = (
    "-m pip install --no-input --disable-pip-version-check --no-warn-script-location "
    "--retries 2 --progress-bar off --no-deps --no-compile -r"
).split()
# What the first start imports. It is compiled now, side by side; the rest at its first import.
FIRST_IMPORTS = (
    "import jupyterlab.labapp, jupyter_lsp, jupyter_server_terminals, notebook_shim",
    "import ipykernel.kernelapp, ipywidgets, matplotlib.pyplot, pandas",
)


def is_whole(lock: Lock) -> bool:
    """Whether all of a lock was installed, as it is now and where the course lies now."""
    if not (PYTHON.exists() and lock.stamp.exists()):
        return False
    return lock.stamp.read_text(encoding="utf-8") == stamp_of(lock)


def stamp_of(lock: Lock) -> str:
    """What a stamp says: the lock, and the folder, since no environment survives a move."""
    content = lock.file.read_bytes()
    return f"{hashlib.sha256(content).hexdigest()} {ROOT}"


def make(variables: dict[str, str]) -> None:
    """Make the environment anew, with what a learner needs. Raises Problem."""
    _check_python()
    _check_disk()
    version = _version()
    print(f"Making the environment .venv with Python {version}.", end=" ")
    print("This happens once and takes a few minutes.", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    _make_venv(variables)
    _install(LEARNERS, variables)
    _compile(variables)
    _finish(LEARNERS)
    print("The environment is ready.", flush=True)


def add(lock: Lock, variables: dict[str, str]) -> None:
    """Install a lock into the environment that is there. Raises Problem."""
    print(f"Adding {lock.holds} to .venv. This happens once and takes a minute.", flush=True)
    _install(lock, variables)
    _finish(lock)


def pinned(lock: Lock) -> list[str]:
    """The lines of a lock that name a package: not the course itself, nor the lock below it."""
    lines = lock.file.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if re.match(r"\w", line)]


def _check_python() -> None:
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Problem(
            "This is the Python inside .venv, which must be made anew. "
            "Run `deactivate`, then the command again."
        )
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise Problem(
            "This Python has no venv module. "
            f"On Debian or Ubuntu: sudo apt install python{_version()}-venv. "
            "Elsewhere: install Python from python.org. Then run the command again."
        )


def _check_disk() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < NEEDED:
        raise Problem(
            f"The disk is almost full: {free / 1e9:.1f} GB are free and {NEEDED / 1e9:.1f} GB "
            "are needed. Free some space and run the command again."
        )


def _version() -> str:
    return f"{sys.version_info[0]}.{sys.version_info[1]}"


def _make_venv(variables: dict[str, str]) -> None:
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    log = STATE / "install.log"
    with (
        open(log, "w", encoding="utf-8") as output,
        child(command, cwd=ROOT, env=variables, output=output) as process,
    ):
        code = process.wait()
    if code:
        said = log.read_text(encoding="utf-8", errors="replace").strip()
        last = said.splitlines()[-1] if said else "no reason given."
        raise Problem(f"The environment could not be made: {last}")


def _install(lock: Lock, variables: dict[str, str]) -> None:
    """Let pip install a lock. Its whole output stays in .state/install.log."""
    packages = pinned(lock)
    listed = STATE / "install.txt"
    listed.write_text("\n".join(packages), encoding="utf-8")
    log = STATE / "install.log"
    command = [str(PYTHON), *PIP, str(listed)]
    with (
        open(log, "w", encoding="utf-8") as output,
        child(command, cwd=ROOT, env=variables, output=output) as pip,
    ):
        _show_progress(pip, log, len(packages))
    if pip.returncode:
        raise Problem(why_pip_failed(log.read_text(encoding="utf-8", errors="replace")))


def _show_progress(pip: subprocess.Popen[bytes], log: Path, wanted: int) -> None:
    """Say how far pip is, until it ends."""
    before = _count_installed()
    shown = ""
    while pip.poll() is None:
        try:
            pip.wait(timeout=1)
        except subprocess.TimeoutExpired:
            said = log.read_text(encoding="utf-8", errors="replace")
            found = len(re.findall(r"^(?:Collecting|Processing) ", said, re.M))
            installed = _count_installed() - before
            line = f"  {found} of about {wanted} packages found, {installed} installed"
            shown = progress(line, shown)
    print(flush=True)


def _count_installed() -> int:
    return len(list(VENV.glob(f"{PACKAGES}/*.dist-info")))


def _compile(variables: dict[str, str]) -> None:
    """Import what the first start imports, so that it finds it compiled."""
    with ExitStack() as running, open(os.devnull, "w", encoding="utf-8") as nowhere:
        processes = []
        for words in FIRST_IMPORTS:
            command = [str(PYTHON), "-c", words]
            importing = child(command, cwd=ROOT, env=variables, output=nowhere)
            processes.append(running.enter_context(importing))
        for process in processes:
            process.wait()


def _finish(lock: Lock) -> None:
    """Make `helpers` importable, drop what pip kept for a second try, and write the stamp."""
    site = next(VENV.glob(PACKAGES))
    # From there, since a path with letters beyond ASCII would not be read alike by every Python.
    (site / "course.pth").write_text(os.path.relpath(ROOT, site) + "\n", encoding="ascii")
    shutil.rmtree(STATE / "pip", ignore_errors=True)
    lock.stamp.write_text(stamp_of(lock), encoding="utf-8")
