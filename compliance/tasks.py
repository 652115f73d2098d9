"""What the worker runs by itself; how often stands in settings (``TASKS``)."""

from django.tasks import task

from compliance import tidying, worker
from compliance.actions import clean_up as actions
from groups.background import keeps_no_values


@task
@keeps_no_values
def tidy() -> None:
    """What ``manage.py tidy`` does."""
    tidying.tidy()


@task
@keeps_no_values
def clean_up() -> None:
    """Finish what redactions left."""
    actions.clean_up()


def finish() -> None:
    """Have what a redaction left finished: by a worker if there is one, else here and now."""
    if worker.alive():
        clean_up.enqueue()
    else:
        actions.clean_up()


@task(priority=100)
@keeps_no_values
def beat() -> None:
    """The worker's sign of life, before whatever else waits."""
    worker.beat()
