"""What stands on the phones: which there are, what each got and wrote, and how a group sees its owner."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from contacts.conversations.models import Conversation, InboundText, Message, SendingNumber
from contacts.conversations.models.message import MessageQuerySet
from contacts.models import Membership, OptOut, OptOutEvidence, Source
from contacts.phone import written
from contacts.views.rows import statuses
from groups.models import Group
from groups.times import When, exact, when

PHONES = 40
"""Phones that the list shows; any other is held by entering it."""
TEXTS = 60

State = Message.State


@dataclass(frozen=True)
class Held:
    """A phone and the number of ours that it texts with; ``member`` if the group knows it, ``thread`` if it texted."""

    phone: str
    number: SendingNumber
    member: Membership | None
    thread: Conversation | None

    @property
    def group(self) -> Group:
        """The group whose number it is."""
        return self.number.group

    @property
    def written(self) -> str:
        """The phone as people read it."""
        return written(self.phone)

    @property
    def name(self) -> str:
        """Its owner's, as far as the group knows it; else the phone."""
        return str(self.member.contact) if self.member else self.written


@dataclass(frozen=True)
class Line:
    """One phone of the list, with its last text."""

    id: int
    url: str
    name: str
    group: str
    last: str
    time: When
    current: bool


@dataclass(frozen=True)
class Text:
    """One text on a phone; ``mine`` is what its owner wrote, ``picture`` stands for what is not shown here."""

    mine: bool
    body: str
    picture: bool
    hour: str
    exact: str


def numbers() -> QuerySet[SendingNumber]:
    """The numbers that groups have at the simulator now."""
    found = SendingNumber.objects.current().filter(provider=SendingNumber.At.SIMULATOR)
    return found.select_related("group__organization").order_by("group__name", "pk")


def threads() -> QuerySet[Conversation]:
    """The conversations with these numbers, the newest first; those of the redacted have no phone any more."""
    found = Conversation.objects.filter(group__sending_numbers__in=numbers(), contact__phone__isnull=False)
    return found.select_related("contact", "group__organization").order_by("-last_message_at", "-pk")


def of_thread(thread: Conversation) -> Held:
    """The phone of a conversation."""
    return of(str(thread.contact.phone), numbers().get(group=thread.group_id))


def of(phone: str, number: SendingNumber) -> Held:
    """Any phone (E.164) as it texts with a number of ours."""
    member = number.group.memberships.select_related("contact", "agent").filter(phone=phone).first()
    thread = threads().filter(group=number.group_id, contact=member.contact_id).first() if member else None
    return Held(phone, number, member, thread)


def of_text(text: InboundText) -> Held | None:
    """The phone that a text came from; None if its number is at the simulator no more."""
    number = numbers().filter(phone=text.number.phone).first()
    return of(text.phone, number) if number and text.phone else None


def last_text(held: Held) -> InboundText | None:
    """The last text that our webhook took in from this phone."""
    texts = InboundText.objects.filter(account=held.number.account_id, phone=held.phone)
    return texts.filter(number__phone=held.number.phone).order_by("pk").last()


def lines(current: Held | None) -> list[Line]:
    """The phones of the list."""
    latest = _on_the_phone().filter(conversation=OuterRef("pk")).order_by("-time", "-pk").values("pk")[:1]
    found = list(threads().annotate(latest=Subquery(latest))[:PHONES])
    texts = Message.objects.in_bulk([thread.latest for thread in found if thread.latest])
    now, open_one = timezone.now(), current.thread.pk if current and current.thread else None
    return [_line(thread, texts.get(thread.latest), now, thread.pk == open_one) for thread in found]


def _line(thread: Conversation, text: Message | None, now: datetime, current: bool) -> Line:
    return Line(
        id=thread.pk,
        url=reverse("phone", args=[thread.pk]),
        name=str(thread.contact),
        group=thread.group.name,
        last=" ".join(text.body.split())[:80] or "Picture or file" if text else "",
        time=when(thread.last_message_at, now),
        current=current,
    )


def _on_the_phone() -> MessageQuerySet:
    """What arrived and what was written: nothing that waits, was cancelled, failed or never got an answer."""
    return Message.objects.filter(state__in=[State.RECEIVED, State.SENT, State.DELIVERED])


def texts(held: Held) -> list[Text]:
    """The latest texts of the phone, the oldest first, those besides that the site has not read yet."""
    moments = [*_of_the_thread(held), *_unread(held)] if held.thread else [*_of_a_stranger(held), *_unread(held)]
    return [text for _, text in sorted(moments, key=lambda moment: moment[0])]


type Moments = Sequence[tuple[datetime, Text]]


def _of_the_thread(held: Held) -> Moments:
    found = _on_the_phone().filter(conversation=held.thread).prefetch_related("media").order_by("-time", "-pk")
    return [
        (one.time, _text(one.direction == Message.Direction.IN, one.body, one.time, picture=bool(one.media.all())))
        for one in found[:TEXTS]
    ]


def _unread(held: Held) -> Moments:
    waiting = InboundText.objects.waiting().filter(phone=held.phone, number__phone=held.number.phone).order_by("pk")
    return [(time, _text(True, one.body, time)) for one in waiting if (time := one.written or one.received)]


def _of_a_stranger(held: Held) -> Moments:
    """Their STOP is kept with the opt-out, without a contact (R8.5)."""
    found = OptOutEvidence.objects.filter(opt_out__in=_opt_outs(held), source=Source.KEYWORD).order_by("-time")
    return [(one.time, _text(True, one.text, one.time)) for one in found[:TEXTS]]


def _opt_outs(held: Held) -> QuerySet[OptOut]:
    return OptOut.objects.filter(organization=held.number.organization_id, phone=held.phone)


def _text(mine: bool, body: str, time: datetime, *, picture: bool = False) -> Text:
    local = timezone.localtime(time)
    today = local.date() == timezone.localdate()
    hour = f"{local:%H:%M}" if today else f"{date_format(local, 'j M')}, {local:%H:%M}"
    return Text(mine, body, picture, hour, exact(time))


def standing(held: Held) -> list[str]:
    """Every status that its owner has in the group; for a stranger the one that there can be, or none."""
    if held.member:
        return statuses(held.member.shown_status)
    return ["opted_out"] if _opt_outs(held).filter(ended=None).exists() else []
