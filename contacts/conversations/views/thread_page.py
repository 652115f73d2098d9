"""The page of an agent's thread, whatever is done on it: its history, where to write, and what locks that (R4.11)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.timezone import localtime

from contacts import timeline
from contacts.conversations import gate, recipients
from contacts.conversations import threads as whose
from contacts.conversations.forms.thread import ThreadsForm
from contacts.conversations.lines import newest_first
from contacts.conversations.models import Conversation
from contacts.conversations.views.deciding import waiting_here
from contacts.conversations.views.parts import conversation_of, open_episode, read, since
from contacts.gate import Answer, Cause
from contacts.models import Membership
from contacts.timeline import Event
from groups.access import SignedIn
from groups.models import Group, User
from groups.views.page import page

LOCKED: dict[str, str] = {
    Cause.OPTED_OUT: "You can't text {name} any more",
    Cause.REDACTED: "You can't text them any more",
    Cause.ON_HOLD: "You can't text {name} for now",
}
"""What a locked composer says above the cause; about any other cause it says "here"."""


@dataclass(frozen=True)
class Lock:
    """Why nothing can be written: a title, the gate's sentence, and who brought it about when, where it doesn't say."""

    title: str
    sentence: str
    more: str


@dataclass(frozen=True)
class Writer:
    """Another agent who writes here now: until when, and in how many seconds that is."""

    user: User
    until: datetime
    seconds: int


def mine(request: SignedIn, group: Group, conversation_id: int) -> tuple[Conversation, Membership]:
    """A thread of the agent's own or of nobody, with its contact's membership; else 404 (R7.2)."""
    return conversation_of(group, conversation_id, whose.workable(group, request.user))


def show(
    request: SignedIn,
    group: Group,
    conversation: Conversation,
    member: Membership,
    *,
    part: str = "",
    **step: object,
) -> HttpResponse:
    """The thread, or a part of its template, with what this ``step`` adds to it."""
    contact, before = conversation.contact, ThreadsForm(request.GET).before_asked
    events = timeline.events_of(contact, [member])
    history, answer = read(conversation, events, before), gate.may_write(group, contact.phone)
    episode = open_episode(group, contact.phone)
    here = reverse("conversations:thread", args=[group.pk, conversation.pk])
    context = page(
        request,
        group,
        "threads",
        conversation=conversation,
        contact=contact,
        first_name=_first_name(conversation),
        history=history,
        earlier_url=f"{here}?before={history.earlier}" if history.earlier else "",
        latest_url=here if before else "",
        episode=episode,
        opted_out=since(episode) if episode else "",
        lock=None if answer.allowed else _lock(conversation, answer, events),
        next_url=_next_url(request, group, conversation, member),
        tags=contact.contact_tags.order_by("tag__name").values_list("tag__name", flat=True),
        recipient=recipients.latest_of(member),
        writer=_other_writer(request, conversation),
        **waiting_here(
            group,
            contact.phone,
            lambda key: _decide_url(request, conversation, member, key),
        ),
        **({"key": uuid4()} | step),
    )
    return render(request, f"conversations/thread.html{part}", context)


def _decide_url(request: SignedIn, conversation: Conversation, member: Membership, hold_id: int) -> str:
    """Where the agent decides a held text of a thread of their own; "" in one of nobody's (R2)."""
    mine = member.agent_id == request.user.pk
    return reverse("conversations:thread_hold", args=[member.group_id, conversation.pk, hold_id]) if mine else ""


def _other_writer(request: SignedIn, conversation: Conversation) -> Writer | None:
    """Who else writes here now, so that this agent doesn't (R7.2)."""
    user, until, now = conversation.writer, conversation.writing_until, timezone.now()
    if user is None or until is None or until <= now or user == request.user:
        return None
    return Writer(user, until, (until - now).seconds + 1)


def _first_name(conversation: Conversation) -> str:
    """How the page speaks of them; somebody without a name is "them"."""
    contact = conversation.contact
    return "them" if contact.redacted_at else contact.first_name or contact.last_name or "them"


def _lock(conversation: Conversation, answer: Answer, events: Iterable[Event]) -> Lock:
    title = LOCKED.get(str(answer.cause), "You can't text {name} here") if answer.cause else ""
    return Lock(title.format(name=_first_name(conversation)), answer.sentence, _more(conversation, answer, events))


def _more(conversation: Conversation, answer: Answer, events: Iterable[Event]) -> str:
    """What the gate leaves unsaid: how far an opt-out reaches; who made somebody inactive, and when."""
    if answer.cause == Cause.OPTED_OUT:
        return f"No group of {conversation.contact.organization} will text this number."
    made = next((event for event in events if event.glyph == "inactive"), None)
    if made is None or answer.cause != Cause.INACTIVE:
        return ""
    return f"{made.strong} by {made.who}, {date_format(localtime(made.time), 'j M Y, H:i')}."


def _next_url(request: SignedIn, group: Group, conversation: Conversation, member: Membership) -> str:
    """A thread that waits for an answer, the longest first, and in which nobody else writes; else the one after this
    in the agent's list, or the first; "" if none is left."""
    waiting = recipients.unanswered(group, request.user).exclude(recipients.busy(request.user))
    waiting = waiting.exclude(pk=conversation.pk)
    if first := waiting.order_by("last_message_at", "pk").first():
        return reverse("conversations:thread", args=[group.pk, first.pk])
    others = newest_first(whose.queue(group, request.user).exclude(pk=member.pk))
    at = member.last_message_at
    older = others.filter(Q(last_message_at__lt=at) | Q(last_message_at=at, pk__lt=member.pk))
    following = older.first() or others.first()
    if following is None:
        return ""
    key = group.conversations.values_list("pk", flat=True).get(contact=following.contact_id)
    return reverse("conversations:thread", args=[group.pk, key])
