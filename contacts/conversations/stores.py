"""What conversations keep about leads, and how each kind of it is erased (R5.3)."""

from dataclasses import dataclass

from contacts.conversations.models import InboundText, Media, Message
from contacts.gate import Cause
from groups.redaction import Keys, Leads, Rows, register


@dataclass(frozen=True, eq=False)
class MessageTexts(Rows):
    """Texts in and out; what was queued for the leads is cancelled."""

    def erase(self, leads: Leads, keys: Keys) -> None:
        super().erase(leads, keys)
        waiting = self._rows(keys).filter(state=Message.State.QUEUED)
        waiting.update(state=Message.State.CANCELLED, refusal=Cause.REDACTED)


@dataclass(frozen=True, eq=False)
class MediaFiles(Rows):
    """Pictures and files; what is stored of them goes after the commit."""

    def files(self, keys: Keys) -> list[str]:
        return list(self._rows(keys).values_list("file", flat=True))


register(
    MessageTexts(
        "Message texts",
        "time, direction and state, so that reports add up",
        Message,
        lambda leads: Message.objects.filter(conversation__contact__among=leads.contact_ids),
        organization="conversation__group__organization",
    ),
    MediaFiles(
        "Pictures and files",
        "",
        Media,
        lambda leads: Media.objects.filter(message__conversation__contact__among=leads.contact_ids),
        organization="message__conversation__group__organization",
    ),
    Rows(
        "Texts as they came in",
        "",
        InboundText,
        lambda leads: InboundText.objects.filter(account=leads.account_id, phone__among=leads.phones),
        organization="number__organization",
    ),
)
