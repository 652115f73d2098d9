"""An agent sends from the thread: once for each form, where the gate allows it, one agent at a time (R4.9, R7.2)."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.send import send_now
from contacts.conversations.models import Conversation, Message
from contacts.conversations.providers.base import Handed, NoAnswer
from groups.models import Group, RoleKind, User
from tests.contacts.factories import members, phone
from tests.conversations.factories import Carrier, comes, give_number, named, talk, wrote
from tests.people import client_of, person

NUMBER = phone(1)


@pytest.fixture
def dana(group: Group, agent: User) -> Conversation:
    give_number(group)
    talk(group, NUMBER, "Hi, this is Tess", "Who is this?", agent=agent)
    named(group, NUMBER, "Dana", "Reyes")
    return Conversation.objects.select_related("contact", "group__organization").get()


@pytest.fixture
def browser(agent: User) -> Client:
    return client_of(agent)


@pytest.fixture
def colleague(group: Group) -> User:
    return person("Priya Nair", RoleKind.AGENT, group)


def at(dana: Conversation, name: str = "thread") -> str:
    return reverse(f"conversations:{name}", args=[dana.group_id, dana.pk])


def page(client: Client, dana: Conversation) -> str:
    return " ".join(client.get(at(dana)).text.split())


def post(client: Client, dana: Conversation, body: str = "A volunteer", key: object = None) -> str:
    """Send it; what the page says after that."""
    told = {"body": body, "key": str(key or uuid4())}
    return " ".join(client.post(at(dana, "send"), told, follow=True).text.split())


def ours() -> list[str]:
    return list(
        Message.objects.filter(direction="out", agent__isnull=False).order_by("pk").values_list("body", flat=True)
    )


def test_the_agent_s_text_is_queued_in_their_name(browser: Client, dana: Conversation, agent: User) -> None:
    said = post(browser, dana, "A volunteer\nin your ward")

    text = Message.objects.waiting().get()
    assert (text.body, text.agent, text.conversation) == ("A volunteer\nin your ward", agent, dana)
    assert "Queued" in said


def test_a_form_that_is_sent_twice_sends_once(browser: Client, dana: Conversation) -> None:
    key = uuid4()
    for _ in range(3):
        post(browser, dana, "A volunteer", key)
    assert ours() == ["Hi, this is Tess", "A volunteer"]


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ("", "write a text first"),
        (" \n ", "write a text first"),
        ("\u200b\u2060", "there is nothing to be seen in this text"),
        ("x" * 1601, "at most 1,600 characters, this one 1,601"),
        ("a\x00b", "a character that can&#x27;t be sent (NUL)"),
    ],
)
def test_what_cannot_be_sent_is_told_and_kept(browser: Client, dana: Conversation, body: str, sentence: str) -> None:
    said = post(browser, dana, body)

    assert sentence in said
    assert not Message.objects.waiting().exists()
    assert body.strip()[:50] in said


@pytest.mark.parametrize("key", ["", "1", "no key"])
def test_a_form_without_its_key_sends_nothing_and_keeps_the_words(
    browser: Client, dana: Conversation, key: str
) -> None:
    answer = browser.post(at(dana, "send"), {"body": "A volunteer", "key": key})
    assert "this page is out of date" in answer.text
    assert "A volunteer</textarea>" in answer.text
    assert not Message.objects.waiting().exists()


def test_the_gate_s_cause_is_told_where_it_forbids_the_text(browser: Client, group: Group, dana: Conversation) -> None:
    make_inactive(group, members(group, NUMBER), by=None)
    said = post(browser, dana)

    assert "You can&#x27;t text Dana here" in said
    assert "Inactive in Eastside Canvass" in said
    assert not Message.objects.waiting().exists()


def test_a_group_without_a_number_says_so(browser: Client, group: Group, dana: Conversation) -> None:
    numbers.take_away(group, by=None)
    assert "This group has no number to text from yet" in page(browser, dana)


def test_another_agent_is_told_who_writes_and_keeps_their_words(
    browser: Client, dana: Conversation, colleague: User
) -> None:
    other = client_of(colleague)
    assert browser.post(at(dana, "claim")).status_code == 200
    other.post(at(dana, "claim"))
    assert "Tess Lindqvist is writing here" in page(other, dana)
    assert "is writing here" not in page(browser, dana)

    said = post(other, dana, "My own words")
    assert "Tess Lindqvist is writing in this thread" in said
    assert "My own words</textarea>" in said
    assert not Message.objects.waiting().exists()

    with time_machine.travel(timezone.now() + timedelta(minutes=2, seconds=1)):
        assert "is writing here" not in page(other, dana)
        assert "Queued" in post(other, dana)


def test_the_thread_of_a_colleague_takes_no_text(
    browser: Client, group: Group, dana: Conversation, colleague: User
) -> None:
    assign(group, members(group, NUMBER), agent=colleague, by=None)
    for name in ("send", "claim"):
        assert browser.post(at(dana, name), {"body": "Hi", "key": str(uuid4())}).status_code == 404
    assert not Message.objects.waiting().exists()


def test_admins_without_the_role_and_strangers_send_nothing(
    dana: Conversation, group_admin: User, outsider: User
) -> None:
    for user, status in ((group_admin, 403), (outsider, 404)):
        answer = client_of(user).post(at(dana, "send"), {"body": "Hi", "key": str(uuid4())})
        assert answer.status_code == status
    assert not Message.objects.waiting().exists()


@pytest.mark.parametrize("name", ["send", "claim"])
def test_a_visit_changes_nothing(browser: Client, dana: Conversation, name: str) -> None:
    assert browser.get(at(dana, name)).status_code == 405


# What became of a text.


def test_the_thread_says_how_far_a_text_got(
    browser: Client, group: Group, dana: Conversation, agent: User, carrier: Carrier
) -> None:
    text = wrote(dana, "A volunteer", agent)
    assert "Queued" in page(browser, dana)

    def silent(_: object) -> Handed:
        raise NoAnswer

    carrier.answer = silent
    send_now(text.pk)
    assert "Handing over" in page(browser, dana)
    with time_machine.travel(timezone.now() + timedelta(minutes=1, seconds=1)):
        assert "No answer from the carrier: it may have arrived, and is not sent again" in page(browser, dana)


def test_a_text_that_was_under_way_when_they_opted_out_says_so(
    browser: Client, group: Group, dana: Conversation, agent: User, carrier: Carrier
) -> None:
    text = wrote(dana, "A volunteer", agent)

    def meanwhile(_: object) -> Handed:
        opt_out(group.organization, [NUMBER], by=None, source="keyword", text="STOP", group=group)
        return Handed("C1", delivered=True)

    carrier.answer = meanwhile
    send_now(text.pk)
    assert "Delivered, under way when they opted out" in page(browser, dana)


def test_a_text_that_they_opted_out_before_says_so(
    browser: Client, group: Group, dana: Conversation, agent: User, carrier: Carrier
) -> None:
    text = wrote(dana, "A volunteer", agent)
    comes(NUMBER, "STOP")
    for waiting in Message.objects.waiting():
        send_now(waiting.pk)
    send_now(text.pk)

    said = page(browser, dana)
    assert "Not sent: they opted out first" in said
    assert "Confirms the opt-out" in said
    assert "under way" not in said
