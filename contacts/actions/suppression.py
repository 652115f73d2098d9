"""What a redaction leaves of an open opt-out: a keyed digest of the phone, joined to nothing (R5.4)."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time

from contacts import digests
from contacts.actions.marking import mark_opted_out
from contacts.models import Membership, OptOut, Source, Suppression
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import Organization

FEW = 100
"""Phones whose digests are looked for one by one; for more, all suppressions of the organization are read."""
NOON = time(12)
"""UTC: the day stays the same wherever it is read."""


def suppress(organization: Organization, phones: Sequence[str]) -> int:
    """Suppress the phones (E.164) with an open opt-out or an undecided hold, from its day (UTC) on; how many.

    Inside the redaction's transaction, before the phones go. One that is suppressed already stays so.
    """
    days: dict[str, date] = {}
    for phone, day in _days(organization, phones):
        days[phone] = min(day, days.get(phone, day))
    already = matching(organization, sorted(days))
    key_id = digests.current_key_id()
    made = Suppression.objects.bulk_create(
        Suppression(
            account_id=organization.account_id,
            organization=organization,
            digest=digests.digest(organization.account_id, "suppression", phone, key_id),
            key_id=key_id,
            day=day,
        )
        for phone, day in days.items()
        if phone not in already
    )
    return len(made)


def _days(organization: Organization, phones: Sequence[str]) -> Iterator[tuple[str, date]]:
    episodes = organization.opt_outs.open().with_phones(phones)
    holds = organization.holds.open().with_phones(phones)
    for phone, start in (*episodes.values_list("phone", "started"), *holds.values_list("phone", "opened")):
        yield str(phone), start.astimezone(UTC).date()


def opted_out(organization: Organization, phones: Sequence[str]) -> set[str]:
    """Which of these phones may be sent nothing: an episode is open, or a suppression matches (R4.7, R5.5)."""
    episodes = organization.opt_outs.open().with_phones(phones)
    return {str(phone) for phone in episodes.values_list("phone", flat=True)} | matching(organization, phones).keys()


def matching(organization: Organization, phones: Sequence[str]) -> dict[str, list[Suppression]]:
    """phone → the suppressions that match it, under any of the keys in use, the earliest first (R5.4)."""
    rows = Suppression.objects.filter(organization=organization)
    if len(phones) <= FEW:
        wanted = [digest for phone in phones for _, digest in digests_of(organization.account_id, phone)]
        rows = rows.filter(digest__in=wanted)
    kept = {(one.key_id, bytes(one.digest)): one for one in rows}
    if not kept:
        return {}
    found: dict[str, list[Suppression]] = {}
    for phone in phones:
        for key in digests_of(organization.account_id, phone):
            if suppression := kept.get(key):
                found.setdefault(phone, []).append(suppression)
    return {phone: sorted(some, key=lambda one: one.day) for phone, some in found.items()}


def digests_of(account_id: int, phone: str) -> list[tuple[str, bytes]]:
    """What a suppression of the phone would hold: a key id and the digest under that key, for each key in use."""
    return [(key_id, digests.digest(account_id, "suppression", phone, key_id)) for key_id in digests.key_ids()]


def reopen(organization: Organization, phones: Sequence[str]) -> list[str]:
    """Turn the suppressions of phones that come back into open opt-outs, with the suppression's day; which (R5.5).

    Whoever is a member all the same is opted out by it at once (R4.1); the caller has locked their memberships.
    """
    found = matching(organization, phones)
    episodes = organization.opt_outs.open().with_phones(found)
    already = set(episodes.values_list("phone", flat=True))
    opened = OptOut.objects.bulk_create(
        OptOut(
            account_id=organization.account_id,
            organization=organization,
            phone=phone,
            started=datetime.combine(suppressions[0].day, NOON, UTC),
            source=Source.KEPT,
        )
        for phone, suppressions in found.items()
        if phone not in already
    )
    consumed = [suppression.pk for suppressions in found.values() for suppression in suppressions]
    Suppression.objects.filter(pk__among=consumed).delete()
    _opt_members_out(organization, opened)
    return [str(episode.phone) for episode in opened]


def _opt_members_out(organization: Organization, opened: Sequence[OptOut]) -> None:
    """What these episodes, which were just opened, mean for whoever is a member; those who arrive are none yet."""
    episodes = {str(episode.phone): episode.pk for episode in opened}
    rows = Membership.objects.filter(contact__organization=organization, contact__phone__among=list(episodes))
    members = dict(rows.values_list("contact_id", "contact__phone").distinct())
    if not members:
        return
    phones = sorted(map(str, members.values()))
    subjects = [Subjects(Kind.CONTACT, members), Subjects(Kind.OPT_OUT, [episodes[phone] for phone in phones])]
    changed = {"changed": len(members)}
    audit.record("opt_out", on=organization, by=None, source=Source.KEPT, counts=changed, subjects=subjects)
    mark_opted_out(organization, list(members))
