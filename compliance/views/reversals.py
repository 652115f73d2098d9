"""An account admin's requests to Customer Support to end an opt-out (R4.8)."""

from dataclasses import dataclass
from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from compliance import look_ups
from compliance.actions import reversal as actions
from compliance.forms.reversal import FileBulkForm, FileForm
from compliance.models import ReversalRequest
from compliance.reversals import bulk_opt_outs, told
from contacts.forms.listing import PageForm
from contacts.phone import written
from contacts.views.listing import link
from contacts.views.pager import PAGE, pager_of
from groups.access import Permission, SignedIn, account_view
from groups.models import Account
from groups.personal_data import REDACTED
from groups.views.page import page

FILED = "The request was filed. Customer Support decides it; the opt-out stays until then."


@dataclass(frozen=True)
class Row:
    """A request as lists show it."""

    request: ReversalRequest

    @property
    def about(self) -> str:
        """The phone, or the bulk opt-out, in words."""
        if self.request.opened_by:
            return told(self.request.opened_by)
        return written(self.request.phone) if self.request.phone else REDACTED


@require_safe
@account_view(Permission.REQUEST_REVERSAL)
def reversals(request: SignedIn, account: Account) -> HttpResponse:
    """The requests of the account, newest first, with what became of them."""
    form = PageForm(request.GET)
    if form.problem:
        raise Http404  # This list has no filter that a link could be wrong about.
    filed = account.reversal_requests.order_by("-filed", "-pk")
    pages = pager_of(form.page_asked, filed.count(), partial(link, request))
    start = (pages.number - 1) * PAGE
    told = filed.select_related(
        "organization", "filed_by", "opened_by__actor", "opened_by__group", "opened_by__organization"
    )
    rows = [Row(one) for one in told[start : start + PAGE]]
    context = page(request, account, "compliance", rows=rows, pager=pages)
    return render(request, "compliance/reversals.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@account_view(Permission.REQUEST_REVERSAL)
def file_reversal(request: SignedIn, account: Account) -> HttpResponse:
    """Ask support to end the opt-out of one phone: phone, organization, evidence."""
    form = FileForm(request.POST if request.method == "POST" else None, account=account)
    if request.method == "POST" and form.is_valid() and _filed(request, account, form):
        messages.success(request, FILED)
        return redirect("compliance:reversals", account.pk)
    return render(request, "compliance/file_reversal.html", page(request, account, "compliance", form=form))


def _filed(request: SignedIn, account: Account, form: FileForm) -> bool:
    """Filing tells whether a number is opted out, so it is a look-up (R5.9)."""
    values = form.cleaned_data
    if not look_ups.take(request.user, account):
        form.add_error(None, look_ups.TOO_MANY)
        return False
    try:
        actions.file_reversal(values["organization"], values["phone"], by=request.user, evidence=values["evidence"])
    except actions.CannotFile as problem:
        form.add_error(None, str(problem))
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
@account_view(Permission.REQUEST_REVERSAL)
def file_bulk_reversal(request: SignedIn, account: Account) -> HttpResponse:
    """Ask support to end what a bulk opt-out opened in error."""
    data = request.POST if request.method == "POST" else None
    form = FileBulkForm(data, entries=bulk_opt_outs(account))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            actions.file_bulk_reversal(values["opened_by"], by=request.user, evidence=values["evidence"])
        except actions.CannotFile as problem:
            form.add_error(None, str(problem))
        else:
            messages.success(request, FILED)
            return redirect("compliance:reversals", account.pk)
    return render(request, "compliance/file_bulk_reversal.html", page(request, account, "compliance", form=form))
