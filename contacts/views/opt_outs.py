"""The opt-outs of an organization: listed and searched, phones that are no contacts included (R4.10)."""

from dataclasses import dataclass

from django import forms
from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.models import Contact, Membership, OptOut, Source
from contacts.models.opt_out import OptOutQuerySet
from contacts.phone import written
from contacts.views.labels import context
from contacts.views.listing import ListForm, link, pager, part_of_name, part_of_phone
from contacts.views.rows import PAGE
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization

SHOW = {"": "All", "open": "Open", "ended": "Ended"}
NOBODY = {
    Source.KEYWORD: "The contact",
    Source.OTHER_CHANNEL: "The contact",
    Source.HOLD_EXPIRED: "Time limit",
    Source.CARRIER: "The carrier",
}


class OptOutsForm(ListForm):
    """Which episodes are listed."""

    show = forms.ChoiceField(
        choices=[("open", "Open"), ("ended", "Ended")],
        required=False,
        error_messages={"invalid_choice": "Use one of: Open, Ended."},
    )


@dataclass(frozen=True)
class Segment:
    """One way to narrow the list, with its count under the search."""

    key: str
    label: str
    count: int
    url: str
    current: bool


@dataclass(frozen=True)
class Row:
    """One episode; ``name`` is "" where the phone is no contact, or a contact without a name."""

    episode: OptOut
    phone: str
    name: str
    contact_id: int | None

    @property
    def by(self) -> str:
        """Who opted the phone out."""
        return self.episode.actor.name if self.episode.actor else NOBODY.get(Source(self.episode.source), "–")


@require_safe
@organization_view(Permission.MANAGE_ORGANIZATION)
def opt_outs(request: SignedIn, organization: Organization) -> HttpResponse:
    """The episodes of phones that are still known, open ones first, then by date; suppressions are only counted."""
    form = OptOutsForm(request.GET)
    return render(
        request,
        "contacts/opt_outs.html",
        {
            **context(request, organization, "opt_outs"),
            "form": form,
            "problem": form.problem,
            "clear_url": request.path,
            "suppressed": organization.suppressions.count(),
            **({} if form.problem else _list(request, organization, form)),
        },
    )


def _list(request: SignedIn, organization: Organization, form: OptOutsForm) -> dict[str, object]:
    known = OptOut.objects.filter(organization=organization, phone__isnull=False)
    found = _matching(known, organization, form.q_asked)
    show = form.cleaned_data["show"]
    counts = found.aggregate(all=Count("pk"), open=Count("pk", filter=Q(ended=None)))
    many = {"": counts["all"], "open": counts["open"], "ended": counts["all"] - counts["open"]}
    pages = pager(request, form.page_asked, many[show])
    return {
        "q": form.q_asked,
        "show": show,
        "segments": [
            Segment(key, label, many[key], link(request, show=key or None, page=None), key == show)
            for key, label in SHOW.items()
        ],
        "pager": pages,
        "rows": _rows(organization, _shown(found, show), pages.number),
    }


def _matching(known: OptOutQuerySet, organization: Organization, q: str) -> OptOutQuerySet:
    """The episodes whose phone, or the name of whose contact, has ``q`` in it."""
    if not q:
        return known
    if digits := part_of_phone(q):
        return known.filter(phone__contains=digits)
    if not (name := part_of_name(q)):
        return known.none()
    named = Membership.objects.filter(contact__organization=organization, sort_name__contains=name)
    return known.filter(Exists(named.filter(contact__phone=OuterRef("phone"))))


def _shown(found: OptOutQuerySet, show: str) -> OptOutQuerySet:
    return {"": found, "open": found.filter(ended=None), "ended": found.filter(ended__isnull=False)}[show]


def _rows(organization: Organization, episodes: OptOutQuerySet, number: int) -> list[Row]:
    """The rows of a page: an offset over keys only, then fifty episodes and the contacts with their phones."""
    open_first = Case(When(ended=None, then=Value(0)), default=Value(1))
    start = (number - 1) * PAGE
    keys = list(episodes.order_by(open_first, "-started", "-pk").values_list("pk", flat=True)[start : start + PAGE])
    found = OptOut.objects.select_related("actor", "reason").in_bulk(keys)
    page = [found[key] for key in keys if key in found]
    contacts = _contacts(organization, page)
    return [_row(episode, contacts.get(episode.phone or "")) for episode in page]


def _contacts(organization: Organization, page: list[OptOut]) -> dict[str, Contact]:
    phones = [episode.phone for episode in page if episode.phone]
    found: QuerySet[Contact] = Contact.objects.filter(organization=organization).with_phones(phones)
    return {str(contact.phone): contact for contact in found}


def _row(episode: OptOut, contact: Contact | None) -> Row:
    return Row(
        episode=episode,
        phone=written(episode.phone or ""),
        name=contact.name if contact else "",
        contact_id=contact.pk if contact else None,
    )
