"""The gate: every text passes it, and nothing leaves after an opt-out is committed (R4.9).

``hand_over`` decides about a text that waits, under the locks that opt-outs, holds, deactivations and redactions take
too, and commits it as *handing over*. Only then is its provider called. So whatever forbids a text was committed before
that, and stopped it, or after it, and the text was under way. A bulk change holds the locks of all its members from
`Save` on: their texts wait for it here, and are refused.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction
from django.utils import timezone

from contacts import digests, gate, locks
from contacts.conversations import hours, providers
from contacts.conversations.actions.message import stamp
from contacts.conversations.models import InboundText, Message, SendingNumber
from contacts.conversations.models.message import MessageQuerySet
from contacts.gate import Answer
from contacts.gate import Cause as Forbids
from groups import live
from groups.models import Group

State = Message.State

AFTER_AN_OPT_OUT = timedelta(minutes=5)
"""Within this time the one text that may follow an opt-out leaves, or never [47 CFR 64.1200(a)(12)]."""
BETWEEN_HELPS = timedelta(hours=24)
SOON = timedelta(seconds=2)
"""When a text is tried again that waits for one of theirs to be read."""
LATER = timedelta(minutes=1)
"""When a first text is tried again whose goal is paused; whoever resumes it doesn't wait for that."""


class Cause(StrEnum):
    """Why a text doesn't leave, besides what forbids all texts to somebody (``contacts.gate.Cause``)."""

    NO_NUMBER = "no_number"
    UNREAD = "unread"
    TOO_LATE = "too_late"
    TOO_OFTEN = "too_often"
    ENDED = "ended"
    HOURS = "hours"
    NO_HOUR = "no_hour"
    PAUSED = "paused"
    STOPPED = "stopped"


WAITS = (Cause.UNREAD, Cause.PAUSED, Cause.HOURS)
"""Causes that pass: a text waits for them and is asked about again."""


NO_NUMBER = Answer(Cause.NO_NUMBER, "This group has no number to text from yet. An admin gives it one in Settings.")
UNREAD = Answer(Cause.UNREAD, "A text of theirs has just come in and is read first.")
HOURS = Answer(Cause.HOURS, "First texts leave by day only, where the group is and where the phone may be.")
NO_HOUR = Answer(Cause.NO_HOUR, "There is no hour at which it is day wherever this phone may be.")
PAUSED = Answer(Cause.PAUSED, "The goal is paused.")
STOPPED = Answer(Cause.STOPPED, "The goal was stopped.")
NO_TEXTS = Answer(Forbids.CANNOT_RECEIVE, "The carrier said that this number receives no texts.")
ALLOWED = Answer(None, "It may leave.")


def may_write(group: Group, phone: str | None) -> Answer:
    """Whether an ordinary text may go to a phone in a group now; if not, the first cause against it."""
    if phone is None:
        return gate.may_text(group, phone)
    return may_write_in([group], phone)[group.pk]


def may_write_in(groups: Sequence[Group], phone: str) -> dict[int, Answer]:
    """The same for a phone in several groups, by group id, in as many queries as for one (R4.11)."""
    answers = gate.may_text_in(groups, phone)
    numbers = SendingNumber.objects.current().filter(group__in=groups)
    numbered = set(numbers.values_list("group_id", flat=True))
    return {key: NO_NUMBER if some.allowed and key not in numbered else some for key, some in answers.items()}


def number_of(group: Group) -> SendingNumber | None:
    """The number from which a group texts now."""
    return SendingNumber.objects.current().filter(group=group).first()


@transaction.atomic
def hand_over(message_id: int) -> Message | None:
    """Commit a text that waits as *handing over*, if it may leave; the text as it stands then, with all that its
    provider needs: or cancelled with the cause, or queued for longer. None if there is nothing to decide now.

    Raises, and leaves it waiting: ``digests.KeyProblem`` while the digest secrets are not in order (R5.11);
    ``LookupError`` or ``ImproperlyConfigured`` where its provider is not set up.
    """
    digests.require()
    locks.memberships_of(list(_waiting(message_id).values_list("conversation__contact_id", flat=True)))
    text = (
        _waiting(message_id)
        .select_related("conversation__contact", "conversation__group__organization", "goal")
        .first()
    )
    if text is None or (text.not_before and text.not_before > timezone.now()):
        return None
    text.number = number_of(text.conversation.group)
    answer = _decide(text)
    text.refusal = answer.cause.value if answer.cause else ""
    if _waits(text, answer):
        text.not_before = _when(text, answer)
    elif answer.cause:
        text.state = State.CANCELLED
    else:
        assert text.number
        providers.at(text.number.provider)
        text.state, text.handed = State.HANDING_OVER, timezone.now()
    text.save(update_fields=["state", "handed", "refusal", "not_before", "number"])
    live.changed([text.conversation.group.organization_id])
    if answer.allowed:
        stamp(text.conversation.group, [text.conversation.contact_id])
    return text


def _waiting(message_id: int) -> MessageQuerySet:
    return Message.objects.waiting().filter(pk=message_id)


def _decide(text: Message) -> Answer:
    """The decision; its two exceptions to what forbids texts are named here and nowhere else (R4.9)."""
    conversation = text.conversation
    phone = conversation.contact.phone
    if text.episode_id:
        answer = _follows_an_opt_out(text, timezone.now())
    elif text.answers_id:
        answer = _answers_help(text, timezone.now())
    else:
        answer = gate.may_text(conversation.group, phone)
        if answer.allowed and _is_unread(conversation.group, phone):
            answer = UNREAD
        if answer.allowed and text.goal:
            answer = _first_text(text, timezone.now())
    if answer.allowed and text.number is None:
        return NO_NUMBER
    return answer


def _waits(text: Message, answer: Answer) -> bool:
    """Whether the cause passes. A hold pauses a goal's text, which is the same whatever becomes of the hold (R8.2); an
    agent's own words were written before the text that is held, and are cancelled."""
    return answer.cause in WAITS or bool(text.goal_id and answer.cause == Forbids.ON_HOLD)


def _first_text(text: Message, now: datetime) -> Answer:
    """A goal's text leaves while the goal goes on, to numbers that may receive it (R7.5), by day (R7.4)."""
    assert text.goal
    if text.conversation.contact.cannot_receive_since:
        return NO_TEXTS
    if text.goal.stopped:
        return STOPPED
    if text.goal.paused:
        return PAUSED
    try:
        hour = hours.next_hour(text.conversation.group, str(text.conversation.contact.phone), now)
    except hours.NoHour:
        return NO_HOUR
    return ALLOWED if hour == now else HOURS


def _when(text: Message, answer: Answer) -> datetime:
    """When a text that waits is asked about again."""
    now = timezone.now()
    if answer.cause == Cause.HOURS:
        return hours.next_hour(text.conversation.group, str(text.conversation.contact.phone), now)
    return now + (SOON if answer.cause == Cause.UNREAD else LATER)


def _is_unread(group: Group, phone: str | None) -> bool:
    """Whether a text of this phone to the organization came in that may say anything, since nobody has read it yet."""
    return InboundText.objects.waiting().filter(phone=phone, number__organization=group.organization_id).exists()


def _follows_an_opt_out(text: Message, now: datetime) -> Answer:
    """The first exception: the one text that says that texts stop, while they do, within five minutes of the request:
    by when it was written or came in, however late it was read."""
    episode, conversation = text.episode, text.conversation
    assert episode
    if _is_gone(conversation.contact.phone, conversation.group):
        return gate.may_text(conversation.group, conversation.contact.phone)
    if episode.ended or episode.phone is None:
        return Answer(Cause.ENDED, "They are opted out no more.")
    asked = episode.evidence.order_by("pk").values_list("time", flat=True).first() or episode.started
    opened = episode.opened_by.time if episode.opened_by else asked
    # The earlier of the two: a provider's clock may be ahead of ours.
    if now - min(asked, opened) > AFTER_AN_OPT_OUT:
        return Answer(Cause.TOO_LATE, "A text that follows an opt-out leaves within five minutes or never.")
    return ALLOWED


def _answers_help(text: Message, now: datetime) -> Answer:
    """The second exception: one reply to a HELP, once in 24 hours, whatever else forbids texts."""
    conversation = text.conversation
    if _is_gone(conversation.contact.phone, conversation.group):
        return gate.may_text(conversation.group, conversation.contact.phone)
    told = Message.objects.filter(conversation__contact=conversation.contact_id, answers__isnull=False)
    if told.filter(handed__gt=now - BETWEEN_HELPS).exists():
        return Answer(Cause.TOO_OFTEN, "They got an answer to HELP within the last 24 hours.")
    return ALLOWED


def _is_gone(phone: str | None, group: Group) -> bool:
    """Redacted, or the group is archived: then not even an exception leaves."""
    return phone is None or group.archived is not None
