"""Conversations to tell tests with: they are kept by the one action that keeps texts."""

from datetime import datetime, timedelta

from django.utils import timezone

from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Conversation, Message
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


def redact(row: Membership) -> None:
    """What a redaction leaves of a contact and their texts."""
    Message.objects.filter(conversation__contact=row.contact_id).update(body="")
    Membership.objects.filter(contact=row.contact_id).update(phone=None, sort_name="")
    Contact.objects.filter(pk=row.contact_id).update(
        phone=None, redacted_at=timezone.now(), first_name="", last_name=""
    )
