"""Runs a notebook apart from everything else: no network, no files but the system's to read, bounded in time and size.

On Linux bubblewrap does it. Elsewhere, and where it does not work, a notebook runs in a process of its own with limits
only, which is no protection against malice: `apart` says so, and the command asks before it goes on.
"""

from __future__ import annotations

import compileall
import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import NamedTuple

from helpers.grading.submissions import printable

ROOT = Path(__file__).resolve().parents[2]
MOST_SAID = 2_000_000  # bytes that a runner may answer
SPACE = 64 * 2**20  # bytes that a notebook may write
FIRST_USER = 61_000  # a range of users that nobody has
SYSTEM = ("/usr", "/bin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/fonts")


class Ended(NamedTuple):
    """How a run ended. answers: by question, or None when it did not get that far; problem: one line, or ""."""

    answers: dict[str, object] | None
    problem: str


class Sandbox:
    """A place to run notebooks in, one after the other or several at once. Use it in a `with`."""

    def __init__(self, seconds: int = 30) -> None:
        self.seconds = seconds
        self.running: dict[subprocess.Popen, int | None] = {}  # each with the first process inside, where there is an inside
        self.folder = Path(tempfile.mkdtemp(prefix="grading-"))
        try:
            self._furnish()
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def _furnish(self) -> None:
        """Lay the room in which notebooks run, and try whether bubblewrap works."""
        self.room = self.folder / "room"
        for name in ("helpers", "seeds"):  # and no exercises: keys are not there to be read
            shutil.copytree(ROOT / name, self.room / name, ignore=shutil.ignore_patterns("__pycache__", "commands"))
        compileall.compile_dir(self.room, quiet=2)  # once, and not in every process
        for path in (self.folder, *self.room.rglob("*")):
            path.chmod(0o755 if path.is_dir() else 0o644)
        self.bubblewrap = shutil.which("bwrap") if sys.platform == "linux" else None
        self.apart, self.problem = bool(self.bubblewrap), ""
        if not self.bubblewrap:
            self.problem = "bubblewrap is not installed (on Debian or Ubuntu: sudo apt install bubblewrap)." if sys.platform == "linux" else \
                "this system has none. A Linux computer with bubblewrap has."
        elif self.run([], {}, 0).answers is None:
            self.apart, self.problem = False, "bubblewrap is installed, but this system blocks it. Ask whoever runs this computer."

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def stop(self) -> None:
        """End whatever is running."""
        for runner, inside in list(self.running.items()):
            _kill(runner, inside)

    def run(self, cells: list[tuple[int, str]], variables: dict[str, str], place: int) -> Ended:
        """Run cells and say what each variable holds at the end.

        cells: (number, source). variables: by question. place: of the worker, so that two at once are two users.
        """
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        user = None if not self.apart else FIRST_USER + place if root else 0
        with tempfile.TemporaryFile(dir=self.folder) as job, tempfile.TemporaryDirectory(dir=self.folder) as desk:
            job.write(json.dumps({"cells": cells, "variables": variables, "seconds": self.seconds, "user": user}).encode())
            job.seek(0)
            told, tells = os.pipe()
            command = self._apart(root, tells) if self.apart else [sys.executable, "-I", str(self.room / "helpers/grading/runner.py")]
            runner = subprocess.Popen(command, stdin=job, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, cwd=desk, start_new_session=True,
                                      env=_variables(desk), **({"pass_fds": [tells]} if self.apart else {}))
            os.close(tells)
            self.running[runner] = _first_inside(told)
            said = self._listen(runner)
            self.running.pop(runner, None)
        return _ended(said, self.seconds, [number for number, _ in cells])

    def _listen(self, runner: subprocess.Popen) -> bytes:
        """What the runner says until it ends, says too much or takes too long; then nothing of it is left running."""
        said, until = bytearray(), time.monotonic() + self.seconds

        def read() -> None:
            while len(said) <= MOST_SAID and (part := os.read(runner.stdout.fileno(), 65536)):
                said.extend(part)
        reader = threading.Thread(target=read, daemon=True)
        reader.start()
        reader.join(until - time.monotonic())
        _kill(runner, self.running.get(runner))
        runner.wait()
        reader.join(1)
        if not reader.is_alive():
            runner.stdout.close()
        return bytes(said)

    def _apart(self, root: bool, tells: int) -> list[str]:
        command = [self.bubblewrap, "--info-fd", str(tells), "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts",
                   "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--cap-drop", "ALL"]
        command += ["--cap-add", "CAP_SETUID", "--cap-add", "CAP_SETGID"] if root else ["--unshare-user"]
        command += ["--perms", "1777", "--size", str(SPACE), "--tmpfs", "/tmp"]  # first of all: the course itself may lie below it
        for path in SYSTEM:
            command += ["--symlink", os.readlink(path), path] if os.path.islink(path) else ["--ro-bind-try", path, path]
        for path in dict.fromkeys((sys.base_prefix, sys.prefix)):
            for parent in reversed(Path(path).parents[:-1]):  # bubblewrap would make them for root alone
                command += ["--perms", "0755", "--dir", str(parent)]
            command += ["--ro-bind", path, path]
        command += ["--ro-bind", str(self.room), "/room", "--proc", "/proc", "--dev", "/dev", "--remount-ro", "/dev",
                    "--chdir", "/tmp", "--remount-ro", "/", "--clearenv"]
        for name, value in _variables("/tmp").items():
            command += ["--setenv", name, value]
        return [*command, sys.executable, "-I", "/room/helpers/grading/runner.py"]


def _first_inside(told: int) -> int | None:
    """The first process in the sandbox, as bubblewrap tells it; None where it tells nothing."""
    said = b""
    while b"}" not in said and (part := os.read(told, 4096)):
        said += part
    os.close(told)
    return json.loads(said or b"{}").get("child-pid")


def _kill(runner: subprocess.Popen, inside: int | None) -> None:
    """End a run. The first process inside takes all others inside with it, whatever they did to outlive their parents."""
    if inside:
        with contextlib.suppress(ProcessLookupError):
            os.kill(inside, signal.SIGKILL)
    with contextlib.suppress(ProcessLookupError):
        os.killpg(runner.pid, signal.SIGKILL) if hasattr(os, "killpg") else runner.kill()


def _variables(home: str) -> dict[str, str]:
    """The only variables that a notebook sees: nothing of the instructor's."""
    system = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}  # Windows starts nothing without
    return system | {"HOME": home, "PATH": os.defpath, "LANG": "C.UTF-8", "MPLBACKEND": "agg", "MPLCONFIGDIR": home, "IPYTHONDIR": home,
                     "COURSE_NOTES": os.path.join(home, "no-notes", "my-notes.json"),
                     "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}


def _ended(said: bytes, seconds: int, numbers: list[int]) -> Ended:
    """What the lines of a runner mean. They come from where a notebook ran, so they may be anything at all."""
    if len(said) > MOST_SAID:
        return Ended(None, "It tried to answer in place of the grader, so it was stopped. Look at its code cells.")
    at, last = 0, {}
    for line in said.splitlines():
        try:
            last = json.loads(line)
            at = last["cell"] if isinstance(last, dict) and last.get("cell") in numbers else at
        except (ValueError, RecursionError):
            return Ended(None, "It tried to answer in place of the grader, so nothing of it is counted. Look at its code cells.")
    if not (isinstance(last, dict) and isinstance(last.get("answers"), dict)):
        where = f"Cell {at}, counted from the top," if at else "It"
        return Ended(None, f"It did not finish. {where} ran longer than {seconds} seconds or ended Python. Look at it, or ask for it again.")
    notes = []
    if isinstance(errors := last.get("errors"), list) and errors:
        named = [f"cell {error[0]} from the top: {error[1]}" for error in errors[:3] if isinstance(error, list) and len(error) == 2]
        notes.append(f"Cells that ended in an error: {len(errors)} ({', '.join(printable(name)[:80] for name in named)}). The others count.")
    if isinstance(last.get("printed"), int) and last["printed"] > 1_000_000:
        notes.append(f"It printed {last['printed'] // 1_000_000} million characters; none is kept.")
    return Ended(last["answers"], " ".join(notes))
