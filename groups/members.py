"""Who is on an account, an organization or a group, by person."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.db.models import QuerySet

from groups.access import RANK, holders
from groups.audit import scope_keys
from groups.models import Account, Group, Organization, Role, RoleKind, Scope, User

KINDS: dict[type[Scope], list[RoleKind]] = {
    Account: [RoleKind.ACCOUNT_ADMIN],
    Organization: [RoleKind.ORGANIZATION_ADMIN],
    Group: [RoleKind.GROUP_ADMIN, RoleKind.AGENT],
}
"""The kinds of role that stand on each level."""


@dataclass(frozen=True)
class Member:
    """A person with the roles that they hold, or held last, on one object."""

    user: User
    kinds: list[RoleKind]
    since: datetime
    ended: datetime | None

    @property
    def roles(self) -> str:
        """The roles in words, highest first."""
        return ", ".join(kind.label for kind in self.kinds)


def members_of(scope: Scope) -> list[Member]:
    """Who holds a role on exactly this object, by name."""
    return _by_person(Role.objects.current().filter(**scope_keys(scope)))


def removed_from(group: Group) -> list[Member]:
    """Who held a role in the group and holds none now, with what they held last; by name (R3.3)."""
    current = group.roles.filter(ended=None).values("user")
    return _by_person(group.roles.exclude(ended=None).exclude(user__in=current))


def inside(scope: Account | Organization) -> list[Role]:
    """The current roles below this object, by person."""
    below = scope.roles.filter(ended=None).exclude(kind__in=KINDS[type(scope)])
    return list(below.select_related("user", "organization", "group").order_by("user__name", "user_id", "pk"))


def above(scope: Scope) -> list[tuple[User, str]]:
    """Admins whose role stands above this object, and its name."""
    higher = {Account: [], Organization: RANK[:1], Group: RANK[:2]}[type(scope)]
    return [(user, kind.label) for kind in higher for user in holders(scope, kind)]


def _by_person(roles: QuerySet[Role]) -> list[Member]:
    ordered = sorted(roles.select_related("user"), key=lambda role: (role.user.name.lower(), role.user_id))
    return [_member(list(held)) for _, held in groupby(ordered, key=lambda role: role.user_id)]


def _member(held: list[Role]) -> Member:
    ended = max((role.ended for role in held if role.ended), default=None)
    last = [role for role in held if role.ended == ended] if ended else held
    kinds = [kind for kind in RANK if kind in {role.kind for role in last}]
    return Member(held[0].user, kinds, min(role.started for role in last), ended)
