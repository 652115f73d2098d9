"""Account sync: what is opted out of one organization of an account is opted out of all of them (R4.6).

A copy takes the date, source and actor of its origin and holds no request of its own: what it gets later was asked for
in its own organization, and makes it stand by itself. The origin of an open copy is open.
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial

from django.db import transaction
from django.db.models import F, OuterRef, Subquery

from contacts import locks
from contacts.actions import held, suppression
from contacts.actions.marking import mark_opted_out
from contacts.models import OptOut, Source
from contacts.models.opt_out import strength
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import Organization, User
from groups.sets import insert_each


def come_back(
    organization: Organization, reached: Sequence[Organization], phones: Sequence[str], contacts: locks.Contacts
) -> None:
    """Open what redactions left of these phones again, and bring it to the other organizations that it reaches (R5.5).

    The caller locked all that stands behind the phones (``locks.phones``).
    """
    _bring(organization, reached, suppression.reopen(organization, phones), contacts)


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
    ended = OptOut.objects.filter(organization__in=others, ended__isnull=False).with_phones(phones).order_by("ended")
    found = origins([organization], phones)
    last = {(episode.organization_id, episode.phone): episode.ended for episode in ended}
    for one in others:
        wanted = [origin for origin in found if not _is_since(last.get((one.pk, origin.phone)), origin)]
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
    found = origins([organization], phones)
    return sum(copy(one, found, contacts[one.pk], by=by, source=source) for one in others)


def origins(organizations: Sequence[Organization], phones: Sequence[str]) -> list[OptOut]:
    """Of each phone the episode to be copied: of the strongest that are open in these organizations the first."""
    episodes = OptOut.objects.open().filter(organization__in=organizations).with_phones(phones)
    found: dict[str, OptOut] = {}
    for episode in episodes.select_related("origin").order_by("started", "pk"):
        known = found.setdefault(str(episode.phone), episode)
        if strength(episode.source) > strength(known.source):
            found[str(episode.phone)] = episode
    return [episode.origin or episode for episode in found.values()]


def copy(
    organization: Organization,
    episodes: Collection[OptOut],
    contacts: Mapping[str, int],
    *,
    by: User | None,
    source: str,
) -> int:
    """Open a copy of each of these ``origins`` whose phone has none open here; how many. ``contacts``: phone → contact.

    Its own episode, a suppression that matches, and whoever stands by themselves here already stay as they are.
    """
    wanted = {str(origin.phone): origin for origin in episodes}
    suppression.reopen(organization, list(wanted))
    already = organization.opt_outs.open().with_phones(wanted)
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
    holds = held.close_all(organization, phones, contacts, by=by)
    entry = audit.record(
        "sync_opt_out",
        on=organization,
        by=by,
        source=source,
        counts={"changed": len(phones), "from": came_from} | holds,
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
    opened = organization.opt_outs.open().with_phones(phones).filter(opened_by=entry)
    audit.add_subjects(entry, [Subjects(Kind.OPT_OUT, opened.values_list("pk", flat=True))])
    mark_opted_out(organization, ids)


def follow(origin_ids: Sequence[int], others: Sequence[Organization], *, by: User | None, source: str) -> None:
    """Let the copies of these episodes take a stronger source of a further request, and an earlier date (R4.5)."""
    if not others:
        return
    copies = OptOut.objects.open().filter(organization__in=others, origin__among=origin_ids)
    weaker = [one for one in Source.values if strength(one) < strength(source)]
    copies.filter(source__in=weaker).update(source=source, actor=by)
    began = OptOut.objects.filter(pk=OuterRef("origin")).values("started")
    copies.filter(started__gt=F("origin__started")).update(started=Subquery(began))
