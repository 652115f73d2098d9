"""Whose conversations are whose: what a reviewer finds under an agent's name, and what an agent works on."""

from datetime import timedelta

from django.db.models import Case, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.lookups import Exact
from django.utils import timezone

from contacts.conversations.models import Conversation, Message
from contacts.models import OptOut
from contacts.models.membership import MembershipQuerySet
from contacts.search import part_of_name, part_of_phone
from groups.models import Group, User


def of_agent(group: Group, agent: User) -> MembershipQuerySet:
    """Members in whose conversation ``agent`` wrote, or who are assigned to them now (R3.3); redacted ones too."""
    wrote = group.conversations.filter(pk__in=Message.objects.filter(agent=agent).values("conversation"))
    return _talked(group).filter(Q(agent=agent) | Q(contact__in=wrote.values("contact")))


def workable(group: Group, agent: User) -> MembershipQuerySet:
    """Members whose conversation ``agent`` may open: their own and those of nobody (R7.2)."""
    return _talked(group).filter(Q(agent=agent) | Q(agent=None))


def queue(group: Group, agent: User) -> MembershipQuerySet:
    """The agent's list: those that are workable, without whom nobody may text here for good (R3.7, R4.3)."""
    return workable(group, agent).listed().filter(inactive=False, opted_out=False)


LATELY = timedelta(hours=24)


def opted_out_lately(group: Group, agent: User) -> MembershipQuerySet:
    """The agent's members whom somebody else, or their own text, opted out within the last day: notice of it."""
    episodes = OptOut.objects.open().filter(
        organization=group.organization_id,
        phone=OuterRef("phone"),
        opened_by__time__gte=timezone.now() - LATELY,
    )
    theirs = episodes.filter(Q(actor=None) | ~Q(actor=agent))
    return group.memberships.opted_out().filter(Exists(theirs), agent=agent).select_related("contact")


def _talked(group: Group) -> MembershipQuerySet:
    return group.memberships.filter(Exists(Conversation.objects.filter(group=group, contact=OuterRef("contact"))))


def replies_first(group: Group, members: MembershipQuerySet) -> MembershipQuerySet:
    """Those whose last text is theirs, which waits for an answer, then the others; each by the time of it (R7.2)."""
    texts = Message.objects.passed().filter(conversation__group=group, conversation__contact=OuterRef("contact"))
    last = texts.order_by("-time", "-pk").values("direction")[:1]
    waits = Case(When(Exact(Subquery(last), Value(str(Message.Direction.IN))), then=True), default=False)
    return members.annotate(waits=waits).order_by("-waits", "-last_message_at", "-pk")


def matching(members: MembershipQuerySet, q: str) -> MembershipQuerySet:
    """Those whose name or phone has ``q`` in it; all of them, if it is empty."""
    if not q:
        return members
    if digits := part_of_phone(q):
        return members.filter(phone__contains=digits)
    name = part_of_name(q)
    return members.filter(sort_name__contains=name) if name else members.none()
