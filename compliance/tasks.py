"""What the worker runs by itself; how often stands in settings (``TASKS``)."""

from django.tasks import task

from compliance import tidying, worker
from groups.background import keeps_no_values


@task
@keeps_no_values
def tidy() -> None:
    """What ``manage.py tidy`` does."""
    tidying.tidy()


@task(priority=100)
@keeps_no_values
def beat() -> None:
    """The worker's sign of life, before whatever else waits."""
    worker.beat()
