"""The opt-out reasons of an organization: list, create, change, retire, bring back."""

from django.db.models import Count
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from contacts.actions import tag as actions
from contacts.models import OptOut, OptOutReason
from contacts.tag_forms import ReasonForm
from contacts.views.labels import context, tell, unless_taken
from groups.access import Permission, SignedIn, organization_view
from groups.models import Organization


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.MANAGE_ORGANIZATION)
def reasons(request: SignedIn, organization: Organization) -> HttpResponse:
    """The reasons, in the order in which they are offered, then those that are retired; POST creates one."""
    form = ReasonForm(request.POST if request.method == "POST" else None, organization=organization)
    if form.is_valid() and (made := _create(request, organization, form)):
        tell(request, made, True, "created.")
        return redirect("contacts:reasons", organization.pk)
    rows = _rows(organization)
    return render(
        request,
        "contacts/reasons.html",
        {
            **context(request, organization, "reasons"),
            "form": form,
            "offered": [row for row in rows if row[0].retired is None],
            "retired": [row for row in rows if row[0].retired],
        },
    )


def _create(request: SignedIn, organization: Organization, form: ReasonForm) -> OptOutReason | None:
    return unless_taken(form, lambda: actions.create_reason(organization, by=request.user, **form.cleaned_data))


def _rows(organization: Organization) -> list[tuple[OptOutReason, int]]:
    """Each reason, and the number of opt-outs that it was given for; redacted ones keep theirs (R5.3)."""
    given = OptOut.objects.filter(organization=organization, reason__isnull=False).values_list("reason")
    many = dict(given.annotate(Count("pk")).order_by())
    return [(reason, many.get(reason.pk, 0)) for reason in organization.opt_out_reasons.select_related("tag")]


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
    return render(
        request, "contacts/reason.html", {**context(request, organization, "reasons"), "form": form, "reason": reason}
    )


def _reason(organization: Organization, reason_id: int) -> OptOutReason:
    return get_object_or_404(organization.opt_out_reasons.select_related("tag"), pk=reason_id)


def _change(request: SignedIn, reason: OptOutReason, form: ReasonForm) -> bool | None:
    return unless_taken(form, lambda: actions.change_reason(reason, by=request.user, **form.cleaned_data))


@require_POST
@organization_view(Permission.MANAGE_ORGANIZATION)
def retire_reason(request: SignedIn, organization: Organization, reason_id: int) -> HttpResponse:
    """Offer a reason no more; it stays in history."""
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
