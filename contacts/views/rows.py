"""The rows of one page of the Contacts list: keys first, then fifty rows with what they show, in three queries."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone

from contacts.models import Change, ContactTag, Membership, Status
from contacts.models.membership import NEVER, MembershipQuerySet
from contacts.phone import written
from contacts.views.pager import PAGE
from groups import personal_data
from groups.models import Group
from groups.times import When, when

_WORDS = ((Status.OPTED_OUT, "opted_out"), (Status.ON_HOLD, "on_hold"), (Status.INACTIVE, "inactive"))


@dataclass(slots=True)
class Row:
    """What one row shows; ``pending`` is what the chosen action would do to it: "changes", "same" or None."""

    id: int
    url: str
    name: str
    phone: str
    statuses: list[str]
    tags: list[str]
    more_tags: int
    agent: str
    last_message: When | None
    added: When
    ticked: bool = False
    pending: str | None = None
    after: list[str] | None = None


def statuses(bits: int) -> list[str]:
    """Every status that holds, in the order to show; *Active* only where nothing else holds (R3.4)."""
    return [word for bit, word in _WORDS if bits & bit] or ["active"]


def page_of(ordered: MembershipQuerySet, number: int, total: int) -> list[Membership]:
    """The memberships of a page (from 1) of ``total``, with contact and agent: an offset over keys, then the join."""
    keys = _keys(ordered, (number - 1) * PAGE, min(number * PAGE, total), total)
    found = Membership.objects.select_related("contact", "agent").in_bulk(keys)
    return [found[key] for key in keys if key in found]


def _keys(ordered: MembershipQuerySet, start: int, end: int, total: int) -> list[int]:
    """The keys from ``start`` to ``end``, counted from the nearer end: the last page costs what the first does."""
    keys = ordered.values_list("pk", flat=True)
    if start <= total // 2:
        return list(keys[start:end])
    return list(keys.reverse()[total - end : total - start])[::-1]


def rows_of(group: Group, memberships: list[Membership]) -> list[Row]:
    """The rows that show these memberships."""
    tags = ContactTag.objects.names(membership.contact_id for membership in memberships)
    now = timezone.now()
    base = reverse("contacts:list", args=[group.pk])
    return [_row(membership, tags.get(membership.contact_id, []), base, now) for membership in memberships]


def _row(membership: Membership, tags: list[str], base: str, now: datetime) -> Row:
    contact = membership.contact
    return Row(
        id=membership.pk,
        url=f"{base}{membership.contact_id}/",
        name=contact.name if contact.phone else personal_data.REDACTED,
        phone=written(contact.phone) if contact.phone else "",
        statuses=statuses(membership.shown_status) if contact.phone else ["redacted"],
        tags=tags[:2],
        more_tags=max(0, len(tags) - 2),
        agent=membership.agent.name if membership.agent else "",
        last_message=when(membership.last_message_at, now) if membership.last_message_at != NEVER else None,
        added=when(membership.added, now),
    )


def after(change: Change, bits: int) -> list[str]:
    """The statuses of a row once the chosen action is saved."""
    return statuses(
        {
            Change.Action.MAKE_ACTIVE: bits & ~Status.INACTIVE,
            Change.Action.MAKE_INACTIVE: bits | Status.INACTIVE,
            Change.Action.OPT_OUT: bits | Status.OPTED_OUT,
            Change.Action.ASSIGN: bits,
        }[Change.Action(change.action)]
    )
