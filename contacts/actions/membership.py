"""Deactivate, reactivate and assign the members of a group, and undo it (R3.1, R3.2, R3.8)."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contacts import counts, locks
from contacts.actions.outcome import Outcome
from contacts.models import Membership
from contacts.models.membership import MembershipQuerySet
from contacts.signals import deactivated
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Group, Role, RoleKind, User

UNDO_LIFE = timedelta(hours=24)
ASSIGNING = ("assign", "unassign")
UNDOABLE = ("make_active", "make_inactive", *ASSIGNING)


class NotAnAgent(Exception):
    """The person to assign to is not an agent of the group (any more)."""


class CannotUndo(Exception):
    """The change can't be undone: says why."""


@transaction.atomic
def make_inactive(group: Group, memberships: MembershipQuerySet, *, by: User | None, note: str = "") -> Outcome:
    """Take members of ``group`` out of its goals and messages; other groups still text them (R3.1)."""
    outcome = _set_inactive(group, memberships, True, "make_inactive", by, note, "page")
    if outcome.entry:
        ids = audit.subject_ids(outcome.entry, Kind.MEMBERSHIP)[False]
        deactivated.send(Membership, group=group, membership_ids=ids)
    return outcome


@transaction.atomic
def make_active(
    group: Group, memberships: MembershipQuerySet, *, by: User | None, note: str = "", source: str = "page"
) -> Outcome:
    """Take members of ``group`` back in. Whoever is opted out stays so: only the membership changes (R3.4)."""
    return _set_inactive(group, memberships, False, "make_active", by, note, source)


def _set_inactive(
    group: Group, memberships: MembershipQuerySet, inactive: bool, action: str, by: User | None, note: str, source: str
) -> Outcome:
    rows = _lock(group, memberships)
    moving = [row for row in rows if row.inactive != inactive]
    already = len(rows) - len(moving)
    if not moving:
        return Outcome(already=already)
    outcome = Outcome(len(moving), already, _remaining(moving, inactive))
    subjects = [Subjects(Kind.MEMBERSHIP, [row.pk for row in moving], before=int(not inactive))]
    entry = audit.record(action, on=group, by=by, source=source, counts=outcome.counts, text=note, subjects=subjects)
    with counts.kept([row.contact_id for row in moving]):
        _members(moving).update(inactive=inactive, last_change=entry)
    return replace(outcome, entry=entry)


def _remaining(moving: Sequence[Membership], inactive: bool) -> dict[str, int]:
    """Made active, yet not to be texted: the result says so."""
    return {} if inactive else {"still_opted_out": sum(row.opted_out for row in moving)}


@transaction.atomic
def assign(
    group: Group, memberships: MembershipQuerySet, *, agent: User | None, by: User | None, source: str = "page"
) -> Outcome:
    """Give members of ``group`` to one of its agents, or to nobody. Raises ``NotAnAgent``."""
    if agent:
        keep_agent(group, agent)
    rows = _lock(group, memberships)
    moving = [row for row in rows if row.agent_id != (agent and agent.pk)]
    already = len(rows) - len(moving)
    if not moving:
        return Outcome(already=already)
    outcome = Outcome(len(moving), already)
    action = "assign" if agent else "unassign"
    entry = audit.record(
        action,
        on=group,
        by=by,
        source=source,
        counts=outcome.counts | ({"agent": agent.pk} if agent else {}),
        subjects=_by_agent(moving),
    )
    _members(moving).update(agent=agent, last_change=entry)
    return replace(outcome, entry=entry)


def keep_agent(group: Group, agent: User) -> None:
    """Lock an agent's role, so that it can't end meanwhile; before any membership. Raises ``NotAnAgent``."""
    if not kept_agents(group, [agent.pk]):
        raise NotAnAgent(f"{agent} is not an agent of {group}.")


def kept_agents(group: Group, user_ids: Iterable[int]) -> set[int]:
    """Which of these users are agents of the group; their roles are locked."""
    roles = Role.objects.current().filter(group=group, user__in=user_ids, kind=RoleKind.AGENT)
    return set(roles.order_by("pk").select_for_update(no_key=True).values_list("user_id", flat=True))


def _by_agent(rows: Iterable[Membership]) -> list[Subjects]:
    agents: dict[int, list[int]] = {}
    for row in rows:
        agents.setdefault(row.agent_id or 0, []).append(row.pk)
    return [Subjects(Kind.MEMBERSHIP, ids, before=agent) for agent, ids in agents.items()]


@transaction.atomic
def undo(entry: AuditEntry, *, by: User) -> Outcome:
    """Restore each member whose last change is still this one; the others are skipped and counted (R3.8).

    For the change's author, within 24 hours, once. Raises ``CannotUndo``.
    """
    group = _undoable(entry, by)
    before = audit.subject_ids(entry, Kind.MEMBERSHIP)
    gone = _gone_agents(group, entry, before)
    ids = [number for numbers in before.values() for number in numbers]
    _lock(group, group.memberships.filter(pk__among=ids))
    still = set(
        group.memberships.filter(pk__among=ids, last_change=entry, phone__isnull=False).values_list("pk", flat=True)
    )
    states = {
        state: [number for number in numbers if number in still]
        for state, numbers in before.items()
        if state not in gone
    }
    restored = [number for numbers in states.values() for number in numbers]
    outcome = Outcome(changed=len(restored), besides={"changed_since": len(ids) - len(restored)})
    undoing = audit.record(
        f"undo_{entry.action}", on=group, by=by, counts=outcome.counts, subjects=_now(restored, entry), undoes=entry
    )
    _restore(entry, states, undoing)
    return replace(outcome, entry=undoing)


def why_no_undo(entry: AuditEntry, by: User) -> str:
    """Why a person can't undo a change, as far as its entry tells; "" if they can, once (R3.8)."""
    if entry.action not in UNDOABLE or entry.group_id is None:
        return "This change has no undo."
    if entry.actor_id != by.pk:
        return "Only its author can undo a change."
    if entry.time < timezone.now() - UNDO_LIFE:
        return "A change can be undone for 24 hours."
    return ""


def _undoable(entry: AuditEntry, by: User) -> Group:
    if why := why_no_undo(entry, by):
        raise CannotUndo(why)
    assert entry.group_id
    group = Group.objects.select_for_update(no_key=True).get(pk=entry.group_id)
    if AuditEntry.objects.filter(undoes=entry).exists():
        raise CannotUndo("This change was undone already.")
    return group


def _gone_agents(group: Group, entry: AuditEntry, states: Iterable[int]) -> set[int]:
    """Agents before the change who no longer work in the group: nobody goes back to them."""
    agents = {state for state in states if state} if entry.action in ASSIGNING else set()
    return agents - kept_agents(group, agents)


def _now(ids: Sequence[int], entry: AuditEntry) -> list[Subjects]:
    rows = list(Membership.objects.filter(pk__among=ids).only("pk", "inactive", "agent_id"))
    if entry.action in ASSIGNING:
        return _by_agent(rows)
    return [Subjects(Kind.MEMBERSHIP, [row.pk for row in rows], before=int(entry.action == "make_inactive"))]


def _restore(entry: AuditEntry, states: dict[int, list[int]], undoing: AuditEntry) -> None:
    rows = Membership.objects.filter(pk__among=[number for numbers in states.values() for number in numbers])
    with counts.kept(list(rows.values_list("contact_id", flat=True))):
        for state, ids in states.items():
            if entry.action in ASSIGNING:
                Membership.objects.filter(pk__among=ids).update(agent=state or None, last_change=undoing)
            else:
                Membership.objects.filter(pk__among=ids).update(inactive=bool(state), last_change=undoing)
    if entry.action == "make_active":
        deactivated.send(Membership, group=entry.group, membership_ids=states.get(True, []))


def _lock(group: Group, memberships: MembershipQuerySet) -> list[Membership]:
    """Lock the contacts of these members, then read, in a new statement, those that are still among them.

    Redacted members have left the lists and are never among them.
    """
    contact_ids = list(memberships.filter(group=group).order_by().values_list("contact_id", flat=True))
    locks.memberships_of(contact_ids)
    still = memberships.listed().filter(Q(group=group), contact__among=contact_ids)
    return list(still.order_by().only("pk", "contact_id", "inactive", "agent_id", "opted_out"))


def _members(rows: Iterable[Membership]) -> MembershipQuerySet:
    return Membership.objects.filter(pk__among=[row.pk for row in rows])
