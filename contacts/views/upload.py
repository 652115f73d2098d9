"""Upload: file → mapping and preview → ``Save`` → result; rejected rows to download (R6.4–R6.6)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from contacts.actions import upload as actions
from contacts.models import Upload
from contacts.spreadsheet import guarded
from contacts.upload import columns
from contacts.upload.reading import Sheet, UnreadableFile
from contacts.upload_forms import FileForm, MappingForm
from groups.access import Permission, SignedIn, group_view
from groups.models import Group

SHOWN_REJECTED = 20
_MEANINGS = {
    "created": ("Created", "plus", "New contacts, active in this group"),
    "added": ("Added", "plus", "Known to {organization}, new to this group"),
    "updated": ("Updated", "check", "Filled or changed; a blank cell changes nothing"),
    "unchanged": ("Unchanged", "minus", "Same as before"),
    "duplicate": ("Duplicate in file", "minus", "Their number came earlier; what is filled in here wins"),
    "rejected": ("Rejected", "warning", "Can't be read; download them, correct, upload again"),
}
_KEPT = {
    "kept_inactive": ("Kept inactive", "inactive", "Inactive in this group; an upload never reactivates"),
    "kept_opted_out": ("Kept opted out", "opted_out", "Opted out of {organization}; nothing is sent"),
}


@dataclass(frozen=True)
class Line:
    """One outcome: its word, glyph, how many, and what it means."""

    key: str
    word: str
    glyph: str
    many: int
    meaning: str


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.UPLOAD)
def upload(request: SignedIn, group: Group) -> HttpResponse:
    """Choose a file; a readable one leads to its preview."""
    form = FileForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.keep(group, name=file.name, content=file.read(), by=request.user)
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("contacts:upload_preview", group.pk, kept.pk)
    past = group.uploads.filter(state=Upload.State.SAVED).select_related("author").order_by("-pk")[:10]
    return render(request, "contacts/upload.html", {**_page(request, group), "form": form, "past": past})


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.UPLOAD)
def preview(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """What ``Save`` would do under the mapping, which can be changed here. Nothing is saved yet."""
    kept = _mine(request, group, upload_id)
    if kept.state == Upload.State.SAVED:
        return redirect("contacts:upload_result", group.pk, kept.pk)
    form = MappingForm(request.POST or None, upload=kept)
    if request.method == "POST" and form.is_valid():
        actions.remap(kept, form.mapping)
        return redirect("contacts:upload_preview", group.pk, kept.pk)
    return render(request, "contacts/upload_preview.html", _preview(request, group, kept, form))


def _preview(request: SignedIn, group: Group, kept: Upload, form: MappingForm) -> dict[str, object]:
    sheet = actions.sheet_of(kept)
    context = {
        **_page(request, group),
        "upload": kept,
        "sheet": sheet,
        "form": form,
        "columns": _columns(sheet, form),
        "problems": columns.check(kept.mapping, kept.headers),
    }
    return context if context["problems"] else context | _forecast(group, kept, sheet)


def _forecast(group: Group, kept: Upload, sheet: Sheet) -> dict[str, object]:
    judged = actions.forecast(group, actions.plan_of(kept, sheet))
    made = judged.plan
    return {
        "counts": judged.counts,
        "lines": _lines(group, judged.counts, _MEANINGS),
        "kept": _lines(group, judged.counts, _KEPT),
        "out": len(judged.out),
        "says_in": made.says_in,
        "unknown": sorted(made.unknown)[:10],
        "elsewhere": judged.elsewhere,
        "rejected": [(row, row.cells[kept.mapping.index("phone")]) for row in made.rejected[:SHOWN_REJECTED]],
    }


def _columns(sheet: Sheet, form: MappingForm) -> list[tuple[object, str]]:
    """Each column's field, and the first value that is not blank in it."""
    firsts = (next((cells[n] for _, cells in sheet.rows if cells[n].strip()), "") for n in range(len(sheet.headers)))
    return list(zip(form, firsts, strict=True))


def _lines(group: Group, counts: Mapping[str, int], meanings: dict[str, tuple[str, str, str]]) -> list[Line]:
    return [
        Line(key, word, glyph, counts[key], meaning.format(organization=group.organization))
        for key, (word, glyph, meaning) in meanings.items()
    ]


@require_POST
@group_view(Permission.UPLOAD)
def save(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """``Save``: bring everybody in, once."""
    kept = _mine(request, group, upload_id)
    try:
        actions.save(kept, by=request.user, answer=request.POST.get("status_answer", ""))
    except actions.CannotSave as problem:
        messages.error(request, str(problem))
        return redirect("contacts:upload_preview", group.pk, kept.pk)
    return redirect("contacts:upload_result", group.pk, kept.pk)


@require_POST
@group_view(Permission.UPLOAD)
def cancel(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """Let a waiting file go."""
    actions.cancel(_mine(request, group, upload_id))
    messages.info(request, "Upload cancelled. Nothing was saved.")
    return redirect("contacts:list", group.pk)


@require_GET
@group_view(Permission.UPLOAD)
def result(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """What came of a saved upload."""
    kept = get_object_or_404(group.uploads.filter(state=Upload.State.SAVED), pk=upload_id)
    context = {
        **_page(request, group),
        "upload": kept,
        "lines": _lines(group, kept.counts, _MEANINGS),
        "kept": _lines(group, kept.counts, _KEPT),
        "opted_out": kept.counts.get("opted_out", 0),
        "rejected": kept.rejected_rows.all()[:SHOWN_REJECTED],
        "downloadable": kept.rejected_rows.count(),
    }
    return render(request, "contacts/upload_result.html", context)


@require_GET
@group_view(Permission.UPLOAD)
def rejected(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """The rejected rows as CSV, with their cause in a last column: mend them and upload the file again."""
    kept = get_object_or_404(group.uploads.filter(state=Upload.State.SAVED), pk=upload_id)
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="rejected-rows-{kept.pk}.csv"'
    writer = csv.writer(response)
    response.write("\ufeff")
    writer.writerow([guarded(header) for header in [*kept.headers, "Row", "Cause"]])
    for row in kept.rejected_rows.all():
        writer.writerow([guarded(cell) for cell in [*row.cells, str(row.number), row.cause]])
    return response


def _mine(request: SignedIn, group: Group, upload_id: int) -> Upload:
    found = group.uploads.select_related("group__organization")
    return get_object_or_404(found, pk=upload_id, author=request.user)


def _page(request: SignedIn, group: Group) -> dict[str, object]:
    return {
        "group": group,
        "organization": group.organization,
        "account": group.account,
        "access": request.access,
        "tab": "contacts",
    }
