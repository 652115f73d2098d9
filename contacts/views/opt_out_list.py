"""Paste or upload opt-outs: list → preview → ``Save`` → result (R4.10). Nothing is kept in between but in the page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from contacts.actions import opt_out_list as actions
from contacts.export.stream import attached
from contacts.phone import written
from contacts.upload.limits import MOST_BYTES, MOST_ROWS, UnreadableFile
from contacts.upload.opt_out_list import Columns, Line, List, brought, carried, from_file, pasted, planned
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization
from groups.views.page import page

SHOWN = 50
NOTHING = "Paste numbers or choose a file first."
MEANINGS = {
    "opted_out": ("Opted out", "opted_out", "Open from Save on: nothing is sent to them by any group"),
    "already": ("Opted out already", "minus", "They stay so; an earlier date becomes theirs"),
    "duplicate": ("Duplicate in list", "minus", "Their number came earlier; the earliest date counts"),
    "rejected": ("Rejected", "warning", "Can't be read; correct them and paste or upload them again"),
}


class OptOutListForm(forms.Form):
    """Numbers in a text, or a file of them: one of the two has to be given."""

    use_required_attribute = False
    numbers = forms.CharField(
        label="Numbers",
        strip=False,
        error_messages={"required": NOTHING},
        help_text="One a line; a date may stand after it, such as 206-555-0100 2026-03-31.",
        widget=forms.Textarea(attrs={"rows": 10, "autocomplete": "off", "spellcheck": "false"}),
    )
    file = forms.FileField(
        label="Or a file",
        allow_empty_file=True,
        help_text="CSV or Excel (.xlsx) with a phone column and, if there is one, a date column.",
        widget=forms.FileInput(attrs={"accept": ".csv,.tsv,.txt,.xlsx"}),
    )

    def __init__(self, data: Any = None, files: Any = None) -> None:
        super().__init__(data, files)
        if files is not None:
            self.fields["file"].required = False
            self.fields["numbers"].required = "file" not in files

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > MOST_BYTES:
            raise ValidationError(f"The file is larger than {MOST_BYTES // 2**20} MB. Split it and upload the parts.")
        return file

    def clean(self) -> dict[str, Any]:
        given = [bool(self.cleaned_data.get("numbers", "").strip()), bool(self.cleaned_data.get("file"))]
        if not self.errors and not any(given):
            raise ValidationError({"numbers": NOTHING})
        if all(given):
            raise ValidationError("Paste numbers or choose a file, not both at once.")
        return self.cleaned_data


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
