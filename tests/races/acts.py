"""What races: the changes themselves, called by keys, as the racers' processes know no rows of the test."""

import random
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from uuid import uuid4

from compliance.actions.redact import redact as redact_leads
from contacts.actions import change, membership, reversal
from contacts.actions.opt_out import opt_out as opt_out_phones
from contacts.conversations import providers
from contacts.conversations.actions import goal as goals
from contacts.conversations.actions import initial
from contacts.conversations.actions.receive import receive
from contacts.conversations.actions.send import send_now
from contacts.conversations.actions.take_in import take_in
from contacts.conversations.actions.write import CannotSend, NotTheirs, write
from contacts.conversations.models import Conversation, Goal, InboundText
from contacts.conversations.providers.base import Inbound
from contacts.models import Change
from groups.models import Account, Group, Organization, User
from tests.conversations.factories import OUR_NUMBER, Carrier

WRITING = 0.04
"""Seconds that writing and sending take, at most: two transactions before anything leaves."""

READING = 0.02
"""Seconds until an agent taps on the next person, at most."""


def send_text(message_id: int) -> list[str]:
    """Let the gate decide about a text; what left by it."""
    carrier = Carrier()
    setattr(providers, "at", lambda _: carrier)  # noqa: B010  (in this process alone)
    send_now(message_id)
    return [text.phone for text in carrier.texts]


def write_and_send(conversation_id: int, agent_id: int) -> list[str]:
    """What an agent does who does not know yet."""
    conversation = Conversation.objects.select_related("contact", "group__organization").get(pk=conversation_id)
    try:
        text = write(conversation, "Hello", by=User.objects.get(pk=agent_id), key=uuid4())
    except CannotSend:
        return []
    return send_text(text.pk)


def work(goal_id: int, agent_id: int) -> list[int]:
    """What an agent does who taps twice on everybody, until nobody is left.

    Between two people there is a moment: else whoever has SQLite's lock may keep it until all are texted.
    """
    goal = Goal.objects.select_related("group__organization").get(pk=goal_id)
    agent, texted = User.objects.get(pk=agent_id), []
    while found := initial.take(goal, by=agent, many=2):
        with suppress(CannotSend, NotTheirs):
            texted += [initial.send_first(goal, found[0].pk, by=agent).pk for _ in range(2)]
        time.sleep(random.uniform(0, READING))
    return texted


def share_again(goal_id: int, times: int) -> None:
    """What nobody has is shared out, and taken back from everybody."""
    goal = Goal.objects.select_related("group__organization").get(pk=goal_id)
    for _ in range(times):
        goals.share_out(goal, by=None)
        membership.assign(goal.group, goal.group.memberships.filter(agent__isnull=False), agent=None, by=None)


def opt_out_each(organization_id: int, phones: Sequence[str]) -> int:
    """By an admin, one after the other."""
    return sum(opt_out(organization_id, phone) for phone in phones)


def opt_out(organization_id: int, phone: str) -> int:
    """By an admin."""
    organization = Organization.objects.get(pk=organization_id)
    return opt_out_phones(organization, [phone], by=None, source="admin").changed


def opt_out_list(organization_id: int, phones: Sequence[str]) -> int:
    """By a list."""
    organization = Organization.objects.get(pk=organization_id)
    return opt_out_phones(organization, phones, by=None, source="upload").changed


def text_in(phone: str, body: str, written: str, key: str) -> bool:
    """A webhook, and the worker after it."""
    fresh = receive("simulator", Inbound(key, OUR_NUMBER, phone, body, datetime.fromisoformat(written)))
    for waiting in InboundText.objects.waiting().filter(phone=phone).values_list("pk", flat=True):
        take_in(waiting)
    return fresh


def text_in_later(phone: str, body: str, written: str, key: str) -> bool:
    """A webhook at any moment of a hand-over: kept in two milliseconds, it would else be ahead every time."""
    time.sleep(random.uniform(0, WRITING))
    return text_in(phone, body, written, key)


def reverse(organization_id: int, phone: str, since: str) -> int:
    """Customer Support approves a request that was filed at that time."""
    organization = Organization.objects.get(pk=organization_id)
    return reversal.reverse(
        organization, [phone], by=None, source="support", unless_asked_since=datetime.fromisoformat(since)
    ).changed


def save(change_id: int) -> dict[str, int]:
    """`Save` of a bulk change."""
    chosen = Change.objects.select_related("group__organization", "author").get(pk=change_id)
    assert isinstance(chosen.author, User)
    return dict(change.save(chosen, chosen.group.memberships.listed(), by=chosen.author).result)


def deactivate(group_id: int, phones: Sequence[str]) -> int:
    """By an admin, at any moment of an agent's writing and sending."""
    time.sleep(random.uniform(0, WRITING))
    group = Group.objects.select_related("organization").get(pk=group_id)
    return membership.make_inactive(group, group.memberships.filter(phone__in=phones), by=None).changed


def texts_in(phones: Sequence[str], body: str, written: str) -> list[bool]:
    """A webhook for each of these phones, one after the other."""
    return [text_in(phone, body, written, phone) for phone in phones]


def redact(account_id: int, phones: Sequence[str], admin_id: int) -> bool:
    """By an account admin."""
    account = Account.objects.get(pk=account_id)
    return redact_leads(account, phones, by=User.objects.get(pk=admin_id)) is not None
