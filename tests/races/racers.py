"""Processes that do two things at once, each with a connection of its own: started once, then told what to race.

A round begins when every racer stands at the barrier; chance decides who is ahead, by a few milliseconds.
"""

import os
import random
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Barrier
from typing import Any

MOST = 3
PATIENCE = 60
AHEAD = 0.008
"""Seconds that one may be ahead of another: about what two of these changes take."""

type Act = Callable[..., Any]
type Rounds = Sequence[Sequence[Any]]


class Racers:
    """``race`` lets functions of a module loose on the rows of the test database."""

    def __init__(self, ends: Sequence[Connection]) -> None:
        self.ends = ends

    def race(self, *acts: tuple[Act, Rounds]) -> list[list[Any]]:
        """What each act returned in each round, or the words of its error, which begin with "!"."""
        for end, (act, rounds) in zip(self.ends, acts, strict=False):
            end.send((act, list(rounds), len(acts)))
        return [end.recv() for end in self.ends[: len(acts)]]


@contextmanager
def racers(database: dict[str, Any]) -> Iterator[Racers]:
    """Start the processes, on the database of these settings, and end them."""
    context = get_context("spawn")
    barriers = {many: context.Barrier(many) for many in range(2, MOST + 1)}
    pairs = [context.Pipe() for _ in range(MOST)]
    processes = [context.Process(target=_run, args=(theirs, barriers, database), daemon=True) for _, theirs in pairs]
    for process in processes:
        process.start()
    try:
        yield Racers([ours for ours, _ in pairs])
    finally:
        for ours, _ in pairs:
            ours.send(None)
        for process in processes:
            process.join(PATIENCE)


def _run(end: Connection, barriers: dict[int, Barrier], database: dict[str, Any]) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    import django  # noqa: PLC0415  (in a process of its own)
    from django.db import connection  # noqa: PLC0415

    django.setup()
    connection.settings_dict.update(database)
    while told := end.recv():
        act, rounds, many = told
        end.send([_round(act, arguments, barriers[many]) for arguments in rounds])
    connection.close()


def _round(act: Act, arguments: Sequence[Any], barrier: Barrier) -> Any:
    barrier.wait(PATIENCE)
    time.sleep(random.uniform(0, AHEAD))
    try:
        return act(*arguments)
    except Exception as error:  # noqa: BLE001  (told to whoever asked for the race)
        return f"!{type(error).__name__}: {error}"
