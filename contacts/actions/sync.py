"""Account sync: what is opted out of one organization of an account is opted out of all of them (R4.6).

A copy takes the date, source and actor of its origin and holds no request of its own: what it gets later was asked for
in its own organization, and makes it stand by itself. The origin of an open copy is open.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models import Count, F, Min, OuterRef, QuerySet, Subquery

from contacts import counts, locks
from contacts.actions import arrival, held
from contacts.models import Contact, Hold, Membership, OptOut, Source, Suppression
from contacts.models.opt_out import OptOutQuerySet, strength
from contacts.signals import opted_out
from groups import audit
from groups.actions.fields import write
from groups.audit import Kind, Subjects
from groups.models import Account, Organization, User
from groups.sets import insert_each

MOST = 5000
"""Phones in one go, while all opt-outs of the account wait."""
SYNC = "sync"
"""The source of entries about existing opt-outs that were copied."""


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
    found = [len(keys) - many for many in _partly_out(keys).values_list("many", flat=True)]
    return Missing(len(found), sum(found), _partly_suppressed(keys).count())


def _partly_out(organization_ids: Sequence[int]) -> QuerySet[Any, Any]:
    """phone, and in how ``many`` of these organizations it is opted out: in some, and not in all."""
    episodes = OptOut.objects.open().filter(organization__in=organization_ids)
    return episodes.order_by("phone").values("phone").annotate(many=Count("pk")).filter(many__lt=len(organization_ids))


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
    locked, _ = _locked(account)
    if not write(locked, sync_opt_outs=on):
        return False
    write(locked, sync_applying=False)
    audit.record("switch_sync_on" if on else "switch_sync_off", on=locked, by=by)
    return True


def _locked(account: Account) -> tuple[Account, list[Organization]]:
    """The account's row and its setting, held alone, and its organizations, shared (``locks``)."""
    locked = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    return locked, locks.setting(locked)


@transaction.atomic
def begin(account: Account, *, by: User) -> int:
    """Copy existing opt-outs to where they lack, one go of them now and the others by the worker; how many now.

    Whoever waits for their turn is refused by ``gate`` until it has come (R4.9).
    """
    from contacts.tasks import apply_sync  # noqa: PLC0415  (the task calls this module)

    locked, organizations = _locked(account)
    if not locked.sync_opt_outs:
        return 0
    copies = _go(locked, organizations, by, _known_again(account, organizations))
    _copy_suppressions(organizations, organizations)
    if locked.sync_applying:
        apply_sync.enqueue(account.pk, by.pk)
    return copies


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
    locked, organizations = _locked(account)
    return _go(locked, organizations, by) if locked.sync_applying else None


def _go(account: Account, organizations: Sequence[Organization], by: User, back: Sequence[str] = ()) -> int:
    """One go; how many copies. What was left of the phones that are ``back`` is open again before it."""
    some = _lacking(organizations)
    contacts = locks.phones(organizations, [*back, *some])
    if back:
        for one in organizations:
            arrival.reopen(one, back)
        some = _lacking(organizations)
    origins = _origins(organizations, some)
    write(account, sync_applying=len(some) == MOST)
    return sum(copy(one, origins, contacts[one.pk], by=by, source=SYNC) for one in organizations)


def _lacking(organizations: Sequence[Organization]) -> list[str]:
    """The phones of one go: those that are opted out of some organizations, and not of all."""
    phones = _partly_out([one.pk for one in organizations]).values_list("phone", flat=True)
    return list(map(str, phones[:MOST]))


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
    return [phone for phone in phones if not kept.isdisjoint(arrival.digests_of(account.pk, phone))]


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
    origins = _origins(organizations, list(map(str, phones)))
    copy(organization, origins, {}, by=by, source=SYNC)


def _origins(organizations: Sequence[Organization], phones: Sequence[str]) -> list[OptOut]:
    """Of each phone the episode to be copied: of the strongest that are open the first."""
    found: dict[str, OptOut] = {}
    for episode in _open(organizations, phones).order_by("started", "pk"):
        known = found.setdefault(str(episode.phone), episode)
        if strength(episode.source) > strength(known.source):
            found[str(episode.phone)] = episode
    return [_root(episode) for episode in found.values()]


def _open(organizations: Sequence[Organization], phones: Sequence[str]) -> OptOutQuerySet:
    episodes = OptOut.objects.open().filter(organization__in=organizations, phone__among=phones)
    return episodes.select_related("origin")


def _root(episode: OptOut) -> OptOut:
    return episode.origin or episode


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
        batch_size=arrival.BATCH,
    )


def come_back(
    organization: Organization, reached: Sequence[Organization], phones: Sequence[str], contacts: locks.Contacts
) -> None:
    """Open what redactions left of these phones again, and bring it to the other organizations that it reaches (R5.5).

    The caller locked all that stands behind the phones (``locks.phones``).
    """
    _bring(organization, reached, arrival.reopen(organization, phones), contacts)


def reach(organization: Organization, phones: Sequence[str]) -> None:
    """Bring what an arrival opened again to the other organizations that it reaches, inside the arrival (R4.6).

    An arrival holds its organization alone, so it waits for no other one, whose holder may wait for this one: where
    somebody has one, it is done as soon as the arrival is committed.
    """
    if reached := locks.try_shared(organization):
        _bring(organization, reached, phones, locks.phones(reached, phones))
    else:
        transaction.on_commit(partial(_reach_now, organization, phones))


@transaction.atomic
def _reach_now(organization: Organization, phones: Sequence[str]) -> None:
    reached = locks.shared(organization)
    _bring(organization, reached, phones, locks.phones(reached, phones))


def _bring(
    organization: Organization, reached: Sequence[Organization], phones: Sequence[str], contacts: locks.Contacts
) -> None:
    """Copy what is open again to the others, but not to where an opt-out of theirs has ended since its day: that was
    by their own consent, or support's decision (R4.8)."""
    others = [one for one in reached if one.pk != organization.pk]
    if not (phones and others):
        return
    origins = [_root(episode) for episode in _open([organization], phones)]
    ended = OptOut.objects.filter(organization__in=others, phone__among=phones, ended__isnull=False).order_by("ended")
    last = {(episode.organization_id, episode.phone): episode.ended for episode in ended}
    for one in others:
        wanted = [origin for origin in origins if not _is_since(last.get((one.pk, origin.phone)), origin)]
        copy(one, wanted, contacts[one.pk], by=None, source=Source.KEPT)


def _is_since(ended: datetime | None, origin: OptOut) -> bool:
    """Whether an end came on the day of an opt-out or after it, as what a redaction leaves knows its day only."""
    return ended is not None and ended.astimezone(UTC).date() >= origin.started.astimezone(UTC).date()


def spread(
    organization: Organization,
    others: Sequence[Organization],
    phones: Sequence[str],
    contacts: locks.Contacts,
    *,
    by: User | None,
    source: str,
) -> int:
    """Copy the open episodes of these phones to the other organizations that an opt-out reaches; how many copies.

    Inside the opt-out, which locked all that stands behind the phones (``locks.phones``).
    """
    if not others:
        return 0
    origins = [_root(episode) for episode in _open([organization], phones)]
    return sum(copy(one, origins, contacts[one.pk], by=by, source=source) for one in others)


def copy(
    organization: Organization,
    origins: Collection[OptOut],
    contacts: Mapping[str, int],
    *,
    by: User | None,
    source: str,
) -> int:
    """Open a copy of each of these episodes whose phone has none open here; how many. ``contacts``: phone → contact.

    Its own episode, a suppression that matches, and whoever stands by themselves here already stay as they are.
    """
    wanted = {str(origin.phone): origin for origin in origins}
    arrival.reopen(organization, list(wanted))
    already = OptOut.objects.open().filter(organization=organization, phone__among=list(wanted))
    for phone in already.values_list("phone", flat=True):
        del wanted[str(phone)]
    by_origin: dict[int, list[OptOut]] = {}
    for origin in wanted.values():
        by_origin.setdefault(origin.organization_id, []).append(origin)
    for key, some in sorted(by_origin.items()):
        _copy(organization, key, some, contacts, by, source)
    return len(wanted)


def _copy(
    organization: Organization,
    came_from: int,
    origins: Sequence[OptOut],
    contacts: Mapping[str, int],
    by: User | None,
    source: str,
) -> None:
    """Write the copies, their holds' end, the read copies, and one entry: all came from one organization."""
    phones = [str(origin.phone) for origin in origins]
    ids = [contacts[phone] for phone in phones if phone in contacts]
    holds = list(held.locked(organization, phones))
    held.close(
        holds,
        [contacts[str(hold.phone)] for hold in holds if hold.phone in contacts],
        decision=Hold.Decision.OPT_OUT,
        by=by,
    )
    entry = audit.record(
        "sync_opt_out",
        on=organization,
        by=by,
        source=source,
        counts={"changed": len(phones), "from": came_from} | ({"holds": len(holds)} if holds else {}),
        subjects=[Subjects(Kind.CONTACT, ids)],
    )
    insert_each(
        OptOut,
        ("phone", "started", "source", "actor_id", "origin_id"),
        [(str(one.phone), one.started, one.source, one.actor_id, one.pk) for one in origins],
        account_id=organization.account_id,
        organization_id=organization.pk,
        opened_by_id=entry.pk,
    )
    opened = OptOut.objects.open().filter(organization=organization, opened_by=entry, phone__among=phones)
    audit.add_subjects(entry, [Subjects(Kind.OPT_OUT, opened.values_list("pk", flat=True))])
    with counts.kept(ids):
        Membership.objects.filter(contact__among=ids).update(opted_out=True)
    opted_out.send(OptOut, organization=organization, phones=phones)


def follow(origin_ids: Sequence[int], others: Sequence[Organization], *, by: User | None, source: str) -> None:
    """Let the copies of these episodes take a stronger source of a further request, and an earlier date (R4.5)."""
    if not others:
        return
    copies = OptOut.objects.open().filter(organization__in=others, origin__among=origin_ids)
    weaker = [one for one in Source.values if strength(one) < strength(source)]
    copies.filter(source__in=weaker).update(source=source, actor=by)
    began = OptOut.objects.filter(pk=OuterRef("origin")).values("started")
    copies.filter(started__gt=F("origin__started")).update(started=Subquery(began))
