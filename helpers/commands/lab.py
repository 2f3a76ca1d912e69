"""`lab`: open the course in JupyterLab, in the learner's own working copy.

The working copy `my-work/` mirrors the course's folders, so that links between notebooks work in both.
It is made at the first start. Later starts add what is new, bring files up to date that the learner
never touched, and leave every changed file alone.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import socket
import subprocess
import sys
from pathlib import Path

from helpers.commands.environment import ROOT, STATE, Problem, ready, variables

WORK = ROOT / "my-work"
LAID = ".laid.json"  # in the working copy: how each file was when it was laid there
FIRST = "notebooks/00-start-here.ipynb"
PORTS = range(8888, 8988)
LAYOUT = {"layout-restorer:data": {"left": {"collapsed": True}, "relativeSizes": [0, 1, 0]}}  # the page, not the list of files
NEWS, NBGRADER = ["@jupyterlab/apputils-extension:announcements"], ["@jupyter/nbgrader"]
GRADING = """c = get_config()
c.CourseDirectory.root = {folder!r}
load_subconfig("nbgrader_config.py", path={folder!r})
"""
CELL = ".jp-Notebook.jp-mod-commandMode:not(.jp-mod-readWrite) .jp-Cell:focus"


def run(arguments: list[str]) -> str | None:
    """Lay the working copy and open it. Returns None when all went well, else one line."""
    python, options = ready(), options_of(arguments)
    for line in lay(ROOT, WORK):
        print(line)
    return open_lab(python, WORK, FIRST, options)


def options_of(arguments: list[str]) -> argparse.Namespace:
    """--port N and --no-browser; everything else is refused in one line."""
    parser = argparse.ArgumentParser(prog="python3 -m helpers lab")
    parser.add_argument("--port", type=int, help="use this port and no other")
    parser.add_argument("--no-browser", action="store_true", help="print the address and leave the browser alone")
    return parser.parse_args(arguments)


def course_files(root: Path) -> list[str]:
    """What a learner gets, as paths from the course's folder: the notebooks and the released exercises."""
    files = [*root.glob("notebooks/*"), *root.glob("exercises/release/*/*")]
    return sorted(f.relative_to(root).as_posix() for f in files if f.is_file() and not f.name.startswith("."))


def lay(root: Path, work: Path) -> list[str]:
    """Bring the working copy up to date without touching a learner's work. Returns what to tell them.

    Raises Problem when `work` is there and is no folder.
    """
    if work.exists() and not work.is_dir():
        raise Problem(f"{work.name} is a file, and your working copy needs that name. Rename it and run the command again.")
    new, renewed, kept = [], [], []
    laid = _laid(work)
    for name in course_files(root):
        content, theirs = (root / name).read_bytes(), work / name
        ours, mine = _digest(content), _digest(theirs.read_bytes()) if theirs.exists() else None
        untouched = mine in (None, ours, laid.get(name))
        if not untouched:
            if laid.get(name) != ours:
                kept.append(name)
            continue
        if mine != ours:
            (new if mine is None else renewed).append(name)
            _replace(theirs, content)
        laid[name] = ours
    _replace(work / LAID, json.dumps(laid, indent=1, sort_keys=True).encode())
    lines = []
    if new:
        lines.append(f"Your working copy is {work.name}/, with {len(new)} new files. Nothing that you change in it is ever overwritten.")
    if renewed:
        lines.append(f"Brought up to date, since you had not changed them: {', '.join(renewed)}.")
    return lines + [f"The course has a newer {name}. You have changed yours, so it stays. "
                    f"To get the new one, rename yours and start again." for name in kept]


def open_lab(python: Path, folder: Path, notebook: str, options: argparse.Namespace, instructor: bool = False) -> str | None:
    """Start JupyterLab on a notebook, with nothing kept or asked for outside the project folder."""
    port = _port(options.port)
    environment = variables()
    _settle(python, instructor)
    command = [str(python), "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", f"--LabApp.default_url=/lab/tree/{notebook}",
               f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--LabApp.extension_manager=readonly",
               "--Application.log_level=WARN",  # what JupyterLab does at each step would bury the lines that a learner needs
               "--ServerApp.kernel_websocket_connection_class=helpers.commands.server.PromptConnection"]
    command += ["--no-browser"] * options.no_browser
    command += ["--allow-root"] * (hasattr(os, "geteuid") and os.geteuid() == 0)
    print(f"Opening {notebook}. To stop: save your notebooks, come back to this window and press Ctrl+C.", flush=True)
    code = subprocess.run(command, cwd=folder, env=environment).returncode
    return f"JupyterLab stopped with exit code {code}; the lines above say why." if code > 0 else None


def _laid(work: Path) -> dict[str, str]:
    """How the files were when they were laid; unreadable means nothing is known, so every file counts as changed."""
    try:
        laid = json.loads((work / LAID).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return laid if isinstance(laid, dict) else {}


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)


def _port(wanted: int | None) -> int:
    for port in [wanted] if wanted is not None else PORTS:
        with socket.socket() as probe:
            if sys.platform != "win32":
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except (OSError, OverflowError):
                continue
    if wanted is not None:
        raise Problem(f"Port {wanted} is taken or not allowed. Leave out --port, and a free one is found.")
    raise Problem(f"All ports from {PORTS[0]} to {PORTS[-1]} are taken. Close other Jupyter windows and run the command again.")


def lay_settings(folder: Path, python: Path, off: list[str]) -> None:
    """JupyterLab's settings in a folder of configuration: no news prompt, no single-key shortcut that fires on a focused widget,
    pages to read shown as pages, kernels that speak to the server alone, since others may have accounts on the same machine.
    off: the extensions that are switched off besides.
    """
    _replace(folder / "jupyter_config.json", json.dumps({"KernelManager": {"transport_encryption": "auto"}}).encode())
    _replace(folder / "labconfig" / "page_config.json", json.dumps({"disabledExtensions": dict.fromkeys([*NEWS, *off], True)}).encode())
    schema = python.parents[1] / "share/jupyter/lab/schemas/@jupyterlab/notebook-extension/tracker.json"
    keys = json.loads(schema.read_text(encoding="utf-8"))["jupyter.lab.shortcuts"] if schema.exists() else []
    hit = [k for k in keys if ".jp-mod-commandMode" in k["selector"] and k["selector"].endswith(":focus")
           and k["keys"] and (k["keys"][0] in ("ArrowUp", "ArrowDown") or len(k["keys"][0]) == 1)]
    rules = [dict(k, disabled=True) for k in hit] + [dict(k, selector=CELL) for k in hit]
    _replace(folder / "labconfig" / "default_setting_overrides.json", json.dumps({
        "@jupyterlab/shortcuts-extension:shortcuts": {"shortcuts": rules},
        "@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": "Markdown Preview"}},  # pages, not their source
    }, indent=1).encode())


def _settle(python: Path, instructor: bool) -> None:
    """Settings for a learner, or for an instructor with nbgrader's buttons and its folder; at the first start the list of files
    is folded away: in a narrow or enlarged window it would cover the page.
    """
    lay_settings(STATE / "config", python, [] if instructor else NBGRADER)
    _replace(STATE / "config" / "nbgrader_config.py", GRADING.format(folder=str(ROOT / "exercises")).encode() if instructor else b"")
    if not list((STATE / "lab-workspaces").glob("*")):
        _replace(STATE / "lab-workspaces" / "default-37a8.jupyterlab-workspace",  # JupyterLab's own name for its first workspace
                 json.dumps({"data": LAYOUT, "metadata": {"id": "default"}}).encode())
