"""The contacts of an organization: a person is found across its groups, by part of a name or phone (R6.3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts import counts
from contacts.forms.listing import ListForm
from contacts.models import Contact, Membership
from contacts.search import part_of_name, part_of_phone
from contacts.views.listing import link
from contacts.views.pager import PAGE, pager_of
from groups.access import Permission, SignedIn, groups_seen, organization_view
from groups.models import Organization
from groups.views.live import follows
from groups.views.page import page

MOST = 1000
"""How many hits a search reads: whoever is among more is found by typing more."""

type Ids = QuerySet[Any, int]


@dataclass(frozen=True)
class Place:
    """A group that the contact is in, whose name may be told."""

    group_id: int
    name: str
    inactive: bool


@dataclass(frozen=True)
class Row:
    """One contact: every status that holds in the organization, and the groups; ``unseen`` are those not told."""

    contact: Contact
    statuses: Sequence[tuple[str, str]]
    places: Sequence[Place]
    unseen: int


@require_safe
@organization_view(Permission.SEE_ORGANIZATION)
@follows
def organization_contacts(request: SignedIn, organization: Organization) -> HttpResponse:
    """Everybody in the order of their phones, or whom the search finds; redacted ones have left the lists (R3.4)."""
    form = ListForm(request.GET)
    total = counts.of_organization(organization).all
    problem = form.problem
    listed = {} if problem else _list(request, organization, form, total)
    context = page(request, organization, "contacts", total=total, problem=problem, **listed)
    return render(request, "contacts/organization_contacts.html", context)


def _list(request: SignedIn, organization: Organization, form: ListForm, total: int) -> dict[str, object]:
    q = form.q_asked
    found, more = _found(organization, q) if q else ([], False)
    pages = pager_of(form.page_asked, len(found) if q else total, partial(link, request))
    shown = slice((pages.number - 1) * PAGE, pages.number * PAGE)
    ids = found[shown] if q else list(_by_phone(organization)[shown])
    return {
        "q": q,
        "more": more,
        "pager": pages,
        "rows": _rows(ids, groups_seen(request.user, organization)),
    }


def _by_phone(organization: Organization, **narrowed: str) -> Ids:
    """Everybody in the order of phones: the index of the organization's phones holds all that this asks for."""
    contacts = Contact.objects.filter(organization=organization, phone__isnull=False, **narrowed)
    return contacts.order_by("phone").values_list("pk", flat=True)


def _found(organization: Organization, q: str) -> tuple[list[int], bool]:
    """Whom the search finds, and whether there are more, so that a common name costs no more than a rare one."""
    hits = list(_hits(organization, q)[: MOST + 1])
    return list(dict.fromkeys(hits[:MOST])), len(hits) > MOST


def _hits(organization: Organization, q: str) -> Ids:
    """A name is sought in the read copies, in whose index it stands once for each group that the person is in."""
    if digits := part_of_phone(q):
        return _by_phone(organization, phone__contains=digits)
    if not (name := part_of_name(q)):
        return _by_phone(organization).none()
    # Asking for "more than nothing" besides keeps SQLite on the index of names.
    named = Membership.objects.filter(group__in=organization.groups.values("pk"), sort_name__gt="")
    return named.filter(sort_name__contains=name).order_by("sort_name", "pk").values_list("contact_id", flat=True)


def _rows(ids: Sequence[int], seen: Collection[int]) -> list[Row]:
    contacts = Contact.objects.in_bulk(ids)
    places: dict[int, list[Membership]] = {}
    memberships = Membership.objects.filter(contact__among=ids).select_related("group")
    for membership in memberships.order_by("group__name", "group_id"):
        places.setdefault(membership.contact_id, []).append(membership)
    return [_row(contacts[key], places.get(key, []), seen) for key in ids if key in contacts]


def _row(contact: Contact, memberships: Sequence[Membership], seen: Collection[int]) -> Row:
    told = [Place(m.group_id, m.group.name, m.inactive) for m in memberships if m.group_id in seen]
    return Row(contact, _statuses(memberships), told, len(memberships) - len(told))


def _statuses(memberships: Sequence[Membership]) -> list[tuple[str, str]]:
    """(key, words) of every status that holds; *Active* is not said beside *Opted out* or *On hold*."""
    active = sum(not membership.inactive for membership in memberships)
    said = []
    if any(membership.opted_out for membership in memberships):
        said.append(("opted_out", "Opted out"))
    if any(membership.on_hold for membership in memberships):
        said.append(("on_hold", "On hold"))
    if not active:
        said.append(("inactive", "Inactive everywhere"))
    elif not said:
        said.append(("active", f"Active in {active} group" + ("s" if active > 1 else "")))
    return said
