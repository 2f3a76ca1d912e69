"""A real hub on this machine, as on a department's: it runs as root, with an account for everybody.

The accounts are made up: a room of its own gives the hub a list of accounts of its own.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from course import ROOT

ACCOUNTS = {"anna": 61_801, "ben": 61_802, "teacher": 61_803}
TOKEN = "for-this-test-only"
APART = ["unshare", "--mount", "--propagation", "private"]
PAGE_CONFIG = re.compile(r'id="jupyter-config-data" type="application/json">(.*?)</script>', re.S)
NOT_ITS_OWN = ("JUPYTER", "IPYTHON", "MPLCONFIG", "COURSE_")
OVERRIDES = f"""
load_subconfig({str(ROOT / "exercises/hub/jupyterhub_config.py")!r})
c = get_config()
c.JupyterHub.authenticator_class = "dummy"  # no passwords for accounts that are made up
c.JupyterHub.services = [{{"name": "test", "api_token": {TOKEN!r}}}]
c.JupyterHub.load_roles = [{{
    "name": "test",
    "services": ["test"],
    "scopes": ["admin:users", "admin:servers", "access:servers", "shutdown"],
}}]
"""


def why_not() -> str:
    """Why there can be no hub here, in one line, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "No hub was tried: it needs Linux and root, to start servers for other accounts."
    missing = [name for name in (APART[0], "configurable-http-proxy") if not shutil.which(name)]
    if missing:
        how = "exercises/hub/README.md says how to install."
        return f"No hub was tried: {' and '.join(missing)} not found. {how}"
    if subprocess.run([*APART, "true"], capture_output=True).returncode:
        return "No hub was tried: root may not mount anything here, as in many containers."
    return ""


def apart(folder: Path, *command: str) -> list[str]:
    """A command in a room with accounts of its own; /srv holds what the hub keeps, and homes."""
    room = ROOT / "tests" / "room.py"
    return [*APART, sys.executable, str(room), str(folder), *command]


def as_teacher(folder: Path, *words: str) -> str:
    """What a command says that the teacher runs in a terminal of the hub."""
    number = str(ACCOUNTS["teacher"])
    account = ["/usr/bin/setpriv", "--reuid", number, "--regid", number, "--clear-groups"]
    path = f"PATH={Path(sys.executable).parent}:/usr/bin:/bin"
    login = ["env", "-i", "HOME=/srv/home/teacher", "LANG=C.UTF-8", path]
    ran = subprocess.run(
        apart(folder, *account, *login, *words),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    return ran.stdout + ran.stderr


def lay_accounts(folder: Path) -> None:
    """Write the list of accounts, and make their homes."""
    people = groups = ""
    for name, number in ACCOUNTS.items():
        people += f"{name}:x:{number}:{number}::/srv/home/{name}:/bin/sh\n"
        groups += f"{name}:x:{number}:\n"
        home = folder / "srv/home" / name
        home.mkdir(parents=True)
        os.chown(home, number, number)
        home.chmod(0o700)
    for file, lines in (("passwd", people), ("group", groups)):
        real = Path("/etc", file).read_text(encoding="utf-8")
        (folder / file).write_text(real + lines, encoding="utf-8")
    for path in (folder / "srv", folder / "srv/home"):
        path.chmod(0o755)


def free_ports(count: int) -> list[int]:
    """Ports that nobody has at this moment."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [probe.getsockname()[1] for probe in probes]
    for probe in probes:
        probe.close()
    return ports


class Hub:
    """Asks the hub and the servers behind it, as the pages of JupyterLab do."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ask(self, path: str, data: Any = None, method: str = "") -> Any:
        """The answer to a request, as data."""
        said = self._said(path, data, method)
        return json.loads(said) if said else None

    def page(self, path: str) -> str:
        """A page, as text."""
        return self._said(path).decode()

    def switched_off(self, name: str) -> dict[str, bool]:
        """The extensions that are switched off on the page of an account."""
        page = self._said(f"/user/{name}/lab").decode()
        config = json.loads(PAGE_CONFIG.search(page)[1])
        return config["disabledExtensions"]

    def until(self, path: str, good: Callable[[Any], object], seconds: float = 120) -> None:
        """Ask until the answer is good; what is not there yet counts as not good."""
        last: object = None
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                last = self.ask(path)
                if good(last):
                    return
            except OSError as error:  # also urllib's answers of an error
                last = error
            time.sleep(0.3)
        raise AssertionError(f"{path}: {last}")

    def start(self, name: str) -> None:
        """A server for an account."""
        known = {user["name"] for user in self.ask("/hub/api/users")}
        if name not in known:  # the hub knows its administrators from the start
            self.ask(f"/hub/api/users/{name}", {})
        self.ask(f"/hub/api/users/{name}/server", {})
        self.until(f"/hub/api/users/{name}", has_server)

    def _said(self, path: str, data: Any = None, method: str = "") -> bytes:
        body = None if data is None else json.dumps(data).encode()
        usual = "GET" if data is None else "POST"
        headers = {"Authorization": f"token {TOKEN}", "Content-Type": "application/json"}
        request = urllib.request.Request(
            self.address + path, data=body, method=method or usual, headers=headers
        )
        with urllib.request.urlopen(request, timeout=120) as answer:
            return answer.read()


def has_server(user: dict[str, Any]) -> bool:
    """Whether a user's server is ready."""
    server = user["servers"].get("", {})
    return bool(server.get("ready"))


@contextmanager
def running(folder: Path) -> Iterator[Hub]:
    """A hub that keeps everything in this folder. What goes wrong is told in its own words."""
    lay_accounts(folder)
    (folder / "srv/config.py").write_text(OVERRIDES, encoding="utf-8")
    front, inner, proxy = free_ports(3)
    address = f"http://127.0.0.1:{front}"
    variables = {k: v for k, v in os.environ.items() if not k.startswith(NOT_ITS_OWN)}
    variables |= {
        "COURSE_HUB_URL": address,
        "COURSE_HUB_PORT": str(inner),
        "COURSE_INSTRUCTORS": "teacher",
        "COURSE_PROXY_API": f"http://127.0.0.1:{proxy}",
        "CONFIGPROXY_AUTH_TOKEN": TOKEN,
        "TMPDIR": "/tmp",
    }
    command = apart(folder, sys.executable, "-m", "jupyterhub", "-f", "/srv/config.py")
    log = folder / "hub.log"
    with open(log, "w", encoding="utf-8") as output:
        process = subprocess.Popen(command, env=variables, stdout=output, stderr=subprocess.STDOUT)
    hub = Hub(address)
    try:
        hub.until("/hub/api", lambda said: said["version"])
        yield hub
    except Exception as error:
        said = log.read_text(encoding="utf-8", errors="replace")[-6000:]
        raise AssertionError(f"{error}\n{said}") from error
    finally:
        with suppress(OSError, subprocess.TimeoutExpired):
            hub.ask("/hub/api/shutdown", {"servers": True, "proxy": True})
            process.wait(timeout=60)
        process.kill()
