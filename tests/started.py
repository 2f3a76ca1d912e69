"""`lab` as a learner starts it, with a working copy of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from course import ROOT


@contextmanager
def lab(folder: Path) -> Iterator[str]:
    """Start `lab` in this folder. Gives the address that it prints.

    Raises RuntimeError when it prints none.
    """
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    its_own = {
        "COURSE_STATE": str(folder / "state"),
        "COURSE_NOTES": str(folder / "my-work" / "my-notes.json"),  # and so its working copy
    }
    server = subprocess.Popen(
        [sys.executable, "-m", "helpers", "lab", "--no-browser", "--port", str(port)],
        cwd=ROOT,
        env=os.environ | its_own,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    said = []
    for line in server.stdout:
        said.append(line)
        if "127.0.0.1" in line and "token=" in line:
            break
    else:
        raise RuntimeError("JupyterLab did not start: " + "".join(said[-5:]))
    reading = threading.Thread(target=server.stdout.read, daemon=True)
    reading.start()  # a full pipe would stop the server
    address = line.split()[-1]
    try:
        yield address
    finally:
        stop = f"{address.partition('/lab')[0]}/api/shutdown?{urlsplit(address).query}"
        urllib.request.urlopen(urllib.request.Request(stop, method="POST"), timeout=20).close()
        server.wait(timeout=60)
