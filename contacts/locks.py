"""The order of locks, everywhere: account sync, organization, group row, memberships, phones, opt-outs (docs/adr/0002).

Whatever creates contacts or memberships, or ends an opt-out, holds its organization's lock alone; opt-outs and holds
share it. So a phone is never opted out between the moment that an arrival looks and the moment that it writes.
Under account sync an opt-out reaches every organization of its account (R4.6): it shares them all, and whoever shares
one shares the setting, so that neither it nor the organizations change meanwhile.
On SQLite a transaction is IMMEDIATE: it has the only writer's lock from its start.
"""

from collections.abc import Iterable, Sequence
from zlib import crc32

from django.db import connection

from contacts.models import Contact, Membership
from groups.models import Account, Organization

_ARRIVALS = 7001
_SYNC = 7002
_PHONES = 8000
_BUCKETS = 1024
"""Locks of phones: one for each of them would exhaust PostgreSQL's table of locks in a long list."""

type Contacts = dict[int, dict[str, int]]
"""organization → phone → contact."""


def alone(organization: Organization) -> None:
    """Wait until nobody holds the organization, and hold it until the transaction ends."""
    _advisory("pg_advisory_xact_lock", _ARRIVALS, organization.pk)


def whole(account: Account) -> list[Organization]:
    """Hold every organization of an account alone, in their order, for a redaction; returns them.

    The account's row first, so that no further organization is made meanwhile.
    """
    Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    _setting_stays(account.pk)
    organizations = _in_order(account.pk)
    for organization in organizations:
        alone(organization)
    return organizations


def setting(account: Account) -> list[Organization]:
    """Hold the setting of account sync alone and share the organizations, in their order; returns them.

    For whoever switches it, or brings opt-outs into another organization. After the account's row, as in ``whole``.
    """
    _advisory("pg_advisory_xact_lock", _SYNC, account.pk)
    organizations = _in_order(account.pk)
    for organization in organizations:
        _share(organization)
    return organizations


def shared(organization: Organization) -> list[Organization]:
    """Hold the organization together with others that share it, until the transaction ends.

    Under account sync all of its account, in the order of their ids. Returns those that an opt-out in it reaches.
    """
    _setting_stays(organization.account_id)
    reached = reached_from(organization)
    for one in reached:
        _share(one)
    return reached


def try_shared(organization: Organization) -> list[Organization]:
    """The same without waiting: none, if somebody holds one of them, or the setting, alone."""
    if not _try("pg_try_advisory_xact_lock_shared", _SYNC, organization.account_id):
        return []
    reached = reached_from(organization)
    got = all(_try("pg_try_advisory_xact_lock_shared", _ARRIVALS, one.pk) for one in reached)
    return reached if got else []


def alone_in_account(organization: Organization) -> list[Organization]:
    """Hold the organization alone and the others of its account shared, in the order of their ids.

    For whatever reaches from one organization to a phone's opt-outs in the others (R4.6). Returns those that an opt-out
    in it reaches.
    """
    _setting_stays(organization.account_id)
    for one in _in_order(organization.account_id):
        (alone if one.pk == organization.pk else _share)(one)
    return reached_from(organization)


def _setting_stays(account_id: int) -> None:
    _advisory("pg_advisory_xact_lock_shared", _SYNC, account_id)


def reached_from(organization: Organization) -> list[Organization]:
    """Those that an opt-out in it reaches; locks nothing, so ``shared`` and ``alone_in_account`` tell what stays so."""
    synced = Account.objects.filter(pk=organization.account_id, sync_opt_outs=True).exists()
    return _in_order(organization.account_id) if synced else [organization]


def _in_order(account_id: int) -> list[Organization]:
    return list(Organization.objects.filter(account=account_id).order_by("pk"))


def _share(organization: Organization) -> None:
    _advisory("pg_advisory_xact_lock_shared", _ARRIVALS, organization.pk)


def _advisory(function: str, kind: int, key: int) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s, %s)", [kind, key])


def _try(function: str, kind: int, key: int) -> bool:
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s, %s)", [kind, key])
        return bool(cursor.fetchone()[0])


def memberships_of(contact_ids: Sequence[int]) -> None:
    """Lock every membership of these contacts, in the order of their ids, so that no two changes can deadlock.

    All of them, not only those of one group: whether a contact is active anywhere is counted from all of them.
    """
    if not connection.features.has_select_for_update:
        return
    locked = Membership.objects.filter(contact__among=contact_ids).order_by("id").select_for_update(no_key=True)
    list(locked.values_list("pk", flat=True))


def try_memberships_of(contact_ids: Sequence[int]) -> bool:
    """Lock every membership of these contacts, unless another has one of them: then False, without waiting."""
    members = Membership.objects.filter(contact__among=contact_ids)
    locked = members.order_by("id").select_for_update(no_key=True, skip_locked=True)
    return len(locked.values_list("pk", flat=True)) == members.count()


def phones(organizations: Sequence[Organization], numbers: Iterable[str]) -> Contacts:
    """Lock all that stands behind these phones in these organizations, which the caller shares or holds.

    Every membership, by id; then, as somebody who is no contact has none, the phones that are unknown to one of them.
    """
    wanted = sorted(set(numbers))
    keys = {one.pk for one in organizations}
    memberships_of([pk for known in _contacts(keys, wanted).values() for pk in known.values()])
    # Read anew: a redaction may have come before the lock.
    contacts = _contacts(keys, wanted)
    unknown = [number for number in wanted if any(number not in known for known in contacts.values())]
    if unknown and organizations:
        _advise_each("pg_advisory_xact_lock", organizations[0].account_id, unknown)
    return contacts


def try_phones(organizations: Sequence[Organization], number: str) -> Contacts | None:
    """The same for one phone without waiting: None, if another has one of these locks."""
    contacts = _contacts({one.pk for one in organizations}, [number])
    if not try_memberships_of([pk for known in contacts.values() for pk in known.values()]):
        return None
    if all(contacts.values()) or _advise_each("pg_try_advisory_xact_lock", organizations[0].account_id, [number]):
        return contacts
    return None


def _contacts(organization_ids: Iterable[int], numbers: Sequence[str]) -> Contacts:
    found: Contacts = {key: {} for key in organization_ids}
    known = Contact.objects.filter(organization__in=list(found)).with_phones(numbers)
    for organization, number, pk in known.values_list("organization_id", "phone", "pk"):
        found[organization][str(number)] = pk
    return found


def _advise_each(function: str, account_id: int, numbers: Sequence[str]) -> bool:
    """Lock the buckets of these phones, in order; whether all are ours."""
    if connection.vendor != "postgresql":
        return True
    buckets = sorted({_PHONES + crc32(number.encode()) % _BUCKETS for number in numbers})
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(bucket, %s) FROM unnest(%s::int[]) AS bucket", [account_id, buckets])  # noqa: S608  (our own names)
        return all(row[0] is not False for row in cursor.fetchall())
