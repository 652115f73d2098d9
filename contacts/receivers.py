"""What contacts do about news from the ground floor."""

from typing import Any

from django.dispatch import receiver

from contacts.actions import sync_setting
from contacts.actions.membership import assign
from groups.models import Organization, Role, RoleKind, User
from groups.signals import organization_created, role_ended


@receiver(role_ended)
def unassign_the_members_of_an_agent(sender: object, role: Role, by: User | None, **kwargs: Any) -> None:
    """An agent was removed: their open memberships in the group are nobody's (section 9)."""
    if role.kind == RoleKind.AGENT and role.group:
        assign(role.group, role.group.memberships.filter(agent=role.user), agent=None, by=by)


@receiver(organization_created)
def opt_out_of_a_new_organization(sender: object, organization: Organization, by: User | None, **kwargs: Any) -> None:
    """Under account sync whoever is opted out of the others is opted out of the new one (R4.6)."""
    sync_setting.adopt(organization, by=by)
