"""The dates of a former system's opt-outs: what is read, how, and what is refused with its cause (R4.10)."""

from contextlib import suppress
from datetime import UTC, datetime

import pytest
import time_machine
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from contacts.upload.dates import InvalidDate, read_date

NOW = datetime(2026, 11, 22, 14, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> object:
    with time_machine.travel(NOW, tick=False), timezone.override("America/New_York"):
        yield


@pytest.mark.parametrize(
    "text",
    [
        *("2026-03-31", "2026/3/31", "2026.03.31", "3/31/2026", "31/3/2026", "31.03.2026", "03-31-26"),
        *("31 Mar 2026", "31 March 2026", "Mar 31, 2026", "march 31 2026", "31-MAR-2026", "46112", " 2026-03-31 "),
    ],
)
@pytest.mark.parametrize("country", ["US", "GB", "CA"])
def test_a_day_that_reads_one_way_is_its_noon_everywhere(text: str, country: str) -> None:
    assert read_date(text, country) == datetime(2026, 3, 31, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("2026-03-31T14:09:31Z", "2026-03-31T14:09:31+00:00"),
        ("2026-03-31T14:09:31.000250+02:00", "2026-03-31T12:09:31.000250+00:00"),
        ("2026-03-31T14:09:31.25Z", "2026-03-31T14:09:31.250000+00:00"),
        ("2026-03-31 14:09:31 +0200", "2026-03-31T12:09:31+00:00"),
        ("2026-03-31 14:09", "2026-03-31T18:09:00+00:00"),
        ("3/31/2026 2:09 PM", "2026-03-31T18:09:00+00:00"),
        ("3/31/2026, 12:00:05 a.m.", "2026-03-31T04:00:05+00:00"),
        ("31 Mar 2026, 14:09", "2026-03-31T18:09:00+00:00"),
        ("46112.75", "2026-03-31T12:00:00+00:00"),
    ],
)
def test_a_clock_is_read_in_its_zone_or_else_in_the_current_one(text: str, read: str) -> None:
    assert read_date(text, "US").astimezone(UTC) == datetime.fromisoformat(read)


@pytest.mark.parametrize(("country", "month"), [("US", 3), ("PH", 3), ("GB", 4), ("DE", 4), ("AU", 4)])
def test_where_month_and_day_could_be_either_the_country_decides(country: str, month: int) -> None:
    assert read_date("3/4/2026", country).month == month


def test_where_the_country_does_not_decide_nothing_is_guessed() -> None:
    with pytest.raises(InvalidDate, match="Month or day first"):
        read_date("3/4/2026", "CA")
    assert read_date("4/4/2026", "CA").month == 4


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("yesterday", "Not a date: “yesterday”"),
        ("2125550199", "Not a date"),
        ("2026-02-30", "There is no such day as “2026-02-30”"),
        ("0000-00-00", "There is no such day"),
        ("13/13/2026", "There is no such day"),
        ("31 Foo 2026", "There is no such day"),
        ("2026-03-31 25:00", "There is no such day"),
        ("3/31/2026 13:00 PM", "There is no such day"),
        ("2026-03-31 10:00 +99:99", "There is no such day"),
        ("9999-12-31 23:59 -23:59", "There is no such day|In the future"),
        ("1/1/1970", "Too long ago: 01 Jan 1970"),
        ("10000", "Too long ago"),
        ("2026-11-23", "In the future"),
        ("2026-11-22 10:00", "In the future"),
        ("99999", "In the future"),
        ("٣/٤/٢٠٢٦", ".*"),
        ("x" * 10_000, "Not a date"),
    ],
)
def test_what_is_refused_says_why(text: str, cause: str) -> None:
    with pytest.raises(InvalidDate, match=cause):
        read_date(text, "CA")


def test_today_counts_and_is_not_later_than_now() -> None:
    assert read_date("2026-11-22", "US") == datetime(2026, 11, 22, 12, tzinfo=UTC)
    with time_machine.travel(datetime(2026, 11, 22, 8, tzinfo=UTC), tick=False):
        assert read_date("2026-11-22", "US") == timezone.now()


@given(st.text(max_size=40), st.sampled_from(["US", "GB", "CA"]))
def test_any_text_is_a_date_or_refused(text: str, country: str) -> None:
    with suppress(InvalidDate):
        assert read_date(text, country) <= timezone.now()


@given(st.datetimes(datetime(1993, 1, 2), datetime(2026, 11, 20)))
def test_every_iso_date_is_read_as_it_is(when: datetime) -> None:
    when = when.replace(tzinfo=UTC)
    assert read_date(when.isoformat(), "US") == when
    assert read_date(when.date().isoformat(), "CA").date() == when.date()
