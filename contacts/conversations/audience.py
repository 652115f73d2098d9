"""Who is in a goal, and who is left out and why: one judgement for the preview, the lists behind it and the launch (R7.1)."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Value, When

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


def judged(goal: Goal) -> MembershipQuerySet:
    """All members of the goal's group, each with its ``cause`` to be left out; "" for those whom the goal reaches."""
    causes = [
        When(phone__isnull=True, then=Value("redacted")),
        *([When(~Q(Exists(_tagged(goal))), then=Value("tag"))] if goal.tag_id else []),
        When(opted_out=True, then=Value("opted_out")),
        When(on_hold=True, then=Value("on_hold")),
        When(inactive=True, then=Value("inactive")),
        When(contact__cannot_receive_since__isnull=False, then=Value("cannot_receive")),
        *([] if goal.texted_in else [When(contact__source=Contact.Source.TEXTED_IN, then=Value("texted_in"))]),
    ]
    return goal.group.memberships.annotate(cause=Case(*causes, default=Value(""), output_field=CharField()))


def _tagged(goal: Goal) -> "object":
    return ContactTag.objects.filter(contact=OuterRef("contact"), tag=goal.tag_id)


def preview(goal: Goal) -> Audience:
    """The audience as it would be now, in one query; the figures sum to the members of the group."""
    told = judged(goal).order_by().values_list("cause").annotate(many=Count("pk"))
    many: dict[str, int] = dict(told)  # type: ignore[arg-type]
    left_out = {cause: many[cause] for cause in CAUSES if cause in many}
    return Audience(many.get("", 0), sum(many.values()), left_out)
