"""The rows of a group's messages: thread by thread, in the order in which they were written (R6.7)."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from zoneinfo import ZoneInfo

from django.db.models import Count

from contacts.conversations.models import Conversation, Message
from contacts.export.stream import Line, chunks, exact
from groups.models import Group
from groups.personal_data import REDACTED

THREADS = 100
"""Threads that are read at once: what one person and one group wrote to each other is a few dozen texts."""
HEADERS = (
    *("Phone", "First name", "Last name", "Time", "Direction", "State", "Agent", "Goal", "Text", "Media"),
    *("Sent", "Delivered", "Group", "Organization"),
)


def lines(group: Group) -> Iterator[Line]:
    """The headers, then a row for each message."""
    yield HEADERS
    threads = Conversation.objects.filter(group=group).select_related("contact")
    for some in chunks(threads, "contact_id", THREADS):
        texts = _texts(some)
        for thread in some:
            yield from (_line(group, thread, text) for text in texts.get(thread.pk, ()))


def _texts(threads: Sequence[Conversation]) -> dict[int, list[Message]]:
    messages = Message.objects.filter(conversation__among=[thread.pk for thread in threads])
    rows = messages.select_related("agent", "goal").annotate(media_count=Count("media"))
    ordered = rows.order_by("conversation_id", "time", "pk")
    return {key: list(some) for key, some in groupby(ordered, key=lambda message: message.conversation_id)}


def _line(group: Group, thread: Conversation, message: Message) -> Line:
    contact, zone = thread.contact, ZoneInfo(group.time_zone)
    gone = contact.redacted_at is not None
    who = [REDACTED] * 3 if gone else [str(contact.phone), contact.first_name, contact.last_name]
    return [
        *who,
        exact(message.time, zone),
        message.get_direction_display(),
        message.get_state_display(),
        message.agent.name if message.agent else "",
        message.goal.name if message.goal else "",
        REDACTED if gone else message.body,
        str(getattr(message, "media_count")),  # noqa: B009  (an annotation, which the type does not know)
        exact(message.sent, zone),
        exact(message.delivered, zone),
        group.name,
        group.organization.name,
    ]
