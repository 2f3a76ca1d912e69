"""The tags of a PDF, by which a screen reader reads it: what Chromium leaves out.

What is no content, such as a running title or a line to write on, is marked as an artifact; an
item of a list has its body; and tags that PDF 1.7 does not know stand for some that it does
(ISO 32000-1, 14.8). The header cells of a table keep their scope and lose their names, which
differ from one printing to the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    ContentStream,
    DictionaryObject,
    IndirectObject,
    NameObject,
)

STANDS_FOR = {"/Strong": "/Span", "/Em": "/Span"}
ARTIFACT: tuple[Any, bytes] = ([NameObject("/Artifact")], b"BMC")
END: tuple[Any, bytes] = ([], b"EMC")
OPENS_MARK, CLOSES_MARK = (b"BDC", b"BMC"), b"EMC"
OPENS_PATH = (b"re", b"m")
PAINTS = (b"f", b"f*", b"F", b"S", b"s", b"B", b"B*", b"b", b"b*")
CLIPS = b"n"  # ends a path without painting it


def forget_names(root: Any) -> None:
    """Leave the cells of tables to the scope of their header cells. root: of the tree of tags."""
    root.pop("/IDTree", None)
    for kind in ("/TH", "/TD"):
        for element in _elements(root, kind):
            cell: Any = element.get_object()
            cell.pop("/ID", None)
            kept = [one for one in cell.get("/A", []) if "/Headers" not in one.get_object()]
            cell[NameObject("/A")] = ArrayObject(kept)


def complete(writer: PdfWriter) -> None:
    """Complete the tags of a file."""
    root: Any = writer.root_object["/StructTreeRoot"].get_object()
    names = {NameObject(own): NameObject(known) for own, known in STANDS_FOR.items()}
    root[NameObject("/RoleMap")] = DictionaryObject(names)
    for item in list(_elements(root, "/LI")):
        _give_body(writer, item)
    for page in writer.pages:
        content = page.get_contents()
        if content is not None:
            stream = ContentStream(content, writer)
            stream.operations = list(_with_artifacts(stream.operations))
            page.replace_contents(stream)
            page.compress_content_streams()


def _elements(parent: Any, kind: str) -> Iterator[IndirectObject]:
    """The elements of a kind below one of the tree of tags, in reading order."""
    for child in _children(parent):
        element = child.get_object()
        if isinstance(element, DictionaryObject):
            if element.get("/S") == kind:
                yield child
            yield from _elements(element, kind)


def _children(element: Any) -> list[Any]:
    """What an element holds: other elements, and numbers of pieces of a page."""
    inside = element.get("/K", ArrayObject())
    return list(inside) if isinstance(inside, ArrayObject) else [inside]


def _give_body(writer: PdfWriter, item: IndirectObject) -> None:
    """Put what stands beside the label of a list's item into a body."""
    element: Any = item.get_object()
    labels: list[Any] = []
    rest: list[Any] = []
    for child in _children(element):
        is_label = child.get_object().get("/S") == "/Lbl"
        (labels if is_label else rest).append(child)
    body = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/StructElem"),
            NameObject("/S"): NameObject("/LBody"),
            NameObject("/P"): item,
            NameObject("/K"): ArrayObject(rest),
        }
    )
    place = writer._add_object(body)
    for child in rest:
        child.get_object()[NameObject("/P")] = place
    element[NameObject("/K")] = ArrayObject([*labels, place])


def _with_artifacts(operations: list[tuple[Any, bytes]]) -> Iterator[tuple[Any, bytes]]:
    """The operations of a page; what paints outside of every mark is marked as an artifact."""
    depth = 0
    path: list[tuple[Any, bytes]] = []
    for operation in operations:
        _, sign = operation
        depth += (sign in OPENS_MARK) - (sign == CLOSES_MARK)
        if depth:
            yield operation
        elif path or sign in OPENS_PATH:
            path.append(operation)
            if sign in PAINTS or sign == CLIPS:
                yield from path if sign == CLIPS else (ARTIFACT, *path, END)
                path = []
        elif sign == b"BT":
            yield from (ARTIFACT, operation)
        elif sign == b"ET":
            yield from (operation, END)
        else:
            yield operation
