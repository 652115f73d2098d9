"""The lines of a list of conversations: whose, when, in which status, and how the last text begins."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Subquery
from django.utils import timezone

from contacts.conversations.models import Conversation, Message
from contacts.models import Membership
from contacts.models.membership import MembershipQuerySet
from contacts.views.rows import statuses
from groups.models import Group
from groups.times import When, when

PREVIEW = 120
"""Characters of a text that a line holds at most; the page cuts it where its room ends."""


@dataclass(frozen=True)
class Line:
    """One conversation; ``statuses`` are those that hold besides *Active*; it ``waits`` for an answer."""

    id: int
    url: str
    name: str
    time: When
    statuses: Sequence[str]
    preview: str
    unassigned: bool
    waits: bool
    current: bool


def newest_first(members: MembershipQuerySet) -> MembershipQuerySet:
    """In the order of their last text."""
    return members.order_by("-last_message_at", "-pk")


def lines_of(
    group: Group, ordered: Sequence[Membership], address: Callable[[int], str], current: int | None = None
) -> list[Line]:
    """The lines of these members, with contacts, in their order; ``address`` makes the link of a conversation's id."""
    latest = Message.objects.passed().filter(conversation=OuterRef("pk")).order_by("-time", "-pk").values("pk")[:1]
    found = group.conversations.filter(contact__among=[member.contact_id for member in ordered])
    conversations = {one.contact_id: one for one in found.annotate(latest=Subquery(latest))}
    texts = Message.objects.in_bulk([one.latest for one in conversations.values() if one.latest])
    now = timezone.now()
    return [
        _line(member, conversation, texts.get(conversation.latest), address, conversation.pk == current, now)
        for member in ordered
        if (conversation := conversations.get(member.contact_id))
    ]


def _line(
    member: Membership,
    conversation: Conversation,
    text: Message | None,
    address: Callable[[int], str],
    current: bool,
    now: datetime,
) -> Line:
    return Line(
        id=conversation.pk,
        url=address(conversation.pk),
        name=str(member.contact),
        time=when(conversation.last_message_at, now),
        statuses=[word for word in statuses(member.shown_status) if word != "active"],
        preview=_preview(text),
        unassigned=member.agent_id is None,
        waits=text is not None and text.direction == Message.Direction.IN,
        current=current,
    )


def _preview(text: Message | None) -> str:
    return " ".join(text.body.split())[:PREVIEW] or "Picture or file" if text else ""
