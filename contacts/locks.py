"""The order of locks, everywhere: organization, group row, memberships, opt-outs (docs/adr/0002).

Whatever creates contacts or memberships, or ends an opt-out, holds its organization's lock alone; opt-outs and holds
share it. So a phone is never opted out between the moment that an arrival looks and the moment that it writes.
On SQLite a transaction is IMMEDIATE: it has the only writer's lock from its start.
"""

from collections.abc import Sequence

from django.db import connection

from contacts.models import Membership
from groups.models import Account, Organization

_ARRIVALS = 7001


def alone(organization: Organization) -> None:
    """Wait until nobody holds the organization, and hold it until the transaction ends."""
    _advisory("pg_advisory_xact_lock", organization)


def whole(account: Account) -> list[Organization]:
    """Hold every organization of an account alone, in their order, for a redaction; returns them.

    The account's row first, so that no further organization is made meanwhile.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    organizations = list(account.organizations.order_by("pk"))
    for organization in organizations:
        alone(organization)
    return organizations


def shared(organization: Organization) -> None:
    """Hold the organization together with others that share it, until the transaction ends."""
    _advisory("pg_advisory_xact_lock_shared", organization)


def try_shared(organization: Organization) -> bool:
    """Share the organization until the transaction ends; False, without waiting, if somebody holds it alone."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock_shared(%s, %s)", [_ARRIVALS, organization.pk])
        return bool(cursor.fetchone()[0])


def alone_in_account(organization: Organization) -> None:
    """Hold the organization alone and the others of its account shared, in the order of their ids.

    For whatever reaches from one organization to a phone's opt-outs in the others (R4.6).
    """
    for one in Organization.objects.filter(account=organization.account_id).order_by("pk"):
        (alone if one.pk == organization.pk else shared)(one)


def _advisory(function: str, organization: Organization) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [_ARRIVALS, organization.pk])


def memberships_of(contact_ids: Sequence[int]) -> None:
    """Lock every membership of these contacts, in the order of their ids, so that no two changes can deadlock.

    All of them, not only those of one group: whether a contact is active anywhere is counted from all of them.
    """
    locked = Membership.objects.filter(contact__among=contact_ids).order_by("id").select_for_update(no_key=True)
    list(locked.values_list("pk", flat=True))


def try_memberships_of(contact_ids: Sequence[int]) -> bool:
    """Lock every membership of these contacts, unless another has one of them: then False, without waiting."""
    members = Membership.objects.filter(contact__among=contact_ids)
    locked = members.order_by("id").select_for_update(no_key=True, skip_locked=True)
    return len(locked.values_list("pk", flat=True)) == members.count()
