"""Rule 7, of any figure: the words beside a mark, its arrows, and the strip of the whole scale."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import pytest
from drawn import artists, numbers, tokens
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.text import Text
from matplotlib.transforms import Bbox
from test_figures import EVERY, as_drawn, is_move, rows, run

from helpers.figures.marks import Box, Line, Mark, Point, Words

MILLION = 1e6
LITTLE = 1  # pixels by which the edges of letters may meet
APART = 3  # pixels from a word to one beside it, or both are read as one


@EVERY
def test_words_beside_a_mark_are_those_of_its_row(path: Path) -> None:
    for shown in run(path):
        frame = shown.chart.frame
        around = tokens(" ".join([frame.before, frame.after, frame.caption, *shown.page.rows[0]]))
        names = {artist.look for artist in artists(shown.axes) if artist.kind == "words"}
        in_millions = shown.axes.get_ylabel().startswith("Million")
        for mark, row in zip(shown.chart.marks, rows(shown), strict=True):
            cells = "; ".join(row)
            known = tokens(cells) | {word for word in around if not re.search(r"\d", word)}
            for shape in mark.shapes:
                if isinstance(shape, Words):
                    strange = tokens(shape.text) - known
                    if in_millions:
                        strange = {word for word in strange if not is_million_of(word, cells)}
                    assert not strange, f"{shown.where}: {shape.text}: {strange} not in {row}"
                    assert stands_at_a_shape(shape, mark), f"{shown.where}: {shape} is far off."
                    assert (shape.text,) in names, f"{shown.where}: {shape.text} is not drawn."


def is_million_of(word: str, cells: str) -> bool:
    """Whether this many millions stand in a row, written out."""
    return any(
        number * MILLION == pytest.approx(one) for number in numbers(word) for one in numbers(cells)
    )


def stands_at_a_shape(words: Words, mark: Mark) -> bool:
    others = [as_drawn(shape) for shape in mark.shapes if not isinstance(shape, Words)]
    for other in others:
        low, high = sorted(other.y)
        middle = sum(other.x) / 2
        if words.x in (*other.x, pytest.approx(middle)) and low <= words.y <= high:
            return True
    return not others


@EVERY
def test_an_arrow_leads_from_the_first_bar_of_its_mark_to_the_other(path: Path) -> None:
    for shown in run(path):
        for mark in shown.chart.marks:
            drawn = [as_drawn(shape) for shape in mark.shapes]
            for arrow in filter(is_move, drawn):
                first, other = [artist for artist in drawn if artist.kind == "box"]
                for end, box in enumerate((first, other)):
                    meant = sum(box.x) / 2, box.y[1 - end]
                    found = arrow.x[end], arrow.y[end]
                    assert found == pytest.approx(meant), f"{shown.where}: {arrow} misses {box}."


@EVERY
def test_a_strip_has_the_whole_scale_and_frames_the_part_below_it(path: Path) -> None:
    for shown in run(path):
        if not shown.strip:
            continue
        whole, part = shown.strip.get_xlim(), shown.axes.get_xlim()
        assert whole == (0, part[1]), f"{shown.where}: the strip has another scale, {whole}."
        on_strip = artists(shown.strip)
        boxes = [artist.x for artist in on_strip if artist.kind == "box"]
        assert part in boxes, f"{shown.where}: no frame on the strip around {part}."
        for mark in shown.chart.marks:
            below = [shape for shape in mark.shapes if isinstance(shape, (Box, Line, Point))]
            assert list(mark.strip) == below, f"{shown.where}: {mark} is another on the strip."


@EVERY
def test_no_words_stand_on_other_words_or_on_a_mark_that_is_not_theirs(path: Path) -> None:
    for shown in run(path):
        shown.figure.canvas.draw()
        for axes in shown.figure.axes:
            texts = [text for text in axes.findobj(Text) if text.get_visible() and text.get_text()]
            boxes = {text: Text.get_window_extent(text) for text in texts}
            for one, other in combinations(boxes, 2):
                near = boxes[one].padded(APART, 0)
                assert not overlap(near, boxes[other]), (
                    f"{shown.where}: “{one.get_text()}”, “{other.get_text()}”."
                )
            for point in [line for line in axes.lines if len(line.get_xdata()) == 1]:
                covered = [text.get_text() for text in texts if overlap(boxes[text], seen(point))]
                assert not covered, (
                    f"{shown.where}: {covered} stands on the mark at {place(point)}."
                )


def overlap(one: Bbox, other: Bbox) -> bool:
    shared = Bbox.intersection(one, other)
    return shared is not None and shared.width > LITTLE and shared.height > LITTLE


def seen(point: Line2D) -> Bbox:
    """What the mark of a point covers, in pixels."""
    assert isinstance(point.axes, Axes) and isinstance(point.figure, Figure)
    x, y = point.axes.transData.transform(place(point))
    half = point.get_markersize() / 2 * point.figure.dpi / 72
    return Bbox([[x - half, y - half], [x + half, y + half]])


def place(point: Line2D) -> tuple[float, float]:
    return float(point.get_xdata()[0]), float(point.get_ydata()[0])
