"""What became of a text of ours is said in words: what kept it back, what its carrier said (R4.9, R7.5)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from contacts.conversations.gate import Cause
from contacts.conversations.models import Message
from contacts.conversations.outcomes import FAULTS, REFUSED, cause, outcome
from contacts.conversations.providers.twilio import codes
from contacts.gate import Cause as Forbids

State = Message.State
NOW = timezone.now()
PASS = {Cause.UNREAD, Cause.PAUSED, Cause.HOURS}
"""A text waits for these to pass, and is not cancelled."""


def ours(state: str, **fields: object) -> Message:
    return Message(direction="out", state=state, **fields)


def before(**ago: int) -> datetime:
    return NOW - timedelta(**ago)


def test_every_cause_for_which_a_text_is_cancelled_has_words() -> None:
    assert set(REFUSED) == {*Forbids, *Cause} - PASS


def test_every_code_that_says_something_about_a_number_has_words() -> None:
    assert set(codes.FAULTS) <= set(FAULTS)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ours(State.QUEUED), "Queued"),
        (ours(State.QUEUED, tries=1), "Queued: the carrier did not take it, and is asked again"),
        (ours(State.HANDING_OVER, handed=before(seconds=5)), "Handing over"),
        (
            ours(State.HANDING_OVER, handed=before(minutes=2)),
            "No answer from the carrier: it may have arrived, and is not sent again",
        ),
        (ours(State.SENT), "Sent"),
        (ours(State.DELIVERED), "Delivered"),
        (ours(State.FAILED), "Not delivered"),
        (ours(State.FAILED, fault="21635"), "Not delivered: a landline"),
        (ours(State.FAILED, fault="12345"), "Not delivered: the carrier says 12345"),
        (ours(State.CANCELLED), "Not sent"),
        (ours(State.CANCELLED, refusal="opted_out"), "Not sent: they opted out first"),
        (ours(State.CANCELLED, refusal="too_late"), "Not sent: more than five minutes had passed since the opt-out"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_text_says_how_far_it_got(text: Message, said: str) -> None:
    with time_machine.travel(NOW):
        assert outcome(text, []) == said


@pytest.mark.parametrize(
    ("text", "under_way"),
    [
        (ours(State.SENT, handed=before(seconds=9), sent=before(seconds=3)), True),
        (ours(State.DELIVERED, handed=before(seconds=9), sent=before(seconds=3)), True),
        (ours(State.HANDING_OVER, handed=before(seconds=9)), True),
        (ours(State.SENT, handed=before(seconds=9), sent=before(seconds=7)), False),
        (ours(State.SENT, handed=before(seconds=4), sent=before(seconds=3)), False),
        (ours(State.FAILED, handed=before(seconds=9), fault="21610"), False),
        (ours(State.QUEUED), False),
    ],
)
def test_a_text_was_under_way_if_it_was_handed_over_before_an_opt_out_and_answered_after_it_or_not_at_all(
    text: Message, under_way: bool
) -> None:
    assert ("under way when they opted out" in outcome(text, [before(seconds=5)])) == under_way


def test_the_two_texts_that_may_follow_an_opt_out_carry_their_cause() -> None:
    assert cause(ours(State.SENT, episode_id=1)) == "Confirms the opt-out"
    assert cause(ours(State.SENT, episode_id=1, agent_id=1)) == "Closing text"
    assert cause(ours(State.SENT, answers_id=1)) == "Answers HELP"
    assert cause(ours(State.SENT, agent_id=1)) == ""
