"""Texts stand on a contact's timeline where the reader may review them, and it may be narrowed to them (R6.3)."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from contacts.actions.membership import make_inactive
from contacts.conversations.models import Message
from contacts.timeline import Event
from groups.models import Group, Organization, RoleKind, User
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import campaign, redact, talk
from tests.people import GroupFactory, client_of, role_of

NUMBER = phone(1)


@pytest.fixture
def client(group_admin: User) -> Client:
    return client_of(group_admin)


def page_of(client: Client, group: Group, **query: str) -> Any:
    return client.get(reverse("contacts:contact", args=[group.pk, member(group, NUMBER).contact_id]), query)


def events(page: Any) -> list[Event]:
    return [event for day in page.context["timeline"] for event in day.events]


def told(page: Any) -> list[tuple[str, str, str]]:
    return [(" ".join(filter(None, [event.strong, event.place])), event.who, event.note) for event in events(page)]


def test_texts_stand_among_what_changed_in_their_order(
    client: Client, group: Group, agent: User, group_admin: User
) -> None:
    conversation = talk(group, NUMBER, "Can you come?", "I moved <b>to</b> Harbor", agent=agent)
    conversation.messages.filter(direction="out").update(goal=campaign(group, group_admin))
    make_inactive(group, group.memberships.all(), by=group_admin)

    page = page_of(client, group)

    assert told(page)[0][0] == "Made inactive in Eastside Canvass"
    assert told(page)[-2:] == [
        ("Texted Eastside Canvass", "", "I moved <b>to</b> Harbor"),
        ("Text sent from Eastside Canvass, goal “Ward meeting”", f"{agent.name} · Delivered", ""),
    ]
    assert "I moved &lt;b&gt;to&lt;/b&gt; Harbor" in page.content.decode()
    times = [event.time for event in events(page)]
    assert times == sorted(times, reverse=True)


@pytest.mark.parametrize(("state", "words"), [("queued", "Text queued from"), ("cancelled", "Text cancelled from")])
def test_what_did_not_leave_is_not_told_as_sent(
    client: Client, group: Group, agent: User, state: str, words: str
) -> None:
    talk(group, NUMBER, "Can you come?", agent=agent)
    Message.objects.update(state=state, refusal="opted_out")
    assert told(page_of(client, group, show="texts"))[0][0].startswith(words)


@pytest.mark.parametrize(
    ("show", "texts", "changes"), [("", True, True), ("texts", True, False), ("changes", False, True)]
)
def test_a_timeline_is_narrowed_to_texts_or_changes(
    client: Client, group: Group, show: str, texts: bool, changes: bool
) -> None:
    talk(group, NUMBER, "Hello")
    glyphs = {event.glyph for event in events(page_of(client, group, show=show))}
    assert ("in" in glyphs, "plus" in glyphs) == (texts, changes)


@pytest.mark.parametrize("query", [{"show": "nonsense"}, {"nonsense": "1"}])
def test_a_filter_that_nobody_knows_shows_nothing_and_says_so(
    client: Client, group: Group, query: dict[str, str]
) -> None:
    talk(group, NUMBER, "Hello")
    page = page_of(client, group, **query)
    assert (page.status_code, events(page)) == (200, [])
    assert "filter that we don't know" in page.content.decode().replace("&#x27;", "'")


def test_htmx_gets_the_timeline_alone(client: Client, group: Group) -> None:
    talk(group, NUMBER, "Hello")
    url = reverse("contacts:contact", args=[group.pk, member(group, NUMBER).contact_id])
    part = client.get(url, {"show": "texts"}, headers={"HX-Request": "true"}).content.decode().strip()
    assert part.startswith('<section class="timeline"')
    assert part.endswith("</section>")


def test_texts_of_a_group_that_the_reader_may_not_review_are_not_told(
    group: Group, organization: Organization, group_admin: User
) -> None:
    west = GroupFactory.create(organization=organization, name="West Ward")
    talk(group, NUMBER, "Said here")
    talk(west, NUMBER, "Said there")
    role_of(group_admin, RoleKind.AGENT, west)

    page = page_of(client_of(group_admin), group)
    assert [note for _, _, note in told(page) if note] == ["Said here"]

    role_of(group_admin, RoleKind.GROUP_ADMIN, west)
    page = page_of(client_of(group_admin), group)
    assert {note for _, _, note in told(page) if note} == {"Said here", "Said there"}


def test_an_organization_admin_reads_the_texts_of_all_groups(
    group: Group, organization: Organization, organization_admin: User
) -> None:
    west = GroupFactory.create(organization=organization, name="West Ward")
    members(group, NUMBER)
    talk(west, NUMBER, "Said there")
    page = page_of(client_of(organization_admin), group, show="texts")
    assert [note for _, _, note in told(page)] == ["Said there"]


def test_what_was_erased_is_told_as_redacted(client: Client, group: Group) -> None:
    contact = talk(group, NUMBER, "Hello").contact
    redact(group.memberships.get(contact=contact))
    url = reverse("contacts:contact", args=[group.pk, contact.pk])
    assert [note for _, _, note in told(client.get(url, {"show": "texts"}))] == ["[redacted]"]


def test_many_texts_take_as_many_queries_as_one(client: Client, group: Group, agent: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            page_of(client, group)
        return len(captured)

    talk(group, NUMBER, "Hello", "Hi", agent=agent)
    queries()
    few = queries()
    talk(group, NUMBER, *["Hello", "Hi"] * 10, agent=agent)
    assert queries() == few
