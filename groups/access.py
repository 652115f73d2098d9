"""Who may do what (R2): roles grant permissions, and a scoped view asks for one.

``@group_view(Permission.MANAGE_CONTACTS)`` finds the group of the URL through the user's roles, answers 404 to a
stranger and 403 to a member without the right (R2.2), and hands the group to the view. ``account_view`` and
``organization_view`` do the same a floor up; ``support_view`` is for Customer Support. Each stamps its view, so that a
test can walk the routes (R2.3).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Concatenate, Protocol, cast

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django_htmx.middleware import HtmxDetails

from groups.keys import LARGEST
from groups.live import Watched
from groups.models import Account, Group, Organization, Role, RoleKind, Scope, User


class Permission(StrEnum):
    SEE_ACCOUNT = "see_account"
    MANAGE_ACCOUNT = "manage_account"
    SEE_ORGANIZATION = "see_organization"
    MANAGE_ORGANIZATION = "manage_organization"
    SEE_GROUP = "see_group"
    MANAGE_GROUP = "manage_group"
    MANAGE_MEMBERS = "manage_members"
    MANAGE_CONTACTS = "manage_contacts"
    UPLOAD = "upload"
    EXPORT = "export"
    REVIEW = "review"
    SEE_AUDIT = "see_audit"
    SEE_REPORTS = "see_reports"
    LOOK_UP = "look_up"
    REDACT = "redact"
    REQUEST_REVERSAL = "request_reversal"
    WORK_THREADS = "work_threads"


_GROUP_ADMIN = {
    Permission.SEE_GROUP,
    Permission.MANAGE_GROUP,
    Permission.MANAGE_MEMBERS,
    Permission.MANAGE_CONTACTS,
    Permission.UPLOAD,
    Permission.EXPORT,
    Permission.REVIEW,
    Permission.SEE_AUDIT,
    Permission.SEE_REPORTS,
}
_ORGANIZATION_ADMIN = _GROUP_ADMIN | {Permission.SEE_ORGANIZATION, Permission.MANAGE_ORGANIZATION, Permission.LOOK_UP}
_ACCOUNT_ADMIN = _ORGANIZATION_ADMIN | {
    Permission.SEE_ACCOUNT,
    Permission.MANAGE_ACCOUNT,
    Permission.REDACT,
    Permission.REQUEST_REVERSAL,
}

GRANTS: dict[str, set[Permission]] = {
    RoleKind.AGENT: {Permission.SEE_GROUP, Permission.WORK_THREADS},
    RoleKind.GROUP_ADMIN: _GROUP_ADMIN,
    RoleKind.ORGANIZATION_ADMIN: _ORGANIZATION_ADMIN,
    RoleKind.ACCOUNT_ADMIN: _ACCOUNT_ADMIN,
}
RANK = [RoleKind.ACCOUNT_ADMIN, RoleKind.ORGANIZATION_ADMIN, RoleKind.GROUP_ADMIN, RoleKind.AGENT]
APPOINTS: dict[str, list[RoleKind]] = {
    RoleKind.ACCOUNT_ADMIN: RANK,
    RoleKind.ORGANIZATION_ADMIN: RANK[1:],
    RoleKind.GROUP_ADMIN: RANK[2:],
    RoleKind.AGENT: [],
}


@dataclass(frozen=True)
class Access:
    """What a user may do on one object: the permissions of the roles on it or above it."""

    scope: Scope
    roles: tuple[Role, ...]
    inside: tuple[Role, ...]

    @property
    def may(self) -> set[str]:
        """Names of the permissions held here."""
        return {permission.value for role in self.roles for permission in GRANTS[role.kind]}

    @property
    def appoints(self) -> list[RoleKind]:
        """Kinds of role that the user may give and take here, highest first (R2)."""
        return [kind for kind in RANK if any(kind in APPOINTS[role.kind] for role in self.roles)]

    @property
    def role_label(self) -> str:
        """The highest role in words, such as "Group admin"."""
        held = sorted(self.roles or self.inside, key=lambda role: RANK.index(RoleKind(role.kind)))
        return RoleKind(held[0].kind).label


def access_to(user: User, scope: Scope) -> Access | None:
    """What ``user`` may do on ``scope``; None for a stranger, who has no role on it, above it or inside it (R2.2)."""
    roles = list(
        user.roles.current().filter(account_id=scope.account_id).select_related("account", "organization", "group")
    )
    holding = tuple(role for role in roles if _covers(role, scope))
    inside = tuple(role for role in roles if _is_inside(role, scope))
    return Access(scope, holding, inside) if holding or inside else None


def _covers(role: Role, scope: Scope) -> bool:
    """Whether the role is on ``scope`` or above it."""
    if role.kind == RoleKind.ACCOUNT_ADMIN:
        return True
    if role.kind == RoleKind.ORGANIZATION_ADMIN:
        return role.organization_id == (scope.organization_id if isinstance(scope, Group) else _organization_id(scope))
    return isinstance(scope, Group) and role.group_id == scope.pk


def _is_inside(role: Role, scope: Scope) -> bool:
    if isinstance(scope, Account):
        return True
    return isinstance(scope, Organization) and role.organization_id == scope.pk


def _organization_id(scope: Scope) -> int | None:
    return scope.pk if isinstance(scope, Organization) else None


def groups_seen(user: User, organization: Organization) -> set[int]:
    """Ids of the organization's groups that the user may see; the names of others are not told (R6.3)."""
    return groups_where(user, organization, Permission.SEE_GROUP)


def groups_where(user: User, organization: Organization, permission: Permission) -> set[int]:
    """Ids of the organization's groups in which the user has a permission."""
    access = access_to(user, organization)
    if access is None:
        return set()
    if permission in access.may:
        return set(organization.groups.values_list("pk", flat=True))
    return {role.group_id for role in access.inside if role.group_id and permission in GRANTS[role.kind]}


class SignedIn(HttpRequest):
    """A request that passed a scoped view: somebody is signed in, and ``access`` says what they may do here."""

    user: User
    access: Access
    htmx: HtmxDetails
    watched: Watched


type ScopedView[S: Scope, **P] = Callable[Concatenate[SignedIn, S, P], HttpResponseBase]


class Stamped(Protocol):
    """A view that says which permission it needs, and on what."""

    permission: Permission
    scope: type[Scope]


class ForSupport(Protocol):
    """A view that is Customer Support's alone."""

    for_support: bool


class Exempt(Protocol):
    """A view on no tenant that says why it needs no permission."""

    exempt: str


def account_view(permission: Permission) -> Callable[[ScopedView[Account, ...]], Callable[..., HttpResponseBase]]:
    """Hand the account of the URL (``account_id``) to the view, if the user may ``permission`` on it."""
    return _scoped(Account, "account_id", permission)


def organization_view(
    permission: Permission,
) -> Callable[[ScopedView[Organization, ...]], Callable[..., HttpResponseBase]]:
    """Hand the organization of the URL (``organization_id``) to the view, if the user may ``permission`` on it."""
    return _scoped(Organization, "organization_id", permission)


def group_view(permission: Permission) -> Callable[[ScopedView[Group, ...]], Callable[..., HttpResponseBase]]:
    """Hand the group of the URL (``group_id``) to the view, if the user may ``permission`` on it, in its zone."""
    return _scoped(Group, "group_id", permission)


def _scoped[S: Scope](
    model: type[S], key: str, permission: Permission
) -> Callable[[ScopedView[S, ...]], Callable[..., HttpResponseBase]]:
    def decorate(view: ScopedView[S, ...]) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def wrapper(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:
            _refuse_impossible(kwargs)
            scope = _find(model, kwargs.pop(key))
            access = access_to(request.user, scope)
            if access is None:
                raise Http404
            request.access = access
            if permission not in access.may:
                return forbidden(request, permission)
            if isinstance(scope, Group):
                timezone.activate(scope.time_zone)
            return view(request, scope, *args, **kwargs)

        stamped = cast(Stamped, wrapper)
        stamped.permission, stamped.scope = permission, cast("type[Scope]", model)
        return wrapper

    return decorate


def _refuse_impossible(kwargs: Mapping[str, Any]) -> None:
    if any(isinstance(value, int) and value > LARGEST for value in kwargs.values()):
        raise Http404  # SQLite would raise OverflowError on it


type AnyView = Callable[..., HttpResponseBase]


def support_view(view: AnyView) -> AnyView:
    """Answer to Customer Support of the installation only; for everybody else the page does not exist (R2.4)."""

    @wraps(view)
    def wrapper(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponseBase:
        _refuse_impossible(kwargs)
        if not request.user.is_support:
            raise Http404
        return view(request, *args, **kwargs)

    cast(ForSupport, wrapper).for_support = True
    return wrapper


def signed_in_view(reason: str) -> Callable[[AnyView], AnyView]:
    """Stamp a view that is on no tenant: whoever is signed in may see it, and ``reason`` says why."""

    def decorate(view: AnyView) -> AnyView:
        cast(Exempt, view).exempt = reason
        return view

    return decorate


def open_view(reason: str) -> Callable[[AnyView], AnyView]:
    """Stamp a view that is open to people who have not signed in, and ``reason`` says why."""
    return lambda view: login_not_required(signed_in_view(reason)(view))


def _find[S: Scope](model: type[S], key: int) -> S:
    parents = {"account", "organization"} & {field.name for field in model._meta.fields}
    found = model._default_manager.select_related(*parents or [None]).filter(pk=key).first()
    if found is None:
        raise Http404
    if isinstance(found, Group):
        found.organization.account = found.account
    return cast("S", found)


def forbidden(request: SignedIn, permission: Permission) -> HttpResponse:
    """403: says which role may, who holds it, and the way back to what the user may see."""
    access = request.access
    kind = next(kind for kind in reversed(RANK) if permission in GRANTS[kind])
    return render(
        request,
        "403.html",
        {
            "heading": f"This page is for {kind.label.lower()}s",
            "sentence": _who_may(access, kind),
            "back_url": "/",
            "back_label": "Back to your groups",
        },
        status=403,
    )


def _who_may(access: Access, kind: RoleKind) -> str:
    names = [str(user) for user in holders(access.scope, kind)[:5]]
    mine = f"You are {_article(access.role_label)} {access.role_label.lower()} here."
    return f"{mine} Ask {_either(names)}." if names else mine


def holders(scope: Scope, kind: RoleKind) -> list[User]:
    """The users whose role of ``kind`` is on ``scope`` or above it, by name."""
    roles = Role.objects.current().filter(account_id=scope.account_id, kind=kind, user__is_active=True)
    return sorted({role.user for role in roles.select_related("user") if _covers(role, scope)}, key=str)


def _article(label: str) -> str:
    return "an" if label[0] in "AO" else "a"


def _either(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} or {names[-1]}"
