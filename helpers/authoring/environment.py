"""The environment: `.venv` with exactly what the locks pin, made once, inside the project folder.

Standard library only: it runs before anything is installed.
"""

from __future__ import annotations

import os
from pathlib import Path

from helpers.authoring.install import add, is_whole, make
from helpers.authoring.messages import Problem
from helpers.authoring.places import LEARNERS, PYTHON, ROOT, STATE, Lock
from helpers.authoring.processes import run_beside

# Each tool's variable, and the folder in STATE that it names.
HOMES = {
    "JUPYTER_CONFIG_DIR": "config",
    "JUPYTER_DATA_DIR": "data",
    "JUPYTER_RUNTIME_DIR": "runtime",
    "JUPYTERLAB_SETTINGS_DIR": "lab-settings",
    "JUPYTERLAB_WORKSPACES_DIR": "lab-workspaces",
    "IPYTHONDIR": "ipython",
    "MPLCONFIGDIR": "matplotlib",
    "PIP_CACHE_DIR": "pip",
    "npm_config_cache": "npm",
    "TMPDIR": "tmp",
    "TEMP": "tmp",
    "TMP": "tmp",
}
# What would lead Python, pip or Jupyter out of the project folder.
UNWANTED = {
    "PYTHONPATH",
    "PYTHONHOME",
    "PYTHONSTARTUP",
    "PYTHONDONTWRITEBYTECODE",
    "JUPYTER_PATH",
    "JUPYTER_CONFIG_PATH",
    "PIP_USER",
    "PIP_TARGET",
    "PIP_PREFIX",
}
# Kernels forgive slips from their start; and IPython would write every cell to a database of its
# own, which nobody reads here.
IPYTHON = """{
 "HistoryManager": {"enabled": false},
 "InteractiveShellApp": {"extensions": ["helpers.cells"]}
}"""


def ready(*extras: Lock) -> Path:
    """The environment's Python, made or mended first when need be. Raises Problem.

    extras: the locks that this command needs beyond the learners'.
    """
    for lock in (LEARNERS, *extras):
        if not lock.file.exists():
            advice = "Get the course again with git, or restore that file."
            raise Problem(f"{lock.file.relative_to(ROOT)} is missing. {advice}")
    if not is_whole(LEARNERS):
        make(variables())
    for lock in extras:
        if not is_whole(lock):
            add(lock, variables())
    return PYTHON


def variables() -> dict[str, str]:
    """The variables for Jupyter and pip: everything they keep stays in the project folder."""
    _make_homes()
    kept = {name: value for name, value in os.environ.items() if name not in UNWANTED}
    for name, folder in HOMES.items():
        kept[name] = str(STATE / folder)
    # nbgrader calls its helpers by name.
    kept["PATH"] = os.pathsep.join([str(PYTHON.parent), os.environ.get("PATH", os.defpath)])
    kept["JUPYTER_PREFER_ENV_PATH"] = "1"
    kept["PYTHONUNBUFFERED"] = "1"
    return kept


def without_notes() -> dict[str, str]:
    """The same, with files of notes and marks that are not there.

    Nobody's words or marks may get into stored outputs or into tests.
    """
    nowhere = STATE / "no-notes"
    kept = variables()
    kept["COURSE_NOTES"] = str(nowhere / "my-notes.json")
    kept["COURSE_GRADEBOOK"] = str(nowhere / "gradebook.db")
    return kept


def run_inside(*words: str, needs: tuple[Lock, ...] = ()) -> int:
    """Run the environment's Python with these words, without a learner's notes.

    It shares our terminal: it may ask questions, and it hears Ctrl+C itself. Returns its exit code.
    """
    command = [str(ready(*needs)), *words]
    return run_beside(command, cwd=ROOT, env=without_notes())


def _make_homes() -> None:
    for folder in set(HOMES.values()):
        (STATE / folder).mkdir(parents=True, exist_ok=True)
    profile = STATE / "ipython" / "profile_default"
    profile.mkdir(exist_ok=True)
    (profile / "ipython_config.json").write_text(IPYTHON, encoding="utf-8")
