"""What a redaction left in one organization meets the same person in another of a synced account (R4.6, R5.4)."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from compliance.actions.redact import redact
from contacts import counts, gate, verify
from contacts.actions import suppression, sync_setting
from contacts.actions.hold import open_hold
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse
from contacts.conversations.models import Message
from contacts.models import Hold, OptOut, Source, Suppression
from groups import audit, audit_sentences
from groups.actions.tenant import create_organization
from groups.audit import Kind
from groups.models import Account, AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.factories import arrive, member, phone, suppress
from tests.conversations.factories import give_number, talk, wrote
from tests.people import GroupFactory, person

pytestmark = pytest.mark.django_db

NUMBER = phone(1)
DAY = date(2026, 3, 1)
"""Of what ``suppress`` leaves."""


@pytest.fixture
def there(other_organization: Organization) -> Group:
    """A group of another organization of the account, which is not synced yet."""
    return GroupFactory.create(organization=other_organization, name="Lakeside Phonebank")


@pytest.fixture(autouse=True)
def all_agrees(db: None) -> Any:
    yield
    assert list(verify.differences()) == []


@pytest.fixture
def switch_on(account: Account, account_admin: User) -> Callable[[], int]:
    """Switch it on with the opt-outs that exist; how many copies."""
    return lambda: sync_setting.switch_on(account, by=account_admin, apply=True)[1]


def of(group: Group, number: str = NUMBER) -> OptOut:
    """The open episode of the phone in the group's organization."""
    return OptOut.objects.open().get(organization=group.organization, phone=number)


def is_out(*groups: Group) -> list[bool]:
    return [OptOut.objects.open().filter(organization=one.organization, phone=NUMBER).exists() for one in groups]


def suppressed(group: Group) -> bool:
    return NUMBER in suppression.matching(group.organization, [NUMBER])


# An application to the opt-outs that exist.


def test_whoever_came_back_elsewhere_before_it_was_switched_on_is_texted_no_more(
    group: Group, there: Group, account: Account, account_admin: User, switch_on: Callable[[], int]
) -> None:
    arrive(group, NUMBER)
    opt_out(group.organization, [NUMBER], by=None, source=Source.KEYWORD, text="STOP")
    redact(account, [NUMBER], by=account_admin)
    arrive(there, NUMBER)
    assert gate.may_text(there, NUMBER).allowed
    assert switch_on() == 1
    assert gate.may_text(there, NUMBER).cause == gate.Cause.OPTED_OUT
    assert member(there, NUMBER).opted_out
    assert (of(there).source, of(there).origin) == (Source.KEPT, of(group))
    assert of(there).evidence.count() == 0
    assert not open_hold(there.organization, NUMBER, text="leave me alone", group=there)
    assert not Hold.objects.exists()


def test_it_keeps_the_day_of_what_was_left_and_is_counted_and_audited(
    group: Group, there: Group, account_admin: User, switch_on: Callable[[], int]
) -> None:
    suppress(group.organization, NUMBER)
    arrive(there, NUMBER, phone(2))
    switch_on()
    assert of(there).started == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert counts.of_organization(there.organization).opted_out == 1
    entry = AuditEntry.objects.get(action="sync_opt_out")
    assert (entry.organization, entry.actor, entry.source) == (there.organization, account_admin, "sync")
    assert entry.counts == {"changed": 1, "from": group.organization_id}
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(there, NUMBER).contact_id]}
    assert not Suppression.objects.exists()


def test_what_waits_to_be_sent_to_them_is_cancelled(group: Group, there: Group, switch_on: Callable[[], int]) -> None:
    suppress(group.organization, NUMBER)
    give_number(there)
    text = wrote(talk(there, NUMBER, "Hello"), "Hi", person("Nora Quist", RoleKind.AGENT, there))
    switch_on()
    text.refresh_from_db()
    assert (text.state, text.refusal) == (Message.State.CANCELLED, "opted_out")


def test_whoever_is_known_nowhere_stays_suppressed_everywhere_and_arrives_opted_out(
    group: Group, there: Group, account: Account, switch_on: Callable[[], int]
) -> None:
    suppress(group.organization, NUMBER)
    assert switch_on() == 0
    assert is_out(group, there) == [False, False]
    assert (suppressed(group), suppressed(there)) == (True, True)
    arrive(there, NUMBER)
    assert member(there, NUMBER).opted_out


def test_nothing_is_left_to_apply_afterwards(
    group: Group, there: Group, account: Account, switch_on: Callable[[], int]
) -> None:
    suppress(group.organization, NUMBER, phone(2))
    arrive(there, NUMBER)
    switch_on()
    assert not sync_setting.missing(account)


def test_their_start_ends_it_wherever_it_reached(group: Group, there: Group, switch_on: Callable[[], int]) -> None:
    suppress(group.organization, NUMBER)
    arrive(there, NUMBER)
    switch_on()
    assert reverse(there.organization, [NUMBER], by=None, source="text").changed == 1
    assert is_out(group, there) == [False, False]
    arrive(group, NUMBER)
    assert gate.may_text(group, NUMBER).allowed


def test_any_number_of_them_costs_the_same_queries(
    group: Group, there: Group, account: Account, account_admin: User
) -> None:
    def queries(start: int, many: int) -> int:
        numbers = [phone(start + n) for n in range(many)]
        suppress(group.organization, *numbers)
        arrive(there, *numbers)
        Account.objects.update(sync_opt_outs=False)
        with CaptureQueriesContext(connection) as captured:
            assert sync_setting.switch_on(account, by=account_admin, apply=True)[1] == many
        return len(captured)

    assert queries(0, 3) == queries(1000, 90)


def test_a_new_organization_gets_what_was_left_and_changes_nothing_elsewhere(
    group: Group, there: Group, account: Account, account_admin: User
) -> None:
    """Switched on for new opt-outs only: whoever is texted elsewhere still is, and nothing is left beside them."""
    suppress(group.organization, NUMBER)
    arrive(there, NUMBER)
    sync_setting.switch_on(account, by=account_admin, apply=False)
    made = create_organization(account, name="Hilltop", country="US", by=account_admin)
    assert NUMBER in suppression.matching(made, [NUMBER])
    assert (suppressed(group), suppressed(there)) == (True, False)
    assert gate.may_text(there, NUMBER).allowed


# Whoever comes back to the organization that they opted out of.


@pytest.fixture
def synced_since(account: Account, group: Group, there: Group, account_admin: User) -> None:
    """Something is left in one organization only, of somebody who is texted in another."""
    suppress(group.organization, NUMBER)
    arrive(there, NUMBER, phone(2))
    sync_setting.switch_on(account, by=account_admin, apply=False)


@pytest.mark.usefixtures("synced_since")
def test_an_arrival_that_opens_it_again_reaches_every_organization(group: Group, there: Group) -> None:
    third = GroupFactory.create(organization__account=group.account)
    arrive(group, NUMBER, phone(2))
    for place in (group, there):
        assert gate.may_text(place, NUMBER).cause == gate.Cause.OPTED_OUT
        assert member(place, NUMBER).opted_out
        assert gate.may_text(place, phone(2)).allowed
    assert (of(there).origin, of(there).source, of(there).started.date()) == (of(group), Source.KEPT, DAY)
    assert of(third).origin == of(group)
    entry = AuditEntry.objects.get(action="sync_opt_out", organization=there.organization)
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(there, NUMBER).contact_id]}


@pytest.mark.parametrize(("ended", "out"), [(datetime(2026, 3, 1, 1), False), (datetime(2026, 2, 28, 23), True)])
def test_it_leaves_out_where_an_opt_out_of_theirs_ended_since(
    group: Group, there: Group, ended: datetime, out: bool
) -> None:
    arrive(there, NUMBER)
    with time_machine.travel(ended.replace(tzinfo=UTC)):
        stop(there)
        reverse(there.organization, [NUMBER], by=None, source="text")
    suppress(group.organization, NUMBER)
    Account.objects.update(sync_opt_outs=True)
    arrive(group, NUMBER)
    assert is_out(group, there) == [True, out]


def test_without_account_sync_it_stays_in_its_organization(group: Group, there: Group) -> None:
    suppress(group.organization, NUMBER)
    arrive(there, NUMBER)
    arrive(group, NUMBER)
    assert is_out(group, there) == [True, False]


@pytest.mark.usefixtures("synced_since")
def test_arrivals_who_left_nothing_cost_nothing_more(group: Group, account: Account) -> None:
    def queries(number: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            arrive(group, number)
        return len(captured)

    synced = queries(phone(5))
    Account.objects.update(sync_opt_outs=False)
    assert queries(phone(6)) == synced


# What was left beside somebody who is a contact, however that came to be.


@pytest.fixture
def beside(group: Group, other_group: Group) -> Group:
    """A group with a member whom a suppression of the same organization matches."""
    arrive(group, NUMBER)
    arrive(other_group, NUMBER)
    suppress(group.organization, NUMBER)
    assert gate.may_text(group, NUMBER).allowed
    return group


def hold(group: Group) -> None:
    open_hold(group.organization, NUMBER, text="leave me alone", group=group)


def stop(group: Group) -> None:
    opt_out(group.organization, [NUMBER], by=None, source=Source.KEYWORD, text="STOP")


@pytest.mark.parametrize("act", [hold, stop])
def test_whatever_they_text_opens_it_again(beside: Group, other_group: Group, act: Callable[[Group], None]) -> None:
    act(beside)
    for place in (beside, other_group):
        assert gate.may_text(place, NUMBER).cause == gate.Cause.OPTED_OUT
        assert member(place, NUMBER).opted_out
    assert counts.of_organization(beside.organization).opted_out == 1
    assert of(beside).started.date() == DAY
    assert not suppressed(beside)
    assert not Hold.objects.exists()


def test_it_is_audited_of_whom_it_opted_out(beside: Group) -> None:
    hold(beside)
    entry = AuditEntry.objects.get(action="opt_out")
    assert (entry.organization, entry.actor, entry.source) == (beside.organization, None, "kept")
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(beside, NUMBER).contact_id]}
    assert audit.subject_ids(entry, Kind.OPT_OUT) == {0: [of(beside).pk]}
    assert audit_sentences.what(entry) == "1 opted out"


def test_what_waits_to_be_sent_to_them_is_cancelled_then(group: Group) -> None:
    give_number(group)
    text = wrote(talk(group, NUMBER, "Hello"), "Hi", person("Nora Quist", RoleKind.AGENT, group))
    suppress(group.organization, NUMBER)
    hold(group)
    text.refresh_from_db()
    assert (text.state, text.refusal) == (Message.State.CANCELLED, "opted_out")


def test_somebody_who_is_no_contact_stays_suppressed(group: Group) -> None:
    suppress(group.organization, NUMBER)
    hold(group)
    assert suppressed(group)
    assert not OptOut.objects.exists()


def test_an_upload_opens_it_as_well(beside: Group) -> None:
    arrive(beside, NUMBER)
    assert member(beside, NUMBER).opted_out
    assert of(beside).source == Source.KEPT


def test_it_reaches_every_organization_of_a_synced_account(beside: Group, there: Group, account: Account) -> None:
    Account.objects.update(sync_opt_outs=True)
    arrive(there, NUMBER)
    hold(beside)
    assert gate.may_text(there, NUMBER).cause == gate.Cause.OPTED_OUT
    assert of(there).origin == of(beside)
