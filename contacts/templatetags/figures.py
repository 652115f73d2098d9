"""Figures of contacts for pages of the ground floor: templates stand above every floor and may ask any of them."""

from collections.abc import Iterable
from dataclasses import fields

from django import template

from contacts import counts
from contacts.counts import Figures
from groups.models import Account, Group, Organization

register = template.Library()
NONE = Figures(0, 0, 0, 0, 0, 0)

type Pairs = list[tuple[Organization, Figures]]


@register.simple_tag
def figures_by_organization(account: Account, organizations: Iterable[Organization]) -> Pairs:
    """Each of an account's organizations with the figures of its contacts."""
    known = counts.of_organizations(account)
    return [(organization, known.get(organization.pk, NONE)) for organization in organizations]


@register.simple_tag
def figures_in_all(pairs: Pairs) -> Figures:
    """The sums of these figures."""
    return Figures(*(sum(getattr(figures, field.name) for _, figures in pairs) for field in fields(Figures)))


@register.simple_tag
def figures_by_group(organization: Organization) -> dict[int, Figures]:
    """The figures of each group's memberships, by its id."""
    return counts.of_groups(organization)


@register.filter
def of_group(figures: dict[int, Figures], group: Group) -> Figures:
    """One group's figures."""
    return figures.get(group.pk, NONE)


@register.filter
def share(part: int, whole: int) -> str:
    """A part of a whole, such as "5.7%"."""
    return f"{part / whole:.1%}" if whole else "–"
