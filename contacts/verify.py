"""Whether the read copies, positions and counts agree with the truth that they were made from.

Set-based on both engines: the database compares, and only rows that differ (or whose name needs folding) come here.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import Count, Exists, F, Max, Model, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat, Left, Lower, Trim

from contacts import counts
from contacts.counts import Tally
from contacts.models import GroupCount, Hold, Membership, OptOut, OrganizationCount
from contacts.models.membership import MembershipQuerySet
from contacts.names import LONGEST, sort_name
from groups.models import Group

CHUNK = 2000

_above: list[Callable[[], Iterator[str]]] = []


def also(differences: Callable[[], Iterator[str]]) -> None:
    """Have the copies of a floor above compared with ours."""
    if differences not in _above:
        _above.append(differences)


@contextmanager
def one_moment() -> Iterator[None]:
    """A transaction in which every query sees the same data, so that writers meanwhile make no differences."""
    with transaction.atomic(durable=True):
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


def differences() -> Iterator[str]:
    """One line for each thing that does not agree: ids and names of columns only, no phones, no names of people."""
    for column, rows in _wrong_copies().items():
        for pk in rows.order_by().values_list("pk", flat=True).iterator(CHUNK):
            yield f"membership {pk}: {column} differs"
    yield from _wrong_names()
    yield from _wrong_positions()
    yield from _wrong_counts()
    for above in _above:
        yield from above()


def _wrong_copies() -> dict[str, MembershipQuerySet]:
    """Column → memberships in which it differs. What redacted ones keep of their status has no truth beside it."""
    members = Membership.objects.all()
    return {
        "phone": members.exclude(Q(phone=F("contact__phone")) | Q(phone=None, contact__phone=None)),
        "opted_out": _unlike(members, "opted_out", OptOut.objects.open()),
        "on_hold": _unlike(members, "on_hold", Hold.objects.open()),
        "organization": members.exclude(contact__organization=F("group__organization")),
        "account": members.exclude(
            account=F("group__account"), contact__account=F("group__account"), group__organization__account=F("account")
        ),
    }


def _unlike(members: MembershipQuerySet, copy: str, truth: QuerySet[OptOut] | QuerySet[Hold]) -> MembershipQuerySet:
    """Members whose copy says another thing than the open episodes, or holds, of their phone."""
    holds = Exists(truth.filter(organization=OuterRef("group__organization"), phone=OuterRef("contact__phone")))
    wrong = Q(holds, **{copy: False}) | Q(~holds, **{copy: True})
    return members.filter(wrong, contact__phone__isnull=False)


def _wrong_names() -> Iterator[str]:
    """The database folds plain ASCII as we do; only the others are folded here."""
    name = Concat("contact__first_name", Value(" "), "contact__last_name")
    rows = Membership.objects.annotate(name=name, plain=Left(Lower(Trim("name")), LONGEST))
    doubtful = rows.filter(~Q(sort_name=F("plain")) | Q(name__regex="[^ -~]")).select_related("contact")
    for row in doubtful.order_by().only("sort_name", "contact__first_name", "contact__last_name").iterator(CHUNK):
        if row.sort_name != sort_name(row.contact.first_name, row.contact.last_name):
            yield f"membership {row.pk}: sort_name differs"


def _wrong_positions() -> Iterator[str]:
    """Positions differ from one another and are 1 or more, so they are dense if as many as the highest of them."""
    groups = Group.objects.annotate(
        many=Count("memberships"), highest=Coalesce(Max("memberships__position"), Value(0), output_field=_position)
    ).exclude(many=F("last_position"), highest=F("last_position"))
    for group in groups.order_by("pk"):
        reach = f"{group.many} members up to position {group.highest}"
        yield f"group {group.pk}: {reach}, the last is {group.last_position}"


_position = Membership._meta.get_field("position")


def _wrong_counts() -> Iterator[str]:
    groups, organizations = counts.tally(Membership.objects.all())
    yield from _unequal("group", _sums(GroupCount, "group_id"), groups)
    yield from _unequal("organization", _sums(OrganizationCount, "organization_id"), organizations)


def _sums(model: type[Model], owner: str) -> Tally:
    rows = model._default_manager.order_by().values(owner, "state").annotate(many=Sum("delta"))
    return Counter({(row[owner], row["state"]): row["many"] for row in rows})


def _unequal(owner: str, kept: Tally, counted: Tally) -> Iterator[str]:
    for key, state in sorted(kept.keys() | counted.keys()):
        told, are = kept[key, state], counted[key, state]
        if told != are:
            yield f"{owner} {key}, state {state}: the counts say {told}, there are {are}"
