"""A class in a folder of its own, and the server that `teach` starts, on that folder."""

from __future__ import annotations

import json
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from course import ROOT
from hub import free_ports
from made_class import grade_into, lay, solved_sheet, write_text

from helpers.authoring import environment, settings
from helpers.authoring.lab import lab_command
from helpers.authoring.teach import TEACHING

QUESTION = "E6.9"
TOKEN = "for-this-test-only"
STARTING = 60  # seconds at most
# Whoever is named here has written this.
TEXTS = {
    "anna": "Between 50,000 and 150,000 tons would be missing (B24.3, B24.4).",
    "ben": "<script>alert(1)</script> & $x^2$ <b>bold</b>",
    "chae": "«most that can be expected» (B24.4), and so it rests on that.",
    "dina": "שלום: the plan \u202enever\u202c adds up.",
}
NOT_WRITTEN = "eva"


def a_class(handed_in: Path, into: Path, new_gradebook: Path, /, **texts: str) -> Path:
    """Lay what a class wrote into a new folder, and grade it into another, which is returned."""
    books = {}
    for name, text in texts.items():
        books[name] = solved_sheet()
        if text:
            write_text(books[name], QUESTION, text)
    return grade_into(into, lay(handed_in, **books), new_gradebook).folder


class Answer(NamedTuple):
    """What a server said."""

    status: int
    text: str
    address: str

    @property
    def data(self) -> dict[str, object]:
        """The same, read as JSON."""
        found: dict[str, object] = json.loads(self.text)
        return found


class Visitor:
    """Somebody who asks the server, with the cookies that it gave."""

    def __init__(self, address: str, headers: Mapping[str, str]) -> None:
        self.address = address
        self.headers = dict(headers)
        self.cookies = CookieJar()
        keeping = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(keeping)

    def ask(self, path: str, data: bytes | None = None, **headers: str) -> Answer:
        """The answer to a GET, or with data to a POST, after all that it leads to."""
        request = urllib.request.Request(
            self.address + path, data=data, headers=self.headers | headers
        )
        try:
            with self.opener.open(request, timeout=60) as answer:
                return Answer(answer.status, answer.read().decode(), answer.url)
        except urllib.error.HTTPError as error:
            return Answer(error.code, error.read().decode(), error.url)

    def send(self, path: str, fields: Mapping[str, str], **headers: str) -> Answer:
        """Send a form."""
        return self.ask(path, urlencode(fields).encode(), **headers)


class Teach:
    """The server that `teach` starts."""

    def __init__(self, root: Path, port: int) -> None:
        self.root = root
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self.start()

    def start(self) -> None:
        """Start it, with settings that lie in the folder."""
        command = [
            *lab_command(Path(sys.executable), self.root, self.port),
            *TEACHING,
            "--no-browser",
            "--allow-root",
            f"--IdentityProvider.token={TOKEN}",
        ]
        with pytest.MonkeyPatch.context() as patch:
            for module in (environment, settings):
                patch.setattr(module, "STATE", self.root / "state")
            patch.setattr(settings, "EXERCISES", self.root / "exercises")
            variables = environment.variables()
            settings.settle(Path(sys.executable), instructor=True)
        with open(self.root / "log", "ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=variables, stdout=log, stderr=subprocess.STDOUT
            )
        self._wait(self.root / "log")

    def _wait(self, log: Path) -> None:
        end = time.monotonic() + STARTING
        while time.monotonic() < end and self.process.poll() is None:
            try:
                urllib.request.urlopen(f"{self.address}/api", timeout=5).close()
                return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise AssertionError("teach did not start: " + log.read_text(encoding="utf-8")[-3000:])

    def stop(self) -> None:
        """Stop the server, and the kernels with it.

        An idle thread of anyio, with which Jupyter reads files, may keep it waiting for good.
        """
        self.process.terminate()
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait(timeout=20)

    def instructor(self) -> Visitor:
        """Somebody who has the token."""
        return Visitor(self.address, {"Authorization": f"token {TOKEN}"})

    def stranger(self) -> Visitor:
        """Somebody who has not."""
        return Visitor(self.address, {})


@contextmanager
def teaching(root: Path) -> Iterator[Teach]:
    """Serve a folder as `teach` serves the course's. The class is in root/exercises."""
    (port,) = free_ports(1)
    running = Teach(root, port)
    try:
        yield running
    finally:
        running.stop()
