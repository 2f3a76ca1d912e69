"""What a printed PDF still needs: what it was made from, no dates, and whole tags."""

from __future__ import annotations

import io

from pypdf import PdfReader, PdfWriter

from helpers.authoring.handouts.tags import complete, forget_names

MADE_FROM = "/MadeFrom"  # the digest of the page, among the file's properties
AUTHOR = "The authors of One Day of a Journal"
MAKER = "python3 -m helpers handouts"


def finished(pdf: bytes, title: str, digest: str) -> bytes:
    """A printed PDF with its title and the digest of what it was made from.

    Without dates, so that the same page gives the same file.
    """
    reader = PdfReader(io.BytesIO(pdf))
    printed_by = reader.metadata
    printer = printed_by.producer if printed_by else None
    forget_names(reader.root_object["/StructTreeRoot"])
    writer = PdfWriter(clone_from=reader)
    complete(writer)
    writer.metadata = None
    writer.add_metadata(
        {
            "/Title": title,
            "/Author": AUTHOR,
            "/Creator": MAKER,
            "/Producer": printer or "",
            MADE_FROM: digest,
        }
    )
    file = io.BytesIO()
    writer.write(file)
    return file.getvalue()
