"""Run All of a notebook in a fresh kernel, beside a kernel that imports the same packages."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import nbformat
from course import LESSONS, ROOT
from jupyter_client.manager import start_new_kernel

from bench.timing import TIMES, Row

AT_START = "import sys; _at_start = set(sys.modules)"
LOADED = """
import json, sys
def _is_third_party(module):
    return "site-packages" in (getattr(module, "__file__", None) or "")
_new = [name for name, module in sys.modules.items()
        if _is_third_party(module) and name not in _at_start]
print("LOADED", json.dumps(_new))"""
RESIDENT = """
from pathlib import Path
_status = Path("/proc/self/status")
_size = _status.read_text().split("VmRSS:")[1].split()[0] if _status.exists() else 0
print("RESIDENT", _size)"""
PATIENCE = 120  # seconds for a message of the kernel


@dataclass
class Run:
    """Seconds from starting a kernel to the end of the last cell, and what was printed."""

    seconds: float
    said: str


def rows_of_notebooks() -> Iterator[Row]:
    """A row for each lesson, and one for the memory of the largest kernel."""
    largest = 0.0
    for path in LESSONS:
        sources = _code(path)
        said = run_all([AT_START, *sources, LOADED, RESIDENT]).said
        kilobytes = int(_printed(said, "RESIDENT"))
        largest = max(largest, kilobytes / 1024)
        modules = json.loads(_printed(said, "LOADED"))
        yield _row_of(path, sources, modules)
    measured = f"{largest:.0f} MB" if largest else "only on Linux"
    yield "memory of a kernel after Run All, the largest", measured, "", "", "at most 160 MB"


def _code(path: Path) -> list[str]:
    notebook = nbformat.read(path, as_version=4)
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def _printed(said: str, word: str) -> str:
    """The rest of the line that begins with a word."""
    return said.split(f"{word} ")[1].splitlines()[0]


def _row_of(path: Path, sources: list[str], modules: list[str]) -> Row:
    imports = ["import importlib"]
    imports += [f"importlib.import_module({name!r})" for name in modules]
    whole, floor, ratios = [], [], []
    for _ in range(TIMES):
        ours = run_all(sources).seconds
        bare = run_all(["\n".join(imports)]).seconds
        whole.append(ours)
        floor.append(bare)
        ratios.append(ours / bare)  # of neighbours: a machine may change its speed in between
    return (
        f"Run All {path.stem[:2]}",
        f"{statistics.median(whole):.2f} s",
        f"{statistics.median(floor):.2f} s",
        f"{statistics.median(ratios):.2f}",
        "at most 1.20",
    )


def run_all(sources: list[str]) -> Run:
    """Run cells in a new kernel: all are sent at once, as JupyterLab sends them for Run All.

    Raises RuntimeError when a cell fails.
    """
    begun = time.perf_counter()
    folder = str(ROOT / "notebooks")
    manager, client = start_new_kernel(cwd=folder, extra_arguments=["--log-level=ERROR"])
    try:
        requests = [client.execute(source) for source in sources]
        said = _listen_until_done(client, requests[-1])
        return Run(time.perf_counter() - begun, said)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _listen_until_done(client: object, last: str) -> str:
    """All that a kernel prints until it is done with the last request."""
    said = []
    while True:
        message = client.get_iopub_msg(timeout=PATIENCE)
        content = message["content"]
        if message["msg_type"] == "error":
            raise RuntimeError(f"A cell failed: {content['ename']}: {content['evalue']}")
        said.append(content.get("text", ""))
        is_last = message["parent_header"].get("msg_id") == last
        if is_last and content.get("execution_state") == "idle":
            return "".join(said)
