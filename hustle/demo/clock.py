"""The demo's clock: what is told inside ``on`` happened then, so that its history has a past."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch
from zoneinfo import ZoneInfo

from django.utils import timezone

ZONE = ZoneInfo("America/New_York")


def ago(days: int, hour: int = 10, minute: int = 0) -> datetime:
    """That time of day, so many days ago where the demo's people live."""
    day = timezone.localtime(timezone.now(), ZONE) - timedelta(days=days)
    return day.replace(hour=hour, minute=minute, second=0, microsecond=0)


@contextmanager
def on(moment: datetime) -> Iterator[None]:
    """A block in which it is ``moment``: every action asks ``timezone.now`` for the time."""
    with patch.object(timezone, "now", lambda: moment):
        yield
