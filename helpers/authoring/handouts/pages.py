"""The handouts as pages: templates filled from the edition, the items, the lessons and the README.

A template holds the prose that stands on paper alone; all else is fetched from its one home. The
digest of a page says whether a PDF is still what the course would give. Jinja fills the templates
and mistune reads their Markdown; both come with JupyterLab.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import mistune
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from helpers.authoring.handouts import shown
from helpers.authoring.places import EXERCISES, ROOT
from helpers.questions import find_question
from helpers.questions.rubrics import rubric

TEMPLATES = Path(__file__).parent
COURSE = "One Day of a Journal"
TITLE = re.compile(r"\A# (.+)\n")
# The title of a sheet on each of its pages: a page rule of its own.
PAGE_RULE = '@page {name} {{ @top-left {{ content: "{title}" }} }}'
FIRST_CELL = re.compile(r"<tr>\s*<td>(.*?)</td>", re.S)
ROW_HEADER = r'<tr><th scope="row">\1</th>'
_markdown = mistune.create_markdown(escape=False, plugins=["table"])


@dataclass(frozen=True)
class Handout:
    """A PDF of exercises/handouts, and the template that it is made from."""

    file: str
    template: Path


HANDOUTS = (
    Handout("for-learners.pdf", TEMPLATES / "learners.md"),
    Handout("reply-sheet.pdf", TEMPLATES / "replies.md"),
    Handout("teach-tomorrow.pdf", EXERCISES / "teach-tomorrow.md"),
)


@dataclass(frozen=True)
class Page:
    """A handout ready to be printed. title: of the PDF."""

    file: str
    title: str
    html: str


@dataclass
class Sheets:
    """The sheets of a handout, each of which begins on a page of its own."""

    titles: list[str] = field(default_factory=list)

    def sheet(self, title: str, caller: Callable[[], str], kind: str = "sheet") -> str:
        """A sheet from its Markdown, below its title: `{% call sheet("The head") %}`."""
        self.titles.append(title)
        words = in_html(f"# {title}\n\n{caller()}")
        name = self._name(len(self.titles))
        return f'<section class="{kind}" style="page:{name}">{words}</section>'

    def page_rules(self) -> str:
        """The rules that print a sheet's title on each of its pages."""
        rules = []
        for number, title in enumerate(self.titles, start=1):
            rules.append(PAGE_RULE.format(name=self._name(number), title=f"{COURSE} · {title}"))
        return "\n".join(rules)

    def _name(self, number: int) -> str:
        return f"sheet-{number}"


def composed(handout: Handout) -> Page:
    """A handout as a page to print. Raises Problem where a template asks for what is not there."""
    sheets = Sheets()
    environment = _environment(sheets)
    text = handout.template.read_text(encoding="utf-8")
    if handout.template.parent == TEMPLATES:
        filled = environment.from_string(text).make_module()
        title, body = vars(filled)["title"], str(filled)
    else:
        title, body = _plain_page(text, sheets)
    frame = environment.get_template("frame.html")
    html = frame.render(title=title, rules=Markup(sheets.page_rules()), body=Markup(body))
    return Page(handout.file, title, html)


def in_html(text: str) -> str:
    """Markdown as HTML; the first cell of a table's row names the row."""
    return FIRST_CELL.sub(ROW_HEADER, str(_markdown(text)))


def digest_of(page: Page) -> str:
    """What tells a page from every other: a digest of all that is printed."""
    return hashlib.sha256(page.html.encode("utf-8")).hexdigest()


def _plain_page(text: str, sheets: Sheets) -> tuple[str, str]:
    """Title and body of a page of the course that fetches nothing, as one sheet."""
    (title,) = TITLE.findall(text)
    rest = TITLE.sub("", shown.without_links(text))
    return f"{COURSE}: {title}", sheets.sheet(title, lambda: rest, "whole-page")


def _environment(sheets: Sheets) -> Environment:
    """The words that a template may use."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=select_autoescape(["html"], default_for_string=False),
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["markdown"] = lambda text: Markup(in_html(text))
    environment.filters["one_line"] = lambda text: Markup(" ".join(text.split()))
    environment.globals.update(
        sheet=sheets.sheet,
        lesson=shown.lesson,
        folded=shown.folded,
        output=shown.output,
        readme=lambda *beginnings: shown.page(ROOT / "README.md", *beginnings),
        paragraphs=shown.paragraphs,
        terms=shown.terms,
        find_question=find_question,
        rubric=rubric,
        said=shown.said,
        words_of=shown.words_of,
        wrong_answers=shown.wrong_answers,
    )
    return environment
