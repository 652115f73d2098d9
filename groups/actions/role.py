"""Give and end roles (R2)."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from groups import audit
from groups.access import access_to
from groups.audit import Kind, Subjects, scope_keys
from groups.models import Account, Invitation, Role, RoleKind, Scope, User
from groups.signals import role_ended


class LastAccountAdmin(Exception):
    """An account keeps at least one account admin."""


@transaction.atomic
def give_role(user: User, kind: RoleKind, scope: Scope, *, by: User | None, source: str = "page") -> bool:
    """Make ``user`` a ``kind`` of ``scope``; whether they were not so already."""
    lock(user, scope)
    keys = scope_keys(scope)
    if user.roles.current().filter(kind=kind, **keys).exists():
        return False
    Role.objects.create(user=user, kind=kind, **keys)
    _record("give_role", user, kind, scope, by, source)
    return True


@transaction.atomic
def end_role(role: Role, *, by: User | None) -> bool:
    """End a role and sign its holder out everywhere; whether it had not ended already. Raises ``LastAccountAdmin``.

    Invitations that they sent and may not send any more are withdrawn.
    """
    lock(role.user, role.scope)
    current = Role.objects.current().select_for_update(no_key=True).filter(pk=role.pk).first()
    if current is None:
        return False
    _keep_an_account_admin(current)
    current.ended = timezone.now()
    current.save(update_fields=["ended"])
    User.objects.filter(pk=current.user_id).update(signed_out=F("signed_out") + 1)
    _withdraw_what_they_may_not_offer(current)
    _record("end_role", role.user, RoleKind(current.kind), role.scope, by)
    role_ended.send(Role, role=current, by=by)
    return True


@transaction.atomic
def change_roles(user: User, scope: Scope, kinds: Collection[RoleKind], *, by: User) -> bool:
    """Leave ``user`` exactly these roles on ``scope``; whether anything changed. Raises ``LastAccountAdmin``.

    None at all removes them from it. Somebody who holds none, as they were removed meanwhile, gets none.
    """
    lock(user, scope)
    keys = scope_keys(scope)
    if not user.roles.current().filter(**keys).exists():
        return False
    gave = [give_role(user, kind, scope, by=by) for kind in kinds]
    surplus = list(user.roles.current().filter(**keys).exclude(kind__in=kinds))
    ended = [end_role(role, by=by) for role in surplus]
    return any([*gave, *ended])


def lock(user: User, scope: Scope) -> User:
    """Lock the person, before any role or invitation of theirs, as they are now; and before them ``lock_admins``."""
    lock_admins(scope)
    return User.objects.select_for_update(no_key=True).get(pk=user.pk)


def lock_admins(scope: Scope) -> None:
    """Lock the account if that is what roles are given and ended on: its admins may change."""
    if isinstance(scope, Account):
        Account.objects.select_for_update(no_key=True).get(pk=scope.pk)


def may_offer(user: User, kind: RoleKind | str, scope: Scope) -> bool:
    """Whether ``user`` may give a ``kind`` of ``scope`` now."""
    access = access_to(user, scope)
    return user.is_active and access is not None and kind in access.appoints


def _keep_an_account_admin(role: Role) -> None:
    """Two account admins who remove each other at once have waited for the account's row: the second one is refused."""
    if role.kind != RoleKind.ACCOUNT_ADMIN:
        return
    admins = Role.objects.current().filter(account_id=role.account_id, kind=RoleKind.ACCOUNT_ADMIN)
    if not admins.filter(user__is_active=True).exclude(user_id=role.user_id).exists():
        raise LastAccountAdmin


def _withdraw_what_they_may_not_offer(role: Role) -> None:
    """One statement, which looks again at each: it may be accepted at the same moment."""
    open_ones = Invitation.objects.filter(accepted=None, withdrawn=None)
    sent = open_ones.filter(account_id=role.account_id, invited_by=role.user)
    tenants = sent.select_related("account", "organization", "group")
    dead = [one.pk for one in tenants if not may_offer(role.user, one.kind, one.scope)]
    open_ones.filter(pk__among=dead).update(withdrawn=timezone.now())


def _record(action: str, user: User, kind: RoleKind, scope: Scope, by: User | None, source: str = "page") -> None:
    subjects = [Subjects(Kind.USER, [user.pk])]
    audit.record(action, on=scope, by=by, source=source, counts={"kind": kind.value}, subjects=subjects)
