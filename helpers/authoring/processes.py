"""Processes that end when the command that started them is told to stop.

Ctrl+C, a closed terminal (SIGHUP) and a polite kill (SIGTERM) all raise KeyboardInterrupt, so that
each `finally` on the way out is run. Windows has the first alone.
"""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import FrameType
from typing import IO

POSIX = os.name == "posix"
PATIENCE = 15  # seconds that a process has to end by itself; JupyterLab ends its kernels meanwhile


class Stop:
    """Whether we were told to stop, by which signal, and whether that has to wait for a moment."""

    held = False
    heard = False
    number = 0


def hear_signals() -> None:
    """From now on, every signal that means stop raises KeyboardInterrupt."""
    signal.signal(signal.SIGINT, _stop)  # also where a shell starts us in the background
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is None:
            continue
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup wants it
            signal.signal(number, _stop)


def _stop(number: int, frame: FrameType | None) -> None:
    Stop.number = number
    if not Stop.held:
        raise KeyboardInterrupt
    Stop.heard = True


@contextmanager
def _no_stop_meanwhile() -> Iterator[None]:
    """Let a signal wait: between a process's birth and our knowing it, nobody could end it."""
    Stop.held = True
    try:
        yield
    finally:
        Stop.held = False
    if Stop.heard:
        Stop.heard = False
        raise KeyboardInterrupt


@contextmanager
def child(
    command: Sequence[str | Path],
    *,
    cwd: Path,
    env: dict[str, str],
    output: IO[str] | None = None,
) -> Iterator[subprocess.Popen[bytes]]:
    """A process that ends when this block does, however the block is left.

    It is in a group of its own, so that Ctrl+C reaches it once, through us; the rest of the group
    ends with it (a browser that it opens is in no group of ours). It reads nothing.
    output: a file for all that it prints; None shows it.
    """
    errors = None if output is None else subprocess.STDOUT
    process = None
    try:
        with _no_stop_meanwhile():
            process = subprocess.Popen(
                command,
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                process_group=0 if POSIX else None,
            )
        yield process
    finally:
        if process is not None:
            end(process)
            _end_group(process.pid)


def run_beside(command: Sequence[str | Path], *, cwd: Path, env: dict[str, str]) -> int:
    """Run a command that shares our terminal: it may ask questions, and it hears Ctrl+C itself.

    Returns its exit code.
    """
    with subprocess.Popen(command, cwd=cwd, env=env) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            end(process, asked=Stop.number == signal.SIGINT)
            raise


def end(process: subprocess.Popen[bytes], asked: bool = False) -> None:
    """End a process: it is asked first, and made to when it takes too long or we are told twice.

    asked: it has heard the signal that we heard.
    """
    if process.poll() is not None:
        return
    with suppress(subprocess.TimeoutExpired, KeyboardInterrupt):
        if POSIX and not asked:  # on Windows it has heard Ctrl+C, and asking would mean killing
            process.terminate()
        process.wait(PATIENCE)
    process.kill()
    process.wait()


def _end_group(leader: int) -> None:
    """End what is left of a group after its leader. Windows has no groups."""
    if POSIX:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(leader, signal.SIGKILL)
