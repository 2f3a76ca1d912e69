"""Zips that are the same, byte for byte, whenever they hold the same."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

WHEN = (1980, 1, 1, 0, 0, 0)  # the earliest time that a zip can name
UNIX = 3  # as the system that made it, so that every system makes the same
READABLE = 0o644 << 16  # by whoever unpacks it


def zipped(files: Mapping[str, bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip. files: contents by path, with / between folders.

    compression: as zipfile names it; another zlib may compress to other bytes.
    """
    memory = io.BytesIO()
    with zipfile.ZipFile(memory, "w") as archive:
        for path, content in sorted(files.items()):
            entry = zipfile.ZipInfo(path, WHEN)
            entry.create_system = UNIX
            entry.compress_type = compression
            entry.external_attr = READABLE
            archive.writestr(entry, content)
    return memory.getvalue()
