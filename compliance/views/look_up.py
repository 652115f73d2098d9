"""The account-wide view of one number: asked by POST, limited and recorded (R2, R5.9)."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from compliance import look_ups
from compliance.forms.look_up import NumberForm
from compliance.number import known_of
from contacts.phone import written
from groups.access import Permission, SignedIn, account_view, organization_view
from groups.models import Account, Organization
from groups.views.page import page


@require_http_methods(["GET", "HEAD", "POST"])
@account_view(Permission.LOOK_UP)
def look_up(request: SignedIn, account: Account) -> HttpResponse:
    """One number in all organizations of the account."""
    return _look_up(request, account)


@require_http_methods(["GET", "HEAD", "POST"])
@organization_view(Permission.LOOK_UP)
def organization_look_up(request: SignedIn, organization: Organization) -> HttpResponse:
    """One number in the organization."""
    return _look_up(request, organization)


def _look_up(request: SignedIn, scope: Account | Organization) -> HttpResponse:
    form = NumberForm(request.POST if request.method == "POST" else None, scope=scope)
    answer: dict[str, object] = {}
    if request.method == "POST" and form.is_valid():
        phones = form.cleaned_data["phone"]
        account = scope if isinstance(scope, Account) else scope.account
        if look_ups.take(request.user, account, phones=len(phones)):
            found = [(phone, known) for phone in phones for known in known_of(phone, scope)]
            answer = {"asked": " or ".join(map(written, phones)), "found": found, "several": len(phones) > 1}
        else:
            form.add_error("phone", forms.ValidationError(look_ups.TOO_MANY, code="limit"))
    tab = "overview" if isinstance(scope, Account) else "contacts"
    context = page(request, scope, tab, form=form, **answer)
    return render(request, "compliance/look_up.html", context, status=429 if form.has_error("phone", "limit") else 200)
