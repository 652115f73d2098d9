"""Opt phones out of an organization (R4.1–R4.7). There is no undo: only support or START reverses it (R4.8)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from contacts import locks
from contacts.actions import held, suppression, sync
from contacts.actions.marking import mark_opted_out
from contacts.actions.outcome import Outcome
from contacts.models import ContactTag, OptOut, OptOutEvidence, OptOutReason
from contacts.models.membership import MembershipQuerySet
from contacts.models.opt_out import strength
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Group, Organization, User
from groups.sets import insert_each


@dataclass(frozen=True)
class _Request:
    """What was asked for, of all of the phones alike but for the time: ``times`` holds one for each of them."""

    organization: Organization
    by: User | None
    source: str
    reason: OptOutReason | None
    text: str
    group: Group | None
    times: Mapping[str, datetime]


def opt_out(
    organization: Organization,
    phones: Iterable[str],
    *,
    by: User | None,
    source: str,
    reason: OptOutReason | None = None,
    text: str = "",
    at: datetime | Mapping[str, datetime] | None = None,
    group: Group | None = None,
) -> Outcome:
    """Open an episode for each phone (E.164) that has none; contacts or not (R4.7, R4.10).

    Where one is open, the request is kept on it as evidence, unless the same person made the same one before and no
    earlier; the episode keeps its first date and takes the stronger source (R4.5). A suppression that matches is open
    again first, as if the phone had come back (R5.5). A text on hold is decided by it: nothing waits any more (R8.2).
    Under account sync every other organization of the account that has no open episode gets a copy (R4.6); they are
    counted as ``copies``. ``text`` is the triggering text or other evidence, ``at`` the
    time of the request, or one for each of some phones (the others: now), ``group`` where it was made.
    """
    wanted, now = sorted(set(phones)), timezone.now()
    known = at if isinstance(at, Mapping) else dict.fromkeys(wanted, at or now)
    times = {phone: known.get(phone, now) for phone in wanted}
    return _opt_out(_Request(organization, by, source, reason, text, group, times)) if wanted else Outcome()


@transaction.atomic
def opt_out_contacts(
    group: Group,
    memberships: MembershipQuerySet,
    *,
    by: User,
    source: str,
    reason: OptOutReason | None = None,
    text: str = "",
) -> Outcome:
    """Opt out the contacts behind these members of ``group`` from its whole organization (R4.2)."""
    reached = locks.shared(group.organization)
    shown = memberships.listed().filter(group=group).order_by()
    asked = list(map(str, shown.values_list("contact__phone", flat=True)))
    locks.phones(reached, asked)
    phones = shown.filter(contact__phone__among=asked).values_list("contact__phone", flat=True)
    return opt_out(group.organization, map(str, phones), by=by, source=source, reason=reason, text=text, group=group)


@transaction.atomic
def _opt_out(request: _Request) -> Outcome:
    reached = locks.shared(request.organization)
    contacts = locks.phones(reached, request.times)
    others = [one for one in reached if one.pk != request.organization.pk]
    outcome = _opt_out_here(request, contacts[request.organization.pk], others)
    many = sync.spread(
        request.organization, others, list(request.times), contacts, by=request.by, source=request.source
    )
    return replace(outcome, besides={**outcome.besides, "copies": many}) if many else outcome


def _opt_out_here(request: _Request, contacts: Mapping[str, int], others: Sequence[Organization]) -> Outcome:
    """In the organization that was asked. Arrivals and reversals hold it alone; of two opt-outs of a phone the second
    waited for the first (``locks.phones``)."""
    organization, phones = request.organization, list(request.times)
    holds = held.close_all(organization, phones, contacts, by=request.by)
    suppression.reopen(organization, phones)
    open_ones = {episode.phone: episode for episode in _locked_episodes(organization, phones)}
    fresh = [phone for phone in phones if phone not in open_ones]
    further = _further(open_ones.values(), request)
    if not (fresh or further or holds):
        return Outcome(already=len(phones))
    outcome = Outcome(len(fresh), len(phones) - len(fresh), {"evidence": len(further)})
    ids = [contacts[phone] for phone in fresh if phone in contacts]
    again = [contacts[str(episode.phone)] for episode in further if episode.phone in contacts]
    entry = audit.record(
        "opt_out",
        on=request.group or organization,
        by=request.by,
        source=request.source,
        counts=outcome.counts | ({"reason": request.reason.pk} if request.reason else {}) | holds,
        subjects=[Subjects(Kind.CONTACT, ids), Subjects(Kind.CONTACT, again, before=1)],
    )
    _add_evidence(further, request)
    sync.follow([episode.pk for episode in further], others, by=request.by, source=request.source)
    _open(fresh, request, entry)
    _tag(ids, request.reason)
    mark_opted_out(organization, ids)
    return replace(outcome, entry=entry)


def _locked_episodes(organization: Organization, phones: Sequence[str]) -> Iterable[OptOut]:
    episodes = organization.opt_outs.open().with_phones(phones)
    return episodes.order_by("pk").select_for_update(no_key=True)


def _further(episodes: Iterable[OptOut], request: _Request) -> list[OptOut]:
    """Open episodes on which this request is news: another source or person, words of its own, or an earlier date."""
    episodes = list(episodes)
    told = set(
        OptOutEvidence.objects.filter(
            opt_out__among=[episode.pk for episode in episodes], source=request.source, actor=request.by
        ).values_list("opt_out_id", flat=True)
    )
    return [episode for episode in episodes if request.text or episode.pk not in told or _is_earlier(request, episode)]


def _is_earlier(request: _Request, episode: OptOut) -> bool:
    return request.times[str(episode.phone)] < episode.started


def _add_evidence(episodes: Sequence[OptOut], request: _Request) -> None:
    """Keep a further request: the episode takes the stronger source and shows its first date (R4.5)."""
    _tell({episode.pk: str(episode.phone) for episode in episodes}, request)
    weaker = [episode.pk for episode in episodes if strength(episode.source) < strength(request.source)]
    OptOut.objects.filter(pk__among=weaker).update(source=request.source, actor=request.by)
    later = [episode.pk for episode in episodes if _is_earlier(request, episode)]
    told = OptOutEvidence.objects.filter(opt_out=OuterRef("pk")).order_by("time").values("time")
    OptOut.objects.filter(pk__among=later).update(started=Subquery(told[:1]))


def _tell(phones: Mapping[int, str], request: _Request) -> None:
    """Write the request as evidence of each of these episodes (id → phone), with its own time."""
    insert_each(
        OptOutEvidence,
        ("opt_out_id", "time"),
        [(key, request.times[phone]) for key, phone in phones.items()],
        account_id=request.organization.account_id,
        source=request.source,
        actor_id=request.by.pk if request.by else None,
        text=request.text,
    )


def _open(phones: Sequence[str], request: _Request, entry: AuditEntry) -> None:
    insert_each(
        OptOut,
        ("phone", "started"),
        [(phone, request.times[phone]) for phone in phones],
        account_id=request.organization.account_id,
        organization_id=request.organization.pk,
        source=request.source,
        actor_id=request.by.pk if request.by else None,
        reason_id=request.reason.pk if request.reason else None,
        last_group_id=request.group.pk if request.group else None,
        opened_by_id=entry.pk,
    )
    opened = request.organization.opt_outs.open().with_phones(phones)
    ids = {pk: str(phone) for pk, phone in opened.values_list("pk", "phone")}
    _tell(ids, request)
    audit.add_subjects(entry, [Subjects(Kind.OPT_OUT, ids)])


def _tag(contact_ids: Sequence[int], reason: OptOutReason | None) -> None:
    """Put the reason's tag, if it names one, on contacts whose episode was just opened."""
    if reason and reason.tag_id:
        same = {"account_id": reason.account_id, "tag_id": reason.tag_id}
        insert_each(ContactTag, "contact_id", contact_ids, skip_conflicts=True, **same)
