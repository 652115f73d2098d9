"""`manage.py tidy` lets go what has outlived its time, and nothing else."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from contacts import verify
from contacts.actions.change import choose, save
from contacts.actions.membership import make_inactive
from contacts.actions.tidy import tidy
from contacts.models import Change, ChangeChunk, GroupCount, RejectedRow, Upload
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import members, phones

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 12, 12, tzinfo=UTC)


def tidied(after: timedelta) -> dict[str, int]:
    with time_machine.travel(NOW + after, tick=False):
        return tidy()


@pytest.fixture
def rows(group: Group, group_admin: User) -> Upload:
    """An upload saved now, with rejected rows."""
    upload = Upload.objects.create(
        account=group.account, group=group, author=group_admin, state="saved", created=NOW, finished=NOW
    )
    RejectedRow.objects.bulk_create(
        RejectedRow(account=group.account, upload=upload, number=number, cause="Too short") for number in (2, 3)
    )
    return upload


@pytest.fixture
def chosen(group: Group, group_admin: User) -> Change:
    with time_machine.travel(NOW, tick=False):
        return choose(group, members(group, *phones(3)), action="make_inactive", by=group_admin)


def waiting(group: Group, author: User) -> Upload:
    return Upload.objects.create(
        account=group.account, group=group, author=author, content=b"people", file_name="people.csv", created=NOW
    )


def test_a_selection_that_was_not_saved_goes_after_its_hour(chosen: Change) -> None:
    assert tidied(timedelta(minutes=59))["selections that were not saved"] == 0
    assert tidied(timedelta(minutes=61))["selections that were not saved"] == 1
    assert not ChangeChunk.objects.exists()


def test_a_saved_selection_never_goes(group: Group, group_admin: User, chosen: Change) -> None:
    with time_machine.travel(NOW):
        save(chosen, group.memberships.all(), by=group_admin)
    tidied(timedelta(days=900))
    assert Change.objects.get().positions == [1, 2, 3]


def test_a_file_that_waits_for_save_goes_after_a_day(group: Group, group_admin: User) -> None:
    waiting(group, group_admin)
    assert tidied(timedelta(hours=23))["uploads that were not saved"] == 0
    assert tidied(timedelta(hours=25))["uploads that were not saved"] == 1
    assert not Upload.objects.exists()


def test_rejected_rows_can_be_downloaded_for_seven_days_and_their_upload_stays(rows: Upload) -> None:
    assert tidied(timedelta(days=6, hours=23))["rejected rows"] == 0
    assert tidied(timedelta(days=7, hours=1))["rejected rows"] == 2
    assert not RejectedRow.objects.exists()
    assert Upload.objects.get() == rows


def test_the_counts_of_past_days_are_squashed_and_todays_are_not(group: Group, group_admin: User) -> None:
    for day in (NOW - timedelta(days=1), NOW):
        with time_machine.travel(day, tick=False):
            for number in phones(3):
                make_inactive(group, members(group, f"{number[:-4]}{day.day}{number[-2:]}"), by=group_admin)
    assert tidied(timedelta(0))["daily counts"] > 0
    past = GroupCount.objects.filter(day__lt=NOW.date())
    assert sorted(past.values_list("state", "delta")) == [(1, 3)]
    assert GroupCount.objects.filter(day=NOW.date()).count() == 9
    assert list(verify.differences()) == []


def test_tidying_writes_no_audit_and_touches_no_member(group: Group, chosen: Change) -> None:
    before = AuditEntry.objects.count(), list(group.memberships.order_by("pk").values())
    tidied(timedelta(days=30))
    assert (AuditEntry.objects.count(), list(group.memberships.order_by("pk").values())) == before


def test_the_command_says_what_went(chosen: Change) -> None:
    printed = StringIO()
    with time_machine.travel(timezone.now() + timedelta(days=400)):
        call_command("tidy", stdout=printed)
    assert "selections that were not saved: 1\n" in printed.getvalue()
    assert "rejected rows: 0\n" in printed.getvalue()
