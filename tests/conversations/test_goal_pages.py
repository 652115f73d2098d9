"""The pages of goals: an admin writes and launches one, agents send one text a tap (R2, R7.1, R7.2)."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from contacts.actions import membership, opt_out
from contacts.conversations.actions import goal as goals
from contacts.conversations.models import Goal, Message, Recipient
from contacts.models import Tag
from groups.models import AuditEntry, Group, User
from tests.contacts.factories import member, members, phone
from tests.conversations.factories import comes, conversation, give_number, named
from tests.conversations.test_goals import NOON, SCRIPT, drafted, recipient, tap
from tests.people import client_of


@pytest.fixture(autouse=True)
def noon() -> object:
    with time_machine.travel(NOON, tick=True) as traveller:
        yield traveller


@pytest.fixture
def draft(group: Group, group_admin: User) -> Goal:
    give_number(group)
    members(group, *map(phone, range(1, 6)))
    return drafted(group, group_admin)


@pytest.fixture
def goal(draft: Goal, group_admin: User) -> Goal:
    goals.launch(draft, by=group_admin)
    draft.refresh_from_db()
    return draft


@pytest.fixture
def admin(group_admin: User) -> Client:
    return client_of(group_admin)


@pytest.fixture
def working(agent: User) -> Client:
    return client_of(agent)


def at(goal: Goal, *more: str) -> str:
    return f"/groups/{goal.group_id}/goals/{goal.pk}/{''.join(f'{part}/' for part in more)}"


def words(response: Any) -> str:
    return " ".join(response.content.decode().split())


def test_an_admin_writes_a_draft_sees_whom_it_reaches_and_launches_it(
    admin: Client, group: Group, group_admin: User
) -> None:
    members(group, phone(1), phone(2))
    opt_out.opt_out(group.organization, [phone(2)], by=None, source="admin")
    written = {"name": "Ward meeting", "script": SCRIPT, "tag": "", "texted_in": ""}
    shown = admin.post(f"/groups/{group.pk}/goals/new/", written, follow=True)
    made = Goal.objects.get()
    assert "Nobody is texted until you launch it." in words(shown)
    assert "Reaches 1 of 2" in words(shown)
    assert shown.context["example"].text.endswith("Reply STOP to opt out")
    assert f"{at(made, 'left-out', 'opted_out')}" in words(shown)
    assert not Recipient.objects.exists()

    launched = admin.post(at(made, "launch"), follow=True)
    assert "Launched to 1 contact." in words(launched)
    assert [entry.actor for entry in AuditEntry.objects.filter(action="launch_goal")] == [group_admin]
    assert "launched already" in words(admin.post(at(made, "launch"), follow=True))
    assert Recipient.objects.count() == 1


def test_what_is_typed_is_shown_and_not_saved(admin: Client, draft: Goal) -> None:
    typed = {"name": "x", "script": "Hi {organization}. Reply END to vote", "preview": "yes"}
    page = admin.post(at(draft), typed, headers={"HX-Request": "true"})
    assert "whoever replies END is opted out" in words(page)
    assert "<html" not in words(page)
    draft.refresh_from_db()
    assert draft.script == SCRIPT


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("name", "", "Enter a name for the goal."),
        ("script", "", "Write the first text."),
        ("script", "Hi {frist_name} of {organization}", "{frist_name} is no placeholder."),
        ("script", "Hi there", "Say who texts: write {organization}"),
        ("script", "{organization} " + "x" * 1000, "1000"),
        ("tag", "999999", "This tag is not offered any more."),
        ("tag", "x", "This tag is not offered any more."),
    ],
)
def test_what_cannot_be_saved_says_why_at_its_field(
    admin: Client, draft: Goal, field: str, value: str, says: str
) -> None:
    sent = {"name": "Another", "script": SCRIPT, "tag": ""} | {field: value}
    page = admin.post(at(draft), sent)
    assert says in str(page.context["form"].errors[field])
    draft.refresh_from_db()
    assert draft.name == "Ward meeting"


def test_each_figure_of_who_is_left_out_opens_the_list_behind_it(admin: Client, draft: Goal, group_admin: User) -> None:
    named(draft.group, phone(1), "Dana", "Whitfield")
    membership.make_inactive(draft.group, draft.group.memberships.filter(phone=phone(1)), by=group_admin)
    page = admin.get(at(draft, "left-out", "inactive"))
    assert [row.contact.name for row, _ in page.context["rows"]] == ["Dana Whitfield"]
    assert "Nobody" in words(admin.get(at(draft, "left-out", "on_hold")))
    for cause in ("redacted", "nonsense"):
        assert admin.get(at(draft, "left-out", cause)).status_code == 404
    assert "filter that we don" in words(admin.get(f"{at(draft, 'left-out', 'inactive')}?status=x"))


def test_an_admin_pauses_resumes_and_stops(admin: Client, goal: Goal) -> None:
    for action, says in (
        ("pause", "Paused"),
        ("pause", "it is so already"),
        ("resume", "Resumed"),
        ("stop", "Stopped"),
    ):
        assert says in words(admin.post(at(goal, "state"), {"action": action}, follow=True))
    assert "choose one of" in words(admin.post(at(goal, "state"), {"action": "nonsense"}, follow=True))
    assert "can't be changed any more" in words(admin.post(at(goal), {"name": "x"}, follow=True)).replace("&#x27;", "'")


def test_a_tap_sends_one_text_and_the_next_contact_is_there(working: Client, goal: Goal, agent: User) -> None:
    assert "Begin Sending Messages" in words(working.get(f"/groups/{goal.group_id}/threads/"))
    page = working.get(at(goal, "send"))
    first = page.context["card"].recipient
    part = working.post(at(goal, "send"), {"recipient": first.pk, "send": "yes"}, headers={"HX-Request": "true"})
    assert part.context["card"].recipient != first
    assert part.context["left"] == 4
    again = working.post(at(goal, "send"), {"recipient": first.pk, "send": "yes"})
    assert again.status_code == 302
    assert Message.objects.filter(goal=goal, agent=agent).count() == 1


def test_skipping_sends_nothing(working: Client, goal: Goal) -> None:
    first = working.get(at(goal, "send")).context["card"].recipient
    working.post(at(goal, "send"), {"recipient": first.pk, "skip": "yes"})
    assert working.get(at(goal, "send")).context["card"].recipient != first
    assert not Message.objects.exists()


@pytest.mark.parametrize("key", ["", "x", "-1", "0", "9" * 30, "9" * 5000, "①"])
def test_an_unreadable_recipient_sends_nothing_and_says_so(working: Client, goal: Goal, key: str) -> None:
    page = working.post(at(goal, "send"), {"recipient": key, "send": "yes"}, follow=True)
    assert "Nothing was sent" in words(page)
    assert not Message.objects.exists()


def test_somebody_who_opted_out_meanwhile_is_said_and_the_next_comes(working: Client, goal: Goal) -> None:
    first = working.get(at(goal, "send")).context["card"].recipient
    opt_out.opt_out(goal.group.organization, [first.membership.phone], by=None, source="admin")
    part = working.post(at(goal, "send"), {"recipient": first.pk}, headers={"HX-Request": "true"})
    assert "Nothing was sent to them. Opted out of" in words(part)
    assert part.context["card"].recipient != first


def test_an_empty_queue_says_what_to_do(working: Client, goal: Goal, agent: User) -> None:
    while tap(goal, agent):
        pass
    comes(phone(1), "What time?")
    page = words(working.get(at(goal, "send")))
    assert "Nobody is left to text" in page
    assert "Answer 1 reply" in page


def test_by_night_the_card_says_until_when_the_text_waits(
    working: Client, goal: Goal, noon: time_machine.Traveller
) -> None:
    noon.move_to(datetime(2026, 11, 19, 3, tzinfo=UTC))
    page = working.get(at(goal, "send"))
    assert "Leaves Thu 19 Nov, 11:00 EST" in page.context["card"].waits
    assert "New York, Los Angeles" in page.context["card"].waits


def test_a_draft_is_no_agent_s(working: Client, draft: Goal) -> None:
    assert working.get(at(draft, "send")).status_code == 404
    assert working.get(at(draft)).status_code == 403


def test_threads_whose_last_text_is_theirs_come_first(working: Client, goal: Goal, agent: User) -> None:
    tap(goal, agent)
    comes(phone(2), "Who is this?")
    sent = Message.objects.get(goal=goal)
    Message.objects.filter(pk=sent.pk).update(state="sent")
    lines = working.get(f"/groups/{goal.group_id}/threads/").context["lines"]
    assert [line.waits for line in lines] == [True, False]


def test_an_agent_notes_tags_and_the_result(working: Client, goal: Goal, group: Group, agent: User) -> None:
    mine, theirs = (
        Tag.objects.create(account=group.account, organization=group.organization, name=name, agents_may_set=may)
        for name, may in (("volunteer", True), ("donor", False))
    )
    tap(goal, agent)
    here = f"/groups/{group.pk}/threads/{conversation(group, phone(1)).pk}/"
    page = working.post(f"{here}notes/", {"tags": [mine.pk], "result": "yes"}, follow=True)
    assert "volunteer" in words(page)
    assert recipient(goal, 1).result == "yes"
    refused = working.post(f"{here}notes/", {"tags": [theirs.pk], "result": "maybe"})
    assert set(refused.context["form"].errors) == {"tags", "result"}
    contact = member(group, phone(1)).contact
    assert [worn.tag for worn in contact.contact_tags.all()] == [mine]
    working.post(f"{here}notes/", {"result": "yes"})
    assert not contact.contact_tags.exists()


@pytest.mark.parametrize("page", ["goals", "threads", "draft", "launched"])
def test_a_page_asks_as_often_for_many_as_for_one(
    admin: Client,
    working: Client,
    goal: Goal,
    group_admin: User,
    refuse_lazy_fetches: Callable[[], AbstractContextManager[None]],
    page: str,
) -> None:
    draft = drafted(goal.group, group_admin)
    client, url = {
        "goals": (admin, f"/groups/{goal.group_id}/goals/"),
        "threads": (working, f"/groups/{goal.group_id}/threads/"),
        "draft": (admin, at(draft)),
        "launched": (admin, at(goal)),
    }[page]

    def queries() -> int:
        with CaptureQueriesContext(connection) as asked, refuse_lazy_fetches():
            assert client.get(url).status_code == 200
        return len(asked)

    one = queries()
    members(goal.group, *map(phone, range(6, 40)))
    for _ in range(5):
        goals.launch(drafted(goal.group, group_admin), by=group_admin)
    # What an agent has left is counted goal by goal, and no further than is told.
    assert queries() == one + (5 if page == "threads" else 0)
