"""The website as it is built, kept between runs for as long as nothing it is built of changes."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from course import ROOT
from promised import absent

from helpers.authoring.messages import Problem
from helpers.authoring.places import STATE
from helpers.authoring.website import build, wheels

BUILT_OF = ("helpers", "notebooks", "exercises", "seeds")
SETTINGS = "live/jupyter-lite.json"
BUILT = STATE / "website-for-tests"
NO_WHEELS = "Pyodide's wheels are not here: run `python3 -m helpers site` once, with a network."


@cache
def built() -> Path:
    """The folder of the whole site. Where its wheels cannot be had, its tests are left out."""
    site = BUILT / _digest()
    if site.exists():
        return site
    try:
        wheels.fetch()
    except Problem:
        absent("website", NO_WHEELS)
    BUILT.mkdir(exist_ok=True)
    for older in set(BUILT.iterdir()) - {site}:
        shutil.rmtree(older, ignore_errors=True)
    with tempfile.TemporaryDirectory(dir=STATE) as aside:
        build.build(Path(aside) / "site", None)
        with suppress(OSError):  # another worker was first
            (Path(aside) / "site").rename(site)
    return site


def _digest() -> str:
    """Another one for each change of a file that the site is built of."""
    found = hashlib.sha256()
    for folder in BUILT_OF:
        for file in sorted((ROOT / folder).rglob("*")):
            if file.is_file() and "__pycache__" not in file.parts:
                found.update(file.relative_to(ROOT).as_posix().encode())
                found.update(file.read_bytes())
    return found.hexdigest()[:16]


class Host(SimpleHTTPRequestHandler):
    """Serves the site in silence. instead: what it serves in place of a file, by its place."""

    def __init__(self, *args: Any, instead: dict[str, bytes], **options: Any) -> None:
        self.instead = instead
        super().__init__(*args, **options)

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        """Serve a file."""
        place = self.path.partition("?")[0].removeprefix("/course/")
        content = self.instead.get(place)
        if content is None:
            return super().do_GET()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def served(folder: Path, instead: dict[str, bytes] | None = None) -> Iterator[str]:
    """Serve the site below a path of its host. Gives its address.

    instead: what is served in place of a file, by its place in the site.
    """
    (folder / "course").symlink_to(built(), target_is_directory=True)
    all_instead = {SETTINGS: _with_its_app_in_reach(), **(instead or {})}
    host = partial(Host, directory=str(folder), instead=all_instead)
    server = ThreadingHTTPServer(("127.0.0.1", 0), host)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/course"
    finally:
        server.shutdown()


def _with_its_app_in_reach() -> bytes:
    """JupyterLite's settings, which may let a page's script reach it."""
    settings = json.loads((built() / SETTINGS).read_bytes())
    settings["jupyter-config-data"]["exposeAppInBrowser"] = True
    return json.dumps(settings).encode()
