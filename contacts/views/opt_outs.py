"""The opt-outs of an organization: listed and searched, phones that are no contacts included (R4.10)."""

from dataclasses import dataclass
from functools import partial

from django.db.models import Case, Count, Exists, OuterRef, Prefetch, Q, Value, When
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from contacts.audit_sentences import by_whom
from contacts.forms.opt_out import SHOW, OptOutsForm
from contacts.models import Contact, Membership, OptOut, OptOutEvidence
from contacts.models.opt_out import OptOutQuerySet
from contacts.phone import written
from contacts.search import part_of_name, part_of_phone
from contacts.views.listing import link, segments
from contacts.views.pager import PAGE, pager_of
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization
from groups.views.live import follows
from groups.views.page import page


@dataclass(frozen=True)
class Row:
    """One episode, and the contact with its phone, if there is one."""

    episode: OptOut
    phone: str
    contact: Contact | None

    @property
    def by(self) -> str:
        """Who opted the phone out."""
        return _by(self.episode)

    @property
    def requests(self) -> list[tuple[OptOutEvidence, str]]:
        """Every request of the episode, first to last, and who made it (R4.5)."""
        return [(request, _by(request)) for request in self.episode.evidence.all()]

    @property
    def has_more_to_tell(self) -> bool:
        """Whether the requests say more than the row itself: their words, or that there were several."""
        requests = self.episode.evidence.all()
        return len(requests) > 1 or any(request.text for request in requests)


def _by(told: OptOut | OptOutEvidence) -> str:
    return by_whom(told) or "–"


@require_safe
@organization_view(Permission.MANAGE_ORGANIZATION)
@follows
def opt_outs(request: SignedIn, organization: Organization) -> HttpResponse:
    """The episodes of phones that are still known, open ones first, then by date; suppressions are only counted."""
    form = OptOutsForm(request.GET)
    problem = form.problem
    listed = {} if problem else _list(request, organization, form)
    suppressed = organization.suppressions.count()
    context = page(request, organization, "opt_outs", problem=problem, suppressed=suppressed, **listed)
    return render(request, "contacts/opt_outs.html", context)


def _list(request: SignedIn, organization: Organization, form: OptOutsForm) -> dict[str, object]:
    known = OptOut.objects.filter(organization=organization, phone__isnull=False)
    found = _matching(known, organization, form.q_asked)
    show = form.cleaned_data["show"]
    counts = found.aggregate(all=Count("pk"), open=Count("pk", filter=Q(ended=None)))
    many = {"": counts["all"], "open": counts["open"], "ended": counts["all"] - counts["open"]}
    pages = pager_of(form.page_asked, many[show], partial(link, request))
    return {
        "q": form.q_asked,
        "show": show,
        "segments": segments(SHOW, many.__getitem__, lambda key: link(request, show=key, page=None), show),
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
    requests = Prefetch("evidence", OptOutEvidence.objects.select_related("actor").order_by("time", "pk"))
    related = OptOut.objects.select_related("actor", "reason", "origin__organization")
    found = related.prefetch_related(requests).in_bulk(keys)
    listed = [found[key] for key in keys if key in found]
    contacts = organization.contacts.by_phone([str(episode.phone) for episode in listed])
    return [Row(some, written(str(some.phone)), contacts.get(str(some.phone))) for some in listed]
