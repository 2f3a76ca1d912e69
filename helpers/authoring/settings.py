"""JupyterLab's settings for a learner, and for an instructor; the hub uses them too."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from helpers.authoring.places import EXERCISES, STATE
from helpers.working_copy import write_whole

NEWS = "@jupyterlab/apputils-extension:announcements"
NBGRADER = "@jupyter/nbgrader"
SHORTCUTS = "@jupyterlab/shortcuts-extension:shortcuts"
NOTEBOOKS = "@jupyterlab/notebook-extension:tracker"
STYLE = Path(__file__).with_name("lab.css")
ARROWS = ("ArrowUp", "ArrowDown")
SCHEMA = "share/jupyter/lab/schemas/@jupyterlab/notebook-extension/tracker.json"
COMMAND_MODE = ".jp-mod-commandMode"
CELL = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) .jp-Cell:focus"
# The page, not the list of files.
LAYOUT = {"layout-restorer:data": {"left": {"collapsed": True}, "relativeSizes": [0, 1, 0]}}
WORKSPACE = "default-37a8.jupyterlab-workspace"  # JupyterLab's own name for its first workspace
# Both have a button that would run a notebook.
NOT_FOR_TEACHING = ("assignment-list", "validate-assignment")
MENUS = "@jupyterlab/mainmenu-extension:plugin"
MARKING = {
    "id": "course-marking",
    "label": "Marking",
    "rank": 900,
    "items": [
        {
            "command": "help:open",
            "args": {"url": "/course/texts", "text": "Texts of a Class", "newBrowserTab": True},
        }
    ],
}
GRADING = """\
c = get_config()
c.CourseDirectory.root = {folder!r}
load_subconfig("nbgrader_config.py", path={folder!r})
"""

Shortcut = dict[str, Any]


def settle(python: Path, instructor: bool) -> None:
    """Write the settings for `lab`, or with nbgrader's buttons and its folder for `teach`."""
    config = STATE / "config"
    off = [NBGRADER]
    menus = []
    if instructor:
        off = [f"{NBGRADER}:{part}" for part in NOT_FOR_TEACHING]
        menus = [MARKING]
    lay_settings(config, python, off, menus)
    grading = GRADING.format(folder=str(EXERCISES)) if instructor else ""
    write_whole(config / "nbgrader_config.py", grading)
    _fold_list_of_files()


def lay_settings(
    folder: Path, python: Path, off: list[str], menus: Sequence[Mapping[str, Any]] = ()
) -> None:
    """Write JupyterLab's settings into a folder of configuration.

    No news prompt; no letter that creates, deletes or converts a cell; no arrow key that is taken
    from a focused widget; pages to read shown as pages; long lines wrapped.
    python: that of the environment, beside which JupyterLab's shortcuts are described.
    off: the extensions that are switched off besides. menus: what there is beside JupyterLab's own.
    """
    # Others may have accounts on the same machine: kernels speak to the server alone.
    _write(folder / "jupyter_config.json", {"KernelManager": {"transport_encryption": "auto"}})
    disabled = dict.fromkeys([NEWS, *off], True)
    _write(folder / "labconfig" / "page_config.json", {"disabledExtensions": disabled})
    settings = overrides(python)
    if menus:
        settings[MENUS] = {"menus": list(menus)}
    _write(folder / "labconfig" / "default_setting_overrides.json", settings)
    write_whole(folder / "custom" / "custom.css", STYLE.read_bytes())


def overrides(python: Path) -> dict[str, Any]:
    """What a learner's JupyterLab does otherwise than another; the website's too."""
    return {
        SHORTCUTS: {"shortcuts": _rules(_single_keys(python))},
        NOTEBOOKS: {"codeCellConfig": {"lineNumbers": False, "lineWrap": True}},
        "@jupyterlab/docmanager-extension:plugin": {
            "defaultViewers": {"markdown": "Markdown Preview"}
        },
    }


def _single_keys(python: Path) -> list[Shortcut]:
    """JupyterLab's shortcuts in command mode that typing sets off, or an arrow key in a widget."""
    schema = python.parents[1] / SCHEMA
    if not schema.exists():
        return []
    described = json.loads(schema.read_text(encoding="utf-8"))
    shortcuts = described["jupyter.lab.shortcuts"]
    return [one for one in shortcuts if COMMAND_MODE in one["selector"] and _is_typed(one)]


def _is_typed(shortcut: Shortcut) -> bool:
    """Whether its first key is a letter, a capital or a digit; or an arrow."""
    keys = shortcut["keys"]
    if not keys:
        return False
    key = keys[0].removeprefix("Shift ")
    return len(key) == 1 or keys[0] in ARROWS


def _rules(shortcuts: list[Shortcut]) -> list[Shortcut]:
    """Each shortcut switched off; the arrows on again where a cell itself has the focus."""
    off = [shortcut | {"disabled": True} for shortcut in shortcuts]
    arrows = [shortcut for shortcut in shortcuts if shortcut["keys"][0] in ARROWS]
    on_cells = [shortcut | {"selector": CELL} for shortcut in arrows]
    return off + on_cells


def _fold_list_of_files() -> None:
    """Fold the list of files away at the first start: in a narrow window it would hide the page."""
    workspaces = STATE / "lab-workspaces"
    if not list(workspaces.glob("*")):
        _write(workspaces / WORKSPACE, {"data": LAYOUT, "metadata": {"id": "default"}})


def _write(path: Path, value: object) -> None:
    write_whole(path, json.dumps(value, indent=1))
