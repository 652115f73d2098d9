"""The gate: what may be written to somebody, and whether a text that waits may leave (R4.9, R4.11).

It reads and decides, and is the only place that does; ``contacts.conversations.actions.hand_over`` holds the locks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from contacts import gate
from contacts.conversations import hours
from contacts.conversations.models import Goal, InboundText, Message, SendingNumber
from contacts.gate import Answer
from contacts.gate import Cause as Forbids
from groups.models import Group

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


@dataclass(frozen=True)
class Decision:
    """Whether a text leaves; and if what forbids it passes, when it is asked about ``again``."""

    answer: Answer
    again: datetime | None = None


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


def decide(text: Message, now: datetime) -> Decision:
    """Whether a text that waits may leave now. Asked under the locks of ``hand_over``, which is the only one to ask.

    The two exceptions to what forbids texts are named here and nowhere else (R4.9).
    """
    if text.episode_id:
        decision = Decision(_follows_an_opt_out(text, now))
    elif text.answers_id:
        decision = Decision(_answers_help(text, now))
    else:
        decision = _ordinary(text, now)
    if decision.answer.allowed and text.number is None:
        return Decision(NO_NUMBER)
    return decision


def _ordinary(text: Message, now: datetime) -> Decision:
    """A hold pauses a goal's text, which is the same whatever becomes of the hold (R8.2); an agent's own words were
    written before the text that is held, and are cancelled."""
    group, phone = text.conversation.group, text.conversation.contact.phone
    answer = gate.may_text(group, phone)
    if not answer.allowed:
        return Decision(answer, now + LATER if text.goal and answer.cause == Forbids.ON_HOLD else None)
    if _is_unread(group, phone):
        return Decision(UNREAD, now + SOON)
    return _first_text(text, text.goal, now) if text.goal else Decision(ALLOWED)


def _first_text(text: Message, goal: Goal, now: datetime) -> Decision:
    """A goal's text leaves while the goal goes on, to numbers that may receive it (R7.5), by day (R7.4)."""
    if text.conversation.contact.cannot_receive_since:
        return Decision(NO_TEXTS)
    if goal.stopped:
        return Decision(STOPPED)
    if goal.paused:
        return Decision(PAUSED, now + LATER)
    try:
        hour = hours.next_hour(text.conversation.group, str(text.conversation.contact.phone), now)
    except hours.NoHour:
        return Decision(NO_HOUR)
    return Decision(ALLOWED) if hour == now else Decision(HOURS, hour)


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
        return Answer(Cause.ENDED, "They are no longer opted out.")
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
    answers = Message.objects.filter(conversation__contact=conversation.contact_id, answers__isnull=False)
    if answers.filter(handed__gt=now - BETWEEN_HELPS).exists():
        return Answer(Cause.TOO_OFTEN, "They got an answer to HELP within the last 24 hours.")
    return ALLOWED


def _is_gone(phone: str | None, group: Group) -> bool:
    """Redacted, or the group is archived: then not even an exception leaves."""
    return phone is None or group.archived is not None
