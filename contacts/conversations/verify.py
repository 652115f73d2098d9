"""Whether the times of the last text agree with the texts (``manage.py verify_copies``)."""

from collections.abc import Iterator

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from contacts.conversations.models import Conversation, Message
from contacts.models import Membership
from contacts.models.membership import NEVER

CHUNK = 2000


def differences() -> Iterator[str]:
    """One line for each conversation or membership that has another time than its texts; ids only."""
    latest = Message.objects.passed().filter(conversation=OuterRef("pk")).order_by("-time").values("time")[:1]
    conversations = Conversation.objects.annotate(latest=Coalesce(Subquery(latest), Value(NEVER)))
    for pk in _keys(conversations.exclude(last_message_at=F("latest"))):
        yield f"conversation {pk}: last_message_at differs"
    mine = Conversation.objects.filter(group=OuterRef("group"), contact=OuterRef("contact"))
    copies = Membership.objects.annotate(truth=Coalesce(Subquery(mine.values("last_message_at")[:1]), Value(NEVER)))
    for pk in _keys(copies.exclude(last_message_at=F("truth"))):
        yield f"membership {pk}: last_message_at differs"
    members = Membership.objects.filter(group=OuterRef("group"), contact=OuterRef("contact"))
    for pk in _keys(Conversation.objects.filter(~Exists(members))):
        yield f"conversation {pk}: its contact is no member of its group"


def _keys(rows: QuerySet[Conversation] | QuerySet[Membership]) -> Iterator[int]:
    return rows.order_by("pk").values_list("pk", flat=True).iterator(CHUNK)
