"""Create, change and archive what stands in the tenant tree: accounts, organizations, groups."""

from typing import cast

from django.db import transaction
from django.utils import timezone

from groups import audit
from groups.actions.fields import write
from groups.models import Account, Group, Organization, User

Tenant = Account | Organization | Group


@transaction.atomic
def create_organization(account: Account, *, name: str, country: str, by: User) -> Organization:
    """Make an organization of the account. Raises ``IntegrityError`` if the name is taken in it."""
    organization = Organization.objects.create(account=account, name=name, country=country)
    audit.record("create_organization", on=organization, by=by)
    return organization


@transaction.atomic
def create_group(organization: Organization, *, name: str, time_zone: str, by: User) -> Group:
    """Make a group of the organization. Raises ``IntegrityError`` if the name is taken in it."""
    group = Group.objects.create(
        account_id=organization.account_id, organization=organization, name=name, time_zone=time_zone
    )
    audit.record("create_group", on=group, by=by)
    return group


def change_account(account: Account, *, name: str, by: User) -> bool:
    """Rename an account; whether anything changed."""
    return _change(account, "change_account", by, name=name)


def change_organization(organization: Organization, *, name: str, country: str, by: User) -> bool:
    """Change an organization's name and country; whether anything changed. ``IntegrityError`` if the name is taken."""
    return _change(organization, "change_organization", by, name=name, country=country)


def change_group(group: Group, *, name: str, time_zone: str, texts_from: int, texts_until: int, by: User) -> bool:
    """Change a group's name, zone and hours; whether anything changed. ``IntegrityError`` if the name is taken."""
    return _change(
        group, "change_group", by, name=name, time_zone=time_zone, texts_from=texts_from, texts_until=texts_until
    )


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
def _change(tenant: Tenant, action: str, by: User, **values: str | int) -> bool:
    locked = _locked(tenant)
    changed = write(locked, **values)
    if changed:
        audit.record(action, on=locked, by=by, counts=dict.fromkeys(changed, 1))
    return bool(changed)


def _locked[T: Tenant](tenant: T) -> T:
    return cast("T", type(tenant)._default_manager.select_for_update(no_key=True).get(pk=tenant.pk))
