"""Conversations to tell tests with: they are kept by the one action that keeps texts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import uuid4

from django.utils import timezone

from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.actions.write import write
from contacts.conversations.models import Conversation, Goal, InboundText, Message, SendingNumber
from contacts.conversations.providers.base import Handed, Inbound, Outgoing
from contacts.models import Contact, Membership
from groups.models import Group, User
from tests.contacts.factories import member, members

START = timedelta(days=1)


def talk(
    group: Group, number: str, *bodies: str, agent: User | None = None, at: datetime | None = None
) -> Conversation:
    """A conversation with a phone, who arrives if need be: the agent's texts and theirs by turns, a minute apart.

    Without an agent they write alone.
    """
    members(group, number)
    contact_id = member(group, number).contact_id
    begun = at or timezone.now() - START
    texts = [
        theirs(contact_id, body, begun + timedelta(minutes=minute))
        if agent is None or minute % 2
        else ours(contact_id, body, begun + timedelta(minutes=minute), agent)
        for minute, body in enumerate(bodies)
    ]
    keep(group, texts)
    return conversation(group, number)


def theirs(contact_id: int, body: str, time: datetime | None = None) -> Text:
    return Text(contact_id, body, time or timezone.now())


def ours(contact_id: int, body: str, time: datetime | None = None, agent: User | None = None) -> Text:
    return Text(contact_id, body, time or timezone.now(), Message.State.DELIVERED, agent)


def conversation(group: Group, number: str) -> Conversation:
    return group.conversations.get(contact=member(group, number).contact)


def named(group: Group, number: str, first: str, last: str = "") -> Membership:
    """The phone's membership, under this name."""
    members(group, number)
    row = member(group, number)
    Contact.objects.filter(pk=row.contact_id).update(first_name=first, last_name=last)
    Membership.objects.filter(pk=row.pk).update(sort_name=f"{first} {last}".lower().strip())
    return member(group, number)


def campaign(group: Group, by: User, name: str = "Ward meeting") -> Goal:
    """A goal that was launched to nobody, for texts to belong to."""
    return Goal.objects.create(account_id=group.account_id, group=group, name=name, author=by, launched=timezone.now())


def redact(row: Membership) -> None:
    """What a redaction leaves of a contact and their texts."""
    Message.objects.filter(conversation__contact=row.contact_id).update(body="")
    Membership.objects.filter(contact=row.contact_id).update(phone=None, sort_name="")
    Contact.objects.filter(pk=row.contact_id).update(
        phone=None, redacted_at=timezone.now(), first_name="", last_name=""
    )


OUR_NUMBER = "+12065550100"


def give_number(group: Group, number: str = OUR_NUMBER, *, answers: str = "us") -> SendingNumber:
    """A number of the simulator's for the group; by default we answer STOP and HELP ourselves."""
    return numbers.give(group, number, provider="simulator", answers_stop=answers, by=None)


def comes(
    number: str, body: str, *, at: datetime | None = None, name: str = "", to: str = OUR_NUMBER, timed: bool = True
) -> bool:
    """A text of theirs is delivered and taken in; ``at`` by the provider's clock, which is silent unless ``timed``."""
    written = (at or timezone.now()) if timed else None
    fresh = receive("simulator", Inbound(name or uuid4().hex, to, number, body, written))
    for key in InboundText.objects.waiting().order_by("pk").values_list("pk", flat=True):
        take_in(key)
    return fresh


def wrote(conversation: Conversation, body: str, agent: User) -> Message:
    """A text that the agent sends from the thread: it waits for the gate."""
    return write(conversation, body, by=agent, key=uuid4())


class Carrier:
    """A provider that keeps what it is handed, and answers as it is told to."""

    def __init__(self) -> None:
        self.texts: list[Outgoing] = []
        self.answer: Callable[[Outgoing], Handed] = lambda text: Handed(f"C{text.key}", delivered=True)

    def hand_over(self, text: Outgoing) -> Handed:
        self.texts.append(text)
        return self.answer(text)

    def written(self, provider_id: str) -> datetime | None:
        return None
