"""The environment: `.venv` with exactly what requirements.txt locks, made once, inside the project folder.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import errno
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from helpers.edition import shorten

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
STATE = ROOT / ".state"
LOCK = ROOT / "requirements.txt"
LOCK_FOR_INSTRUCTORS = ROOT / "exercises" / "requirements-instructors.txt"
STAMPS = {LOCK: VENV / "installed-from",  # written last, so that an install that was interrupted is never taken for whole
          LOCK_FOR_INSTRUCTORS: VENV / "installed-for-instructors-from"}
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
NEEDED = 1_200_000_000  # bytes: the environment and pip's own copies while it installs

NO_HISTORY = '{"HistoryManager": {"enabled": false}}'  # IPython would write every cell to a database of its own; nobody reads it here

WHY_PIP_FAILED = (  # what pip prints, and what to tell the reader; the first that fits
    (r"No space left on device|Errno 28|not enough space", "The disk is full. Free about 1.2 GB and run the command again."),
    (r"NewConnectionError|NameResolution|Temporary failure|getaddrinfo|timed? ?out|Connection (refused|reset|aborted)|"
     r"ConnectionError|Network is unreachable|ProxyError",
     "The packages could not be fetched: there is no connection to the package index. "
     "Connect to the internet and run the command again; afterwards the course works offline."),
    (r"ResolutionImpossible|conflicting dependencies|No matching distribution|Could not find a version|requires a different Python",
     "The lock does not fit this computer: {line} Renew it with `python3 -m helpers lock`, or tell the course's authors."),
    (r"Permission denied|Errno 13", "A file in .venv cannot be written. Close JupyterLab if it is running, then run the command again."),
)


class Problem(Exception):
    """Something a person can mend; the message is the one line that they read."""


def in_one_line(error: OSError) -> str:
    """What an error of the operating system means for the person who reads it."""
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", None)):
        return "The disk is full. Free some space and run the command again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{error.filename or 'A file'} cannot be written. Put the course into a folder of your own and run the command again."
    return f"{error.filename or 'The operating system'}: {error.strerror or error}."


def ready(instructor: bool = False) -> Path:
    """The environment's Python, made or mended first when need be; for an instructor with nbgrader and JupyterHub. Raises Problem."""
    for lock in (LOCK, LOCK_FOR_INSTRUCTORS)[:1 + instructor]:
        if not lock.exists():
            raise Problem(f"{lock.name} is missing. Get the course again with git, or restore that file.")
    if not _fresh(LOCK):
        _make()
    if instructor and not _fresh(LOCK_FOR_INSTRUCTORS):
        print("Adding what instructors need to .venv. This happens once and takes a minute.", flush=True)
        _install(LOCK_FOR_INSTRUCTORS)
    return PYTHON


def variables() -> dict[str, str]:
    """The variables of the environment for Jupyter and pip: everything they keep stays in the project folder."""
    homes = {"JUPYTER_CONFIG_DIR": "config", "JUPYTER_DATA_DIR": "data", "JUPYTER_RUNTIME_DIR": "runtime",
             "JUPYTERLAB_SETTINGS_DIR": "lab-settings", "JUPYTERLAB_WORKSPACES_DIR": "lab-workspaces",
             "IPYTHONDIR": "ipython", "MPLCONFIGDIR": "matplotlib", "PIP_CACHE_DIR": "pip", "npm_config_cache": "npm",
             "TMPDIR": "tmp", "TEMP": "tmp", "TMP": "tmp"}
    for folder in set(homes.values()):
        (STATE / folder).mkdir(parents=True, exist_ok=True)
    profile = STATE / "ipython" / "profile_default"
    profile.mkdir(exist_ok=True)
    (profile / "ipython_config.json").write_text(NO_HISTORY, encoding="utf-8")
    bad = {"PYTHONPATH", "PYTHONHOME", "PYTHONSTARTUP", "PYTHONDONTWRITEBYTECODE", "JUPYTER_PATH", "JUPYTER_CONFIG_PATH",
           "PIP_USER", "PIP_TARGET", "PIP_PREFIX"}
    kept = {name: value for name, value in os.environ.items() if name not in bad}
    path = os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", os.defpath)])  # nbgrader calls its helpers by name
    return kept | {name: str(STATE / folder) for name, folder in homes.items()} | {
        "PATH": path, "JUPYTER_PREFER_ENV_PATH": "1", "PYTHONUNBUFFERED": "1"}


def without_notes() -> dict[str, str]:
    """The same, with files of notes and marks that are not there: nobody's words or marks may get into stored outputs or into tests."""
    nowhere = STATE / "no-notes"
    return variables() | {"COURSE_NOTES": str(nowhere / "my-notes.json"), "COURSE_GRADEBOOK": str(nowhere / "gradebook.db")}


def run_inside(*words: str, instructor: bool = False) -> int:
    """Run the environment's Python with these words, without a learner's notes. Returns its exit code."""
    return subprocess.run([str(ready(instructor)), *words], cwd=ROOT, env=without_notes()).returncode


def _wanted(lock: Path) -> str:
    return f"{hashlib.sha256(lock.read_bytes()).hexdigest()} {ROOT}"  # an environment does not survive a move


def _fresh(lock: Path) -> bool:
    return PYTHON.exists() and STAMPS[lock].exists() and STAMPS[lock].read_text(encoding="utf-8") == _wanted(lock)


def _make() -> None:
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise Problem("This is the Python inside .venv, which must be made anew. Run `deactivate`, then the command again.")
    version = f"{sys.version_info[0]}.{sys.version_info[1]}"
    if not all(importlib.util.find_spec(module) for module in ("venv", "ensurepip")):
        raise Problem(f"This Python has no venv module. On Debian or Ubuntu: sudo apt install python{version}-venv. "
                      "Elsewhere: install Python from python.org. Then run the command again.")
    if shutil.disk_usage(ROOT).free < NEEDED:
        raise Problem(f"The disk is almost full: {shutil.disk_usage(ROOT).free / 1e9:.1f} GB are free and "
                      f"{NEEDED / 1e9:.1f} GB are needed. Free some space and run the command again.")
    print(f"Making the environment .venv with Python {version}. This happens once and takes a few minutes.", flush=True)
    shutil.rmtree(VENV, ignore_errors=True)
    made = subprocess.run([sys.executable, "-m", "venv", "--clear", str(VENV)], env=variables(), capture_output=True, text=True)
    if made.returncode:
        lines = (made.stderr or made.stdout).strip().splitlines() or ["no reason given."]
        raise Problem(f"The environment could not be made: {lines[-1]}")
    _install(LOCK)
    print("The environment is ready.", flush=True)


def _install(lock: Path) -> None:
    """pip install a lock, with progress. Its whole output stays in .state/install.log."""
    wanted = sum(1 for line in lock.read_text(encoding="utf-8").splitlines() if re.match(r"\w", line))
    log, packages = STATE / "install.log", "Lib/site-packages" if os.name == "nt" else "lib/python*/site-packages"
    command = [str(PYTHON), "-m", "pip", "install", "--no-input", "--disable-pip-version-check", "--retries", "2",
               "--no-warn-script-location", "--progress-bar", "off", "-r", str(lock)]
    with open(log, "w", encoding="utf-8") as output:
        pip = subprocess.Popen(command, cwd=ROOT, env=variables(), stdout=output, stderr=subprocess.STDOUT)
        shown = ""
        try:
            while pip.poll() is None:
                try:
                    pip.wait(timeout=1)
                except subprocess.TimeoutExpired:
                    text = log.read_text(encoding="utf-8", errors="replace")
                    found, installed = text.count("\nCollecting "), len(list(VENV.glob(f"{packages}/*.dist-info")))
                    shown = progress(f"  {found} of about {wanted} packages found, {installed} installed", shown)
        finally:
            pip.kill()
    print(flush=True)
    if pip.returncode:
        raise Problem(why_pip_failed(log.read_text(encoding="utf-8", errors="replace")))
    STAMPS[lock].write_text(_wanted(lock), encoding="utf-8")


def why_pip_failed(said: str) -> str:
    """From all that pip printed, the one line that a person needs."""
    errors = [line.removeprefix("ERROR:").strip() for line in said.splitlines() if line.startswith("ERROR:")]
    errors = errors or ["no reason given."]
    fitting = [message for pattern, message in WHY_PIP_FAILED if re.search(pattern, said, re.I)]
    message = [*fitting, "pip could not install the packages: {line}"][0].format(line=shorten(errors[-1], 200))
    return f"{message} All that pip said stands in .state/install.log."


def progress(line: str, shown: str) -> str:
    """Print a line of progress when it is new: over the last one on a terminal, below it in a log."""
    if line != shown:
        print(f"\r{line}" if sys.stdout.isatty() else line, end="" if sys.stdout.isatty() else "\n", flush=True)
    return line
