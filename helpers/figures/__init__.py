"""Figures, one file for each kind of them. Each makes a `Chart` of marks.

marks: what is drawn. chart: marks as drawing, table and alt text. canvas: the way to a page.
sketch: the small picture of a widget.
"""
