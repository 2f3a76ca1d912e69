"""Rule 7 for the figure of the class view, which stands in no lesson: its counts are ours here."""

from __future__ import annotations

from itertools import accumulate

from drawn import Shown, draw, lanes, legend, of_kind, reach, same

from helpers.figures.stacked import Bar, stacked_bars

LOOKS = {
    ("", "#30475e"): "dark",
    ("", "#c9d6e2"): "pale",
    ("//", "#ffffff"): "striped",
    ("..", "#ffffff"): "dotted",
    ("xx", "#ffffff"): "crossed",
    ("", "#ffffff"): "white",
}


PARTS = ["first", "second", "later", "not known", "not right", "not answered"]
COUNTS = {"E1.1": (5, 3, 2, 1, 4, 0), "E1.2": (0, 0, 0, 0, 3, 12)}


def class_figure() -> Shown:
    bars = [Bar(name, found) for name, found in COUNTS.items()]
    shown = draw(lambda: stacked_bars(bars, ["Question", *PARTS], "By try", "Learners"))
    shown.where = "the figure of the class view"
    return shown


def test_stacked_bars() -> None:
    shown = class_figure()
    looks = legend(shown.axes)
    assert list(looks) == PARTS
    said = ", ".join(f"{LOOKS[look]} for {part}" for part, look in looks.items())
    assert f"Each bar has parts: {said}." in shown.page.alt
    for lane, (name, found) in enumerate(COUNTS.items()):
        boxes = [box for box in of_kind(shown, "box") if round(sum(box.y) / 2) == lane]
        ends = list(accumulate(found))
        meant = [(end - count, end) for end, count in zip(ends, found, strict=True) if count]
        same(reach(boxes), meant, name)
        named = [part for part, count in zip(PARTS, found, strict=True) if count]
        assert [box.look for box in boxes] == [looks[part] for part in named]
        assert shown.page.rows[lane + 1] == [name, *map(str, found)]
        said = ", ".join(
            f"{count} {part}" for count, part in zip(found, PARTS, strict=True) if count
        )
        assert f"{name}: {said}" in shown.page.alt
        inside = [a.look[0] for a in of_kind(shown, "words") if a.y[0] == lane]
        plain = [str(c) for c, p in zip(found, PARTS, strict=True) if c and not looks[p][0]]
        assert inside == plain and lanes(shown)[lane] == name
