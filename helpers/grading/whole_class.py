"""Grades all that a class handed in: reads it, runs it on all cores in the sandbox, and writes gradebook, pages and marks.

Each notebook is entered whole or not at all, so that an interrupted run goes on where it stopped, and a second run
finds nothing to do. What goes wrong with one notebook is one line, and harms no other.
"""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from pathlib import Path
from queue import SimpleQueue
from typing import NamedTuple

from helpers.grading.gradebook import GRADED, LEFT_OUT, NOT_GRADED, Gradebook
from helpers.grading.marking import ExerciseSet, Marked, NotMarked, exercise_sets, mark
from helpers.grading.pages import feedback, marks
from helpers.grading.sandbox import Sandbox
from helpers.grading.submissions import AGAIN, Refused, Submission, cells_of, set_of, submissions

FROM_THE_EXCHANGE = ("timestamp.txt", "submission_secret.txt")
VERSION = "1"  # of what marking means: when it changes, everything is marked again


class ToMark(NamedTuple):
    """A notebook that was read and is to be marked."""

    submission: Submission
    cells: list[dict]
    slug: str


def grade(place: Path, folder: Path, sandbox: Sandbox, say: Callable[[str], None], progress: Callable[[str], None]) -> tuple[int, int]:
    """Grade what was handed in. Returns how many notebooks were run, and how many files of all that ever came could not be graded.

    place: a folder or a zip. folder: where gradebook, pages and marks are kept. say: takes a line that stays; progress: one that passes.
    Raises Refused when the place cannot be read.
    """
    sets = exercise_sets()
    folder.mkdir(parents=True, exist_ok=True)
    with Gradebook(folder) as book:
        new = []
        for chosen in _newest(submissions(place), sets):
            if isinstance(chosen, ToMark):
                mark_of = _mark_of(chosen.submission, sets[chosen.slug])
                if not any(book.has(chosen.submission.where, key) for key in (mark_of, f"{mark_of} {sandbox.seconds}")):
                    new.append(chosen)
            else:
                one, status = chosen
                if not book.has(one.where, one.digest):
                    say(f"{one.where}: {status}. {one.problem}")
                    book.note(one.where, one.student, one.name, "", one.digest, status, one.problem)
        if new:
            book.prepare([sets[slug] for slug in sorted({one.slug for one in new})])
        for count, (one, outcome) in enumerate(_marked(new, sets, sandbox), 1):
            submission, exercises = one.submission, sets[one.slug]
            status, note = (GRADED, outcome.note) if isinstance(outcome, Marked) else (NOT_GRADED, str(outcome))
            try:
                _put(folder / "submitted" / submission.student / one.slug / f"{one.slug}.ipynb", submission.content)
                if status == GRADED:
                    laid = json.dumps(outcome.book).encode()
                    _put(folder / "autograded" / submission.student / one.slug / f"{one.slug}.ipynb", laid)
                    book.enter(submission.student, submission.name, exercises, outcome)
            except Exception as error:  # what one notebook holds must not stop the others; a full disk stops them all
                if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EACCES, errno.EROFS):
                    raise
                status, note = NOT_GRADED, f"It could not be entered ({type(error).__name__}). Look at it by hand."
            if note:
                say(f"{submission.where}: {status}. {note}")
            key = _mark_of(submission, exercises) + (f" {sandbox.seconds}" if status == NOT_GRADED else "")  # more time may help
            book.note(submission.where, submission.student, submission.name, one.slug, key, status, note)
            progress(f"  {count} of {len(new)} notebooks marked")
        for _, student, name, slug, status, _ in book.files():
            if status == GRADED and slug in sets:
                page = feedback(sets[slug], name, book.answers(student, slug), book.points(student, slug))
                _put(folder / "feedback" / student / slug / f"{slug}.html", page.encode("utf-8", "replace"))
                _pass_on(folder, student, slug)
        _put(folder / "marks.csv", marks(book, sets).encode("utf-8-sig", "replace"))
        return len(new), sum(row[4] == NOT_GRADED for row in book.files())


def _newest(found: Iterator[Submission], sets: dict[str, ExerciseSet]) -> list[ToMark | tuple[Submission, str]]:
    """What is to be marked, the newest of each learner and set; and what is not, with a status and the reason in its problem."""
    slugs = {exercises.number: slug for slug, exercises in sets.items()}
    newest: dict[tuple[str, str], ToMark] = {}
    others: list[tuple[Submission, str]] = []
    for submission in found:
        try:
            if submission.problem:
                raise Refused(submission.problem)
            cells = cells_of(submission.content)
            one = ToMark(submission, cells, set_of(cells, slugs))
        except Refused as refusal:
            others.append((submission._replace(problem=str(refusal)), NOT_GRADED if submission.where.lower().endswith(".ipynb") else LEFT_OUT))
            continue
        key = submission.student, one.slug
        older, newest[key] = sorted((newest.get(key, one), one), key=lambda one: (one.submission.by_folder, *_place_in_time(one.submission.where)))
        if older is not newest[key]:
            why = f"{newest[key].submission.where} counts, as the newer one by its name. If another is meant, remove the rest."
            others.append((older.submission._replace(problem=why), LEFT_OUT))
    return [*newest.values(), *others]


def _place_in_time(where: str) -> tuple[int, str]:
    """Exports have no times of their own: what was handed in again has a number at the end of its name."""
    again = AGAIN.search(where.removesuffix(".ipynb"))
    return int(again[1]) if again else 0, where


def _marked(new: list[ToMark], sets: dict[str, ExerciseSet], sandbox: Sandbox) -> Iterator[tuple[ToMark, Marked | Exception]]:
    """Each notebook with what came of it, as they get ready."""
    places: SimpleQueue[int] = SimpleQueue()
    workers = os.cpu_count() or 1
    for place in range(workers):
        places.put(place)
    for slug in {one.slug for one in new}:
        _ = sets[slug].cells  # made once, before the workers share it

    def work(one: ToMark) -> Marked:
        place = places.get()
        try:
            return mark(sets[one.slug], one.cells, sandbox, place)
        finally:
            places.put(place)

    waiting, running = list(reversed(new)), {}
    with ThreadPoolExecutor(workers) as pool:
        try:
            while waiting or running:
                while waiting and len(running) < 2 * workers:
                    one = waiting.pop()
                    running[pool.submit(work, one)] = one
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done:
                    yield running.pop(future), _outcome(future)
        except BaseException:
            sandbox.stop()
            pool.shutdown(cancel_futures=True)
            raise


def _outcome(future: Future[Marked]) -> Marked | Exception:
    try:
        return future.result()
    except NotMarked as problem:
        return problem
    except Exception as error:  # one notebook must not stop the others, whatever is in it
        return NotMarked(f"It could not be marked ({type(error).__name__}). Look at it by hand.")


def _mark_of(submission: Submission, exercises: ExerciseSet) -> str:
    """What a result depends on: the notebook, the exercises and what marking means."""
    return f"{submission.digest} {exercises.digest} {VERSION}"


def _pass_on(folder: Path, student: str, slug: str) -> None:
    """What nbgrader's exchange lays beside a notebook, so that feedback finds its way back through it."""
    for name in FROM_THE_EXCHANGE:
        stamp = folder / "submitted" / student / slug / name
        if stamp.is_file() and not stamp.is_symlink() and stamp.stat().st_size < 1000:
            for stage in ("autograded", "feedback"):
                _put(folder / stage / student / slug / name, stamp.read_bytes())


def _put(path: Path, content: bytes) -> None:
    """Write a file whole or not at all, and only when it says something new."""
    if path.exists() and path.read_bytes() == content:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_bytes(content)
    part.replace(path)
