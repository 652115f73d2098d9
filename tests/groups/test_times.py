"""Times to come, as people read them."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from groups.times import deadline, left

NOW = datetime(2026, 11, 24, 15, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "said"),
    [
        (timedelta(seconds=-1), "now"),
        (timedelta(seconds=59), "in 1 min"),
        (timedelta(minutes=59, seconds=59), "in 59 min"),
        (timedelta(hours=1), "in 1 h"),
        (timedelta(hours=47, minutes=59), "in 47 h"),
        (timedelta(hours=48), "in 2 days"),
        (timedelta(days=4, hours=23), "in 4 days"),
    ],
)
def test_how_long_it_is_until_then(ahead: timedelta, said: str) -> None:
    assert left(NOW + ahead, NOW) == said


def test_a_time_to_come_is_told_with_its_zone_and_the_year_if_it_is_another() -> None:
    with time_machine.travel(NOW, tick=False), timezone.override("America/New_York"):
        assert deadline(NOW) == "Tue 24 Nov, 10:00 EST"
        assert deadline(datetime(2027, 1, 4, 15, tzinfo=UTC)) == "Mon 4 Jan 2027, 10:00 EST"
