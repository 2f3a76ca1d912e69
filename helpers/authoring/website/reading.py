"""Pages to read: stored outputs, folds, search, a dark theme. Sphinx and MyST-NB make them."""

from __future__ import annotations

import json
import shutil
import tempfile
from pathlib import Path
from typing import Any

from helpers.authoring.places import EXERCISES, STATE
from helpers.authoring.website import builders
from helpers.authoring.website.pages import Page, all_pages

HERE = Path(__file__).parent
# The ninety minutes on one page, what it prints, and what goes on the wall.
FOR_A_CLASS = (
    "teach-tomorrow.md",
    "votes.html",
    "handouts/for-learners.pdf",
    "handouts/reply-sheet.pdf",
)
SCRIPTS = ("from-a-folder.js", "your-work.js")
WORK_HERE = (
    '<p><a data-live href="{live}"><strong>Work on this page</strong></a> in your browser. '
    "The first time it takes a moment. Your work is kept in this browser; "
    '<a href="{work}">take it with you in one file</a>.</p>'
)
NAMED = {  # what the theme leaves without a name, or out of reach of a keyboard
    '<aside class="sidebar-drawer">': '<aside class="sidebar-drawer" aria-label="All pages">',
    '<aside class="toc-drawer': '<aside aria-label="On this page" class="toc-drawer',
    "<pre>": '<pre tabindex="0">',
    '<div class="table-wrapper': '<div tabindex="0" class="table-wrapper',
}


def build(folder: Path, live: str) -> None:
    """Write the pages into a folder. live: the folder of the live pages in it. Raises Problem."""
    with tempfile.TemporaryDirectory(dir=STATE) as aside:
        sources, made = Path(aside) / "sources", Path(aside) / "pages"
        _lay(sources, live)
        options = ["-q", "-E", "-d", f"{aside}/doctrees"]
        words = ["sphinx", *options, str(sources), str(made)]
        builders.run(words, sources, "The pages could not be made")
        shutil.move(made, folder)  # MyST-NB leaves a folder beside what it makes
    (folder / ".buildinfo").unlink(missing_ok=True)
    for file in folder.rglob("*.html"):
        file.write_text(_for_all_readers(file.read_text(encoding="utf-8")), encoding="utf-8")


def _lay(sources: Path, live: str) -> None:
    """What Sphinx makes the pages of."""
    for page in all_pages():
        builders.lay(sources / page.place, _with_link(page, live))
    builders.lay(sources / "index.md", _front_page())
    shutil.copy(HERE / "your-work.md", sources)
    for file in FOR_A_CLASS:
        shutil.copy(EXERCISES / file, builders.room_for(sources / "exercises" / file))
    shutil.copy(HERE / "sphinx_settings.py", sources / "conf.py")
    for script in SCRIPTS:
        builders.lay(sources / "_static" / script, (HERE / script).read_text(encoding="utf-8"))


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
    here = f"{up}{live}/notebooks/index.html?path={page.place}"
    cell = {
        "cell_type": "markdown",
        "id": "work-on-this-page",
        "metadata": {},
        "source": WORK_HERE.format(live=here, work=f"{up}your-work.html"),
    }
    notebook: dict[str, Any] = json.loads(page.text)
    notebook["cells"].insert(1, cell)
    return json.dumps(notebook, ensure_ascii=False)


def _front_page() -> str:
    listed = "\n".join(page.place for page in all_pages())
    return (HERE / "front-page.md").read_text(encoding="utf-8").replace("PAGES", listed)
