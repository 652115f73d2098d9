"""Account sync is applied to the opt-outs that exist, a go of them at a time (R4.6)."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.db.models import Count, QuerySet

from contacts import locks
from contacts.actions import suppression, sync
from contacts.models import OptOut
from groups.actions.fields import write
from groups.models import Account, Organization, User

MOST = 5000
"""Phones in one go, while all opt-outs of the account wait."""
SYNC = "sync"
"""The source of entries about existing opt-outs that were copied."""


def lock(account: Account) -> tuple[Account, list[Organization]]:
    """The account's row and its setting, held alone, and its organizations, shared (``locks``)."""
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return locked, locks.setting(locked)


def apply(account: Account, *, by: User) -> int:
    """Go on with an application until nobody waits any more, or it was switched off; how many copies.

    A transaction for each ``MOST`` phones. Each takes those that lack an opt-out then, so that any may die.
    """
    copies = 0
    while (more := _go_on(account, by)) is not None:
        copies += more
    return copies


@transaction.atomic
def _go_on(account: Account, by: User) -> int | None:
    locked, organizations = lock(account)
    return go(locked, organizations, by) if locked.sync_applying else None


def go(account: Account, organizations: Sequence[Organization], by: User, back: Sequence[str] = ()) -> int:
    """One go; how many copies. What was left of the phones that are ``back`` is open again before it."""
    some = _lacking(organizations)
    contacts = locks.phones(organizations, [*back, *some])
    if back:
        for one in organizations:
            suppression.reopen(one, back)
        some = _lacking(organizations)
    found = sync.origins(organizations, some)
    write(account, sync_applying=len(some) == MOST)
    return sum(sync.copy(one, found, contacts[one.pk], by=by, source=SYNC) for one in organizations)


def _lacking(organizations: Sequence[Organization]) -> list[str]:
    """The phones of one go: those that are opted out of some organizations, and not of all."""
    phones = partly_out([one.pk for one in organizations]).values_list("phone", flat=True)
    return list(map(str, phones[:MOST]))


def partly_out(organization_ids: Sequence[int]) -> QuerySet[Any, Any]:
    """phone, and in how ``many`` of these organizations it is opted out: in some, and not in all."""
    episodes = OptOut.objects.open().filter(organization__in=organization_ids)
    return episodes.order_by("phone").values("phone").annotate(many=Count("pk")).filter(many__lt=len(organization_ids))
