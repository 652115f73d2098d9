"""What a webhook did not bring is taken in from the provider's list of the last three days (R8.5)."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from compliance.actions.redact import redact
from contacts import digests
from contacts.conversations.actions import number as numbers
from contacts.conversations.actions import receive
from contacts.conversations.actions.reconcile import reconcile
from contacts.conversations.models import InboundText, Message, SendingNumber
from contacts.conversations.providers.base import Inbound, NoAnswer
from contacts.conversations.tasks.inbound import take_in_waiting
from contacts.models import Contact, OptOut
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import members, phone
from tests.conversations.factories import OUR_NUMBER, Carrier, comes, give_number

NUMBER = phone(1)


class Archive(Carrier):
    """A carrier that lists what it was given."""

    def __init__(self, *texts: Inbound) -> None:
        super().__init__()
        self.listed, self.asked = list(texts), list[tuple[str, datetime]]()

    def texts_since(self, number: str, since: datetime) -> Iterator[Inbound]:
        self.asked.append((number, since))
        yield from (text for text in self.listed if text.number == number)


@pytest.fixture
def archive(group: Group, monkeypatch: pytest.MonkeyPatch) -> Archive:
    give_number(group)
    members(group, NUMBER)
    made = Archive(Inbound("SM1", OUR_NUMBER, NUMBER, "STOP", timezone.now()))
    monkeypatch.setattr("contacts.conversations.providers.at", lambda _: made)
    return made


def test_a_stop_that_no_webhook_brought_is_taken_in_once(archive: Archive) -> None:
    assert [reconcile(), reconcile()] == [1, 0]
    take_in_waiting.func()

    assert OptOut.objects.open().get().evidence.count() == 1
    assert Message.objects.filter(direction="in").count() == 1
    number, since = archive.asked[0]
    assert number == OUR_NUMBER
    assert timedelta(days=3) - timedelta(minutes=1) < timezone.now() - since < timedelta(days=3) + timedelta(minutes=1)


def test_what_a_webhook_brought_is_not_taken_in_again(archive: Archive) -> None:
    comes(NUMBER, "STOP", name="SM1")
    assert reconcile() == 0
    assert Message.objects.filter(direction="in").count() == 1


def test_a_number_that_was_taken_away_lately_is_asked_for_too(group: Group, archive: Archive) -> None:
    numbers.take_away(group, by=None)
    assert reconcile() == 1

    SendingNumber.objects.update(until=timezone.now() - timedelta(days=4))
    archive.asked.clear()
    reconcile()
    assert not archive.asked


def test_what_was_erased_does_not_come_back_and_is_counted_once(
    group: Group, archive: Archive, account_admin: User
) -> None:
    reconcile()
    redact(group.account, [NUMBER], by=account_admin)
    for _ in range(3):
        reconcile()
        take_in_waiting.func()

    assert not Contact.objects.filter(phone=NUMBER).exists()
    assert not InboundText.objects.exclude(phone="").exists()
    assert AuditEntry.objects.filter(action="drop_text").count() == 1


def test_a_number_that_cannot_be_listed_holds_up_none_of_the_others(
    group: Group, other_group: Group, archive: Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_number(other_group, "+12065550000")
    list_of = archive.texts_since

    def failing(number: str, since: datetime) -> Iterator[Inbound]:
        if number == "+12065550000":
            raise NoAnswer
        return list_of(number, since)

    monkeypatch.setattr(archive, "texts_since", failing)
    with pytest.raises(ExceptionGroup):
        reconcile()
    take_in_waiting.func()
    assert OptOut.objects.open().exists()


def test_an_unknown_sender_s_text_holds_up_no_stop_while_the_secrets_are_others(archive: Archive) -> None:
    archive.listed.insert(0, Inbound("SM0", OUR_NUMBER, phone(2), "Hello", timezone.now()))
    digests.require()
    with override_settings(DIGEST_SECRETS=["2:" + "2b" * 32]), pytest.raises(ExceptionGroup) as told:
        reconcile()
    assert told.group_contains(digests.KeyProblem)
    take_in_waiting.func()
    assert [episode.phone for episode in OptOut.objects.open()] == [NUMBER]


def test_what_was_erased_is_not_even_written_down_again(
    group: Group, archive: Archive, account_admin: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    redact(group.account, [NUMBER], by=account_admin)
    monkeypatch.setattr(receive, "receive", lambda *_: pytest.fail("It was written down."))
    assert [reconcile(), reconcile()] == [0, 0]
    assert AuditEntry.objects.filter(action="drop_text").count() == 1
