"""What only some machines have: a browser, a hub. `.ci/run` promises what it installs."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def absent(what: str, why: str) -> NoReturn:
    """Leave a test out, or fail where this was promised in COURSE_CI_HAS, such as "browser,hub".

    why: one line that says what is missing and how to get it.
    """
    promised = os.environ.get("COURSE_CI_HAS", "").split(",")
    if what in promised:
        pytest.fail(why)
    pytest.skip(why)
