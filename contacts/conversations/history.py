"""A conversation as it is read: texts, and between them days, goals and changes of status, oldest first."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format

from contacts.conversations.models import Conversation, Media, Message
from contacts.conversations.outcomes import cause, outcome
from contacts.models import Contact
from contacts.timeline import Event
from groups import personal_data
from groups.times import exact

MOST = 200
"""Texts that one page shows; a link leads to those before them."""

STATUS_GLYPHS = {"active", "inactive", "opted_out", "on_hold", "redacted", "undo"}


@dataclass(frozen=True)
class Bubble:
    """One text: whose, when, how far one of ours got, and what it was sent for if that is one of two causes (R4.9)."""

    id: int
    inbound: bool
    body: str
    media: Sequence[Media]
    who: str
    cause: str
    hour: str
    exact: str
    state: str
    failed: bool


@dataclass(frozen=True)
class Rule:
    """A centred line between texts: a day, a goal, or what became of the contact."""

    words: str
    exact: str = ""
    glyph: str = ""
    note: str = ""


@dataclass(frozen=True)
class History:
    """A page of a conversation; ``earlier`` is the text before which more stand, if any do."""

    items: Sequence[Bubble | Rule]
    earlier: int | None


type Moment = tuple[datetime, int, Message | Event]


def of_conversation(conversation: Conversation, events: Collection[Event], *, before: Message | None = None) -> History:
    """The latest texts, or the latest ``before`` one of them, among the ``events`` of that time."""
    texts = conversation.messages.select_related("agent", "goal").prefetch_related("media").order_by("-time", "-pk")
    if before:
        texts = texts.filter(Q(time__lt=before.time) | Q(time=before.time, pk__lt=before.pk))
    found = list(texts[: MOST + 1])
    shown = found[:MOST]
    since = shown[-1].time if len(found) > MOST else None
    told = [event for event in events if _is_told(event, since, before.time if before else None)]
    opted_out = [event.time for event in events if event.glyph == "opted_out"]
    moments: list[Moment] = [*((text.time, 0, text) for text in reversed(shown)), *_moments(told)]
    moments.sort(key=lambda moment: moment[:2])
    contact = conversation.contact
    items = list(_items(moments, lambda text: _bubble(text, contact, opted_out)))
    return History(items, shown[-1].pk if since else None)


def _is_told(event: Event, since: datetime | None, until: datetime | None) -> bool:
    """Changes of status only, and of the time that the page shows."""
    within = (since is None or event.time >= since) and (until is None or event.time < until)
    return event.glyph in STATUS_GLYPHS and within


def _moments(events: Sequence[Event]) -> Iterator[Moment]:
    return ((event.time, 1, event) for event in reversed(events))


def _items(moments: Iterable[Moment], bubble: Callable[[Message], Bubble]) -> Iterator[Bubble | Rule]:
    day, goals = None, set[int]()
    for time, _, thing in moments:
        today = timezone.localtime(time).date()
        goal = thing.goal if isinstance(thing, Message) else None
        if goal and goal.pk not in goals:
            goals.add(goal.pk)
            yield Rule(f"Goal “{goal}” · {_day(today)}")
        elif today != day:
            yield Rule(_day(today))
        day = today
        yield bubble(thing) if isinstance(thing, Message) else _rule(thing)


def _day(day: date) -> str:
    today = timezone.localdate()
    if day == today:
        return "Today"
    return date_format(day, "D j M" if day.year == today.year else "D j M Y")


def _rule(event: Event) -> Rule:
    words = " ".join(filter(None, [event.strong, event.place]))
    return Rule(f"{words} · {event.who} · {event.hour}", event.exact, event.glyph, event.note)


def _bubble(text: Message, contact: Contact, opted_out: Sequence[datetime]) -> Bubble:
    inbound = text.direction == Message.Direction.IN
    return Bubble(
        id=text.pk,
        inbound=inbound,
        body=personal_data.REDACTED if contact.redacted_at else text.body,
        media=list(text.media.all()),
        who=contact.first_name if inbound else str(text.agent or ""),
        cause="" if inbound else cause(text),
        hour=f"{timezone.localtime(text.time):%H:%M}",
        exact=exact(text.time),
        state="" if inbound else outcome(text, opted_out),
        failed=text.state in (Message.State.FAILED, Message.State.CANCELLED),
    )
