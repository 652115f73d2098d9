"""Figures of contacts for pages of the ground floor: templates stand above every floor and may ask any of them."""

from dataclasses import fields

from django import template

from contacts import counts
from contacts.counts import Figures
from groups.models import Account, Group, Organization

register = template.Library()
NONE = Figures(0, 0, 0, 0, 0, 0)

type ById = dict[int, Figures]


@register.simple_tag
def figures_by_organization(account: Account) -> ById:
    """The figures of each organization's contacts, by its id."""
    return counts.of_organizations(account)


@register.simple_tag
def figures_by_group(organization: Organization) -> ById:
    """The figures of each group's memberships, by its id."""
    return counts.of_groups(organization)


@register.filter
def of(figures: ById, owner: Organization | Group) -> Figures:
    """One owner's figures."""
    return figures.get(owner.pk, NONE)


@register.filter
def in_all(figures: ById) -> Figures:
    """The sums of all of them."""
    return Figures(*(sum(getattr(some, field.name) for some in figures.values()) for field in fields(Figures)))
