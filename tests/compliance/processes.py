"""Real processes beside a test, on its database."""

import os
import time
from collections.abc import Callable
from pathlib import Path

from django.db import connection

TOP = Path(__file__).parents[2]
PATIENCE = 30


def environment(**more: str) -> dict[str, str]:
    """What a process of ours is started with: the settings of production, and the database of this test."""
    name = connection.settings_dict["NAME"]
    if connection.vendor == "sqlite":
        address = f"sqlite:///{name}"
    else:
        address = f"{os.environ['DATABASE_URL'].rpartition('/')[0]}/{name}"
    return {**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "hustle.settings", **more}


def wait_until(holds: Callable[[], object]) -> None:
    """Look again and again; fail after ``PATIENCE`` seconds."""
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)
