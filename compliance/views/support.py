"""Customer Support's screen: requests to end an opt-out, and nothing else (R2.4, R4.8)."""

from django.contrib import messages
from django.contrib.humanize.templatetags.humanize import intcomma
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from compliance import look_ups
from compliance.actions import reversal as actions
from compliance.forms.reversal import DecisionForm, FindForm
from compliance.models import ReversalRequest
from compliance.reversals import briefly, standing_of
from compliance.views.reversals import Row
from contacts.actions.outcome import Outcome
from groups.access import SignedIn, support_view

SHOWN = 50


class SupportRow(Row):
    """A request as support sees it: of a bulk opt-out neither group nor author, which it does not hold (R2.4)."""

    @property
    def about(self) -> str:
        """The phone, or the day and the size of the bulk opt-out."""
        return briefly(self.request.opened_by) if self.request.opened_by else super().about


NONE_FOUND = "There is no request about this number in this organization."


@require_safe
@support_view
def support(request: SignedIn) -> HttpResponse:
    """The requests that wait, the oldest first, and the form that finds one."""
    return _page(request, FindForm())


@require_POST
@support_view
def find(request: SignedIn) -> HttpResponse:
    """Find the requests about a phone in an organization, decided ones too; the same answer if there is none (R5.9)."""
    form = FindForm(request.POST)
    if not form.is_valid():
        return _page(request, form)
    if not look_ups.take(request.user, None):
        form.add_error(None, look_ups.TOO_MANY)
        return _page(request, form)
    values = form.cleaned_data
    found = _requests().filter(phone=values["phone"], organization=values["organization"]).order_by("-filed", "-pk")
    return _page(request, form, found=[SupportRow(one) for one in found[:SHOWN]], none_found=NONE_FOUND)


def _page(request: SignedIn, form: FindForm, **more: object) -> HttpResponse:
    waiting = _requests().filter(state=ReversalRequest.State.WAITING).order_by("filed", "pk")
    context = {"form": form, "many": waiting.count(), "waiting": [SupportRow(one) for one in waiting[:SHOWN]], **more}
    return render(request, "compliance/support.html", context)


def _requests() -> QuerySet[ReversalRequest]:
    related = ("account", "organization", "filed_by", "decided_by", "opened_by")
    return ReversalRequest.objects.select_related(*related)


@require_http_methods(["GET", "HEAD", "POST"])
@support_view
def decide(request: SignedIn, request_id: int) -> HttpResponse:
    """One request with what an approval would meet; approve or decline it with a reason."""
    about = get_object_or_404(_requests(), pk=request_id)
    form = DecisionForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (said := _decided(request, about, form)):
        messages.success(request, said)
        return redirect("compliance:support")
    context = {
        "about": SupportRow(about),
        "form": form,
        "standing": standing_of(about),
        "mine": about.filed_by_id == request.user.pk,
    }
    return render(request, "compliance/support_request.html", context)


def _decided(request: SignedIn, about: ReversalRequest, form: DecisionForm) -> str:
    """What was done, in words; "" with the cause in the form if it could not be."""
    answer = form.cleaned_data["answer"]
    try:
        if form.cleaned_data["decision"] == "approve":
            return _approved(actions.approve(about, by=request.user, answer=answer))
        actions.decline(about, by=request.user, answer=answer)
    except actions.CannotDecide as problem:
        form.add_error(None, str(problem))
        about.refresh_from_db()
        return ""
    return "Declined. The opt-out stays as it is."


def _approved(outcome: Outcome) -> str:
    """What an approval did: how many ended, had ended already, and stay because they asked again."""
    said = [f"Approved. {_n(outcome.changed)} opt-out{'' if outcome.changed == 1 else 's'} ended."]
    if outcome.already:
        said.append(f"{_n(outcome.already)} had ended already: nothing changed.")
    if again := outcome.besides.get("asked_since"):
        said.append(f"{_n(again)} asked again and {'stays' if again == 1 else 'stay'} opted out.")
    return " ".join(said)


def _n(number: int) -> str:
    return str(intcomma(number))
