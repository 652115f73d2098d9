"""Upload: file → mapping and preview → ``Save`` → result; rejected rows to download (R6.4–R6.6)."""

from collections.abc import Iterable, Iterator

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BoundField
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from contacts.actions import upload as actions
from contacts.actions.upload import REJECTED_HEADERS
from contacts.export.stream import Line, attached
from contacts.forms.upload import FileForm, MappingForm
from contacts.models import RejectedRow, Upload
from contacts.models.upload import REJECTED_LIFE
from contacts.text import clean
from contacts.upload import columns
from contacts.upload.reading import Sheet, UnreadableFile
from contacts.views import outcomes
from groups.access import Permission, SignedIn, group_view
from groups.models import Group
from groups.views.page import page

PAST = 10


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.UPLOAD)
def upload(request: SignedIn, group: Group) -> HttpResponse:
    """Choose a file; a readable one leads to its preview."""
    posted = request.method == "POST"
    form = FileForm(request.POST, request.FILES) if posted else FileForm()
    if posted and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            kept = actions.keep(group, name=file.name, content=file.read(), by=request.user)
        except UnreadableFile as problem:
            form.add_error("file", str(problem))
        else:
            return redirect("contacts:upload_preview", group.pk, kept.pk)
    known = group.uploads.defer("content").select_related("author").order_by("-pk")
    waiting = known.filter(state=Upload.State.WAITING, author=request.user)[:PAST]
    past = known.filter(state=Upload.State.SAVED)[:PAST]
    context = page(request, group, "contacts", form=form, waiting=waiting, past=past)
    return render(request, "contacts/upload.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@group_view(Permission.UPLOAD)
def preview(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """What ``Save`` would do under the mapping, which can be changed here. Nothing is saved yet."""
    kept = _mine(request, group, upload_id)
    if kept.state == Upload.State.SAVED:
        return redirect("contacts:upload_result", group.pk, kept.pk)
    form = MappingForm(request.POST if request.method == "POST" else None, upload=kept)
    if request.method == "POST" and form.is_valid():
        actions.remap(kept, form.mapping)
        return redirect("contacts:upload_preview", group.pk, kept.pk)
    sheet = actions.sheet_of(kept)
    context = page(request, group, "contacts", upload=kept, sheet=sheet, form=form, columns=_columns(sheet, form))
    problems = columns.check(kept.mapping, kept.headers)
    more = {"problems": problems} if problems else _forecast(group, kept, sheet, request.GET.get("show", ""))
    return render(request, "contacts/upload_preview.html", context | more)


def _forecast(group: Group, kept: Upload, sheet: Sheet, show: str) -> dict[str, object]:
    judged = actions.forecast(group, actions.plan_of(kept, sheet))
    phone_column = kept.mapping.index("phone")
    show = show if show in actions.OUTCOMES else ""
    return {
        "counts": judged.counts,
        "changes": sum(judged.counts[name] for name in ("created", "added", "updated")),
        "lines": outcomes.lines(group, judged.counts, frozenset(actions.OUTCOMES)),
        "kept": outcomes.kept(group, judged.counts),
        "out": len(judged.out),
        "not_out": judged.plan.not_out,
        "unknown": judged.plan.unknown.most_common(10),
        "elsewhere": judged.elsewhere,
        "show": outcomes.word(show),
        "rows": outcomes.rows(judged, sheet, phone_column, show),
        "rejected": [] if show else outcomes.rows(judged, sheet, phone_column, "rejected"),
    }


def _columns(sheet: Sheet, form: MappingForm) -> list[tuple[BoundField, str]]:
    """Each column's field, and the first value that is not blank in it."""
    firsts = (
        next((value for _, cells in sheet.rows if (value := clean(cells[number]))), "")
        for number in range(len(sheet.headers))
    )
    return list(zip(form, firsts, strict=True))


@require_POST
@group_view(Permission.UPLOAD)
def save(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """``Save``: bring everybody in, once, under the mapping that the preview showed."""
    kept = _mine(request, group, upload_id)
    if "columns" in request.POST:
        kept.mapping = request.POST["columns"].split(",")
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
    kept = _mine(request, group, upload_id)
    if not actions.cancel(kept):
        messages.error(request, "This upload was saved already, so there is nothing to cancel.")
        return redirect("contacts:upload_preview", group.pk, kept.pk)
    messages.info(request, "Upload cancelled. Nothing was saved.")
    return redirect("contacts:list", group.pk)


@require_safe
@group_view(Permission.UPLOAD)
def result(request: SignedIn, group: Group, upload_id: int) -> HttpResponse:
    """What came of a saved upload."""
    kept = _saved(group, upload_id)
    show = request.GET.get("show", "")
    phone_column = kept.mapping.index("phone")
    downloadable = _downloadable(kept)
    context = page(
        request,
        group,
        "contacts",
        upload=kept,
        lines=outcomes.lines(group, kept.counts, frozenset(actions.OUTCOMES[:3])),
        kept=outcomes.kept(group, kept.counts),
        opted_out=kept.counts["opted_out"],
        show=outcomes.word(show),
        members=outcomes.members(kept, show),
        rejected=[(row, row.cells[phone_column]) for row in downloadable[: outcomes.SHOWN]],
        downloadable=downloadable.count(),
    )
    return render(request, "contacts/upload_result.html", context)


@require_safe
@group_view(Permission.UPLOAD)
def rejected(request: SignedIn, group: Group, upload_id: int) -> HttpResponseBase:
    """The rejected rows as CSV, with row and cause at the left: mend them and upload the file again, as it is."""
    kept = _saved(group, upload_id)
    rows = _downloadable(kept)
    if not rows:
        messages.error(request, "There are no rejected rows to download. They are kept for 7 days.")
        return redirect("contacts:upload_result", group.pk, kept.pk)
    return attached(f"rejected-rows-{kept.pk}", _with_causes(kept, rows))


def _with_causes(kept: Upload, rows: Iterable[RejectedRow]) -> Iterator[Line]:
    """The file's own columns behind ours, which a file that was mended and failed again has already."""
    start = len(REJECTED_HEADERS) if tuple(kept.headers[:2]) == REJECTED_HEADERS else 0
    yield [*REJECTED_HEADERS, *kept.headers[start:]]
    yield from ([str(row.number), row.cause, *row.cells[start:]] for row in rows)


def _downloadable(kept: Upload) -> QuerySet[RejectedRow]:
    """The rejected rows, for as long as they can be downloaded (R6.5); ``tidy`` deletes them some time after."""
    return kept.rejected_rows.filter(upload__finished__gt=timezone.now() - REJECTED_LIFE)


def _mine(request: SignedIn, group: Group, upload_id: int) -> Upload:
    found = group.uploads.select_related("group__organization")
    return get_object_or_404(found, pk=upload_id, author=request.user)


def _saved(group: Group, upload_id: int) -> Upload:
    found = group.uploads.select_related("group__organization", "entry")
    return get_object_or_404(found, pk=upload_id, state=Upload.State.SAVED)
