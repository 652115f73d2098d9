"""An agent works a goal: the next contact comes, one tap sends one text, once (R7.1, R7.2)."""

from datetime import timedelta
from uuid import NAMESPACE_OID, uuid5

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from contacts import digests, locks
from contacts.actions.membership import assign, kept_agents
from contacts.conversations import gate
from contacts.conversations import script as scripts
from contacts.conversations.actions.message import conversation_with
from contacts.conversations.actions.write import CannotSend, NotTheirs, SomebodyWrites, claim, queue
from contacts.conversations.models import Goal, Message, Recipient
from contacts.conversations.recipients import in_turn
from contacts.models import Contact
from groups import audit, live
from groups.models import User

TAKEN = timedelta(minutes=5)
"""How long a contact stays with the agent who has them on the page; then they come to whoever is next."""


@transaction.atomic
def take(goal: Goal, *, by: User, many: int) -> list[Recipient]:
    """The next contacts of the goal for an agent, of their own and nobody's; kept from others for five minutes."""
    free = in_turn(goal, by).select_for_update(no_key=True, skip_locked=True, of=("self",))
    found = list(free.select_related("membership__contact")[:many])
    if found:
        kept = goal.recipients.filter(pk__among=[recipient.pk for recipient in found])
        kept.update(taken_by=by, taken_until=timezone.now() + TAKEN)
    return found


@transaction.atomic
def send_first(goal: Goal, recipient_id: int, *, by: User) -> Message:
    """Queue the goal's text to one of its recipients, once, whoever taps how often; the text that is theirs then.

    Whoever was nobody's becomes the agent's, who alone writes in the thread from now, as ``claim`` has it. Raises
    ``Recipient.DoesNotExist``, ``NotTheirs``, ``SomebodyWrites``, ``CannotSend``, and ``digests.KeyProblem`` while the
    secrets are not in order (R5.11).
    """
    digests.require()
    kept = kept_agents(goal.group, [by.pk])
    recipient = _locked(goal, recipient_id)
    if recipient.message:
        return recipient.message
    member = recipient.membership
    if not kept or member.agent_id not in (None, by.pk):
        raise NotTheirs
    if (other := recipient.on_the_page_of) and other != by:
        raise SomebodyWrites(other)
    conversation = conversation_with(goal.group, member.contact_id)
    answer = _answer(recipient)
    if conversation is None or not answer.allowed:
        raise CannotSend(answer)
    conversation.contact = member.contact
    claim(conversation, by=by)
    key = uuid5(NAMESPACE_OID, f"goal {goal.pk} {member.pk}")
    recipient.message = queue(conversation, words(goal, member.contact, by), agent=by, goal=goal, key=key)
    recipient.taken_by = recipient.taken_until = None
    recipient.save(update_fields=["message", "taken_by", "taken_until"])
    if member.agent_id is None:
        assign(goal.group, goal.group.memberships.filter(pk=member.pk), agent=by, by=by, source="goal")
    live.changed([goal.group.organization_id])
    return recipient.message


def _locked(goal: Goal, recipient_id: int) -> Recipient:
    """The recipient as it stands once the memberships of its contact are locked, which the gate takes too."""
    contact = goal.recipients.values_list("membership__contact", flat=True).get(pk=recipient_id)
    locks.memberships_of([contact])
    recipients = goal.recipients.select_related("membership__contact", "message", "taken_by", "goal")
    return recipients.get(pk=recipient_id)


def _answer(recipient: Recipient) -> gate.Answer:
    if recipient.goal.stopped or recipient.goal.launched is None:
        return gate.STOPPED
    if recipient.goal.paused:
        return gate.PAUSED
    return gate.may_write(recipient.goal.group, recipient.membership.contact.phone)


def words(goal: Goal, contact: Contact, agent: User) -> str:
    """The goal's text to a contact, from an agent."""
    values = scripts.Values(
        first_name=contact.first_name,
        last_name=contact.last_name,
        agent=agent.name.split()[0] if agent.name.split() else "",
        organization=goal.group.organization.name,
        group=goal.group.name,
    )
    return scripts.text_for(goal.script, values)


def skip(goal: Goal, recipient_id: int, *, by: User) -> None:
    """Put a contact behind all who were not skipped as often; nothing is sent to them now."""
    theirs = in_turn(goal, by).filter(pk=recipient_id)
    goal.recipients.filter(pk__in=theirs.values("pk")).update(turn=F("turn") + 1, taken_by=None, taken_until=None)


@transaction.atomic
def note_result(recipient: Recipient, result: str, *, by: User) -> bool:
    """Note what came of a goal's text to a contact; whether anything changed."""
    changed = Recipient.objects.filter(pk=recipient.pk).exclude(result=result).update(result=result)
    if changed:
        subjects = [audit.Subjects(audit.Kind.MEMBERSHIP, [recipient.membership_id], before=0)]
        audit.record(
            "note_result", on=recipient.goal.group, by=by, counts={"goal": recipient.goal_id}, subjects=subjects
        )
    return bool(changed)
