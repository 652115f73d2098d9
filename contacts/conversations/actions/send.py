"""Texts of ours leave: the gate lets one pass, a provider takes it, its answer and its reports are kept (R4.9).

A text is written as *queued*, in the transaction that enqueues the task which sends it. At a crash it is left

- before the gate's commit: queued, and sent by the next run;
- between that commit and the provider's answer, or between the answer and its commit: *handing over* without an answer.
  It is never handed over again, since it may have arrived; a report of the provider that comes later settles it.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts import locks
from contacts.actions.opt_out import opt_out
from contacts.actions.receiving import cannot_receive, receives
from contacts.conversations import providers
from contacts.conversations.actions.hand_over import hand_over
from contacts.conversations.actions.message import stamp
from contacts.conversations.models import Message
from contacts.conversations.providers.base import Fault, Handed, NoAnswer, NotTaken, Outgoing, Refused, Report, Stage
from contacts.models import Contact, Source
from groups import live

State = Message.State

MOST_TRIES = 5
FIRST_PAUSE = timedelta(seconds=5)
"""Doubled after each fault that certainly kept the text from leaving."""


def send_now(message_id: int) -> datetime | None:
    """Hand a queued text to its provider, if the gate lets it pass, and keep the answer; when to try again, if then.

    Safe to run twice.
    """
    text = hand_over(message_id)
    if text and text.state == State.QUEUED:
        return text.not_before
    if text and text.state == State.HANDING_OVER:
        return _give(text)
    return None


def _give(text: Message) -> datetime | None:
    """Call its provider, once; when to try again."""
    assert text.number
    try:
        handed = providers.at(text.number.provider).hand_over(_outgoing(text))
    except Refused as refused:
        _record_refusal(text, refused.fault, refused.code)
    except NotTaken:
        return _try_again(text)
    except NoAnswer:
        pass
    else:
        _record_answer(text, handed)
    return None


def overdue(before: datetime) -> QuerySet[Message, int]:
    """Keys of the texts that wait since ``before`` and could go now, the oldest first."""
    due = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return Message.objects.waiting().filter(due, time__lt=before).order_by("time").values_list("pk", flat=True)


def _outgoing(text: Message) -> Outgoing:
    assert text.number
    return Outgoing(text.number.phone, str(text.conversation.contact.phone), text.body, str(text.pk))


@transaction.atomic
def _record_answer(text: Message, handed: Handed) -> None:
    """What a report said meanwhile, or a redaction erased, stays so."""
    now, fresh = timezone.now(), _locked(text)
    if fresh.state == State.HANDING_OVER:
        fresh.state = State.DELIVERED if handed.delivered else State.SENT
        fresh.delivered = now if handed.delivered else None
    if handed.delivered:
        receives(fresh.conversation.contact, group=fresh.conversation.group)
    fresh.sent = fresh.sent or now
    if fresh.conversation.contact.redacted_at is None:
        fresh.provider_id = handed.provider_id
    _save(fresh)


@transaction.atomic
def _try_again(text: Message) -> datetime | None:
    """When, if it was not tried too often."""
    fresh = _locked(text)
    fresh.tries += 1
    if fresh.tries < MOST_TRIES:
        fresh.state, fresh.handed = State.QUEUED, None
        fresh.not_before = timezone.now() + FIRST_PAUSE * 2 ** (fresh.tries - 1)
    else:
        fresh.state, fresh.fault, fresh.not_before = State.FAILED, "not taken", None
    _save(fresh)
    return fresh.not_before


@transaction.atomic
def _record_refusal(text: Message, fault: Fault, code: str) -> None:
    """The carrier knows that they opted out, or that the number takes no texts (R7.5, R8.6); told once, before or after
    it was delivered, as callbacks come in any order."""
    group = text.conversation.group
    known = Contact.objects.known().filter(pk=text.conversation.contact_id).values_list("phone", flat=True)
    locks.phones(locks.shared(group.organization), map(str, known))
    fresh = _locked(text)
    if fresh.state in (State.DELIVERED, State.FAILED):
        return
    contact = fresh.conversation.contact
    fresh.state, fresh.fault = State.FAILED, code
    if fault == Fault.OPTED_OUT and contact.phone:
        words = f"The carrier refused a text: the recipient has opted out ({code})."
        opt_out(group.organization, [contact.phone], by=None, source=Source.CARRIER, text=words, group=group)
    if fault == Fault.CANNOT_RECEIVE:
        cannot_receive(contact, group=group)
    _save(fresh)


def report(provider: str, message_id: int, news: Report) -> None:
    """Keep what a provider says later about a text of ours; what is not at this provider is passed over."""
    text = _at(provider).filter(pk=message_id).first()
    if text is None or news.stage is None:
        return
    if news.stage == Stage.FAILED:
        _record_refusal(text, news.fault or Fault.OTHER, news.code)
    else:
        _record_progress(text, news)


def _at(provider: str) -> QuerySet[Message]:
    texts = Message.objects.select_related("conversation__contact", "conversation__group__organization", "number")
    return texts.filter(number__provider=provider, handed__isnull=False)


@transaction.atomic
def _record_progress(text: Message, news: Report) -> None:
    """A text that was delivered says, besides, that its number receives texts (R7.5)."""
    fresh, now = _locked(text), timezone.now()
    if news.stage == Stage.DELIVERED:
        fresh.state, fresh.delivered = State.DELIVERED, fresh.delivered or now
        receives(fresh.conversation.contact, group=fresh.conversation.group)
    elif fresh.state == State.HANDING_OVER:
        fresh.state = State.SENT
    fresh.sent = fresh.sent or now
    if fresh.conversation.contact.redacted_at is None:
        fresh.provider_id = fresh.provider_id or news.provider_id
    _save(fresh)


def _locked(text: Message) -> Message:
    """The text as it stands now, with its contact's memberships locked, for which a redaction waits."""
    locks.memberships_of([text.conversation.contact_id])
    return Message.objects.select_related("conversation__contact", "conversation__group").get(pk=text.pk)


def _save(text: Message) -> None:
    text.save(update_fields=["state", "handed", "sent", "delivered", "provider_id", "tries", "not_before", "fault"])
    if text.state == State.QUEUED:
        stamp(text.conversation.group, [text.conversation.contact_id])
    live.changed([text.conversation.group.organization_id])
