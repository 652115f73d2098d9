"""Any sequence of texts, sendings and removals, beside a plain model of who may be texted (R3–R5, R8).

Two groups of one organization, each with a number, and three phones. After every step: who is opted out, on hold and
inactive is what the model says; the copies and counts agree; no text counts twice. Whenever a text of ours waits, the
gate is asked at once or later: it leaves exactly if the model allows it then.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    invariant,
    precondition,
    rule,
)

from compliance.actions.redact import redact
from contacts import verify
from contacts.actions import hold as holds
from contacts.actions.membership import make_active, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.reversal import reverse
from contacts.conversations import gate, providers
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.actions.write import CannotSend, write
from contacts.conversations.models import Conversation, InboundText, Message
from contacts.conversations.providers.base import Handed, Inbound, NoAnswer, NotTaken, Outgoing
from contacts.models import Contact, Hold, Membership, OptOut, Suppression
from groups.models import Group, RoleKind, User
from tests.contacts.factories import phone
from tests.conversations.factories import Carrier, give_number
from tests.people import GroupFactory, OrganizationFactory, UserFactory, role_of
from tests.sequences import RolledBack, run

PHONES = [phone(number) for number in range(3)]
NUMBERS = ["+12065550100", "+12065550101"]
WORDS = {"OUT": "STOP", "HOLD": "leave me alone", "IN": "START", "HELP": "HELP", "NONE": "Sure, see you there"}
State = Message.State

places = st.integers(0, 1)
numbers = st.sampled_from(PHONES)
verdicts = st.sampled_from(list(WORDS))


@dataclass
class World:
    groups: list[Group]
    admin: User
    agent: User


class AnyText(RolledBack):
    world: World

    def __init__(self) -> None:
        super().__init__()
        self.clock = time_machine.travel(timezone.now(), tick=False)
        self.traveller = self.clock.start()
        self.ids = count()
        self.carrier = Carrier()
        self.out: set[str] = set()
        self.held: dict[str, datetime] = {}
        self.members: dict[tuple[int, str], bool] = {}
        """Whether they are inactive."""
        self.forgotten: set[str] = set()
        """Phones of which only a suppression is left."""
        self.started: dict[str, datetime] = {}
        self.seen: list[tuple[int, Inbound]] = []
        self.received = 0
        self.erased: dict[str, datetime] = {}
        self.asked: dict[str, datetime] = {}
        """When an opt-out was last asked for."""
        self.doubted: dict[str, datetime] = {}
        self.deactivated: dict[tuple[int, str], datetime] = {}
        self.helped: list[tuple[str, datetime]] = []
        setattr(providers, "at", lambda _: self.carrier)  # noqa: B010  (the test puts it back)

    def teardown(self) -> None:
        self.clock.stop()
        super().teardown()

    # Time goes on a minute with every step, so that nothing happens at once.

    def later(self, **delta: int) -> datetime:
        self.traveller.shift(timedelta(**(delta or {"minutes": 1})))
        return timezone.now()

    @rule(hours=st.sampled_from([1, 25, 24 * 5]))
    def time_passes(self, hours: int) -> None:
        now = self.later(hours=hours)
        holds.expire(now)
        for number, opened in list(self.held.items()):
            if Hold.objects.filter(phone=number, opened=opened, decision="expired").exists():
                del self.held[number]
                self.out.add(number)
                assert now - opened >= timedelta(days=2)

    # Texts that come in.

    @initialize()
    def somebody_wrote(self) -> None:
        for number in PHONES[:2]:
            self.text_in(0, number, "NONE", 0)

    @rule(place=places, number=numbers, verdict=verdicts, minutes=st.sampled_from([0, 0, 3]))
    def text_in(self, place: int, number: str, verdict: str, minutes: int) -> None:
        """Written now, or some minutes ago and late."""
        written = self.later() - timedelta(minutes=minutes)
        text = Inbound(f"SM{next(self.ids)}", NUMBERS[place], number, WORDS[verdict], written)
        self.seen.append((place, text))
        self.deliver(text)
        self.expect_text(place, number, verdict, written)

    @precondition(lambda self: self.seen)
    @rule(index=st.integers(0, 99))
    def is_delivered_again(self, index: int) -> None:
        """Nothing happens, whatever happened since."""
        self.later()
        _, text = self.seen[index % len(self.seen)]
        before = Message.objects.filter(direction="in").count()
        self.deliver(text)
        assert Message.objects.filter(direction="in").count() == before

    def deliver(self, text: Inbound) -> None:
        receive("simulator", text)
        for key in InboundText.objects.waiting().values_list("pk", flat=True):
            take_in(key)

    def expect_text(self, place: int, number: str, verdict: str, written: datetime) -> None:
        if number in self.erased and written < self.erased[number]:
            return
        if verdict != "OUT":
            self.arrives(place, number)
        self.received += (place, number) in self.members
        act: dict[str, Callable[[int, str, datetime], None]] = {
            "OUT": self.expect_stop,
            "HOLD": self.expect_hold,
            "IN": self.expect_start,
            "HELP": lambda *_: None,
            "NONE": self.expect_reply,
        }
        act[verdict](place, number, written)

    def arrives(self, place: int, number: str) -> None:
        self.members.setdefault((place, number), False)
        self.remember(number)

    def remember(self, number: str) -> None:
        if number in self.forgotten:
            self.forgotten.remove(number)
            self.out.add(number)

    def expect_stop(self, place: int, number: str, written: datetime) -> None:
        if written < self.started.get(number, written):
            return
        self.remember(number)
        self.out.add(number)
        self.held.pop(number, None)
        self.asked[number] = max(written, self.asked.get(number, written))

    def expect_hold(self, place: int, number: str, written: datetime) -> None:
        if number not in self.out and not written < self.started.get(number, written):
            self.held.setdefault(number, written)
            self.doubted[number] = max(written, self.doubted.get(number, written))

    def expect_start(self, place: int, number: str, written: datetime) -> None:
        if number not in self.out or written > self.asked.get(number, written - timedelta(1)):
            self.out.discard(number)
            self.asked.pop(number, None)
            if number in self.held and written >= self.doubted[number]:
                del self.held[number]
                del self.doubted[number]
        if (place, number) in self.members:
            self.started[number] = max(written, self.started.get(number, written))
        self.expect_reply(place, number, written)

    def expect_reply(self, place: int, number: str, written: datetime) -> None:
        if self.members.get((place, number)) and written > self.deactivated[place, number]:
            self.members[place, number] = False

    # Removals by others.

    @rule(number=numbers)
    def admin_opts_out(self, number: str) -> None:
        now = self.later()
        opt_out(self.organization, [number], by=self.world.admin, source="admin")
        self.remember(number)
        self.out.add(number)
        self.held.pop(number, None)
        self.asked[number] = now

    @rule(number=numbers)
    def support_reverses(self, number: str) -> None:
        self.later()
        reverse(self.organization, [number], by=None, source="support")
        self.out.discard(number)
        self.forgotten.discard(number)
        self.asked.pop(number, None)

    @rule(place=places, number=numbers, inactive=st.booleans())
    def status_is_set(self, place: int, number: str, inactive: bool) -> None:
        now, group = self.later(), self.world.groups[place]
        act = make_inactive if inactive else make_active
        act(group, group.memberships.filter(phone=number), by=self.world.admin)
        if (place, number) in self.members:
            if inactive and not self.members[place, number]:
                self.deactivated[place, number] = now
            self.members[place, number] = inactive

    @rule(number=numbers, decision=st.sampled_from(holds.DECISIONS))
    def hold_is_decided(self, number: str, decision: str) -> None:
        now = self.later()
        hold = Hold.objects.open().filter(phone=number).first()
        assert (hold is not None) == (number in self.held)
        if hold is None:
            return
        holds.decide(hold, decision, by=self.world.admin)
        del self.held[number]
        if decision != Hold.Decision.NOT_AN_OPT_OUT:
            self.out.add(number)
            self.asked[number] = self.doubted.get(number, now)

    @rule(number=numbers)
    def lead_is_redacted(self, number: str) -> None:
        now = self.later()
        known = redact(self.organization.account, [number], by=self.world.admin)
        if known is None:
            return
        self.erased[number] = now
        if number in self.out or number in self.held:
            self.forgotten.add(number)
        self.out.discard(number)
        self.held.pop(number, None)
        self.started.pop(number, None)
        self.asked.pop(number, None)
        self.doubted.pop(number, None)
        for place in range(2):
            self.members.pop((place, number), None)

    # Texts of ours.

    @rule(place=places, number=numbers, answer=st.sampled_from(["taken", "not taken", "none"]))
    def agent_writes(self, place: int, number: str, answer: str) -> None:
        self.later()
        conversation = self.conversation(place, number)
        if conversation is None:
            return
        self.carrier.answer = ANSWERS[answer]
        allowed = self.may(place, number)
        if not allowed:
            with pytest.raises(CannotSend):
                self.write(conversation)
            return
        self.write(conversation)

    def write(self, conversation: Conversation) -> None:
        write(conversation, "See you there", by=self.world.agent, key=uuid4())

    @rule()
    def whatever_waits_is_sent(self) -> None:
        now = self.later()
        for text in Message.objects.waiting().select_related("conversation__contact").order_by("pk"):
            if text.not_before and text.not_before > now:
                continue
            self.send(text, now)

    def send(self, text: Message, now: datetime) -> None:
        number = text.conversation.contact.phone
        place = self.world.groups.index(text.conversation.group)
        expected = self.expected(text, place, number, now)
        before = len(self.carrier.texts)
        send_now(text.pk)
        left = self.carrier.texts[before:]
        assert [one.phone for one in left] == ([number] if expected else [])
        if text.answers_id and left and self.carrier.answer is not ANSWERS["not taken"]:
            self.helped.append((str(number), now))
        if not expected:
            assert Message.objects.get(pk=text.pk).state == State.CANCELLED

    def expected(self, text: Message, place: int, number: str | None, now: datetime) -> bool:
        """R4.9: what may leave, told once more."""
        if number is None:
            return False
        if text.episode_id:
            return number in self.out and now - text.time <= gate.AFTER_AN_OPT_OUT
        if text.answers_id:
            return not any(who == number and now - at < gate.BETWEEN_HELPS for who, at in self.helped)
        return self.may(place, number)

    def may(self, place: int, number: str) -> bool:
        inactive = self.members.get((place, number))
        return number not in self.out and number not in self.held and inactive is False

    # What holds after every step.

    @invariant()
    def the_truth_is_what_the_model_says(self) -> None:
        assert set(OptOut.objects.open().values_list("phone", flat=True)) == self.out
        assert set(Hold.objects.open().values_list("phone", flat=True)) == set(self.held)
        assert Suppression.objects.count() == len(self.forgotten)
        rows = Membership.objects.filter(phone__isnull=False).values_list("group_id", "phone", "inactive")
        assert {(self.keys[group], number): inactive for group, number, inactive in rows} == self.members

    @invariant()
    def every_text_counted_once(self) -> None:
        assert Message.objects.filter(direction="in").count() == self.received

    @invariant()
    def copies_and_counts_agree(self) -> None:
        assert list(verify.differences()) == []

    @invariant()
    def nothing_is_left_of_who_was_erased(self) -> None:
        assert not Message.objects.filter(conversation__contact__redacted_at__isnull=False).exclude(body="").exists()
        assert Contact.objects.filter(phone__isnull=False).count() == len({number for _, number in self.members})

    # What stands around it.

    @property
    def organization(self) -> Any:
        return self.world.groups[0].organization

    @property
    def keys(self) -> dict[int, int]:
        return {group.pk: place for place, group in enumerate(self.world.groups)}

    def conversation(self, place: int, number: str) -> Conversation | None:
        threads = self.world.groups[place].conversations.select_related("contact", "group__organization")
        return threads.filter(contact__phone=number).first()


def _raising(error: Exception) -> Callable[[Outgoing], Handed]:
    def answer(text: Outgoing) -> Handed:
        raise error

    return answer


ANSWERS: dict[str, Callable[[Outgoing], Handed]] = {
    "taken": lambda text: Handed(f"C{text.key}", delivered=True),
    "not taken": _raising(NotTaken()),
    "none": _raising(NoAnswer()),
}


def test_whatever_happens_nothing_leaves_that_must_not(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    organization = OrganizationFactory.create()
    groups = [GroupFactory.create(organization=organization) for _ in range(2)]
    for group, number in zip(groups, NUMBERS, strict=True):
        give_number(group, number)
    admin, agent = UserFactory.create(), UserFactory.create()
    role_of(admin, "account_admin", organization.account)  # type: ignore[arg-type]
    for place in groups:
        role_of(agent, RoleKind.AGENT, place)

    monkeypatch.setattr(providers, "at", providers.at)
    AnyText.world = World(groups, admin, agent)
    run(AnyText, steps=25)
