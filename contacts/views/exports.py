"""Export: what of a group or an organization can be taken away as a file, and the files (R6.7)."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from contacts.actions.export import begin
from contacts.export import contacts, members, opt_outs
from contacts.export.stream import download
from contacts.filters import STATUSES, Bound, bind
from contacts.models import OptOut
from contacts.models.membership import MembershipQuerySet
from contacts.views.contact_list import ticked
from contacts.views.links import Links
from groups.access import Permission, SignedIn, group_view, organization_view
from groups.models import Group, Organization
from groups.views.page import page

NOTHING = "Nothing was exported: nobody matches what you chose. Choose anew on this page."


@require_safe
@group_view(Permission.EXPORT)
def exports(request: SignedIn, group: Group) -> HttpResponse:
    """What can be exported: the whole group, whom the list's filter shows, messages, members."""
    bound = bind(group, request.GET)
    narrowed = is_narrowed(bound) and not bound.problem
    context = page(
        request,
        group,
        "contacts",
        problem=bound.problem,
        total=group.memberships.count(),
        redacted=group.memberships.filter(phone=None).count(),
        narrowed=narrowed,
        matching=bound.memberships.count() if narrowed else 0,
        filters=_in_words(bound) if narrowed else [],
        matching_url=Links(group, request.GET).filtered("contacts:export"),
    )
    return render(request, "contacts/exports.html", context)


def is_narrowed(bound: Bound) -> bool:
    """Whether any filter is in use."""
    return bound.filtered or bool(bound.filter.data.get("status"))


def _in_words(bound: Bound) -> list[tuple[str, str]]:
    """Each filter in use and its value, as people read them."""
    said = bound.filter.form.cleaned_data
    words = {
        "q": ("Name or phone", said["q"]),
        "status": ("Status", STATUSES.get(said["status"], "")),
        "tag": ("Tag", said["tag"]),
        "agent": ("Assigned agent", dict(bound.filter.filters["agent"].extra["choices"]).get(said["agent"], "")),
        "changed": ("Changed by", said["changed"]),
    }
    return [(label, str(value)) for label, value in words.values() if value]


@dataclass(frozen=True)
class Chosen:
    """Whom a file is about, and how they were chosen: everybody, matching or ticked."""

    memberships: MembershipQuerySet
    how: str


@require_POST
@group_view(Permission.EXPORT)
def export_contacts(request: SignedIn, group: Group) -> HttpResponseBase:
    """The contacts as CSV: everybody, redacted rows too, or whom the bound filter shows, or those of them ticked."""
    links = Links(group, request.GET)
    bound = bind(group, request.GET)
    if bound.problem:
        return redirect(links.filtered("contacts:exports"))
    chosen = _chosen(request, bound)
    rows = chosen.memberships.count() if chosen else 0
    if chosen is None or not rows:
        return _nothing(request, links)
    redacted = chosen.memberships.filter(phone=None).count()
    begin("contacts", on=group, by=request.user, rows=rows, redacted=redacted, chosen=chosen.how)
    return download(group.name, "contacts", contacts.lines(group, chosen.memberships))


def _chosen(request: SignedIn, bound: Bound) -> Chosen | None:
    """None if it is not clear who: the whole group and a filter, or keys that are no numbers."""
    group, selected = bound.filter.group, request.POST.get("select", "")
    if selected == "everybody":
        now = group.memberships.filter(position__lte=group.last_position)
        return None if is_narrowed(bound) else Chosen(now, "everybody")
    memberships = ticked(request, bound)
    return None if memberships is None else Chosen(memberships, "matching" if selected == "all" else "ticked")


def _nothing(request: SignedIn, links: Links) -> HttpResponse:
    """Back to where they came from, which says why there is no file."""
    if "select" not in request.POST:
        return redirect(links.showing(error="nothing_selected"))
    messages.error(request, NOTHING)
    return redirect(links.filtered("contacts:exports"))


@require_POST
@group_view(Permission.EXPORT)
def export_members(request: SignedIn, group: Group) -> HttpResponseBase:
    """Agents and admins of the group as CSV, those removed since included."""
    lines = list(members.lines(group))
    begin("members", on=group, by=request.user, rows=len(lines) - 1)
    return download(group.name, "members", lines)


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def export_opt_outs(request: SignedIn, organization: Organization) -> HttpResponseBase:
    """Every opt-out of the organization as CSV, ended and redacted ones too; suppressions are no rows (R4.10)."""
    episodes = OptOut.objects.filter(organization=organization)
    rows, redacted = episodes.count(), episodes.filter(phone=None).count()
    begin("opt_outs", on=organization, by=request.user, rows=rows, redacted=redacted)
    zone = timezone.get_current_timezone()
    return download(organization.name, "opt-outs", opt_outs.lines(organization, episodes, zone))
