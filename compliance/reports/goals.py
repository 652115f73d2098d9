"""What came of each launched goal: texts, answers and opt-outs (R6.8).

An answer or an opt-out belongs to the last goal whose text went to that person before it (R4.5), so none counts twice.
A text that asks to stop is an opt-out and no answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from compliance.reports import opt_outs
from compliance.reports.period import Period
from contacts.conversations.classify import Verdict
from contacts.conversations.models import Goal, Message
from contacts.conversations.models.message import MessageQuerySet
from contacts.export.stream import exact
from contacts.models import Contact
from groups.models import Account, Group, Organization, Scope


@dataclass(frozen=True)
class GoalFigures:
    """A goal, its texts that left or were delivered, and people: texted, who answered, who opted out after it."""

    goal: Goal
    sent: int
    delivered: int
    people: int
    replied: int
    opted_out: int

    @property
    def reply_rate(self) -> float | None:
        """Who answered, of those texted; None: nobody was texted yet."""
        return self.replied / self.people if self.people else None

    @property
    def opt_out_rate(self) -> float | None:
        """Who opted out after it, of those texted."""
        return self.opted_out / self.people if self.people else None


def launched(scope: Scope, period: Period | None) -> QuerySet[Goal]:
    """The goals that were launched in a period (None: ever), the latest first."""
    goals = Goal.objects.filter(launched__isnull=False, group__in=_groups(scope))
    if period and period.key != "all":
        goals = goals.filter(launched__gte=period.begin, launched__lt=period.end)
    return goals.select_related("group__organization").order_by("-launched", "-pk")


def report(scope: Scope, goals: Sequence[Goal]) -> list[GoalFigures]:
    """The figures of these goals of the scope, in their order: three queries, however many they are."""
    keys = [goal.pk for goal in goals]
    texts, replied, opted_out = _texts(keys), _replied(scope, goals), _opted_out(scope)
    return [
        GoalFigures(goal, *texts.get(goal.pk, (0, 0, 0)), replied.get(goal.pk, 0), opted_out.get(goal.pk, 0))
        for goal in goals
    ]


def _texts(keys: Sequence[int]) -> dict[int, tuple[int, int, int]]:
    """goal → texts that left, those that were delivered, and people; a conversation is one person's."""
    rows = (
        _opening()
        .filter(goal__among=keys)
        .values("goal")
        .annotate(
            sent=Count("pk"),
            arrived=Count("pk", filter=Q(state=Message.State.DELIVERED)),
            people=Count("conversation", distinct=True),
        )
        .order_by()
    )
    return {row["goal"]: (row["sent"], row["arrived"], row["people"]) for row in rows}


def _replied(scope: Scope, goals: Sequence[Goal]) -> dict[int, int]:
    """goal → people who answered it before another goal of the group texted them."""
    before = _opening().filter(conversation=OuterRef("conversation"), time__lte=OuterRef("time"))
    rows = (
        # Nothing is of a goal before its launch, so what is older need not be read.
        Message.objects.filter(
            direction=Message.Direction.IN,
            conversation__group__in=_groups(scope),
            time__gte=min((goal.launched for goal in goals if goal.launched), default=timezone.now()),
        )
        .exclude(verdict=Verdict.OUT)
        .annotate(after=_latest(before))
        .values("after")
        .annotate(people=Count("conversation", distinct=True))
        .order_by()
    )
    return {row["after"]: row["people"] for row in rows}


def _opted_out(scope: Scope) -> dict[int, int]:
    """goal → people of its organization whose last goal before an opt-out it was, in whatever group; redacted ones
    too."""
    whole = scope.organization if isinstance(scope, Group) else scope
    contacts = Contact.objects.filter(organization=OuterRef("organization"), phone=OuterRef("phone"))
    rows = (
        opt_outs.counted(whole)
        .filter(last_goal__isnull=False)
        .annotate(person=Coalesce(F("redacted_contact"), Subquery(contacts.values("pk")[:1])))
        .values_list("last_goal__goal")
        .annotate(people=Count("person", distinct=True))
        .order_by()
    )
    return dict(rows)


def _opening() -> MessageQuerySet:
    """Texts of goals that left: only ours are of a goal."""
    return Message.objects.passed().filter(goal__isnull=False)


def _latest(texts: MessageQuerySet) -> Subquery:
    """The goal of the last of these texts."""
    return Subquery(texts.order_by("-time", "-pk").values("goal")[:1])


def _groups(scope: Scope) -> QuerySet[Group]:
    if isinstance(scope, Group):
        return Group.objects.filter(pk=scope.pk)
    if isinstance(scope, Organization):
        return Group.objects.filter(organization=scope)
    assert isinstance(scope, Account)
    return Group.objects.filter(account=scope)


HEADERS = (
    *("Goal", "Group", "Organization", "Launched", "Texts sent", "Delivered", "People texted", "Replied"),
    *("Reply rate (%)", "Opted out after it", "Opt-out rate (%)"),
)


def lines(scope: Scope, period: Period, zone: tzinfo) -> Iterator[Sequence[str]]:
    """The CSV: every goal of the period."""
    yield HEADERS
    for some in report(scope, list(launched(scope, period))):
        group = some.goal.group
        yield [
            *(some.goal.name, group.name, group.organization.name, exact(some.goal.launched, zone)),
            *map(str, (some.sent, some.delivered, some.people, some.replied)),
            *(_percent(some.reply_rate), str(some.opted_out), _percent(some.opt_out_rate)),
        ]


def _percent(rate: float | None) -> str:
    return "" if rate is None else f"{rate * 100:.1f}"
