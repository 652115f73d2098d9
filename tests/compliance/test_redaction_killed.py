"""A redaction that dies, is held up or resisted: all or nothing, and whatever is left is finished once (R5.7)."""

import io
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.files.storage import FileSystemStorage, default_storage
from django.core.management import call_command
from django.db import connection, connections
from django.test import Client
from django.utils.formats import date_format

from compliance import database, tidying
from compliance.actions.clean_up import clean_up
from compliance.actions.redact import redact
from compliance.forms.redaction import SENTENCE
from compliance.models import DoomedFile, RedactedPhone, Redaction
from contacts import verify
from contacts.models import Suppression
from groups.models import Account, AuditEntry, Group, User
from tests.compliance.interrupted import STEPS
from tests.compliance.planting import PHONE, Lead, tables_with_traces, traces_in_files
from tests.compliance.processes import PATIENCE, TOP, environment, wait_until
from tests.contacts.factories import arrive, phone
from tests.people import client_of

pytestmark = pytest.mark.django_db(transaction=True)

BEFORE = ("before anything is erased", "between two stores", "before the receipt")
AFTER = tuple(step for step in STEPS if step not in BEFORE)

ON_POSTGRESQL = connection.vendor == "postgresql"


@pytest.fixture(autouse=True)
def media(settings: Any, tmp_path: Path) -> Path:
    """A real folder, which other processes see too."""
    settings.STORAGES = {
        **settings.STORAGES,
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    }
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


@pytest.fixture
def lead(media: Path, account: Account, account_admin: User) -> Lead:
    made = Lead(account, account_admin)
    assert len(files(media)) == 3
    return made


@contextmanager
def other_process(how: str, step: str, lead: Lead, media: Path) -> Iterator["subprocess.Popen[str]"]:
    """The command, in a process of its own."""
    words = [how, step, str(lead.account.pk), lead.by.email, PHONE]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.compliance.interrupted", *words],
        cwd=TOP,
        env=environment(MEDIA_ROOT=str(media)),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate(timeout=PATIENCE)


def die(step: str, lead: Lead, media: Path) -> None:
    """Start the command, have it killed at the step, and wait until the database has noticed."""
    with other_process("kill", step, lead, media) as process:
        process.communicate(timeout=PATIENCE)
        assert process.returncode == -signal.SIGKILL
    if connection.vendor == "postgresql":
        wait_until(lambda: not others_connected())


def others_connected() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND backend_type = 'client backend'"
        )
        return cursor.fetchone() is not None


def redact_by_command(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(PHONE))
    call_command("redact_lead", account=lead.account.pk, by=lead.by.email, confirm=SENTENCE, stdout=io.StringIO())


def completed_once(media: Path) -> None:
    """Nothing of the lead is left, and one receipt says so."""
    assert tables_with_traces() == {}
    assert traces_in_files({path.name: path for path in files(media)}) == {}
    assert files(media) == []
    assert not DoomedFile.objects.exists()
    assert Redaction.objects.get().final
    assert RedactedPhone.objects.count() == 1
    assert AuditEntry.objects.filter(action="redact").count() == 1
    assert Suppression.objects.count() == 2
    assert list(verify.differences()) == []


# Killed.


@pytest.mark.parametrize("step", BEFORE)
def test_killed_before_the_commit_nothing_was_erased_and_another_one_erases_all(
    lead: Lead, media: Path, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = tables_with_traces()

    die(step, lead, media)

    assert tables_with_traces() == before
    assert (Redaction.objects.count(), Suppression.objects.count(), len(files(media))) == (0, 0, 3)
    assert not AuditEntry.objects.filter(action="redact").exists()
    redact_by_command(lead, monkeypatch)
    completed_once(media)


@pytest.mark.parametrize("step", AFTER)
def test_killed_after_the_commit_all_was_erased_and_the_next_sweep_finishes(lead: Lead, media: Path, step: str) -> None:
    die(step, lead, media)

    assert tables_with_traces() == {}
    redaction = Redaction.objects.get()
    assert not redaction.final
    assert len(files(media)) == {"right after the commit": 3, "between two files": 2}.get(
        step, 1 if step == "between a file and its name" else 0
    )
    assert redact(lead.account, [PHONE], by=lead.by) is None, "there is nothing left to redact"
    tidying.tidy()
    completed_once(media)
    finished = Redaction.objects.values_list("finished", "cleaned", "indexes_cleaned").get()
    tidying.tidy()
    assert Redaction.objects.values_list("finished", "cleaned", "indexes_cleaned").get() == finished


def is_cleaned(redaction: Redaction | None = None) -> bool:
    """Whether it, or the only one, is cleaned by now. PostgreSQL's own work may still read from before: ask again."""
    clean_up()
    return (Redaction.objects.get(pk=redaction.pk) if redaction else Redaction.objects.get()).cleaned is not None


def is_final(redaction: Redaction | None = None) -> bool:
    """The same of its indexes, too."""
    clean_up()
    return (Redaction.objects.get(pk=redaction.pk) if redaction else Redaction.objects.get()).final


# Two at once.


def test_two_processes_that_clean_up_at_once_finish_it_once(lead: Lead, media: Path) -> None:
    with other_process("hold", "between two files", lead, media) as process:
        assert process.stdout
        assert process.stdout.readline() == "held\n"
        done = clean_up()
        # On PostgreSQL the other one has the turn; on SQLite both go on, and each finds what the other has left.
        assert done == ({} if connection.vendor == "postgresql" else {"redactions cleaned": 1, "index clean-ups": 1})
        said, _ = process.communicate("go on\n", timeout=PATIENCE)
    assert process.returncode == 0
    assert "Receipt" in said
    completed_once(media)


# Resisted.


def test_a_file_that_resists_stays_on_the_list_and_goes_at_the_next_run(
    lead: Lead, media: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    resisting = sorted(files(media))[1].relative_to(media).as_posix()
    delete = FileSystemStorage.delete

    def refuse(storage: FileSystemStorage, name: str) -> None:
        if name == resisting:
            raise PermissionError
        delete(storage, name)

    redact(lead.account, [PHONE], by=lead.by)
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", refuse)
        clean_up()
    assert list(DoomedFile.objects.values_list("name", flat=True)) == [resisting]
    assert default_storage.exists(resisting)
    assert Redaction.objects.get().cleaned is None
    wait_until(is_final)
    completed_once(media)


def test_a_file_that_resists_holds_up_no_other_redaction(
    lead: Lead, group: Group, monkeypatch: pytest.MonkeyPatch
) -> None:
    redact(lead.account, [PHONE], by=lead.by)
    arrive(group, phone(1))
    other = redact(lead.account, [phone(1)], by=lead.by)
    assert other
    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", lambda *_: (_ for _ in ()).throw(PermissionError))
        wait_until(lambda: is_final(other))
    assert Redaction.objects.filter(cleaned=None).count() == 1


@contextmanager
def elsewhere(*statements: str, database: str | None = None) -> Iterator[Any]:
    """A connection of its own, in a transaction that goes on after these statements."""
    other = connections.create_connection("default")
    if database:
        other.settings_dict = {**other.settings_dict, "NAME": database}
    try:
        with other.cursor() as cursor:
            for statement in ("BEGIN", *statements):
                cursor.execute(statement)
        yield other
        # Closed alone, it would go on for as long as the server takes to notice.
        with other.cursor() as cursor:
            cursor.execute("ROLLBACK")
    finally:
        other.close()


def test_what_is_in_use_is_not_waited_for_and_goes_at_the_next_run(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
    """On PostgreSQL a table that somebody reads can't be written anew; on SQLite the journal can't be written back."""
    monkeypatch.setattr(database, "PATIENCE", timedelta(milliseconds=100))
    with elsewhere("SELECT COUNT(*) FROM contacts_contact"):
        redact(lead.account, [PHONE], by=lead.by)
        if ON_POSTGRESQL:
            wait_until(is_cleaned)
        else:
            assert not is_cleaned()
        assert Redaction.objects.get().indexes_cleaned is None
    wait_until(is_final)


if ON_POSTGRESQL:  # SQLite has no dead rows, and no locks of tables.

    @pytest.mark.parametrize(
        "statement",
        [
            "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ; SELECT COUNT(*) FROM contacts_contact",
            "SELECT pg_current_xact_id()",
        ],
        ids=["a snapshot", "an unfinished change"],
    )
    def test_dead_rows_that_somebody_may_still_read_are_not_called_gone(lead: Lead, statement: str) -> None:
        with elsewhere(statement):
            redact(lead.account, [PHONE], by=lead.by)
            assert not is_cleaned()
        wait_until(is_cleaned)

    def test_a_transaction_that_began_later_holds_up_nothing(group: Group, account_admin: User) -> None:
        """Nor does it when nothing has ended since, the removal of a file for one."""
        arrive(group, phone(1))
        redact(group.account, [phone(1)], by=account_admin)
        with elsewhere("SELECT pg_current_xact_id()"), elsewhere("SELECT pg_current_xact_id()"):
            wait_until(is_cleaned)

    def test_another_database_of_the_server_holds_up_nothing(lead: Lead) -> None:
        with elsewhere("SELECT pg_current_xact_id()", database="postgres"):
            redact(lead.account, [PHONE], by=lead.by)
            wait_until(is_cleaned)

    def test_samples_that_somebody_may_still_read_are_not_called_gone(
        lead: Lead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The clean-up itself leaves dead rows among the statistics, after those of the redaction are gone."""
        monkeypatch.setattr(database, "PATIENCE", timedelta(milliseconds=100))
        redact(lead.account, [PHONE], by=lead.by)
        with monkeypatch.context() as patch:
            patch.setattr(database, "rewrite_tables", lambda: False)
            wait_until(is_cleaned)
        with elsewhere("SELECT pg_current_xact_id()"):
            clean_up()
            redaction = Redaction.objects.get()
            assert (bool(redaction.cleaned), redaction.indexes_cleaned) == (True, None)
        wait_until(is_final)

    def test_a_table_that_somebody_else_keeps_is_not_waited_for(lead: Lead, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(database, "PATIENCE", timedelta(milliseconds=100))
        redact(lead.account, [PHONE], by=lead.by)
        with elsewhere("LOCK TABLE contacts_contact IN SHARE UPDATE EXCLUSIVE MODE"):
            assert not is_cleaned()
        wait_until(is_cleaned)


# Once a day.


def receipt_of(redaction: Redaction, client: Client) -> str:
    return client.get(f"/accounts/{redaction.account_id}/compliance/receipts/{redaction.pk}/").content.decode()


def test_indexes_are_cleaned_at_most_once_a_day_and_the_receipt_says_when(lead: Lead, group: Group) -> None:
    redact(lead.account, [PHONE], by=lead.by)
    wait_until(is_final)
    first = Redaction.objects.get()
    assert first.indexes_cleaned
    arrive(group, phone(1))
    second = redact(lead.account, [phone(1)], by=lead.by)
    assert second
    wait_until(lambda: is_cleaned(second))
    second.refresh_from_db()
    if not ON_POSTGRESQL:
        assert second.final, "SQLite has overwritten what it deleted"
        return
    assert second.indexes_cleaned is None
    due = first.indexes_cleaned + timedelta(days=1)
    shown = date_format(due.astimezone(ZoneInfo(lead.by.time_zone)), "j M Y, H:i")
    assert f"index clean-up due <time>{shown}</time>" in receipt_of(second, client_of(lead.by))
    with time_machine.travel(due - timedelta(minutes=1)):
        clean_up()
        second.refresh_from_db()
        assert not second.final
    with time_machine.travel(due, tick=True):
        wait_until(lambda: is_final(second))
