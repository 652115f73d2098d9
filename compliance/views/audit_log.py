"""The audit log of an account, an organization or a group: who did what, where and when (R2).

One view for the three levels; ``compliance.urls`` guards it with ``Permission.SEE_AUDIT`` on each.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from compliance.audit_filter import AuditFilter
from contacts.models import Change, Upload
from contacts.views.entries import More
from contacts.views.listing import link
from contacts.views.pager import PAGE
from groups import audit_sentences
from groups.access import SignedIn
from groups.models import AuditEntry, Scope
from groups.views.page import page


@dataclass(frozen=True)
class Row:
    """One entry: in a sentence, where, by whom, what its counts leave out, and where to see whom it touched."""

    entry: AuditEntry
    what: str
    where: str
    who: str
    more: Sequence[str]
    members_url: str


@require_safe
def audit_log(request: SignedIn, scope: Scope) -> HttpResponse:
    """Newest first, fifty a page; a filter that is not known lists nothing and says so."""
    form = AuditFilter(scope, request.GET)
    problem = form.problem
    listed = {} if problem else _list(request, form)
    context = page(request, scope, "audit", form=form, problem=problem, **listed)
    return render(request, "compliance/audit_log.html", context)


def _list(request: SignedIn, form: AuditFilter) -> dict[str, object]:
    found = list(form.entries()[: PAGE + 1])
    entries = found[:PAGE]
    older = link(request, before=entries[-1].pk) if len(found) > PAGE else None
    return {
        "rows": _rows(entries),
        "older_url": older,
        "newest_url": link(request, before=None) if form.last else None,
        "everyone_url": link(request, contact=None, before=None),
    }


def _rows(entries: Sequence[AuditEntry]) -> list[Row]:
    more, urls = More(entries), _members_urls(entries)
    return [
        Row(
            entry=entry,
            what=audit_sentences.what(entry),
            where=audit_sentences.where(entry),
            who=audit_sentences.who(entry),
            more=more.about(entry),
            members_url=urls.get(entry.pk, ""),
        )
        for entry in entries
    ]


def _members_urls(entries: Sequence[AuditEntry]) -> dict[int, str]:
    """entry id → the list of whom a saved change touched, or the result of an upload."""
    ids = [entry.pk for entry in entries]
    changes = Change.objects.filter(entry__among=ids).values_list("entry_id", "group_id", "pk")
    uploads = Upload.objects.filter(entry__among=ids).values_list("entry_id", "group_id", "pk")
    changed = {
        entry: reverse("contacts:list", args=[group], query={"changed": change}) for entry, group, change in changes
    }
    return changed | {
        entry: reverse("contacts:upload_result", args=[group, upload]) for entry, group, upload in uploads
    }
