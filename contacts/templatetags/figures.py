"""Figures of contacts for pages of the ground floor: templates stand above every floor and may ask any of them."""

from dataclasses import fields

from django import template

from contacts import counts
from contacts.counts import Figures
from groups.models import Account, Group, Organization

register = template.Library()
NOBODY = Figures(0, 0, 0, 0, 0, 0)


@register.simple_tag
def figures_by_organization(account: Account) -> list[tuple[Organization, Figures]]:
    """Each organization of an account with the figures of its contacts."""
    known = counts.of_organizations(account)
    return [(organization, known.get(organization.pk, NOBODY)) for organization in account.organizations.all()]


@register.simple_tag
def figures_in_all(pairs: list[tuple[Organization, Figures]]) -> Figures:
    """The sums of these figures."""
    return Figures(*(sum(getattr(figures, field.name) for _, figures in pairs) for field in fields(Figures)))


@register.simple_tag
def figures_by_group(organization: Organization) -> dict[int, Figures]:
    """The figures of each group of an organization, by its id."""
    return counts.of_groups(organization)


@register.filter
def of_group(figures: dict[int, Figures], group: Group) -> Figures:
    """One group's figures."""
    return figures.get(group.pk, NOBODY)
