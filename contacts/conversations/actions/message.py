"""Keep the texts of conversations, and what hangs on them: the one conversation, its last time, its files."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from mimetypes import guess_extension

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from contacts import locks
from contacts.conversations.models import Conversation, Goal, Media, Message
from contacts.conversations.providers.base import File
from contacts.models.membership import NEVER
from groups import live
from groups.models import Group, User
from groups.sets import insert_each

State = Message.State


@dataclass(frozen=True)
class Text:
    """A text of a member of a group: received by default; with another state it is one of ours.

    ``delivered`` is the carrier's word; ``agent`` and ``goal`` belong to texts of ours only, ``verdict`` and
    ``by_provider_clock`` to received ones.
    """

    contact_id: int
    body: str
    time: datetime
    state: str = State.RECEIVED
    agent: User | None = None
    goal: Goal | None = None
    delivered: datetime | None = None
    provider_id: str = ""
    files: Sequence[File] = ()
    verdict: str = ""
    by_provider_clock: bool = False


@transaction.atomic
def keep(group: Group, texts: Iterable[Text]) -> list[Message]:
    """Keep texts in the one conversation that each contact has in ``group``; returns those that were kept.

    Who is no member, or was redacted meanwhile, is left out: nothing of theirs comes back (R5.5). Raises
    ``IntegrityError`` for a provider's id that the account knows already (R8.5).
    """
    texts = list(texts)
    locks.memberships_of(sorted({text.contact_id for text in texts}))
    conversations = _conversations(group, {text.contact_id for text in texts})
    wanted = [text for text in texts if text.contact_id in conversations]
    kept = Message.objects.bulk_create(_message(conversations[text.contact_id], text) for text in wanted)
    stamp(group, list(conversations))
    for message, text in zip(kept, wanted, strict=True):
        for file in text.files:
            _attach(message, file)
    live.changed([group.organization_id])
    return kept


def conversation_with(group: Group, contact_id: int) -> Conversation | None:
    """The one conversation with a contact in a group, begun if need be; None if they are no member or were redacted.

    Inside a change that has locked their memberships.
    """
    return _conversations(group, [contact_id]).get(contact_id)


def _conversations(group: Group, contact_ids: Iterable[int]) -> dict[int, Conversation]:
    """contact → conversation, of the members that are known; those that have none get theirs."""
    members = group.memberships.listed().filter(contact__among=contact_ids)
    known = list(members.values_list("contact_id", flat=True))
    same = {"account_id": group.account_id, "group_id": group.pk, "last_message_at": NEVER}
    insert_each(Conversation, "contact_id", known, skip_conflicts=True, **same)
    return {found.contact_id: found for found in group.conversations.filter(contact__among=known)}


def _message(conversation: Conversation, text: Text) -> Message:
    received = text.state == State.RECEIVED
    return Message(
        account_id=conversation.account_id,
        conversation=conversation,
        direction=Message.Direction.IN if received else Message.Direction.OUT,
        state=text.state,
        body=text.body,
        provider_id=text.provider_id,
        agent=text.agent,
        goal=text.goal,
        time=text.time,
        sent=None if received or text.state in (State.QUEUED, State.CANCELLED) else text.time,
        delivered=text.delivered,
        verdict=text.verdict,
        by_provider_clock=text.by_provider_clock,
    )


def stamp(group: Group, contact_ids: Sequence[int]) -> None:
    """Write when each of these contacts' conversations had its last text, and the read copy on the membership.

    Inside whatever lets a text pass or takes it back, which has locked the memberships.
    """
    of_mine = Message.objects.passed().filter(conversation=OuterRef("pk")).order_by("-time").values("time")[:1]
    mine = group.conversations.filter(contact__among=contact_ids)
    mine.update(last_message_at=Coalesce(Subquery(of_mine), Value(NEVER)))
    truth = Conversation.objects.filter(group=group, contact=OuterRef("contact")).values("last_message_at")
    group.memberships.filter(contact__among=contact_ids).update(last_message_at=Subquery(truth))


def _attach(message: Message, file: File) -> None:
    media = Media(
        account_id=message.account_id, message=message, content_type=file.content_type, size=len(file.content)
    )
    media.file.save(f"file{guess_extension(file.content_type) or ''}", ContentFile(file.content), save=False)
    media.save()


def cancel_waiting(contact_ids: Sequence[int], *, refusal: str, group: Group | None = None) -> int:
    """Cancel what waits to be sent to these contacts, in one group or in all; they never leave later (R3.7, R4.1).

    Inside the change that forbids them, which has locked the memberships; ``refusal`` is the gate's word for it.
    Returns how many.
    """
    waiting = Message.objects.filter(state=State.QUEUED, conversation__contact__among=contact_ids)
    if group:
        waiting = waiting.filter(conversation__group=group)
    return waiting.update(state=State.CANCELLED, refusal=refusal)
