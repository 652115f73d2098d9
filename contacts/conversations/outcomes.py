"""What became of a text of ours, in words (R4.9, R7.5, R8.6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from contacts.conversations.gate import Cause
from contacts.conversations.models import Message
from contacts.gate import Cause as Forbids
from groups.times import deadline

State = Message.State

SILENT = timedelta(minutes=1)
"""After this time a provider that has not answered will not."""

REFUSED: dict[str, str] = {
    Forbids.REDACTED: "their personal data was erased first",
    Forbids.NOT_A_MEMBER: "they are not in this group",
    Forbids.OPTED_OUT: "they opted out first",
    Forbids.ON_HOLD: "a text of theirs may be an opt-out",
    Forbids.INACTIVE: "they were made inactive first",
    Forbids.CANNOT_RECEIVE: "the carrier says that the number receives no texts",
    Forbids.ARCHIVED: "the group was archived first",
    Cause.NO_NUMBER: "the group had no number to text from",
    Cause.TOO_LATE: "more than five minutes had passed since the opt-out",
    Cause.TOO_OFTEN: "they had an answer to HELP within 24 hours",
    Cause.ENDED: "the opt-out had ended",
    Cause.NO_HOUR: "there is no hour at which it is day wherever this phone may be",
    Cause.STOPPED: "the goal was stopped first",
}
"""Why a text was cancelled, by ``Message.refusal``."""

FAULTS = {
    "not taken": "the carrier did not take it, however often it was tried",
    "21211": "no valid number",
    "21217": "no valid number",
    "21265": "a short code",
    "21610": "they opted out at the carrier",
    "21612": "the carrier has no way to this number",
    "21614": "no mobile number",
    "21635": "a landline",
    "30003": "their phone could not be reached",
    "30004": "they or their carrier block it",
    "30005": "a number that is unknown or no longer in service",
    "30006": "a landline, or a number that can't be reached by text",
    "30007": "the carrier filtered it out as unwanted",
    "30034": "our number is not registered with the carriers",
}
"""What a provider's code says, as far as it is worth words; the others are told by their code."""


def outcome(text: Message, opted_out: Iterable[datetime]) -> str:
    """How far a text got, and whether it was under way at one of the times when they ``opted_out``."""
    said = _TOLD.get(State(text.state), _plain)(text)
    under_way = any(_was_under_way(text, time) for time in opted_out)
    return f"{said}, under way when they opted out" if under_way else said


def cause(text: Message) -> str:
    """What the two texts that opt-outs don't keep from leaving are for; "" for any other (R4.9)."""
    if text.episode_id:
        return "Closing text" if text.agent_id else "Confirms the opt-out"
    return "Answers HELP" if text.answers_id else ""


def _was_under_way(text: Message, time: datetime) -> bool:
    """Handed over before that opt-out, and answered after it or not at all; whatever was refused never left."""
    if text.handed is None or text.handed >= time:
        return False
    return text.sent > time if text.sent else text.state == State.HANDING_OVER


def _plain(text: Message) -> str:
    return str(text.get_state_display())


def _cancelled(text: Message) -> str:
    why = REFUSED.get(text.refusal)
    return f"Not sent: {why}" if why else "Not sent"


def _failed(text: Message) -> str:
    if not text.fault:
        return _plain(text)
    return f"Not delivered: {FAULTS.get(text.fault, f'the carrier says {text.fault}')}"


def _handing_over(text: Message) -> str:
    if text.handed and timezone.now() - text.handed > SILENT:
        return "No answer from the carrier: it may have arrived, and is not sent again"
    return _plain(text)


def _queued(text: Message) -> str:
    if text.refusal == Cause.HOURS and text.not_before:
        return f"Queued: leaves {deadline(text.not_before)}, when it is day for them"
    if text.refusal == Cause.PAUSED:
        return "Queued: the goal is paused"
    if text.refusal == Forbids.ON_HOLD:
        return "Queued: a text of theirs that may be an opt-out is decided first"
    return "Queued: the carrier did not take it, and is asked again" if text.tries else _plain(text)


_TOLD = {
    State.QUEUED: _queued,
    State.CANCELLED: _cancelled,
    State.FAILED: _failed,
    State.HANDING_OVER: _handing_over,
}
