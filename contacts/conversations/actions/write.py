"""An agent writes in a thread: one at a time, each text once (R7.2). Whatever is to leave is queued here (R4.9)."""

from datetime import timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from contacts import digests, locks
from contacts.actions.membership import kept_agents
from contacts.conversations import gate, threads
from contacts.conversations.models import Conversation, Goal, Message
from contacts.conversations.tasks import outbound
from contacts.gate import Answer
from contacts.models import OptOut
from groups import live
from groups.models import User

CLAIM = timedelta(minutes=2)
"""How long nobody else writes in a thread after its agent last did."""


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
    text = Message.objects.create(
        account_id=conversation.account_id,
        conversation=conversation,
        direction=Message.Direction.OUT,
        state=Message.State.QUEUED,
        body=body,
        agent=agent,
        goal=goal,
        key=key,
        episode=episode,
        answers=answers,
        time=timezone.now(),
    )
    outbound.send.enqueue(text.pk)
    return text
