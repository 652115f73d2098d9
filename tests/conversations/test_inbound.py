"""What comes in is counted once, read, and does what it asks for (R3.5, R4.4, R4.7, R4.8, R8.2–R8.5)."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import override_settings
from django.utils import timezone

from compliance.actions.redact import redact
from compliance.models import Redaction
from contacts import gate, verify
from contacts.actions import hold, membership, opt_out
from contacts.conversations import providers
from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.receive import UnknownNumber, receive
from contacts.conversations.actions.take_in import take_in, waiting
from contacts.conversations.actions.tidy import tidy
from contacts.conversations.models import InboundText, Message
from contacts.conversations.providers.base import Inbound, NoAnswer
from contacts.conversations.tasks.inbound import take_in_waiting
from contacts.digests import KeyProblem
from contacts.models import Contact, Hold, Membership, OptOut, OptOutEvidence
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import arrive, member, members, phone
from tests.conversations.factories import OUR_NUMBER, Carrier, comes, give_number

NUMBER = phone(1)


@pytest.fixture(autouse=True)
def number(group: Group) -> None:
    give_number(group)


def status(group: Group, number: str = NUMBER) -> tuple[bool, bool, bool]:
    row = member(group, number)
    return row.inactive, row.opted_out, row.on_hold


def is_out(group: Group) -> bool:
    return OptOut.objects.open().filter(organization=group.organization, phone=NUMBER).exists()


# STOP.


def test_a_stop_opts_the_phone_out_with_the_text_as_evidence(group: Group) -> None:
    members(group, NUMBER)
    time = timezone.now() - timedelta(minutes=1)
    comes(NUMBER, "Stop. Thank you", at=time)

    episode = OptOut.objects.get()
    assert (episode.phone, episode.source, episode.started, episode.reason) == (NUMBER, "keyword", time, None)
    assert episode.evidence.get().text == "Stop. Thank you"
    assert status(group) == (False, True, False)
    assert Message.objects.get(direction="in").body == "Stop. Thank you"
    assert list(verify.differences()) == []


def test_what_may_be_an_opt_out_is_taken_in_before_whatever_came_earlier(group: Group) -> None:
    bodies = ["Hello", "leave me alone", "START", "STOP"]
    for number, body in enumerate(bodies):
        receive("simulator", Inbound(str(number), OUR_NUMBER, phone(number + 1), body, timezone.now()))
    assert [InboundText.objects.get(pk=key).body for key in waiting(10)] == [
        "leave me alone",
        "STOP",
        "Hello",
        "START",
    ]
    assert len(waiting(2)) == 2


@pytest.mark.parametrize("body", ["STOP", "leave me alone", "Hello", "START", "HELP"])
def test_a_text_counts_once_however_often_it_is_delivered(group: Group, body: str) -> None:
    members(group, NUMBER)
    time = timezone.now()
    assert [comes(NUMBER, body, name="SM1", at=time) for _ in range(3)] == [True, False, False]

    assert Message.objects.filter(direction="in").count() == 1
    assert OptOutEvidence.objects.count() + Hold.objects.count() <= 1
    assert Message.objects.filter(direction="out").count() <= 1


def test_a_stop_of_somebody_unknown_is_registered_without_a_contact(group: Group) -> None:
    comes(NUMBER, "STOP", name="SM1")
    comes(NUMBER, "STOP", name="SM1")

    assert OptOutEvidence.objects.get().opt_out.phone == NUMBER
    assert not Contact.objects.exists()
    assert not Message.objects.exists()
    arrive(group, NUMBER)
    assert member(group, NUMBER).opted_out


@override_settings(DIGEST_SECRETS=["2:" + "2b" * 32])
def test_a_stop_is_taken_in_while_the_secrets_are_not_in_order(group: Group) -> None:
    comes(NUMBER, "STOP")
    assert is_out(group)


def test_an_unknown_text_is_refused_while_the_secrets_are_not_in_order_and_taken_in_later(group: Group) -> None:
    arrive(group, phone(2))
    with override_settings(DIGEST_SECRETS=["2:" + "2b" * 32]), pytest.raises(KeyProblem):
        comes(NUMBER, "Hello", name="SM1")
    assert not InboundText.objects.exists()

    assert comes(NUMBER, "Hello", name="SM1")
    assert Contact.objects.get(phone=NUMBER).source == Contact.Source.TEXTED_IN


def test_the_provider_s_own_reading_of_a_stop_counts_and_that_of_a_start_does_not(group: Group) -> None:
    members(group, NUMBER)
    receive("simulator", Inbound("1", OUR_NUMBER, NUMBER, "basta ya", timezone.now(), opt_out_type="STOP"))
    take_in_waiting.func()
    assert is_out(group)

    receive("simulator", Inbound("2", OUR_NUMBER, NUMBER, "yes", timezone.now(), opt_out_type="START"))
    take_in_waiting.func()
    assert is_out(group)


def test_a_stop_names_no_reason_and_puts_on_no_tag(group: Group) -> None:
    members(group, NUMBER)
    comes(NUMBER, "STOP")
    assert not member(group, NUMBER).contact.contact_tags.exists()
    assert OptOut.objects.get().reason is None


# START.


def test_start_ends_the_opt_out_whoever_opened_it(group: Group, group_admin: User) -> None:
    members(group, NUMBER)
    opt_out.opt_out(group.organization, [NUMBER], by=group_admin, source="admin", group=group)
    comes(NUMBER, "START", at=timezone.now() + timedelta(seconds=1))

    assert not is_out(group)
    assert gate.may_text(group, NUMBER).allowed
    entry = AuditEntry.objects.get(action="reverse_opt_out")
    assert (entry.actor, entry.source) == (None, "text")


@pytest.mark.parametrize("body", ["yes", "Please start over", "ok you can text me", "si"])
def test_nothing_else_ends_it(group: Group, body: str) -> None:
    members(group, NUMBER)
    comes(NUMBER, "STOP")
    comes(NUMBER, body)
    assert is_out(group)


def test_a_start_that_is_delivered_before_the_older_stop_has_the_last_word(group: Group) -> None:
    members(group, NUMBER)
    now = timezone.now()
    comes(NUMBER, "START", at=now)
    comes(NUMBER, "STOP", at=now - timedelta(minutes=2))

    assert not is_out(group)
    assert Message.objects.filter(direction="in").count() == 2


def test_a_stop_that_is_delivered_before_the_older_start_has_the_last_word(group: Group) -> None:
    members(group, NUMBER)
    now = timezone.now()
    comes(NUMBER, "STOP", at=now)
    comes(NUMBER, "START", at=now - timedelta(minutes=2))

    assert is_out(group)


def test_a_start_older_than_the_admin_s_opt_out_does_not_end_it(group: Group, group_admin: User) -> None:
    members(group, NUMBER)
    opt_out.opt_out(group.organization, [NUMBER], by=group_admin, source="admin", group=group)
    comes(NUMBER, "START", at=timezone.now() - timedelta(minutes=2))
    assert is_out(group)


def test_where_the_provider_tells_no_time_they_stay_opted_out(group: Group, carrier: Carrier) -> None:
    members(group, NUMBER)
    comes(NUMBER, "STOP", timed=False)
    comes(NUMBER, "START", timed=False)
    assert is_out(group)


def test_a_stop_without_a_time_counts_even_if_the_provider_s_clock_says_that_a_start_came_later(
    group: Group, carrier: Carrier
) -> None:
    members(group, NUMBER)
    comes(NUMBER, "START", at=timezone.now() + timedelta(seconds=20))
    comes(NUMBER, "STOP", timed=False)
    assert is_out(group)


def test_the_provider_is_asked_for_the_time_of_a_start(
    group: Group, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    members(group, NUMBER)
    comes(NUMBER, "STOP", timed=False)
    monkeypatch.setattr(carrier, "written", lambda _: timezone.now() + timedelta(seconds=1))
    comes(NUMBER, "START", timed=False)
    assert not is_out(group)


def test_a_start_waits_for_a_provider_that_does_not_answer(
    group: Group, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    members(group, NUMBER)

    def silent(provider_id: str) -> datetime:
        raise NoAnswer

    monkeypatch.setattr(carrier, "written", silent)
    with pytest.raises(NoAnswer):
        comes(NUMBER, "START", timed=False)
    assert InboundText.objects.waiting().exists()

    InboundText.objects.update(received=timezone.now() - timedelta(minutes=11))
    take_in(InboundText.objects.get().pk)
    assert not InboundText.objects.waiting().exists()


# HOLD, HELP and ordinary texts.


def test_a_doubtful_text_pauses_sending_and_keeps_the_words(group: Group) -> None:
    members(group, NUMBER)
    comes(NUMBER, "leave me alone")

    assert status(group) == (False, False, True)
    assert Hold.objects.get().text == "leave me alone"


def test_a_start_takes_a_phone_off_hold(group: Group) -> None:
    members(group, NUMBER)
    comes(NUMBER, "leave me alone")
    comes(NUMBER, "START", at=timezone.now() + timedelta(seconds=1))
    assert status(group) == (False, False, False)


def test_an_ordinary_text_of_somebody_unknown_makes_a_contact_of_the_group(group: Group, other_group: Group) -> None:
    comes(NUMBER, "Who is this?")

    contact = Contact.objects.get()
    assert (contact.phone, contact.source) == (NUMBER, Contact.Source.TEXTED_IN)
    assert [row.group for row in contact.memberships.all()] == [group]
    assert Message.objects.get().body == "Who is this?"


def test_a_contact_of_another_group_joins_this_one(group: Group, other_group: Group) -> None:
    arrive(other_group, NUMBER)
    comes(NUMBER, "Hello")
    assert Membership.objects.filter(contact__phone=NUMBER).count() == 2


@pytest.mark.parametrize("body", ["Hello", "", "START"])
def test_an_ordinary_text_or_start_reactivates_in_that_group(group: Group, other_group: Group, body: str) -> None:
    for place in (group, other_group):
        membership.make_inactive(place, members(place, NUMBER), by=None)
    comes(NUMBER, body, at=timezone.now() + timedelta(seconds=1))

    assert not member(group, NUMBER).inactive
    assert member(other_group, NUMBER).inactive
    entry = AuditEntry.objects.get(action="make_active")
    assert (entry.group, entry.source, entry.actor) == (group, "text", None)


@pytest.mark.parametrize("body", ["STOP", "leave me alone", "HELP", "Liked “Hi! Reply STOP to opt out”"])
def test_an_opt_out_a_held_text_help_or_a_reaction_never_reactivates(group: Group, body: str) -> None:
    membership.make_inactive(group, members(group, NUMBER), by=None)
    comes(NUMBER, body, at=timezone.now() + timedelta(seconds=1))
    assert member(group, NUMBER).inactive


def test_a_text_that_was_sent_before_the_deactivation_does_not_reactivate(group: Group) -> None:
    sent = timezone.now()
    membership.make_inactive(group, members(group, NUMBER), by=None)
    comes(NUMBER, "Hello", at=sent - timedelta(seconds=1))
    assert member(group, NUMBER).inactive


def test_the_ordinary_text_of_somebody_opted_out_reactivates_and_leaves_the_opt_out(group: Group) -> None:
    membership.make_inactive(group, members(group, NUMBER), by=None)
    opt_out.opt_out(group.organization, [NUMBER], by=None, source="admin")
    comes(NUMBER, "Hello", at=timezone.now() + timedelta(seconds=1))
    assert status(group) == (False, True, False)


def test_an_ordinary_text_leaves_a_hold(group: Group) -> None:
    members(group, NUMBER)
    hold.open_hold(group.organization, NUMBER, text="stop it", group=group)
    comes(NUMBER, "Hello")
    assert status(group) == (False, False, True)


# Whose number, and what was erased.


def test_a_text_to_a_number_of_another_provider_or_of_nobody_is_refused(group: Group) -> None:
    with pytest.raises(UnknownNumber):
        receive("twilio", Inbound("1", OUR_NUMBER, NUMBER, "STOP", None))
    with pytest.raises(UnknownNumber):
        receive("simulator", Inbound("1", phone(9), NUMBER, "STOP", None))
    assert not InboundText.objects.exists()


def test_a_text_belongs_to_the_group_that_had_the_number_when_it_was_written(
    group: Group, other_group: Group, foreign_group: Group
) -> None:
    before = timezone.now()
    numbers.take_away(group, by=None)
    comes(NUMBER, "Is anybody there?")
    give_number(foreign_group)
    comes(NUMBER, "I wrote this before", at=before)
    comes(NUMBER, "And this after")

    assert [text.conversation.group for text in Message.objects.order_by("pk")] == [group, group, foreign_group]


def test_a_text_older_than_the_redaction_of_its_phone_is_dropped_and_counted_once(
    group: Group, account_admin: User
) -> None:
    members(group, NUMBER)
    written = timezone.now()
    redact(group.account, [NUMBER], by=account_admin)
    for _ in range(3):
        comes(NUMBER, "Hello, it's Dana", at=written, name="SM1")

    assert not Contact.objects.filter(phone=NUMBER).exists()
    assert not Message.objects.exclude(body="").exists()
    assert not InboundText.objects.filter(phone=NUMBER).exists()
    assert not InboundText.objects.filter(provider_id="SM1").exists()
    assert AuditEntry.objects.filter(action="drop_text").count() == 1


def test_what_was_written_down_of_an_erased_phone_is_cleaned_up_once_more(group: Group, account_admin: User) -> None:
    members(group, NUMBER)
    written = timezone.now()
    receipt = redact(group.account, [NUMBER], by=account_admin)
    assert receipt
    Redaction.objects.update(cleaned=timezone.now(), indexes_cleaned=timezone.now())
    comes(NUMBER, "Hello, it's Dana", at=written)

    receipt.refresh_from_db()
    assert (receipt.cleaned, receipt.indexes_cleaned) == (None, None)


def test_a_text_after_the_redaction_is_that_of_a_brand_new_contact(group: Group, account_admin: User) -> None:
    members(group, NUMBER)
    comes(NUMBER, "Hello")
    redact(group.account, [NUMBER], by=account_admin)
    comes(NUMBER, "Me again", at=timezone.now() + timedelta(seconds=1))

    assert Contact.objects.filter(phone=NUMBER).get().source == Contact.Source.TEXTED_IN
    assert Contact.objects.count() == 2
    assert [text.body for text in Message.objects.order_by("pk")] == ["", "Me again"]


def test_a_text_that_waits_goes_with_a_redaction(group: Group, account_admin: User) -> None:
    members(group, NUMBER)
    receive("simulator", Inbound("1", OUR_NUMBER, NUMBER, "Hello", timezone.now()))
    redact(group.account, [NUMBER], by=account_admin)
    assert not InboundText.objects.exists()


def test_the_time_of_a_redacted_phone_s_text_is_asked_for(
    group: Group, account_admin: User, carrier: Carrier, monkeypatch: pytest.MonkeyPatch
) -> None:
    members(group, NUMBER)
    written = timezone.now()
    redact(group.account, [NUMBER], by=account_admin)
    monkeypatch.setattr(carrier, "written", lambda _: written)
    comes(NUMBER, "Hello", timed=False)

    assert AuditEntry.objects.filter(action="drop_text").exists()
    assert not Contact.objects.filter(phone=NUMBER).exists()


def test_what_was_taken_in_leaves_no_words_in_the_inbox(group: Group) -> None:
    comes(NUMBER, "Hello")
    text = InboundText.objects.get()
    assert (text.body, text.media) == ("", [])
    assert text.taken


def test_all_providers_of_the_settings_can_be_had() -> None:
    assert [name for name, _ in providers.offered()] == ["simulator"]
    assert providers.at("simulator")
    with pytest.raises(LookupError):
        providers.at("twilio")


def test_what_tells_a_repetition_is_kept_for_a_month(group: Group) -> None:
    comes(NUMBER, "Hello")
    tidy()
    assert InboundText.objects.exists()

    with time_machine.travel(timezone.now() + timedelta(days=31)):
        tidy()
    assert not InboundText.objects.exists()
    assert Message.objects.get().body == "Hello"
