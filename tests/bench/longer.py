"""An edition whose text is another one's, repeated."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from helpers.edition import Edition

PACKAGE = {
    "resources": [
        {"name": "source", "path": "text.txt"},
        {"name": "segments", "path": "segments.csv", "format": "csv"},
    ]
}


def write_longer(edition: Edition, times: int, folder: Path) -> None:
    """Write the text `times` times into a folder, with segments of its own."""
    text = edition.text * times
    (folder / "text.txt").write_text(text, encoding="utf-8", newline="")
    (folder / "datapackage.json").write_text(json.dumps(PACKAGE), encoding="utf-8")
    rows = edition.rows("segments")
    with open(folder / "segments.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for number in range(times):
            for row in rows:
                writer.writerow(_moved(row, number, len(edition.text)))


def _moved(row: dict[str, str], number: int, length: int) -> dict[str, str]:
    """The row of a segment in that repetition of the text."""
    letter, rest = row["id"][0], row["id"][1:]
    offset = number * length
    start = int(row["start"]) + offset
    end = int(row["end"]) + offset
    return row | {"id": f"{letter}{number}{rest}", "start": str(start), "end": str(end)}
