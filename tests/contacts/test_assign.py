"""Assign (R3.8, R6.3) and what becomes of an agent's members once they are removed (section 9)."""

import pytest
from django.utils import timezone

from contacts.actions.membership import NotAnAgent, assign, make_inactive
from groups import audit
from groups.actions.role import end_role
from groups.audit import Kind
from groups.models import AuditEntry, Group, Role, RoleKind, User
from tests.contacts.factories import arrive, member, members, phone
from tests.people import person, role_of

pytestmark = pytest.mark.django_db


def test_members_are_assigned_with_a_stamp_and_an_entry(group: Group, group_admin: User, agent: User) -> None:
    second = person("Noa Levi", RoleKind.AGENT, group)
    rows = members(group, phone(1), phone(2), phone(3))
    assign(group, rows.filter(phone=phone(1)), agent=second, by=group_admin)
    assign(group, rows.filter(phone=phone(2)), agent=agent, by=group_admin)
    outcome = assign(group, rows, agent=agent, by=group_admin)
    assert (outcome.changed, outcome.already) == (2, 1)
    entry = outcome.entry
    assert entry
    assert (entry.action, entry.counts) == ("assign", {"changed": 2, "already": 1, "agent": agent.pk})
    assert audit.subject_ids(entry, Kind.MEMBERSHIP) == {
        second.pk: [member(group, phone(1)).pk],
        0: [member(group, phone(3)).pk],
    }
    assert {row.agent_id for row in rows.all()} == {agent.pk}
    assert member(group, phone(2)).last_change_id != entry.pk


def test_nobody_is_an_assignee_too(group: Group, group_admin: User, agent: User) -> None:
    rows = members(group, phone(1))
    assign(group, rows, agent=agent, by=group_admin)
    outcome = assign(group, rows, agent=None, by=group_admin)
    assert outcome.entry
    assert outcome.entry.action == "unassign"
    assert member(group, phone(1)).agent is None


def test_already_so_writes_no_entry(group: Group, group_admin: User, agent: User) -> None:
    rows = members(group, phone(1))
    assign(group, rows, agent=agent, by=group_admin)
    entries = AuditEntry.objects.count()
    outcome = assign(group, rows, agent=agent, by=group_admin)
    assert (outcome.changed, outcome.already, outcome.entry) == (0, 1, None)
    assert AuditEntry.objects.count() == entries


def test_only_an_agent_of_the_group_can_be_given_members(group: Group, other_group: Group, group_admin: User) -> None:
    rows = members(group, phone(1))
    for stranger in (group_admin, person("Ann Other", RoleKind.AGENT, other_group)):
        with pytest.raises(NotAnAgent):
            assign(group, rows, agent=stranger, by=group_admin)
    assert member(group, phone(1)).agent is None


def test_a_removed_agent_cannot_be_given_members(group: Group, group_admin: User, agent: User) -> None:
    Role.objects.update(ended=timezone.now())
    with pytest.raises(NotAnAgent):
        assign(group, members(group, phone(1)), agent=agent, by=group_admin)


def test_the_members_of_a_removed_agent_are_unassigned_and_stamped(
    group: Group, other_group: Group, group_admin: User, agent: User
) -> None:
    role_of(agent, RoleKind.AGENT, other_group)
    arrive(other_group, phone(1))
    rows = members(group, phone(1), phone(2), phone(3))
    assign(group, rows.filter(phone__in=[phone(1), phone(2)]), agent=agent, by=group_admin)
    make_inactive(group, rows.filter(phone=phone(2)), by=group_admin)
    assign(other_group, other_group.memberships.all(), agent=agent, by=group_admin)

    end_role(Role.objects.get(user=agent, group=group), by=group_admin)

    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.group, entry.actor, entry.counts) == ("unassign", group, group_admin, {"changed": 2})
    assert [row.agent_id for row in rows.all()] == [None, None, None]
    assert member(group, phone(1)).last_change == entry
    assert member(group, phone(2)).inactive
    assert member(group, phone(3)).last_change is None
    assert member(other_group, phone(1)).agent == agent


def test_the_end_of_another_role_unassigns_nobody(group: Group, group_admin: User, agent: User) -> None:
    also_admin = role_of(agent, RoleKind.GROUP_ADMIN, group)
    assign(group, members(group, phone(1)), agent=agent, by=group_admin)
    end_role(also_admin, by=group_admin)
    assert member(group, phone(1)).agent == agent
