"""`bench`: measure how fast the course is, each number beside its floor in the same run, and write a table. `bench grade`: grading.

Floors are real work, not empty programs: for Run All, a kernel that starts and imports the same third-party
packages; for `import helpers`, a bare interpreter; for a widget, `interact` that redraws the same picture with
matplotlib; for longer texts, the time for the shorter one times the length.
"""

from __future__ import annotations

import csv
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from helpers.commands.environment import ROOT, STATE, run_inside

INSIDE = "from helpers.commands.bench import {what}; {what}()"
LOADED = """import json, sys
print("LOADED", json.dumps([name for name, module in sys.modules.items()
                            if "site-packages" in (getattr(module, "__file__", None) or "") and name not in _at_start]))"""
AT_START = "import sys; _at_start = set(sys.modules)"
RESIDENT = ("from pathlib import Path; p = Path('/proc/self/status'); "
            "print('RESIDENT', p.read_text().split('VmRSS:')[1].split()[0] if p.exists() else 0)")
WATCH = """([field, cell]) => {
    window.times = [];
    const state = () => cell.querySelector('.widget-html-content, .jp-OutputArea .jp-OutputArea')?.innerHTML;
    field.addEventListener('keydown', () => {
        const begun = performance.now(), old = state();
        const observer = new MutationObserver(async () => {
            const picture = cell.querySelector('img');
            if (state() === old || !state() || !picture) return;
            observer.disconnect();
            if (!picture.complete) await new Promise(shown => picture.addEventListener('load', shown));
            times.push(performance.now() - begun);
        });
        observer.observe(cell, {subtree: true, childList: true, characterData: true, attributes: true});
    });
}"""
TWIN = """import matplotlib.pyplot as plt
from ipywidgets import BoundedFloatText, interact

def draw(value):
    start, end, line = {numbers}
    figure, axes = plt.subplots(figsize=(6, 1.24))
    axes.axvspan(start, end, 0.3, 0.7, color="0.8", ec="0.2")
    axes.axvline(line, color="0.2", lw=3)
    axes.text((start + end) / 2, -0.3, f"{{end:.1f}}", ha="center")
    axes.text(line, 1.1, f"{{line:.2f}}", ha="center")
    axes.set(xlim={scale}, yticks=[])
    plt.show()

interact(draw, value=BoundedFloatText({field}, description="Twin"));"""
PICTURES = {  # lesson: the label of its field, and what the same picture needs when `interact` draws it
    "05": ("Assumed total of people", {"numbers": "0, 9000 / value, 50", "scale": (0, 100), "field": "value=150, min=90, max=2000, step=10"}),
    "06": ("Harvest against the limit, in percent",
           {"numbers": "3.0, 3.1, 2.95 + value / 34", "scale": (2.6, 3.2), "field": "value=0, min=-10, max=6, step=1"}),
}
PRESSES = 60
OF_A_HUB = 22 * 1024  # megabytes for learners on a machine of 24 GB, when 2 GB are left to the system and the hub
TIMES = 7


def run(arguments: list[str]) -> int | str:
    """`bench` or `bench grade`. Returns 0 when everything was measured."""
    what = {(): "measure", ("grade",): "measure_grading"}.get(tuple(arguments))
    return run_inside("-c", INSIDE.format(what=what), instructor=True) if what else "Say `bench`, or `bench grade`."


def measure() -> None:
    """Measure, print, and write .state/bench.md."""
    how = f"medians; the ratio of Run All is the median of {TIMES}, each of a notebook and its floor one after the other"
    _table("bench.md", how, ["what", "measured", "floor", "ratio", "goal"], _rows())


def measure_grading() -> None:
    """Grade a made class of 200 beside nbgrader's own serial autograde on 20 of the same, print, and write .state/bench-grade.md."""
    _table("bench-grade.md", "one run", ["what", "notebooks", "seconds", "a minute", "times nbgrader's rate"], _grading())


def _table(name: str, how: str, columns: list[str], rows: Iterator[tuple[str, ...]]) -> None:
    lines = [f"Measured on {os.cpu_count()} cores, {platform.platform()}, Python {platform.python_version()}; {how}.", "",
             f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"]
    print("\n".join(lines), flush=True)
    for row in rows:
        lines.append(f"| {' | '.join(row)} |")
        print(lines[-1], flush=True)
    (STATE / name).write_text("\n".join(lines) + "\n", encoding="utf-8")


def _grading() -> Iterator[tuple[str, ...]]:
    import shutil
    sys.path.insert(0, str(ROOT / "tests"))
    import made_class
    with tempfile.TemporaryDirectory() as place:
        folder, slug = Path(place), made_class.SHEET
        learners = sorted(made_class.make(folder / "handed-in"))
        theirs = folder / "nbgrader"
        shutil.copytree(ROOT / "exercises/source" / slug, theirs / "source" / slug)
        shutil.copy(ROOT / "exercises/nbgrader_config.py", theirs)
        for learner in learners[:20]:
            shutil.copytree(folder / "handed-in" / learner, theirs / "submitted" / learner / slug)
        here = f"--CourseDirectory.root={theirs}"  # and not the folder that `teach` names
        _seconds(theirs, "-m", "nbgrader", "generate_assignment", slug, here)
        slow = _seconds(theirs, "-m", "nbgrader", "autograde", slug, here)
        quick = _seconds(folder, "-m", "helpers.commands.grade", str(folder / "handed-in"), "--into", str(folder / "into"), "--without-sandbox")
        rates = [60 * 20 / slow, 60 * len(learners) / quick]
        yield "nbgrader autograde, one after the other", "20", f"{slow:.0f}", f"{rates[0]:.0f}", "1"
        yield ("python3 -m helpers grade, " + ("in the sandbox" if shutil.which("bwrap") else "WITHOUT a sandbox: there is none here"),
               str(len(learners)), f"{quick:.0f}", f"{rates[1]:.0f}", f"{rates[1] / rates[0]:.1f} (goal: 2)")


def _seconds(folder: Path, *words: str) -> float:
    """Seconds that a command of Python takes, from its start to its end. Raises when it fails."""
    begun = time.perf_counter()
    subprocess.run([sys.executable, *words], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - begun


def _rows() -> Iterator[tuple[str, ...]]:
    yield _yardstick()
    yield from _notebooks()
    yield _import()
    yield _check()
    yield from _lengths()
    yield from _in_the_browser()
    yield _tests("the whole test command, warm, with the browser", "at most 150 s")
    yield _tests("the same without a browser", "at most 60 s", "--ignore-glob=*_in_browser.py")


def _yardstick() -> tuple[str, ...]:
    """How fast the machine is at this hour: machines that are shared are faster on some days than on others."""
    seconds = _timed(lambda: [None for _ in range(10_000_000)])
    return "yardstick: a list of 10 million in a loop", f"{seconds:.2f} s", "", "", "none: compare times of two days by it"


def _notebooks() -> list[tuple[str, ...]]:
    """Run All of each notebook in a fresh kernel, beside a kernel that imports the same third-party modules and no more."""
    import nbformat
    rows, largest = [], 0
    for path in sorted(ROOT.glob("notebooks/[0-9][0-9]-*.ipynb")):
        sources = [cell.source for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]
        _, said = _run_all([AT_START, *sources, LOADED, RESIDENT])
        modules = json.loads(said.split("LOADED ")[1].splitlines()[0])
        largest = max(largest, int(said.split("RESIDENT ")[1].split()[0]))
        imports = ["\n".join(["import importlib", *(f"importlib.import_module({name!r})" for name in modules)])]
        runs = [(_run_all(sources)[0], _run_all(imports)[0]) for _ in range(TIMES)]
        whole, floor = (statistics.median(times) for times in zip(*runs, strict=True))
        ratio = statistics.median(one / other for one, other in runs)  # of neighbours: a machine may change its speed in between
        rows.append((f"Run All {path.stem[:2]}", f"{whole:.2f} s", f"{floor:.2f} s", f"{ratio:.2f}", "at most 1.20"))
    megabytes = largest / 1024
    rows.append(("memory of a kernel after Run All, the largest", f"{megabytes:.0f} MB" if largest else "only on Linux", "", "", "at most 160 MB"))
    return rows


def _run_all(sources: list[str]) -> tuple[float, str]:
    """Seconds from starting a kernel to the end of the last cell, and what was printed.

    All cells are sent at once, as JupyterLab sends them for Run All. Raises RuntimeError when a cell fails.
    """
    from jupyter_client.manager import start_new_kernel
    begun, said = time.perf_counter(), []
    manager, client = start_new_kernel(cwd=str(ROOT / "notebooks"), extra_arguments=["--log-level=ERROR"])
    try:
        last = [client.execute(source) for source in sources][-1]
        while True:
            message = client.get_iopub_msg(timeout=120)
            content = message["content"]
            if message["msg_type"] == "error":
                raise RuntimeError(f"A cell failed: {content['ename']}: {content['evalue']}")
            said.append(content.get("text", ""))
            if message["parent_header"].get("msg_id") == last and content.get("execution_state") == "idle":
                return time.perf_counter() - begun, "".join(said)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def _import() -> tuple[str, ...]:
    def start(code: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
        return time.perf_counter() - begun
    runs = [(start("import helpers"), start("pass")) for _ in range(15)]
    ours, bare = (statistics.median(times) * 1000 for times in zip(*runs, strict=True))
    return "`import helpers`", f"{ours:.0f} ms", f"{bare:.0f} ms", f"{ours / bare:.2f}", "at most 30 ms more"


def _check() -> tuple[str, ...]:
    from helpers.feedback import all_items, check
    answers = [(name, answer) for name in all_items() for answer in ("a", "about 90", "50,000 to 150,000", "no such thing")]
    seconds = _timed(lambda: [check(name, answer) for name, answer in answers])
    return f"`check()`, the mean of {len(answers)}", f"{1000 * seconds / len(answers):.2f} ms", "", "", "under 5 ms"


def _lengths() -> list[tuple[str, ...]]:
    """Loading an edition and checking a quotation, on texts several times as long as ours."""
    from helpers.edition import Edition
    ours = Edition()
    rows, before = [], None
    for times in (1, 10, 100, 1000):
        with tempfile.TemporaryDirectory() as folder:
            _longer(ours, times, Path(folder))

            def load_and_look(place: str = folder) -> list[str]:
                return list(Edition(place).where("Only good will come from this."))
            seconds = _timed(load_and_look)
        floor = before * 10 if before else None
        ratio = f"{seconds / floor:.2f}" if floor else ""
        rows.append((f"load the edition and check a quotation, text {times} times as long", f"{seconds:.3f} s",
                     f"{floor:.3f} s" if floor else "", ratio, "in step with length: about 1, or less" if floor else ""))
        before = seconds
    return rows


def _in_the_browser() -> Iterator[tuple[str, ...]]:
    """Widgets from key press to new picture, beside `interact` on the same page; and the memory that a learner takes."""
    import psutil
    sys.path.insert(0, str(ROOT / "tests"))
    import browser
    path = browser.browser_here()
    if not path:
        yield "widgets in the browser", browser.NO_BROWSER, "", "", ""
        return
    with tempfile.TemporaryDirectory() as folder, browser.served(Path(folder)) as address, browser.chromium(path) as chromium:
        lab = browser.Lab(chromium, address)
        for number, (label, twin) in PICTURES.items():
            lab.open(next(ROOT.glob(f"notebooks/{number}-*.ipynb")).relative_to(ROOT).as_posix())
            lab.run_all()
            server = next(child for child in psutil.Process().children(recursive=True) if "jupyterlab" in child.cmdline())
            memory = [process.memory_info().rss / 2**20 for process in (server, server.children()[-1])]
            ours = _presses(lab, label)
            lab.write(lab.page.locator(f"{browser.PANEL} .jp-CodeCell").first, TWIN.format(**twin))
            theirs = _presses(lab, "Twin")
            for name, k, goal in (("median", 10, "at most 30 ms, 3 times as fast"), ("95th percentile", 19, "at most 60 ms")):
                mine, floor = (statistics.quantiles(times, n=20)[k - 1] for times in (ours, theirs))
                yield (f"widget of {number}, key press to new picture, {name}", f"{mine:.0f} ms", f"`interact`: {floor:.0f} ms",
                       f"{floor / mine:.1f} times as fast", goal)
    yield ("memory of a learner: JupyterLab's server and the kernel of a notebook", " + ".join(f"{size:.0f}" for size in memory) + " MB",
           "", "", f"{OF_A_HUB // sum(memory):.0f} learners on a machine of 24 GB")


def _presses(lab: object, label: str) -> list[float]:
    """Milliseconds from each press of an arrow key in a field to the new picture on the page."""
    field = lab.page.get_by_label(label, exact=True).last
    cell = lab.cells().filter(has=field)
    field.focus()
    lab.page.evaluate(WATCH, [field.element_handle(), cell.element_handle()])
    for press in range(PRESSES):
        lab.page.keyboard.press("ArrowUp" if press % 10 < 5 else "ArrowDown")
        lab.page.wait_for_function("count => times.length > count", arg=press, polling=100)
    return lab.page.evaluate("times")


def _tests(name: str, goal: str, *options: str) -> tuple[str, ...]:
    begun = time.perf_counter()
    tests = subprocess.run([sys.executable, "-m", "pytest", *options], cwd=ROOT, capture_output=True, text=True)
    taken, end = time.perf_counter() - begun, tests.stdout.strip().splitlines()[-1]
    return name, f"{taken:.0f} s", "", "" if tests.returncode == 0 else end, goal


def _longer(edition: object, times: int, folder: Path) -> None:
    """Write an edition whose text is ours, repeated, with segments of its own."""
    (folder / "text.txt").write_text(edition.text * times, encoding="utf-8", newline="")
    rows, size = edition.rows("segments"), len(edition.text)
    with open(folder / "segments.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        for k in range(times):
            writer.writerows(row | {"id": f"{row['id'][0]}{k}{row['id'][1:]}", "start": int(row["start"]) + k * size,
                                    "end": int(row["end"]) + k * size} for row in rows)
    package = {"resources": [{"name": "source", "path": "text.txt"}, {"name": "segments", "path": "segments.csv", "format": "csv"}]}
    (folder / "datapackage.json").write_text(json.dumps(package), encoding="utf-8")


def _timed(work: Callable[[], object]) -> float:
    times = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        work()
        times.append(time.perf_counter() - begun)
    return statistics.median(times)
