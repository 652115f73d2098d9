"""What conversations let go: files that no message holds, and what told the repetition of a text of long ago."""

from datetime import datetime, timedelta

from django.core.cache import cache
from django.core.files.storage import default_storage
from django.utils import timezone

from contacts.conversations.models import InboundText, Media
from contacts.conversations.models.message import FOLDER

DONE, BETWEEN = "files-swept", 24 * 3600
YOUNG = timedelta(hours=1)
"""A file may be a change's that is not committed yet."""


REPEATED = timedelta(days=30)
"""For so long a provider's list, or a webhook tried again, may bring a text once more: ten times what they promise."""


def tidy() -> dict[str, int]:
    """Remove what is of no use any more; how many, by what they were."""
    old = InboundText.objects.filter(taken__lt=timezone.now() - REPEATED)
    return files() | {"texts taken in long ago": old.delete()[0]}


def files() -> dict[str, int]:
    """Remove stored files that belong to no message. Looking through all of them is done once a day."""
    if not cache.add(DONE, True, timeout=BETWEEN):
        return {"files without a message": 0}
    before = timezone.now() - YOUNG
    stored = {f"{FOLDER}/{name}" for name in _listed()}
    orphans = stored - set(Media.objects.filter(file__among=sorted(stored)).values_list("file", flat=True))
    return {"files without a message": sum(_remove(name, before) for name in orphans)}


def _listed() -> list[str]:
    try:
        return default_storage.listdir(FOLDER)[1]
    except FileNotFoundError:
        return []


def _remove(name: str, before: datetime) -> bool:
    if default_storage.get_modified_time(name) > before:
        return False
    default_storage.delete(name)
    return True
