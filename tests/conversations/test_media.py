"""Pictures and files of a conversation: for whoever may see it, and nothing that a browser would run."""

import pytest
from django.core.files.storage import default_storage
from django.urls import reverse
from django.utils import timezone

from contacts.actions.membership import assign
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.models import Conversation, Media
from contacts.conversations.providers.base import File
from groups.models import Group, RoleKind, User
from tests.contacts.factories import members, phone
from tests.conversations.factories import talk
from tests.people import client_of, person

PNG = b"\x89PNG a picture"


@pytest.fixture
def thread(group: Group, agent: User) -> Conversation:
    return talk(group, phone(1), "Hi", "Look", agent=agent)


def sent(thread: Conversation, content_type: str = "image/png", content: bytes = PNG) -> Media:
    texts = [Text(thread.contact_id, "", timezone.now(), files=[File(content_type, content)])]
    return Media.objects.get(message=keep(thread.group, texts)[0])


def reviewed(media: Media, agent: User) -> str:
    found = media.message.conversation
    return reverse("conversations:review_media", args=[found.group_id, agent.pk, found.pk, media.pk])


def own(media: Media) -> str:
    found = media.message.conversation
    return reverse("conversations:thread_media", args=[found.group_id, found.pk, media.pk])


def test_agent_and_reviewer_see_a_picture_and_nobody_keeps_it(
    thread: Conversation, agent: User, group_admin: User
) -> None:
    media = sent(thread)
    for user, address in ((agent, own(media)), (group_admin, reviewed(media, agent))):
        response = client_of(user).get(address)
        assert response.content == PNG
        assert response["Content-Type"] == "image/png"
        assert response["Content-Disposition"].startswith("inline")
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"
        assert "sandbox" in response["Content-Security-Policy"]


def test_the_thread_shows_the_picture(thread: Conversation, agent: User) -> None:
    media = sent(thread)
    page = client_of(agent).get(reverse("conversations:thread", args=[thread.group_id, thread.pk])).text
    assert f'<img src="{own(media)}"' in page


@pytest.mark.parametrize(
    "content_type", ["image/svg+xml", "text/html", "application/pdf", "IMAGE/PNG", "image/png; charset=x", ""]
)
def test_any_other_file_is_handed_over_and_never_shown(thread: Conversation, agent: User, content_type: str) -> None:
    media = sent(thread, content_type, b"<script>alert(1)</script>")
    response = client_of(agent).get(own(media))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"] == f'attachment; filename="file-{media.pk}.bin"'


def test_a_colleagues_or_a_strangers_file_is_not_there(
    thread: Conversation, group: Group, agent: User, group_admin: User, outsider: User
) -> None:
    media = sent(thread)
    colleague = person("Jo Feldman", RoleKind.AGENT, group)
    assign(group, members(group, phone(1)), agent=agent, by=group_admin)

    assert client_of(colleague).get(own(media)).status_code == 404
    assert client_of(outsider).get(own(media)).status_code == 404
    assert client_of(outsider).get(reviewed(media, agent)).status_code == 404
    assert client_of(group_admin).get(own(media)).status_code == 403
    assert client_of(agent).get(reviewed(media, agent)).status_code == 403
    assert client_of(group_admin).get(reviewed(media, colleague)).status_code == 404


def test_a_file_of_another_conversation_is_not_found_here(thread: Conversation, group: Group, agent: User) -> None:
    other = sent(talk(group, phone(2), "Hi", agent=agent))
    assert (
        client_of(agent).get(reverse("conversations:thread_media", args=[group.pk, thread.pk, other.pk])).status_code
        == 404
    )


def test_a_file_that_is_gone_is_not_found(thread: Conversation, agent: User) -> None:
    media = sent(thread)
    default_storage.delete(str(media.file.name))
    assert client_of(agent).get(own(media)).status_code == 404
