"""The timeline: who set which date on the document."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import NamedTuple

from helpers.display import View
from helpers.edition import edition
from helpers.figures.canvas import Paper
from helpers.figures.chart import Axis, Chart, Frame
from helpers.figures.marks import (
    BESIDE_DOT,
    Arrow,
    Box,
    Line,
    Mark,
    Point,
    Shape,
    Span,
    Words,
    around,
)

FRAME = Frame(
    before="Timeline in {lanes} lanes with {count} marks. The horizontal axis runs in days.",
    after="Marks of one day are diamonds, a stretch of days is a bar. An arrow joins two days that "
    "one office set.",
    caption="The dates of the document, by the office that set them",
    title="{count} dates, {jobs} jobs",
)
TICK_DAYS = (1, 8, 15, 22)  # of each month
STEP, LANE = 1.0, 1.0  # from one mark of a lane to the next, and what separates lanes besides


class Job(NamedTuple):
    """What a date of the document is for, and who set it. value: a day or a stretch of days."""

    set_by: str
    name: str
    value: str

    @property
    def days(self) -> list[date]:
        """The day, or the first and the last."""
        return [date.fromisoformat(day) for day in self.value.split("/")]

    @property
    def is_a_day(self) -> bool:
        """Whether it is one day, and not a stretch of them."""
        return "/" not in self.value


def timeline() -> View:
    """The dates of the document: one lane for each office that set them."""
    jobs = _jobs()
    heights = _heights(list(jobs))
    marks = []
    for job, segments in jobs.items():
        before = _day_before(job, list(jobs))
        marks.append(_mark(job, segments, heights, before))
    lowest = max(heights.values()) + STEP
    offices = {job.set_by for job in jobs}
    names = {job.name for job in jobs}
    chart = Chart(
        FRAME,
        marks,
        Paper(9, 4, right=2.9),
        x=_axis_of_days(list(jobs)),
        y=Axis("", Span(lowest, -STEP)),
        facts={"lanes": len(offices), "jobs": len(names)},
    )
    return chart.view()


def _jobs() -> dict[Job, list[str]]:
    """The dates that somebody set, by their jobs, the earliest first; and where each stands."""
    dates = [row for row in edition().rows("dates") if row["set_by"]]
    dates.sort(key=lambda row: row["value"])
    jobs: dict[Job, list[str]] = {}
    for row in dates:
        job = Job(row["set_by"], row["job"], row["value"])
        jobs.setdefault(job, []).append(row["segment"])
    return jobs


def _heights(jobs: list[Job]) -> dict[Job, float]:
    """Where each job stands, from the top down: those of one office stand together."""
    heights: dict[Job, float] = {}
    height = -LANE
    for _, lane in groupby(sorted(jobs, key=_office), key=_office):
        height += LANE
        for job in lane:
            heights[job] = height
            height += STEP
    return heights


def _office(job: Job) -> str:
    return job.set_by


def _day_before(job: Job, jobs: list[Job]) -> Job | None:
    """The day that its office set before a day, if there is one; the earliest job comes first."""
    earlier = jobs[: jobs.index(job)]
    days = [other for other in earlier if other.is_a_day and other.set_by == job.set_by]
    return days[-1] if days and job.is_a_day else None


def _mark(job: Job, segments: list[str], heights: dict[Job, float], before: Job | None) -> Mark:
    first, last = job.days[0], job.days[-1]
    height = heights[job]
    reach = Span(first.toordinal(), last.toordinal())
    shape: Shape = Point(reach.start, height)
    written = _written(first)
    if first != last:
        shape = Box(reach, around(height, 0.3))
        written = f"{written} to {_written(last)}"
    shapes = [shape, Words(reach.end, height, f"{job.name}: {written}", away=BESIDE_DOT)]
    later = ""
    if before:
        start = before.days[0]
        later = f"{(first - start).days} days after {_written(start)}"
        shapes += _distance(start, first, Span(heights[before], height))
    return Mark(
        shapes=shapes,
        cells={
            "Job": job.name,
            "Date": written,
            "Set by": job.set_by,
            "Stands in": ", ".join(segments),
            "Distance": later,
        },
        said="{0}, {1}, set by the {2} ({3}), {4}" if later else "{0}, {1}, set by the {2} ({3})",
        lane=job.set_by,
        place=height,
    )


def _distance(start: date, end: date, heights: Span) -> list[Shape]:
    """An arrow from one day to another, its length in words, and a thin line down to its start."""
    days = Span(start.toordinal(), end.toordinal())
    below = Span(days.start, days.start)
    arrow = Arrow(days, heights.end)
    words = Words(days.middle, heights.end, f"{end.toordinal() - start.toordinal()} days", "above")
    return [Line(below, heights, width=1), arrow, words]


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _axis_of_days(jobs: list[Job]) -> Axis:
    """An axis from the first to the last day, counted as Python's calendar counts them."""
    days = []
    for job in jobs:
        days += [day.toordinal() for day in job.days]
    first, last = min(days), max(days)
    margin = max(1, 0.06 * (last - first))
    ticks: dict[float, str] = {}
    for number in range(first, last + 2):
        day = date.fromordinal(number)
        if day.day in TICK_DAYS:
            ticks[number] = f"{day.day} {day:%b}"
    return Axis("Day", Span(first - margin, last + margin), ticks)
