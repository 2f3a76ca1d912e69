"""A hub for a department: one machine with an account for everybody, and nbgrader's exchange.

Read README.md beside this file first. What a department decides stands in the first lines.
"""

import json
import os
import sys
from pathlib import Path

COURSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(COURSE))
from helpers.authoring.places import PYTHON  # noqa: E402  the course's folder must be known first
from helpers.authoring.settings import lay_settings  # noqa: E402
from helpers.authoring.teach import EXTENSIONS  # noqa: E402

# What the hub keeps, and the exchange.
STATE = Path(os.environ.get("COURSE_HUB", "/srv/one-day-of-a-journal"))
INSTRUCTORS = set(os.environ.get("COURSE_INSTRUCTORS", "").split())  # names of accounts

NAME = "one-day-of-a-journal"
FOR_INSTRUCTORS = [
    f"@jupyter/nbgrader:{part}"
    for part in ("create-assignment", "formgrader", "course-list", "validate-assignment")
]
EXCHANGE = f"""\
c = get_config()
c.CourseDirectory.course_id = {NAME!r}
c.Exchange.root = {str(STATE / "exchange")!r}
c.Exchange.path_includes_course = True
"""
COURSE_DIRECTORY = f"""
import pathlib
c.CourseDirectory.root = str(pathlib.Path.home() / "grading")
load_subconfig("nbgrader_config.py", path={str(COURSE / "exercises")!r})
"""


def lay(role, off, settings, extensions):
    """What a server of that role reads when it starts: JupyterLab's settings and nbgrader's."""
    folder = STATE / "etc" / role
    lay_settings(folder, PYTHON, off)
    (folder / "nbgrader_config.py").write_text(settings, encoding="utf-8")
    server = json.dumps({"ServerApp": {"jpserver_extensions": extensions}})
    (folder / "jupyter_server_config.json").write_text(server, encoding="utf-8")


def prepare(spawner):
    """Give a server the settings of its role. start.py lays its files, as the learner."""
    role = "instructor" if spawner.user.name in INSTRUCTORS else "learner"
    spawner.environment |= {
        "JUPYTER_CONFIG_PATH": str(STATE / "etc" / role),
        "COURSE_ROLE": role,
        "JUPYTER_PREFER_ENV_PATH": "1",
    }


STATE.mkdir(parents=True, exist_ok=True)
(STATE / "exchange").mkdir(exist_ok=True)
(STATE / "exchange").chmod(0o777)  # as nbgrader wants it: what is in it has rights of its own
lay("learner", FOR_INSTRUCTORS, EXCHANGE, {})
# As under `teach`: the pages for marking texts, and no button that runs what learners wrote.
lay("instructor", [], EXCHANGE + COURSE_DIRECTORY, EXTENSIONS)

c = get_config()  # noqa: F821  JupyterHub hands this in
# A web server with a certificate stands before it.
c.JupyterHub.bind_url = os.environ.get("COURSE_HUB_URL", "http://127.0.0.1:8000")
c.JupyterHub.hub_port = int(os.environ.get("COURSE_HUB_PORT", "8081"))
c.ConfigurableHTTPProxy.api_url = os.environ.get("COURSE_PROXY_API", "http://127.0.0.1:8001")
c.JupyterHub.db_url = f"sqlite:///{STATE / 'jupyterhub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(STATE / "cookie_secret")
c.ConfigurableHTTPProxy.pid_file = str(STATE / "proxy.pid")
c.JupyterHub.authenticator_class = "pam"  # the accounts of this machine
c.Authenticator.allow_all = True
c.Authenticator.admin_users = INSTRUCTORS
# Each server runs as its own account.
c.JupyterHub.spawner_class = "jupyterhub.spawner.LocalProcessSpawner"
c.Spawner.cmd = [str(PYTHON), "-I", str(COURSE / "exercises" / "hub" / "start.py")]
c.Spawner.notebook_dir = "~"
c.Spawner.pre_spawn_hook = prepare
c.Spawner.start_timeout = 120
c.Spawner.http_timeout = 120
