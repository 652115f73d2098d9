"""Times as people read them: short in lists, exact with the zone in titles and receipts (DESIGN: type)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.formats import date_format

HOUR, DAY = 60, 24 * 60
"""In minutes."""


@dataclass(frozen=True, slots=True)
class When:
    """A time in the current zone: ``short`` ("12 min ago", "Today 09:14", "18 Nov", "3 Feb 2026") and ``exact``."""

    short: str
    exact: str


def when(time: datetime, now: datetime | None = None) -> When:
    """``time`` in words, seen from ``now`` (by default the present)."""
    local, present = timezone.localtime(time), timezone.localtime(now)
    return When(_short(local, present), exact(local))


def exact(time: datetime) -> str:
    """ "22 Nov 2026, 14:09:31 EST": to the second, with its zone."""
    local = timezone.localtime(time)
    return f"{date_format(local, 'j M Y, H:i:s')} {local.tzname()}"


def _short(local: datetime, present: datetime) -> str:
    age = present - local
    if timedelta() <= age < timedelta(hours=1):
        minutes = int(age.total_seconds() // 60)
        return f"{minutes} min ago" if minutes else "just now"
    if local.date() == present.date():
        return f"Today {local:%H:%M}"
    if local.date() == present.date() - timedelta(days=1):
        return "Yesterday"
    return date_format(local, "j M" if local.year == present.year else "j M Y")


def midnight(day: date) -> datetime:
    """When a day begins in the current zone."""
    return timezone.make_aware(datetime.combine(day, time()))


def deadline(time: datetime) -> str:
    """ "Tue 24 Nov, 15:00 EST": a time to come, with its zone; its year, if it is another."""
    local = timezone.localtime(time)
    day = date_format(local, "D j M" if local.year == timezone.localdate().year else "D j M Y")
    return f"{day}, {local:%H:%M} {local.tzname()}"


def left(time: datetime, now: datetime | None = None) -> str:
    """How long it is until ``time``: "in 12 min", "in 5 h", "in 3 days"; "now", once it has come."""
    minutes = int((time - (now or timezone.now())).total_seconds() // 60)
    if minutes < 0:
        return "now"
    if minutes < HOUR:
        return f"in {max(minutes, 1)} min"
    if minutes < 2 * DAY:
        return f"in {minutes // HOUR} h"
    return f"in {minutes // DAY} days"
