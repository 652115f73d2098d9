"""What became of a text of ours, in words (R4.9, R7.5, R8.6)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.utils import timezone

from contacts.conversations.models import Message

State = Message.State

SILENT = timedelta(minutes=1)
"""After this time a provider that has not answered will not."""

REFUSED = {
    "": "they were removed first",
    "redacted": "their personal data was erased first",
    "on_hold": "a text of theirs may be an opt-out",
    "opted_out": "they opted out first",
    "inactive": "they were inactive",
    "cannot_receive": "the carrier says that the number receives no texts",
    "archived": "the group is archived",
    "no_number": "the group has no number to text from",
    "too_late": "too long after the opt-out",
    "too_often": "answered within the last 24 hours",
    "ended": "they are opted out no more",
}
"""Why the gate cancelled a text, by ``Message.refusal``; "" for what was cancelled by the removal itself."""

FAULTS = {
    "21610": "they opted out at the carrier",
    "30006": "a landline, or a number that can't be reached by text",
    "21614": "no mobile number",
    "21211": "no valid number",
    "not taken": "the carrier did not take it, however often it was tried",
}
"""What a provider's code says, as far as it is worth words; the others are told by their code."""


def outcome(text: Message, opted_out: Iterable[datetime]) -> str:
    """How far a text got, and whether it was under way at one of the times when they ``opted_out``."""
    said = _TOLD.get(State(text.state), _plain)(text)
    under_way = any(_was_under_way(text, time) for time in opted_out)
    return f"{said}, under way when they opted out" if under_way else said


def cause(text: Message) -> str:
    """What a text that nobody wrote by hand is for; "" for any other."""
    if text.agent_id or text.goal_id:
        return ""
    if text.episode_id:
        return "Confirms the opt-out"
    return "Answers HELP" if text.answers_id else ""


def _was_under_way(text: Message, time: datetime) -> bool:
    return text.handed is not None and text.handed < time and (text.sent is None or text.sent > time)


def _plain(text: Message) -> str:
    return str(text.get_state_display())


def _cancelled(text: Message) -> str:
    return f"Not sent: {REFUSED.get(text.refusal, REFUSED[''])}"


def _failed(text: Message) -> str:
    if not text.fault:
        return _plain(text)
    return f"Not delivered: {FAULTS.get(text.fault, f'the carrier says {text.fault}')}"


def _handing_over(text: Message) -> str:
    if text.handed and timezone.now() - text.handed > SILENT:
        return "No answer from the carrier: it may have arrived, and is not sent again"
    return _plain(text)


_TOLD = {State.CANCELLED: _cancelled, State.FAILED: _failed, State.HANDING_OVER: _handing_over}
