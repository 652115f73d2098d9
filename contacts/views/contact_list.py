"""The Contacts tab of a group: the list, the selection and ``Save`` (R3.2, R3.4, R6.1, R6.2)."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_POST, require_safe
from django_tables2.columns import BoundColumn

from contacts import counts
from contacts.actions.change import CannotSave, choose, is_so, save
from contacts.actions.membership import CannotUndo, NotAnAgent, undo
from contacts.counts import Figures
from contacts.filters import STATUSES, Bound, bind
from contacts.forms.change import SaveForm
from contacts.models import Change, Membership
from contacts.models.membership import MembershipQuerySet
from contacts.tables import DEFAULT_ORDER, SORTS, MembershipTable
from contacts.views.bar import ERRORS, bar
from contacts.views.links import Links
from contacts.views.listing import Segment, segments
from contacts.views.pager import PAGE, Pager, pager_of
from contacts.views.rows import Row, after, page_of, rows_of
from groups.access import Permission, SignedIn, group_view
from groups.keys import key_of, keys_of
from groups.models import Group
from groups.views.live import follows
from groups.views.page import page, wants_part


@require_safe
@group_view(Permission.MANAGE_CONTACTS)
@follows
def contact_list(request: SignedIn, group: Group) -> HttpResponse:
    """The list; answers htmx with its results part only."""
    context = _context(request, group, request.GET)
    part = wants_part(request)
    response = render(request, "contacts/list.html#results" if part else "contacts/list.html", context)
    if part:
        response["HX-Push-Url"] = request.get_full_path()
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_safe
@group_view(Permission.MANAGE_CONTACTS)
@follows
def rows_now(request: SignedIn, group: Group) -> HttpResponse:
    """The list as it is now, but with the rows that an open page shows, in its order, whoever matches by now (R3.4).

    ``row`` stands once for each, besides the page's own query.
    """
    query = request.GET.copy()
    shown = keys_of(query.pop("row", [])[:PAGE])
    if shown is None:
        raise Http404
    return render(request, "contacts/list.html", _context(request, group, query, shown))


@require_POST
@group_view(Permission.MANAGE_CONTACTS)
def choose_change(request: SignedIn, group: Group) -> HttpResponse:
    """Freeze the selection for an action: the bound filter's rows, narrowed by the ticks; keys alone never (R6.2)."""
    links = Links(group, request.GET)
    action = request.POST.get("action", "")
    bound = bind(group, request.GET)
    if bound.problem or action not in Change.Action.values:
        return redirect(links.without("select", "change"))
    selected = ticked(request, bound)
    if selected is None or not selected.exists():
        return redirect(links.showing(error="nothing_selected"))
    change = choose(group, selected, action=action, by=request.user)
    return redirect(links.showing(change=change.pk))


def ticked(request: SignedIn, bound: Bound) -> MembershipQuerySet | None:
    """The members that the form selects; None if a key is not a number."""
    if request.POST.get("select") == "all":
        return bound.memberships
    keys = keys_of(request.POST.getlist("row"))
    return None if keys is None else bound.memberships.filter(pk__among=keys)


@require_POST
@group_view(Permission.MANAGE_CONTACTS)
def save_change(request: SignedIn, group: Group, change_id: int) -> HttpResponse:
    """``Save``: carry the chosen action out, once, on whom the selection showed and who still match."""
    change = get_object_or_404(group.changes.select_related("group__organization"), pk=change_id, author=request.user)
    links = Links(group, request.GET)
    bound = bind(group, request.GET)
    if bound.problem:
        return redirect(links.without("change"))
    form = SaveForm(request.POST, group=group, action=change.action)
    if not form.is_valid():
        return redirect(links.showing(change=change.pk, error=form.first_error))
    try:
        save(change, bound.memberships, by=request.user, **form.cleaned_data)
    except CannotSave:
        change.refresh_from_db()
        return redirect(links.showing(change=change.pk, error="saved" if change.state == "saved" else "expired"))
    except NotAnAgent:
        return redirect(links.showing(change=change.pk, error="no_agent"))
    return redirect(links.showing(change=change.pk))


@require_POST
@group_view(Permission.MANAGE_CONTACTS)
def undo_change(request: SignedIn, group: Group, change_id: int) -> HttpResponse:
    """``Undo`` of a saved change, for its author (R3.8)."""
    change = get_object_or_404(group.changes.exclude(entry=None), pk=change_id, author=request.user)
    links = Links(group, request.GET)
    try:
        undo(change.saved_entry, by=request.user)
    except CannotUndo:
        return redirect(links.showing(change=change.pk, error="no_undo"))
    return redirect(links.showing(change=change.pk))


@dataclass(frozen=True)
class Column:
    """A column's head, with the link that sorts by it."""

    key: str
    label: str
    url: str | None
    direction: str


def _context(request: SignedIn, group: Group, query: QueryDict, shown: list[int] | None = None) -> dict[str, object]:
    bound = bind(group, query)
    links = Links(group, query)
    sort = query.get("sort", DEFAULT_ORDER)
    error = query.get("error", "")
    whole = counts.of_group(group)
    figures = counts.of_list(bound.any_status()) if bound.filtered and not bound.problem else whole
    many = 0 if bound.problem else figures.of(query.get("status", ""))
    pager = pager_of(_number(query.get("page", "1")), many, links.to)
    change = _change(request, group)
    chosen = bar(bound, links, change, many, error if error in ERRORS else "", query.get("select", ""))
    members = _page(bound, sort, pager) if shown is None else _among(group, shown)
    return page(request, group, "contacts") | {
        "total": whole.all,
        "problem": bound.problem,
        "q": query.get("q", ""),
        "tags": _tags(bound),
        "agents": _agents(bound),
        "filtered": bound.filtered or bool(query.get("status")),
        "clear_url": links.only(),
        "figures": _figures(figures, query.get("status", ""), links),
        "columns": _columns(sort, links),
        "rows": _rows(group, members, change, query.get("select", "")),
        "now_url": reverse("contacts:rows", args=[group.pk]),
        "pager": pager,
        "bar": chosen,
        "choose_url": links.post("contacts:choose"),
        "export_url": links.filtered("contacts:exports"),
        "export_ticked_url": links.post("contacts:export"),
        "hidden": [(name, query[name]) for name in ("status", "sort") if query.get(name)],
        "live": " ".join([chosen.strong, chosen.sentence]).strip() or f"{many:,} contacts listed",
    }


def _change(request: SignedIn, group: Group) -> Change | None:
    """The chosen or saved change that the link names, if it is this person's own."""
    key = request.GET.get("change", "")
    if not key:
        return None
    found = group.changes.select_related("group__organization", "entry", "author")
    return get_object_or_404(found, pk=key_of(key), author=request.user)


def _number(asked: str) -> int:
    """The page that the link asks for, from 1; the first, if it is no number."""
    return int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1


def _figures(figures: Figures, status: str, links: Links) -> list[Segment]:
    return segments(STATUSES, figures.of, lambda key: links.to(status=key, page=None, select=None), status)


def _columns(sort: str, links: Links) -> list[Column]:
    return [_column(name, column.header, sort, links) for name, column in _heads()]


def _heads() -> list[tuple[str, BoundColumn]]:
    return [(column.name, column) for column in MembershipTable([]).columns]


def _column(name: str, label: str, sort: str, links: Links) -> Column:
    if name not in SORTS:
        return Column(name, label, None, "")
    direction = {name: "ascending", f"-{name}": "descending"}.get(sort, "")
    return Column(name, label, links.to(sort=f"-{name}" if direction == "ascending" else name, page=None), direction)


def _page(bound: Bound, sort: str, pager: Pager) -> list[Membership]:
    table = MembershipTable(bound.memberships, order_by=sort if sort in SORTS else DEFAULT_ORDER)
    return page_of(table.data.data, pager.number, pager.total)


def _among(group: Group, keys: list[int]) -> list[Membership]:
    """These members of the group in this order, redacted ones too: their names are on somebody's screen."""
    found = group.memberships.select_related("contact", "agent").in_bulk(keys)
    return [found[key] for key in dict.fromkeys(keys) if key in found]


def _rows(group: Group, memberships: list[Membership], change: Change | None, selected: str) -> list[Row]:
    rows = rows_of(group, memberships)
    pending = change if change and change.state == Change.State.CHOSEN else None
    frozen = set(pending.positions) if pending else set()
    for row, membership in zip(rows, memberships, strict=True):
        row.ticked = selected in ("all", "page") or membership.position in frozen
        if pending and row.ticked and membership.phone:
            row.pending = "same" if is_so(pending, membership) else "changes"
            row.after = after(pending, membership.shown_status) if row.pending == "changes" else None
    return rows


def _tags(bound: Bound) -> list[tuple[int, str, bool]]:
    chosen = bound.filter.data.get("tag")
    return [(tag.pk, tag.name, str(tag.pk) == chosen) for tag in bound.filter.filters["tag"].queryset]


def _agents(bound: Bound) -> list[tuple[str, str, bool]]:
    chosen = bound.filter.data.get("agent")
    return [(value, name, value == chosen) for value, name in bound.filter.filters["agent"].extra["choices"]]
