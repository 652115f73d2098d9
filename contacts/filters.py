"""The filter of a group's Contacts list (R3.4, R6.1), bound strictly.

django-filter drops a value that it can't read and passes a key that it doesn't know; "select all" would then touch
everybody. So ``bind`` names the first such key or value, and the list shows nobody (R6.2).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from contacts.models import Change, ContactTag, Membership, Tag
from contacts.models.membership import MembershipQuerySet
from contacts.search import part_of_name, part_of_phone
from groups import audit
from groups.audit import Kind
from groups.models import Group, RoleKind, User
from groups.queries import Problem, unknown_key

STATUSES = {"active": "Active", "inactive": "Inactive", "opted_out": "Opted out", "on_hold": "On hold"}
NOBODY = "nobody"
BESIDES = ("sort", "page", "select", "change", "error")


class MembershipFilter(django_filters.FilterSet):
    """Who of a group is listed: by part of a name or phone, by status, tag and agent, or by a past change."""

    q = django_filters.CharFilter(method="search", max_length=100, label="Name or any part of a phone")
    status = django_filters.ChoiceFilter(choices=list(STATUSES.items()), method="with_status", empty_label="All")
    tag = django_filters.ModelChoiceFilter(queryset=Tag.objects.none(), method="tagged", empty_label="Any tag")
    agent = django_filters.ChoiceFilter(method="assigned", empty_label="Any agent")
    changed = django_filters.ModelChoiceFilter(queryset=Change.objects.none(), method="changed_by")

    class Meta:
        model = Membership
        fields: tuple[str, ...] = ()

    def __init__(self, group: Group, data: Mapping[str, str]) -> None:
        self.group = group
        super().__init__(data, queryset=group.memberships.listed())
        self.filters["tag"].queryset = group.organization.tags.all()
        self.filters["agent"].extra["choices"] = agent_choices(group)
        self.filters["changed"].queryset = group.changes.exclude(entry=None)

    def search(self, rows: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        digits, letters = part_of_phone(value), part_of_name(value)
        if digits:
            return rows.filter(phone__contains=digits)
        return rows.filter(sort_name__contains=letters) if letters else rows.none()

    def with_status(self, rows: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return rows.with_status(value)

    def tagged(self, rows: MembershipQuerySet, name: str, value: Tag) -> MembershipQuerySet:
        return rows.filter(Exists(ContactTag.objects.filter(contact=OuterRef("contact"), tag=value)))

    def assigned(self, rows: MembershipQuerySet, name: str, value: str) -> MembershipQuerySet:
        return rows.filter(agent=None if value == NOBODY else int(value))

    def changed_by(self, rows: MembershipQuerySet, name: str, value: Change) -> MembershipQuerySet:
        by_contact = value.action == Change.Action.OPT_OUT
        subjects = audit.subject_ids(value.saved_entry, Kind.CONTACT if by_contact else Kind.MEMBERSHIP)
        if by_contact:
            return rows.filter(contact__among=subjects.get(0, []))  # Those asked again, 1, were out already.
        ids = [number for numbers in subjects.values() for number in numbers]
        return rows.filter(pk__among=ids)


def agents(group: Group) -> QuerySet[User]:
    """Who works in the group now, by name."""
    current = group.roles.current().filter(kind=RoleKind.AGENT)
    return User.objects.filter(pk__in=current.values("user")).order_by("name", "pk")


def agent_choices(group: Group) -> list[tuple[str, str]]:
    """Nobody, then each agent, as a filter and ``Assign`` offer them."""
    return [(NOBODY, "Unassigned"), *((str(user.pk), user.name) for user in agents(group))]


@dataclass(frozen=True)
class Bound:
    """A filter bound to a query; with a ``problem`` it shows nobody."""

    filter: MembershipFilter
    problem: Problem | None

    @property
    def memberships(self) -> MembershipQuerySet:
        """Everybody whom the filter shows."""
        return self.filter.queryset.none() if self.problem else self.filter.qs

    @property
    def filtered(self) -> bool:
        """Whether a filter besides the status is in use."""
        return any(self.filter.data.get(name) for name in self.filter.filters if name != "status")

    def any_status(self) -> MembershipQuerySet:
        """Everybody whom the other filters show."""
        others = {name: value for name, value in self.filter.data.items() if name != "status"}
        return MembershipFilter(self.filter.group, others).qs


def bind(group: Group, query: QueryDict) -> Bound:
    """Bind the filter to a query string: every key must be known, stand once, and hold a value that is known."""
    bound = MembershipFilter(group, {name: str(query[name]) for name in query if name in MembershipFilter.base_filters})
    unknown = unknown_key(query, MembershipFilter.base_filters, BESIDES)
    return Bound(bound, unknown or _unknown_value(bound, query))


def _unknown_value(bound: MembershipFilter, query: QueryDict) -> Problem | None:
    for name in bound.errors:
        return Problem(name, str(query[name]), _allowed(name))
    return None


def _allowed(name: str) -> str:
    if name == "status":
        return f"Use one of: {', '.join(STATUSES.values())}."
    if name == "q":
        return "A search has 100 characters at most, all of them visible."
    return "Choose one from the list."
