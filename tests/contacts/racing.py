"""Two changes at once, for real: each in a thread with a connection and a transaction of its own.

``overlap`` holds the first change at a named point until the second is done or held up by a lock: with the lock in
place the second waits, without it the harm is done every time. ``together`` lets them loose at one barrier, as often as
``RACES`` says. Tests that use them need ``django_db(transaction=True)``.
"""

import os
import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Barrier, Event, current_thread
from typing import Any

import pytest
from django.db import connection

RACES = int(os.environ.get("RACES", "10"))
HELD_UP = 0.15
"""Seconds after which, on SQLite, the second change counts as waiting for a lock."""
PATIENCE = 30

type Act = Callable[[], Any]


def together(*acts: Act) -> list[Any]:
    """What each act returned, or the exception that it raised, when they start at once."""
    barrier = Barrier(len(acts))

    def start(act: Act) -> Any:
        barrier.wait(PATIENCE)
        time.sleep(random.uniform(0, 0.003))
        return _alone(act)

    with ThreadPoolExecutor(len(acts)) as threads:
        return [_result(future) for future in [threads.submit(start, act) for act in acts]]


def overlap(monkeypatch: pytest.MonkeyPatch, first: Act, second: Act, *, at: tuple[object, str]) -> list[Any]:
    """The same for two acts, the second of which runs while the first stands before the function ``at``."""
    owner, name = at
    original, arrived, go_on = getattr(owner, name), Event(), Event()
    who: list[object] = []

    def halting(*args: Any, **kwargs: Any) -> Any:
        if current_thread() in who and not arrived.is_set():
            arrived.set()
            assert go_on.wait(PATIENCE)
        return original(*args, **kwargs)

    def run_first() -> Any:
        who.append(current_thread())
        return _alone(first)

    with monkeypatch.context() as patch, ThreadPoolExecutor(2) as threads:
        patch.setattr(owner, name, halting)
        leading = threads.submit(run_first)
        while not arrived.wait(0.01):
            assert not leading.done(), f"{name} was never reached: {_result(leading)!r}"
        following = threads.submit(_alone, second)
        _until_done_or_held_up(following)
        go_on.set()
        return [_result(leading), _result(following)]


def _until_done_or_held_up(following: "Future[Any]") -> None:
    """PostgreSQL tells who waits for a lock; on SQLite whoever is not done soon waits for the only writer."""
    if connection.vendor == "sqlite":
        wait([following], timeout=HELD_UP)
        return
    deadline = time.monotonic() + PATIENCE
    while not following.done() and not _somebody_waits() and time.monotonic() < deadline:
        time.sleep(0.005)


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' LIMIT 1"
        )
        return cursor.fetchone() is not None


def _alone(act: Act) -> Any:
    try:
        return act()
    finally:
        connection.close()


def _result(future: "Future[Any]") -> Any:
    return future.exception(PATIENCE) or future.result()


def raised(results: list[Any]) -> list[BaseException]:
    """Those results that are exceptions."""
    return [result for result in results if isinstance(result, BaseException)]
