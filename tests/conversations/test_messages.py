"""Texts are kept by one action, which keeps what hangs on them right (R3.7, R4.1, R5.5, R8.5)."""

from datetime import timedelta

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from contacts import verify
from contacts.actions.membership import make_active, make_inactive
from contacts.actions.opt_out import opt_out
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Conversation, Media, Message
from contacts.conversations.providers.base import File
from contacts.models.membership import NEVER
from groups.models import Group, User
from tests.contacts.factories import member, members, phone, phones
from tests.conversations.factories import conversation, ours, redact, talk, theirs


def waiting(group: Group, number: str) -> Message:
    """A text of ours to this phone that waits to be sent."""
    members(group, number)
    contact_id = member(group, number).contact_id
    return keep(group, [Text(contact_id, "Hi", timezone.now(), Message.State.QUEUED)])[0]


def state_of(message: Message) -> str:
    return str(Message.objects.values_list("state", flat=True).get(pk=message.pk))


def test_all_texts_of_a_contact_in_a_group_are_one_conversation(group: Group, agent: User) -> None:
    talk(group, phone(1), "Hi", "Hello", agent=agent)
    talk(group, phone(1), "Who is this?")

    assert Conversation.objects.get().messages.count() == 3
    assert [text.direction for text in Message.objects.order_by("pk")] == ["out", "in", "in"]


def test_the_list_says_when_the_last_text_passed_however_late_an_earlier_one_arrives(group: Group) -> None:
    now = timezone.now()
    talk(group, phone(1), "later", at=now)
    talk(group, phone(1), "earlier", at=now - timedelta(hours=2))

    assert conversation(group, phone(1)).last_message_at == member(group, phone(1)).last_message_at == now


def test_a_text_that_waits_is_no_last_text(group: Group) -> None:
    waiting(group, phone(1))

    assert conversation(group, phone(1)).last_message_at == member(group, phone(1)).last_message_at == NEVER


def test_the_text_of_somebody_who_is_no_member_is_left_out(group: Group, other_group: Group) -> None:
    members(other_group, phone(1))
    kept = keep(group, [theirs(member(other_group, phone(1)).contact_id, "Hello")])

    assert kept == []
    assert not Conversation.objects.exists()


def test_nothing_of_a_redacted_contact_comes_back(group: Group) -> None:
    talk(group, phone(1), "Hello")
    row = member(group, phone(1))
    redact(row)

    assert keep(group, [theirs(row.contact_id, "It's me again")]) == []
    assert Message.objects.get().body == ""


def test_a_message_of_the_provider_is_kept_once(group: Group) -> None:
    members(group, phone(1))
    text = Text(member(group, phone(1)).contact_id, "Hello", timezone.now(), provider_id="SM1")
    keep(group, [text])

    with pytest.raises(IntegrityError):
        keep(group, [text])


def test_a_file_is_kept_under_a_random_name(group: Group) -> None:
    members(group, phone(1))
    contact_id = member(group, phone(1)).contact_id
    keep(group, [Text(contact_id, "", timezone.now(), files=[File("image/png", b"a picture")])])

    media = Media.objects.get()
    assert (media.size, media.content_type, media.account) == (9, "image/png", group.account)
    name = str(media.file.name)
    assert name.startswith("media/")
    assert name.endswith(".png")
    assert default_storage.open(name).read() == b"a picture"


def test_many_texts_take_as_many_statements_as_one(
    group: Group, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    rows = list(members(group, *phones(40)))
    locks = int(connection.features.has_select_for_update)
    with django_assert_num_queries(locks + 8):  # savepoint (2), members, conversations (2), messages, times (2)
        keep(group, [theirs(row.contact_id, "Hello") for row in rows])


def test_opting_out_cancels_what_waits_in_every_group_of_the_organization(
    group: Group, other_group: Group, foreign_group: Group, group_admin: User
) -> None:
    here, there, foreign = waiting(group, phone(1)), waiting(other_group, phone(1)), waiting(foreign_group, phone(1))
    somebody_else = waiting(group, phone(2))
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin")

    assert [state_of(one) for one in (here, there)] == ["cancelled", "cancelled"]
    assert [state_of(one) for one in (foreign, somebody_else)] == ["queued", "queued"]


def test_deactivating_cancels_what_waits_in_this_group_and_reactivating_brings_nothing_back(
    group: Group, other_group: Group, group_admin: User
) -> None:
    here, there = waiting(group, phone(1)), waiting(other_group, phone(1))
    make_inactive(group, members(group, phone(1)), by=group_admin)
    make_active(group, members(group, phone(1)), by=group_admin)

    assert (state_of(here), state_of(there)) == ("cancelled", "queued")


def test_what_has_left_is_not_cancelled(group: Group, group_admin: User, agent: User) -> None:
    talk(group, phone(1), "Hi", agent=agent)
    opt_out(group.organization, [phone(1)], by=group_admin, source="admin")

    assert Message.objects.get().state == "delivered"


def test_a_time_that_differs_from_the_texts_is_found(group: Group, agent: User) -> None:
    found = talk(group, phone(1), "Hi", agent=agent)
    assert list(verify.differences()) == []

    group.memberships.update(last_message_at=timezone.now())
    Conversation.objects.update(last_message_at=NEVER)

    assert list(verify.differences()) == [
        f"conversation {found.pk}: last_message_at differs",
        f"membership {member(group, phone(1)).pk}: last_message_at differs",
    ]


def test_ours_and_theirs_are_kept_apart(group: Group, agent: User) -> None:
    members(group, phone(1))
    key = member(group, phone(1)).contact_id
    sent, received = keep(group, [ours(key, "Hi", agent=agent), theirs(key, "Hello")])

    assert (sent.direction, sent.agent, sent.sent) == ("out", agent, sent.time)
    assert (received.direction, received.agent, received.sent) == ("in", None, None)
