"""Review: an agent's conversations, one beside the list, and what can be done about it (R3.3, R4.2, R7.3)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from contacts.actions.hold import open_hold
from contacts.actions.membership import assign, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.actions.tag import retire
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.history import MOST
from contacts.conversations.models import Conversation, Message
from contacts.models import ContactTag, OptOut
from groups.actions.role import end_role
from groups.models import AuditEntry, Group, RoleKind, User
from tests.contacts.factories import arrive, member, members, phone, reason
from tests.conversations.factories import campaign, conversation, give_number, named, redact, talk
from tests.people import client_of, person

HTMX = {"HX-Request": "true"}


@pytest.fixture
def dana(group: Group, agent: User) -> Conversation:
    """Dana Whitfield, to whom the agent wrote."""
    named(group, phone(1), "Dana", "Whitfield")
    return talk(group, phone(1), "Hi Dana", "Sure, what time?", agent=agent)


@pytest.fixture
def client(group_admin: User) -> Client:
    return client_of(group_admin)


def at(group: Group, agent: User, open_one: Conversation | None = None, name: str = "") -> str:
    if open_one is None:
        return reverse("conversations:review", args=[group.pk, agent.pk])
    return reverse(f"conversations:{name or 'conversation'}", args=[group.pk, agent.pk, open_one.pk])


def text(client: Client, address: str, **query: str) -> str:
    response = client.get(address, query)
    assert response.status_code == 200
    return " ".join(unescape(response.content.decode()).split())


def listed(client: Client, address: str, **query: str | int) -> list[str]:
    return [line.name for line in client.get(address, query).context["lines"]]


def counts(client: Client, address: str, **query: str) -> dict[str, int]:
    return {segment.label: segment.count for segment in client.get(address, query).context["segments"]}


# Whose conversations.


def test_the_names_of_agents_lead_to_their_conversations_those_removed_since_too(
    client: Client, group: Group, agent: User, group_admin: User
) -> None:
    gone = person("Lin Zhao", RoleKind.AGENT, group)
    end_role(gone.roles.get(), by=group_admin)

    page = text(client, reverse("groups:agents", args=[group.pk]))

    for user in (agent, gone):
        assert f'<a href="{at(group, user)}">{user.name}</a>' in page


def test_the_list_shows_conversations_that_they_wrote_in_or_have_now_the_newest_first(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    other = person("Jo Feldman", RoleKind.AGENT, group)
    now = timezone.now()
    for number, name, writer in ((2, "Ravi", other), (3, "Mei", other), (4, "Ada", agent)):
        named(group, phone(number), name)
        talk(group, phone(number), "Hi", agent=writer, at=now - timedelta(minutes=number))
    assign(group, members(group, phone(3), phone(5)), agent=agent, by=group_admin)

    assert listed(client, at(group, agent)) == ["Mei", "Ada", "Dana Whitfield"]
    assert listed(client, at(group, other)) == ["Ravi", "Mei"]


def test_a_removed_agents_conversations_stay_under_their_name(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    assign(group, members(group, phone(1)), agent=agent, by=group_admin)
    end_role(agent.roles.get(), by=group_admin)

    assert listed(client, at(group, agent)) == ["Dana Whitfield"]
    page = text(client, at(group, agent, dana))
    assert "Tess Lindqvist ·" in page
    assert "Unassigned" in page


def test_a_conversation_is_found_only_under_an_agent_whose_it_is(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    other = person("Jo Feldman", RoleKind.AGENT, group)

    for name in ("conversation", "review_opt_out"):
        assert client.get(at(group, other, dana, name)).status_code == 404
    assert client.post(at(group, other, dana, "review_status"), {"action": "deactivate"}).status_code == 404
    assert not member(group, phone(1)).inactive


def test_somebody_who_never_had_a_role_in_the_group_has_no_review_there(
    client: Client, group: Group, foreign_group: Group
) -> None:
    stranger = person("Nia Bour", RoleKind.AGENT, foreign_group)
    talk(foreign_group, phone(9), "Hi", agent=stranger)

    assert client.get(at(group, stranger)).status_code == 404
    assert client.get(at(group, stranger, conversation(foreign_group, phone(9)))).status_code == 404


def test_the_same_agents_conversations_in_another_group_are_not_shown(
    client: Client, group: Group, other_group: Group, agent: User, dana: Conversation
) -> None:
    elsewhere = talk(other_group, phone(2), "Hi", agent=agent)

    assert listed(client, at(group, agent)) == ["Dana Whitfield"]
    assert client.get(at(group, agent, elsewhere)).status_code == 404


# The list.


def test_a_search_finds_part_of_a_name_or_of_a_phone(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    named(group, phone(22), "Zoë", "Silva")
    talk(group, phone(22), "Hi", agent=agent)

    assert listed(client, at(group, agent), q="whit") == ["Dana Whitfield"]
    assert listed(client, at(group, agent), q="0022") == ["Zoë Silva"]
    assert listed(client, at(group, agent), q="(206) 555-0022") == ["Zoë Silva"]
    assert listed(client, at(group, agent), q="nobody") == []
    assert "No conversation matches <strong>nobody</strong> among the 2" in text(client, at(group, agent), q="nobody")


@pytest.fixture
def one_of_each(group: Group, agent: User, group_admin: User, dana: Conversation) -> None:
    """An active, an inactive, an opted-out, a held one, and one who is opted out and inactive."""
    for number in range(2, 6):
        talk(group, phone(number), "Hi", agent=agent)
    make_inactive(group, members(group, phone(2), phone(5)), by=group_admin)
    opt_out(group.organization, [phone(3), phone(5)], by=group_admin, source="admin")
    open_hold(group.organization, phone(4), text="stop it", group=group)


def test_the_status_filter_counts_every_status_that_holds(
    client: Client, group: Group, agent: User, one_of_each: None
) -> None:
    assert counts(client, at(group, agent)) == {
        "All": 5,
        "Active": 1,
        "Inactive": 2,
        "Opted out": 2,
        "On hold": 1,
    }
    assert len(listed(client, at(group, agent), status="inactive")) == 2
    assert listed(client, at(group, agent), status="active") == ["Dana Whitfield"]
    assert counts(client, at(group, agent), q="dana")["All"] == 1
    assert "Opted out" in text(client, at(group, agent), status="opted_out")


@pytest.mark.parametrize(
    "query", ["status=archived", "staus=active", "status=active&status=inactive", "page=0", "page=x", "q=" + "a" * 101]
)
def test_an_unknown_filter_lists_nobody_and_says_so(
    client: Client, group: Group, agent: User, dana: Conversation, query: str
) -> None:
    for address in (at(group, agent), at(group, agent, dana)):
        response = client.get(f"{address}?{query}")
        assert response.status_code == 200
        assert "lines" not in response.context
        assert "Nothing is listed." in response.content.decode()


def test_fifty_stand_on_a_page(client: Client, group: Group, agent: User) -> None:
    rows = members(group, *(phone(number) for number in range(1, 53)))
    now = timezone.now()
    keep(group, [Text(row.contact_id, "Hi", now, Message.State.SENT, agent) for row in rows])

    assert len(listed(client, at(group, agent))) == 50
    assert len(listed(client, at(group, agent), page=2)) == 2


def test_a_line_says_the_status_and_how_the_last_text_begins(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin")

    (line,) = client.get(at(group, agent)).context["lines"]
    assert (line.statuses, line.preview) == (["opted_out"], "Sure, what time?")


def test_list_and_thread_take_as_many_queries_for_many_as_for_one(
    client: Client,
    group: Group,
    agent: User,
    dana: Conversation,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
) -> None:
    def queries() -> int:
        with (
            CaptureQueriesContext(
                connection,
            ) as asked,
            refuse_lazy_fetches(),
        ):
            assert client.get(at(group, agent, dana)).status_code == 200
        return len(asked)

    one = queries()
    goal = campaign(group, agent)
    rows = members(group, *(phone(number) for number in range(2, 30)))
    now = timezone.now()
    keep(group, [Text(row.contact_id, "Hi", now, Message.State.SENT, agent, goal) for row in rows])
    talk(group, phone(1), *"abcdefgh", agent=agent)

    assert queries() == one


# The thread.


def test_the_thread_shows_texts_goals_days_and_changes_of_status_in_their_order(
    client: Client, group: Group, agent: User, group_admin: User
) -> None:
    row = named(group, phone(1), "Dana")
    goal = campaign(group, group_admin)
    begun = timezone.now() - timedelta(days=2)
    keep(group, [Text(row.contact_id, "Hi Dana", begun, Message.State.DELIVERED, agent, goal)])
    talk(group, phone(1), "Who is this?", at=begun + timedelta(minutes=1))
    make_inactive(group, members(group, phone(1)), by=group_admin, note="Moved")

    items = client.get(at(group, agent, conversation(group, phone(1)))).context["history"].items

    said = [getattr(item, "words", "") or item.body for item in items]
    assert said[0].startswith("Goal “Ward meeting” · ")
    assert said[1:4] == ["Hi Dana", "Who is this?", "Today"]
    assert said[4].startswith("Made inactive in Eastside Canvass · Maya Okafor · ")
    assert items[4].note == "Moved"


def test_bodies_are_escaped(client: Client, group: Group, agent: User) -> None:
    named(group, phone(1), "<b>Dana</b>")
    found = talk(group, phone(1), "Hi", "<script>alert(1)</script>", agent=agent)

    page = client.get(at(group, agent, found)).content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert" not in page
    assert "<b>Dana" not in page


def test_a_long_thread_is_read_page_by_page(client: Client, group: Group, agent: User) -> None:
    found = talk(group, phone(1), *(f"Text {number}" for number in range(MOST + 20)), agent=agent)

    page = client.get(at(group, agent, found))
    assert "Text 20<" in page.content.decode()
    assert "Text 19<" not in page.content.decode()
    earlier = client.get(page.context["earlier_url"]).content.decode()
    assert "Text 0<" in earlier
    assert "Text 19<" in earlier
    assert "Text 20<" not in earlier


def test_a_text_of_another_conversation_is_no_place_to_read_from(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    other = talk(group, phone(2), "Hi", agent=agent).messages.get()

    assert client.get(at(group, agent, dana), {"before": other.pk}).status_code == 404
    for hostile in ("x", "-1", "9" * 30):
        assert client.get(at(group, agent, dana), {"before": hostile}).status_code == 200


def test_it_says_that_a_group_without_a_number_can_text_nobody(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    said = "They can't be texted here."
    assert f"{said}</strong> This group has no number to text from yet." in text(client, at(group, agent, dana))
    give_number(group)
    assert said not in text(client, at(group, agent, dana))


def test_it_says_why_they_cannot_be_texted(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)

    assert "They can't be texted here.</strong> Inactive in Eastside Canvass" in text(client, at(group, agent, dana))


def test_names_of_groups_that_the_reader_may_not_see_are_not_told(
    client: Client, group: Group, other_group: Group, agent: User, dana: Conversation, organization_admin: User
) -> None:
    arrive(other_group, phone(1))

    page = text(client, at(group, agent, dana))
    assert other_group.name not in page
    assert "1 that you may not see" in page
    assert other_group.name in text(client_of(organization_admin), at(group, agent, dana))


def test_a_redacted_contact_has_left_the_list_and_their_thread_is_shown_redacted(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    redact(member(group, phone(1)))

    assert listed(client, at(group, agent)) == []
    page = text(client, at(group, agent, dana))
    assert "Whitfield" not in page
    assert "[redacted]" in page
    assert "Their personal data was erased" in page
    assert "Opt out" not in page
    said = text_after(client, at(group, agent, dana, "review_status"), {"action": "opt_out"})
    assert "erased meanwhile. Nothing changed." in said
    assert not OptOut.objects.exists()


# What can be done.


def text_after(client: Client, address: str, body: dict[str, str | int]) -> str:
    return " ".join(client.post(address, body, follow=True).content.decode().split())


def test_deactivate_and_reactivate_by_state(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    act = at(group, agent, dana, "review_status")
    page = text(client, at(group, agent, dana))
    assert 'value="deactivate"' in page
    assert 'value="reactivate"' not in page

    page = text_after(client, act, {"action": "deactivate"})
    assert "Made inactive in Eastside Canvass." in page
    assert 'value="reactivate"' in page
    assert 'value="deactivate"' not in page
    assert member(group, phone(1)).inactive
    entry = AuditEntry.objects.get(action="make_inactive")
    assert (entry.actor, entry.group) == (group_admin, group)

    assert "They are inactive already. Nothing changed." in text_after(client, act, {"action": "deactivate"})
    assert AuditEntry.objects.filter(action="make_inactive").count() == 1

    assert "Made active in Eastside Canvass." in text_after(client, act, {"action": "reactivate"})
    assert not member(group, phone(1)).inactive


def test_opt_out_with_a_reason_puts_its_tag_on_and_the_button_gives_way(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    moved = reason(group.organization, "Moved away", tag="moved")
    asked = text(client, at(group, agent, dana, "review_opt_out"))
    assert "No group of Riverside Neighbors will text them any more." in asked
    assert "adds tag moved" in asked
    assert not OptOut.objects.exists()

    page = text_after(client, at(group, agent, dana, "review_status"), {"action": "opt_out", "reason": moved.pk})

    episode = OptOut.objects.get()
    assert (episode.source, episode.actor, episode.reason) == ("admin", group_admin, moved)
    assert ContactTag.objects.filter(contact=dana.contact, tag=moved.tag).exists()
    assert AuditEntry.objects.get(action="opt_out").group == group
    assert "Opted out of Riverside Neighbors." in page
    assert ", by an admin</span>" in page
    assert at(group, agent, dana, "review_opt_out") not in page
    assert 'value="deactivate"' in page


def test_a_second_opt_out_changes_nothing(client: Client, group: Group, agent: User, dana: Conversation) -> None:
    act = at(group, agent, dana, "review_status")
    client.post(act, {"action": "opt_out"})

    assert "They are opted out already. Nothing changed." in text_after(client, act, {"action": "opt_out"})
    assert OptOut.objects.get().evidence.count() == 1


def test_an_opt_out_after_one_by_text_is_kept_with_it(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    opt_out(group.organization, [phone(1)], by=None, source="keyword", text="STOP")

    said = text_after(client, at(group, agent, dana, "review_status"), {"action": "opt_out"})
    assert "They are opted out already. Your request was kept with it." in said
    assert OptOut.objects.get().source == "keyword"
    assert OptOut.objects.get().evidence.count() == 2


def test_reactivating_somebody_opted_out_says_that_they_remain_so(
    client: Client, group: Group, agent: User, dana: Conversation, group_admin: User
) -> None:
    make_inactive(group, members(group, phone(1)), by=group_admin)
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin")

    said = text_after(client, at(group, agent, dana, "review_status"), {"action": "reactivate"})
    assert "Made active in Eastside Canvass. They remain opted out." in said


@pytest.mark.parametrize(
    "body", [{}, {"action": "delete"}, {"action": "opt_out", "reason": "x"}, {"action": "opt_out", "reason": "9" * 30}]
)
def test_an_action_or_reason_that_is_not_offered_changes_nothing(
    client: Client, group: Group, agent: User, dana: Conversation, body: dict[str, str | int]
) -> None:
    assert "Nothing was changed" in text_after(client, at(group, agent, dana, "review_status"), body)
    now = member(group, phone(1))
    assert (now.inactive, now.opted_out) == (False, False)


def test_another_organizations_reason_or_a_retired_one_is_refused(
    client: Client, group: Group, agent: User, dana: Conversation, foreign_group: Group, group_admin: User
) -> None:
    gone = reason(group.organization, "Gone")
    retire(gone, by=group_admin)
    for wrong in (reason(foreign_group.organization), gone):
        said = text_after(client, at(group, agent, dana, "review_status"), {"action": "opt_out", "reason": wrong.pk})
        assert "Nothing was changed" in said
    assert not OptOut.objects.exists()


def test_reading_changes_nothing_and_acting_wants_a_post(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    assert client.get(at(group, agent, dana, "review_status")).status_code == 405
    assert client.post(at(group, agent, dana)).status_code == 405
    assert client.post(at(group, agent)).status_code == 405


def test_an_outsider_finds_nothing_and_changes_nothing(
    outsider: User, group: Group, agent: User, dana: Conversation
) -> None:
    client = client_of(outsider)
    assert client.get(at(group, agent)).status_code == 404
    assert client.get(at(group, agent, dana)).status_code == 404
    assert client.post(at(group, agent, dana, "review_status"), {"action": "opt_out"}).status_code == 404
    assert not member(group, phone(1)).opted_out


def test_an_agent_may_not_review(group: Group, agent: User, dana: Conversation) -> None:
    client = client_of(agent)
    assert client.get(at(group, agent)).status_code == 403
    assert client.post(at(group, agent, dana, "review_status"), {"action": "deactivate"}).status_code == 403
    assert not member(group, phone(1)).inactive


def test_after_an_action_the_filter_of_the_list_is_kept(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    response = client.post(f"{at(group, agent, dana, 'review_status')}?q=dana&before=1", {"action": "deactivate"})

    assert response["Location"] == f"{at(group, agent, dana)}?q=dana"


def test_an_answer_without_a_load_brings_thread_facts_and_list_along(
    client: Client, group: Group, agent: User, dana: Conversation
) -> None:
    response = client.post(at(group, agent, dana, "review_status"), {"action": "deactivate"}, headers=HTMX, follow=True)
    page = " ".join(response.content.decode().split())

    assert "<html" not in page
    for part in ('<section id="thread"', '<aside id="facts"', '<div id="lines" hx-swap-oob="innerHTML">'):
        assert page.count(part) == 1
    assert page.count("Made inactive in Eastside Canvass.") == 2  # once to be seen, once to be read out
    assert 'Inactive <span class="count">1</span>' in page
    assert 'Active <span class="count">0</span>' in page
