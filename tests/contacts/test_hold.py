"""A hold pauses sending to a phone in one organization (R8.2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from contacts import counts, gate
from contacts.actions.hold import open_hold
from contacts.models import Hold
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, Organization
from tests.contacts.factories import arrive, member, phone

pytestmark = pytest.mark.django_db


def hold(organization: Organization, number: str = phone(1)) -> bool:
    return open_hold(organization, number, text="leave me alone", due=timezone.now() + timedelta(days=2))


def test_a_phone_on_hold_is_texted_in_no_group_of_the_organization(
    group: Group, other_group: Group, foreign_group: Group
) -> None:
    for any_group in (group, other_group, foreign_group):
        arrive(any_group, phone(1))
    assert hold(group.organization)
    for any_group in (group, other_group):
        assert gate.may_text(any_group, phone(1)).cause == gate.Cause.ON_HOLD
        assert counts.of_group(any_group).on_hold == 1
    assert gate.may_text(foreign_group, phone(1)).allowed


def test_a_hold_is_audited_without_its_words(group: Group) -> None:
    arrive(group, phone(1))
    hold(group.organization)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.organization, entry.actor, entry.text) == ("hold", group.organization, None, None)
    assert audit.subject_ids(entry, Kind.CONTACT) == {0: [member(group, phone(1)).contact_id]}


def test_a_second_doubtful_text_opens_no_second_hold(group: Group) -> None:
    assert hold(group.organization)
    entries = AuditEntry.objects.count()
    assert not hold(group.organization)
    assert Hold.objects.count() == 1
    assert AuditEntry.objects.count() == entries


def test_a_decided_hold_pauses_nothing_and_another_can_be_opened(group: Group) -> None:
    arrive(group, phone(1))
    hold(group.organization)
    Hold.objects.update(decided=timezone.now())
    assert gate.may_text(group, phone(1)).allowed
    assert hold(group.organization)
