"""Print every handout into a folder, inside the environment."""

from __future__ import annotations

import sys
from pathlib import Path

from jinja2 import TemplateError

from helpers.authoring.handouts.finishing import finished
from helpers.authoring.handouts.pages import HANDOUTS, composed, digest_of
from helpers.authoring.handouts.printing import printed
from helpers.authoring.messages import Problem, in_one_line
from helpers.edition import NotInEdition
from helpers.questions import FaultyItem
from helpers.working_copy import write_whole


def build(folder: Path) -> None:
    """Write the PDF of every handout into a folder.

    All are printed before the first is written; a file is whole or as it was. Raises Problem;
    NotInEdition and FaultyItem for what a template asks for; TemplateError for a slip in one.
    """
    pages = [composed(handout) for handout in HANDOUTS]
    found = printed([page.html for page in pages])
    for page, pdf in zip(pages, found, strict=True):
        write_whole(folder / page.file, finished(pdf, page.title, digest_of(page)))
        print(f"Made {page.file}", flush=True)


if __name__ == "__main__":
    (where,) = sys.argv[1:]
    try:
        build(Path(where))
    except (Problem, NotInEdition, FaultyItem) as problem:
        sys.exit(str(problem))
    except TemplateError as slip:
        sys.exit(f"A template in helpers/authoring/handouts has a slip: {slip}")
    except OSError as error:
        sys.exit(in_one_line(error))
