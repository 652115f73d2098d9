"""Paste or upload opt-outs: list → preview → ``Save`` → result (R4.10). Nothing is kept in between but in the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contacts.actions import opt_out_list as actions
from contacts.export.stream import attached
from contacts.forms.opt_out import OptOutListForm
from contacts.phone import written
from contacts.upload.limits import MOST_ROWS, UnreadableFile
from contacts.upload.opt_out_list import Columns, Line, List, brought, carried, from_file, pasted, planned
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization
from groups.views.page import page

SHOWN = 50
MEANINGS = {
    "opted_out": ("Opted out", "opted_out", "Open from Save on: nothing is sent to them by any group"),
    "already": ("Opted out already", "minus", "They stay so; an earlier date becomes theirs"),
    "duplicate": ("Duplicate in list", "minus", "Their number came earlier; the earliest date counts"),
    "rejected": ("Rejected", "warning", "Can't be read; correct them and paste or upload them again"),
}


@dataclass(frozen=True)
class Outcome:
    """One outcome: its word, glyph, how many lines, what it means."""

    key: str
    word: str
    glyph: str
    many: int
    meaning: str


@dataclass(frozen=True)
class Row:
    """A line that can be read: its number, phone, date as the list has it, and what becomes of it."""

    number: int
    phone: str
    date: Any
    key: str

    @property
    def word(self) -> str:
        return MEANINGS[self.key][0]

    @property
    def glyph(self) -> str:
        return MEANINGS[self.key][1]


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def opt_out_list(request: SignedIn, organization: Organization) -> HttpResponseBase:
    """The form; a list that was given in it, as a preview; and what the preview's buttons say, by ``step``."""
    step = request.POST.get("step", "")
    if request.method == "POST" and step in ("save", "rejected"):
        try:
            made = planned(brought(request.POST.get("lines", "")), organization.country)
        except UnreadableFile as problem:
            messages.error(request, f"Nothing saved. {problem}")
            return redirect("contacts:opt_out_list", organization.pk)
        return _save(request, organization, made) if step == "save" else attached("rejected-opt-outs", _rejected(made))
    form = OptOutListForm(request.POST, request.FILES) if request.method == "POST" else OptOutListForm()
    if form.is_valid():
        try:
            return _preview(request, organization, form)
        except UnreadableFile as problem:
            form.add_error("file" if form.cleaned_data["file"] else "numbers", str(problem))
    return render(
        request, "contacts/opt_out_list.html", page(request, organization, "opt_outs", form=form, most=MOST_ROWS)
    )


def _preview(request: SignedIn, organization: Organization, form: OptOutListForm) -> HttpResponse:
    """What ``Save`` would do. Raises ``UnreadableFile``."""
    lines, columns = _given(organization, form)
    made = planned(lines, organization.country)
    judged = actions.forecast(organization, made)
    rows = [Row(number, written(phone), made.dates[phone], key) for number, phone, key in judged.rows()]
    context = _page(
        request,
        organization,
        made,
        judged.counts,
        carried=carried(made),
        columns=columns,
        earlier=judged.earlier,
        rows=rows[:SHOWN],
        readable=len(rows),
    )
    return render(request, "contacts/opt_out_list_preview.html", context)


def _given(organization: Organization, form: OptOutListForm) -> tuple[list[Line], Columns | None]:
    file = form.cleaned_data["file"]
    if file:
        return from_file(file.read(), file.name)
    return pasted(form.cleaned_data["numbers"], organization.country), None


def _save(request: SignedIn, organization: Organization, made: List) -> HttpResponse:
    """``Save``: opt them out, and show the result, which is kept nowhere."""
    counts = actions.save(organization, made, by=request.user)
    bad = carried(List(rejected=made.rejected))
    context = _page(request, organization, made, counts, carried=bad)
    return render(request, "contacts/opt_out_list_result.html", context)


def _page(
    request: SignedIn, organization: Organization, made: List, counts: Mapping[str, int], **more: object
) -> dict[str, object]:
    outcomes = [Outcome(key, word, glyph, counts[key], told) for key, (word, glyph, told) in MEANINGS.items()]
    shown = made.rejected[:SHOWN]
    return page(request, organization, "opt_outs", counts=counts, outcomes=outcomes, rejected=shown, **more)


def _rejected(made: List) -> Iterator[Sequence[str]]:
    """The rejected lines, with line and cause at the left."""
    yield ["Line", "Cause", "Phone"]
    yield from ([str(line.number), line.cause, line.phone] for line in made.rejected)
