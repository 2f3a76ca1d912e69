"""Writes what Moodle and Canvas take back, for all that came from them in one run.

hand-back/moodle/<assignment>/<sheet>-pages.zip and <sheet>-grades.csv;
hand-back/canvas/<assignment>/<sheet>-comments.zip and <sheet>-grades.csv.
An assignment is a zip or a folder as the platform exported it. A file holds what the last run with
that assignment found.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from helpers.authoring.messages import first_few
from helpers.grading.handed_in import Submission
from helpers.grading.kept_files import place_of_sheet, write_new
from helpers.grading.naming import CANVAS_EXPORT, MOODLE_EXPORT
from helpers.grading.pages import feedback_page
from helpers.grading.platforms import canvas, canvas_gradebook, moodle, moodle_worksheet
from helpers.grading.platforms.canvas_gradebook import WITHOUT_NAMES
from helpers.grading.platforms.downloaded import Downloaded, laid_beside
from helpers.grading.platforms.returned import Filled, Returned, comment_on, grade_of
from helpers.grading.records import GRADED, Records
from helpers.grading.selection import ToMark

FOLDER = "hand-back"
LONGEST_LABEL = 60
BETWEEN = " - "
UNSAFE = re.compile(r"[^\w .,()'-]+")
NOTICE = "  {}"  # a line that belongs to the one above it
FOR = "For {platform}: {folder} (pages: {pages}, grades: {grades})."
WAIT = "No grade yet, since a text waits for its marks: {who}."
HELD = (
    "Nothing was written for {platform} of {sheet} in {label}: names are hidden, and a text waits "
    "for its marks: {who}. Mark the texts, then run the command again."
)
NO_PLATFORM = (
    "Nothing here has a name that Moodle or Canvas gives, so no table was filled in. "
    "Give the zip or the folder as the platform exported it."
)
SEVERAL = (
    "In this assignment, learners handed in {count} different sheets. A platform keeps one grade "
    "for an assignment, so upload the grades of only one of them."
)

EARLIER = (
    "{folder} was written by an earlier run, with the marks of then. Grade that download again "
    "before you upload it."
)


@dataclass(frozen=True)
class Batch:
    """What goes back to one assignment for one sheet.

    label: names a folder. there: the folder in which the platform's own names begin, or the zip.
    """

    platform: str
    label: str
    there: Path
    slug: str


Moodles = list[tuple[moodle.Place, Returned]]
Canvases = list[tuple[canvas.Place, Returned]]
Behind = Callable[[str], str]


def hand_back(
    records: Records,
    handed_in: Sequence[ToMark],
    folder: Path,
    downloaded: Sequence[Path] = (),
    behind: Behind | None = None,
) -> tuple[str, ...]:
    """Write the files for whatever a platform had named. Returns lines for the instructor.

    handed_in: the notebooks of this run that count. folder: where the class is graded, its pages
    written. downloaded: tables that the instructor named. behind: the name behind a code, where
    names are hidden. Then nothing is written for a sheet while a text of it waits, so that nobody
    who marks finds names beside texts; and the lines bear codes.
    """
    moodles: dict[Batch, Moodles] = {}
    canvases: dict[Batch, Canvases] = {}
    labels = Labels({one.submission.place for one in handed_in})
    for one, back in _returned_from(records, handed_in, folder, behind):
        in_moodle, in_canvas = _places_of(one.submission)
        if in_moodle:
            batch = labels.batch(MOODLE_EXPORT, in_moodle.assignment, one)
            moodles.setdefault(batch, []).append((in_moodle, back))
        elif in_canvas:
            batch = labels.batch(CANVAS_EXPORT, in_canvas.assignment, one)
            canvases.setdefault(batch, []).append((in_canvas, back))
    batches = [*moodles, *canvases]
    if not batches:
        return (NO_PLATFORM,) if downloaded else ()
    tables = Downloaded(downloaded, laid_beside({_folder_of(batch.there) for batch in batches}))
    lines = list(tables.problems)
    for batch, moodle_pages in moodles.items():
        lines += _held(batch, moodle_pages) or _to_moodle(batch, moodle_pages, tables, folder)
    for batch, canvas_pages in canvases.items():
        lines += _held(batch, canvas_pages) or _to_canvas(batch, canvas_pages, tables, folder)
    return (*lines, *tables.unused(), *_several(batches), *_earlier(batches, folder))


def _places_of(submission: Submission) -> tuple[moodle.Place | None, canvas.Place | None]:
    """Where a platform keeps a file: only the one by whose names it is known whose file it is."""
    named = submission.named
    if named is None or not named.platform:
        return None, None
    if named.platform == CANVAS_EXPORT:
        return None, canvas.place_of(submission.within, named.id)
    place = moodle.place_of(submission.within)
    return (place if place and place.participant == named.id else None), None


def _returned_from(
    records: Records, handed_in: Iterable[ToMark], folder: Path, behind: Behind | None
) -> Iterator[tuple[ToMark, Returned]]:
    """What goes back to each learner whose notebook was graded."""
    graded = set()
    for record in records.files():
        if record.status == GRADED:
            graded.add((record.student, record.sheet))
    for one in handed_in:
        student, sheet = one.submission.student, one.sheet
        if (student.id, sheet.slug) not in graded:
            continue
        answers = records.answers(student.id, sheet.slug)
        points = records.points(student.id, sheet.slug)
        name = behind(student.id) if behind else student.name
        if behind:
            page = feedback_page(sheet, name, answers, points)
        else:
            there = place_of_sheet(folder, "feedback", student.id, sheet.slug)
            page = (there / f"{sheet.slug}.html").read_text(encoding="utf-8")
        yield (
            one,
            Returned(
                where=one.submission.within,
                by_folder=student.by_folder,
                name=name,
                sheet=sheet,
                grade=grade_of(sheet, answers, points),
                comment=comment_on(sheet, points),
                page=page,
                code=student.id if behind else "",
            ),
        )


def _held(batch: Batch, pages: Moodles | Canvases) -> list[str]:
    """A line in place of files, where names are hidden and a text waits."""
    waiting = [one.code for _, one in pages if one.code and one.grade.earned is None]
    if not waiting:
        return []
    names = {"platform": batch.platform, "label": batch.label, "sheet": batch.slug}
    return [HELD.format(**names, who=first_few(waiting))]


def _to_moodle(batch: Batch, pages: Moodles, tables: Downloaded, folder: Path) -> Iterator[str]:
    returned = {place.participant: one for place, one in pages}
    there = _folder(folder, batch)
    write_new(there / f"{batch.slug}-pages.zip", moodle.feedback_zip(pages))
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
    write_new(there / f"{batch.slug}-comments.zip", canvas.comments_zip(pages))
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
    waiting = [one.called for one in returned if one.grade.earned is None]
    grades = 0
    lines = [filled] if isinstance(filled, str) else filled.lines
    if isinstance(filled, Filled):
        write_new(path, filled.content.encode(encoding, "replace"))
        grades = len(returned) - len(waiting)
    else:
        path.unlink(missing_ok=True)
    yield FOR.format(platform=batch.platform, pages=len(returned), grades=grades, folder=there)
    if waiting:
        yield NOTICE.format(WAIT.format(who=first_few(waiting)))
    for line in lines:
        yield NOTICE.format(line)


def _earlier(batches: Iterable[Batch], folder: Path) -> Iterator[str]:
    """A line for each other folder that holds files for a sheet of this run."""
    written: set[Path] = set()
    found: set[Path] = set()
    for batch in batches:
        there = _folder(folder, batch)
        written.add(there)
        found.update(file.parent for file in there.parent.glob(f"*/{batch.slug}-*"))
    for other in sorted(found - written):
        yield EARLIER.format(folder=other)


def _several(batches: Iterable[Batch]) -> Iterator[str]:
    """A line for each assignment to which several sheets were handed in."""
    counted: dict[tuple[str, str], int] = {}
    for batch in batches:
        key = (batch.platform, batch.label)
        counted[key] = counted.get(key, 0) + 1
    for (_, label), count in counted.items():
        if count > 1:
            yield f"{label}: {SEVERAL.format(count=count)}"


def _folder_of(there: Path) -> Path:
    """Where tables may lie beside what was handed in: for a zip in a folder, that folder."""
    zips = [path for path in (there, *there.parents) if path.suffix.lower() == ".zip"]
    return zips[-1].parent if zips and not there.is_dir() else there


class Labels:
    """Names for folders, another one for each assignment. places: all that is graded now."""

    def __init__(self, places: Iterable[str]) -> None:
        begins = [_begin(Path(place)) for place in places]
        self._shared = {begin for begin in begins if begins.count(begin) > 1}

    def batch(self, platform: str, above: PurePosixPath, one: ToMark) -> Batch:
        """Its label can name a folder; where a name had to be changed, a sum keeps labels apart."""
        place = Path(one.submission.place)
        begin = _begin(place)
        parts = [begin, *above.parts]
        if begin in self._shared:
            parts = [place.parent.name, *parts]
        whole = BETWEEN.join(parts)
        label = UNSAFE.sub("_", whole)[:LONGEST_LABEL].strip(" .")
        if label != whole or any(BETWEEN in part for part in parts):
            text = "/".join(parts)
            digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
            label = f"{label}-{digest[:6]}"
        return Batch(platform, label, place / above, one.sheet.slug)


def _begin(place: Path) -> str:
    return place.stem if place.is_file() else place.name


def _folder(folder: Path, batch: Batch) -> Path:
    return folder / FOLDER / batch.platform.lower() / batch.label
