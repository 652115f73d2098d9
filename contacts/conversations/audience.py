"""Who is in a goal, who is left out and why: one judgement for preview, lists and launch (R7.1)."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When
from django.db.models.lookups import Exact

from contacts.conversations.models import Goal
from contacts.models import Contact, ContactTag
from contacts.models.membership import MembershipQuerySet

CAUSES = {
    "redacted": "Redacted",
    "tag": "Without the tag",
    "opted_out": "Opted out",
    "on_hold": "On hold",
    "inactive": "Inactive",
    "cannot_receive": "Receive no texts",
    "texted_in": "Came by texting in",
}
"""Why somebody is left out, the first cause that holds."""


@dataclass(frozen=True)
class Audience:
    """How many a goal reaches, of how many in the group, and how many are left out for each cause that occurs."""

    reached: int
    members: int
    left_out: dict[str, int]


def reached(goal: Goal) -> MembershipQuerySet:
    """The members of the goal's group whom it reaches, as they are now."""
    return goal.group.memberships.filter(Exact(_cause(goal), Value("")))


def out_of(goal: Goal, cause: str) -> MembershipQuerySet:
    """Whom a draft leaves out for this cause; of a launched goal's audience, whom it keeps from their text now."""
    members = goal.group.memberships.filter(Exact(_cause(goal), Value(cause)))
    return members.filter(recipients__goal=goal, recipients__message=None) if goal.launched else members


def preview(goal: Goal) -> Audience:
    """The audience as it would be now, in one query; the figures sum to the members of the group."""
    members = goal.group.memberships.order_by().annotate(cause=_cause(goal)).values_list("cause")
    many = dict(members.annotate(many=Count("pk")))
    left_out = {cause: many[cause] for cause in CAUSES if cause in many}
    return Audience(many.get("", 0), sum(many.values()), left_out)


def _cause(goal: Goal) -> Case:
    """The first cause to leave a member out; "" for whom the goal reaches."""
    tagged = ContactTag.objects.filter(contact=OuterRef("contact"), tag=goal.tag_id)
    causes = [
        When(phone__isnull=True, then=Value("redacted")),
        *([When(~Q(Exists(tagged)), then=Value("tag"))] if goal.tag_id else []),
        When(opted_out=True, then=Value("opted_out")),
        When(on_hold=True, then=Value("on_hold")),
        When(inactive=True, then=Value("inactive")),
        When(contact__cannot_receive_since__isnull=False, then=Value("cannot_receive")),
        *([] if goal.texted_in else [When(contact__source=Contact.Source.TEXTED_IN, then=Value("texted_in"))]),
    ]
    return Case(*causes, default=Value(""), output_field=CharField())
