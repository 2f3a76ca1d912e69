"""Grading a class: marks that are known come out, whatever else lies in the folder; and nobody harms anybody."""

import csv
import json
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePosixPath

import made_class
import pytest
import test_hub
from browser import UNSAFE
from course import COURSES, ROOT
from made_class import SHEET, cell, practice, sheet, solved_sheet, wrong

from helpers.commands import grade as command
from helpers.commands.environment import Problem
from helpers.commands.release import TEXT_STUB, solution
from helpers.grading.gradebook import NOT_GRADED, Gradebook
from helpers.grading.sandbox import Sandbox
from helpers.grading.submissions import LARGEST, Refused, cells_of, submissions, whose
from helpers.grading.whole_class import grade

LINUX = sys.platform == "linux"
NO_SANDBOX = "No bubblewrap on this machine, so nothing was tried against a sandbox. On Debian: sudo apt install bubblewrap."


@pytest.fixture(scope="module")
def sandbox():
    with Sandbox(seconds=20) as made:
        if LINUX and not made.apart and os.environ.get("CI"):
            pytest.fail(f"{NO_SANDBOX} {made.problem}")
        yield made


def graded_by(sandbox, place, into, new_gradebook, seconds=20):
    """Grade a folder or a zip. Returns rows of marks.csv by file, and the lines that were said."""
    said = []
    if not into.exists():
        into.mkdir()
        shutil.copy(new_gradebook, into)
    sandbox.seconds = seconds
    grade(place, into, sandbox, said.append, lambda line: None)
    with open(into / "marks.csv", encoding="utf-8-sig", newline="") as file:
        return {row["file"]: row for row in csv.DictReader(file)}, said


@pytest.fixture
def graded(sandbox, tmp_path, new_gradebook):
    """Grades a folder or a zip."""
    return lambda place, into=tmp_path / "into", seconds=20: graded_by(sandbox, place, into, new_gradebook, seconds)


@pytest.fixture(scope="module")
def graded_together(sandbox, tmp_path_factory, new_gradebook):
    """Grades notebooks as one class, next to zoe, who does no wrong. Gives rows, lines, and the folder with the gradebook."""
    def run(**books):
        folder = tmp_path_factory.mktemp("together")
        rows, said = graded_by(sandbox, lay(folder / "in", zoe=solved_sheet(), **books), folder / "into", new_gradebook)
        assert rows[f"zoe/{SHEET}.ipynb"]["practice right"] == "9", "Another learner was harmed."
        return rows, said, folder / "into"
    return run


def lay(folder, **books):
    """Write notebooks, or whatever else a learner hands in, one folder a learner."""
    for name, book in books.items():
        (folder / name).mkdir(parents=True)
        content = book if isinstance(book, bytes) else json.dumps(book).encode()
        (folder / name / f"{SHEET}.ipynb").write_bytes(content)
    return folder


def with_code(source, book=None):
    """A solved sheet with one more cell at its beginning."""
    book = book or solved_sheet()
    book["cells"].insert(2, {"cell_type": "code", "id": "mine", "metadata": {}, "source": source, "outputs": [], "execution_count": 1})
    return book


def test_an_interrupted_run_goes_on_where_it_stopped(sandbox, tmp_path, new_gradebook):
    made_class.make(tmp_path / "handed-in", learners=8)
    shutil.copytree(new_gradebook.parent, tmp_path / "into")
    seen = []

    def stop_after_three(line):
        seen.append(line)
        if len(seen) == 3:
            raise KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        grade(tmp_path / "handed-in", tmp_path / "into", sandbox, lambda line: None, stop_after_three)
    assert grade(tmp_path / "handed-in", tmp_path / "into", sandbox, lambda line: None, lambda line: None) == (8 - 3, 0)


def test_what_formgrader_shows_holds_the_rubric_and_nothing_that_runs(sandbox, tmp_path, graded):
    book = solved_sheet()
    cell(book, "E6-9-answer")["source"] = "Up to 5% <script>alert(1)</script>\n\n[x](javascript:alert(2)) ![y](http://127.0.0.1/z) $$x$$"
    graded(lay(tmp_path / "in", anna=with_code("'<b>mine</b>'", book)))
    shown = cells_of((tmp_path / "into/autograded/anna" / SHEET / f"{SHEET}.ipynb").read_bytes())
    text = {cell["name"]: cell["source"] for cell in shown}
    assert "BEGIN MARK SCHEME" in text["E6-9-marking"] and "'<b>mine</b>'" in text.values()
    from nbconvert.filters import markdown2html
    shown = markdown2html(text["E6-9-answer"])
    assert "&lt;script&gt;alert(1)" in shown and "<a" not in shown and "<img" not in shown and "[x](javascript:alert(2))" in shown
    assert "mathjax_ignore" in shown and "$$x$$" in shown, shown


def test_points_from_formgrader_reach_marks_and_feedback(graded, tmp_path):
    book = solved_sheet()
    cell(book, "E6-9-answer")["source"] = "Between 50,000 and 150,000 tons."
    rows, _ = graded(lay(tmp_path / "in", anna=book))
    assert [row["texts to be marked"] for row in rows.values()] == ["1"]
    from nbgrader.api import Gradebook as Nbgrader
    with Nbgrader(f"sqlite:///{tmp_path / 'into/gradebook.db'}") as gradebook:
        given = gradebook.find_grade("E6-9-answer", SHEET, SHEET, "anna")
        given.manual_score, given.needs_manual_grade = 3, False
        gradebook.find_comment("E6-9-answer", SHEET, SHEET, "anna").manual_comment = "Which harvest does it rest on?"
        gradebook.db.commit()
    rows, _ = graded(tmp_path / "in")
    assert [(row["points for texts"], row["points by text"], row["texts to be marked"]) for row in rows.values()] == [("3.0", "E6.9: 3 of 4", "0")]
    page = (tmp_path / "into/feedback/anna" / SHEET / f"{SHEET}.html").read_text(encoding="utf-8")
    assert "3 of 4 points." in page and "Which harvest does it rest on?" in page


# How platforms name what was handed in

NAMES = {
    "Anna Müller_1234567_assignsubmission_file_/06-the-grain-sum.ipynb": ("1234567", "Anna Müller"),
    "Anna Müller_1234567_assignsubmission_file/06-the-grain-sum.ipynb": ("1234567", "Anna Müller"),
    "Anna Müller_1234567_assignsubmission_file_06-the-grain-sum.ipynb": ("1234567", "Anna Müller"),
    "export/O'Neil_van der Berg_7_assignsubmission_file_/sub/My notebook (1).ipynb": ("7", "O'Neil_van der Berg"),
    "mulleranna_4711_99887_06-the-grain-sum.ipynb": ("4711", "mulleranna"),
    "mulleranna_LATE_4711_99887_06-the-grain-sum-2.ipynb": ("4711", "mulleranna"),
    "submitted/anna/06-the-grain-sum/06-the-grain-sum.ipynb": ("anna", "anna"),
    "anna/06-the-grain-sum.ipynb": ("anna", "anna"),
    "anna_06-the-grain-sum.ipynb": ("anna", "anna"),
    "anna/06-the-grain-sum/06-the-grain-sum (1).ipynb": ("anna", "anna"),
    "class/anna/my-work/exercises/release/06-the-grain-sum/06-the-grain-sum-Copy2.ipynb": ("anna", "anna"),
}


@pytest.mark.parametrize("where", NAMES)
def test_the_learner_is_read_from_the_path(where):
    assert whose(PurePosixPath(where))[:2] == NAMES[where]


def test_no_path_leads_out_of_the_folder_and_no_two_learners_become_one():
    odd = ["../../etc/06-the-grain-sum.ipynb", "a b/06-the-grain-sum.ipynb", "a_b/06-the-grain-sum.ipynb", ".../06-the-grain-sum.ipynb", "李/06-the-grain-sum.ipynb"]
    odd += [f"Mal_{'9' * 300}_assignsubmission_file_/06-the-grain-sum.ipynb", f"{'x' * 300}/06-the-grain-sum.ipynb", "\udcff/06-the-grain-sum.ipynb"]
    ids = [whose(PurePosixPath(where))[0] for where in odd]
    assert len(set(ids)) == len(ids) and all("/" not in id and id.strip(".") and ".." not in id and len(id) < 80 for id in ids), ids


@pytest.mark.parametrize("scheme", ["moodle", "moodle flat", "canvas", "folders"])
@pytest.mark.parametrize("packed", [False, True], ids=["folder", "zip"])
def test_a_class_is_read_in_every_scheme_packed_or_not(scheme, packed, graded, tmp_path):
    names = {"moodle": "{name}_{id}_assignsubmission_file_/sheet.ipynb", "moodle flat": "{name}_{id}_assignsubmission_file_sheet.ipynb",
             "canvas": "{name}_{id}_5550{id}_sheet.ipynb", "folders": "{id}/sheet.ipynb"}
    for id in ("101", "102"):
        path = tmp_path / "in" / names[scheme].format(name="zoe", id=id)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(solved_sheet()), encoding="utf-8")
    place = tmp_path / "in"
    if packed:
        place = tmp_path / "export.zip"
        with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
            for path in (tmp_path / "in").rglob("*.ipynb"):
                archive.write(path, path.relative_to(tmp_path / "in"))
    rows, said = graded(place)
    assert said == [] and {(row["student"], row["practice answered"]) for row in rows.values()} == {("101", "9"), ("102", "9")}


def test_of_several_tries_to_hand_in_the_newest_counts_and_the_others_are_named(graded, tmp_path):
    for name, book in (("zoe_5_1_sheet.ipynb", sheet()), ("zoe_5_2_sheet-1.ipynb", solved_sheet())):
        (tmp_path / name).write_text(json.dumps(book), encoding="utf-8")
    rows, said = graded(tmp_path, tmp_path.parent / f"{tmp_path.name}-into")
    assert rows["zoe_5_2_sheet-1.ipynb"]["practice answered"] == "9" and rows["zoe_5_1_sheet.ipynb"]["status"] == "left out"
    assert len(said) == 1 and "zoe_5_2_sheet-1.ipynb counts, as the newer one" in said[0]


def test_a_file_name_takes_no_other_learners_mark(graded, tmp_path):
    lay(tmp_path / "in", **{"123": solved_sheet()})
    (tmp_path / "in/mallory").mkdir()
    for number in (1, 2):
        (tmp_path / f"in/mallory/x_{122 + number}_1_{SHEET}-99.ipynb").write_text(json.dumps(sheet()), encoding="utf-8")
    rows, _ = graded(tmp_path / "in")
    assert rows[f"123/{SHEET}.ipynb"]["practice right"] == "9", "The name of a file has taken a mark."


def test_of_several_members_of_a_zip_with_one_name_one_counts_and_stays(graded, tmp_path):
    with zipfile.ZipFile(tmp_path / "export.zip", "w") as archive, pytest.warns(UserWarning):
        for book in (sheet(), solved_sheet()):
            archive.writestr(f"Mal_13_assignsubmission_file_/{SHEET}.ipynb", json.dumps(book))
    for _ in range(2):
        rows, said = graded(tmp_path / "export.zip")
        assert [row["practice right"] for row in rows.values()] == ["9"] and said == []


def test_damaged_zips_and_odd_members_stop_nobody(graded, tmp_path):
    place = tmp_path / "export.zip"
    with zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("zoe/06-the-grain-sum.ipynb", json.dumps(solved_sheet()))
        archive.writestr("bad/06-the-grain-sum.ipynb", json.dumps(solved_sheet()))
        archive.writestr("./.", b"")
    raw = bytearray(place.read_bytes())
    at = raw.index(b"bad/06-the-grain-sum.ipynb") + 60
    raw[at:at + 40] = b"\xff" * 40
    place.write_bytes(raw)
    rows, said = graded(place)
    assert rows["zoe/06-the-grain-sum.ipynb"]["practice right"] == "9" and len(said) == 1 and "cannot be read" in said[0], said
    (tmp_path / "worse.zip").write_bytes(bytes(raw[:200]) + bytes(raw[-22:]))
    with pytest.raises(Refused, match=r"damaged zip|neither"):
        list(submissions(tmp_path / "worse.zip"))


def test_half_characters_and_control_signs_break_no_table_and_no_line(graded, tmp_path):
    book = with_code("raise type('X\\rmallory2\\n\\x1b[2J', (Exception,), {})")
    cell(book, "E6-9-answer")["source"] = "half \ud800 a character"
    r_kernel = solved_sheet() | {"metadata": {"kernelspec": {"name": "x", "language": "\ud800\r=1+1"}}}
    folder = lay(tmp_path / "in", anna=book, ben=r_kernel, zoe=solved_sheet())
    if os.name == "posix":
        lay(folder, **{"x\r=1+1": solved_sheet()})
    rows, said = graded(folder)
    assert len(rows) == len(list(folder.iterdir())) and rows[f"zoe/{SHEET}.ipynb"]["practice right"] == "9"
    assert rows[f"anna/{SHEET}.ipynb"]["practice right"] == "9" and rows[f"anna/{SHEET}.ipynb"]["texts to be marked"] == "1"
    assert all(line.isprintable() for line in said), said
    assert all(value.isprintable() and not value.startswith("=") for row in rows.values() for value in row.values())


ODD = {"a frame": "import pandas\nX = pandas.DataFrame({'a': [1]})", "bytes": "X = b'8'", "a generator": "X = (n for n in 'a')", "complex": "X = 3 + 4j",
       "a list in itself": "X = []; X.append(X)", "not a number": "X = float('nan')", "an amount of nothing": "from helpers.amounts import Amount\nX = Amount(1.0, 2.0)\nX.low = float('inf')",
       "decimal": "from decimal import Decimal\nX = Decimal('3')", "very long": "X = 'a' * 10 ** 7", "very many": "X = ['a'] * 10 ** 6", "numpy": "import numpy\nX = numpy.float64(3)"}


@pytest.fixture(scope="module")
def odd(graded_together):
    books = {name: sheet() for name in ODD}
    for name, book in books.items():
        cell(book, "E6-3-answer")["source"] = ODD[name].replace("X", "factor_of_the_gap")
    return graded_together(**books)


@pytest.mark.parametrize("name", ODD)
def test_answers_of_odd_kinds_are_read_or_named_by_their_kind(name, odd):
    rows, _, into = odd
    row = rows[f"{name}/{SHEET}.ipynb"]
    assert row["status"] == "graded"
    with Gradebook(into) as gradebook:
        said = {one.question: one.said for one in gradebook.answers(row["student"], SHEET)}["E6.3"]
    assert " at 0x" not in said and len(said) <= 300, said


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_the_set_of_a_mixed_notebook_is_always_the_same(seed):
    code = "from helpers.grading.submissions import set_of; print(set_of([{'name': 'E6-1-answer'}, {'name': 'E7-1-answer'}], {'06': 'six', '07': 'seven'}))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True)
    assert said.stdout == "six\n"


def test_an_ordinary_instructors_variables_stay_hidden_and_nothing_is_left_running(tmp_path):
    if problem := test_hub.why_not():
        (pytest.fail if os.environ.get("CI") else pytest.skip)(problem)
    test_hub.lay_accounts(tmp_path)
    code = ("import os; os.environ['SECRET'] = 'hunter2'\nfrom helpers.grading.sandbox import Sandbox\nwith Sandbox(5) as s:\n"
            "    print(s.apart, s.run([(1, 'x = open(\"/proc/1/environ\").read()'), (2, 'import os, time\\nif os.fork() == 0: time.sleep(61.8)')], {'E': 'x'}, 0))")
    said = test_hub.as_teacher(tmp_path, sys.executable, "-c", code)
    assert said.startswith("True Ended(answers=") and "hunter2" not in said and "SECRET" not in said, said


def test_a_notebook_that_took_too_long_is_tried_again_when_it_may_take_longer(graded, tmp_path):
    lay(tmp_path / "in", anna=with_code("import time; time.sleep(2)"))
    rows, _ = graded(tmp_path / "in", seconds=1)
    assert [row["status"] for row in rows.values()] == [NOT_GRADED]
    assert graded(tmp_path / "in", seconds=1)[1] == []
    rows, _ = graded(tmp_path / "in", seconds=20)
    assert [row["practice right"] for row in rows.values()] == ["9"]


def test_a_notebook_handed_in_anew_is_marked_anew(graded, tmp_path):
    lay(tmp_path / "in", anna=sheet())
    rows, _ = graded(tmp_path / "in")
    assert [row["practice answered"] for row in rows.values()] == ["0"]
    (tmp_path / "in/anna" / f"{SHEET}.ipynb").write_text(json.dumps(solved_sheet()), encoding="utf-8")
    rows, _ = graded(tmp_path / "in")
    assert [row["practice answered"] for row in rows.values()] == ["9"]


def test_the_set_is_known_by_its_cells_not_by_its_name(graded, tmp_path):
    for slug in ("00-start-here", "10-your-argument"):
        (tmp_path / "in" / "anna").mkdir(parents=True, exist_ok=True)
        (tmp_path / "in/anna" / f"copy of {slug[:2]}.ipynb").write_text(json.dumps(solved_sheet(slug)), encoding="utf-8")
    rows, _ = graded(tmp_path / "in")
    assert {row["exercises"]: row["practice right"] for row in rows.values()} == {
        slug: str(len(practice(slug))) for slug in ("00-start-here", "10-your-argument")}


@pytest.mark.parametrize("slug", [course["slug"] for course in COURSES.values()])
def test_a_solved_sheet_is_marked_in_full_and_an_empty_one_not_at_all(slug, graded, tmp_path):
    for name, book in (("full", solved_sheet(slug)), ("empty", sheet(slug))):
        (tmp_path / "in" / name).mkdir(parents=True)
        (tmp_path / "in" / name / f"{slug}.ipynb").write_text(json.dumps(book), encoding="utf-8")
    rows, said = graded(tmp_path / "in")
    by_student = {row["student"]: row for row in rows.values()}
    whole = str(len(practice(slug)))
    assert said == [] and by_student["full"]["practice right"] == by_student["full"]["practice answered"] == by_student["full"]["practice questions"] == whole
    assert by_student["empty"]["practice answered"] == "0" and by_student["empty"]["texts to be marked"] == "0"


def test_a_learners_own_sums_count_as_answers(graded, tmp_path):
    book = solved_sheet()
    write = 'left_to_buy = quantity("B24.3") - quantity("B24.4")'
    cell(book, "E6-1-answer")["source"] = write
    cell(book, "E6-3-answer")["source"] = "%matplotlib inline\nimport pandas\nfactor_of_the_gap = pandas.Series([150_000]).sum() / 50_000"
    rows, said = graded(lay(tmp_path / "in", anna=book))
    assert said == [] and [row["practice right"] for row in rows.values()] == ["9"]


# What cannot be read

BROKEN = {
    "not_json": (b"PK\x03\x04 no notebook", "cannot be read as JSON"),
    "empty": (b"", "cannot be read as JSON"),
    "half": (json.dumps(solved_sheet()).encode()[:5000], "cannot be read as JSON"),
    "deep": (b"[" * 100_000, "cannot be read as JSON"),
    "a_list": (b"[1, 2]", "no notebook of the kind"),
    "old": (b'{"worksheets": []}', "no notebook of the kind"),
    "huge": (b" " * 50_000_000, f"more than {LARGEST // 1_000_000} MB"),
    "wrong_kernel": (solved_sheet() | {"metadata": {"kernelspec": {"name": "ir", "display_name": "R", "language": "R"}}}, "a kernel for r, not for Python"),
    "another_course": ({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, "None of its cells"),
    "many_cells": ({"cells": [{"cell_type": "code", "source": "", "metadata": {}, "outputs": []}] * 3000, "metadata": {}}, "3000 cells"),
}


@pytest.fixture(scope="module")
def broken(graded_together):
    return graded_together(**{name: content for name, (content, _) in BROKEN.items()})


@pytest.mark.parametrize("name", BROKEN)
def test_what_cannot_be_read_gets_one_line_and_the_others_their_marks(name, broken):
    rows, said, _ = broken
    line, = [line for line in said if line.startswith(f"{name}/")]
    why = BROKEN[name][1]
    assert why in line and "\n" not in line and len(said) == len(BROKEN), said
    assert rows[f"{name}/{SHEET}.ipynb"]["status"] == NOT_GRADED and why in rows[f"{name}/{SHEET}.ipynb"]["note"]


def test_other_files_links_and_locked_zips_get_a_line(graded, tmp_path):
    folder = lay(tmp_path / "in", zoe=solved_sheet())
    (folder / "zoe/essay.docx").write_bytes(b"words")
    if hasattr(os, "symlink") and os.name == "posix":
        (folder / "mallory").mkdir()
        (folder / "mallory/06-the-grain-sum.ipynb").symlink_to("/etc/passwd")
    rows, said = graded(folder)
    assert rows["zoe/essay.docx"]["status"] == "left out" and rows[f"zoe/{SHEET}.ipynb"]["practice right"] == "9"
    assert all("link" in row["note"] for file, row in rows.items() if file.startswith("mallory")) and len(said) == len(rows) - 1


def test_a_place_that_is_neither_folder_nor_zip_is_refused_in_one_line(tmp_path):
    (tmp_path / "marks.pdf").write_bytes(b"%PDF")
    with pytest.raises(Refused, match="neither a folder nor a zip"):
        list(submissions(tmp_path / "marks.pdf"))
    assert "is not there" in command.grade_class([str(tmp_path / "nowhere")])
    (tmp_path / "nothing").mkdir()
    assert list(submissions(tmp_path / "nothing")) == []


# Hostile and broken notebooks: what is in them, what is said, and how many practice questions count (None: not marked)

FIND = f"from pathlib import Path\nfound = [str(p) for p in (Path({str(ROOT / 'exercises')!r}), Path({str(ROOT / 'tests')!r}), Path('/room/exercises')) if p.exists()]\n"
HOSTILE = {
    "endless_loop": ("while True: pass", "It did not finish", None),
    "loop_that_ignores_signals": ("import signal\nfor s in range(1, 65):\n    try: signal.signal(s, lambda *_: None)\n    except (OSError, ValueError): pass\nwhile True: pass",
                                  "It did not finish", None),
    "sleep": ("import time; time.sleep(1000)", "It did not finish", None),
    "system_exit": ("raise SystemExit", "cell 3 from the top: SystemExit", 9),
    "os_exit": ("import os; os._exit(0)", "or ended Python", None),
    "forks": ("import os, time\nfor _ in range(300):\n    try:\n        if os.fork() == 0: time.sleep(60)\n    except OSError: break", "", 9),
    "prints_100_mb": ("for _ in range(100): print('x' * 1_000_000)", "printed 100 million characters", 9),
    "prints_past_python": ("import os\nfor _ in range(100): os.write(1, b'x' * 1_000_000)", "", 9),
    "fills_the_disk": ("for n in range(100): open(f'/tmp/{n}', 'wb').write(b'0' * 10_000_000)", "OSError", 9),
    "eats_memory": ("x = bytearray(10 ** 11)", "MemoryError", 9),
    "network": ("import socket; socket.create_connection(('127.0.0.1', 80), timeout=2)", "cell 3 from the top", 9),
    "reads_the_keys": (FIND + "assert not found, found", "", 9),
    "leaves_a_process": ("import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)'])", "", 9),
    "kills_its_parent": ("import os, signal; os.kill(os.getppid(), signal.SIGKILL)", None, None),
    "no_recursion_limit": ("import sys; sys.setrecursionlimit(10 ** 9)\ndef f(): f()\nf()", None, None),
    "garbage_as_an_answer": ("import os\nfor fd in range(3, 10):\n    try: os.write(fd, b'garbage\\n')\n    except OSError: pass", "answer in place of the grader", None),
}
NEEDS_A_SANDBOX = {"forks", "fills_the_disk", "reads_the_keys", "network", "kills_its_parent", "eats_memory"}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_notebook_is_one_line_and_harms_no_other(name, sandbox, graded, tmp_path):
    if name in NEEDS_A_SANDBOX and not sandbox.apart:
        pytest.skip(NO_SANDBOX)
    source, why, counted = HOSTILE[name]
    rows, said = graded(lay(tmp_path / "in", anna=solved_sheet(), mallory=with_code(source), zoe=solved_sheet()), seconds=2 if counted is None else 20)
    assert [row["practice right"] for row in rows.values() if row["student"] != "mallory"] == ["9", "9"], "Another learner was harmed."
    mine = rows[f"mallory/{SHEET}.ipynb"]
    if why is not None:
        assert (mine["practice right"] or None) == (str(counted) if counted is not None else None), mine
        assert why in mine["note"] and len(said) == bool(why)
    assert all("\n" not in line and line.startswith("mallory") for line in said) and len(said) <= 1


def test_no_file_of_the_instructor_can_be_read_or_written(sandbox, graded, tmp_path):
    if not sandbox.apart:
        pytest.skip(NO_SANDBOX)
    secret = tmp_path / "secret.txt"
    secret.write_text("the other learners' work", encoding="utf-8")
    tries = [f"open({str(path)!r}, {mode!r})" for path in (secret, ROOT / "README.md", sandbox.room / "seeds/datapackage.json", Path("/usr/planted"),
                                                          Path("/room/planted"), Path("/dev/shm/planted")) for mode in ("r", "w")]
    source = "".join(f"try: {one}; reached = {one!r}\nexcept OSError: pass\n" for one in tries) + "factor_of_the_gap = globals().get('reached', 'kept out')"
    book = solved_sheet()
    cell(book, "E6-3-answer")["source"] = source
    graded(lay(tmp_path / "in", mallory=book))
    with Gradebook(tmp_path / "into") as gradebook:
        said = {one.question: one.said for one in gradebook.answers("mallory", SHEET)}
    assert said["E6.3"] == "kept out" and secret.read_text(encoding="utf-8") == "the other learners' work"


TAMPERED = {
    "replaces_check": "import helpers, helpers.feedback\nhelpers.check = helpers.feedback.check = helpers.feedback.reply = helpers.feedback.answered = lambda *_, **__: True",
    "replaces_plain": "import helpers.answers\nhelpers.answers.plain = lambda answer: '50,000 to 150,000'",
    "replaces_json": "import json\njson.dumps = lambda *_, **__: '{}'",
    "replaces_builtins": "import builtins\nbuiltins.type = lambda *_: str\nbuiltins.isinstance = lambda *_: True",
    "lies_about_equality": "class Liar(str):\n    def __eq__(self, other): return True\n    def __hash__(self): return 0\nleft_to_buy = Liar('a')",
    "reads_a_key": "from helpers.feedback import find_item\nleft_to_buy = find_item('E6.1')['key']",
    "asks_for_the_answer": "from helpers import check\nleft_to_buy = check('E6.1', reveal=True).text",
    "says_it_is_right": "import os, json\nfor fd in range(3, 10):\n    try: os.write(fd, json.dumps({'answers': {'E6.1': True}, 'verdict': 'right'}).encode() + b'\\n')\n    except OSError: pass\nos._exit(0)",
}


@pytest.fixture(scope="module")
def tampered(graded_together):
    return graded_together(**{name: with_code(source, sheet()) for name, source in TAMPERED.items()})


@pytest.mark.parametrize("name", TAMPERED)
def test_no_mark_can_be_won_by_tampering(name, tampered):
    mine = tampered[0][f"{name}/{SHEET}.ipynb"]
    assert mine["practice right"] in ("0", ""), mine


def test_cells_that_are_gone_doubled_or_changed_are_named_and_win_nothing(graded, tmp_path):
    book = solved_sheet()
    book["cells"].remove(cell(book, "E6-1-answer"))
    book["cells"].insert(9, dict(cell(book, "E6-2-answer"), source='share_of_need = "9% to 10%"'))
    cell(book, "E6-4-test")["source"] = "pass"
    book["cells"].remove(cell(book, "E6-5-test"))
    rows, said = graded(lay(tmp_path / "in", mallory=book))
    mine = rows[f"mallory/{SHEET}.ipynb"]
    assert (mine["practice right"], mine["practice answered"]) == ("8", "8"), mine
    assert all(part in said[0] for part in ("not answered: E6-1-answer", "(the last counts): E6-2-answer", "changed (ours were used): E6-4-test")), said


def test_a_notebook_without_nbgraders_marks_is_graded_all_the_same(graded, tmp_path):
    book = solved_sheet()
    for one in book["cells"]:
        one["metadata"] = {}
    rows, said = graded(lay(tmp_path / "in", anna=book))
    assert said == [] and [row["practice right"] for row in rows.values()] == ["9"]


def test_tries_that_a_learner_made_up_are_not_believed(graded, tmp_path):
    book = solved_sheet()
    for name, saved in (("E6-1", {"verdict": "right", "seen": ["<b>", 7, "M13", None]}), ("E6-2", {"verdict": "right", "seen": "M13"}),
                        ("E6-3", {"verdict": "not yet", "seen": ["M14"]}), ("E6-4", {"seen": {}})):
        cell(book, f"{name}-test")["outputs"] = [{"output_type": "display_data", "data": {}, "metadata": {"course": saved}}]
    graded(lay(tmp_path / "in", mallory=book))
    with Gradebook(tmp_path / "into") as gradebook:
        tries = {one.question: one.tries for one in gradebook.answers("mallory", SHEET)}
    assert [tries[f"E6.{n}"] for n in (1, 2, 3, 4)] == [["M13"], None, None, None]


def test_a_name_that_is_a_formula_stays_a_word_in_the_table(graded, tmp_path):
    rows, _ = graded(lay(tmp_path / "in", **{"=cmd|calc": solved_sheet()}))
    assert all(not value.startswith(("=", "+", "-", "@")) for row in rows.values() for value in row.values())


def test_without_a_sandbox_the_command_says_so_and_asks(monkeypatch, tmp_path, capsys, new_gradebook):
    shutil.copytree(new_gradebook.parent, tmp_path / "into")
    monkeypatch.setattr("helpers.grading.sandbox.shutil.which", lambda name: None)
    lay(tmp_path / "in", anna=solved_sheet())
    assert "Nothing was graded" in command.grade_class([str(tmp_path / "in"), "--into", str(tmp_path / "into")])
    assert "There is no sandbox here" in capsys.readouterr().out and not (tmp_path / "into/marks.csv").exists()
    assert command.grade_class([str(tmp_path / "in"), "--into", str(tmp_path / "into"), "--without-sandbox"]) is None
    assert "learner" not in (tmp_path / "into/marks.csv").read_text(encoding="utf-8-sig") and "graded" in (tmp_path / "into/marks.csv").read_text(encoding="utf-8-sig")
    with pytest.raises(Problem):
        command._ask("why")


def test_feedback_gives_a_reason_for_every_answer_and_runs_nothing(graded, chromium, tmp_path):
    from browser import Window
    book = sheet()
    item = practice()["E6.1"]
    made_class.write(book, item, wrong(item, 0))
    made_class.write(book, practice()["E6.3"], repr("<img src=x onerror=alert(1)>"))
    made_class.write(book, practice()["E6.2"], solution(practice()["E6.2"]))
    cell(book, "E6-9-answer")["source"] = "<script>alert(2)</script> and **words**"
    graded(lay(tmp_path / "in", anna=book))
    path = tmp_path / "into/feedback/anna" / SHEET / f"{SHEET}.html"
    window = Window(chromium, path.as_uri(), offline=True)
    said, unsafe, found = window.page.locator("body").inner_text(), window.page.locator("body").evaluate(UNSAFE), window.barriers()
    dialogs = window.dialogs
    window.close()
    assert item["wrong"][0]["hint"] in said and practice()["E6.2"]["explain"][:40] in said and "<script>alert(2)</script>" in said
    assert unsafe == [] and dialogs == [] and found == [], [*unsafe, *found]
    assert "You answered 2 of 9 practice questions, 1 of them rightly." in said and TEXT_STUB not in said
