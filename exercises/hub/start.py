"""Starts the server of one account on the hub: lays its files, as that account and not as root, then hands over to JupyterHub.

A learner gets the working copy, an instructor also the folder in which sheets are released and graded.
"""

import os
import shutil
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(COURSE))
from helpers.commands.lab import lay  # noqa: E402  the course's folder must be known first

home = Path.home()
for line in lay(COURSE, home / "my-work"):
    print(line)
if os.environ.get("COURSE_ROLE") == "instructor":
    shutil.copytree(COURSE / "exercises" / "source", home / "grading" / "source", dirs_exist_ok=True)
    shutil.copy(COURSE / "exercises" / "class-view.ipynb", home / "grading")
    os.environ["COURSE_GRADEBOOK"] = str(home / "grading" / "gradebook.db")
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)])  # nbgrader calls alembic by name
os.environ["COURSE_NOTES"] = str(home / "my-work" / "my-notes.json")
os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])
