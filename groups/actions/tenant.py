"""Create, change and archive what stands in the tenant tree: accounts, organizations, groups."""

from collections.abc import Mapping
from typing import cast

from django.db import transaction
from django.utils import timezone

from groups import audit
from groups.actions.fields import write
from groups.models import Account, Group, Organization, Scope, User
from groups.signals import organization_created


class HoursCross(Exception):
    """A group's texts would begin to leave, at the first of these hours, no earlier than they end, at the second."""


@transaction.atomic
def create_organization(account: Account, *, name: str, country: str, by: User) -> Organization:
    """Make an organization of the account. Raises ``IntegrityError`` if the name is taken in it.

    A redaction, which is about every organization of the account, holds the account's row.
    """
    organization = Organization.objects.create(account=_locked(account), name=name, country=country)
    audit.record("create_organization", on=organization, by=by)
    organization_created.send(Organization, organization=organization, by=by)
    return organization


@transaction.atomic
def create_group(organization: Organization, *, name: str, time_zone: str, by: User) -> Group:
    """Make a group of the organization. Raises ``IntegrityError`` if the name is taken in it."""
    group = Group.objects.create(
        account_id=organization.account_id, organization=organization, name=name, time_zone=time_zone
    )
    audit.record("create_group", on=group, by=by)
    return group


def change_account(account: Account, *, by: User, **values: str) -> bool:
    """Rename an account, if a ``name`` is given; whether anything changed."""
    return _change(account, "change_account", by, values)


def change_organization(organization: Organization, *, by: User, **values: str) -> bool:
    """Change what is given of ``name`` and ``country``; whether anything changed.

    Raises ``IntegrityError`` if the name is taken.
    """
    return _change(organization, "change_organization", by, values)


def change_group(group: Group, *, by: User, **values: str | int) -> bool:
    """Change what is given of ``name``, ``time_zone``, ``texts_from``, ``texts_until``; whether anything changed.

    Raises ``IntegrityError`` if the name is taken, ``HoursCross`` if the hours don't go with those that stay.
    """
    return _change(group, "change_group", by, values)


@transaction.atomic
def archive_group(group: Group, *, by: User) -> bool:
    """No goals and no sends any more; what comes in is still taken in. Whether anything changed."""
    return _set_archived(group, True, by)


@transaction.atomic
def unarchive_group(group: Group, *, by: User) -> bool:
    """Bring a group back to work; whether anything changed."""
    return _set_archived(group, False, by)


def _set_archived(group: Group, archived: bool, by: User) -> bool:
    locked = _locked(group)
    if archived == (locked.archived is not None):
        return False
    locked.archived = timezone.now() if archived else None
    locked.save(update_fields=["archived"])
    audit.record("archive_group" if archived else "unarchive_group", on=locked, by=by)
    return True


@transaction.atomic
def _change(tenant: Scope, action: str, by: User, values: Mapping[str, str | int]) -> bool:
    locked = _locked(tenant)
    if isinstance(locked, Group):
        _keep_hours(locked, values)
    changed = write(locked, **values)
    if changed:
        audit.record(action, on=locked, by=by, counts=dict.fromkeys(changed, 1))
    return bool(changed)


def _keep_hours(group: Group, values: Mapping[str, str | int]) -> None:
    """Somebody else may have moved the other hour since the one that is given was chosen."""
    first, last = (int(values.get(name, getattr(group, name))) for name in ("texts_from", "texts_until"))
    if first >= last:
        raise HoursCross(first, last)


def _locked[T: Scope](tenant: T) -> T:
    return cast("T", type(tenant)._default_manager.select_for_update(no_key=True).get(pk=tenant.pk))
