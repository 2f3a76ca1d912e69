"""How the benchmarks take times and write their tables."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from helpers.authoring.places import STATE

Row = tuple[str, ...]
TIMES = 7


def timed(work: Callable[[], object], times: int = TIMES) -> float:
    """The median of the seconds that some work takes."""
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return statistics.median(taken)


def seconds(words: Sequence[str], folder: Path) -> float:
    """Seconds that this Python takes with these words, from start to end. Raises when it fails."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def yardstick() -> float:
    """Seconds for a list of 10 million in a loop: how fast the machine is at this hour.

    Machines that are shared are faster on some days than on others; times of two days are
    compared in yardsticks.
    """
    return timed(lambda: [None for _ in range(10_000_000)])


def write_table(name: str, how: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a table row by row as it is measured, and write it into .state.

    how: in what way the numbers were got, for the line above the table.
    """
    machine = f"{os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}"
    lines = [f"Measured on {machine}; {how}.", "", _row(columns), f"|{'---|' * len(columns)}"]
    print("\n".join(lines), flush=True)
    for row in rows:
        line = _row(row)
        lines.append(line)
        print(line, flush=True)
    (STATE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
