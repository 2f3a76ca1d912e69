"""`lab`: open the course in JupyterLab, in the learner's own working copy."""

from __future__ import annotations

import argparse
import os
import socket
import sys
from collections.abc import Sequence
from pathlib import Path

from helpers.authoring.environment import ready, variables
from helpers.authoring.lay import lay
from helpers.authoring.messages import Problem
from helpers.authoring.places import ROOT
from helpers.authoring.processes import child
from helpers.authoring.settings import settle
from helpers.working_copy import NOTES

FIRST = "notebooks/00-start-here.ipynb"
PORTS = range(8888, 8988)
CONNECTION = "helpers.authoring.connection.PromptConnection"


def run(arguments: list[str]) -> str | None:
    """Lay the working copy and open it. Returns None when all went well, else one line."""
    options = options_of("lab", arguments)
    python = ready()
    copy = NOTES.parent
    for line in lay(ROOT, copy):
        print(line)
    return open_lab(python, copy, options)


def options_of(command: str, arguments: list[str]) -> argparse.Namespace:
    """--port N and --no-browser; everything else is refused in one line."""
    parser = argparse.ArgumentParser(prog=f"python3 -m helpers {command}")
    parser.add_argument("--port", type=int, help="use this port and no other")
    parser.add_argument(
        "--no-browser", action="store_true", help="print the address and leave the browser alone"
    )
    return parser.parse_args(arguments)


def open_lab(
    python: Path,
    folder: Path,
    options: argparse.Namespace,
    instructor: bool = False,
    more: Sequence[str] = (),
) -> str | None:
    """Run JupyterLab on the first notebook until it is stopped.

    Nothing is kept or asked for outside the project folder. more: what else JupyterLab is told.
    Returns None when all went well, else one line.
    """
    port = free_port(options.port)
    settle(python, instructor)
    command = [*lab_command(python, folder, port), *more]
    if options.no_browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        command.append("--allow-root")
    print(f"Opening {FIRST}. To stop: save your notebooks,", end=" ")
    print("come back to this window and press Ctrl+C.", flush=True)
    with child(command, cwd=folder, env=variables()) as server:
        code = server.wait()
    if code > 0:
        return f"JupyterLab stopped with exit code {code}; the lines above say why."
    return None


def free_port(wanted: int | None) -> int:
    """The wanted port, or the first free one of PORTS. Raises Problem when there is none."""
    candidates = PORTS if wanted is None else [wanted]
    for port in candidates:
        if _is_free(port):
            return port
    if wanted is not None:
        advice = "Leave out --port, and a free one is found."
        raise Problem(f"Port {wanted} is taken or not allowed. {advice}")
    raise Problem(
        f"All ports from {PORTS[0]} to {PORTS[-1]} are taken. "
        "Close other Jupyter windows and run the command again."
    )


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            return False
        return True


def lab_command(python: Path, folder: Path, port: int) -> list[str]:
    """The command that serves a folder in JupyterLab, with what `settle` has settled."""
    return [
        str(python),
        "-m",
        "jupyterlab",
        f"--ServerApp.root_dir={folder}",
        f"--LabApp.default_url=/lab/tree/{FIRST}",
        f"--ServerApp.port={port}",
        "--ServerApp.port_retries=0",
        "--LabApp.extension_manager=readonly",
        "--LabApp.custom_css=True",
        # What JupyterLab does at each step would bury the lines that a learner needs.
        "--Application.log_level=WARN",
        f"--ServerApp.kernel_websocket_connection_class={CONNECTION}",
    ]
