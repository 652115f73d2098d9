"""Texts of ours: an agent writes one, the gate lets it pass, a provider takes it, its answer is kept (R4.9, R7.2).

A text is written as *queued*, in the transaction that enqueues the task which sends it. At a crash it is left

- before the gate's commit: queued, and sent by the next run;
- between that commit and the provider's answer, or between the answer and its commit: *handing over* without an answer.
  It is never handed over again, since it may have arrived; a report of the provider that comes later settles it.
"""

from datetime import datetime, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from contacts import digests, locks
from contacts.actions.membership import kept_agents
from contacts.actions.opt_out import opt_out
from contacts.actions.reach import cannot_receive, receives
from contacts.conversations import gate, providers, threads
from contacts.conversations.actions.message import stamp
from contacts.conversations.models import Conversation, Goal, Message
from contacts.conversations.providers.base import Fault, Handed, NoAnswer, NotTaken, Outgoing, Refused, Report, Stage
from contacts.gate import Answer
from contacts.models import OptOut, Source
from groups import live
from groups.models import User

State = Message.State

CLAIM = timedelta(minutes=2)
"""How long nobody else writes in a thread after its agent last did."""
MOST_TRIES = 5
FIRST_PAUSE = timedelta(seconds=5)
"""Doubled after each fault that certainly kept the text from leaving."""


class CannotSend(Exception):
    """The text was not taken; says why, and ``answer`` is the gate's."""

    def __init__(self, answer: Answer) -> None:
        super().__init__(answer.sentence)
        self.answer = answer


class NotTheirs(Exception):
    """The thread is a colleague's now, or they are no agent of the group any more (R7.2)."""


class SentBefore(Exception):
    """A text of the same form was taken before, with other words."""


class SomebodyWrites(Exception):
    """Another agent writes in this thread; says who."""

    def __init__(self, writer: User) -> None:
        super().__init__(f"{writer} is writing in this thread.")
        self.writer = writer


def claim(conversation: Conversation, *, by: User) -> None:
    """Let ``by`` alone write in the thread for two minutes from now. Raises ``SomebodyWrites`` (R7.2)."""
    now = timezone.now()
    free = Q(writer=None) | Q(writer=by) | Q(writing_until__lt=now)
    mine = Conversation.objects.filter(free, pk=conversation.pk)
    if mine.update(writer=by, writing_until=now + CLAIM):
        live.changed([conversation.contact.organization_id])
        return
    writer = Conversation.objects.select_related("writer").get(pk=conversation.pk).writer
    assert writer
    raise SomebodyWrites(writer)


@transaction.atomic
def write(conversation: Conversation, body: str, *, by: User, key: UUID) -> Message:
    """Queue a text of an agent's, once for each ``key`` (that of the form), however often it is sent.

    Raises ``NotTheirs``, ``SentBefore``, ``SomebodyWrites``, ``CannotSend``, and ``digests.KeyProblem`` while the
    secrets are not in order (R5.11).
    """
    digests.require()
    _keep_theirs(conversation, by)
    # Of this agent in this thread: whatever somebody else's form brings along, no text takes the place of another.
    key = uuid5(key, f"{conversation.pk} {by.pk}")
    if known := Message.objects.filter(key=key).first():
        return _same(known, body)
    claim(conversation, by=by)
    contact = conversation.contact
    contact.refresh_from_db(fields=["phone"])
    answer = gate.may_write(conversation.group, contact.phone)
    if not answer.allowed:
        raise CannotSend(answer)
    return queue(conversation, body, agent=by, key=key)


def _keep_theirs(conversation: Conversation, agent: User) -> None:
    """Lock the agent's role, then the memberships, so that the thread stays one of theirs; two posts wait here."""
    group = conversation.group
    kept = kept_agents(group, [agent.pk])
    locks.memberships_of([conversation.contact_id])
    if not kept or not threads.workable(group, agent).filter(contact=conversation.contact_id).exists():
        raise NotTheirs


def _same(known: Message, body: str) -> Message:
    if known.body != body:
        raise SentBefore
    return known


def queue(
    conversation: Conversation,
    body: str,
    *,
    agent: User | None = None,
    goal: Goal | None = None,
    key: UUID | None = None,
    episode: OptOut | None = None,
    answers: Message | None = None,
) -> Message:
    """Keep a text of ours that is to leave, and have it sent; inside the change that wants it.

    ``episode`` makes it the one text that follows an opt-out, ``answers`` the reply to that HELP (R4.9).
    """
    from contacts.conversations.tasks import send  # noqa: PLC0415  (the task calls this module)

    text = Message.objects.create(
        account_id=conversation.account_id,
        conversation=conversation,
        direction=Message.Direction.OUT,
        state=State.QUEUED,
        body=body,
        agent=agent,
        goal=goal,
        key=key,
        episode=episode,
        answers=answers,
        time=timezone.now(),
    )
    send.enqueue(text.pk)
    return text


def send_now(message_id: int) -> None:
    """Hand a queued text to its provider, if the gate lets it pass, and keep the answer. Safe to run twice."""
    text = gate.hand_over(message_id)
    if text and text.state == State.QUEUED:
        _send_later(text)
    elif text and text.state == State.HANDING_OVER:
        _give(text)


def _give(text: Message) -> None:
    """Call its provider, once."""
    assert text.number
    try:
        handed = providers.at(text.number.provider).hand_over(_outgoing(text))
    except Refused as refused:
        _record_refusal(text, refused.fault, refused.code)
    except NotTaken:
        _try_again(text)
    except NoAnswer:
        return
    else:
        _record_answer(text, handed)


def overdue(before: datetime) -> QuerySet[Message, int]:
    """Keys of the texts that wait since ``before`` and could go now, the oldest first."""
    due = Q(not_before=None) | Q(not_before__lte=timezone.now())
    return Message.objects.waiting().filter(due, time__lt=before).order_by("time").values_list("pk", flat=True)


def _send_later(text: Message) -> None:
    """Have a text that was just told to wait sent when its time comes; the sweep would find it too, but later."""
    from contacts.conversations.tasks import send  # noqa: PLC0415  (the task calls this module)

    send.using(run_after=text.not_before).enqueue(text.pk)


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
def _try_again(text: Message) -> None:
    fresh = _locked(text)
    fresh.tries += 1
    if fresh.tries < MOST_TRIES:
        fresh.state, fresh.handed = State.QUEUED, None
        fresh.not_before = timezone.now() + FIRST_PAUSE * 2 ** (fresh.tries - 1)
        _send_later(fresh)
    else:
        fresh.state, fresh.fault = State.FAILED, "not taken"
    _save(fresh)


@transaction.atomic
def _record_refusal(text: Message, fault: Fault, code: str) -> None:
    """The carrier knows that they opted out, or that the number takes no texts (R7.5, R8.6)."""
    group = text.conversation.group
    locks.shared(group.organization)
    if fault == Fault.OPTED_OUT and (phone := _phone(text)):
        words = f"The carrier refused a text: the recipient has opted out ({code})."
        opt_out(group.organization, [phone], by=None, source=Source.CARRIER, text=words, group=group)
    fresh = _locked(text)
    fresh.state, fresh.fault = State.FAILED, code
    if fault == Fault.CANNOT_RECEIVE:
        cannot_receive(fresh.conversation.contact, group=group)
    _save(fresh)


def _phone(text: Message) -> str | None:
    contact = text.conversation.contact
    contact.refresh_from_db(fields=["phone"])
    return contact.phone


def report(provider: str, message_id: int, told: Report) -> None:
    """Keep what a provider says later about a text of ours; what is not at this provider is passed over."""
    text = _at(provider).filter(pk=message_id).first()
    if text is None or told.stage is None:
        return
    if told.stage == Stage.FAILED:
        _record_failure(text, told)
    else:
        _record_progress(text, told)


def _at(provider: str) -> QuerySet[Message]:
    texts = Message.objects.select_related("conversation__contact", "conversation__group__organization", "number")
    return texts.filter(number__provider=provider, handed__isnull=False)


def _record_failure(text: Message, told: Report) -> None:
    if text.state not in (State.DELIVERED, State.FAILED):
        _record_refusal(text, told.fault or Fault.OTHER, told.code)


@transaction.atomic
def _record_progress(text: Message, told: Report) -> None:
    """A text that was delivered says, besides, that its number receives texts (R7.5)."""
    fresh, now = _locked(text), timezone.now()
    if told.stage == Stage.DELIVERED:
        fresh.state, fresh.delivered = State.DELIVERED, fresh.delivered or now
        receives(fresh.conversation.contact, group=fresh.conversation.group)
    elif fresh.state == State.HANDING_OVER:
        fresh.state = State.SENT
    fresh.sent = fresh.sent or now
    if fresh.conversation.contact.redacted_at is None:
        fresh.provider_id = fresh.provider_id or told.provider_id
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
