"""A small picture for a widget: a band and a line on a scale.

Written out as an SVG at once, without matplotlib, so that a key press is answered at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from helpers.figures.canvas import image
from helpers.figures.marks import DARK, PALE, Span

LEFT, RIGHT = 20, 580  # where the scale begins and ends, in the units of the picture
WIDTH, LETTER = 600, 7.2  # of the picture, and of a letter of a label at most

PICTURE = """\
<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="124" font-family="sans-serif" \
font-size="13"><rect width="{WIDTH}" height="124" fill="white"/>\
<path d="M{LEFT} 80H{RIGHT}" stroke="{DARK}"/>\
<rect x="{start:.1f}" y="40" width="{width:.1f}" height="40" fill="{PALE}" stroke="{DARK}"/>\
<path d="M{place:.1f} 30V88" stroke="{DARK}" stroke-width="3"/>\
<text x="{over_place:.1f}" y="20" text-anchor="middle">{line}</text>\
<text x="{below_band:.1f}" y="101" text-anchor="middle">{band}</text>\
<text x="{LEFT}" y="120">{low:,.0f}</text>\
<text x="{RIGHT}" y="120" text-anchor="end">{high:,.0f}</text></svg>"""


@dataclass(frozen=True)
class Sketch:
    """A labelled band and a labelled line on a scale, in the units of the scale."""

    scale: Span
    band: Span
    band_label: str
    line: float
    line_label: str

    def draw(self) -> str:
        """The text of an SVG."""
        start, end = self._place(self.band.start), self._place(self.band.end)
        place = self._place(self.line)
        return PICTURE.format(
            WIDTH=WIDTH,
            LEFT=LEFT,
            RIGHT=RIGHT,
            DARK=DARK,
            PALE=PALE,
            start=start,
            width=max(end - start, 1),
            place=place,
            over_place=_on_picture(place, self.line_label),
            below_band=_on_picture((start + end) / 2, self.band_label),
            line=escape(self.line_label),
            band=escape(self.band_label),
            low=self.scale.start,
            high=self.scale.end,
        )

    def image(self, alt: str) -> str:
        """The picture as an <img> with an alt text."""
        return image(self.draw().encode(), alt)

    def _place(self, value: float) -> float:
        """Where a number stands in the picture; beyond the scale, at its end."""
        low, high = self.scale
        share = (value - low) / (high - low)
        inside = min(max(share, 0), 1)
        return LEFT + (RIGHT - LEFT) * inside


def _on_picture(middle: float, label: str) -> float:
    """The middle of a label, so that the whole of it stands on the picture."""
    half = LETTER * len(label) / 2
    return min(max(middle, half), WIDTH - half)
