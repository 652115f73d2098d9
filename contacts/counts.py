"""Exact totals from daily deltas: written by whoever changes a state, summed by whoever shows a figure."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, Min, OuterRef, QuerySet, Sum
from django.utils import timezone

from contacts.models import GroupCount, Membership, OrganizationCount, Status
from contacts.models.membership import MembershipQuerySet
from groups.models import Account, Group, Organization
from groups.sets import sql_of

type Tally = Counter[tuple[int, int]]
"""(group or organization, state) → how many."""


type Tallies = tuple[Tally, Tally]
"""Of groups, and of organizations."""


@contextmanager
def kept(contact_ids: Sequence[int]) -> Iterator[None]:
    """Keep the counts right over a change to these contacts, whose memberships the caller has locked."""
    if not contact_ids:
        yield
        return
    concerned = Membership.objects.filter(contact__among=contact_ids)
    before = tally(concerned)
    yield
    _write(before, tally(concerned))


def _write(before: Tallies, after: Tallies) -> None:
    day = timezone.now().date()
    groups, organizations = (_difference(*pair) for pair in zip(before, after, strict=True))
    GroupCount.objects.bulk_create(
        GroupCount(group_id=key, day=day, state=state, delta=delta) for (key, state), delta in groups
    )
    OrganizationCount.objects.bulk_create(
        OrganizationCount(organization_id=key, day=day, state=state, delta=delta)
        for (key, state), delta in organizations
    )


def _difference(before: Tally, after: Tally) -> list[tuple[tuple[int, int], int]]:
    return [(key, after[key] - before[key]) for key in sorted(before | after) if after[key] != before[key]]


def tally(memberships: MembershipQuerySet) -> Tallies:
    """What the counts of these memberships, and of the contacts that they belong to, should be."""
    return _by_group(memberships), _by_organization(memberships)


def _by_group(memberships: MembershipQuerySet) -> Tally:
    rows = memberships.order_by().values("group_id", "shown_status").annotate(many=Count("pk"))
    return Counter({(row["group_id"], row["shown_status"]): row["many"] for row in rows})


def _by_organization(memberships: MembershipQuerySet) -> Tally:
    contacts, params = _contact_states(memberships)
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT organization, state, COUNT(*) FROM ({contacts}) AS c GROUP BY 1, 2",  # noqa: S608  (the ORM's SQL)
            params,
        )
        return Counter({(organization, state): many for organization, state, many in cursor.fetchall()})


def _contact_states(memberships: MembershipQuerySet) -> tuple[str, tuple[Any, ...]]:
    """SQL of one row a contact (organization, state): inactive only if it is so in all of its groups (R6.8)."""
    status = F("shown_status")
    rows = memberships.values("contact_id").annotate(
        organization=Max("group__organization_id"),
        state=Min(status.bitand(Status.INACTIVE))
        + Max(status.bitand(Status.OPTED_OUT))
        + Max(status.bitand(Status.ON_HOLD))
        + Max(status.bitand(Status.REDACTED)),
    )
    return sql_of(rows.values("organization", "state"))


@dataclass(frozen=True)
class Figures:
    """How many are listed, and in each status; they may overlap (R3.4). Redacted ones are in none but ``redacted``."""

    all: int
    active: int
    inactive: int
    opted_out: int
    on_hold: int
    redacted: int

    def of(self, status: str) -> int:
        """How many a list narrowed to this status shows; "" is no status in particular."""
        many: int = getattr(self, status or "all")
        return many

    @property
    def share(self) -> str:
        """How many of all are opted out, such as "5.7%"."""
        return f"{self.opted_out / self.all:.1%}" if self.all else "–"


def figures(totals: Mapping[int, int]) -> Figures:
    """The figures of a list from its totals by state."""

    def having(bit: int) -> int:
        return sum(many for state, many in totals.items() if state & bit and not state & Status.REDACTED)

    return Figures(
        all=sum(many for state, many in totals.items() if not state & Status.REDACTED),
        active=totals.get(Status.ACTIVE, 0),
        inactive=having(Status.INACTIVE),
        opted_out=having(Status.OPTED_OUT),
        on_hold=having(Status.ON_HOLD),
        redacted=sum(many for state, many in totals.items() if state & Status.REDACTED),
    )


def of_group(group: Group) -> Figures:
    """The figures of a whole group, exact, from its daily counts."""
    return figures(_sums(GroupCount.objects.filter(group=group)))


def of_organization(organization: Organization) -> Figures:
    """The figures of an organization's contacts."""
    return figures(_sums(OrganizationCount.objects.filter(organization=organization)))


def of_organizations(account: Account) -> dict[int, Figures]:
    """The figures of each organization of an account, by its id."""
    return _each(OrganizationCount.objects.filter(organization__account=account), "organization_id")


def of_groups(organization: Organization) -> dict[int, Figures]:
    """The figures of each group of an organization, by its id."""
    return _each(GroupCount.objects.filter(group__organization=organization), "group_id")


def _each(counts: QuerySet[Any], owner: str) -> dict[int, Figures]:
    totals: dict[int, dict[int, int]] = defaultdict(dict)
    for row in counts.order_by().values(owner, "state").annotate(many=Sum("delta")):
        totals[row[owner]][row["state"]] = row["many"]
    return {key: figures(states) for key, states in totals.items()}


def of_list(memberships: MembershipQuerySet) -> Figures:
    """The figures of any list of memberships, counted."""
    rows = memberships.order_by().values("shown_status").annotate(many=Count("pk"))
    return figures({row["shown_status"]: row["many"] for row in rows})


def _sums(counts: QuerySet[GroupCount] | QuerySet[OrganizationCount]) -> dict[int, int]:
    rows = counts.order_by().values("state").annotate(many=Sum("delta"))
    return {row["state"]: row["many"] for row in rows}


def squash(before: date) -> int:
    """Melt the deltas of each day before ``before`` into one row a state; returns how many rows went."""
    return _squash(GroupCount, "group_id", before) + _squash(OrganizationCount, "organization_id", before)


@transaction.atomic
def _squash(model: Any, owner: str, before: date) -> int:
    past = model._default_manager.filter(day__lt=before).order_by()
    twins = past.filter(**{owner: OuterRef(owner)}, day=OuterRef("day"), state=OuterRef("state"))
    doubled = past.filter(Exists(twins.exclude(pk=OuterRef("pk"))))
    ids = list(doubled.order_by("pk").select_for_update().values_list("pk", flat=True))
    sums = past.filter(pk__among=ids).values(owner, "day", "state").annotate(sum=Sum("delta"))
    fresh = [model(delta=row.pop("sum"), **row) for row in sums.exclude(sum=0)]
    past.filter(pk__among=ids).delete()
    model._default_manager.bulk_create(fresh)
    return len(ids) - len(fresh)
