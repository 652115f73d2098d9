"""How many held texts wait for a decision, for tabs and overviews (R8.2)."""

from dataclasses import dataclass
from datetime import datetime

from django import template
from django.db.models import Count, Min

from contacts.models import Hold
from groups.models import Account, Group, Organization, User
from groups.visible import groups_led_by

register = template.Library()


@dataclass(frozen=True)
class Waiting:
    """How many wait in an organization, and when the first of them is due."""

    organization_id: int
    name: str
    many: int
    first: datetime


@register.simple_tag
def waiting_holds(scope: Group | Organization) -> int:
    """How many wait in a group or in an organization."""
    return scope.holds.open().count()


@register.simple_tag
def waiting_by_group(user: User) -> dict[int, int]:
    """The groups in which some wait for this admin, and how many."""
    waiting = Hold.objects.open().filter(group__in=groups_led_by(user)).order_by().values_list("group")
    return dict(waiting.annotate(many=Count("pk")))


@register.filter
def of_group(waiting: dict[int, int], group: Group) -> int:
    """How many wait in this one."""
    return waiting.get(group.pk, 0)


@register.simple_tag
def waiting_by_organization(account: Account) -> list[Waiting]:
    """The organizations in which some wait, the most urgent first."""
    waiting = Hold.objects.open().filter(account=account).values_list("organization", "organization__name")
    return [Waiting(*row) for row in waiting.annotate(many=Count("pk"), first=Min("due")).order_by("first")]
