"""Every text passes the gate here, and nothing leaves after an opt-out is committed (R4.9).

The gate is asked about a text that waits under the locks that opt-outs, holds, deactivations and redactions take too,
and what it lets pass is committed as *handing over*. Only then is its provider called. So whatever forbids a text was
committed before that, and stopped it, or after it, and the text was under way. A bulk change holds the locks of all its
members from `Save` on: their texts wait for it here, and are refused.
"""

from django.db import transaction
from django.utils import timezone

from contacts import digests, locks
from contacts.conversations import gate, providers
from contacts.conversations.actions.message import stamp
from contacts.conversations.models import Message
from contacts.conversations.models.message import MessageQuerySet
from groups import live


@transaction.atomic
def hand_over(message_id: int) -> Message | None:
    """Commit a text that waits as *handing over*, if it may leave; the text as it stands then, with all that its
    provider needs: or cancelled with the cause, or queued for longer. None if there is nothing to decide now.

    Raises, and leaves it waiting: ``digests.KeyProblem`` while the digest secrets are not in order (R5.11);
    ``LookupError`` or ``ImproperlyConfigured`` where its provider is not set up.
    """
    digests.require()
    locks.memberships_of(list(_waiting(message_id).values_list("conversation__contact_id", flat=True)))
    everything = ("conversation__contact", "conversation__group__organization", "goal", "episode")
    text, now = _waiting(message_id).select_related(*everything).first(), timezone.now()
    if text is None or (text.not_before and text.not_before > now):
        return None
    text.number = gate.number_of(text.conversation.group)
    decision = gate.decide(text, now)
    text.refusal = decision.answer.cause.value if decision.answer.cause else ""
    if decision.answer.allowed:
        _let_pass(text)
    elif decision.again:
        text.not_before = decision.again
    else:
        text.state = Message.State.CANCELLED
    text.save(update_fields=["state", "handed", "refusal", "not_before", "number"])
    live.changed([text.conversation.group.organization_id])
    if decision.answer.allowed:
        stamp(text.conversation.group, [text.conversation.contact_id])
    return text


def _waiting(message_id: int) -> MessageQuerySet:
    return Message.objects.waiting().filter(pk=message_id)


def _let_pass(text: Message) -> None:
    assert text.number
    providers.at(text.number.provider)
    text.state, text.handed = Message.State.HANDING_OVER, timezone.now()
