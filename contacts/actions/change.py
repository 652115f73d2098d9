"""The bulk change of the Contacts list (R6.2): choose an action for a selection, then ``Save`` it, once."""

from collections import Counter
from collections.abc import Callable

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from contacts import locks
from contacts.actions.membership import assign, keep_agent, make_active, make_inactive
from contacts.actions.opt_out import opt_out_contacts
from contacts.actions.outcome import Outcome
from contacts.models import Change, ChangeChunk, Membership, OptOutReason, Source
from contacts.models.change import LIFE
from contacts.models.membership import MembershipQuerySet
from groups import packing
from groups.models import Group, User

MADE: dict[str, tuple[str, bool]] = {
    Change.Action.MAKE_ACTIVE: ("inactive", False),
    Change.Action.MAKE_INACTIVE: ("inactive", True),
    Change.Action.OPT_OUT: ("opted_out", True),
}
"""What an action makes of a member: the field, and its value."""


class CannotSave(Exception):
    """The change was saved or has expired: nothing was done. Says which."""


@transaction.atomic
def choose(group: Group, memberships: MembershipQuerySet, *, action: str, by: User) -> Change:
    """Freeze who is shown: the members of ``memberships``, which the caller bound to the filter and the ticks."""
    positions = list(memberships.listed().filter(group=group).order_by().values_list("position", flat=True))
    change = Change.objects.create(
        account_id=group.account_id,
        group=group,
        author=by,
        action=action,
        created=timezone.now(),
        selected=len(positions),
    )
    ChangeChunk.objects.bulk_create(
        ChangeChunk(change=change, bucket=bucket, positions=packed) for bucket, packed in packing.pack(positions)
    )
    return change


@transaction.atomic
def save(
    change: Change,
    matching: MembershipQuerySet,
    *,
    by: User,
    note: str = "",
    reason: OptOutReason | None = None,
    agent: User | None = None,
) -> Change:
    """Carry a chosen change out on those whom the selection showed and who still match, on nobody else, once (R6.2).

    ``matching`` is the bound filter of the list. Whoever no longer matches is skipped and counted by cause; whoever is
    so already counts as that. Raises ``CannotSave``, and ``membership.NotAnAgent`` from ``Assign``.
    """
    _flip(change, by)
    reached = locks.shared(change.group.organization)
    if agent:
        keep_agent(change.group, agent)
    shown = change.group.memberships.at(change.positions)
    if change.action == Change.Action.OPT_OUT:
        locks.phones(reached, map(str, shown.listed().order_by().values_list("phone", flat=True)))
    else:
        locks.memberships_of(list(shown.order_by().values_list("contact_id", flat=True)))
    left = _left_out(change, shown, matching, agent)
    outcome = _act(change, matching.at(change.positions), by, note, reason, agent)
    change.entry = outcome.entry
    change.result = dict(Counter(left) + Counter(outcome.counts))
    change.save(update_fields=["entry", "result"])
    return change


def _flip(change: Change, by: User) -> None:
    mine = Change.objects.filter(pk=change.pk, author=by)
    if mine.filter(state=Change.State.CHOSEN, created__gte=timezone.now() - LIFE).update(state=Change.State.SAVED):
        change.state = Change.State.SAVED
    elif mine.filter(state=Change.State.SAVED).exists():
        raise CannotSave("This change was saved already. Nothing was changed a second time.")
    else:
        raise CannotSave("This selection is more than an hour old. Nothing was changed: select again.")


def _act(
    change: Change,
    wanted: MembershipQuerySet,
    by: User,
    note: str,
    reason: OptOutReason | None,
    agent: User | None,
) -> Outcome:
    acts: dict[str, Callable[[], Outcome]] = {
        Change.Action.MAKE_ACTIVE: lambda: make_active(change.group, wanted, by=by, note=note),
        Change.Action.MAKE_INACTIVE: lambda: make_inactive(change.group, wanted, by=by, note=note),
        Change.Action.OPT_OUT: lambda: opt_out_contacts(
            change.group, wanted, by=by, reason=reason, source=Source.ADMIN
        ),
        Change.Action.ASSIGN: lambda: assign(change.group, wanted, agent=agent, by=by),
    }
    return acts[change.action]()


def _left_out(
    change: Change, shown: MembershipQuerySet, matching: MembershipQuerySet, agent: User | None
) -> Counter[str]:
    """How many of those shown no longer match, by cause; "already" for those who are so already."""
    left = shown.exclude(Exists(matching.filter(pk=OuterRef("pk")))).order_by()
    return Counter(_cause(change, row, agent) for row in left)


def _cause(change: Change, row: Membership, agent: User | None) -> str:
    if row.phone is None:
        return "redacted"
    if is_so(change, row) or (change.action == Change.Action.ASSIGN and row.agent_id == (agent and agent.pk)):
        return "already"
    if row.opted_out:
        return "opted_out"
    if row.on_hold:
        return "on_hold"
    return "no_longer_match"


def is_so(change: Change, row: Membership) -> bool:
    """Whether the action would change nothing about this member; of Assign that depends on who is chosen: False."""
    made = MADE.get(change.action)
    return made is not None and getattr(row, made[0]) == made[1]


def so(change: Change) -> Q:
    """The members of whom ``is_so`` is true."""
    return Q(MADE[change.action]) if change.action in MADE else Q(pk__isnull=True)
