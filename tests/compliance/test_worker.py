"""The worker: real processes beside the test's database, killed as an operating system kills."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from importlib import import_module
from inspect import signature
from pkgutil import walk_packages

import pytest
import time_machine
from django.core.cache import cache
from django.db import transaction
from django.tasks import Task, task_backends
from django.utils import timezone
from django_ox.models import OxScheduleTick, OxTask
from django_ox.testing import run_tasks

from compliance import tasks, tidying
from compliance.worker import KEY, LIFE, alive
from groups.background import TaskFailed
from tests.compliance.processes import PATIENCE, TOP, environment, wait_until
from tests.compliance.tasks_for_tests import BEGUN, DONE, interrupted, revealing

PATHS = {
    "beat": "compliance.tasks.beat",
    "tidy": "compliance.tasks.tidy",
    "texts in": "contacts.conversations.tasks.inbound.take_in_waiting",
    "texts out": "contacts.conversations.tasks.outbound.send_waiting",
    "reconcile": "contacts.conversations.tasks.reconcile.reconcile",
}
"""What the worker does by itself, by the names of the schedules."""

beside_real_workers = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def clean_cache(db: None) -> Iterator[None]:
    """The cache's table is no model's: nothing empties it after a transactional test."""
    yield
    cache.delete_many([KEY, BEGUN, DONE])


def start(*options: str) -> subprocess.Popen[str]:
    """A worker with the settings of production, the pool of connections included."""
    return subprocess.Popen(
        [sys.executable, "manage.py", "ox_worker", "--interval=0.2", "--lock-timeout=1", *options],
        cwd=TOP,
        env=environment(),
        stderr=subprocess.PIPE,
        text=True,
    )


def kill(worker: subprocess.Popen[str]) -> str:
    """Kill it as nothing can be prepared for; what it had written to stderr."""
    worker.send_signal(signal.SIGKILL)
    return worker.communicate()[1]


@contextmanager
def at_work() -> Iterator[subprocess.Popen[str]]:
    """A worker that is killed in the end, if it was not before."""
    worker = start()
    try:
        yield worker
    finally:
        if worker.poll() is None:
            kill(worker)


def make_due(*schedules: str) -> None:
    """As if the last time were an hour ago, and no worker had been there since."""
    past = timezone.now() - timedelta(hours=1)
    OxScheduleTick.objects.bulk_create(
        OxScheduleTick(schedule_name=name, scheduled_for=past, created_at=past) for name in schedules
    )


# Real workers.


@beside_real_workers
def test_what_a_killed_worker_had_begun_the_next_one_finishes() -> None:
    queued = interrupted.enqueue()
    with at_work() as first:
        wait_until(lambda: cache.get(BEGUN))
        kill(first)
    assert OxTask.objects.get(pk=queued.id).status == OxTask.Status.RUNNING
    with at_work() as second:
        wait_until(lambda: cache.get(DONE) == 2)
        wait_until(lambda: OxTask.objects.get(pk=queued.id).status == OxTask.Status.SUCCESSFUL)
        logged = kill(second)
    # Through our scrubber, and once.
    lines = [json.loads(line) for line in logged.splitlines()]
    assert [line["event"].split(" id=")[0] for line in lines] == ["Reclaimed stuck task"]


@beside_real_workers
def test_what_is_due_is_enqueued_once_however_many_workers_there_are() -> None:
    make_due(*PATHS)
    workers = [start("--batch") for _ in range(3)]
    assert [worker.communicate(timeout=PATIENCE)[1] for worker in workers] == ["", "", ""]
    for name, path in PATHS.items():
        due = OxScheduleTick.objects.filter(schedule_name=name, task__isnull=False).count()
        done = list(OxTask.objects.filter(task_path=path).values_list("status", "attempts"))
        # One, unless the next time came while they were at it.
        assert done == [("SUCCESSFUL", 1)] * due, name
        assert due in (1, 2), name


@beside_real_workers
def test_a_worker_is_at_work_until_a_minute_after_it_was_killed() -> None:
    assert not alive()
    make_due("beat")
    with at_work() as worker:
        wait_until(alive)
        kill(worker)
    with time_machine.travel(timezone.now() + timedelta(seconds=LIFE)):
        assert not alive()


# What a worker would find.


@pytest.mark.django_db
def test_a_queue_that_nobody_works_off_is_no_worker() -> None:
    tasks.beat.enqueue()
    OxTask.objects.create(
        task_path="compliance.tasks.beat",
        backend_name="default",
        status=OxTask.Status.RUNNING,
        locked_at=timezone.now(),
        enqueued_at=timezone.now(),
    )
    assert not alive()
    assert [result.task.name for result in run_tasks()] == ["beat"]
    assert alive()


@pytest.mark.django_db
def test_a_page_asks_with_one_query(django_assert_num_queries: Callable[[int], object]) -> None:
    with django_assert_num_queries(1):  # type: ignore[attr-defined]
        alive()


def test_what_has_to_be_done_again_and_again_is_done_often_enough() -> None:
    """Texts whose task was lost go in and out within half a minute; what the webhooks missed is asked for each hour,
    far within the three days that the providers list (R8.5)."""
    schedules = task_backends["default"].options["SCHEDULES"]
    assert {name: (entry["task"], entry["every"]) for name, entry in schedules.items()} == {
        "beat": (PATHS["beat"], timedelta(seconds=20)),
        "tidy": (PATHS["tidy"], timedelta(minutes=5)),
        "texts in": (PATHS["texts in"], timedelta(seconds=20)),
        "texts out": (PATHS["texts out"], timedelta(seconds=20)),
        "reconcile": (PATHS["reconcile"], timedelta(hours=1)),
    }


def test_several_beats_fit_into_a_life() -> None:
    schedules = task_backends["default"].options["SCHEDULES"]
    assert timedelta(seconds=LIFE) >= 3 * schedules["beat"]["every"]


@pytest.mark.django_db
def test_what_is_enqueued_in_a_change_that_fails_is_not_enqueued() -> None:
    """The queue is a table of the same database: neither a task without its change nor a change without its task."""

    @transaction.atomic
    def change() -> None:
        tasks.tidy.enqueue()
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        change()
    assert not OxTask.objects.exists()


# What the queue may hold (R5.3).


def our_tasks() -> list[Task]:
    ours = ("groups", "contacts", "compliance", "hustle")
    names = [name for name in packages_and_modules(*ours) if "tasks" in name.split(".")]
    return [thing for name in names for thing in vars(import_module(name)).values() if isinstance(thing, Task)]


def packages_and_modules(*tops: str) -> list[str]:
    return [found.name for top in tops for found in walk_packages(import_module(top).__path__, f"{top}.")]


def test_tasks_take_keys_and_return_nothing() -> None:
    assert {task.name for task in our_tasks()} >= {"tidy", "beat", "send", "take_in_waiting", "reconcile"}
    for task in our_tasks():
        function = signature(task.func, eval_str=True)
        assert {parameter.annotation for parameter in function.parameters.values()} <= {int}, task.name
        assert function.return_annotation is None, task.name


def test_every_task_fails_without_values() -> None:
    named = {task.name: task.func.__code__.co_qualname for task in our_tasks()}
    assert set(named.values()) == {"keeps_no_values.<locals>.guarded"}, named


@beside_real_workers
def test_a_failure_leaves_its_kind_in_the_queue_and_no_phone_in_the_log() -> None:
    revealing.enqueue()
    logged = start("--batch").communicate(timeout=PATIENCE)[1]

    kept = json.dumps(OxTask.objects.values("errors", "args", "kwargs", "return_value").get())
    assert "builtins.LookupError" in kept
    assert "Ana" not in kept
    assert "4155550123" not in kept
    failed, retrying = map(json.loads, logged.splitlines())
    assert failed["event"] == "revealing failed"
    assert "LookupError: Ana Lopez [phone]" in failed["exception"]
    assert "attempt 1/3 failed (TaskFailed)" in retrying["event"]


@pytest.mark.django_db
def test_each_kind_of_error_is_told_when_several_steps_fail(monkeypatch: pytest.MonkeyPatch) -> None:
    def failing() -> dict[str, int]:
        raise LookupError

    monkeypatch.setattr(tidying, "STEPS", (failing, 0))  # which can't be called
    with pytest.raises(TaskFailed, match=r"^builtins\.LookupError, builtins\.TypeError$"):
        tasks.tidy.call()
