"""Whom a goal still has to text, whose turn it is, and how far it got (R3.7, R7.1, R7.2)."""

from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from contacts.conversations.gate import Cause
from contacts.conversations.models import Conversation, Goal, Message, Recipient
from contacts.models import Membership
from groups.models import Group, User

State = Message.State
ELIGIBLE = Q(
    membership__inactive=False,
    membership__opted_out=False,
    membership__on_hold=False,
    membership__phone__isnull=False,
    membership__contact__cannot_receive_since=None,
)
"""By the read copies, for lists and queues; the gate asks the truth at each send."""


def to_text(goal: Goal) -> QuerySet[Recipient]:
    """Those who have no text of the goal yet and may get one now."""
    return goal.recipients.filter(ELIGIBLE, message=None)


def in_turn(goal: Goal, agent: User) -> QuerySet[Recipient]:
    """Those whom the agent may text: their own and nobody's, in turn.

    Whom another agent has on the page, or writes to in the thread, is left out meanwhile (R7.2).
    """
    free = Q(taken_by=None) | Q(taken_by=agent) | Q(taken_until__lt=timezone.now())
    theirs = Q(membership__agent=agent) | Q(membership__agent=None)
    threads = Conversation.objects.filter(group=goal.group_id, contact=OuterRef("membership__contact"))
    return to_text(goal).filter(free, theirs, ~Exists(threads.filter(busy(agent)))).order_by("turn", "pk")


def busy(agent: User) -> Q:
    """Conversations in which another agent writes now."""
    return Q(writing_until__gt=timezone.now()) & ~Q(writer=agent)


MOST = 1000
"""Up to here what is left is counted: nobody needs to know more, and to count 100,000 takes half a second."""


@dataclass(frozen=True)
class Work:
    """A running goal as an agent sees it: how many they may still text, ``MOST`` + 1 for more."""

    goal: Goal
    left: int


def work_of(group: Group, agent: User) -> list[Work]:
    """The group's running goals with what is left in them for the agent, the latest launch first: a query for each."""
    if group.archived:
        return []
    running = group.goals.running().order_by("-launched", "-pk")
    return [Work(goal, left(goal, agent)) for goal in running]


def left(goal: Goal, agent: User) -> int:
    """How many the agent may still text; ``MOST`` + 1 for more."""
    return in_turn(goal, agent)[: MOST + 1].count()


def unanswered(group: Group, agent: User) -> QuerySet[Conversation]:
    """Conversations of the agent's and of nobody whose last text is theirs: they wait for an answer."""
    last = Message.objects.passed().filter(conversation=OuterRef("pk")).order_by("-time", "-pk").values("direction")[:1]
    members = group.memberships.active().filter(contact=OuterRef("contact"))
    mine = members.filter(Q(agent=agent) | Q(agent=None))
    talked = group.conversations.filter(Exists(mine), messages__direction=Message.Direction.IN).distinct()
    return talked.annotate(last=last).filter(last=Message.Direction.IN)


def latest_of(member: Membership) -> Recipient | None:
    """Their place in the last goal of which they got a text."""
    texted = member.recipients.filter(message__isnull=False).select_related("goal__group")
    return texted.order_by("-message__time", "-pk").first()


def waiting_of(goal: Goal, agent: User) -> int:
    """How many texts that the agent sent for the goal wait for their hour."""
    return Message.objects.waiting().filter(goal=goal, agent=agent, refusal=Cause.HOURS).count()


@dataclass(frozen=True)
class Progress:
    """How far a goal got, in people; ``left`` may be texted now, ``out`` of the audience may not be any more."""

    audience: int
    left: int
    out: int
    queued: int
    for_hours: int
    sent: int
    failed: int
    cancelled: int
    yes: int
    no: int

    @property
    def texted(self) -> int:
        """Whose text an agent has sent, whatever became of it."""
        return self.queued + self.sent + self.failed + self.cancelled


def _counted() -> dict[str, Count]:
    queued = Q(message__state=State.QUEUED)
    counted = {
        "audience": Q(),
        "left": ELIGIBLE & Q(message=None),
        "out": ~ELIGIBLE & Q(message=None),
        "queued": queued,
        "for_hours": queued & Q(message__refusal=Cause.HOURS),
        "sent": Q(message__state__in=[State.HANDING_OVER, State.SENT, State.DELIVERED]),
        "failed": Q(message__state=State.FAILED),
        "cancelled": Q(message__state=State.CANCELLED),
        "yes": Q(result=Recipient.Result.YES),
        "no": Q(result=Recipient.Result.NO),
    }
    return {name: Count("pk", filter=rule) for name, rule in counted.items()}


def progress(goal: Goal) -> Progress:
    """In one query."""
    return Progress(**goal.recipients.aggregate(**_counted()))


def texted_of_each(group: Group) -> list[tuple[Goal, int]]:
    """Every goal of the group with how many were texted, drafts first, then the latest launch; in two queries."""
    waiting = Recipient.objects.filter(goal__group=group, message=None).order_by().values_list("goal")
    left = dict(waiting.annotate(many=Count("pk")))
    ordered = group.goals.order_by(F("launched").desc(nulls_first=True), "-pk")
    return [(goal, goal.audience - left.get(goal.pk, 0)) for goal in ordered]


def replied(goal: Goal) -> int:
    """How many of those who got the goal's text wrote after it."""
    theirs = Message.objects.filter(
        conversation=OuterRef("message__conversation"),
        direction=Message.Direction.IN,
        time__gt=OuterRef("message__time"),
    )
    return goal.recipients.filter(Exists(theirs), message__isnull=False).count()
