"""Widgets in a browser, from key press to new picture, beside `interact` on the same page."""

from __future__ import annotations

import statistics
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import browser
import psutil
import started
from course import ROOT

from bench.timing import Row

WATCH = """([field, cell]) => {
    window.times = [];
    const drawn = '.widget-html-content, .jp-OutputArea .jp-OutputArea';
    const state = () => cell.querySelector(drawn)?.innerHTML;
    field.addEventListener('keydown', () => {
        const begun = performance.now(), old = state();
        const observer = new MutationObserver(async () => {
            const picture = cell.querySelector('img');
            if (state() === old || !state() || !picture) return;
            observer.disconnect();
            if (!picture.complete)
                await new Promise(shown => picture.addEventListener('load', shown));
            times.push(performance.now() - begun);
        });
        const all = {subtree: true, childList: true, characterData: true, attributes: true};
        observer.observe(cell, all);
    });
}"""
TWIN = """import matplotlib.pyplot as plt
from ipywidgets import BoundedFloatText, interact

def draw(value):
    start, end, line = {numbers}
    figure, axes = plt.subplots(figsize=(6, 1.24))
    axes.axvspan(start, end, 0.3, 0.7, color="0.8", ec="0.2")
    axes.axvline(line, color="0.2", lw=3)
    axes.text((start + end) / 2, -0.3, f"{{end:.1f}}", ha="center")
    axes.text(line, 1.1, f"{{line:.2f}}", ha="center")
    axes.set(xlim={scale}, yticks=[])
    plt.show()

interact(draw, value=BoundedFloatText({field}, description="Twin"));"""
PRESSES = 60
GOALS = (
    ("median", 50, "at most 30 ms, 3 times as fast"),
    ("95th percentile", 95, "at most 60 ms"),
)
OF_A_HUB = 22 * 1024  # megabytes for learners when a machine of 24 GB keeps 2 GB for itself


@dataclass(frozen=True)
class Picture:
    """A widget of a lesson: the label of its field, and the same picture drawn by `interact`."""

    lesson: str
    label: str
    numbers: str
    scale: str
    field: str

    def twin(self) -> str:
        """The cell that draws it with matplotlib."""
        return TWIN.format(numbers=self.numbers, scale=self.scale, field=self.field)


PICTURES = (
    Picture(
        lesson="05",
        label="Assumed total of people",
        numbers="0, 9000 / value, 50",
        scale="(0, 100)",
        field="value=150, min=90, max=2000, step=10",
    ),
    Picture(
        lesson="06",
        label="Harvest against the limit, in percent",
        numbers="3.0, 3.1, 2.95 + value / 34",
        scale="(2.6, 3.2)",
        field="value=0, min=-10, max=6, step=1",
    ),
)


def rows_of_widgets() -> Iterator[Row]:
    """Two rows for each widget, and one for the memory that a learner takes."""
    path = browser.browser_here()
    if not path:
        yield "widgets in the browser", browser.NO_BROWSER, "", "", ""
        return
    with (
        tempfile.TemporaryDirectory() as folder,
        started.lab(Path(folder)) as address,
        browser.chromium(path) as chromium,
    ):
        lab = browser.Lab(chromium, address)
        for picture in PICTURES:
            _open(lab, picture.lesson)
            memory = _memory()
            yield from _compare(lab, picture)
    sizes = " + ".join(f"{size:.0f}" for size in memory)
    learners = OF_A_HUB // sum(memory)
    what = "memory of a learner: JupyterLab's server and the kernel of a notebook"
    yield what, f"{sizes} MB", "", "", f"{learners:.0f} learners on a machine of 24 GB"


def _open(lab: browser.Lab, lesson: str) -> None:
    path = next(ROOT.glob(f"notebooks/{lesson}-*.ipynb"))
    lab.open(path.relative_to(ROOT).as_posix())
    lab.run_all()


def _memory() -> list[float]:
    """Megabytes of the server that we started, and of its newest kernel."""
    started = psutil.Process().children(recursive=True)
    server = next(process for process in started if "jupyterlab" in process.cmdline())
    kernel = server.children()[-1]
    return [process.memory_info().rss / 2**20 for process in (server, kernel)]


def _compare(lab: browser.Lab, picture: Picture) -> Iterator[Row]:
    ours = statistics.quantiles(_presses(lab, picture.label), n=100)
    first = lab.page.locator(f"{browser.PANEL} .jp-CodeCell").first
    lab.write(first, picture.twin())
    theirs = statistics.quantiles(_presses(lab, "Twin"), n=100)
    for name, percentile, goal in GOALS:
        mine = ours[percentile - 1]
        floor = theirs[percentile - 1]
        what = f"widget of {picture.lesson}, key press to new picture, {name}"
        ratio = f"{floor / mine:.1f} times as fast"
        yield what, f"{mine:.0f} ms", f"`interact`: {floor:.0f} ms", ratio, goal


def _presses(lab: browser.Lab, label: str) -> list[float]:
    """Milliseconds from each press of an arrow key in a field to the new picture on the page."""
    field = lab.page.get_by_label(label, exact=True).last
    cell = lab.cells().filter(has=field)
    field.focus()
    lab.page.evaluate(WATCH, [field.element_handle(), cell.element_handle()])
    for press in range(PRESSES):
        key = "ArrowUp" if press % 10 < 5 else "ArrowDown"
        lab.page.keyboard.press(key)
        lab.page.wait_for_function("count => times.length > count", arg=press, polling=100)
    return lab.page.evaluate("times")
