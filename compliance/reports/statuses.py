"""Contacts by status over time, from the daily counts (R6.8).

A group counts memberships, an organization and an account count contacts: opted out, else active (in at least one
group), else inactive. Whoever is on hold or redacted counts as what they are besides (R5.3). Days are days of UTC,
since the counts are kept so.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Min, QuerySet, Sum

from compliance.reports.period import Period
from contacts.models import GroupCount, OrganizationCount, Status
from groups.models import Account, Group, Scope


@dataclass(frozen=True)
class Statuses:
    """How many were in each status at the end of a day; each contact is in exactly one of them."""

    opted_out: int = 0
    inactive: int = 0
    active: int = 0

    @property
    def all(self) -> int:
        """Everybody, redacted ones too."""
        return self.opted_out + self.inactive + self.active

    @property
    def share(self) -> float:
        """How many of all are opted out; 0 of nobody."""
        return self.opted_out / self.all if self.all else 0.0


@dataclass(frozen=True)
class StatusReport:
    """The status of everybody before the period, and at the end of each of its days."""

    before: Statuses
    days: Mapping[date, Statuses]


def first_day(scope: Scope) -> date | None:
    """The first day that has a count; None: nobody ever came."""
    day: date | None = _counts(scope).aggregate(first=Min("day"))["first"]
    return day


def report(scope: Scope, period: Period) -> StatusReport:
    """Two queries, however long the period is."""
    counts = _counts(scope).filter(day__lte=period.last)
    totals = {row["state"]: row["many"] for row in _sums(counts.filter(day__lt=period.first), "state")}
    return StatusReport(_statuses(totals), dict(_running(totals, counts.filter(day__gte=period.first), period)))


def _running(totals: dict[int, int], counts: QuerySet[Any], period: Period) -> Iterator[tuple[date, Statuses]]:
    deltas: dict[date, dict[int, int]] = {}
    for row in _sums(counts, "day", "state"):
        deltas.setdefault(row["day"], {})[row["state"]] = row["many"]
    for day in period.days:
        for state, many in deltas.get(day, {}).items():
            totals[state] = totals.get(state, 0) + many
        yield day, _statuses(totals)


def _statuses(totals: Mapping[int, int]) -> Statuses:
    opted_out = sum(many for state, many in totals.items() if state & Status.OPTED_OUT)
    inactive = sum(many for state, many in totals.items() if state & Status.INACTIVE and not state & Status.OPTED_OUT)
    return Statuses(opted_out, inactive, sum(totals.values()) - opted_out - inactive)


def _sums(counts: QuerySet[Any], *by: str) -> QuerySet[Any, dict[str, Any]]:
    return counts.order_by().values(*by).annotate(many=Sum("delta"))


def _counts(scope: Scope) -> QuerySet[Any]:
    if isinstance(scope, Group):
        return GroupCount.objects.filter(group=scope)
    if isinstance(scope, Account):
        return OrganizationCount.objects.filter(organization__account=scope)
    return OrganizationCount.objects.filter(organization=scope)


def lines(told: StatusReport) -> Iterator[list[str]]:
    """The CSV: a line for every day."""
    yield ["Day (UTC)", "Opted out", "Inactive", "Active", "All"]
    for day, some in told.days.items():
        yield [day.isoformat(), *map(str, (some.opted_out, some.inactive, some.active, some.all))]
