"""Whether a worker is at work, for pages that would otherwise do its work themselves."""

from django.core.cache import cache

KEY = "worker-at-work"
LIFE = 60
"""Seconds that a beat counts: two in a row may be late (settings enqueue one every 20 seconds)."""


def beat() -> None:
    """Say that tasks are being run; a task says it, so a queue that nobody works off can't."""
    cache.set(KEY, True, LIFE)


def alive() -> bool:
    """Whether a worker ran a task within the last minute; one query.

    True for up to a minute after the last worker died, and false while the only one is busy with something longer: so
    it tells who should do a job now, never that the job is done.
    """
    return cache.get(KEY) is not None
