"""`refresh`: write the questions of each lesson anew from exercises/items, run it from the top and store fresh outputs. For authors.

With words after it, only the notebooks whose path holds one of them: `refresh 02`.
"""

from __future__ import annotations

from pathlib import Path

from helpers.commands.environment import ROOT, run_inside

INSIDE = "import sys; from helpers.commands.refresh import store; [store(path) for path in sys.argv[1:]]"
KEPT = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}, "language_info": {"name": "python"}}


def run(words: list[str]) -> int:
    """Returns 0 when all notebooks ran through."""
    books = sorted([*ROOT.glob("notebooks/*.ipynb"), *ROOT.glob("exercises/source/*/*.ipynb"), ROOT / "exercises/class-view.ipynb"])
    chosen = [str(book) for book in books if not words or any(word in book.relative_to(ROOT).as_posix() for word in words)]
    return run_inside("-c", INSIDE, *chosen)


def store(path: str | Path) -> None:
    """Run one notebook where it stands and write it back, with its questions as they are now and nothing that changes from run to run."""
    import nbformat
    from nbclient import NotebookClient

    from helpers.commands.release import lesson_question
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        cell.source = lesson_question(cell.id) or cell.source
    NotebookClient(notebook, timeout=120, store_widget_state=False, extra_arguments=["--log-level=ERROR"],
                   resources={"metadata": {"path": str(Path(path).parent)}}).execute()
    notebook.metadata = nbformat.from_dict(KEPT)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)
    nbformat.write(notebook, path)
    print(f"Ran {Path(path).name}", flush=True)
