"""`lab`: JupyterLab's settings, its port, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import psutil
import pytest
from course import ROOT

from helpers.authoring import settings
from helpers.authoring.environment import variables
from helpers.authoring.lab import PORTS, free_port
from helpers.authoring.messages import Problem

SIGNALS = ("SIGTERM", "SIGINT", "SIGHUP")
STARTING = STOPPING = 30  # seconds at most
NO_SIGNALS = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals.")
KEPT_INSIDE = (
    "JUPYTER_CONFIG_DIR",
    "JUPYTER_DATA_DIR",
    "JUPYTER_RUNTIME_DIR",
    "JUPYTERLAB_SETTINGS_DIR",
    "JUPYTERLAB_WORKSPACES_DIR",
    "IPYTHONDIR",
    "MPLCONFIGDIR",
    "PIP_CACHE_DIR",
    "TMPDIR",
)


class Lab:
    """`python3 -m helpers lab` with a working copy in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        its_own = {
            "COURSE_STATE": str(folder / "state"),
            "COURSE_NOTES": str(folder / "my-work" / "my-notes.json"),
        }
        command = [sys.executable, "-m", "helpers", "lab", "--no-browser"]
        self.process = subprocess.Popen(
            command,
            cwd=ROOT,
            env=os.environ | its_own,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.address = self._read_address()
        self._wait_for_port()  # the address is printed first

    def _read_address(self) -> str:
        said = []
        for line in self.process.stdout:
            said.append(line)
            if "127.0.0.1" in line and "token=" in line:
                return line.split()[-1]
        raise AssertionError("JupyterLab did not start: " + "".join(said))

    def _wait_for_port(self) -> None:
        end = time.monotonic() + STARTING
        while not is_open(self.port):
            assert time.monotonic() < end, "JupyterLab does not answer."
            time.sleep(0.05)

    @property
    def port(self) -> int:
        return urlsplit(self.address).port

    def start_kernel(self) -> None:
        """Start a kernel, as an opened notebook does."""
        token = parse_qs(urlsplit(self.address).query)["token"][0]
        request = urllib.request.Request(
            f"http://127.0.0.1:{self.port}/api/kernels",
            data=b"{}",
            headers={"Authorization": f"token {token}"},
        )
        urllib.request.urlopen(request, timeout=60).close()

    def family(self) -> list[psutil.Process]:
        """The server and its kernels."""
        return psutil.Process(self.process.pid).children(recursive=True)


def is_open(port: int) -> bool:
    """Whether somebody listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Callable[[], Lab]]:
    """Starts `lab`; nothing of it is left after the test, whatever the test finds."""
    started = []

    def start_one() -> Lab:
        lab = Lab(tmp_path)
        started.append((lab.process, lab.family()))
        return lab

    yield start_one
    for process, family in started:
        process.kill()
        for one in family:
            if one.is_running():
                one.kill()


@NO_SIGNALS
@pytest.mark.parametrize("name", SIGNALS)
def test_a_stopped_lab_leaves_no_server_and_no_kernel(start: Callable[[], Lab], name: str) -> None:
    lab = start()
    lab.start_kernel()
    family = lab.family()
    assert len(family) >= 2, "There should be a server and a kernel to stop."
    lab.process.send_signal(getattr(signal, name))
    lab.process.communicate(timeout=STOPPING)
    _, alive = psutil.wait_procs(family, timeout=STOPPING)
    assert alive == [], f"{name} left {[one.cmdline() for one in alive]}."
    assert not is_open(lab.port), f"{name} left the port open."


def test_a_port_that_is_taken_is_told_and_without_a_wish_a_free_one_is_found() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Problem, match="Leave out --port"):
            free_port(taken.getsockname()[1])
    assert free_port(None) in PORTS


def test_jupyter_keeps_everything_in_the_project_folder() -> None:
    kept = variables()
    for name in KEPT_INSIDE:
        assert kept[name].startswith(str(ROOT)), f"{name} leads out of the folder: {kept[name]}"
    assert "PYTHONPATH" not in kept


def test_no_shortcut_of_jupyterlab_fires_on_a_focused_widget(tmp_path: Path) -> None:
    settings.lay_settings(tmp_path, Path(sys.executable), off=[])
    folder = tmp_path / "labconfig"
    overrides = json.loads((folder / "default_setting_overrides.json").read_text(encoding="utf-8"))
    rules = overrides[settings.SHORTCUTS]["shortcuts"]
    off = [rule for rule in rules if rule.get("disabled")]
    assert any(rule["keys"] == ["B"] for rule in off), "Its schema holds no shortcuts any more."
    for rule in rules:
        assert rule in off or rule["selector"] == settings.CELL, rule
    assert "announcements" in (folder / "page_config.json").read_text(encoding="utf-8")


def test_the_first_start_shows_the_page_and_later_ones_leave_a_learners_layout_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    settings.settle(Path(sys.executable), instructor=False)
    (layout,) = (tmp_path / "lab-workspaces").iterdir()
    assert json.loads(layout.read_text(encoding="utf-8"))["data"] == settings.LAYOUT
    layout.write_text("{}", encoding="utf-8")
    settings.settle(Path(sys.executable), instructor=False)
    assert layout.read_text(encoding="utf-8") == "{}"


def test_what_a_kernel_says_goes_to_the_page_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    from helpers.authoring.connection import PromptConnection

    nodelay = []
    monkeypatch.setattr(
        KernelWebsocketHandler, "set_nodelay", lambda self, value: nodelay.append(value)
    )
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: "connected")
    connection = PromptConnection.__new__(PromptConnection)
    connection.websocket_handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)
    assert connection.connect() == "connected"
    assert nodelay == [True]


def test_only_teach_has_the_menu_for_marking_and_none_has_validate(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(settings, "STATE", tmp_path)
    folder = tmp_path / "config" / "labconfig"
    for instructor in (True, False):
        settings.settle(Path(sys.executable), instructor)
        said = (folder / "default_setting_overrides.json").read_text(encoding="utf-8")
        assert ("/course/texts" in said) == instructor
        page = json.loads((folder / "page_config.json").read_text(encoding="utf-8"))
        off = page["disabledExtensions"]
        assert settings.NBGRADER in off or f"{settings.NBGRADER}:validate-assignment" in off
