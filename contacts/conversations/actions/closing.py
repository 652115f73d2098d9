"""`Opt Out` from a thread, with one of the organization's closing texts or without (R4.3)."""

from dataclasses import dataclass

from django.db import transaction

from contacts import locks
from contacts.actions.opt_out import opt_out_contacts
from contacts.actions.outcome import Outcome
from contacts.conversations import gate, threads
from contacts.conversations.actions.write import queue
from contacts.conversations.models import Conversation, Message
from contacts.models import Contact, OptOut, OptOutReason, Source
from groups.models import User


@dataclass(frozen=True)
class Closed:
    """What became of the opt-out, and the text that follows it, if one does."""

    outcome: Outcome
    text: Message | None


@transaction.atomic
def opt_out_from_thread(
    conversation: Conversation, *, by: User, reason: OptOutReason | None = None, closing: str = ""
) -> Closed:
    """Opt out the contact of a thread that ``by`` may work in; ``closing`` is the one text that may follow (R4.9).

    It follows only the opt-out that opens the episode, and only where the agent might have written until now: nobody
    gets it who is on hold, inactive, or can't be reached from this group.
    """
    group = conversation.group
    known = Contact.objects.known().filter(pk=conversation.contact_id).values_list("phone", flat=True)
    locks.phones(locks.shared(group.organization), map(str, known))
    theirs = threads.workable(group, by).filter(contact=conversation.contact_id)
    phone = theirs.values_list("contact__phone", flat=True).first()
    may_follow = bool(closing) and gate.may_write(group, phone).allowed
    outcome = opt_out_contacts(group, theirs, by=by, reason=reason, source=Source.AGENT)
    if not (may_follow and outcome.changed):
        return Closed(outcome, None)
    episode = OptOut.objects.open().get(organization=group.organization, phone=phone)
    return Closed(outcome, queue(conversation, closing, agent=by, episode=episode))
