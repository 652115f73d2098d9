"""Recent changes of a group: what was done, when and by whom, with ``Undo`` while it is offered (R3.8)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from contacts.actions.membership import why_no_undo
from contacts.models import Change
from contacts.views.entries import More
from contacts.views.pager import PAGE
from groups import audit_sentences
from groups.access import Permission, SignedIn, group_view
from groups.keys import key_of
from groups.models import AuditEntry, Group, User
from groups.views.live import follows, rows_shown
from groups.views.page import page


@dataclass(frozen=True)
class Row:
    """One change; ``change`` is the saved selection behind it, ``undone`` the entry that undid it, if there is one."""

    entry: AuditEntry
    what: str
    who: str
    more: Sequence[str]
    change: Change | None
    undone: AuditEntry | None
    can_undo: bool


@require_safe
@group_view(Permission.MANAGE_CONTACTS)
@follows
def changes(request: SignedIn, group: Group) -> HttpResponse:
    """The latest fifty changes, or those before the one that ``before`` names.

    An open page keeps those that it shows, so that no `Undo` moves under a finger, and says that there are newer ones.
    """
    before = request.GET.get("before", "")
    newest = _entries(group, before)
    shown = rows_shown(request)
    entries = list((newest.filter(pk__among=shown) if shown else newest)[: PAGE + 1])
    more = More(entries)
    older = entries[PAGE - 1].pk if len(entries) > PAGE else None
    rows = [_row(entry, more, request.user) for entry in entries[:PAGE]]
    context = page(
        request,
        group,
        "contacts",
        rows=rows,
        older=older,
        newest_url=request.path if before else None,
        newer=bool(shown and not before and newest.values_list("pk", flat=True).first() not in shown),
    )
    return render(request, "contacts/changes.html", context)


def _entries(group: Group, before: str) -> QuerySet[AuditEntry]:
    """Newest first; ``time__lte`` beside the tie-break keeps both engines on the index."""
    entries = AuditEntry.objects.filter(group=group).order_by("-time", "-pk")
    if before:
        last = get_object_or_404(entries, pk=key_of(before))
        entries = entries.filter(Q(time__lt=last.time) | Q(pk__lt=last.pk), time__lte=last.time)
    return entries.select_related("actor", "text", "change", "undone_by")


def _row(entry: AuditEntry, more: More, reader: User) -> Row:
    change, undone = getattr(entry, "change", None), getattr(entry, "undone_by", None)
    return Row(
        entry=entry,
        what=audit_sentences.what(entry),
        who=audit_sentences.who(entry),
        more=more.about(entry),
        change=change,
        undone=undone,
        can_undo=change is not None and undone is None and not why_no_undo(entry, reader),
    )
