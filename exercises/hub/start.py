"""Starts the server of one account on the hub.

It lays its files, as that account and not as root, then hands over to JupyterHub. A learner
gets the working copy, an instructor also the folder in which sheets are released and graded.
"""

import os
import shutil
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(COURSE))
from helpers.authoring.lay import lay  # noqa: E402  the course's folder must be known first

home = Path.home()
for line in lay(COURSE, home / "my-work"):
    print(line)
if os.environ.get("COURSE_ROLE") == "instructor":
    exercises = COURSE / "exercises"
    grading = home / "grading"
    shutil.copytree(exercises / "source", grading / "source", dirs_exist_ok=True)
    shutil.copy(exercises / "class-view.ipynb", grading)
    os.environ["COURSE_GRADEBOOK"] = str(grading / "gradebook.db")
# nbgrader calls alembic by name.
path = os.environ.get("PATH", os.defpath)
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), path])
os.environ["COURSE_NOTES"] = str(home / "my-work" / "my-notes.json")
os.execv(sys.executable, [sys.executable, "-m", "jupyterhub.singleuser", *sys.argv[1:]])
