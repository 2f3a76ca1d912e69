"""A real hub on this machine: two learners and an instructor take one sheet from release to feedback.

The hub runs as on a department's machine, as root with an account for everybody. The accounts are made up: bubblewrap gives
the hub a list of accounts of its own, and nothing of this machine is changed.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest
from course import ROOT
from made_class import SHEET, practice, write, wrong

from helpers.commands.release import solution

COURSE = "one-day-of-a-journal"
ACCOUNTS = {"anna": 61_801, "ben": 61_802, "teacher": 61_803}
TOKEN = "for-this-test-only"
OVERRIDES = f"""
load_subconfig({str(ROOT / "exercises/hub/jupyterhub_config.py")!r})
c = get_config()
c.JupyterHub.authenticator_class = "dummy"  # no passwords for accounts that are made up
c.JupyterHub.services = [{{"name": "test", "api_token": {TOKEN!r}}}]
c.JupyterHub.load_roles = [{{"name": "test", "services": ["test"], "scopes": ["admin:users", "admin:servers", "access:servers", "shutdown"]}}]
"""


def why_not():
    """Why there can be no hub here, in one line, or nothing."""
    if sys.platform != "linux" or os.geteuid() != 0:
        return "No hub was tried: it needs Linux and root, as a hub does that starts servers for other accounts."
    missing = [name for name in ("bwrap", "configurable-http-proxy") if not shutil.which(name)]
    return f"No hub was tried: {' and '.join(missing)} not found. exercises/hub/README.md says how to install." if missing else ""


def apart(folder, *command):
    """A command in a room with accounts of its own: /srv holds what the hub keeps, and the homes."""
    words = ["bwrap", "--dev-bind", "/", "/", "--die-with-parent", "--tmpfs", "/srv", "--perms", "0755", "--dir", "/srv", "--bind", str(folder / "srv"), "/srv", "--tmpfs", "/tmp", "--chmod", "1777", "/tmp"]
    for path in dict.fromkeys((sys.base_prefix, sys.prefix, str(ROOT))):
        closed = [parent for parent in reversed(Path(path).parents) if not parent.stat().st_mode & 0o001 or parent == Path("/tmp")]
        if closed:  # a home that is closed to others would keep everybody from Python and the course
            words += ["--perms", "0755", "--tmpfs", str(closed[0])] if closed[0] != Path("/tmp") else []
            for parent in [parent for parent in reversed(Path(path).parents) if closed[0] in parent.parents]:
                words += ["--perms", "0755", "--dir", str(parent)]
            words += ["--bind", path, path]
    for name in ("passwd", "group"):
        words += ["--ro-bind", str(folder / name), f"/etc/{name}"]
    return [*words, *command]


def as_teacher(folder, *words):
    """What a command says that the teacher runs in a terminal of the hub."""
    id, home = str(ACCOUNTS["teacher"]), "/srv/home/teacher"
    command = apart(folder, "setpriv", "--reuid", id, "--regid", id, "--clear-groups", "env", "-i", f"HOME={home}", "LANG=C.UTF-8",
                    f"PATH={Path(sys.executable).parent}:/usr/bin:/bin", *words)
    ran = subprocess.run(command, cwd=folder / "srv", stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120)
    return ran.stdout + ran.stderr


def lay_accounts(folder):
    lines = [f"{name}:x:{id}:{id}::/srv/home/{name}:/bin/sh" for name, id in ACCOUNTS.items()]
    (folder / "passwd").write_text(Path("/etc/passwd").read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    (folder / "group").write_text(Path("/etc/group").read_text(encoding="utf-8")
                                  + "".join(f"{name}:x:{id}:\n" for name, id in ACCOUNTS.items()), encoding="utf-8")
    for name, id in ACCOUNTS.items():
        home = folder / "srv/home" / name
        home.mkdir(parents=True)
        os.chown(home, id, id)
        home.chmod(0o700)
    for path in (folder / "srv", folder / "srv/home"):
        path.chmod(0o755)


def free_ports(count):
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

    def __init__(self, address):
        self.address = address

    def ask(self, path, data=None, method=None):
        """The answer to a request, as data."""
        body = None if data is None else json.dumps(data).encode()
        request = urllib.request.Request(self.address + path, data=body, method=method or ("POST" if data is not None else "GET"),
                                         headers={"Authorization": f"token {TOKEN}", "Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as answer:
            said = answer.read()
            return json.loads(said) if said else None

    def switched_off(self, name):
        """The extensions that are switched off on the page of an account."""
        request = urllib.request.Request(f"{self.address}/user/{name}/lab", headers={"Authorization": f"token {TOKEN}"})
        with urllib.request.urlopen(request, timeout=60) as answer:
            page = answer.read().decode()
        return json.loads(re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.S)[1])["disabledExtensions"]

    def until(self, path, good, seconds=120):
        """Ask until the answer is good; what is not there yet counts as not good."""
        last, end = None, time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                last = self.ask(path)
                if good(last):
                    return last
            except (OSError, urllib.error.HTTPError) as error:
                last = error
            with socket.socket() as pause:  # a wait for a port that never opens: no busy loop
                pause.settimeout(0.3)
                pause.connect_ex(("127.0.0.1", 9))
        raise AssertionError(f"{path}: {last}")

    def start(self, name):
        """A server for an account."""
        if name not in {user["name"] for user in self.ask("/hub/api/users")}:  # the hub knows its administrators from the start
            self.ask(f"/hub/api/users/{name}", {})
        self.ask(f"/hub/api/users/{name}/server", {})
        self.until(f"/hub/api/users/{name}", lambda user: user["servers"].get("", {}).get("ready"))


@contextmanager
def running(folder):
    lay_accounts(folder)
    (folder / "srv/config.py").write_text(OVERRIDES, encoding="utf-8")
    front, hub, proxy = free_ports(3)
    variables = os.environ | {"COURSE_HUB_URL": f"http://127.0.0.1:{front}", "COURSE_HUB_PORT": str(hub), "COURSE_INSTRUCTORS": "teacher",
                              "COURSE_PROXY_API": f"http://127.0.0.1:{proxy}", "TMPDIR": "/tmp", "CONFIGPROXY_AUTH_TOKEN": TOKEN}
    for name in [name for name in variables if name.startswith(("JUPYTER", "IPYTHON", "MPLCONFIG"))]:
        del variables[name]
    with open(folder / "hub.log", "w", encoding="utf-8") as log:
        process = subprocess.Popen(apart(folder, sys.executable, "-m", "jupyterhub", "-f", "/srv/config.py"), cwd=folder / "srv",
                                   env=variables, stdout=log, stderr=subprocess.STDOUT)
        made = Hub(f"http://127.0.0.1:{front}")
        try:
            made.until("/hub/api", lambda said: said["version"])
            yield made
        except Exception as error:
            log.flush()
            raise AssertionError(f"{error}\n{(folder / 'hub.log').read_text(encoding='utf-8', errors='replace')[-6000:]}") from error
        finally:
            with suppress(OSError):
                made.ask("/hub/api/shutdown", {"servers": True, "proxy": True})
                process.wait(timeout=60)
            process.kill()


def test_a_sheet_goes_from_release_to_feedback(tmp_path):
    if problem := why_not():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(problem)
    with running(tmp_path) as hub:
        with ThreadPoolExecutor() as pool:
            list(pool.map(hub.start, ACCOUNTS))
        teacher = "/user/teacher/formgrader/api"
        assert hub.ask(f"{teacher}/assignment/{SHEET}/assign", {})["success"]
        assert hub.ask(f"{teacher}/assignment/{SHEET}/release", {})["success"]
        for name in ("anna", "ben"):
            hub.ask(f"/user/{name}/assignments/fetch", {"assignment_id": SHEET, "course_id": COURSE})
            page = f"/user/{name}/api/contents/{COURSE}/{SHEET}/{SHEET}.ipynb"
            book = hub.ask(page)["content"]
            assert "SOLUTION" not in json.dumps(book) and "MARK SCHEME" not in json.dumps(book)
            item = practice()["E6.1"]
            write(book, item, solution(item) if name == "anna" else wrong(item, 0))
            hub.ask(page, {"type": "notebook", "format": "json", "content": book}, "PUT")
            hub.ask(f"/user/{name}/assignments/submit", {"assignment_id": SHEET, "course_id": COURSE})
        assert hub.ask(f"{teacher}/assignment/{SHEET}/collect", {})["success"]
        said = as_teacher(tmp_path, sys.executable, "-m", "helpers.commands.grade", "/srv/home/teacher/grading/submitted", "--into", "/srv/home/teacher/grading")
        assert "Ran 2 notebooks in the sandbox." in said, said
        assert {one["student"]: one["score"] for one in hub.ask(f"{teacher}/submissions/{SHEET}")} == {"anna": 1.0, "ben": 1.0}
        released = hub.ask(f"{teacher}/assignment/{SHEET}/release_feedback", {})
        assert released["success"], released
        for name in ("anna", "ben"):
            hub.ask(f"/user/{name}/assignments/fetch_feedback", {"assignment_id": SHEET, "course_id": COURSE})
            page, = (tmp_path / "srv/home" / name / COURSE / SHEET).rglob("*.html")
            said = page.read_text(encoding="utf-8")
            assert ("Yes." in said and practice()["E6.1"]["explain"][:30] in said) == (name == "anna"), f"The feedback of {name} is another's."
        kernel = hub.ask("/user/anna/api/kernels", {})["id"]
        connection, = (tmp_path / "srv/home/anna").rglob(f"kernel-{kernel}.json")
        assert "curve_publickey" in json.loads(connection.read_text(encoding="utf-8")), "Others could listen to a learner's kernel."
        off = {name: hub.switched_off(name) for name in ("anna", "teacher")}
        assert "@jupyter/nbgrader:formgrader" in off["anna"] and "@jupyter/nbgrader:assignment-list" not in off["anna"]
        assert "@jupyter/nbgrader:formgrader" not in off["teacher"]
