"""How an XML file of the bank is written: indented, in UTF-8, the same each time."""

from __future__ import annotations

from xml.etree.ElementTree import Element, indent, tostring


def written(root: Element) -> bytes:
    """A document as the bytes of a file."""
    indent(root)
    content: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"
