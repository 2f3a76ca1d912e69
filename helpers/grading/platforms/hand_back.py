"""Writes what Moodle and Canvas take back, for all that came from them in one run.

hand-back/moodle/<assignment>/<sheet>-pages.zip and <sheet>-grades.csv;
hand-back/canvas/<assignment>/<sheet>-comments.zip and <sheet>-grades.csv.
An assignment is a zip or a folder as the platform exported it. A file holds what the last run with
that assignment found.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.grading.platforms import canvas, canvas_gradebook, moodle, moodle_worksheet
from helpers.grading.platforms.canvas_gradebook import WITHOUT_NAMES
from helpers.grading.platforms.downloaded import Downloaded, laid_beside
from helpers.grading.platforms.returned import Filled, Returned, comment_on, grade_of, named
from helpers.grading.records import GRADED, Records
from helpers.grading.selection import ToMark
from helpers.working_copy import write_whole

FOLDER = "hand-back"
LONGEST_LABEL = 60
BETWEEN = " - "
UNSAFE = re.compile(r"[^\w .,()'-]+")
NOTICE = "  {}"  # a line that belongs to the one above it
FOR = "For {platform}, {pages} pages and {grades} grades: {folder}."
WAIT = "No grade yet, since a text waits for its marks: {who}."
NO_PLATFORM = (
    "Nothing here has a name that Moodle or Canvas gives, so no table was filled in. "
    "Give the zip or the folder as the platform exported it."
)
SEVERAL = (
    "In this assignment, learners handed in {count} different sheets. A platform keeps one grade "
    "for an assignment, so upload the grades of only one of them."
)


@dataclass(frozen=True)
class Batch:
    """What goes back to one assignment for one sheet.

    label: names a folder. above: where the platform's own names begin in what was handed in.
    """

    platform: str
    label: str
    above: PurePosixPath
    slug: str


Moodles = list[tuple[moodle.Place, Returned]]
Canvases = list[tuple[canvas.Place, Returned]]


def hand_back(
    records: Records,
    handed_in: Iterable[ToMark],
    place: Path,
    folder: Path,
    downloaded: Sequence[Path] = (),
) -> tuple[str, ...]:
    """Write the files for whatever a platform had named. Returns lines for the instructor.

    handed_in: the notebooks of this run that count. place: where they came from. folder: where
    the class is graded, its pages written. downloaded: tables that the instructor named.
    """
    moodles: dict[Batch, Moodles] = {}
    canvases: dict[Batch, Canvases] = {}
    for one in returned_from(records, handed_in, folder):
        in_moodle = moodle.place_of(one.where)
        in_canvas = None if one.by_folder else canvas.place_of(one.where)
        if in_moodle:
            batch = _batch("Moodle", place, in_moodle.assignment, one)
            moodles.setdefault(batch, []).append((in_moodle, one))
        elif in_canvas:
            batch = _batch("Canvas", place, in_canvas.assignment, one)
            canvases.setdefault(batch, []).append((in_canvas, one))
    batches = [*moodles, *canvases]
    if not batches:
        return (NO_PLATFORM,) if downloaded else ()
    tables = Downloaded([*downloaded, *_beside(place, batches)])
    lines = list(tables.problems)
    for batch, moodle_pages in moodles.items():
        lines += _to_moodle(batch, moodle_pages, tables, folder)
    for batch, canvas_pages in canvases.items():
        lines += _to_canvas(batch, canvas_pages, tables, folder)
    return (*lines, *tables.unused(), *_several(batches))


def returned_from(
    records: Records, handed_in: Iterable[ToMark], folder: Path
) -> Iterator[Returned]:
    """What goes back to each learner whose notebook was graded."""
    graded = set()
    for record in records.files():
        if record.status == GRADED:
            graded.add((record.student, record.sheet))
    for one in handed_in:
        student, sheet = one.submission.student, one.sheet
        if (student.id, sheet.slug) not in graded:
            continue
        page = folder / "feedback" / student.id / sheet.slug / f"{sheet.slug}.html"
        points = records.points(student.id, sheet.slug)
        yield Returned(
            where=one.submission.where,
            by_folder=student.by_folder,
            name=student.name,
            sheet=sheet,
            grade=grade_of(sheet, records.answers(student.id, sheet.slug), points),
            comment=comment_on(sheet, points),
            page=page.read_text(encoding="utf-8"),
        )


def _to_moodle(batch: Batch, pages: Moodles, tables: Downloaded, folder: Path) -> Iterator[str]:
    returned = {place.participant: one for place, one in pages}
    there = _folder(folder, batch)
    _write(there / f"{batch.slug}-pages.zip", moodle.feedback_zip(pages))
    worksheet = tables.worksheet_for(returned)
    filled: Filled | str = moodle_worksheet.new_worksheet(returned)
    if worksheet:
        filled = moodle_worksheet.filled_worksheet(worksheet, returned)
    # The mark at the beginning tells spreadsheets that this is UTF-8; Moodle passes over it.
    yield from _written(batch, filled, "utf-8-sig", there, [one for _, one in pages])
    if isinstance(filled, Filled):
        yield NOTICE.format(moodle_worksheet.ORDER)


def _to_canvas(batch: Batch, pages: Canvases, tables: Downloaded, folder: Path) -> Iterator[str]:
    returned = {place.learner: one for place, one in pages if place.learner}
    questions = pages[0][1].sheet.questions
    there = _folder(folder, batch)
    _write(there / f"{batch.slug}-comments.zip", canvas.comments_zip(pages))
    gradebook = tables.gradebook_for(returned)
    filled: Filled | str = canvas_gradebook.new_gradebook(questions, returned)
    if not returned:
        filled = WITHOUT_NAMES
    elif gradebook:
        filled = canvas_gradebook.filled_gradebook(gradebook, questions, returned)
    yield from _written(batch, filled, "utf-8", there, [one for _, one in pages])


def _written(
    batch: Batch, filled: Filled | str, encoding: str, there: Path, returned: Sequence[Returned]
) -> Iterator[str]:
    """Write a table, and say what there is in the folder now. Without one, an older one goes."""
    path = there / f"{batch.slug}-grades.csv"
    waiting = [one.name for one in returned if one.grade.earned is None]
    grades = 0
    lines = [filled] if isinstance(filled, str) else filled.lines
    if isinstance(filled, Filled):
        _write(path, filled.content.encode(encoding, "replace"))
        grades = len(returned) - len(waiting)
    else:
        path.unlink(missing_ok=True)
    yield FOR.format(platform=batch.platform, pages=len(returned), grades=grades, folder=there)
    if waiting:
        yield NOTICE.format(WAIT.format(who=named(waiting)))
    for line in lines:
        yield NOTICE.format(line)


def _several(batches: Iterable[Batch]) -> Iterator[str]:
    """A line for each assignment to which several sheets were handed in."""
    counted: dict[tuple[str, str], int] = {}
    for batch in batches:
        key = (batch.platform, batch.label)
        counted[key] = counted.get(key, 0) + 1
    for (_, label), count in counted.items():
        if count > 1:
            yield f"{label}: {SEVERAL.format(count=count)}"


def _beside(place: Path, batches: Iterable[Batch]) -> list[Path]:
    """Tables beside what was handed in, as far as that is a folder."""
    if not place.is_dir():
        return []
    return laid_beside({place / batch.above for batch in batches})


def _batch(platform: str, place: Path, above: PurePosixPath, one: Returned) -> Batch:
    """Its label can name a folder; where a name had to be changed, a sum keeps labels apart."""
    begin = place.stem if place.is_file() else place.absolute().name
    parts = [begin, *above.parts]
    whole = BETWEEN.join(parts)
    label = UNSAFE.sub("_", whole)[:LONGEST_LABEL].strip(" .")
    if label != whole or any(BETWEEN in part for part in parts):
        digest = hashlib.sha256("/".join(parts).encode("utf-8", "surrogatepass")).hexdigest()
        label = f"{label}-{digest[:6]}"
    return Batch(platform, label, above, one.sheet.slug)


def _folder(folder: Path, batch: Batch) -> Path:
    return folder / FOLDER / batch.platform.lower() / batch.label


def _write(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only when it says something new."""
    if not path.exists() or path.read_bytes() != content:
        write_whole(path, content)
