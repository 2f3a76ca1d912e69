"""A real JupyterLab, started as `lab` starts it, and a real browser. Both start when a test first asks for them."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browser import Lab

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_BROWSER = "No Chromium on this machine, so nothing was tried in a browser. On Debian: sudo apt install chromium."
START = """
import sys
from pathlib import Path
from helpers.commands import environment, lab
environment.STATE = lab.STATE = Path(sys.argv[1], "state")
lab.WORK = Path(sys.argv[1], "my-work")
sys.exit(lab.run(["--no-browser", "--port", sys.argv[2]]))
"""


@pytest.fixture(scope="session")
def chromium() -> Iterator[object]:
    """A browser. Where there is none, the tests are left out on a user's machine and fail in CI."""
    path = next(filter(None, map(shutil.which, BROWSERS)), None)
    if not path:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(NO_BROWSER)
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"])
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """The folder in which a working copy was laid and is served, and the address that `lab` prints."""
    folder = tmp_path_factory.mktemp("lab")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    notes = {"COURSE_NOTES": str(folder / "my-work" / "my-notes.json")}
    server = subprocess.Popen([sys.executable, "-c", START, str(folder), str(port)], env=os.environ | notes,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    said = []
    for line in server.stdout:
        said.append(line)
        if "127.0.0.1" in line and "token=" in line:
            break
    else:
        pytest.fail("JupyterLab did not start: " + "".join(said[-5:]))
    threading.Thread(target=server.stdout.read, daemon=True).start()  # a full pipe would stop the server
    address = line.split()[-1]
    yield folder, address
    stop = f"{address.partition('/lab')[0]}/api/shutdown?{urlsplit(address).query}"
    urllib.request.urlopen(urllib.request.Request(stop, method="POST"), timeout=20).close()
    server.wait(timeout=60)


@pytest.fixture(scope="module")
def lab(chromium: object, served: tuple[Path, str]) -> Iterator[Lab]:
    """JupyterLab in a window of its own."""
    window = Lab(chromium, served[1])
    yield window
    window.close()
