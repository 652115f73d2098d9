"""End opt-outs: by Customer Support's decision, or by the person's own START (R4.6, R4.8).

Nothing else ends an episode: uploads, lists and "yes" never come here.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts import counts, locks
from contacts.actions import suppression
from contacts.actions.outcome import Outcome
from contacts.models import Contact, Membership, OptOut, OptOutEvidence, Source, Suppression
from contacts.models.membership import NEVER
from contacts.models.opt_out import OptOutQuerySet
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Organization, User

THEIR_OWN = (
    Source.KEYWORD,
    Source.OTHER_CHANNEL,
    Source.AGENT,
    Source.HOLD_DECIDED,
    Source.HOLD_EXPIRED,
    Source.CARRIER,
)
"""Requests that the person stands behind: texted, told to us or in the thread to an agent, held because it may be one,
or known to the carrier. What an admin's list or a file says of them is none of these (R4.5)."""

BY_LIST = (Source.ADMIN, Source.UPLOAD)
"""Sources of a bulk opt-out that can have been an error (R4.8)."""


@dataclass(frozen=True)
class _Ending:
    """What a reversal asks for: the open episodes of one organization, out of ``many`` that were named.

    Whoever asked again after ``since``, here or in another organization that an opt-out has ``reached``, stays opted
    out; None: nobody does.
    """

    organization: Organization
    reached: Sequence[Organization]
    asked: OptOutQuerySet
    many: int
    by: User | None
    source: str
    since: datetime | None


@transaction.atomic
def reverse(
    organization: Organization,
    phones: Iterable[str],
    *,
    by: User | None,
    source: str,
    unless_asked_since: datetime | None = None,
) -> Outcome:
    """End the open episode of each phone (E.164), whoever opened it, and delete its suppression.

    What account sync copied ends with its origin, an opt-out that another organization has of its own never (R4.6).
    Whoever asked again after ``unless_asked_since`` stays opted out and is counted as ``asked_since``; under account
    sync they may have asked any of its organizations.
    """
    reached = locks.alone_in_account(organization)
    wanted = sorted(set(phones))
    asked = organization.opt_outs.open().with_phones(wanted)
    ending = _Ending(organization, reached, asked, len(wanted), by, source, unless_asked_since)
    return _end(ending, suppression.matching(organization, wanted))


@transaction.atomic
def reverse_change(entry: AuditEntry, *, by: User, source: str) -> Outcome:
    """End exactly the episodes that a bulk opt-out opened and the contact has not made their own since (R4.8)."""
    organization = entry.organization
    if organization is None or entry.action != "opt_out" or entry.source not in BY_LIST:
        raise ValueError(f"{entry} is no bulk opt-out.")
    reached = locks.alone_in_account(organization)
    many, asked = opened_by(entry)
    return _end(_Ending(organization, reached, asked, many, by, source, NEVER), {})


def opened_by(entry: AuditEntry) -> tuple[int, OptOutQuerySet]:
    """How many episodes a bulk opt-out opened, and those of them that are open still."""
    opened = [number for ids in audit.subject_ids(entry, Kind.OPT_OUT).values() for number in ids]
    here = OptOut.objects.open().filter(organization=entry.organization_id, opened_by=entry)
    return len(opened), here.filter(pk__among=opened)


def _end(ending: _Ending, suppressed: Mapping[str, Sequence[Suppression]]) -> Outcome:
    asked = {episode.pk: episode for episode in ending.asked}
    family = _locked_family(ending.organization, asked.values())
    staying = asked_again(ending.reached, asked.values(), ending.since)
    roots = {_root(episode) for episode in asked.values() if episode.phone not in staying}
    apart = _independent(family) - asked.keys()
    gone = [episode for episode in family if _root(episode) in roots and episode.pk not in apart]
    freed = {phone: some for phone, some in suppressed.items() if phone not in staying}
    outcome = _outcome(ending, gone, freed, len(staying))
    if not outcome.changed:
        return outcome
    Suppression.objects.filter(pk__among=[one.pk for some in freed.values() for one in some]).delete()
    entry = _write(ending, gone, outcome)
    OptOut.objects.filter(pk__among=apart, origin__among=[episode.pk for episode in gone]).update(origin=None)
    return replace(outcome, entry=entry)


def _root(episode: OptOut) -> int:
    """The episode that account sync copied this one from, or itself."""
    return episode.origin_id or episode.pk


def _locked_family(organization: Organization, asked: Collection[OptOut]) -> list[OptOut]:
    """The episodes, their origins and all copies of these, as far as they are open; locked after the memberships."""
    roots = {_root(episode) for episode in asked}
    family = OptOut.objects.open().filter(account=organization.account_id)
    family = family.filter(Q(pk__among=roots) | Q(origin__among=roots))
    locks.memberships_of([pk for ids in _contacts(family).values() for pk in ids])
    return list(family.order_by("pk").select_for_update(no_key=True))


def _contacts(episodes: Iterable[OptOut]) -> dict[int, list[int]]:
    """organization id → the contacts in it whose phone these episodes are about."""
    phones: dict[int, list[str]] = {}
    for episode in episodes:
        phones.setdefault(episode.organization_id, []).append(str(episode.phone))
    return {
        key: list(Contact.objects.filter(organization=key).with_phones(some).values_list("pk", flat=True))
        for key, some in phones.items()
    }


def asked_again(reached: Collection[Organization], asked: Iterable[OptOut], since: datetime | None) -> set[str]:
    """Phones of ``asked``, open episodes of one organization, that stay opted out: their owners made it their own.

    That is, after ``since`` (None: nobody did), to any organization that an opt-out has ``reached``. An opt-out that
    another one has of its own says so from the start of this one on only.
    """
    if since is None:
        return set()
    about = {str(episode.phone): episode for episode in asked}
    own = requests(reached, about).filter(source__in=THEIR_OWN, time__gt=since).select_related("opt_out")
    return {
        phone
        for request in own
        for phone in [str(request.opt_out.phone)]
        if _root(request.opt_out) == _root(about[phone]) or request.time > about[phone].started
    }


def requests(organizations: Collection[Organization], phones: Iterable[str]) -> QuerySet[OptOutEvidence]:
    """What was asked for of the open episodes of these phones in these organizations, and of those that account sync
    copied them from."""
    episodes = OptOut.objects.open().filter(organization__in=organizations).with_phones(phones)
    keys = {key for pair in episodes.values_list("pk", "origin") for key in pair if key}
    return OptOutEvidence.objects.filter(opt_out__among=sorted(keys))


def _independent(episodes: Sequence[OptOut]) -> set[int]:
    """Copies that were asked for in their own organization too, by whomever: they stand by themselves (R4.6)."""
    copies = [episode.pk for episode in episodes if episode.origin_id]
    return set(OptOutEvidence.objects.filter(opt_out__among=copies).values_list("opt_out_id", flat=True))


def _outcome(
    ending: _Ending, gone: Collection[OptOut], freed: Mapping[str, Sequence[Suppression]], staying: int
) -> Outcome:
    here = {str(episode.phone) for episode in gone if episode.organization_id == ending.organization.pk}
    changed = len(here | freed.keys())
    besides = {"asked_since": staying, "copies": len(gone) - len(here), "suppressions": len(freed)}
    return Outcome(changed, ending.many - changed - staying, besides)


def _write(ending: _Ending, gone: Collection[OptOut], outcome: Outcome) -> AuditEntry:
    """End the episodes, write the read copies, and record it in each organization concerned."""
    contacts = _contacts(gone)
    everybody = [pk for ids in contacts.values() for pk in ids]
    OptOut.objects.filter(pk__among=[episode.pk for episode in gone]).update(ended=timezone.now())
    with counts.kept(everybody):
        Membership.objects.filter(contact__among=everybody).update(opted_out=False)
    others = Organization.objects.in_bulk(contacts.keys() - {ending.organization.pk})
    for key, organization in others.items():
        many = sum(episode.organization_id == key for episode in gone)
        _record(ending, organization, gone, contacts, {"changed": many})
    return _record(ending, ending.organization, gone, contacts, outcome.counts)


def _record(
    ending: _Ending,
    organization: Organization,
    gone: Iterable[OptOut],
    contacts: Mapping[int, Sequence[int]],
    figures: Mapping[str, int],
) -> AuditEntry:
    ended = [episode.pk for episode in gone if episode.organization_id == organization.pk]
    subjects = [Subjects(Kind.CONTACT, contacts.get(organization.pk, [])), Subjects(Kind.OPT_OUT, ended)]
    return audit.record(
        "reverse_opt_out", on=organization, by=ending.by, source=ending.source, counts=figures, subjects=subjects
    )
