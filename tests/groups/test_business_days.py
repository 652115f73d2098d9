"""Two business days by a group's clock: weekends, changes of the clocks, and a slow model of it all (R8.2)."""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from groups.business_days import after

ZONES = (
    "America/New_York",
    "America/Los_Angeles",
    "Europe/Berlin",
    "Africa/Cairo",  # its clocks jump at Friday's midnight
    "Asia/Jerusalem",  # on a Friday at 2:00
    "Australia/Lord_Howe",  # by half an hour
    "Asia/Kathmandu",
    "America/Havana",
    "UTC",
)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("texted", "due"),
    [
        ("Mon 2026-11-16 09:30", "Wed 2026-11-18 09:30"),
        ("Wed 2026-11-18 15:00", "Fri 2026-11-20 15:00"),
        ("Thu 2026-11-19 15:00", "Mon 2026-11-23 15:00"),
        ("Fri 2026-11-20 15:00", "Tue 2026-11-24 15:00"),
        ("Fri 2026-11-20 23:59", "Tue 2026-11-24 23:59"),
        ("Sat 2026-11-21 00:00", "Wed 2026-11-25 00:00"),
        ("Sun 2026-11-22 23:59", "Wed 2026-11-25 00:00"),
        ("Mon 2026-11-23 00:00", "Wed 2026-11-25 00:00"),
        # Clocks jump on Sunday 8 March and go back on Sunday 1 November: the hour of the day stays.
        ("Fri 2026-03-06 15:00", "Tue 2026-03-10 15:00"),
        ("Fri 2026-10-30 15:00", "Tue 2026-11-03 15:00"),
        ("Sun 2026-03-08 03:30", "Wed 2026-03-11 00:00"),
    ],
)
def test_two_business_days_later_at_the_same_hour(texted: str, due: str) -> None:
    zone = ZoneInfo("America/New_York")
    spelled = "%a %Y-%m-%d %H:%M"
    moment = datetime.strptime(texted, spelled).replace(tzinfo=zone)
    assert after(moment.astimezone(UTC), 2, zone.key).astimezone(zone).strftime(spelled) == due


def test_the_zone_decides_whether_it_is_the_weekend() -> None:
    moment = datetime(2026, 11, 21, 2, tzinfo=UTC)  # Friday evening in New York, Saturday in Berlin
    assert after(moment, 2, "America/New_York") == datetime(2026, 11, 25, 2, tzinfo=UTC)
    assert after(moment, 2, "Europe/Berlin") == datetime(2026, 11, 24, 23, tzinfo=UTC)


def test_an_hour_that_the_clocks_leave_out_is_as_much_later_as_they_jump() -> None:
    zone = ZoneInfo("Asia/Jerusalem")
    moment = datetime(2026, 3, 25, 2, 30, tzinfo=zone)  # two days before the Friday on which 2:00 is 3:00
    assert after(moment, 2, zone.key) == datetime(2026, 3, 27, 0, 30, tzinfo=UTC)


def minutes_of(zone: ZoneInfo, start: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Every minute of ten days, and what the clocks of the zone show in it."""
    for number in range(10 * 24 * 60):
        moment = start + number * MINUTE
        yield moment, moment.astimezone(zone).replace(tzinfo=None, fold=0)


def slowly(moment: datetime, days: int, zone: ZoneInfo) -> datetime:
    """Minute by minute: which days come, which of them are business days, and when the clock shows the time."""
    shown = list(minutes_of(zone, moment))
    begun = shown[0][1]
    if begun.weekday() in (5, 6):
        begun = datetime.combine(next(wall for _, wall in shown if wall.weekday() == 0).date(), time())
    dates = sorted({wall.date() for _, wall in shown if wall.date() > begun.date() and wall.weekday() < 5})
    wanted = datetime.combine(dates[days - 1], begun.time())
    before = 0
    while True:  # A time that is left out counts on from the last one that was shown before.
        found = [some for some, wall in shown if wall == wanted - before * MINUTE]
        if found:
            return found[0] + before * MINUTE
        before += 1


days_around_the_changes = st.sampled_from(
    [datetime(2026, 3, 1), datetime(2026, 3, 20), datetime(2026, 4, 18), datetime(2026, 10, 20), datetime(2026, 4, 1)]
)


@given(
    start=days_around_the_changes,
    minutes=st.integers(0, 16 * 24 * 60),
    days=st.integers(1, 3),
    zone=st.sampled_from(ZONES),
)
def test_a_slow_model_finds_the_same(start: datetime, minutes: int, days: int, zone: str) -> None:
    moment = start.replace(tzinfo=UTC) + minutes * MINUTE
    assert after(moment, days, zone) == slowly(moment, days, ZoneInfo(zone))
