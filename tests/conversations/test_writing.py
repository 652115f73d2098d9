"""One text of each form, one agent at a time, whoever posts at once; what a page without a load is answered (R7.2)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions import write as writes
from contacts.conversations.actions.write import NotTheirs, SomebodyWrites, claim, write
from contacts.conversations.models import Conversation, Message
from contacts.conversations.views import writing
from groups.actions.role import end_role
from groups.models import Group, RoleKind, User
from tests.contacts.factories import members, phone
from tests.contacts.racing import overlap, raised, together
from tests.conversations.factories import give_number, named, talk, wrote
from tests.people import client_of, person, role_of

NUMBER = phone(1)


@pytest.fixture
def dana(group: Group, agent: User) -> Conversation:
    give_number(group)
    named(group, NUMBER, "Dana", "Whitfield")
    talk(group, NUMBER, "Hi Dana", "Who is this?", agent=agent)
    return fresh()


@pytest.fixture
def colleague(group: Group) -> User:
    return person("Priya Raman", RoleKind.AGENT, group)


@pytest.fixture
def client(agent: User) -> Client:
    return client_of(agent)


def fresh() -> Conversation:
    return Conversation.objects.select_related("contact", "group__organization").get(contact__phone=NUMBER)


def at(name: str = "send") -> str:
    thread = fresh()
    return reverse(f"conversations:{name}", args=[thread.group_id, thread.pk])


def post(client: Client, body: str = "A volunteer", key: object = None, **headers: str) -> Any:
    return client.post(at(), {"body": body, "key": str(key or uuid4())}, headers=headers)


def waiting() -> list[str]:
    return list(Message.objects.waiting().order_by("pk").values_list("body", flat=True))


# Once.


def test_a_text_that_was_changed_after_it_was_sent_is_not_taken_for_the_one_that_was(
    client: Client, dana: Conversation
) -> None:
    key = uuid4()
    post(client, "At seven", key)
    said = post(client, "At eight", key)

    assert "This was sent already as it was before you changed it" in said.text
    assert "At eight</textarea>" in said.text
    assert str(said.context["key"]) != str(key)
    assert waiting() == ["At seven"]


def test_a_key_of_another_thread_or_agent_keeps_no_text_from_being_sent(
    client: Client, group: Group, dana: Conversation, colleague: User
) -> None:
    key = uuid4()
    post(client, "Mine", key)
    other = talk(group, phone(2), "Hello")
    client.post(reverse("conversations:send", args=[group.pk, other.pk]), {"body": "Elsewhere", "key": str(key)})
    Conversation.objects.update(writer=None)
    post(client_of(colleague), "Theirs", key)

    assert waiting() == ["Mine", "Elsewhere", "Theirs"]


def test_a_line_break_is_one_character_and_stays_one(client: Client, dana: Conversation) -> None:
    post(client, "x\r\n" * 800)
    assert waiting() == [("x\n" * 800).strip()]


@pytest.mark.django_db(transaction=True)
def test_of_two_posts_of_one_form_at_once_one_is_sent(dana: Conversation, agent: User) -> None:
    key = uuid4()
    results = together(*[lambda: write(fresh(), "At seven", by=agent, key=key)] * 2)

    assert results[0] == results[1]
    assert waiting() == ["At seven"]


@pytest.mark.django_db(transaction=True)
def test_a_second_post_of_one_form_waits_for_the_first(
    dana: Conversation, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    key = uuid4()

    def post() -> Message:
        return write(fresh(), "At seven", by=agent, key=key)

    results = overlap(monkeypatch, post, post, at=(writes, "claim"))
    assert results[0] == results[1]
    assert waiting() == ["At seven"]


# One at a time.


@pytest.mark.django_db(transaction=True)
def test_of_two_agents_who_send_at_once_one_is_told_who_writes(
    dana: Conversation, agent: User, colleague: User
) -> None:
    results = together(
        lambda: write(fresh(), "Mine", by=agent, key=uuid4()),
        lambda: write(fresh(), "Theirs", by=colleague, key=uuid4()),
    )

    assert [type(error) for error in raised(results)] == [SomebodyWrites]
    assert len(waiting()) == 1


@pytest.mark.django_db(transaction=True)
def test_of_two_who_claim_at_once_one_holds_the_thread(dana: Conversation, agent: User, colleague: User) -> None:
    results = together(lambda: claim(fresh(), by=agent), lambda: claim(fresh(), by=colleague))

    (lost,) = raised(results)
    assert isinstance(lost, SomebodyWrites)
    assert lost.writer == fresh().writer


def test_ones_own_claim_locks_nobody_out_of_ones_own_box(client: Client, dana: Conversation) -> None:
    client.post(at("claim"))
    page = client.get(at("thread"))

    assert page.context["writer"] is None
    assert "readonly" not in page.text


def test_a_claim_does_not_reach_a_thread_that_is_not_theirs(
    client: Client, group: Group, dana: Conversation, colleague: User
) -> None:
    assign(group, members(group, NUMBER), agent=colleague, by=None)
    assert client.post(at("claim")).status_code == 404
    assert fresh().writer is None


# Rights that are lost meanwhile.


@pytest.mark.parametrize("lost", ["role", "thread"])
def test_whoever_loses_the_thread_between_page_and_send_sends_nothing(
    client: Client,
    group: Group,
    dana: Conversation,
    agent: User,
    colleague: User,
    monkeypatch: pytest.MonkeyPatch,
    lost: str,
) -> None:
    write = writing.write.write

    def late(*args: Any, **kwargs: Any) -> Message:
        if lost == "role":
            end_role(agent.roles.get(), by=None)
        else:
            assign(group, members(group, NUMBER), agent=colleague, by=None)
        return write(*args, **kwargs)

    monkeypatch.setattr(writing.write, "write", late)
    assert post(client).status_code == 404
    assert waiting() == []
    assert fresh().writer is None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("lost", ["role", "thread"])
def test_a_right_that_ends_while_a_text_is_written_ends_after_it_or_before(
    group: Group,
    dana: Conversation,
    agent: User,
    colleague: User,
    monkeypatch: pytest.MonkeyPatch,
    lost: str,
) -> None:
    def lose() -> object:
        if lost == "role":
            return end_role(agent.roles.get(), by=None)
        return assign(group, members(group, NUMBER), agent=colleague, by=None)

    done: list[str] = []

    def told(name: str, act: Callable[[], object]) -> Callable[[], object]:
        def acting() -> object:
            try:
                return act()
            finally:
                done.append(name)

        return acting

    results = overlap(
        monkeypatch,
        told("write", lambda: write(fresh(), "At seven", by=agent, key=uuid4())),
        told("lose", lose),
        at=(writes, "claim"),
    )
    assert raised(results) == []
    assert waiting() == ["At seven"]
    assert done == ["write", "lose"]
    with pytest.raises(NotTheirs):
        wrote(fresh(), "More", agent)


def test_an_admin_of_the_group_who_is_no_agent_of_it_writes_only_once_they_are(
    group: Group, dana: Conversation, group_admin: User
) -> None:
    with pytest.raises(NotTheirs):
        wrote(dana, "Hello", group_admin)
    role_of(group_admin, RoleKind.AGENT, group)
    assert wrote(dana, "Hello", group_admin)


def test_without_the_secrets_nothing_is_sent_and_the_words_are_kept(client: Client, dana: Conversation) -> None:
    with override_settings(DIGEST_SECRETS=["2:" + "2b" * 32]):
        said = post(client, "At seven")

    assert "Nothing was sent." in said.text
    assert "At seven</textarea>" in said.text
    assert waiting() == []


# Without a load.


def test_the_answer_to_a_text_is_what_it_changes_and_not_the_box(client: Client, dana: Conversation) -> None:
    key = uuid4()
    answer = post(client, "At seven", key, **{"HX-Request": "true"})

    assert answer.headers["HX-Trigger-After-Swap"] == '{"taken": {}}'
    assert "<!doctype" not in answer.text
    assert 'id="texts" data-live hx-swap-oob="true"' in answer.text
    assert "At seven" in answer.text
    assert str(answer.context["key"]) != str(key)


def test_a_refusal_does_not_say_that_the_text_was_taken(
    client: Client, group: Group, dana: Conversation, colleague: User
) -> None:
    claim(dana, by=colleague)
    busy = post(client, **{"HX-Request": "true"})
    assert "HX-Trigger-After-Swap" not in busy.headers
    assert "Priya Raman is writing here" in busy.text

    make_inactive(group, members(group, NUMBER), by=None)
    forbidden = post(client, "At seven", **{"HX-Request": "true"})
    assert "HX-Trigger-After-Swap" not in forbidden.headers
    assert 'id="composer" data-live="said" hx-swap-oob="true"' in forbidden.text
    assert "At seven</textarea>" in forbidden.text


def test_sending_takes_as_many_queries_in_a_long_thread_as_in_a_short_one(
    client: Client,
    group: Group,
    dana: Conversation,
    agent: User,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked, refuse_lazy_fetches():
            assert post(client, **{"HX-Request": "true"}).status_code == 200
        return len(asked)

    queries()
    before = queries()
    talk(group, NUMBER, *"abcdefgh", agent=agent)
    assert queries() == before


@pytest.mark.django_db(transaction=True)
def test_a_text_written_while_they_opt_out_is_refused_or_cancelled(
    group: Group, dana: Conversation, agent: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlap(
        monkeypatch,
        lambda: write(fresh(), "At seven", by=agent, key=uuid4()),
        lambda: opt_out(group.organization, [NUMBER], by=None, source="keyword", text="STOP", group=group),
        at=(writes, "claim"),
    )
    assert waiting() == []
    assert Message.objects.get(body="At seven").refusal == "opted_out"
