"""Rule 7: drawing, words and table of every figure agree with each other, and with the edition.

Here is what holds of any figure, for each that stands in a lesson; a new one is found by itself.
What only the edition's tables can say of each is in test_figures_by_edition.py.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest
from course import LESSONS, cells, label, source
from drawn import Artist, Shown, artists, column, numbers, shown_charts, spans, ticks, tokens
from matplotlib import colors
from matplotlib.axes import Axes
from test_stacked_bars import class_figure

from helpers import WORDS
from helpers.figures.marks import Arrow, Box, Line, Move, Point, Shape, Words

FIGURES = [word for word, module in WORDS.items() if module.startswith("figures.")]
CALL = re.compile(rf"\b(?:{'|'.join(FIGURES)})\(")


def code(path: Path) -> list[str]:
    return [source(cell) for cell in cells(path) if cell["cell_type"] == "code"]


CLASS_VIEW = Path("class-view")  # stands in no lesson
WITH_FIGURES = [path for path in LESSONS if any(map(CALL.search, code(path)))] + [CLASS_VIEW]


@cache
def run(path: Path) -> list[Shown]:
    """The figures of a lesson, when it is run as it stands."""
    if path == CLASS_VIEW:
        return [class_figure()]
    names: dict[str, object] = {}
    with shown_charts() as charts:
        for text in code(path):
            before = len(charts)
            exec(text, names)
            assert len(charts) > before or not CALL.search(text), (
                f"{label(path)}: {text}: no figure."
            )
            for shown in charts[before:]:
                shown.where = f"{label(path)}, {text.splitlines()[-1]}"
    return charts


EVERY = pytest.mark.parametrize("path", WITH_FIGURES, ids=lambda path: path.stem)


def as_drawn(shape: Shape) -> Artist:
    """The artist that a shape asks for."""
    match shape:
        case Box():
            return Artist("box", shape.x, shape.y, (shape.look.hatch, hexed(shape.look.shade)))
        case Line():
            return Artist("line", shape.x, shape.y, (hexed(shape.shade),))
        case Point():
            x, y = (shape.x, shape.x), (shape.y, shape.y)
            return Artist("point", x, y, (shape.marker, "#30475e" if shape.filled else "white"))
        case Arrow():
            return Artist("arrow", shape.x, (shape.y, shape.y), ("CurveAB",))
        case Move():
            return Artist("arrow", shape.x, shape.y, ("CurveB",))
        case Words():
            return Artist("words", (shape.x, shape.x), (shape.y, shape.y), (shape.text,))
    raise AssertionError(f"Say in tests/test_figures.py which artist a {type(shape).__name__} is.")


def hexed(shade: str) -> str:
    return colors.to_hex(shade)


def key(artist: Artist) -> tuple[object, ...]:
    """What is equal for equal artists, whatever floats do to the last digit."""
    rounded = [round(float(end), 6) for end in (*artist.x, *artist.y)]
    looks = [hexed(look) if look == "white" else look for look in artist.look]
    return artist.kind, *rounded, *looks


def rows(shown: Shown) -> list[list[str]]:
    return shown.page.rows[1:]


def both(shown: Shown) -> list[tuple[Axes, list[Sequence[Shape]]]]:
    """The axes of a figure, and its strip if it has one, with what each mark has there."""
    marks = [*shown.chart.beside, *shown.chart.marks]
    found = [(shown.axes, [mark.shapes for mark in marks])]
    on_strip = [mark.strip for mark in marks]
    if shown.strip:
        return [*found, (shown.strip, on_strip)]
    assert shown.chart.strip is None or not shown.chart.paper.strip, f"{shown.where}: no strip."
    return found


@EVERY
def test_every_mark_is_drawn_and_nothing_else(path: Path) -> None:
    for shown in run(path):
        for axes, marks in both(shown):
            meant = sorted(key(as_drawn(shape)) for shapes in marks for shape in shapes)
            drawn = sorted(map(key, artists(axes)))
            strange = [artist for artist in drawn if artist not in meant]
            missing = [artist for artist in meant if artist not in drawn]
            assert drawn == meant, f"{shown.where}: in no mark: {strange}; not drawn: {missing}"
        beside = len(shown.figure.get_children()) - len(both(shown))
        assert beside == 1, f"{shown.where}: something beside the axes."
        assert shown.page.image == shown.figure.saved, f"{shown.where}: the page has another image."


@EVERY
def test_the_scale_is_plain_and_holds_every_mark(path: Path) -> None:
    every = [(shown, axes) for shown in run(path) for axes, _ in both(shown)]
    for shown, axes in every:
        assert axes.get_xscale() == axes.get_yscale() == "linear", shown.where
        for ends, limits in (("x", axes.get_xlim()), ("y", axes.get_ylim())):
            for artist in artists(axes):
                inside = min(limits) <= min(getattr(artist, ends)) <= max(limits)
                inside = inside and max(getattr(artist, ends)) <= max(limits)
                assert inside, f"{shown.where}: {artist} runs beyond the axis, {limits}."


@EVERY
def test_numbers_along_an_axis_stand_at_their_places(path: Path) -> None:
    for shown in run(path):
        axes, chart = shown.axes, shown.chart
        pairs = [(axes.xaxis, chart.x), (axes.yaxis, chart.y)]
        if shown.strip:
            pairs.append((shown.strip.xaxis, chart.strip))
        for axis, meant in pairs:
            scale = 1e6 if axis.get_label_text().startswith("Million") else 1
            names = ticks(axis) if axes.axison else {}
            for place, name in names.items():
                if re.fullmatch(r"[\d,.]+", name):
                    said = numbers(name)[0] * scale
                    assert said == pytest.approx(place), f"{shown.where}: {name} at {place}"
                elif meant and not any(mark.lane == name for mark in chart.marks):
                    assert meant.ticks, f"{shown.where}: {name} stands along an axis of numbers."


@EVERY
def test_the_table_has_a_row_for_each_mark(path: Path) -> None:
    for shown in run(path):
        meant = [[str(cell) for cell in mark.cells.values()] for mark in shown.chart.marks]
        assert rows(shown) == meant, f"{shown.where}: table and marks differ."
        assert shown.page.rows[0] == list(shown.chart.marks[0].cells), f"{shown.where}: headings."
        said = " ".join(shown.view.text.split())
        for cell in [cell for row in rows(shown) for cell in row if cell]:
            assert " ".join(cell.split()) in said, f"{shown.where}: the plain text lacks {cell}."


@EVERY
def test_what_is_drawn_stands_in_the_table_and_in_the_alt_text(path: Path) -> None:
    for shown in run(path):
        for mark, row, said in zip(shown.chart.marks, rows(shown), told(shown), strict=True):
            cells = "; ".join(row)
            drawn = [as_drawn(shape) for shape in [*mark.shapes, *mark.strip]]
            for artist in drawn:
                assert is_told(artist, cells), f"{shown.where}: {artist} is not in its row: {row}"
                assert is_told(artist, said), f"{shown.where}: {artist} is not in the alt: {said}"
            known = set(numbers(cells)) | {end for artist in drawn for end in artist.x}
            strange = set(numbers(said)) - known
            assert not strange, f"{shown.where}: the alt text says {strange}, its row {row}."


def told(shown: Shown) -> list[str]:
    """The words of the marks in the alt text of the page, one after the other."""
    alt, said = shown.page.alt, []
    for mark in shown.chart.marks:
        part = mark.tell()
        _, found, alt = alt.partition(part)
        assert found, f"{shown.where}: the alt text does not say, in its place: {part}"
        said.append(part)
    return said


def is_told(artist: Artist, text: str) -> bool:
    """Whether words name where an artist runs along one axis: its ends, its length, its middle."""
    if artist.kind == "words" or is_move(artist):
        return True  # other tests look at them
    named = spans(text)
    single = {low for low, high in named if low == high}
    for start, end in (artist.x, artist.y):
        if any(close(start, low) and close(end, high) for low, high in named):
            return True
        if all(any(close(place, one) for one in {0.0, *single}) for place in (start, end)):
            return True
        if artist.kind == "point" and any(close(start, sum(span) / 2) for span in named):
            return True
        if start != end and any(close(end - start, one) for one in single):
            return True
    return False


def close(drawn: float, said: float) -> bool:
    """Equal, as far as words round: to a tenth of a percent."""
    return drawn == pytest.approx(said, rel=1e-9, abs=0.0501 if abs(said) <= 100 else 1e-6)


def is_move(artist: Artist) -> bool:
    return artist.kind == "arrow" and artist.y[0] != artist.y[1]


@EVERY
def test_a_lane_bears_the_name_of_its_row(path: Path) -> None:
    for shown in run(path):
        lanes = ticks(shown.axes.yaxis) if any(mark.lane for mark in shown.chart.marks) else {}
        for mark, row in zip(shown.chart.marks, rows(shown), strict=True):
            for shape in mark.shapes if lanes else ():
                height = sum(as_drawn(shape).y) / 2
                name = lanes[min(lanes, key=lambda place: abs(place - height))]
                strange = tokens(name) - tokens("; ".join(row))
                assert not strange, f"{shown.where}: {row} stands in the lane {name}."


@EVERY
def test_the_frame_of_an_alt_text_counts_what_is_there(path: Path) -> None:
    for shown in run(path):
        chart, axes, alt = shown.chart, shown.axes, shown.page.alt
        for part in told(shown):
            alt = alt.replace(part, " ", 1)
        there = {len(chart.marks), len({mark.lane for mark in chart.marks})}
        there |= {*axes.get_xlim(), *axes.get_ylim()}
        there |= {len(chart.legend.samples)} if chart.legend else set()
        there |= {len(set(column(shown, "Series")))} if "Series" in shown.page.rows[0] else set()
        there |= {*shown.strip.get_xlim()} if shown.strip else set()
        labels = [axes.get_xlabel(), shown.page.caption, *ticks(axes.xaxis).values()]
        there |= {number for text in labels for number in numbers(text)}
        for artist in [as_drawn(shape) for mark in chart.beside for shape in mark.shapes]:
            there |= {*artist.x, *artist.y, sum(artist.x) / 2}
        cells = "; ".join(cell for row in rows(shown) for cell in row)
        years = re.findall(r"\b1[89]\d\d\b", cells)
        strange = set(numbers(alt)) - there - set(map(float, years))
        assert not strange, (
            f"{shown.where}: the alt text speaks of {strange}, and nothing shows it."
        )
        named = tokens(" ".join([alt, shown.page.caption]))
        hatched = any(artist.look[0] for artist in artists(axes) if artist.kind == "box")
        assert hatched == bool(named & {"hatched", "striped"}), (
            f"{shown.where}: hatched, or said to be, not both."
        )


@EVERY
def test_nothing_on_a_figure_is_cut_off(path: Path) -> None:
    for shown in run(path):
        box, (width, height) = shown.figure.get_tightbbox(), shown.figure.get_size_inches()
        whole = 0 <= box.x0 < box.x1 <= width and 0 <= box.y0 < box.y1 <= height
        assert whole, (
            f"{shown.where}: a figure of {width} by {height} inches holds what runs from {box.min} "
            f"to {box.max}. Give its paper more room."
        )


def test_every_figure_stands_in_a_lesson() -> None:
    used = {
        call.rstrip("(") for path in LESSONS for text in code(path) for call in CALL.findall(text)
    }
    assert used == set(FIGURES), f"No lesson shows {set(FIGURES) - used}: these tests can't see it."
