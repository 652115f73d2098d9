"""Holds: sending to a phone pauses in one organization until somebody decides about a doubtful text (R8.2).

The locks of each: the organizations that an opt-out would reach, shared; the memberships of the contacts, or the phone;
the hold; then, in an opt-out, the episodes.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from contacts import counts, locks
from contacts.actions import held, suppression, sync
from contacts.actions.opt_out import opt_out
from contacts.actions.outcome import Outcome
from contacts.actions.tag import reason_named
from contacts.models import HeldText, Hold, Membership, OptOutReason, Source
from groups import audit, business_days
from groups.audit import Kind, Subjects
from groups.background import each
from groups.models import AuditEntry, Group, Organization, User

DAYS = 2
"""Business days after which an undecided text is an opt-out."""

WRONG_PERSON = "Wrong person"
DECISIONS = (Hold.Decision.OPT_OUT, Hold.Decision.NOT_AN_OPT_OUT, Hold.Decision.WRONG_PERSON)
"""What a person can decide; the time limit decides alone."""


@transaction.atomic
def open_hold(organization: Organization, phone: str, *, text: str, group: Group, at: datetime | None = None) -> bool:
    """Pause sending to a phone (E.164) because of ``text``, texted to ``group`` ``at`` a time; whether it paused now.

    On hold already: the words are kept with the hold, whose time limit stays. Opted out already: nothing to decide; of
    a contact whatever a redaction left is an open opt-out from then on (R5.5).
    The time limit counts from now, so that a text that was fetched late is not decided by the clock at once.
    """
    now, reached = timezone.now(), locks.shared(organization)
    contacts = locks.phones(reached, [phone])
    contact_ids = list(contacts[organization.pk].values())
    if contact_ids:
        sync.come_back(organization, reached, [phone], contacts)
    if suppression.opted_out(organization, [phone]):
        return False
    hold, made = (
        Hold.objects.open()
        .select_for_update(no_key=True, of=("self",))
        .get_or_create(
            organization=organization,
            phone=phone,
            defaults={
                "account_id": organization.account_id,
                "group": group,
                "text": text,
                "opened": at or now,
                "due": business_days.after(now, DAYS, group.time_zone),
            },
        )
    )
    if made:
        with counts.kept(contact_ids):
            Membership.objects.filter(contact__among=contact_ids).update(on_hold=True)
        audit.record("hold", on=group, by=None, source="text", subjects=[Subjects(Kind.CONTACT, contact_ids)])
    elif (at or now, text) not in hold.texts:
        HeldText.objects.create(account_id=hold.account_id, hold=hold, group=group, time=at or now, text=text)
        again = [Subjects(Kind.CONTACT, contact_ids, before=1)]
        audit.record("hold", on=group, by=None, source="text", counts={"further": 1}, subjects=again)
    return made


@transaction.atomic
def decide(hold: Hold, decision: str, *, by: User) -> Outcome:
    """Decide a held text, once: one of ``DECISIONS``.

    `Opt out` and `Wrong person` opt the phone out as of when it was texted, `Wrong person` for the organization's
    reason of that name, which is made if it lacks one; one that is retired stays so. Decided already: ``already``;
    erased meanwhile: ``besides`` as ``redacted``.
    """
    if decision not in DECISIONS:
        raise ValueError(f"{decision} is nothing that a person decides.")
    contact_ids = _lock(hold.organization, hold.phone)
    hold = Hold.objects.select_for_update(no_key=True, of=("self",)).select_related("organization").get(pk=hold.pk)
    if not hold.is_open:
        return Outcome(already=1) if hold.decided else Outcome(besides={"redacted": 1})
    if decision == Hold.Decision.NOT_AN_OPT_OUT:
        return _release(hold, contact_ids, by=by, source="page")
    wrong = decision == Hold.Decision.WRONG_PERSON
    reason = reason_named(hold.organization, WRONG_PERSON, by=by) if wrong else None
    held.close([hold], contact_ids, decision=decision, by=by)
    return _opt_out(hold, by=by, source=Source.HOLD_DECIDED, reason=reason)


@transaction.atomic
def release(organization: Organization, phone: str, *, at: datetime | None = None) -> Outcome:
    """End the hold of a phone whose own START, texted ``at`` a time, is their consent (R4.8).

    A START that is older than a text that is held decides nothing about it.
    """
    contact_ids = _lock(organization, phone)
    hold = held.locked(organization, [phone]).first()
    if hold is None or (at and at < max(time for time, _ in hold.texts)):
        return Outcome(already=1)
    return _release(hold, contact_ids, by=None, source="text")


def expire(now: datetime | None = None) -> int:
    """Opt out whoever is on hold past the time limit; returns how many.

    A transaction each, and what is locked waits for the next run: nobody is waited for, any run may die half way.
    Raises an ``ExceptionGroup`` for those that failed, at the end.
    """
    moment = now or timezone.now()
    due = Hold.objects.due(moment).order_by("due", "pk").select_related("organization")
    return sum(each(partial(_expire, now=moment), due, failed="Not every hold that ran out could be ended"))


@transaction.atomic
def _expire(hold: Hold, now: datetime) -> bool:
    reached = locks.try_shared(hold.organization)
    contacts = locks.try_phones(reached, str(hold.phone)) if reached else None
    if contacts is None:
        return False
    contact_ids = list(contacts[hold.organization_id].values())
    still = Hold.objects.due(now).filter(pk=hold.pk).select_for_update(no_key=True, skip_locked=True, of=("self",))
    if not still.exists():
        return False
    held.close([hold], contact_ids, decision=Hold.Decision.EXPIRED, by=None)
    _opt_out(hold, by=None, source=Source.HOLD_EXPIRED)
    return True


def _opt_out(hold: Hold, *, by: User | None, source: str, reason: OptOutReason | None = None) -> Outcome:
    """Open the episode with the first text; each further one is evidence with its own time (R4.5)."""
    entries: list[AuditEntry | None] = []
    for time, text in hold.texts:
        outcome = opt_out(
            hold.organization,
            [str(hold.phone)],
            by=by,
            source=source,
            reason=reason,
            text=text,
            at=time,
            group=hold.group,
        )
        entries.append(outcome.entry)
    return Outcome(1, entry=entries[0])


def _release(hold: Hold, contact_ids: Sequence[int], *, by: User | None, source: str) -> Outcome:
    held.close([hold], contact_ids, decision=Hold.Decision.NOT_AN_OPT_OUT, by=by)
    subjects = [Subjects(Kind.CONTACT, contact_ids)]
    entry = audit.record("release_hold", on=hold.group or hold.organization, by=by, source=source, subjects=subjects)
    return Outcome(1, entry=entry)


def _lock(organization: Organization, phone: str | None) -> list[int]:
    """The contact with this phone, if there is one; all that stands behind the phone is locked (``locks.phones``)."""
    contacts = locks.phones(locks.shared(organization), [phone] if phone else [])
    return list(contacts[organization.pk].values())
