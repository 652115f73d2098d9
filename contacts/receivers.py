"""What contacts do about news from the ground floor."""

from typing import Any

from django.dispatch import receiver

from contacts.actions.membership import assign
from groups.models import Role, RoleKind, User
from groups.signals import role_ended


@receiver(role_ended)
def unassign_the_members_of_an_agent(sender: object, role: Role, by: User | None, **kwargs: Any) -> None:
    """An agent was removed: their open memberships in the group are nobody's (section 9)."""
    if role.kind == RoleKind.AGENT and role.group:
        assign(role.group, role.group.memberships.filter(agent=role.user), agent=None, by=by)
