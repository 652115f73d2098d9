"""What a newcomer plays: four texts, what each of them does, and the page on which to watch it."""

from dataclasses import dataclass

from django.urls import reverse

from groups.access import holders
from groups.models import Group, RoleKind
from hustle.phones.seen import Held

BEHAVES = {
    "+19075550191": "has told the carrier to stop: they are opted out.",
    "+19075550192": "is a landline: it is marked, and gets no further text.",
    "+19075550193": "is never taken by the carrier: tried five times, then not delivered.",
    "+19075550194": "gets no answer from the carrier: the text stays under way, and is never repeated.",
}
"""What becomes of a text to these phones (``contacts.conversations.providers.simulator.BEHAVIOUR``)."""


@dataclass(frozen=True)
class Play:
    """A text that is ready to be sent, with what to watch for, where, and signed in as whom."""

    text: str
    watch: str
    where: str
    url: str
    who: str


def plays(held: Held) -> list[Play]:
    """The four texts, for this phone."""
    group, admin, agent = [held.group.pk], _admin(held.group), _agent(held)
    contacts, holds = reverse("contacts:list", args=group), reverse("conversations:holds", args=group)
    mine = [*group, held.thread.pk] if held.thread else None
    thread = reverse("conversations:thread", args=mine) if mine else reverse("conversations:threads", args=group)
    return [
        Play("STOP", "Opted out at once. One confirmation comes back here.", "Contacts", contacts, admin),
        Play("START", "Ends the opt-out, whoever made it: their own consent.", "Contacts", contacts, admin),
        Play("leave me alone", "In doubt: sending pauses until somebody decides.", "Held texts", holds, admin),
        Play("Sure, what time?", "An agent reads it. Somebody inactive is active again.", "The thread", thread, agent),
    ]


def _admin(group: Group) -> str:
    """Who sees the lists of the group, as low as there is one."""
    kinds = (RoleKind.GROUP_ADMIN, RoleKind.ORGANIZATION_ADMIN, RoleKind.ACCOUNT_ADMIN)
    return next((user.email for kind in kinds for user in holders(group, kind)), "")


def _agent(held: Held) -> str:
    """Who works the thread: the agent whom its contact is assigned to, else any."""
    assigned = held.member.agent if held.member else None
    agents = [assigned] if assigned else holders(held.group, RoleKind.AGENT)
    return next((agent.email for agent in agents), "")
