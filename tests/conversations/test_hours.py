"""First texts leave by day, where the group is and wherever the number may lie (R7.4)."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contacts.conversations import hours
from groups.models import Group

SEATTLE, IDAHO, NEW_YORK, LONDON, TOLL_FREE = (
    "+12065550100",
    "+12085550100",
    "+12125550100",
    "+442079460000",
    "+18005550100",
)


def group_in(zone: str, first: int = 8, last: int = 20) -> Group:
    return Group(time_zone=zone, texts_from=first, texts_until=last)


def test_an_area_code_of_two_zones_lies_in_both() -> None:
    assert set(hours.zones_of(group_in("America/New_York"), IDAHO)) == {
        "America/New_York",
        "America/Boise",
        "America/Los_Angeles",
    }


def test_a_number_of_which_nothing_is_known_lies_in_the_group_s_zone() -> None:
    assert hours.zones_of(group_in("Europe/Berlin"), "+447700900123") == ("Europe/Berlin",)


@pytest.mark.parametrize(
    ("phone", "zone", "now", "leaves"),
    [
        # 9:00 in New York is 6:00 in Seattle, whose day begins two hours later.
        pytest.param(SEATTLE, "America/New_York", "2026-11-18T14:00Z", "2026-11-18T16:00Z", id="too early for them"),
        pytest.param(SEATTLE, "America/New_York", "2026-11-19T01:00Z", "2026-11-19T16:00Z", id="too late for us"),
        pytest.param(NEW_YORK, "America/Los_Angeles", "2026-11-19T01:00Z", "2026-11-19T16:00Z", id="too late for them"),
        # 8:30 in Boise, 7:30 in the north of Idaho.
        pytest.param(IDAHO, "America/Boise", "2026-11-18T15:30Z", "2026-11-18T16:00Z", id="both zones of an area code"),
        pytest.param(SEATTLE, "America/Los_Angeles", "2026-11-18T16:00Z", "2026-11-18T16:00Z", id="the first minute"),
        pytest.param(
            SEATTLE, "America/Los_Angeles", "2026-11-19T03:59:59Z", "2026-11-19T03:59:59Z", id="the last second"
        ),
        pytest.param(
            SEATTLE, "America/Los_Angeles", "2026-11-19T04:00Z", "2026-11-19T16:00Z", id="the hour at which it ends"
        ),
        # Clocks go forward on 8 March and back on 1 November 2026.
        pytest.param(
            NEW_YORK, "America/New_York", "2026-03-08T02:00Z", "2026-03-08T12:00Z", id="over the spring change"
        ),
        pytest.param(
            NEW_YORK, "America/New_York", "2026-11-01T02:00Z", "2026-11-01T13:00Z", id="over the autumn change"
        ),
        # Britain changes three weeks after New York: four hours apart meanwhile.
        pytest.param(
            LONDON, "America/New_York", "2026-03-20T07:00Z", "2026-03-20T12:00Z", id="while zones change apart"
        ),
    ],
)
def test_the_next_hour(phone: str, zone: str, now: str, leaves: str) -> None:
    assert hours.next_hour(group_in(zone), phone, datetime.fromisoformat(now)) == datetime.fromisoformat(leaves)


def test_zones_without_an_hour_in_common_have_none() -> None:
    with pytest.raises(hours.NoHour):
        hours.next_hour(group_in("Asia/Tokyo", 8, 10), NEW_YORK, datetime(2026, 11, 18, tzinfo=UTC))


@given(
    st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
    st.sampled_from([SEATTLE, IDAHO, NEW_YORK, LONDON, TOLL_FREE]),
    st.sampled_from(
        ["America/New_York", "America/Los_Angeles", "Europe/London", "America/Phoenix", "Pacific/Honolulu"]
    ),
    st.tuples(st.integers(8, 12), st.integers(17, 21)),
)
def test_it_is_day_in_every_zone_then_and_was_not_in_all_of_them_before(
    now: datetime, phone: str, zone: str, day: tuple[int, int]
) -> None:
    group = group_in(zone, *day)

    def is_day(moment: datetime) -> bool:
        zones = hours.zones_of(group, phone)
        return all(day[0] <= moment.astimezone(ZoneInfo(name)).hour < day[1] for name in zones)

    try:
        leaves = hours.next_hour(group, phone, now)
    except hours.NoHour:
        leaves = now + timedelta(days=3)
    else:
        assert is_day(leaves)
        assert leaves >= now
    missed = (now + timedelta(minutes=15 * step) for step in range(4 * 24 * 3))
    assert not any(is_day(moment) for moment in missed if moment < leaves)
