"""`bench`: measure how fast the course is, each number beside its floor in the same run, and write a table.

Floors are real work, not empty programs: for Run All, a kernel that starts and imports the same third-party
packages; for `import helpers`, a bare interpreter; for longer texts, the time for the shorter one times the length.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from helpers.commands.environment import ROOT, STATE, run_inside

INSIDE = "from helpers.commands.bench import measure; measure()"
LOADED = """import json, sys
print("LOADED", json.dumps([name for name, module in sys.modules.items()
                            if "site-packages" in (getattr(module, "__file__", None) or "") and name not in _at_start]))"""
AT_START = "import sys; _at_start = set(sys.modules)"
RESIDENT = ("from pathlib import Path; p = Path('/proc/self/status'); "
            "print('RESIDENT', p.read_text().split('VmRSS:')[1].split()[0] if p.exists() else 0)")
TIMES = 3


def run(_: list[str]) -> int:
    """Returns 0 when everything was measured."""
    return run_inside("-c", INSIDE)


def measure() -> None:
    """Measure, print, and write .state/bench.md."""
    cores, system = os.cpu_count(), platform.platform()
    lines = [f"Measured on {cores} cores, {system}, Python {platform.python_version()}; median of {TIMES} runs.", "",
             "| what | measured | floor | ratio | goal |", "|---|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    for row in (*_notebooks(), _import(), _check(), *_lengths()):
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    (STATE / "bench.md").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _notebooks() -> list[tuple[str, ...]]:
    """Run All of each notebook in a fresh kernel, beside a kernel that imports the same third-party modules and no more."""
    import nbformat
    rows, largest = [], 0
    for path in sorted(ROOT.glob("notebooks/[0-9][0-9]-*.ipynb")):
        sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        _, said = _run_all([AT_START, *sources, LOADED, RESIDENT])
        modules = json.loads(said.split("LOADED ")[1].splitlines()[0])
        largest = max(largest, int(said.split("RESIDENT ")[1].split()[0]))
        imports = ["\n".join(["import importlib", *(f"importlib.import_module({name!r})" for name in modules)])]
        runs = [(_run_all(sources)[0], _run_all(imports)[0]) for _ in range(TIMES)]
        whole, floor = (statistics.median(times) for times in zip(*runs, strict=True))
        rows.append((f"Run All {path.stem[:2]}", f"{whole:.2f} s", f"{floor:.2f} s", f"{whole / floor:.2f}", "at most 1.20"))
    megabytes = largest / 1024
    rows.append(("memory of a kernel after Run All, the largest", f"{megabytes:.0f} MB" if largest else "only on Linux", "", "", "at most 160 MB"))
    return rows


def _run_all(sources: list[str]) -> tuple[float, str]:
    """Seconds from starting a kernel to the end of the last cell, and what was printed.

    All cells are sent at once, as JupyterLab sends them for Run All. Raises RuntimeError when a cell fails.
    """
    from jupyter_client.manager import start_new_kernel
    begun, said = time.perf_counter(), []
    manager, client = start_new_kernel(cwd=str(ROOT / "notebooks"), extra_arguments=["--log-level=ERROR"])
    try:
        last = [client.execute(source) for source in sources][-1]
        while True:
            message = client.get_iopub_msg(timeout=120)
            content = message["content"]
            if message["msg_type"] == "error":
                raise RuntimeError(f"A cell failed: {content['ename']}: {content['evalue']}")
            said.append(content.get("text", ""))
            if message["parent_header"].get("msg_id") == last and content.get("execution_state") == "idle":
                return time.perf_counter() - begun, "".join(said)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _import() -> tuple[str, ...]:
    def start(code: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        return time.perf_counter() - begun
    runs = [(start("import helpers"), start("pass")) for _ in range(15)]
    ours, bare = (statistics.median(times) * 1000 for times in zip(*runs, strict=True))
    return "`import helpers`", f"{ours:.0f} ms", f"{bare:.0f} ms", f"{ours / bare:.2f}", "at most 30 ms more"


def _check() -> tuple[str, ...]:
    from helpers.feedback import all_items, check
    answers = [(name, answer) for name in all_items() for answer in ("a", "about 90", "50,000 to 150,000", "no such thing")]
    seconds = _timed(lambda: [check(name, answer) for name, answer in answers])
    return f"`check()`, the mean of {len(answers)}", f"{1000 * seconds / len(answers):.2f} ms", "", "", "under 5 ms"


def _lengths() -> list[tuple[str, ...]]:
    """Loading an edition and checking a quotation, on texts several times as long as ours."""
    from helpers.edition import Edition
    ours = Edition()
    rows, before = [], None
    for times in (1, 10, 100, 1000):
        with tempfile.TemporaryDirectory() as folder:
            _longer(ours, times, Path(folder))

            def load_and_look(place: str = folder) -> list[str]:
                return list(Edition(place).where("Only good will come from this."))
            seconds = _timed(load_and_look)
        floor = before * 10 if before else None
        ratio = f"{seconds / floor:.2f}" if floor else ""
        rows.append((f"load the edition and check a quotation, text {times} times as long", f"{seconds:.3f} s",
                     f"{floor:.3f} s" if floor else "", ratio, "in step with length: about 1, or less" if floor else ""))
        before = seconds
    return rows


def _longer(edition: object, times: int, folder: Path) -> None:
    """Write an edition whose text is ours, repeated, with segments of its own."""
    (folder / "text.txt").write_text(edition.text * times, encoding="utf-8", newline="")
    rows, size = edition.rows("segments"), len(edition.text)
    with open(folder / "segments.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for k in range(times):
            writer.writerows(row | {"id": f"{row['id'][0]}{k}{row['id'][1:]}", "start": int(row["start"]) + k * size,
                                    "end": int(row["end"]) + k * size} for row in rows)
    package = {"resources": [{"name": "source", "path": "text.txt"}, {"name": "segments", "path": "segments.csv", "format": "csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def _timed(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)
