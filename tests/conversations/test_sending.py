"""A provider's answer is kept; what certainly did not leave is tried again, what may have left never (R4.9, R7.5)."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone

from compliance.actions.redact import redact
from contacts import locks
from contacts.actions import membership
from contacts.conversations.actions.send import MOST_TRIES, report, send_now
from contacts.conversations.actions.write import CannotSend, SomebodyWrites, write
from contacts.conversations.models import Conversation, Message
from contacts.conversations.providers.base import Fault, Handed, NoAnswer, NotTaken, Outgoing, Refused, Report, Stage
from contacts.conversations.tasks import outbound
from contacts.models import Contact, OptOut, OptOutEvidence
from groups.models import AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.factories import members, phone
from tests.conversations.factories import Carrier, comes, give_number, talk, wrote
from tests.people import role_of

NUMBER = phone(1)
State = Message.State


@pytest.fixture
def thread(group: Group, agent: User) -> Conversation:
    give_number(group)
    return talk(group, NUMBER, "Hi, this is Tess", "Who is this?", agent=agent)


@pytest.fixture
def text(thread: Conversation, agent: User) -> Message:
    return wrote(thread, "A volunteer", agent)


def fresh(text: Message) -> Message:
    return Message.objects.get(pk=text.pk)


def raising(error: Exception) -> Any:
    def answer(text: Outgoing) -> Handed:
        raise error

    return answer


def contact() -> Contact:
    return Contact.objects.get(phone=NUMBER)


# A text is written once.


def test_a_text_is_written_once_for_each_form(thread: Conversation, agent: User) -> None:
    key = uuid4()
    first, second = (write(thread, "Hello", by=agent, key=key) for _ in range(2))

    assert first == second
    assert Message.objects.filter(state=State.QUEUED).count() == 1


def test_nothing_is_written_where_texts_are_forbidden(group: Group, thread: Conversation, agent: User) -> None:
    membership.make_inactive(group, members(group, NUMBER), by=None)
    with pytest.raises(CannotSend, match="Inactive in Eastside Canvass"):
        wrote(thread, "Hello", agent)
    assert not Message.objects.filter(state=State.QUEUED).exists()


def test_one_agent_writes_at_a_time(group: Group, thread: Conversation, agent: User, group_admin: User) -> None:
    role_of(group_admin, RoleKind.AGENT, group)
    wrote(thread, "Hello", agent)
    with pytest.raises(SomebodyWrites, match="Tess Lindqvist is writing in this thread"):
        wrote(thread, "Me too", group_admin)
    wrote(thread, "I go on", agent)

    with time_machine.travel(timezone.now() + timedelta(minutes=2, seconds=1)):
        wrote(thread, "Now me", group_admin)
    assert Message.objects.filter(state=State.QUEUED).count() == 3


# What the provider answers.


def test_the_provider_s_id_and_the_time_are_kept(text: Message, carrier: Carrier) -> None:
    carrier.answer = lambda _: Handed("SM7")
    send_now(text.pk)

    assert (fresh(text).state, fresh(text).provider_id) == (State.SENT, "SM7")
    assert fresh(text).sent


def test_what_was_certainly_not_taken_is_tried_again_later_and_later_and_then_given_up(
    text: Message, carrier: Carrier
) -> None:
    carrier.answer = raising(NotTaken())
    now, pauses = timezone.now(), []
    for _ in range(MOST_TRIES + 2):
        with time_machine.travel(now, tick=False):
            send_now(text.pk)
        if fresh(text).state == State.QUEUED:
            pauses.append((fresh(text).not_before or now) - now)
            with time_machine.travel(now + pauses[-1] - timedelta(seconds=1), tick=False):
                send_now(text.pk)
            now += pauses[-1]

    assert [pause.total_seconds() for pause in pauses] == [5, 10, 20, 40]
    assert len(carrier.texts) == MOST_TRIES
    assert fresh(text).state == State.FAILED


def test_a_text_that_is_tried_again_passes_the_gate_again(group: Group, text: Message, carrier: Carrier) -> None:
    carrier.answer = raising(NotTaken())
    send_now(text.pk)
    mine = Message.objects.filter(pk=text.pk)
    mine.update(state=State.HANDING_OVER)
    membership.make_inactive(group, members(group, NUMBER), by=None)
    mine.update(state=State.QUEUED)
    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        send_now(text.pk)

    assert len(carrier.texts) == 1
    assert fresh(text).refusal == "inactive"


@pytest.mark.parametrize("error", [NoAnswer(), RuntimeError("a bug of ours")])
def test_a_hand_over_without_an_answer_is_never_repeated(text: Message, carrier: Carrier, error: Exception) -> None:
    carrier.answer = raising(error)
    for _ in range(3):
        try:
            send_now(text.pk)
        except RuntimeError:
            continue
    with time_machine.travel(timezone.now() + timedelta(hours=1)):
        outbound.send_waiting.func()

    assert len(carrier.texts) == 1
    assert fresh(text).state == State.HANDING_OVER


def test_a_carrier_that_says_that_they_opted_out_is_believed(group: Group, text: Message, carrier: Carrier) -> None:
    carrier.answer = raising(Refused(Fault.OPTED_OUT, "21610"))
    send_now(text.pk)

    episode = OptOut.objects.open().get()
    assert (episode.source, episode.phone, episode.last_group) == ("carrier", NUMBER, group)
    assert (fresh(text).state, fresh(text).fault) == (State.FAILED, "21610")
    assert len(carrier.texts) == 1


def test_a_landline_is_marked_until_a_text_is_delivered(group: Group, text: Message, carrier: Carrier) -> None:
    carrier.answer = raising(Refused(Fault.CANNOT_RECEIVE, "30006"))
    send_now(text.pk)
    assert contact().cannot_receive_since
    assert AuditEntry.objects.filter(action="cannot_receive").count() == 1

    report("simulator", text.pk, Report("SM1", Stage.DELIVERED))
    assert contact().cannot_receive_since is None
    assert AuditEntry.objects.filter(action="receives_again").count() == 1


def test_a_carrier_that_says_so_of_somebody_opted_out_adds_evidence_to_their_episode(
    group: Group, thread: Conversation, carrier: Carrier
) -> None:
    comes(NUMBER, "STOP")
    before = OptOut.objects.get()
    carrier.answer = raising(Refused(Fault.OPTED_OUT, "21610"))
    send_now(Message.objects.get(episode=before).pk)

    after = OptOut.objects.get()
    assert (after.source, after.started) == (before.source, before.started)
    assert [one.source for one in after.evidence.order_by("pk")] == ["keyword", "carrier"]


def test_somebody_who_is_marked_can_be_answered_and_an_answer_that_arrives_clears_the_mark(
    thread: Conversation, agent: User, carrier: Carrier
) -> None:
    Contact.objects.update(cannot_receive_since=timezone.now())
    send_now(wrote(thread, "I read that", agent).pk)

    assert [text.body for text in carrier.texts] == ["I read that"]
    assert contact().cannot_receive_since is None
    assert AuditEntry.objects.filter(action="receives_again").count() == 1


# Later reports.


def test_a_report_settles_a_hand_over_without_an_answer(text: Message, carrier: Carrier) -> None:
    carrier.answer = raising(NoAnswer())
    send_now(text.pk)
    report("simulator", text.pk, Report("SM1", Stage.DELIVERED))

    assert (fresh(text).state, fresh(text).provider_id) == (State.DELIVERED, "SM1")


def test_a_report_that_comes_before_the_answer_is_not_taken_back(text: Message, carrier: Carrier) -> None:
    def answer(outgoing: Outgoing) -> Handed:
        report("simulator", int(outgoing.key), Report("SM1", Stage.DELIVERED))
        return Handed("SM1")

    carrier.answer = answer
    send_now(text.pk)
    assert fresh(text).state == State.DELIVERED


def test_reports_in_the_wrong_order_leave_a_delivered_text_delivered(text: Message, carrier: Carrier) -> None:
    carrier.answer = lambda _: Handed("SM1")
    send_now(text.pk)
    for stage in (Stage.DELIVERED, Stage.SENT, Stage.FAILED, None):
        report("simulator", text.pk, Report("SM1", stage, Fault.OPTED_OUT if stage == Stage.FAILED else None))

    assert fresh(text).state == State.DELIVERED
    assert not OptOut.objects.exists()


def test_a_failure_that_is_reported_twice_counts_once(text: Message, carrier: Carrier) -> None:
    carrier.answer = lambda _: Handed("SM1")
    send_now(text.pk)
    for _ in range(2):
        report("simulator", text.pk, Report("SM1", Stage.FAILED, Fault.OPTED_OUT, "21610"))

    assert fresh(text).state == State.FAILED
    assert OptOut.objects.get().evidence.count() == 1


@pytest.mark.parametrize(("stage", "episodes"), [(Stage.DELIVERED, 0), (Stage.FAILED, 1)])
def test_a_failure_that_waits_for_another_report_changes_nothing_any_more(
    text: Message, carrier: Carrier, monkeypatch: pytest.MonkeyPatch, stage: Stage, episodes: int
) -> None:
    carrier.answer = lambda _: Handed("SM1")
    send_now(text.pk)
    shared = locks.shared

    def first_the_other(organization: Organization) -> list[Organization]:
        monkeypatch.setattr(locks, "shared", shared)
        report("simulator", text.pk, Report("SM1", stage, Fault.OPTED_OUT, "21610"))
        return shared(organization)

    monkeypatch.setattr(locks, "shared", first_the_other)
    report("simulator", text.pk, Report("SM1", Stage.FAILED, Fault.OPTED_OUT, "21610"))

    assert fresh(text).state == State(stage.value)
    assert OptOutEvidence.objects.count() == episodes


@pytest.mark.parametrize("provider", ["twilio", "nobody"])
def test_another_provider_s_report_changes_nothing(text: Message, carrier: Carrier, provider: str) -> None:
    carrier.answer = lambda _: Handed("SM1")
    send_now(text.pk)
    report(provider, text.pk, Report("SM2", Stage.FAILED, Fault.OPTED_OUT))
    assert fresh(text).state == State.SENT


def test_a_report_on_a_text_that_never_left_changes_nothing(text: Message) -> None:
    report("simulator", text.pk, Report("SM1", Stage.DELIVERED))
    assert fresh(text).state == State.QUEUED


def test_nothing_of_the_provider_comes_back_after_a_redaction(
    group: Group, text: Message, carrier: Carrier, account_admin: User
) -> None:
    def answer(outgoing: Outgoing) -> Handed:
        redact(group.account, [NUMBER], by=account_admin)
        return Handed("SM1")

    carrier.answer = answer
    send_now(text.pk)
    report("simulator", text.pk, Report("SM1", Stage.DELIVERED))

    assert (fresh(text).provider_id, fresh(text).body) == ("", "")
    assert fresh(text).state == State.DELIVERED


# The worker.


def test_a_text_is_sent_by_the_task_that_its_change_enqueued(thread: Conversation, agent: User) -> None:
    with pytest.MonkeyPatch.context() as patch:
        enqueued: list[int] = []
        patch.setattr(type(outbound.send), "enqueue", lambda _, *args: enqueued.extend(args))
        text = wrote(thread, "Hello", agent)
    assert enqueued == [text.pk]


def test_a_text_whose_change_fails_is_not_sent(thread: Conversation, agent: User, carrier: Carrier) -> None:
    with transaction.atomic():
        wrote(thread, "Hello", agent)
        transaction.set_rollback(True)
    outbound.send_waiting.func()
    assert not carrier.texts


def test_what_lost_its_task_is_sent_all_the_same(text: Message, carrier: Carrier) -> None:
    outbound.send_waiting.func()
    assert not carrier.texts

    with time_machine.travel(timezone.now() + timedelta(minutes=1)):
        outbound.send_waiting.func()
    assert len(carrier.texts) == 1


def test_one_text_that_fails_holds_up_none_of_the_others(
    group: Group, text: Message, carrier: Carrier, agent: User
) -> None:
    other = wrote(talk(group, phone(2), "Hi", agent=agent), "Hello", agent)

    def answer(outgoing: Outgoing) -> Handed:
        if outgoing.key == str(text.pk):
            raise RuntimeError("a bug of ours")
        return Handed("SM2")

    carrier.answer = answer
    with time_machine.travel(timezone.now() + timedelta(minutes=1)), pytest.raises(Exception, match="RuntimeError"):
        outbound.send_waiting.func()
    assert fresh(other).state == State.SENT
