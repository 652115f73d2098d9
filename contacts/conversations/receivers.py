"""What conversations do about news from the floors below."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.dispatch import receiver

from contacts.conversations.actions.goal import share_out
from contacts.conversations.actions.last_goal import keep_last_goals
from contacts.conversations.actions.message import cancel_waiting
from contacts.gate import Cause
from contacts.models import Membership
from contacts.signals import deactivated, opted_out
from groups.models import Group, Organization, Role, RoleKind, User
from groups.signals import role_ended


@receiver(opted_out)
def cancel_what_waits_for_the_opted_out(
    sender: object, organization: Organization, contact_ids: Sequence[int], **kwargs: Any
) -> None:
    """In every group of the organization (R4.1)."""
    cancel_waiting(contact_ids, refusal=Cause.OPTED_OUT)


@receiver(opted_out)
def keep_the_last_goals_of_the_opted_out(sender: object, contact_ids: Sequence[int], **kwargs: Any) -> None:
    """Beside their episodes, which stand on a floor that knows no goals (R4.5)."""
    keep_last_goals(contact_ids)


@receiver(deactivated)
def cancel_what_waits_for_the_deactivated(
    sender: object, group: Group, membership_ids: Sequence[int], **kwargs: Any
) -> None:
    """In this group only (R3.7)."""
    members = Membership.objects.filter(pk__among=membership_ids)
    cancel_waiting(list(members.values_list("contact_id", flat=True)), refusal=Cause.INACTIVE, group=group)


@receiver(role_ended)
def share_out_what_a_removed_agent_had(sender: object, role: Role, by: User | None, **kwargs: Any) -> None:
    """In the goals whose contacts are shared out among the agents: those who are left go on (section 9).

    In a transaction of its own, since roles are locked before members; until then they are nobody's, and anybody's.
    """
    group = role.group
    if role.kind != RoleKind.AGENT or group is None:
        return
    for goal in group.goals.running().filter(shared=True).order_by("pk"):
        transaction.on_commit(partial(share_out, goal, by=by))
