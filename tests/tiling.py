"""The rule that every edition keeps, the course's own and others: its segments tile its text."""

from __future__ import annotations

from helpers.edition import Edition


def assert_its_segments_tile_it(found: Edition) -> None:
    """A document is its segments in their order; before, between and after them stands nothing."""
    end = 0
    for segment in found.segments.values():
        there = found.text[segment.start : segment.end]
        assert there == segment.text, f"{segment.id}: at its place stands “{there}”."
        assert segment.start >= end, f"{segment.id} overlaps the segment before it."
        gap = found.text[end : segment.start]
        assert not gap.strip(), f"Before {segment.id}, text lies in no segment: “{gap.strip()}”."
        end = segment.end
    rest = found.text[end:]
    assert not rest.strip(), f"At the end, text lies in no segment: “{rest.strip()}”."
