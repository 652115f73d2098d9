"""A closing text may follow the opt-out that an agent makes in a thread: one, once, if it is offered (R4.3)."""

from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions import number as numbers
from contacts.conversations.actions.closing import opt_out_from_thread
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.wording import create_closing, retire_closing
from contacts.conversations.models import ClosingText, Conversation, Message
from contacts.models import OptOut
from groups.models import AuditEntry, Group, Organization, RoleKind, User
from tests.contacts.factories import members, phone
from tests.conversations.factories import Carrier, give_number, named, redact, talk
from tests.people import client_of, person

NUMBER = phone(1)
WORDS = "Understood. You get no more texts from Riverside Neighbors."


@pytest.fixture
def dana(group: Group, agent: User) -> Conversation:
    give_number(group)
    named(group, NUMBER, "Dana", "Whitfield")
    talk(group, NUMBER, "Hi Dana", "I moved away", agent=agent)
    return Conversation.objects.select_related("contact", "group__organization").get()


@pytest.fixture
def closing(organization: Organization, group_admin: User) -> ClosingText:
    return create_closing(organization, text=WORDS, by=group_admin)


@pytest.fixture
def client(agent: User) -> Client:
    return client_of(agent)


def confirm(dana: Conversation) -> str:
    return reverse("conversations:confirm_opt_out", args=[dana.group_id, dana.pk])


def asked(client: Client, dana: Conversation) -> str:
    return words(client.get(confirm(dana)).text)


def opted_out(client: Client, dana: Conversation, closing: object) -> str:
    return words(client.post(confirm(dana), {"reason": "", "closing": str(closing)}, follow=True).text)


def words(page: str) -> str:
    return " ".join(unescape(page).split())


def texts() -> list[str]:
    return list(Message.objects.filter(episode__isnull=False).values_list("body", flat=True))


def test_the_agent_may_choose_a_closing_text_and_none_is_chosen_for_them(
    client: Client, dana: Conversation, closing: ClosingText
) -> None:
    page = asked(client, dana)
    assert '<input type="radio" name="closing" value="" checked> None' in page
    assert WORDS in page

    assert "Opted out of Riverside Neighbors." in opted_out(client, dana, "")
    assert not Message.objects.waiting().exists()


def test_the_closing_text_is_the_one_text_of_the_episode(
    client: Client, dana: Conversation, closing: ClosingText, agent: User, carrier: Carrier
) -> None:
    keep(dana.group, [Text(dana.contact_id, "Soon", timezone.now(), Message.State.QUEUED)])
    page = opted_out(client, dana, closing.pk)

    assert "Opted out of Riverside Neighbors. The closing text is on its way." in page
    text = Message.objects.waiting().get()
    assert (text.body, text.agent, text.episode) == (WORDS, agent, OptOut.objects.get())
    assert AuditEntry.objects.filter(action="opt_out").count() == 1
    for waiting in Message.objects.order_by("pk"):
        send_now(waiting.pk)
    assert [left.body for left in carrier.texts] == [WORDS]
    assert "Tess Lindqvist · Closing text ·" in words(
        client.get(reverse("conversations:thread", args=[dana.group_id, dana.pk])).text
    )


def test_nothing_follows_where_they_had_opted_out_already(
    client: Client, dana: Conversation, closing: ClosingText, organization: Organization
) -> None:
    opt_out(organization, [NUMBER], by=None, source="keyword", text="STOP")
    page = opted_out(client, dana, closing.pk)

    assert "They had opted out already. Your request was kept with it. No closing text is sent to them." in page
    assert texts() == []


def test_a_second_press_sends_no_second_text(client: Client, dana: Conversation, closing: ClosingText) -> None:
    for _ in range(2):
        opted_out(client, dana, closing.pk)
    assert texts() == [WORDS]


def test_one_that_was_retired_meanwhile_is_named_and_opts_nobody_out(
    client: Client, dana: Conversation, closing: ClosingText, group_admin: User
) -> None:
    retire_closing(closing, by=group_admin)
    page = opted_out(client, dana, closing.pk)

    assert f"Nobody was opted out: “{WORDS}” is not offered any more." in page
    assert "Opt out Dana Whitfield?" in page
    assert not OptOut.objects.exists()


@pytest.mark.parametrize("key", ["x", "0", "-1", "9" * 30, "9" * 5000, "٣", "foreign"])
def test_one_that_is_not_offered_opts_nobody_out(
    client: Client, dana: Conversation, closing: ClosingText, foreign_group: Group, outsider: User, key: str
) -> None:
    foreign = create_closing(foreign_group.organization, text="Foreign words, no more texts.", by=outsider)
    page = opted_out(client, dana, foreign.pk if key == "foreign" else key)

    assert "Nobody was opted out: this text is not offered any more." in page
    assert "Foreign words" not in page
    assert not OptOut.objects.exists()


def forbid(state: str, group: Group) -> None:
    by_state: dict[str, Callable[[], object]] = {
        "inactive": lambda: make_inactive(group, members(group, NUMBER), by=None),
        "on hold": lambda: open_hold(group.organization, NUMBER, text="stop it", group=group),
        "without a number": lambda: numbers.take_away(group, by=None),
        "archived": lambda: Group.objects.filter(pk=group.pk).update(archived=timezone.now()),
    }
    by_state[state]()


@pytest.mark.parametrize("state", ["inactive", "on hold", "without a number", "archived"])
def test_none_is_offered_or_sent_where_the_agent_may_not_write(
    client: Client, group: Group, dana: Conversation, closing: ClosingText, state: str
) -> None:
    forbid(state, group)
    assert WORDS not in asked(client, dana)

    assert "Opted out of Riverside Neighbors. No closing text is sent to them." in opted_out(client, dana, closing.pk)
    assert OptOut.objects.exists()
    assert texts() == []


def test_nothing_happens_in_a_colleague_s_thread_or_to_somebody_erased(
    group: Group, dana: Conversation, closing: ClosingText, agent: User
) -> None:
    colleague = person("Jo Feldman", RoleKind.AGENT, group)
    assign(group, members(group, NUMBER), agent=colleague, by=None)
    assert opt_out_from_thread(dana, by=agent, closing=WORDS).text is None

    redact(group.memberships.get())
    assert opt_out_from_thread(dana, by=colleague, closing=WORDS).text is None
    assert not OptOut.objects.exists()
    assert texts() == []
