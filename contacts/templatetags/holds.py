"""How many held texts wait for a decision, for the tabs of groups and organizations (R8.2)."""

from django import template

from groups.models import Group, Organization

register = template.Library()


@register.simple_tag
def waiting_holds(scope: Group | Organization) -> int:
    """How many wait in a group or in an organization."""
    return scope.holds.open().count()
