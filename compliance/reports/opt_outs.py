"""Opt-outs by source and by reason in a period (R6.8).

An episode counts on the day on which it began, whether it has ended or its contact was redacted since (R5.3). What came
back after a redaction was counted then, so it is not counted anew (R5.5), also if they have asked again since.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Count, Min
from django.db.models.functions import TruncDate
from django.utils import timezone

from compliance.reports.period import Period, Stretch
from contacts.models import OptOut, Source
from contacts.models.opt_out import OptOutQuerySet
from groups.models import Account, Group, Scope

BY_TEXT, BY_US, OTHER = "By text", "Admin, agent", "Other"
KINDS = (BY_TEXT, BY_US, OTHER)
"""Sources in a picture, as R4.5 ranks them: the person's own text; people of ours (a decided hold too); the rest."""
_KIND_OF: dict[str, str] = {
    Source.KEYWORD: BY_TEXT,
    Source.AGENT: BY_US,
    Source.ADMIN: BY_US,
    Source.HOLD_DECIDED: BY_US,
}
NO_REASON, BY_TEXT_ALONE = "No reason", "No reason (by text)"
"""Who opts out by text is not asked for one (R4.4)."""


@dataclass(frozen=True)
class Some:
    """So many opt-outs of one day, source and reason ("": none)."""

    day: date
    source: str
    reason: str
    many: int


@dataclass(frozen=True)
class OptOutReport:
    """What was found in a period."""

    found: list[Some]

    @cached_property
    def all(self) -> int:
        """How many opt-outs."""
        return sum(some.many for some in self.found)

    @cached_property
    def by_source(self) -> list[tuple[str, int]]:
        """(source in words, how many), the most first."""
        return _ranked((Source(some.source).label, some.many) for some in self.found)

    @cached_property
    def by_reason(self) -> list[tuple[str, int]]:
        """(reason, how many), the most first; organizations that use the same words count together."""
        return _ranked((_reason(some), some.many) for some in self.found)

    def by_kind(self, stretches: Iterable[Stretch]) -> list[list[int]]:
        """For each stretch how many of each of ``KINDS``."""
        stretches = list(stretches)
        column = {day: number for number, one in enumerate(stretches) for day in _days(one)}
        many = [[0] * len(KINDS) for _ in stretches]
        for some in self.found:
            many[column[some.day]][KINDS.index(_KIND_OF.get(some.source, OTHER))] += some.many
        return many


def _days(stretch: Stretch) -> Iterable[date]:
    return Period("", stretch.first, stretch.last).days


def _reason(some: Some) -> str:
    return some.reason or (BY_TEXT_ALONE if some.source == Source.KEYWORD else NO_REASON)


def _ranked(some: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    many: Counter[str] = Counter()
    spelling: dict[str, str] = {}
    for name, number in some:
        many[spelling.setdefault(name.casefold(), name)] += number
    return sorted(many.items(), key=lambda pair: (-pair[1], pair[0].casefold()))


def counted(scope: Scope) -> OptOutQuerySet:
    """The episodes that a report counts; of a group those that came about in it."""
    episodes = OptOut.objects.exclude(source=Source.KEPT).exclude(opened_by=None, origin=None)
    if isinstance(scope, Group):
        return episodes.filter(organization=scope.organization_id, last_group=scope)
    if isinstance(scope, Account):
        return episodes.filter(organization__account=scope)
    return episodes.filter(organization=scope)


def first_day(scope: Scope) -> date | None:
    """The day of the first one in the zone of the page; None: nobody ever opted out."""
    first = counted(scope).aggregate(first=Min("started"))["first"]
    return timezone.localdate(first) if first else None


def report(scope: Scope, period: Period) -> OptOutReport:
    """One query; days are those of the page's zone."""
    rows = (
        counted(scope)
        .filter(started__gte=period.begin, started__lt=period.end)
        .annotate(day=TruncDate("started", tzinfo=timezone.get_current_timezone()))
        .values("day", "source", "reason__name")
        .annotate(many=Count("pk"))
        .order_by("day", "source", "reason__name")
    )
    return OptOutReport([_some(row) for row in rows])


def _some(row: Mapping[str, Any]) -> Some:
    return Some(row["day"], row["source"], row["reason__name"] or "", row["many"])


def lines(told: OptOutReport, zone: str) -> Iterator[list[str]]:
    """The CSV: a line for each day, source and reason that occurred."""
    yield [f"Day ({zone})", "Source", "Reason", "Opt-outs"]
    for some in told.found:
        yield [some.day.isoformat(), Source(some.source).label, some.reason, str(some.many)]
