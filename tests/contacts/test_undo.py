"""Undo of Make Active, Make Inactive and Assign (R3.8)."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.utils import timezone

from contacts.actions.hold import open_hold
from contacts.actions.membership import CannotUndo, assign, make_active, make_inactive, undo
from contacts.actions.opt_out import opt_out
from contacts.models import Membership
from contacts.models.membership import MembershipQuerySet
from contacts.signals import deactivated
from groups import audit
from groups.actions.role import end_role
from groups.audit import Kind
from groups.models import AuditEntry, Group, Role, RoleKind, User
from tests.contacts.factories import member, members, phone, states
from tests.people import person

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(group: Group) -> MembershipQuerySet:
    return members(group, phone(1), phone(2), phone(3))


def entry_of(outcome: Any) -> AuditEntry:
    assert outcome.entry
    entry: AuditEntry = outcome.entry
    return entry


def test_undo_restores_those_who_were_changed_and_is_audited(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    make_inactive(group, three.filter(phone=phone(1)), by=group_admin)
    entry = entry_of(make_inactive(group, three, by=group_admin))
    outcome = undo(entry, by=group_admin)
    assert (outcome.changed, dict(outcome.besides)) == (2, {"changed_since": 0})
    assert states(three) == {phone(1): True, phone(2): False, phone(3): False}
    undoing = entry_of(outcome)
    assert (undoing.action, undoing.undoes, undoing.actor) == ("undo_make_inactive", entry, group_admin)
    assert undoing.counts == {"changed": 2}
    assert audit.subject_ids(undoing, Kind.MEMBERSHIP) == {1: [member(group, phone(n)).pk for n in (2, 3)]}
    assert member(group, phone(2)).last_change == undoing


def test_whoever_was_changed_since_is_skipped_and_counted(
    group: Group, group_admin: User, agent: User, three: MembershipQuerySet
) -> None:
    entry = entry_of(make_inactive(group, three, by=group_admin))
    make_active(group, three.filter(phone=phone(1)), by=group_admin)
    make_inactive(group, three.filter(phone=phone(1)), by=group_admin)
    assign(group, three.filter(phone=phone(2)), agent=agent, by=group_admin)
    outcome = undo(entry, by=group_admin)
    assert (outcome.changed, dict(outcome.besides)) == (1, {"changed_since": 2})
    assert states(three) == {phone(1): True, phone(2): True, phone(3): False}
    assert member(group, phone(2)).agent == agent


def test_an_opt_out_or_a_hold_since_is_no_change_of_membership(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    entry = entry_of(make_inactive(group, three, by=group_admin))
    opt_out(group.organization, [phone(1)], by=None, source="keyword")
    open_hold(group.organization, phone(2), text="leave me alone", group=group)
    assert undo(entry, by=group_admin).changed == 3
    assert member(group, phone(1)).opted_out


def test_a_redacted_row_is_skipped_and_counted(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    entry = entry_of(make_inactive(group, three, by=group_admin))
    Membership.objects.filter(phone=phone(1)).update(phone=None)
    outcome = undo(entry, by=group_admin)
    assert (outcome.changed, outcome.besides["changed_since"]) == (2, 1)
    assert Membership.objects.get(phone=None).inactive


def test_undo_gives_each_back_to_the_agent_they_had(
    group: Group, group_admin: User, agent: User, three: MembershipQuerySet
) -> None:
    second = person("Noa Levi", RoleKind.AGENT, group)
    assign(group, three.filter(phone=phone(1)), agent=second, by=group_admin)
    entry = entry_of(assign(group, three, agent=agent, by=group_admin))
    outcome = undo(entry, by=group_admin)
    assert outcome.changed == 3
    assert [row.agent for row in three.order_by("pk")] == [second, None, None]
    assert audit.subject_ids(entry_of(outcome), Kind.MEMBERSHIP).keys() == {agent.pk}


def test_undo_of_an_unassignment_skips_those_whose_agent_was_removed(
    group: Group, group_admin: User, agent: User, three: MembershipQuerySet
) -> None:
    assign(group, three, agent=agent, by=group_admin)
    entry = entry_of(assign(group, three, agent=None, by=group_admin))
    end_role(Role.objects.get(user=agent), by=group_admin)
    outcome = undo(entry, by=group_admin)
    assert (outcome.changed, outcome.besides["changed_since"]) == (0, 3)
    assert not three.filter(agent=agent).exists()


def test_undo_of_make_active_tells_the_floors_above_that_they_are_inactive_again(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    make_inactive(group, three, by=group_admin)
    entry = entry_of(make_active(group, three, by=group_admin))
    told: list[Any] = []

    def hear(sender: object, group: Group, membership_ids: list[int], **kwargs: Any) -> None:
        told.append((group, sorted(membership_ids)))

    deactivated.connect(hear)
    undo(entry, by=group_admin)
    deactivated.disconnect(hear)
    assert told == [(group, sorted(row.pk for row in three))]


def test_a_change_is_undone_once(group: Group, group_admin: User, three: MembershipQuerySet) -> None:
    entry = entry_of(make_inactive(group, three, by=group_admin))
    undo(entry, by=group_admin)
    make_inactive(group, three, by=group_admin)
    with pytest.raises(CannotUndo, match="already"):
        undo(entry, by=group_admin)
    assert states(three) == {phone(1): True, phone(2): True, phone(3): True}


def test_only_its_author_undoes_a_change(
    group: Group, group_admin: User, organization_admin: User, three: MembershipQuerySet
) -> None:
    entry = entry_of(make_inactive(group, three, by=group_admin))
    with pytest.raises(CannotUndo, match="author"):
        undo(entry, by=organization_admin)


@pytest.mark.parametrize(("hours", "possible"), [(23.99, True), (24.01, False)])
def test_undo_is_offered_for_24_hours(
    group: Group, group_admin: User, three: MembershipQuerySet, hours: float, possible: bool
) -> None:
    entry = entry_of(make_inactive(group, three, by=group_admin))
    with time_machine.travel(timezone.now() + timedelta(hours=hours), tick=False):
        if possible:
            assert undo(entry, by=group_admin).changed == 3
        else:
            with pytest.raises(CannotUndo, match="24 hours"):
                undo(entry, by=group_admin)


def test_an_opt_out_an_upload_and_an_undo_have_no_undo(
    group: Group, group_admin: User, three: MembershipQuerySet
) -> None:
    undone = undo(entry_of(make_inactive(group, three, by=group_admin)), by=group_admin)
    out = opt_out(group.organization, [phone(1)], by=group_admin, source="admin", group=group)
    for entry in (entry_of(undone), entry_of(out), AuditEntry.objects.get(action="upload")):
        with pytest.raises(CannotUndo):
            undo(entry, by=group_admin)
    assert member(group, phone(1)).opted_out
