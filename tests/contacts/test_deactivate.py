"""Make Inactive and Make Active (R3.1, R3.2, R3.4)."""

from typing import Any

import pytest

from contacts import gate
from contacts.actions.membership import make_active, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.models import Membership, OptOut
from contacts.signals import deactivated
from groups import audit
from groups.audit import Kind
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, members, phone, states

pytestmark = pytest.mark.django_db


@pytest.fixture
def heard() -> Any:
    """What was told to the floors above."""
    told: list[Any] = []

    def hear(sender: object, membership_ids: list[int], **kwargs: Any) -> None:
        told.append(sorted(membership_ids))

    deactivated.connect(hear)
    yield told
    deactivated.disconnect(hear)


def test_an_inactive_contact_cannot_be_texted_in_the_group(group: Group, group_admin: User) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    assert gate.may_text(group, phone(1)).cause == gate.Cause.INACTIVE


def test_an_inactive_contact_can_still_be_texted_in_other_groups(
    group: Group, other_group: Group, group_admin: User
) -> None:
    arrive(other_group, phone(1))
    make_inactive(group, members(group, phone(1)), by=group_admin)
    assert gate.may_text(other_group, phone(1)).allowed
    assert not member(other_group, phone(1)).inactive


def test_a_deactivated_contact_is_made_active_again(group: Group, group_admin: User) -> None:
    rows = members(group, phone(1))
    make_inactive(group, rows, by=group_admin)
    outcome = make_active(group, rows, by=group_admin)
    assert outcome.changed == 1
    assert gate.may_text(group, phone(1)).allowed


def test_a_change_is_stamped_and_audited_with_its_subjects_and_note(group: Group, group_admin: User) -> None:
    rows = members(group, phone(1), phone(2), phone(3))
    make_inactive(group, rows.filter(phone=phone(1)), by=group_admin)
    outcome = make_inactive(group, rows, by=group_admin, note="They moved")
    entry = outcome.entry
    assert entry
    assert (entry.action, entry.actor, entry.group, entry.organization, entry.account) == (
        "make_inactive",
        group_admin,
        group,
        group.organization,
        group.account,
    )
    assert entry.counts == {"changed": 2, "already": 1}
    assert entry.text
    assert entry.text.text == "They moved"
    changed = [member(group, phone(n)) for n in (2, 3)]
    assert audit.subject_ids(entry, Kind.MEMBERSHIP) == {0: [row.pk for row in changed]}
    assert {row.last_change_id for row in changed} == {entry.pk}
    assert member(group, phone(1)).last_change_id != entry.pk


@pytest.mark.parametrize("action", [make_active, make_inactive])
def test_already_so_changes_nothing_writes_no_audit_and_is_counted(
    group: Group, group_admin: User, action: Any
) -> None:
    rows = members(group, phone(1), phone(2))
    if action is make_inactive:
        make_inactive(group, rows, by=group_admin)
    before = [(row.inactive, row.last_change_id) for row in rows.order_by("pk")]
    entries = AuditEntry.objects.count()
    outcome = action(group, rows, by=group_admin)
    assert (outcome.changed, outcome.already, outcome.entry) == (0, 2, None)
    assert [(row.inactive, row.last_change_id) for row in rows.order_by("pk")] == before
    assert AuditEntry.objects.count() == entries


def test_only_the_members_named_are_changed(group: Group, group_admin: User) -> None:
    everybody = members(group, phone(1), phone(2), phone(3))
    make_inactive(group, everybody.filter(phone=phone(2)), by=group_admin)
    assert states(everybody) == {phone(1): False, phone(2): True, phone(3): False}


def test_members_of_another_group_are_never_changed_even_if_they_are_handed_in(
    group: Group, other_group: Group, foreign_group: Group, group_admin: User
) -> None:
    for any_group in (group, other_group, foreign_group):
        arrive(any_group, phone(1))
    outcome = make_inactive(group, Membership.objects.all(), by=group_admin)
    assert outcome.changed == 1
    assert not member(other_group, phone(1)).inactive
    assert not member(foreign_group, phone(1)).inactive


def test_make_active_of_an_opted_out_contact_changes_the_membership_only_and_says_so(
    group: Group, group_admin: User
) -> None:
    rows = members(group, phone(1), phone(2))
    make_inactive(group, rows, by=group_admin)
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    outcome = make_active(group, rows, by=group_admin)
    assert (outcome.changed, dict(outcome.besides)) == (2, {"still_opted_out": 1})
    assert outcome.entry
    assert outcome.entry.counts == {"changed": 2, "still_opted_out": 1}
    assert OptOut.objects.open().filter(phone=phone(1)).exists()
    assert gate.may_text(group, phone(1)).cause == gate.Cause.OPTED_OUT


def test_a_redacted_member_is_never_among_those_changed(group: Group, group_admin: User) -> None:
    rows = members(group, phone(1), phone(2))
    Membership.objects.filter(phone=phone(1)).update(phone=None)
    outcome = make_inactive(group, group.memberships.all(), by=group_admin)
    assert outcome.changed == 1
    assert states(rows.model.objects.filter(group=group)) == {None: False, phone(2): True}


def test_the_floors_above_hear_who_was_made_inactive_and_nobody_else(
    group: Group, group_admin: User, heard: list[Any]
) -> None:
    rows = members(group, phone(1), phone(2))
    make_inactive(group, rows.filter(phone=phone(1)), by=group_admin)
    make_inactive(group, rows, by=group_admin)
    make_inactive(group, rows, by=group_admin)
    assert heard == [[member(group, phone(1)).pk], [member(group, phone(2)).pk]]


def test_a_change_to_many_takes_as_many_queries_as_one_to_few(
    group: Group, group_admin: User, django_assert_max_num_queries: Any
) -> None:
    many = members(group, *(phone(n) for n in range(1500)))
    with django_assert_max_num_queries(17):
        assert make_inactive(group, many, by=group_admin).changed == 1500
