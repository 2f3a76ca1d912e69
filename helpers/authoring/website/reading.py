"""Pages to read: stored outputs, folds, search, a dark theme. Sphinx and MyST-NB make them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from helpers.authoring.messages import Problem
from helpers.authoring.places import STATE
from helpers.authoring.website.pages import ALWAYS, Page, lessons, sheets

CONFIGURATION = Path(__file__).with_name("sphinx_settings.py")
FRONT = Path(__file__).with_name("front-page.md")
WORK_HERE = '<p><a href="{link}"><strong>Work on this page</strong></a> in your browser. {hint}</p>'
NAMED = {  # what the theme leaves without a name, or out of reach of a keyboard
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    "<pre>": '<pre tabindex="0">',
}
HINT = "The first time it takes a moment. Your work is kept in this browser."


def build(folder: Path, live: str) -> None:
    """Write the pages into a folder. live: the folder of the live pages in it. Raises Problem."""
    with tempfile.TemporaryDirectory(dir=STATE) as aside:
        sources = Path(aside) / "pages"
        _lay(sources, live)
        options = ["-q", "-E", "-d", f"{aside}/doctrees"]
        command = [sys.executable, "-m", "sphinx", *options, str(sources), str(folder)]
        ran = subprocess.run(command, env=os.environ | ALWAYS, capture_output=True, text=True)
    if ran.returncode:
        said = ran.stderr.strip().splitlines()
        raise Problem(f"The pages could not be made: {said[-1] if said else 'no reason given.'}")
    (folder / ".buildinfo").unlink(missing_ok=True)
    for file in folder.rglob("*.html"):
        file.write_text(_for_all_readers(file.read_text(encoding="utf-8")), encoding="utf-8")


def _lay(sources: Path, live: str) -> None:
    """What Sphinx makes the pages of."""
    for page in [*lessons(), *sheets()]:
        place = sources / page.place
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(_with_link(page, live), encoding="utf-8")
    (sources / "index.md").write_text(_front_page(), encoding="utf-8")
    shutil.copy(CONFIGURATION, sources / "conf.py")


def _for_all_readers(html: str) -> str:
    """A page with names for its side columns, and code that scrolls by keyboard too."""
    for plain, named in NAMED.items():
        html = html.replace(plain, named)
    return html


def _with_link(page: Page, live: str) -> str:
    """A page with the link to its live twin on top; what is no notebook stays as it is."""
    if page.file.suffix != ".ipynb":
        return page.text
    up = "../" * page.place.count("/")
    link = f"{up}{live}/notebooks/index.html?path={page.place}"
    cell = {
        "cell_type": "markdown",
        "id": "work-on-this-page",
        "metadata": {},
        "source": WORK_HERE.format(link=link, hint=HINT),
    }
    notebook: dict[str, Any] = json.loads(page.text)
    notebook["cells"].insert(1, cell)
    return json.dumps(notebook, ensure_ascii=False)


def _front_page() -> str:
    listed = "\n".join(page.place for page in [*lessons(), *sheets()])
    return FRONT.read_text(encoding="utf-8").replace("PAGES", listed)
