"""What every task of the worker keeps to.

A task is a function under ``django.tasks.task`` and `keeps_no_values`: it takes keys, returns nothing, may be run twice
and may die anywhere. The queue stores arguments and tracebacks for days, out of a redaction's reach (R5.3): neither may
hold personal data.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from functools import wraps

from django.db import transaction
from django.db.models import Model, QuerySet

logger = logging.getLogger(__name__)


class TaskFailed(Exception):
    """What the queue gets to see of a failure: the kinds of the errors, and nothing that they say."""


def keeps_no_values[**P](task: Callable[P, None]) -> Callable[P, None]:
    """Let a task fail without its values; the whole error goes to the log, which is scrubbed."""

    @wraps(task)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            task(*args, **kwargs)
        except Exception as error:
            logger.exception("%s failed", task.__name__)
            # Without the original, whose message and frames the queue would keep too.
            raise TaskFailed(", ".join(_kinds(error))) from None

    return guarded


def each[T, R](act: Callable[[T], R], things: Iterable[T], *, failed: str) -> list[R]:
    """Do it with each thing; what it returned. What fails holds up none of the others.

    Raises an ``ExceptionGroup`` that says ``failed``, with all errors, at the end.
    """
    results: list[R] = []
    errors: list[Exception] = []
    for thing in things:
        try:
            results.append(act(thing))
        except Exception as error:  # noqa: BLE001  (raised below, with the others)
            errors.append(error)
    if errors:
        raise ExceptionGroup(failed, errors)
    return results


@transaction.atomic
def let_go(rows: QuerySet[Model]) -> int:
    """Delete rows whose time is over; how many went, not counting the parts that went with them.

    What is in use stays until the next run: nobody is waited for, so that nobody who holds a part waits for us.
    """
    locked = rows.select_for_update(of=("self",), skip_locked=True)
    keys = list(locked.values_list("pk", flat=True))
    _, gone = rows.filter(pk__among=keys).delete()
    return gone.get(rows.model._meta.label, 0)


def _kinds(error: BaseException) -> Iterator[str]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _kinds(one)
    else:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
