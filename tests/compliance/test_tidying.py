"""`manage.py tidy`, and the worker every few minutes: each floor's share, then what the machinery leaves behind."""

from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.utils import timezone
from django_ox.models import OxScheduleTick, OxTask
from django_ox.testing import run_tasks

from compliance import tasks, tidying
from compliance.actions.redact import redact
from compliance.models import RedactedPhone, Redaction
from contacts.actions.opt_out import opt_out
from contacts.models import Change, OptOut, Suppression
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, phone

pytestmark = pytest.mark.django_db

NOTHING = {
    "holds that ran out": 0,
    "selections that were not saved": 0,
    "uploads that were not saved": 0,
    "rejected rows": 0,
    "daily counts": 0,
    "files without a message": 0,
    "texts taken in long ago": 0,
    "lapsed sessions": 0,
    "tasks that were done": 0,
    "tasks that failed": 0,
}


def outlived_selection(group: Group, author: User) -> Change:
    return Change.objects.create(
        account=group.account,
        group=group,
        author=author,
        action="make_inactive",
        selected=0,
        created=timezone.now() - timedelta(days=1),
    )


def finished(status: str, *, ago: timedelta) -> OxTask:
    then = timezone.now() - ago
    return OxTask.objects.create(
        task_path="compliance.tasks.tidy", backend_name="default", status=status, enqueued_at=then, finished_at=then
    )


def test_a_tidy_house_stays_as_it_is() -> None:
    assert tidying.tidy() == tidying.tidy() == NOTHING


def test_the_worker_does_what_the_command_does(group: Group, group_admin: User) -> None:
    outlived_selection(group, group_admin)
    tasks.tidy.enqueue()
    assert [str(result.status) for result in run_tasks()] == ["SUCCESSFUL"]
    assert not Change.objects.exists()

    outlived_selection(group, group_admin)
    printed = StringIO()
    call_command("tidy", stdout=printed)
    assert "selections that were not saved: 1\n" in printed.getvalue()
    assert not Change.objects.exists()


@pytest.mark.django_db(transaction=True)  # Inside a transaction nothing is cleaned.
def test_what_proves_a_removal_and_keeps_it_stays_for_ever(group: Group, account_admin: User) -> None:
    """Suppressions and receipts with their digests, and the audit (section 9: retention)."""
    arrive(group, phone(1))
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    redact(group.account, [phone(1)], by=account_admin)
    kept = (Suppression, Redaction, RedactedPhone, OptOut, AuditEntry)
    before = [sorted(model.objects.values_list("pk", flat=True)) for model in kept]
    assert all(before)

    with time_machine.travel(timezone.now() + timedelta(days=3660)):
        tidying.tidy()

    assert [sorted(model.objects.values_list("pk", flat=True)) for model in kept] == before


def test_sessions_that_lapsed_go() -> None:
    for key, left in (("lapsed", timedelta(seconds=-1)), ("open", timedelta(hours=1))):
        Session.objects.create(session_key=key, session_data="", expire_date=timezone.now() + left)
    assert tidying.tidy() == {**NOTHING, "lapsed sessions": 1}
    assert Session.objects.get().session_key == "open"


def test_tasks_go_an_hour_after_they_were_done_and_seven_days_after_they_failed() -> None:
    for status, life in (
        ("SUCCESSFUL", timedelta(hours=1)),
        ("FAILED", timedelta(days=7)),
        ("LOST", timedelta(days=7)),
    ):
        finished(status, ago=life - timedelta(minutes=1))
        finished(status, ago=life + timedelta(minutes=1))
    assert tidying.tidy() == {**NOTHING, "tasks that were done": 1, "tasks that failed": 2}
    assert sorted(OxTask.objects.values_list("status", flat=True)) == ["FAILED", "LOST", "SUCCESSFUL"]


def test_tasks_that_wait_or_run_stay_however_old() -> None:
    for status in ("READY", "RUNNING"):
        OxTask.objects.create(
            task_path="compliance.tasks.tidy",
            backend_name="default",
            status=status,
            enqueued_at=timezone.now() - timedelta(days=90),
        )
    assert tidying.tidy() == NOTHING
    assert OxTask.objects.count() == 2


def test_past_times_of_the_schedule_go_and_the_last_of_each_stays() -> None:
    now = timezone.now()
    OxScheduleTick.objects.bulk_create(
        OxScheduleTick(schedule_name=name, scheduled_for=now - timedelta(hours=hours), created_at=now)
        for name in ("beat", "tidy")
        for hours in (2, 3)
    )
    tidying.tidy()
    left = OxScheduleTick.objects.values_list("schedule_name", "scheduled_for")
    assert sorted(left) == [("beat", now - timedelta(hours=2)), ("tidy", now - timedelta(hours=2))]


def test_a_step_that_fails_holds_up_none_of_the_others(
    group: Group, group_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing() -> dict[str, int]:
        raise LookupError

    outlived_selection(group, group_admin)
    monkeypatch.setattr(tidying, "STEPS", (failing, *tidying.STEPS, failing))
    with pytest.raises(ExceptionGroup) as stopped:
        tidying.tidy()
    assert [type(error) for error in stopped.value.exceptions] == [LookupError, LookupError]
    assert not Change.objects.exists()
