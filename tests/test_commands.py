"""Starting the course: the working copy is the learner's, and every failure is one line that says what to do."""

import errno
import json
import os
import re
import socket
import subprocess
import sys

import pytest
from course import COURSES, LESSONS, ROOT, flat

import helpers.__main__ as main
from helpers import notes
from helpers.commands import environment, lab

PIP_SAID = {
    "WARNING: Retrying (Retry(total=1)) after connection broken by 'NewConnectionError': Failed to establish a new connection\n"
    "ERROR: Could not find a version that satisfies the requirement anyio==4.16.0\nERROR: No matching distribution found for anyio==4.16.0": "Connect to the internet",
    "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device": "disk is full",
    "ERROR: Could not find a version that satisfies the requirement pandas==99\nERROR: No matching distribution found for pandas==99": "helpers lock",
    "ERROR: ResolutionImpossible: for help visit the documentation": "helpers lock",
    "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'": "Close JupyterLab",
    "something nobody has seen before": "install.log",
}


@pytest.fixture
def course(tmp_path):
    """A small course with a notebook and an exercise, and the place of its working copy."""
    for name in ("notebooks/00-start-here.ipynb", "exercises/release/00-start-here/00-start-here.ipynb"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("first", encoding="utf-8")
    return tmp_path, tmp_path / "my-work"


def test_the_first_start_lays_a_working_copy_that_mirrors_the_course(course):
    root, work = course
    assert "2 new files" in " ".join(lab.lay(root, work))
    assert [name for name in lab.course_files(root) if not (work / name).exists()] == []


def test_a_second_start_changes_and_says_nothing(course):
    root, work = course
    lab.lay(root, work)
    assert lab.lay(root, work) == []


def test_what_a_learner_changed_is_never_overwritten(course):
    root, work = course
    lab.lay(root, work)
    (work / "notebooks/00-start-here.ipynb").write_text("my answers", encoding="utf-8")
    (root / "notebooks/00-start-here.ipynb").write_text("second", encoding="utf-8")
    said = " ".join(lab.lay(root, work))
    assert (work / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8") == "my answers"
    assert "yours, so it stays" in said and "rename yours" in said


def test_what_a_learner_never_touched_is_brought_up_to_date(course):
    root, work = course
    lab.lay(root, work)
    (root / "notebooks/00-start-here.ipynb").write_text("second", encoding="utf-8")
    (root / "notebooks/01-new.ipynb").write_text("new", encoding="utf-8")
    said = " ".join(lab.lay(root, work))
    assert (work / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8") == "second"
    assert "1 new files" in said or "1 new file" in said
    assert "Brought up to date" in said


@pytest.mark.parametrize("record", ["not json", "[]", None])
def test_without_a_readable_record_every_file_counts_as_the_learners(course, record):
    root, work = course
    lab.lay(root, work)
    (work / lab.LAID).unlink() if record is None else (work / lab.LAID).write_text(record, encoding="utf-8")
    (root / "notebooks/00-start-here.ipynb").write_text("second", encoding="utf-8")
    lab.lay(root, work)
    assert (work / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8") == "first"


def test_a_deleted_notebook_comes_back_fresh(course):
    root, work = course
    lab.lay(root, work)
    (work / "notebooks/00-start-here.ipynb").unlink()
    lab.lay(root, work)
    assert (work / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8") == "first"


def test_a_file_in_the_place_of_the_working_copy_is_named(course):
    root, work = course
    work.write_text("x", encoding="utf-8")
    with pytest.raises(environment.Problem, match="Rename it"):
        lab.lay(root, work)


def test_the_working_copy_holds_neither_solutions_nor_keys():
    names = lab.course_files(ROOT)
    assert {path.name for path in LESSONS} <= {os.path.basename(name) for name in names}
    assert not [name for name in names if "source" in name or "items" in name or "rubrics" in name]


def test_a_port_that_is_taken_is_told_and_without_a_wish_a_free_one_is_found():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(environment.Problem, match="Leave out --port"):
            lab._port(taken.getsockname()[1])
    assert lab._port(None) in lab.PORTS


def test_jupyter_keeps_everything_in_the_project_folder():
    kept = environment.variables()
    for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR", "JUPYTERLAB_WORKSPACES_DIR",
                 "IPYTHONDIR", "MPLCONFIGDIR", "PIP_CACHE_DIR", "TMPDIR"):
        assert kept[name].startswith(str(ROOT)), f"{name} leads out of the project folder: {kept[name]}"
    assert "PYTHONPATH" not in kept


def test_no_shortcut_of_jupyterlab_fires_on_a_focused_widget(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "STATE", tmp_path)
    lab._settle(environment.Path(sys.executable), instructor=False)
    folder = tmp_path / "config/labconfig"
    rules = json.loads((folder / "default_setting_overrides.json").read_text(encoding="utf-8"))["@jupyterlab/shortcuts-extension:shortcuts"]["shortcuts"]
    assert any(rule["keys"] == ["B"] and rule.get("disabled") for rule in rules), "JupyterLab's shortcuts were not found in its schema."
    assert all(rule.get("disabled") or rule["selector"] == lab.CELL for rule in rules)
    assert "announcements" in (folder / "page_config.json").read_text(encoding="utf-8")


def test_the_first_start_shows_the_page_and_later_starts_leave_a_learners_layout_alone(tmp_path, monkeypatch):
    monkeypatch.setattr(lab, "STATE", tmp_path)
    lab._settle(environment.Path(sys.executable), instructor=False)
    layout, = (tmp_path / "lab-workspaces").iterdir()
    assert json.loads(layout.read_text(encoding="utf-8"))["data"] == lab.LAYOUT
    layout.write_text("{}", encoding="utf-8")
    lab._settle(environment.Path(sys.executable), instructor=False)
    assert layout.read_text(encoding="utf-8") == "{}"


def test_what_a_kernel_says_goes_to_the_page_at_once(monkeypatch):
    from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
    from jupyter_server.services.kernels.websocket import KernelWebsocketHandler

    from helpers.commands.server import PromptConnection
    waits = []
    monkeypatch.setattr(KernelWebsocketHandler, "set_nodelay", lambda self, value: waits.append(not value))
    monkeypatch.setattr(ZMQChannelsWebsocketConnection, "connect", lambda self: "connected")
    connection = PromptConnection.__new__(PromptConnection)
    connection.websocket_handler = KernelWebsocketHandler.__new__(KernelWebsocketHandler)
    assert connection.connect() == "connected" and waits == [False]


@pytest.mark.parametrize("said", PIP_SAID, ids=PIP_SAID.values())
def test_what_pip_says_becomes_one_line_that_says_what_to_do(said):
    line = environment.why_pip_failed(said)
    assert PIP_SAID[said] in line and "\n" not in line


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "disk is full"), (errno.EACCES, "a folder of your own"), (errno.EIO, "somewhere")])
def test_an_error_of_the_system_becomes_one_line(number, said):
    line = environment.in_one_line(OSError(number, os.strerror(number), "somewhere"))
    assert said in line and "\n" not in line


def test_an_old_python_is_told_so(monkeypatch):
    monkeypatch.setattr(main.sys, "version_info", (3, 8, 1))
    assert "needs Python 3.11" in main.main(["lab"])


def test_old_pythons_can_read_the_files_that_tell_them():
    for name in ("__init__", "__main__"):
        text = (ROOT / f"helpers/{name}.py").read_text(encoding="ascii")
        compile(text, name, "exec", dont_inherit=True)
        assert ":=" not in text and not re.search(r"\bf['\"]", text) and "->" not in text.replace("<-", ""), f"helpers/{name}.py must stay readable for old Pythons."


def test_without_venv_the_package_to_install_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)
    with pytest.raises(environment.Problem, match=r"sudo apt install python3\.\d+-venv"):
        environment._make()


def test_a_disk_without_room_is_told_before_anything_is_made(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "VENV", tmp_path / ".venv")
    monkeypatch.setattr(environment.shutil, "disk_usage", lambda path: type("Disk", (), {"free": 3 * 10**8})())
    with pytest.raises(environment.Problem, match=r"0\.3 GB are free"):
        environment._make()
    assert not (tmp_path / ".venv").exists()


def test_an_environment_without_its_stamp_is_not_trusted(monkeypatch, tmp_path):
    monkeypatch.setattr(environment, "PYTHON", environment.Path(sys.executable))
    lock = environment.LOCK
    monkeypatch.setitem(environment.STAMPS, lock, tmp_path / "stamp")
    assert not environment._fresh(lock)
    (tmp_path / "stamp").write_text("another lock", encoding="utf-8")
    assert not environment._fresh(lock)
    (tmp_path / "stamp").write_text(environment._wanted(lock), encoding="utf-8")
    assert environment._fresh(lock)


def test_an_unknown_command_lists_the_commands():
    said = main.main(["fly"])
    assert all(command in said for command in main.COMMANDS)
    assert {path.stem for path in (ROOT / "helpers/commands").glob("[a-z]*.py")} - {"environment", "server"} == set(main.COMMANDS)


@pytest.fixture
def my_notes(tmp_path, monkeypatch):
    monkeypatch.setattr(notes, "FILE", tmp_path / "my-work" / "my-notes.json")
    return notes.FILE


def test_notes_are_kept_and_come_back_with_every_wording(my_notes):
    assert "Kept." in notes.keep("00 guess", "one went").text
    assert "Kept." in notes.keep("00 guess", "<b>nobody</b> went").text
    said = notes.kept("00 guess")
    assert "one went" in said.text and "&lt;b&gt;nobody" in said.html
    assert json.loads(my_notes.read_text(encoding="utf-8")) == {"00 guess": ["one went", "<b>nobody</b> went"]}


def test_nothing_is_kept_of_nothing(my_notes):
    assert "Nothing to keep" in notes.keep("00 guess", "").text and not my_notes.exists()
    assert "Nothing kept" in notes.kept("00 guess").text


@pytest.mark.parametrize("damaged", ["not json", "[]", '{"00 guess": 3}'])
def test_a_damaged_file_of_notes_is_left_alone(my_notes, damaged):
    my_notes.parent.mkdir()
    my_notes.write_text(damaged, encoding="utf-8")
    assert "Not kept" in notes.keep("00 guess", "words").text
    assert my_notes.read_text(encoding="utf-8") == damaged
    assert notes.kept("00 guess").text


def test_the_readme_names_the_commands_and_maps_the_course():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert readme.index("python3 -m helpers lab") < readme.index("python3 -m helpers test") < 2500, "The two commands stand at the top."
    rows = [line for line in readme.splitlines() if line.startswith(("| 0", "| 10"))]
    assert len(rows) == 11 and "Eleven notebooks" in flat((ROOT / "notebooks/00-start-here.ipynb").read_text(encoding="utf-8"))
    for number, course in COURSES.items():
        row = next(line for line in rows if line.startswith(f"| {number}"))
        assert course["title"] in row and f"{course['teach'] + course['do']} (" in row and "to come" not in row, f"README, row {number}: {row}"
    assert all("to come" in line for line in rows if line[2:4] not in COURSES), "Notebooks that are not there yet are marked as to come."


def test_every_file_named_in_the_readme_exists():
    import re
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#]+)\)", readme):
        assert target.startswith("https://") or (ROOT / target).exists(), f"README: nothing at {target}"


def test_the_project_packs_without_what_learners_make():
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    assert {".venv/", ".state/", "my-work/"} <= set(ignored)


def test_ruff_finds_nothing():
    said = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--output-format=concise", "helpers", "tests", "exercises"],
                          cwd=ROOT, capture_output=True, text=True)
    assert said.returncode == 0, said.stdout


def test_the_bench_makes_a_longer_edition_that_is_one(tmp_path):
    from course import EDITION

    from helpers.commands import bench
    from helpers.edition import Edition
    bench._longer(EDITION, 3, tmp_path)
    longer = Edition(tmp_path)
    assert len(longer.segments) == 3 * len(EDITION.segments) and len(longer.text) == 3 * len(EDITION.text)
    assert all(longer.text[segment.start:segment.end] == segment.text for segment in longer.segments.values())
    assert len(list(longer.where("Only good will come from this."))) == 3
