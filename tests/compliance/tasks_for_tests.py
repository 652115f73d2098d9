"""Tasks for real workers, which find them here by name."""

import time

from django.core.cache import cache
from django.tasks import TaskContext, task

from groups.background import keeps_no_values

BEGUN, DONE = "interrupted-begun", "interrupted-done"


@task(takes_context=True)
def interrupted(context: TaskContext) -> None:
    """Stands still in the middle of the first attempt, goes through with the second."""
    cache.set(BEGUN, context.attempt)
    if context.attempt == 1:
        time.sleep(60)
    cache.set(DONE, context.attempt)


@task
@keeps_no_values
def revealing() -> None:
    """Fails with what must not be kept."""
    raise LookupError("Ana Lopez +14155550123")
