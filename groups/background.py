"""What every task of the worker keeps to.

A task is a function under ``django.tasks.task`` and `keeps_no_values`: it takes keys, returns nothing, may be run twice
and may die anywhere. The queue stores arguments and tracebacks for days, out of a redaction's reach (R5.3): neither may
hold personal data.
"""

import logging
from collections.abc import Callable, Iterator
from functools import wraps

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


def _kinds(error: BaseException) -> Iterator[str]:
    if isinstance(error, BaseExceptionGroup):
        for one in error.exceptions:
            yield from _kinds(one)
    else:
        yield f"{type(error).__module__}.{type(error).__qualname__}"
