"""Nothing leaves after an opt-out is committed; two texts may, and the gate names them (R4.9)."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from contacts.actions import hold, membership, opt_out, reversal
from contacts.conversations import gate, providers
from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.hand_over import hand_over
from contacts.conversations.actions.message import keep
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.models import Conversation, InboundText, Message
from contacts.conversations.providers.base import Inbound
from contacts.conversations.tasks import outbound
from contacts.digests import KeyProblem
from contacts.models import OptOut
from groups.models import Group, User
from tests.contacts.factories import members, phone
from tests.conversations.factories import OUR_NUMBER, Carrier, comes, give_number, redact, talk, theirs, wrote

NUMBER = phone(1)


@pytest.fixture
def thread(group: Group, agent: User) -> Conversation:
    give_number(group)
    return talk(group, NUMBER, "Hi, this is Tess", "Who is this?", agent=agent)


@pytest.fixture
def waiting(thread: Conversation, agent: User) -> Message:
    return wrote(thread, "A volunteer", agent)


def fresh(text: Message) -> Message:
    return Message.objects.get(pk=text.pk)


def test_a_text_that_may_leave_is_handed_over_once(waiting: Message, carrier: Carrier) -> None:
    send_now(waiting.pk)
    send_now(waiting.pk)

    assert [(text.number, text.phone, text.body) for text in carrier.texts] == [("+12065550100", NUMBER, "A volunteer")]
    assert fresh(waiting).state == Message.State.DELIVERED
    assert fresh(waiting).provider_id


def everything_that_forbids() -> Iterator[tuple[str, Callable[[Group, Conversation], object], str]]:
    yield (
        "opted out",
        lambda group, _: opt_out.opt_out(group.organization, [NUMBER], by=None, source="admin"),
        gate.gate.Cause.OPTED_OUT,
    )
    yield (
        "inactive",
        lambda group, _: membership.make_inactive(group, members(group, NUMBER), by=None),
        gate.gate.Cause.INACTIVE,
    )
    yield (
        "on hold",
        lambda group, _: hold.open_hold(group.organization, NUMBER, text="stop it", group=group),
        gate.gate.Cause.ON_HOLD,
    )
    yield "archived", lambda group, _: Group.objects.filter(pk=group.pk).update(archived=timezone.now()), "archived"
    yield "no number", lambda group, _: numbers.take_away(group, by=None), gate.Cause.NO_NUMBER
    yield "redacted", lambda group, _: redact(group.memberships.get()), gate.gate.Cause.REDACTED


CAUSES = list(everything_that_forbids())


@pytest.mark.parametrize(("forbid", "refusal"), [case[1:] for case in CAUSES], ids=[case[0] for case in CAUSES])
def test_what_forbids_it_after_it_was_written_keeps_it_from_leaving_for_good(
    group: Group,
    thread: Conversation,
    waiting: Message,
    carrier: Carrier,
    forbid: Callable[[Group, Conversation], object],
    refusal: str,
) -> None:
    forbid(group, thread)
    send_now(waiting.pk)

    assert not carrier.texts
    assert fresh(waiting).state == Message.State.CANCELLED
    assert fresh(waiting).refusal == refusal


def test_a_text_that_was_cancelled_stays_so_when_they_may_be_texted_again(
    group: Group, waiting: Message, carrier: Carrier
) -> None:
    membership.make_inactive(group, members(group, NUMBER), by=None)
    membership.make_active(group, members(group, NUMBER), by=None)
    send_now(waiting.pk)

    assert not carrier.texts


def test_a_text_waits_while_one_of_theirs_was_not_read(group: Group, waiting: Message, carrier: Carrier) -> None:
    number = group.sending_numbers.get()
    unread = InboundText.objects.create(
        account=group.account, number=number, provider="simulator", provider_id="1", phone=NUMBER,
        received=timezone.now(),
    )  # fmt: skip
    send_now(waiting.pk)
    assert fresh(waiting).state == Message.State.QUEUED

    unread.delete()
    with time_machine.travel(timezone.now() + timedelta(seconds=3)):
        send_now(waiting.pk)
    assert fresh(waiting).state == Message.State.DELIVERED


def test_a_text_whose_provider_is_not_set_up_waits_until_it_is(waiting: Message, carrier: Carrier) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(providers, "at", lambda _: (_ for _ in ()).throw(LookupError("simulator")))
        with pytest.raises(LookupError):
            send_now(waiting.pk)
    assert fresh(waiting).state == Message.State.QUEUED

    send_now(waiting.pk)
    assert fresh(waiting).state == Message.State.DELIVERED


def test_a_text_that_waits_is_enqueued_once_each_time_it_is_told_to_wait(
    group: Group, waiting: Message, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    InboundText.objects.create(
        account=group.account, number=group.sending_numbers.get(), provider="simulator", provider_id="1", phone=NUMBER,
        received=timezone.now(),
    )  # fmt: skip
    enqueued: list[int] = []
    monkeypatch.setattr(type(outbound.send), "enqueue", lambda _, *args: enqueued.extend(args))
    for _ in range(5):
        outbound.send.func(waiting.pk)
    assert enqueued == [waiting.pk]


@override_settings(DIGEST_SECRETS=["2:" + "2b" * 32])
def test_another_secret_stops_sending(waiting: Message, carrier: Carrier) -> None:
    with pytest.raises(KeyProblem):
        send_now(waiting.pk)
    assert not carrier.texts


# The first exception: the one text that follows an opt-out.


@pytest.fixture
def confirming(group: Group, thread: Conversation) -> Message:
    comes(NUMBER, "STOP")
    return Message.objects.get(episode__isnull=False)


def test_one_confirmation_follows_a_stop(group: Group, confirming: Message, carrier: Carrier) -> None:
    send_now(confirming.pk)
    comes(NUMBER, "STOP")

    assert [text.phone for text in carrier.texts] == [NUMBER]
    assert Message.objects.filter(episode__isnull=False).count() == 1
    assert confirming.episode == OptOut.objects.get()


def test_a_confirmation_leaves_within_five_minutes_or_never(confirming: Message, carrier: Carrier) -> None:
    with time_machine.travel(timezone.now() + timedelta(minutes=5, seconds=1)):
        send_now(confirming.pk)

    assert not carrier.texts
    assert fresh(confirming).refusal == gate.Cause.TOO_LATE


@pytest.mark.parametrize("timed", [True, False])
def test_a_stop_that_was_read_too_late_is_not_confirmed_at_all(
    group: Group, thread: Conversation, carrier: Carrier, timed: bool
) -> None:
    now = timezone.now()
    receive("simulator", Inbound("1", OUR_NUMBER, NUMBER, "STOP", now if timed else None))
    with time_machine.travel(now + timedelta(hours=9)):
        take_in(InboundText.objects.get().pk)
        confirming = Message.objects.get(episode__isnull=False)
        send_now(confirming.pk)

    assert OptOut.objects.open().exists()
    assert not carrier.texts
    assert fresh(confirming).refusal == gate.Cause.TOO_LATE


def test_a_confirmation_is_timed_by_our_clock_when_the_provider_s_is_ahead(
    group: Group, thread: Conversation, carrier: Carrier
) -> None:
    comes(NUMBER, "STOP", at=timezone.now() + timedelta(hours=1))
    with time_machine.travel(timezone.now() + timedelta(minutes=6)):
        send_now(Message.objects.get(episode__isnull=False).pk)
    assert not carrier.texts


def test_a_confirmation_is_not_sent_to_somebody_who_was_taken_back(
    group: Group, confirming: Message, carrier: Carrier
) -> None:
    reversal.reverse(group.organization, [NUMBER], by=None, source="page")
    send_now(confirming.pk)

    assert not carrier.texts
    assert fresh(confirming).refusal == gate.Cause.ENDED


def test_what_waited_when_they_texted_stop_does_not_leave_beside_the_confirmation(
    group: Group, waiting: Message, carrier: Carrier
) -> None:
    comes(NUMBER, "STOP")
    for text in Message.objects.order_by("pk"):
        send_now(text.pk)

    assert len(carrier.texts) == 1
    assert "opted out" in carrier.texts[0].body


@pytest.mark.parametrize("source", ["admin", "agent", "upload", "carrier", "hold_expired", "hold_decided"])
def test_nothing_is_sent_after_an_opt_out_by_others(group: Group, thread: Conversation, source: str) -> None:
    opt_out.opt_out(group.organization, [NUMBER], by=None, source=source, group=group)
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()


def test_no_confirmation_is_sent_where_the_provider_answers(group: Group, agent: User) -> None:
    give_number(group, answers="provider")
    talk(group, NUMBER, "Hi", agent=agent)
    comes(NUMBER, "STOP")
    comes(NUMBER, "HELP")

    assert OptOut.objects.open().exists()
    assert not Message.objects.filter(state=Message.State.QUEUED).exists()


# The second exception: the reply to HELP.


def test_help_is_answered_once_in_24_hours_even_to_somebody_opted_out(
    group: Group, confirming: Message, carrier: Carrier
) -> None:
    for _ in range(2):
        comes(NUMBER, "HELP")
        for text in Message.objects.waiting().filter(answers__isnull=False):
            send_now(text.pk)
    assert len(carrier.texts) == 1
    assert Message.objects.filter(refusal=gate.Cause.TOO_OFTEN).count() == 1

    with time_machine.travel(timezone.now() + timedelta(hours=24, seconds=1)):
        comes(NUMBER, "HELP")
        send_now(Message.objects.waiting().get(answers__isnull=False).pk)
    assert len(carrier.texts) == 2


def test_help_in_one_group_counts_for_all_of_its_organization_s_groups(
    group: Group, other_group: Group, thread: Conversation, carrier: Carrier
) -> None:
    give_number(other_group, "+12065550101")
    members(other_group, NUMBER)
    comes(NUMBER, "HELP")
    comes(NUMBER, "HELP", to="+12065550101")
    for text in Message.objects.waiting().order_by("pk"):
        send_now(text.pk)

    assert [text.number for text in carrier.texts] == ["+12065550100"]


def test_not_even_an_exception_leaves_to_somebody_redacted(group: Group, confirming: Message, carrier: Carrier) -> None:
    comes(NUMBER, "HELP")
    redact(group.memberships.get())
    for text in Message.objects.waiting():
        send_now(text.pk)

    assert not carrier.texts


def test_texts_that_were_kept_as_sent_never_pass_the_gate_again(group: Group, thread: Conversation) -> None:
    kept = keep(group, [theirs(thread.contact_id, "Hello")])[0]
    assert hand_over(kept.pk) is None
