"""The opt-out reasons of an organization: list, create, change, retire, bring back."""

from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.actions import tag as actions
from contacts.forms.label import ReasonForm
from contacts.models import OptOut, OptOutReason
from contacts.views.labels import tell
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization
from groups.views.page import page, saved


@dataclass(frozen=True)
class Row:
    """A reason, and how many opt-outs it was given for."""

    reason: OptOutReason
    opt_outs: int


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def reasons(request: SignedIn, organization: Organization) -> HttpResponse:
    """The reasons, in the order in which they are offered, then those that are retired; POST creates one."""
    form = ReasonForm(request.POST if request.method == "POST" else None, organization=organization)
    if form.is_valid() and (made := _create(request, organization, form)):
        tell(request, made, True, "created.")
        return redirect("contacts:reasons", organization.pk)
    offered, retired = _rows(organization)
    context = page(request, organization, "reasons", form=form, offered=offered, retired=retired)
    return render(request, "contacts/reasons.html", context)


def _create(request: SignedIn, organization: Organization, form: ReasonForm) -> OptOutReason | None:
    values = form.cleaned_data
    return saved(form, values["name"], lambda: actions.create_reason(organization, by=request.user, **values))


def _rows(organization: Organization) -> tuple[list[Row], list[Row]]:
    """The reasons that are offered and those that are retired; redacted opt-outs keep theirs and count (R5.3)."""
    given = OptOut.objects.filter(organization=organization, reason__isnull=False).values_list("reason")
    many = dict(given.annotate(Count("pk")).order_by())
    reasons = organization.opt_out_reasons.select_related("tag")
    rows = [Row(reason, many.get(reason.pk, 0)) for reason in reasons]
    return [row for row in rows if row.reason.retired is None], [row for row in rows if row.reason.retired]


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def reason(request: SignedIn, organization: Organization, reason_id: int) -> HttpResponse:
    """Change one reason."""
    reason = _reason(organization, reason_id)
    form = ReasonForm(request.POST if request.method == "POST" else None, organization=organization, label=reason)
    if form.is_valid() and (changed := _change(request, reason, form)) is not None:
        reason.refresh_from_db()
        tell(request, reason, changed, "saved.")
        return redirect("contacts:reasons", organization.pk)
    return render(request, "contacts/reason.html", page(request, organization, "reasons", form=form, reason=reason))


def _reason(organization: Organization, reason_id: int) -> OptOutReason:
    return get_object_or_404(organization.opt_out_reasons.select_related("tag"), pk=reason_id)


def _change(request: SignedIn, reason: OptOutReason, form: ReasonForm) -> bool | None:
    values = form.cleaned_data
    return saved(form, values["name"], lambda: actions.change_reason(reason, by=request.user, **values))


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def retire_reason(request: SignedIn, organization: Organization, reason_id: int) -> HttpResponse:
    """No longer offer a reason; it stays in history."""
    reason = _reason(organization, reason_id)
    tell(request, reason, actions.retire(reason, by=request.user), "retired. Opt-outs that it was given for keep it.")
    return redirect("contacts:reasons", organization.pk)


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def bring_back_reason(request: SignedIn, organization: Organization, reason_id: int) -> HttpResponse:
    """Offer a retired reason again."""
    reason = _reason(organization, reason_id)
    tell(request, reason, actions.bring_back(reason, by=request.user), "is offered again.")
    return redirect("contacts:reasons", organization.pk)
