"""Account sync as a setting: switched on and off, applied to the opt-outs that exist, adopted by new organizations.

R4.6; what it then does with each opt-out is ``contacts.actions.sync``.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from contacts import locks
from contacts.actions import suppression, sync
from contacts.actions.arrival import BATCH
from contacts.actions.sync_application import SYNC, go, lock, partly_out
from contacts.models import Contact, OptOut, Suppression
from contacts.tasks import apply_sync
from groups import audit
from groups.actions.fields import write
from groups.models import Account, Organization, User


@dataclass(frozen=True)
class Missing:
    """What existing opt-outs lack: how many phones, in how many places together, and how many numbers erased since."""

    phones: int
    places: int
    erased: int

    def __bool__(self) -> bool:
        return bool(self.phones or self.erased)


def missing(account: Account) -> Missing:
    """What an application to the existing opt-outs would find."""
    keys = list(account.organizations.values_list("pk", flat=True))
    found = [len(keys) - many for many in partly_out(keys).values_list("many", flat=True)]
    return Missing(len(found), sum(found), _partly_suppressed(keys).count())


def _partly_suppressed(organization_ids: Sequence[int]) -> QuerySet[Any, Any]:
    """Digests that some of these organizations hold, and not all: they are keyed by the account."""
    kept = Suppression.objects.filter(organization__in=organization_ids).order_by().values("key_id", "digest")
    return kept.annotate(first=Min("day"), many=Count("pk")).filter(many__lt=len(organization_ids))


@transaction.atomic
def switch_on(account: Account, *, by: User, apply: bool) -> tuple[bool, int]:
    """From now on opt-outs reach every organization; with ``apply`` the existing ones too (``begin``).

    Whether it was off, and how many copies were made at once.
    """
    changed = _switch(account, True, by)
    return changed, begin(account, by=by) if apply else 0


@transaction.atomic
def switch_off(account: Account, *, by: User) -> bool:
    """From now on opt-outs stay in their organization; no episode changes. Whether it was on."""
    return _switch(account, False, by)


def _switch(account: Account, on: bool, by: User) -> bool:
    """Switch it; an application that still runs is over with it."""
    locked, _ = lock(account)
    if not write(locked, sync_opt_outs=on):
        return False
    write(locked, sync_applying=False)
    audit.record("switch_sync_on" if on else "switch_sync_off", on=locked, by=by)
    return True


@transaction.atomic
def begin(account: Account, *, by: User) -> int:
    """Copy existing opt-outs to where they lack, one go of them now and the others by the worker; how many now.

    Whoever waits for their turn is refused by ``gate`` until it has come (R4.9).
    """
    locked, organizations = lock(account)
    if not locked.sync_opt_outs:
        return 0
    copies = go(locked, organizations, by, _known_again(account, organizations))
    _copy_suppressions(organizations, organizations)
    if locked.sync_applying:
        apply_sync.enqueue(account.pk, by.pk)
    return copies


def _known_again(account: Account, organizations: Sequence[Organization]) -> list[str]:
    """Phones of contacts that were erased before: a redaction left a suppression of them in some organization.

    A suppression is found by whoever arrives (R5.5); to those who are there it would say nothing.
    """
    left = Suppression.objects.filter(organization__in=organizations).values_list("key_id", "digest")
    kept = {(key_id, bytes(digest)) for key_id, digest in left}
    if not kept:
        return []
    known = Contact.objects.known().filter(organization__in=organizations).order_by("phone")
    phones = map(str, known.values_list("phone", flat=True).distinct().iterator())
    return [phone for phone in phones if not kept.isdisjoint(suppression.digests_of(account.pk, phone))]


def adopt(organization: Organization, *, by: User | None) -> None:
    """What is opted out of the others is opted out of a new organization, before anybody arrives in it.

    Inside its creation, which holds the account's row.
    """
    account = organization.account
    if not account.sync_opt_outs:
        return
    organizations = locks.setting(account)
    _copy_suppressions(organizations, [organization])
    phones = OptOut.objects.open().filter(organization__in=organizations).values_list("phone", flat=True).distinct()
    sync.copy(organization, sync.origins(organizations, list(map(str, phones))), {}, by=by, source=SYNC)


def _copy_suppressions(organizations: Sequence[Organization], to: Sequence[Organization]) -> None:
    """What redactions left in some of the organizations is kept in these too, where it matches no contact (R5.4)."""
    found = list(_partly_suppressed([one.pk for one in organizations]))
    Suppression.objects.bulk_create(
        [
            Suppression(
                account_id=one.account_id,
                organization=one,
                digest=kept["digest"],
                key_id=kept["key_id"],
                day=kept["first"],
            )
            for one in to
            for kept in found
        ],
        ignore_conflicts=True,
        batch_size=BATCH,
    )
