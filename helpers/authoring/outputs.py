"""Stored outputs: a notebook is run where it stands, without what each run writes differently."""

from __future__ import annotations

from pathlib import Path
from typing import Any

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
METADATA = {"kernelspec": KERNEL, "language_info": {"name": "python"}}
WIDGET = "application/vnd.jupyter.widget-view+json"  # names a widget of one run
SECONDS = 120  # that a cell may take


def store(path: Path) -> None:
    """Run one notebook from the top and write it back with fresh outputs.

    Raises nbclient's CellExecutionError when a cell fails; the file then stays as it was.
    """
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(path, as_version=4)
    client = NotebookClient(
        notebook,
        timeout=SECONDS,
        store_widget_state=False,
        extra_arguments=["--log-level=ERROR"],
        resources={"metadata": {"path": str(path.parent)}},
    )
    client.execute()
    notebook.metadata = nbformat.from_dict(METADATA)
    for cell in notebook.cells:
        _forget_the_run(cell)
    nbformat.write(notebook, path)
    print(f"Ran {path.name}", flush=True)


def _forget_the_run(cell: Any) -> None:
    """Take out of a cell what the next run would write differently."""
    cell.metadata.pop("execution", None)
    for output in cell.get("outputs", []):
        output.get("data", {}).pop(WIDGET, None)
