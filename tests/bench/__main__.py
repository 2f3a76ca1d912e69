"""`bench`: the course; `bench grade`: grading; `install`: the first start; `site`: live pages."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

MODULES = {
    "": "bench.course_speed",
    "grade": "bench.grading",
    "install": "bench.first_start",
    "site": "bench.first_result",
}


def main(arguments: list[str]) -> str | None:
    """Measure. Returns None, or one line when the words are no benchmark's."""
    module = MODULES.get(" ".join(arguments))
    if module is None:
        return "Say `bench`, `bench grade`, `bench install` or `bench site`."
    sys.path[0] = str(Path(__file__).resolve().parents[1])  # tests/, as for pytest
    import_module(module).measure()
    return None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
