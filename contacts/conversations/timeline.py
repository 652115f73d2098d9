"""Texts on a contact's timeline (R6.3): theirs in their own words, of ours what became of them."""

from collections.abc import Collection, Sequence
from datetime import datetime

from django.utils import timezone

from contacts.conversations.models import Message
from contacts.conversations.outcomes import cause, outcome
from contacts.models import Contact
from contacts.timeline import LONGEST, Event, texts_by
from groups import personal_data
from groups.times import exact

State = Message.State
NOT_SENT = {State.QUEUED: "Text queued", State.CANCELLED: "Text cancelled"}


@texts_by
def texts_of(contact: Contact, group_ids: Collection[int], changes: Sequence[Event]) -> list[Event]:
    """The latest texts of a contact in these groups; by the ``changes`` some were under way when they opted out."""
    texts = Message.objects.filter(conversation__contact=contact, conversation__group__in=group_ids)
    told = texts.select_related("agent", "goal", "conversation__group").prefetch_related("media")
    opted_out = [event.time for event in changes if event.glyph == "opted_out"]
    return [_event(text, contact, opted_out) for text in told.order_by("-time", "-pk")[:LONGEST]]


def _event(text: Message, contact: Contact, opted_out: Sequence[datetime]) -> Event:
    theirs = text.direction == Message.Direction.IN
    return Event(
        time=text.time,
        hour=f"{timezone.localtime(text.time):%H:%M}",
        exact=exact(text.time),
        glyph="in" if theirs else "out",
        strong="",
        place=f"Texted {text.conversation.group}" if theirs else _sent(text),
        who="" if theirs else _how(text, opted_out),
        note=_words(text, contact) if theirs else "",
        others=0,
    )


def _sent(text: Message) -> str:
    what = NOT_SENT.get(State(text.state), "Text sent")
    return f"{what} from {text.conversation.group}" + (f", goal “{text.goal}”" if text.goal else "")


def _how(text: Message, opted_out: Sequence[datetime]) -> str:
    agent = str(text.agent) if text.agent else ""
    return " · ".join(filter(None, [agent, cause(text), outcome(text, opted_out)]))


def _words(text: Message, contact: Contact) -> str:
    if contact.redacted_at:
        return personal_data.REDACTED
    return text.body or ("A picture or file" if text.media.all() else "")
