"""Business days, Monday to Friday, by the clock of a zone (R8.2)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SATURDAY = 5


def after(moment: datetime, days: int, zone: str) -> datetime:
    """The same time of day, so many business days after ``moment``, as the clocks of ``zone`` show it.

    Whatever falls on a weekend counts from Monday 00:00. A time that the zone's clocks leave out in spring is as much
    later as they jump; of one that they show twice in autumn it is the first.
    """
    local = moment.astimezone(ZoneInfo(zone))
    day, hour = local.date(), local.time()
    if day.weekday() >= SATURDAY:
        day, hour = _next_business_day(day), time()
    for _ in range(days):
        day = _next_business_day(day)
    return datetime.combine(day, hour.replace(fold=0), ZoneInfo(zone)).astimezone(UTC)


def _next_business_day(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
