"""Requests to Customer Support to end an opt-out: filed by an account admin, decided by support (R4.8, R2.4)."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.utils import timezone

from compliance.models import ReversalRequest
from contacts import digests, locks
from contacts.actions import suppression
from contacts.actions.outcome import Outcome
from contacts.actions.reversal import reverse, reverse_change
from contacts.models import Contact, OptOut
from groups import audit
from groups.audit import Kind, Subjects
from groups.models import AuditEntry, Organization, User

SUPPORT = "support"
"""The way by which a reversal that support approved is recorded."""

State = ReversalRequest.State


class CannotFile(Exception):
    """There is nothing to ask for; says why. Nothing was written."""


class CannotDecide(Exception):
    """The request can't be decided so by this person; says why. Nothing was written."""


def file_reversal(organization: Organization, phone: str, *, by: User, evidence: str) -> ReversalRequest:
    """Ask support to end the opt-out of a phone (E.164) in one organization.

    Raises ``CannotFile``: with the same words for a phone that nobody knows and one that is not opted out (R5.9).
    """
    try:
        return _file_for_phone(organization, phone, by, evidence)
    except IntegrityError:
        raise CannotFile("A request about this number in this organization waits for Customer Support already.")


@transaction.atomic
def _file_for_phone(organization: Organization, phone: str, by: User, evidence: str) -> ReversalRequest:
    locks.shared(organization)
    if not suppression.opted_out(organization, [phone]):
        raise CannotFile(
            f"Nothing was filed: there is no opt-out of this number in {organization}. "
            "Check the number and the organization."
        )
    request = _create(organization, by, evidence, phone=phone)
    audit.record("file_reversal", on=organization, by=by, subjects=_contact(request))
    return request


def file_bulk_reversal(entry: AuditEntry, *, by: User, evidence: str) -> ReversalRequest:
    """Ask support to end what a bulk opt-out opened in error. Raises ``CannotFile``."""
    try:
        return _file_for_change(entry, by, evidence)
    except IntegrityError:
        raise CannotFile("A request about this bulk opt-out waits for Customer Support already.")


@transaction.atomic
def _file_for_change(entry: AuditEntry, by: User, evidence: str) -> ReversalRequest:
    organization = entry.organization
    assert organization
    if not OptOut.objects.open().filter(organization=organization, opened_by=entry).exists():
        raise CannotFile("Nothing was filed: every opt-out that this change opened has ended.")
    request = _create(organization, by, evidence, opened_by=entry)
    audit.record("file_reversal", on=organization, by=by, counts={"entry": entry.pk})
    return request


def _create(
    organization: Organization,
    by: User,
    evidence: str,
    *,
    phone: str | None = None,
    opened_by: AuditEntry | None = None,
) -> ReversalRequest:
    return ReversalRequest.objects.create(
        account_id=organization.account_id,
        organization=organization,
        phone=phone,
        opened_by=opened_by,
        evidence=evidence,
        filed=timezone.now(),
        filed_by=by,
    )


@transaction.atomic
def approve(request: ReversalRequest, *, by: User, answer: str) -> Outcome:
    """End what the request asks for, once; whoever asked again since it was filed stays opted out, and is counted.

    What ended meanwhile is already so, and counted. Raises ``CannotDecide`` and ``digests.KeyProblem``.
    """
    digests.require()
    # Before the request's own row: a redaction, which erases requests, comes to them in this order too.
    locks.alone_in_account(request.organization)
    locked = _locked(request, by)
    outcome = _end(locked, by)
    ended = outcome.changed + outcome.besides.get("copies", 0)
    _decide(locked, State.APPROVED, by, answer, ended)
    # What ended is told of the contact by its own entry.
    subjects = [] if outcome.changed else _contact(locked)
    audit.record(
        "approve_reversal", on=locked.organization, by=by, source=SUPPORT, counts=outcome.counts, subjects=subjects
    )
    return outcome


def _end(request: ReversalRequest, by: User) -> Outcome:
    if request.opened_by:
        return reverse_change(request.opened_by, by=by, source=SUPPORT)
    if request.phone is None:
        raise CannotDecide("Nothing was ended: the number was erased since this was filed. Decline the request.")
    return reverse(request.organization, [request.phone], by=by, source=SUPPORT, unless_asked_since=request.filed)


@transaction.atomic
def decline(request: ReversalRequest, *, by: User, answer: str) -> None:
    """Leave the opt-out as it is, with the reason. Raises ``CannotDecide``."""
    locks.shared(request.organization)
    locked = _locked(request, by)
    _decide(locked, State.DECLINED, by, answer, 0)
    audit.record("decline_reversal", on=locked.organization, by=by, source=SUPPORT, subjects=_contact(locked))


def _locked(request: ReversalRequest, by: User) -> ReversalRequest:
    """The request as it stands now, locked; still waiting, and filed by somebody else."""
    rows = ReversalRequest.objects.select_for_update(no_key=True, of=("self",))
    locked = rows.select_related("organization", "opened_by__organization", "decided_by").get(pk=request.pk)
    if locked.state != State.WAITING:
        raise CannotDecide(f"Nothing was changed: {locked.decided_by} {locked.state} this request already.")
    if locked.filed_by_id == by.pk:
        raise CannotDecide("You filed this request, so another person of Customer Support has to decide it.")
    return locked


def _decide(request: ReversalRequest, state: str, by: User, answer: str, ended: int) -> None:
    request.state, request.decided, request.decided_by = state, timezone.now(), by
    request.answer, request.ended = answer, ended
    request.save(update_fields=["state", "decided", "decided_by", "answer", "ended"])


def _contact(request: ReversalRequest) -> Sequence[Subjects]:
    if request.phone is None:
        return []
    found = Contact.objects.filter(organization=request.organization, phone=request.phone)
    return [Subjects(Kind.CONTACT, list(found.values_list("pk", flat=True)))]
