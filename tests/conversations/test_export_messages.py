"""The export of a group's messages (R6.7)."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from contacts.actions.arrival import bring_in
from contacts.conversations.models import Conversation, Goal, Media, Message
from contacts.models import Contact, Membership
from contacts.person import Person
from groups.models import AuditEntry, Group, User
from tests.contacts.exporting import body, post, rows
from tests.contacts.factories import member, members, phone, phones

AT = datetime(2026, 3, 2, 18, 30, 5, tzinfo=UTC)


def thread(group: Group, number: str) -> Conversation:
    contact = member(group, number).contact
    return Conversation.objects.create(account=group.account, group=group, contact=contact)


def text(of: Conversation, body: str, *, minutes: int = 0, agent: User | None = None, **more: Any) -> Message:
    sides = {"direction": "out", "state": "delivered"} if agent else {"direction": "in", "state": "received"}
    time = AT + timedelta(minutes=minutes)
    return Message.objects.create(
        **{"account": of.account, "conversation": of, "body": body, "time": time, "agent": agent, **sides, **more}
    )


def messages_file(user: User, group: Group) -> list[dict[str, str]]:
    return rows(body(post(user, "conversations:export", group.pk)))


def test_a_message_is_told_with_its_contact_agent_goal_times_and_media(
    group: Group, group_admin: User, agent: User
) -> None:
    bring_in(
        group, [Person(phone(1), {"first_name": "Dana", "last_name": "Rossi"})], by=None, came_by=Contact.Source.UPLOAD
    )
    goal = Goal.objects.create(account=group.account, group=group, name="Rent", author=group_admin, launched=AT)
    talk = thread(group, phone(1))
    text(talk, "=hi", minutes=1)
    sent = text(talk, "Hello Dana", agent=agent, goal=goal, sent=AT, delivered=AT)
    for _ in range(2):
        Media.objects.create(account=group.account, message=sent, file="media/x", content_type="image/png", size=1)

    first, second = messages_file(group_admin, group)

    moment = "2026-03-02T13:30:05-05:00"
    assert first == {
        "Phone": f"'{phone(1)}",
        "First name": "Dana",
        "Last name": "Rossi",
        "Time": moment,
        "Direction": "Sent",
        "State": "Delivered",
        "Agent": "Tess Lindqvist",
        "Goal": "Rent",
        "Text": "Hello Dana",
        "Media": "2",
        "Sent": moment,
        "Delivered": moment,
        "Group": "Eastside Canvass",
        "Organization": "Riverside Neighbors",
    }
    assert [second[name] for name in ("Direction", "Text", "Agent", "Media", "Sent")] == [
        "Received",
        "'=hi",
        "",
        "0",
        "",
    ]
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.group, entry.counts) == ("export_messages", group, {"rows": 2})


def test_texts_of_a_redacted_contact_keep_their_rows(group: Group, group_admin: User, agent: User) -> None:
    members(group, phone(1))
    text(thread(group, phone(1)), "", agent=agent)
    Membership.objects.update(phone=None)
    Contact.objects.update(phone=None, redacted_at=timezone.now())

    [row] = messages_file(group_admin, group)

    assert [row[name] for name in ("Phone", "First name", "Last name", "Text")] == ["[redacted]"] * 4
    assert (row["State"], row["Agent"]) == ("Delivered", "Tess Lindqvist")


def test_threads_come_one_after_the_other_and_only_the_groups_own(
    group: Group, other_group: Group, group_admin: User
) -> None:
    for where in (group, other_group):
        members(where, *phones(3))
        talks = [thread(where, number) for number in phones(3)]
        for minutes in (9, 3, 5):
            for talk in talks:
                text(talk, f"{where} {minutes}", minutes=minutes)

    told = [(row["Phone"], row["Text"]) for row in messages_file(group_admin, group)]

    assert told == [(f"'{number}", f"Eastside Canvass {minutes}") for number in phones(3) for minutes in (3, 5, 9)]


def test_queries_grow_with_chunks_not_with_rows(
    group: Group, group_admin: User, agent: User, refuse_lazy_fetches: Any
) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as captured, refuse_lazy_fetches():
            messages_file(group_admin, group)
        return len(captured)

    members(group, *phones(20))
    text(thread(group, phone(1)), "one", agent=agent)
    few = asked()
    for number in phones(20)[1:]:
        talk = thread(group, number)
        text(talk, "one", agent=agent)
        text(talk, "two")
    assert asked() <= few


def test_only_admins_export_messages(group: Group, agent: User, outsider: User) -> None:
    assert post(agent, "conversations:export", group.pk).status_code == 403
    assert post(outsider, "conversations:export", group.pk).status_code == 404
    assert not AuditEntry.objects.filter(action="export_messages").exists()
