"""Files that no message holds are swept, so that none outlives a redaction (R5.3)."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from compliance import tidying
from contacts.conversations.actions.message import Text, keep
from contacts.conversations.actions.tidy import files as tidy
from contacts.conversations.models import Media
from contacts.conversations.providers.base import File
from groups.models import Group
from tests.contacts.factories import members, phone


def text_with_a_picture(group: Group) -> Text:
    contact_id = members(group, phone(1)).get().contact_id
    return Text(contact_id, "Look", timezone.now(), files=[File("image/png", b"a picture")])


def stored() -> set[str]:
    return {f"media/{name}" for name in default_storage.listdir("media")[1]}


def test_the_file_of_a_change_that_was_rolled_back_is_removed_after_an_hour(group: Group) -> None:
    with transaction.atomic():
        [message] = keep(group, [text_with_a_picture(group)])
        orphan = str(Media.objects.get(message=message).file.name)
        transaction.set_rollback(True)
    assert tidy() == {"files without a message": 0}
    assert default_storage.exists(orphan), "it may be of a change that is not committed yet"
    cache.clear()

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        gone = tidy()["files without a message"]

    assert gone >= 1
    assert not default_storage.exists(orphan)


def test_the_file_of_a_message_stays(group: Group) -> None:
    keep(group, [text_with_a_picture(group)])

    with time_machine.travel(timezone.now() + timedelta(days=400)):
        tidy()

    assert Media.objects.get().file.name in stored()


@pytest.mark.django_db
def test_all_files_are_looked_through_once_a_day() -> None:
    tidy()
    default_storage.save("media/lost.png", ContentFile(b"x"))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert tidy() == {"files without a message": 0}


@pytest.mark.django_db
def test_the_worker_and_the_command_sweep_too() -> None:
    default_storage.save("media/lost.png", ContentFile(b"x"))

    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert tidying.tidy()["files without a message"] >= 1
