"""What a person finds their way to: the accounts, organizations and groups that their roles open (R2.2)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from groups.access import holders
from groups.models import Account, Group, Organization, Role, RoleKind, User


@dataclass(frozen=True)
class Place:
    """An organization with those of its groups that one may see; ``open`` if its own pages may be seen too."""

    organization: Organization
    open: bool
    groups: list[Group]


@dataclass(frozen=True)
class Belonging:
    """An account that one has a role in, with its places; ``open`` if its overview may be seen too."""

    account: Account
    open: bool
    places: list[Place]


def groups_of(user: User) -> QuerySet[Group]:
    """The groups that a user may see: by a role on them or above them."""
    return groups_led_by(user) | Group.objects.filter(pk__in=_scopes(user, RoleKind.AGENT, "group"))


def groups_led_by(user: User) -> QuerySet[Group]:
    """The groups that a user is an admin of: of theirs, of their organization or of their account."""
    return Group.objects.filter(
        Q(account__in=_scopes(user, RoleKind.ACCOUNT_ADMIN, "account"))
        | Q(organization__in=_scopes(user, RoleKind.ORGANIZATION_ADMIN, "organization"))
        | Q(pk__in=_scopes(user, RoleKind.GROUP_ADMIN, "group"))
    )


def _scopes(user: User, kind: RoleKind, scope: str) -> QuerySet[Role, dict[str, int]]:
    return user.roles.current().filter(kind=kind).values(scope)


def belongings(user: User) -> list[Belonging]:
    """Where a user belongs, by account and organization, in the order of their names; empty without a role.

    Archived groups come after the others.
    """
    roles = list(user.roles.current().select_related("account").order_by("account__name", "account_id"))
    groups = sorted(groups_of(user).order_by("name", "pk"), key=lambda group: group.archived is not None)
    organizations = _organizations(roles, groups)
    return [
        _belonging(account, roles, [one for one in organizations if one.account_id == account.pk], groups)
        for account in dict.fromkeys(role.account for role in roles)
    ]


def _organizations(roles: list[Role], groups: list[Group]) -> list[Organization]:
    ids = {group.organization_id for group in groups} | {role.organization_id for role in roles}
    run = {role.account_id for role in roles if role.kind == RoleKind.ACCOUNT_ADMIN}
    return list(Organization.objects.filter(Q(pk__in=ids - {None}) | Q(account__in=run)).order_by("name", "pk"))


def _belonging(
    account: Account, roles: list[Role], organizations: list[Organization], groups: list[Group]
) -> Belonging:
    runs = any(role.kind == RoleKind.ACCOUNT_ADMIN and role.account_id == account.pk for role in roles)
    led = {role.organization_id for role in roles if role.kind == RoleKind.ORGANIZATION_ADMIN}
    places = [
        Place(one, runs or one.pk in led, [group for group in groups if group.organization_id == one.pk])
        for one in organizations
    ]
    return Belonging(account, runs, places)


def whom_to_ask(user: User) -> list[User]:
    """Account admins of the accounts in which somebody without a role used to have one."""
    accounts = Account.objects.filter(pk__in=user.roles.values("account"))
    return [admin for account in accounts for admin in holders(account, RoleKind.ACCOUNT_ADMIN)]
